"""What is asked of the lists, items and zones. The state of the form is the address of the page."""

from collections.abc import Sequence
from functools import cached_property
from types import MappingProxyType

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kiv.templatetags.kiv_ui import STATES
from plans.enums import Reason
from plans.forms.coverage_filter import ALL, CoverageFilter
from plans.reports.coverage_lists import ListName, Narrowed
from plans.selectors.coverage import Scope, Standing
from plans.selectors.coverage_area import Area
from plans.selectors.coverage_menu import Menu
from plans.selectors.coverage_remarks import MONTH

#: Asks for motivations without a reason code.
NO_REASON, OVER_A_MONTH = "none", "month"
STANDINGS = {Standing.NO_PLAN: _("no plan"), Standing.PREPARATION: _("in preparation")}
#: Name of a list → what can be asked of it besides the area.
OWN_FIELDS = MappingProxyType(
    {
        ListName.OPEN: ("item",),
        ListName.LOOK: ("item",),
        ListName.REMARKS: ("item", "waiting"),
        ListName.MISSING: ("standing",),
        ListName.MOTIVATIONS: ("item", "reason"),
        ListName.EXAMPLES: ("item",),
    }
)
#: Besides the area: on some lists and pages only.
OWN = ("item", "reason", "waiting", "standing", "state")


class AreaForm(CoverageFilter):
    """`own` are the names of the fields that this page has besides those of the area."""

    shown = (*OWN, "province", "district", "q")
    folded = ("cycle", "edition", "kind")
    field_order = (*shown, *folded)
    folded_label = _("Cycle, edition, kind of plan")

    item = forms.ChoiceField(label=_("Item"), required=False)
    reason = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[("", ALL), *Reason.choices, (NO_REASON, _("no reason given"))],
    )
    waiting = forms.ChoiceField(
        label=_("Waiting"), required=False, choices=[("", ALL), (OVER_A_MONTH, _("for over a month"))]
    )
    standing = forms.ChoiceField(label=_("Status"), required=False, choices=[("", ALL), *STANDINGS.items()])
    state = forms.ChoiceField(
        label=_("State of the item"), required=False, choices=[("", ALL), *STATES.items()]
    )

    def __init__(self, data: QueryDict, *, menu: Menu, own: Sequence[str] = ()) -> None:
        super().__init__(data, menu=menu)
        for name in set(OWN) - set(own):
            del self.fields[name]
        self._settle(dict.fromkeys(own, ""))

    @cached_property
    def scope(self) -> Scope:
        return Scope(**self.scope_asked())

    def narrow(self, area: Area) -> Area:
        """Offer the provinces and districts of the area, and leave of its rows those that are asked for."""
        self.offer_places(area.rows)
        rows = area.rows
        for name, place in self.places.items():
            if place is not None:
                rows = tuple(row for row in rows if getattr(row.zone, f"{name}_id") == place.pk)
        return Area(area.user, area.scope, area.items, rows)

    def narrowed(self) -> Narrowed:
        reason = self._value("reason")
        return Narrowed(
            item=self.item_asked,
            reason={"": None, NO_REASON: ""}.get(reason, reason),
            standing=self._value("standing"),
            over_days=MONTH if self._value("waiting") == OVER_A_MONTH else None,
        )

    @property
    def time_query(self) -> str:
        """What is asked whatever the area, for the address of a page of one zone."""
        return self.query("cycle", "edition")

    @property
    def state_asked(self) -> str:
        return self._value("state")
