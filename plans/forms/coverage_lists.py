"""What is asked of the lists, items and zones. The state of the form is the address of the page."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from types import MappingProxyType

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from framework.models import Item
from kiv.localized import localize
from kiv.templatetags.kiv_ui import STATES, current_language
from plans.enums import PlanKind, Reason
from plans.forms.fields import VisibleTextField
from plans.reports.coverage_lists import ListName, Narrowed
from plans.selectors.coverage import PlanRow, Scope, Standing
from plans.selectors.coverage_area import Area, Menu
from plans.selectors.coverage_remarks import MONTH

WORDS_LENGTH = 100
ALL = pgettext_lazy("filter", "all")
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
#: Asked seldom, and folded away.
FOLDED = ("cycle", "edition", "kind")


class AreaForm(forms.Form):
    """`menu` is never empty. What cannot be understood is left out, and `left_out` names it.

    First `scope` is asked, then `narrow` with what was found there. `own` are the names of the fields that
    this page has besides those of the area.
    """

    use_required_attribute = False

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
    province = forms.ChoiceField(label=_("Province"), required=False)
    district = forms.ChoiceField(label=_("Judicial district"), required=False)
    q = VisibleTextField(
        label=pgettext_lazy("search", "Zone or municipality"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.TextInput,
    )
    cycle = forms.ChoiceField(label=_("Cycle"), required=False)
    edition = forms.ChoiceField(label=_("Checked against"), required=False)
    kind = forms.ChoiceField(label=_("Plans"), required=False, choices=PlanKind.choices)

    def __init__(self, data: QueryDict, *, menu: Menu, own: Sequence[str] = ()) -> None:
        self.menu = menu
        self.left_out: list[str] = []
        self._unasked: dict[str, str] = {}
        super().__init__(data.copy())
        for name in {"item", "reason", "waiting", "standing", "state"} - set(own):
            del self.fields[name]
        self.fields["cycle"].choices = [(cycle.name, cycle.name) for cycle in menu.cycles]
        self.fields["edition"].choices = [
            (edition.code, localize(edition.title, current_language()) or edition.code)
            for edition in menu.editions
        ]
        self._settle({"cycle": menu.cycle.name, "edition": menu.edition.code, "kind": PlanKind.ZONAL.value})
        self.items = menu.items[self._value("edition")]
        if "item" in own:
            self.fields["item"].choices = [("", ALL), *((item.code, item_label(item)) for item in self.items)]
        self._settle(dict.fromkeys((*own, "q"), ""))

    @cached_property
    def scope(self) -> Scope:
        return Scope(
            cycle=next(cycle for cycle in self.menu.cycles if cycle.name == self._value("cycle")),
            edition=next(edition for edition in self.menu.editions if edition.code == self._value("edition")),
            kind=self._value("kind"),
            words=self._value("q").strip(),
        )

    def narrow(self, area: Area) -> Area:
        """Offer the provinces and districts of the area, and leave of its rows those that are asked for."""
        rows: Iterable[PlanRow] = area.rows
        for name in ("province", "district"):
            places = {place.code: place for row in area.rows if (place := getattr(row.zone, name))}
            self.fields[name].choices = [
                ("", ALL),
                *((code, str(place)) for code, place in sorted(places.items(), key=lambda one: str(one[1]))),
            ]
            self._settle({name: ""})
            self.places[name] = place = places.get(self._value(name))
            if place is not None:
                rows = [row for row in rows if getattr(row.zone, f"{name}_id") == place.pk]
        return Area(area.user, area.scope, area.items, tuple(rows))

    @cached_property
    def places(self) -> dict:
        """After `narrow`: "province" and "district" → the one that is asked for, or None."""
        return {}

    @property
    def place(self):
        """The smallest place that is asked for; None for the whole area."""
        return self.places.get("district") or self.places.get("province")

    def narrowed(self) -> Narrowed:
        reason = self._value("reason")
        return Narrowed(
            item=next((item for item in self.items if item.code == self._value("item")), None),
            reason={"": None, NO_REASON: ""}.get(reason, reason),
            standing=self._value("standing"),
            over_days=MONTH if self._value("waiting") == OVER_A_MONTH else None,
        )

    def query(self, *names: str, **changed: str) -> str:
        """The query of what is asked, or with something changed; of these fields only where they are named.

        Nothing that is as if it were not asked, and never the page.
        """
        wanted = QueryDict(mutable=True)
        for name in names or self.fields:
            value = changed.get(name, self._value(name))
            if value and value != self._unasked.get(name, ""):
                wanted[name] = value
        return wanted.urlencode()

    @property
    def area_query(self) -> str:
        """What is asked of the area, for the address of another list or page."""
        return self.query("province", "district", "q", *FOLDED)

    @property
    def time_query(self) -> str:
        """What is asked whatever the area, for the address of a page of one zone."""
        return self.query("cycle", "edition")

    @property
    def is_asked(self) -> bool:
        """Whether anything is shown but what one sees without asking."""
        return bool(self.query())

    @property
    def is_asked_more(self) -> bool:
        """Whether something is asked that stands folded away."""
        return bool(self.query(*FOLDED))

    @property
    def state_asked(self) -> str:
        return self._value("state")

    def shown_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in FOLDED]

    def folded_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in FOLDED]

    def _settle(self, unasked: dict[str, str]) -> None:
        """Put each of these fields at what was asked, or at this value when that cannot be understood."""
        for name, value in unasked.items():
            self._unasked[name] = value
            try:
                asked = self.fields[name].clean(self.data.get(name, ""))
            except forms.ValidationError:
                self.left_out.append(str(self.fields[name].label))
                self.data[name] = value
            else:
                self.data[name] = str(asked or value)

    def _value(self, name: str) -> str:
        return self.data.get(name, "") if name in self.fields else ""


def item_label(item: Item) -> str:
    return f"{item.code} {localize(item.short or item.title, current_language())}"
