"""Finding words in a document, and what a person corrects about one passage.

Not here: accepting a passage (its ticks are drawn from plans.selectors.ticks).
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from kiv.http import LANGUAGE_NAMES
from plans.forms.fields import VisibleTextField
from plans.models import Document, Passage
from plans.models.document import TEXT_LANGUAGES
from plans.selectors.suggestions import language_of

MAX_FIND = 200


class FindForm(forms.Form):
    """Words to look for in the text, in the address of the page."""

    use_required_attribute = False

    q = VisibleTextField(label=_("Find in the text"), required=False, max_length=MAX_FIND)

    def words(self) -> str:
        """What to look for, single spaces between the words; empty when nothing (valid) was asked."""
        return " ".join(self.cleaned_data["q"].split()) if self.is_valid() else ""


class PassageForm(forms.Form):
    """Language and confidentiality. What a person said of the language can be changed, not unsaid."""

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

    def __init__(self, data=None, *, passage: Passage, document: Document) -> None:
        by_hand = passage.is_language_by_hand
        initial = {
            "language": passage.language if by_hand else "",
            "is_confidential": passage.is_confidential,
        }
        super().__init__(data, initial=initial)
        found = LANGUAGE_NAMES.get(language_of(document, passage))
        as_found = _("as found: %(language)s") % {"language": found} if found else _("as found")
        first = [] if by_hand else [("", as_found)]
        self.fields["language"].choices = [*first, *TEXT_LANGUAGES]
