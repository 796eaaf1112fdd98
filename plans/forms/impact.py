"""Which plans the impact of an edition is asked for: the form whose state is the address."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from framework.models import Edition
from kiv.territory.models import Province
from plans.models import Cycle
from plans.selectors.impact import EVERY_CYCLE, ImpactScope, cycles_asked

#: In the place of a province's id: zones of which no province is known.
NOWHERE = "none"


class ImpactForm(forms.Form):
    """What cannot be read is as if it were not asked. Three queries with `scope`."""

    use_required_attribute = False

    cycle = forms.ChoiceField(label=_("Cycle"), required=False)
    province = forms.ChoiceField(label=_("Zones of"), required=False)

    def __init__(self, data) -> None:
        super().__init__(data)
        self._provinces = {str(province.pk): province for province in Province.objects.all()}
        self.fields["cycle"].choices = [
            ("", _("cycles that are not over")),
            *((cycle.name, cycle.name) for cycle in Cycle.objects.all()),
            (EVERY_CYCLE, _("all cycles")),
        ]
        self.fields["province"].choices = [
            ("", _("the whole country")),
            *((pk, str(province)) for pk, province in self._provinces.items()),
            (NOWHERE, pgettext_lazy("province", "not known")),
        ]

    def scope(self, edition: Edition) -> ImpactScope:
        self.is_valid()
        asked = self.cleaned_data.get("province", "")
        return ImpactScope(
            edition=edition,
            cycles=cycles_asked(self.cleaned_data.get("cycle", "")),
            province=self._provinces.get(asked),
            is_nowhere=asked == NOWHERE,
        )
