"""The filter of the review queue."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.enums import VersionStatus
from plans.forms.fields import VisibleTextField


class QueueFilterForm(forms.Form):
    """The state of the list is its address. What cannot be read is as if it were not asked."""

    use_required_attribute = False

    q = VisibleTextField(label=_("Zone, code or municipality"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", pgettext_lazy("status", "all")),
            (VersionStatus.SHARED, _("waits for review")),
            (VersionStatus.REVIEWED, VersionStatus.REVIEWED.label),
        ],
    )

    def asked(self) -> dict[str, str]:
        """`words` and `status` for `plans_in_queue`."""
        self.is_valid()
        return {"words": self.cleaned_data.get("q", ""), "status": self.cleaned_data.get("status", "")}
