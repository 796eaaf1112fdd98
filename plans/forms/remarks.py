"""What people type in a remark: the text, what it is about, and whether it is confidential."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from framework.models import Item
from kiv.localized import localize
from kiv.templatetags.kiv_ui import current_language
from plans.forms.fields import VisibleTextField
from plans.planformat.types import TEXT_LENGTH


class EntryTextForm(forms.Form):
    """One side's text under a remark; `is_confidential` only where its writer may decide that."""

    use_required_attribute = False

    text = VisibleTextField(
        label=_("Your answer"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_confidential = forms.BooleanField(
        label=_("Confidential: only the zone and readers with clearance see these words"), required=False
    )

    def __init__(self, data=None, *, label: str = "", has_tick: bool = True, **kwargs) -> None:
        super().__init__(data, **kwargs)
        if label:
            self.fields["text"].label = label
        if not has_tick:
            del self.fields["is_confidential"]


class RemarkForm(EntryTextForm):
    """A new remark. `items` are those that exist for the reviewer."""

    item = forms.ChoiceField(label=_("About"), required=False)

    field_order = ("item", "text", "is_confidential")

    def __init__(self, data=None, *, items: Iterable[Item], has_tick: bool, **kwargs) -> None:
        super().__init__(data, label=str(_("Your remark")), has_tick=has_tick, **kwargs)
        language = current_language()
        self.fields["item"].choices = [
            ("", _("the whole plan")),
            *((item.code, f"{item.code} {localize(item.short or item.title, language)}") for item in items),
        ]
