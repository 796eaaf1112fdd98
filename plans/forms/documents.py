"""A document as a form: the file, and what is said of it. What the file holds is read by plans.extraction."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from plans.enums import DocumentKind
from plans.extraction import Code
from plans.forms.entry_form import Difference
from plans.forms.refusal_words import LIMITS, MEBIBYTE, REFUSALS, refusal_sentence
from plans.models import Document
from plans.models.document import TEXT_LANGUAGES

ENDINGS = (".pdf", ".docx", ".odt", ".txt", ".text", ".md", ".markdown")
CONFIDENTIAL_HELP = _(
    "Once the plan is shared, its coordinators can read and download this document, unless it or a passage "
    "in it is confidential."
)


class DocumentFileForm(forms.Form):
    """A file alone, to be put in a document's place."""

    use_required_attribute = False
    error_title = _("The document was not taken in; everything stays as it was")

    file = forms.FileField(
        label=pgettext_lazy("upload", "File"),
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": REFUSALS[Code.EMPTY],
        },
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def __init__(self, data=None, files=None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        text = gettext("PDF, DOCX, ODT, plain text or Markdown, at most %(size)s MiB.") % {
            "size": LIMITS.bytes // MEBIBYTE
        }
        # A browser forgets which file was chosen.
        again = [gettext("Choose the file again.")] if self.files else []
        self.fields["file"].help_text = " ".join([*again, text])

    def clean_file(self):
        """What can be told without reading it."""
        file = self.cleaned_data["file"]
        if file.size > LIMITS.bytes:
            raise forms.ValidationError(refusal_sentence(Code.TOO_LARGE))
        return file

    def read(self) -> bytes:
        """The bytes of the file of a valid form."""
        file = self.cleaned_data["file"]
        file.seek(0)
        return file.read()

    @property
    def filename(self) -> str:
        return self.cleaned_data["file"].name

    def refuse(self, code: Code) -> None:
        """Say at the field why the file could not be read."""
        self.add_error("file", refusal_sentence(code))


class DocumentAddForm(DocumentFileForm):
    kind = forms.ChoiceField(
        label=pgettext_lazy("document", "Kind"),
        choices=DocumentKind.choices,
        initial=DocumentKind.PLAN,
    )
    is_confidential = forms.BooleanField(
        label=pgettext_lazy("document", "Confidential"), required=False, help_text=CONFIDENTIAL_HELP
    )


class DocumentChangeForm(forms.Form):
    """What is said of a document that is there."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=pgettext_lazy("document", "Kind"), choices=DocumentKind.choices)
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", pgettext_lazy("language", "as found in each passage")), *TEXT_LANGUAGES],
        help_text=_("Suggestions that nobody decided on are made again for the language you choose."),
    )
    is_confidential = forms.BooleanField(
        label=pgettext_lazy("document", "Confidential"), required=False, help_text=CONFIDENTIAL_HELP
    )

    def __init__(self, data=None, *, document: Document) -> None:
        names = ("kind", "language", "is_confidential")
        super().__init__(data, initial={name: getattr(document, name) for name in names})

    def differences(self, stored: Document) -> list[Difference]:
        """Where the stored document is not what was chosen here. The form is valid."""
        return [
            Difference(name, self[name].label, self._words(name, theirs), self._words(name, ours))
            for name, ours in self.cleaned_data.items()
            if (theirs := getattr(stored, name)) != ours
        ]

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        return str(dict(self.fields[name].choices)[value])
