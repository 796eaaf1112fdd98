"""A plan file as a form: a workbook, a file or pasted text. What it says is read by plans.planformat."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kiv.datafile import MAX_BYTES
from plans.planformat import workbook

WORKBOOK = ".xlsx"
ENDINGS = (WORKBOOK, ".yaml", ".yml", ".json")


class PlanFileForm(forms.Form):
    """`seen`: when the plan was changed last, as the page showed it: what came later is seen first."""

    use_required_attribute = False
    error_title = _("The file was not taken in")

    file = forms.FileField(
        label=_("File"),
        required=False,
        error_messages={"empty": _("This file is empty.")},
        help_text=_(
            "A spreadsheet (.xlsx) of at most 4 MiB, or a plan file in YAML or JSON (.yaml, .yml, .json) "
            "of at most 1 MiB."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        help_text=_("When you choose a file too, the file is read."),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "input--code"}),
    )
    replace = forms.BooleanField(
        label=_("Replace what the plan holds now"),
        required=False,
        help_text=_(
            "Objectives, diagnosis, choices and accepted passages make way for those of the file. "
            "A spreadsheet holds no passages: those of the plan stay."
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data=None, files=None, *, has_content: bool, seen: datetime, typed: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, files, initial={"seen": seen.isoformat()} | (typed or {}))
        if not has_content:
            del self.fields["replace"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file:
            return None
        if not file.name.lower().endswith(ENDINGS):
            raise forms.ValidationError(_("Choose a file whose name ends in .xlsx, .yaml, .yml or .json."))
        if _is_workbook(file.name):
            if file.size > workbook.MAX_BYTES:
                raise forms.ValidationError(_("This spreadsheet is larger than 4 MiB."))
        elif file.size > MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than 1 MiB."))
        return file

    def clean_text(self) -> str:
        """Line ends as in a file, so that a line number means the same in both."""
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def clean_seen(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None

    def clean(self):
        cleaned = self.cleaned_data
        if not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            raise forms.ValidationError(_("Choose a file, or paste the text of one."))
        return cleaned

    def read(self) -> bytes:
        """The bytes of a valid form: of the file when there is one."""
        if file := self.cleaned_data["file"]:
            file.seek(0)
            return file.read()
        return self.cleaned_data["text"].encode()

    @property
    def is_workbook(self) -> bool:
        """Whether a valid form brings a spreadsheet."""
        return bool(self.cleaned_data["file"]) and _is_workbook(self.cleaned_data["file"].name)

    @property
    def wants_replace(self) -> bool:
        return self.cleaned_data.get("replace", False)


def _is_workbook(name: str) -> bool:
    return name.lower().endswith(WORKBOOK)
