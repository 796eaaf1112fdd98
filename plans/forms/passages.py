"""Finding words in a document, and what a person corrects about one passage.

Not here: accepting a passage (its ticks are drawn from plans.selectors.ticks).
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kiv.http import LANGUAGE_NAMES
from plans.forms.entry_form import Difference
from plans.forms.fields import VisibleTextField
from plans.models import Document, Passage
from plans.models.document import TEXT_LANGUAGES
from plans.selectors.suggestions import language_by_hand, language_of

MAX_FIND = 200
#: What a form says that it showed of the confidentiality.
SHOWN = {"confidential": True, "readable": False}


class FindForm(forms.Form):
    """Words to look for in the text, in the address of the page."""

    use_required_attribute = False

    q = VisibleTextField(label=_("Find in the text"), required=False, max_length=MAX_FIND)

    def words(self) -> str:
        """What to look for, single spaces between the words; empty when nothing (valid) was asked."""
        return " ".join(self.cleaned_data["q"].split()) if self.is_valid() else ""


class PassageForm(forms.Form):
    """Language and confidentiality. What a person said of the language can be changed, not unsaid.

    `shown` goes along with the form: what stood there when it was opened. `chosen` is what a person had
    chosen over something else, to go on with.
    """

    use_required_attribute = False

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        help_text=_("Another language: the words of the whole document are looked at again."),
    )
    is_confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=_("Readers outside the zone without clearance see “confidential element”."),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data=None, *, passage: Passage, document: Document, chosen: Mapping[str, Any] | None = None
    ) -> None:
        by_hand = language_by_hand(passage)
        initial = {
            "language": by_hand,
            "is_confidential": passage.is_confidential,
            "shown": f"{by_hand}:{'confidential' if passage.is_confidential else 'readable'}",
        }
        # Who left the language to the program has nothing against what somebody said of it.
        super().__init__(
            data, initial=initial | {name: value for name, value in (chosen or {}).items() if value != ""}
        )
        found = LANGUAGE_NAMES.get(language_of(document, passage))
        self.as_found = _("as found: %(language)s") % {"language": found} if found else _("as found")
        first = [] if by_hand else [("", self.as_found)]
        self.fields["language"].choices = [*first, *TEXT_LANGUAGES]

    def values(self) -> dict[str, Any]:
        """What was chosen, as the service takes it. The form is valid."""
        return {name: self.cleaned_data[name] for name in ("language", "is_confidential")}

    def seen(self) -> dict[str, Any]:
        """What the form showed, as the service takes it; None for what it does not say."""
        language, colon, state = self.cleaned_data["shown"].partition(":")
        is_known = colon and state in SHOWN
        return {
            "seen_language": language if is_known else None,
            "seen_confidential": SHOWN[state] if is_known else None,
        }

    def differences(self, stored: Passage) -> list[Difference]:
        """Where the stored passage is not what was chosen here. The form is valid."""
        found = []
        ours, theirs = self.cleaned_data["language"], language_by_hand(stored)
        if ours and ours != theirs:
            names = {"": self.as_found, **dict(TEXT_LANGUAGES)}
            found.append(Difference("language", self["language"].label, str(names[theirs]), str(names[ours])))
        ours = self.cleaned_data["is_confidential"]
        if ours != stored.is_confidential:
            words = {True: gettext("yes"), False: gettext("no")}
            found.append(
                Difference("is_confidential", self["is_confidential"].label, words[not ours], words[ours])
            )
        return found
