"""Starting a draft of a lexicon, taking in its files, trying a text, putting it in force."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from framework.forms import problem_words as framework_words
from framework.models import NOTE_LENGTH, LexiconVersion
from kiv.datafile import MAX_BYTES, FileProblem
from kiv.http import LANGUAGE_NAMES
from kiv.localized import localize
from plans.forms import problem_words as plan_words
from plans.forms.fields import VisibleTextField
from plans.matching.lexicon_file import LANGUAGES
from plans.services.lexicon_drafts import NamedFile

#: Code of a problem in a lexicon file → what belongs there.
EXPECTED = {
    "everyday_word": _("a term that finds no everyday word"),
    "claimed_twice": _("a term that counts by itself for one item only"),
    "no_positive": _("at least one term that counts by itself"),
    "context": _("a context for kind needs_context, and for no other kind"),
    "unknown_context": _("@short, @priority, a name under contexts, or an item"),
    "other_edition": _("the code of this edition"),
    "syntax": _("what the manual on word lists describes"),
    "unknown_field": _("only the fields of the lexicon format"),
}
#: Stands for the words of the edition before, among the numbers of versions.
BEFORE = "before"
#: The longest text that is tried, in characters: some ten pages.
MAX_TRIAL = 20_000


def expected_words(problem: FileProblem) -> str:
    """What belongs there, in the reader's language."""
    if problem.code in EXPECTED and problem.place:
        return str(EXPECTED[problem.code])
    if problem.code in framework_words.EXPECTED:
        return framework_words.expected_words(problem)
    return plan_words.expected_words(problem) if problem.code in plan_words.EXPECTED else problem.expected


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file for each language at most. Cleans to a list of uploaded files."""

    widget = FilesInput(attrs={"accept": ".yaml,.yml,.json"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [super(FilesField, self).clean(one) for one in data or () if one]
        if self.required and not files:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > len(LANGUAGES):
            raise ValidationError(_("Choose at most three files: one for each language."))
        if any(file.size > MAX_BYTES for file in files):
            raise ValidationError(_("This file is larger than 1 MiB."))
        return files


class FilesForm(forms.Form):
    """Lexicon files, each with the words of one language."""

    use_required_attribute = False
    error_title = _("The files were not taken in")

    files = FilesField(
        label=_("Lexicon files"),
        help_text=_("YAML or JSON, one file for each language, at most 1 MiB each."),
        error_messages={"empty": _("This file is empty.")},
    )

    def read(self) -> list[NamedFile]:
        """Name and bytes of each file of a valid form."""
        named = []
        for file in self.cleaned_data["files"]:
            file.seek(0)
            named.append((file.name[:100], file.read()))
        return named


class DraftForm(FilesForm):
    """What a new draft begins with; the version in force is chosen to begin with."""

    error_title = _("The draft was not started")
    field_order = ("copied_from", "files")

    copied_from = forms.ChoiceField(label=_("Begin with"), required=False)

    def __init__(
        self,
        *args: Any,
        versions: Sequence[LexiconVersion],
        before: LexiconVersion | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].required = False
        self.fields["files"].help_text = _(
            "Optional: YAML or JSON, one file for each language, at most 1 MiB each. "
            "A file takes the place of the words in its language."
        )
        #: What can be chosen → the version it stands for.
        self._offered = {str(one.number): one for one in versions}
        choices = [(value, _version_words(one)) for value, one in self._offered.items()]
        if before is not None:
            self._offered[BEFORE] = before
            choices.append((BEFORE, _words_before(before)))
        self.fields["copied_from"].choices = [*choices, ("", _("nothing: only the files"))]
        self.initial.setdefault("copied_from", next(iter(self._offered), ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("files") and not cleaned.get("copied_from"):
            raise ValidationError(_("Choose a version or a file to start from."))
        return cleaned

    @property
    def chosen(self) -> LexiconVersion | None:
        """The version that was chosen in a valid form; None for files alone."""
        return self._offered.get(self.cleaned_data["copied_from"])


def _version_words(version: LexiconVersion) -> str:
    return _("version %(number)s") % {"number": version.number}


def _words_before(version: LexiconVersion) -> str:
    named = {"edition": localize(version.edition.title, get_language() or "nl"), "number": version.number}
    return _("%(edition)s, version %(number)s, led over to the items of this edition") % named


class TrialForm(forms.Form):
    """A text to try. It is kept nowhere."""

    use_required_attribute = False
    error_title = _("The text was not tried")

    text = VisibleTextField(
        label=_("Text"),
        max_length=MAX_TRIAL,
        help_text=_(
            "A few sentences or some pages, at most 20,000 characters. An empty line ends a passage."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    language = forms.ChoiceField(
        label=_("Language of the text"),
        required=False,
        choices=[
            ("", pgettext_lazy("language", "found from the words")),
            *((language, LANGUAGE_NAMES[language]) for language in LANGUAGES),
        ],
    )


class ForceForm(forms.Form):
    """What changed in a version, said once: when it is put in force."""

    use_required_attribute = False
    error_title = _("The draft was not put in force")

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    note = VisibleTextField(
        label=_("What changed, and why"),
        max_length=NOTE_LENGTH,
        help_text=_("One or two sentences. They stay with the version."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
