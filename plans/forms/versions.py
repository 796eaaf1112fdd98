"""What people type about versions: why a new one starts, and which formal step was taken when."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiv.typed_text import TypedTextField
from plans.enums import StepKind, VersionKind
from plans.models import FormalStep
from plans.planformat import has_forbidden_signs, is_blank
from plans.services.versions import REASON_LENGTH

#: A plan is prepared before its cycle; nothing of the procedure is older or much later than today.
FIRST_DAY = date(2000, 1, 1)
LATEST = timedelta(days=366)


class VersionForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(label=_("Kind"), choices=VersionKind.choices, initial=VersionKind.ADDENDUM)
    reason = TypedTextField(
        label=_("Why a new version"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two sentences. Everybody who reads the version reads them."),
    )

    def clean_reason(self) -> str:
        reason = check_signs(self.cleaned_data["reason"])
        if is_blank(reason):
            raise forms.ValidationError(self.fields["reason"].error_messages["required"], code="required")
        return reason


class StepForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = FormalStep
        fields = ("kind", "dated", "reference")
        widgets = {"dated": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {"reference": _("Optional: number of the decision, which municipality, …")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Choose…")), *StepKind.choices]

    def clean_dated(self) -> date:
        dated = self.cleaned_data["dated"]
        if not FIRST_DAY <= dated <= timezone.localdate() + LATEST:
            raise forms.ValidationError(_("Give a day between 2000 and a year from now."))
        return dated

    def clean_reference(self) -> str:
        return check_signs(self.cleaned_data["reference"])


def check_signs(text: str) -> str:
    if has_forbidden_signs(text):
        raise forms.ValidationError(_("Remove control characters from this text."))
    return text
