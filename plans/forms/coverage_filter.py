"""The filter of every coverage page: the area that is asked for. The state of the form is the address.

What a page asks besides the area stands in `coverage` (matrix, files), `coverage_map` and `coverage_lists`.
"""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from framework.models import Item
from kiv.localized import localize
from kiv.templatetags.kiv_ui import current_language
from plans.enums import PlanKind
from plans.forms.fields import VisibleTextField
from plans.selectors.coverage import PlanRow
from plans.selectors.coverage_menu import Menu

WORDS_LENGTH = 100
ALL = pgettext_lazy("filter", "all")
PLACES = ("province", "district")
#: What every coverage page asks, whatever it shows.
OF_THE_AREA = (*PLACES, "q", "cycle", "edition", "kind")


class CoverageFilter(forms.Form):
    """`menu` is never empty. What cannot be understood is left out, and `left_out` names it.

    First the scope is asked, then `offer_places` with what was found there, then the places.
    """

    use_required_attribute = False
    #: Fields in the order of the page; those in `folded` are seldom asked, and stand under `folded_label`.
    shown: ClassVar[tuple[str, ...]]
    folded: ClassVar[tuple[str, ...]]
    folded_label: ClassVar[Promise]
    button: ClassVar[Promise] = _("Show")

    cycle = forms.ChoiceField(label=_("Cycle"), required=False)
    edition = forms.ChoiceField(label=_("Checked against"), required=False)
    kind = forms.ChoiceField(label=_("Plans"), required=False, choices=PlanKind.choices)
    province = forms.ChoiceField(label=_("Province"), required=False)
    district = forms.ChoiceField(label=_("Judicial district"), required=False)
    q = VisibleTextField(
        label=pgettext_lazy("search", "Zone or municipality"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.TextInput,
    )

    def __init__(self, data: QueryDict, *, menu: Menu) -> None:
        self.menu = menu
        self.left_out: list[str] = []
        #: "province" and "district" → the one that is asked for, or None; after `offer_places`.
        self.places: dict[str, Any] = {}
        #: The same names → the one place in which everything lies that was found; where it is so.
        self.only: dict[str, str] = {}
        self._unasked: dict[str, str] = {}
        super().__init__(data.copy())
        self.fields["cycle"].choices = [(cycle.name, cycle.name) for cycle in menu.cycles]
        self.fields["edition"].choices = [
            (edition.code, localize(edition.title, current_language()) or edition.code)
            for edition in menu.editions
        ]
        self._settle(
            {"cycle": menu.cycle.name, "edition": menu.edition.code, "kind": PlanKind.ZONAL, "q": ""}
        )
        self.items = menu.items[self._value("edition")]
        if "item" in self.fields:
            self.fields["item"].choices = [("", ALL), *((item.code, item_label(item)) for item in self.items)]

    @property
    def item_asked(self) -> Item | None:
        return next((item for item in self.items if item.code == self._value("item")), None)

    def scope_asked(self) -> dict[str, Any]:
        """What every page asks, as arguments of a Scope."""
        return {
            "cycle": next(cycle for cycle in self.menu.cycles if cycle.name == self._value("cycle")),
            "edition": next(each for each in self.menu.editions if each.code == self._value("edition")),
            "kind": self._value("kind"),
            "words": self._value("q").strip(),
        }

    def offer_places(self, rows: Iterable[PlanRow]) -> None:
        """The provinces and districts in which there are zones to show."""
        rows = list(rows)
        for name in PLACES:
            found = [getattr(row.zone, name) for row in rows]
            places = {place.code: place for place in found if place}
            if len(places) == 1 and None not in found:
                self.only[name] = str(found[0])
            self.fields[name].choices = [
                ("", ALL),
                *((place.code, str(place)) for place in sorted(places.values(), key=str)),
            ]
            self._settle({name: ""})
            self.places[name] = places.get(self._value(name))

    @property
    def place(self) -> Any:
        """The smallest place that is asked for; None for the whole area."""
        return self.places.get("district") or self.places.get("province")

    def query(self, *names: str, **changed: str) -> str:
        """The query of what is asked, or of that with something changed; of these fields only where named.

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
        """What is asked of the area, for the address of another coverage page."""
        return self.query(*OF_THE_AREA)

    @property
    def is_asked(self) -> bool:
        """Whether anything is shown but what one sees without asking."""
        return bool(self.query())

    @property
    def is_asked_more(self) -> bool:
        """Whether something is asked that stands folded away."""
        return bool(self.query(*self.folded))

    def asked_words(self) -> Iterator[tuple[str, str]]:
        """What is asked, in words: label and value, in the order of the page."""
        for name in (*self.shown, *self.folded):
            if self.query(name):
                yield self._in_words(name)

    def shown_fields(self) -> list[tuple[forms.BoundField, str]]:
        """Each field with its one possible answer in words, which leaves nothing to choose; mostly empty."""
        return self._with_only(self.shown)

    def folded_fields(self) -> list[tuple[forms.BoundField, str]]:
        return self._with_only(self.folded)

    def _with_only(self, names: Iterable[str]) -> list[tuple[forms.BoundField, str]]:
        return [(self[name], self.only.get(name, "")) for name in names if name in self.fields]

    def _in_words(self, name: str) -> tuple[str, str]:
        """Label and value of a field."""
        field, value = self.fields[name], self._value(name).strip()
        return str(field.label), str(dict(getattr(field, "choices", ())).get(value, value))

    def _settle(self, unasked: dict[str, str]) -> None:
        """Put each of these fields at what was asked, or at this value when that cannot be understood."""
        for name, value in unasked.items():
            self._unasked[name] = str(value)
            try:
                asked = self.fields[name].clean(self.data.get(name, ""))
            except forms.ValidationError:
                self._leave_out(name, str(value))
            else:
                self.data[name] = str(asked or value)

    def _leave_out(self, name: str, value: str) -> None:
        self.left_out.append(str(self.fields[name].label))
        self.data[name] = value

    def _value(self, name: str) -> str:
        return self.data.get(name, "") if name in self.fields else ""


def item_label(item: Item) -> str:
    return f"{item.code} {localize(item.short or item.title, current_language())}"
