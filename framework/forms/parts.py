"""The forms of an edition's facts, items, aspects, criteria and attachments."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from framework.enums import CriterionCode, ItemKind
from framework.forms.texts import TITLE, Difference, EditionForm, LocalText
from framework.models import (
    ASPECT_CODE_LENGTH,
    CODE_LENGTH,
    NAME_LENGTH,
    Aspect,
    Attachment,
    CriterionText,
    Edition,
    Item,
    is_code,
)
from kiv.typed_text import TypedTextField

STEP_LABELS = {
    "diagnosis": _("Example: diagnosis"),
    "objective": _("Example: objective"),
    "action": _("Example: action"),
    "indicator": _("Example: indicator"),
}


class EditionChoice(forms.ModelChoiceField):
    def label_from_instance(self, edition: Edition) -> str:
        return edition.code


class FactsForm(EditionForm):
    """What an edition says of itself."""

    fixed = ("predecessor",)
    texts = (
        TITLE,
        LocalText("subtitle", pgettext_lazy("edition text", "Subtitle"), 500, is_optional=True),
        LocalText(
            "introduction",
            pgettext_lazy("edition text", "Introduction"),
            8_000,
            rows=8,
            help=_("An empty line begins a paragraph."),
            is_optional=True,
        ),
    )

    first_year = forms.IntegerField(label=_("First year"), min_value=1900, max_value=2200)
    last_year = forms.IntegerField(label=_("Last year"), min_value=1900, max_value=2200)
    approved = forms.DateField(
        label=_("Approved or signed on"),
        required=False,
        help_text=_("Leave empty while it is not known."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    predecessor = EditionChoice(
        Edition.objects.none(),
        label=_("Predecessor"),
        required=False,
        empty_label=pgettext_lazy("edition", "none"),
    )

    def __init__(self, *args, edition: Edition, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        others = Edition.objects.filter(framework=edition.framework_id).exclude(pk=edition.pk)
        self.fields["predecessor"].queryset = others
        self.initial["predecessor"] = edition.predecessor_id

    def differences(self, stored: Mapping[str, Any]) -> list[Difference]:
        typed = self.cleaned_data.get("predecessor")
        codes = (typed.code if typed else "", stored["predecessor"] or "")
        own = [Difference(self.fields["predecessor"].label, *codes)] if codes[0] != codes[1] else []
        return super().differences(stored) + own

    @classmethod
    def initial_of(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        first, last = data.get("period", (None, None))
        return super().initial_of(data) | {
            "first_year": first,
            "last_year": last,
            "approved": data.get("approved"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (
            cleaned.get("first_year")
            and cleaned.get("last_year")
            and cleaned["first_year"] > cleaned["last_year"]
        ):
            self.add_error("last_year", _("The last year comes before the first."))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        approved = cleaned["approved"].isoformat() if cleaned["approved"] else None
        return super().wanted() | {
            "period": [cleaned["first_year"], cleaned["last_year"]],
            "approved": approved,
        }


def code_field(length: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=_("Code"), max_length=length, validators=[is_code], help_text=help_text)


class ItemForm(EditionForm):
    fixed = ("code", "kind")
    texts = (
        TITLE,
        LocalText("short", _("Short title"), 80, rows=1, help=_("For tables; at most 80 characters.")),
        LocalText("summary", _("Summary"), 2_000, rows=5),
        *(
            LocalText(f"example.{step}", label, 2_000, rows=3, is_optional=True)
            for step, label in STEP_LABELS.items()
        ),
    )

    code = code_field(
        CODE_LENGTH,
        _("As the note writes it: letters, digits, dots and hyphens. No letter or number has a meaning."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices)

    @classmethod
    def initial_of(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().initial_of(data) | {
            "code": data.get("code", ""),
            "kind": data.get("kind", ItemKind.PRIORITY),
        }

    def clean(self) -> dict[str, Any]:
        """An example goes from problem to measurement: all four steps, or none."""
        cleaned = super().clean()
        steps = [text for text in self.texts if text.name.startswith("example.")]
        filled = [
            text
            for text in steps
            if any(cleaned.get(text.field(language)) for language, _name in settings.LANGUAGES)
        ]
        for text in steps if filled else ():
            if text not in filled:
                self.add_error(text.field("nl"), _("An example has all four steps, or none."))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        values = super().wanted()
        if not any(values["example"].values()):
            values["example"] = None
        return values | {"code": self.cleaned_data["code"], "kind": self.cleaned_data["kind"]}


class AspectForm(EditionForm):
    fixed = ("code",)
    texts = (TITLE,)

    code = code_field(ASPECT_CODE_LENGTH, _("Letters, digits, dots and hyphens; once per item."))

    @classmethod
    def initial_of(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().initial_of(data) | {"code": data.get("code", "")}

    def wanted(self) -> dict[str, Any]:
        return super().wanted() | {"code": self.cleaned_data["code"]}


class CriterionForm(EditionForm):
    fixed = ("code",)
    texts = (
        LocalText("name", _("Name"), 80, rows=1),
        LocalText("question", _("Question"), 2_000, rows=3),
        LocalText("earns_one", _("What earns 1"), 2_000, rows=3),
        LocalText("earns_two", _("What earns 2"), 2_000, rows=3),
    )

    code = forms.ChoiceField(label=_("Criterion"), choices=CriterionCode.choices)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.data_now:
            self.fields["code"].disabled = True

    @classmethod
    def initial_of(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().initial_of(data) | {"code": data.get("code", "")}

    def wanted(self) -> dict[str, Any]:
        return super().wanted() | {"code": self.cleaned_data["code"]}


class AttachmentForm(EditionForm):
    fixed = ("name", "language", "dated")
    texts = (LocalText("label", pgettext_lazy("attachment", "Label"), 500, rows=1),)

    name = TypedTextField(
        label=_("Name"), max_length=NAME_LENGTH, help_text=_("As the official document is called.")
    )
    language = forms.ChoiceField(label=_("Language of the document"), choices=settings.LANGUAGES)
    dated = forms.DateField(
        label=_("Date of the document"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, is_published: bool = False, **kwargs) -> None:
        super().__init__(*args, is_published=is_published, **kwargs)
        for name in self.fields if is_published else ():
            self.fields[name].disabled = True

    @classmethod
    def initial_of(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        names = ("name", "language", "dated")
        return super().initial_of(data) | {name: data.get(name) or "" for name in names}

    def wanted(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        dated = cleaned["dated"].isoformat() if cleaned["dated"] else None
        return super().wanted() | {"name": cleaned["name"], "language": cleaned["language"], "dated": dated}


FORMS = {Item: ItemForm, Aspect: AspectForm, CriterionText: CriterionForm, Attachment: AttachmentForm}


class PdfForm(forms.Form):
    """The file of an attachment. Whether it is a PDF is looked at by the service."""

    use_required_attribute = False
    error_title = _("The file was not taken in")

    file = forms.FileField(
        label=pgettext_lazy("upload", "File"),
        help_text=_("A PDF of at most 40 MiB."),
        error_messages={"empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def read(self, limit: int) -> bytes:
        """The bytes of a valid form. Raises ValidationError above the limit, without reading further."""
        file = self.cleaned_data["file"]
        if file.size > limit:
            raise ValidationError(_("This file is larger than 40 MiB."))
        file.seek(0)
        return file.read()
