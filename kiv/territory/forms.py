"""The form in which an administrator completes a zone."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kiv.localized import LANGUAGES
from kiv.territory.models import JudicialDistrict, PoliceZone, Province, validate_code

NAME_LABELS = {
    "nl": _("Name in Dutch"),
    "fr": _("Name in French"),
    "de": _("Name in German"),
    "en": _("Name in English"),
}


class ZoneForm(forms.Form):
    """What is known of a zone. `revision` is the state the form was opened with."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=4,
        validators=[validate_code],
        help_text=_("Four digits. Leave empty while it is not known."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Common name"), max_length=200)
    province = forms.ModelChoiceField(
        Province.objects.none(), label=_("Province"), required=False, empty_label=_("not known")
    )
    district = forms.ModelChoiceField(
        JudicialDistrict.objects.none(),
        label=_("Judicial district"),
        required=False,
        empty_label=_("not known"),
    )

    def __init__(self, *args, zone: PoliceZone, **kwargs) -> None:
        self.zone = zone
        kwargs.setdefault("initial", values_of(zone))
        super().__init__(*args, **kwargs)
        self.fields["province"].queryset = Province.objects.order_by("code")
        self.fields["district"].queryset = JudicialDistrict.objects.order_by("code")
        for language in LANGUAGES:
            self.fields[f"name_{language}"] = forms.CharField(
                label=NAME_LABELS[language], max_length=200, required=False
            )

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if code and PoliceZone.objects.filter(code=code).exclude(pk=self.zone.pk).exists():
            raise ValidationError(_("Another zone already has this code."))
        return code

    def wanted(self) -> dict[str, Any]:
        """The arguments of `services.complete_zone`."""
        cleaned = self.cleaned_data
        names = {language: cleaned[f"name_{language}"] for language in LANGUAGES}
        fields = ("revision", "code", "name", "province", "district")
        return {**{field: cleaned[field] for field in fields}, "names": names}


def values_of(zone: PoliceZone) -> dict[str, Any]:
    """What is stored, as the form's initial values."""
    return {
        "revision": zone.revision,
        "code": zone.code,
        "name": zone.name,
        "province": zone.province_id,
        "district": zone.district_id,
        **{f"name_{language}": zone.names.get(language, "") for language in LANGUAGES},
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of components/conflict.html."""

    label: Any
    typed: str
    stored: str


def list_differences(form: ZoneForm, stored: PoliceZone) -> list[Difference]:
    """What was typed beside what is stored now, for every field in which they differ."""
    typed = form.cleaned_data
    rows = []
    for field, value in values_of(stored).items():
        if field == "revision":
            continue
        mine, theirs = typed[field], value
        if field in ("province", "district"):
            theirs = getattr(stored, field)
        if (mine or "") != (theirs or ""):
            rows.append(Difference(form.fields[field].label, str(mine or ""), str(theirs or "")))
    return rows
