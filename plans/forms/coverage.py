"""What is asked of the coverage pages. The form's state is the address of the page."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from framework.models import Item
from kiv.localized import localize
from kiv.templatetags.kiv_ui import STATES, current_language
from plans.enums import PlanKind
from plans.forms.fields import VisibleTextField
from plans.models import SavedView
from plans.models.saved_view import NAME_LENGTH
from plans.reports.coverage_page import Grouping, Narrowing, Sort
from plans.reports.coverage_paper import BASES, STANDINGS
from plans.selectors.coverage import Basis, PlanRow, Scope
from plans.selectors.coverage_menu import Menu

WORDS_LENGTH = 100
#: Fields that are seldom asked.
FOLDED = ("cycle", "edition", "kind", "basis", "district", "standing", "group", "sort")


class Layer(StrEnum):
    """What a cell says."""

    LEVEL = "level"
    STATE = "state"
    SHIFT = "shift"


LAYERS = {
    Layer.LEVEL: _("level"),
    Layer.STATE: _("choice and state"),
    Layer.SHIFT: _("what review changed"),
}
SORTS = {
    Sort.NAME: _("name"),
    Sort.CODE: _("code"),
    Sort.SHARED: _("date of sharing, newest first"),
    Sort.OPEN: _("most items open first"),
}
GROUPINGS = {
    Grouping.NONE: pgettext_lazy("grouping", "not at all"),
    Grouping.PROVINCE: _("province"),
    Grouping.DISTRICT: _("judicial district"),
}
ALL = pgettext_lazy("filter", "all")


class CoverageForm(forms.Form):
    """`menu` is never empty. What cannot be understood is left out, and `left_out` names it.

    First `scope` is asked, then `offer_places` with what was found there, then `narrowing`.
    """

    use_required_attribute = False

    cycle = forms.ChoiceField(label=_("Cycle"), required=False)
    edition = forms.ChoiceField(label=_("Checked against"), required=False)
    kind = forms.ChoiceField(label=_("Plans"), required=False, choices=PlanKind.choices)
    basis = forms.ChoiceField(label=_("Version shown"), required=False, choices=BASES.items())
    layer = forms.ChoiceField(label=_("In the cells"), required=False, choices=LAYERS.items())
    province = forms.ChoiceField(label=_("Province"), required=False)
    district = forms.ChoiceField(label=_("Judicial district"), required=False)
    q = VisibleTextField(
        label=pgettext_lazy("search", "Zone or municipality"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.TextInput,
    )
    standing = forms.ChoiceField(label=_("Status"), required=False, choices=[("", ALL), *STANDINGS.items()])
    item = forms.ChoiceField(label=_("Item"), required=False)
    state = forms.ChoiceField(
        label=_("State of the item"), required=False, choices=[("", ALL), *STATES.items()]
    )
    group = forms.ChoiceField(label=_("Grouped by"), required=False, choices=GROUPINGS.items())
    sort = forms.ChoiceField(label=_("Sorted by"), required=False, choices=SORTS.items())

    def __init__(self, data: QueryDict, *, menu: Menu) -> None:
        self.menu = menu
        self.left_out: list[str] = []
        super().__init__(data.copy())
        self.fields["cycle"].choices = [(cycle.name, cycle.name) for cycle in menu.cycles]
        self.fields["edition"].choices = [
            (edition.code, localize(edition.title, current_language()) or edition.code)
            for edition in menu.editions
        ]
        self._settle({"cycle": menu.cycle.name, "edition": menu.edition.code})
        self.items = menu.items[self._value("edition")]
        self._offer("item", self.items, lambda item: item.code, item_label)
        self._settle({"layer": Layer.LEVEL, "basis": Basis.SHARED, "kind": PlanKind.ZONAL})
        self._settle({"sort": Sort.NAME, "group": Grouping.NONE})
        self._settle(dict.fromkeys(("q", "standing", "item", "state"), ""))
        if self._value("state") and not self._value("item"):
            self._leave_out("state", "")

    @cached_property
    def scope(self) -> Scope:
        return Scope(
            cycle=next(cycle for cycle in self.menu.cycles if cycle.name == self._value("cycle")),
            edition=next(edition for edition in self.menu.editions if edition.code == self._value("edition")),
            basis=Basis(self._value("basis")),
            kind=self._value("kind"),
            words=self._value("q").strip(),
            item=next((item for item in self.items if item.code == self._value("item")), None),
        )

    @property
    def layer_asked(self) -> Layer:
        return Layer(self._value("layer"))

    @property
    def sort_asked(self) -> Sort:
        return Sort(self._value("sort"))

    def offer_places(self, heads: Iterable[PlanRow]) -> None:
        """The provinces and districts in which there are zones to show."""
        heads = list(heads)
        self._places = {
            "province": {row.zone.province.code: row.zone.province for row in heads if row.zone.province},
            "district": {row.zone.district.code: row.zone.district for row in heads if row.zone.district},
        }
        for name, places in self._places.items():
            self._offer(name, sorted(places.values(), key=str), lambda place: place.code, str)
            self._settle({name: ""})

    def narrowing(self) -> Narrowing:
        """After `offer_places`."""
        page = self.data.get("page", "")
        return Narrowing(
            province=self._places["province"].get(self._value("province")),
            district=self._places["district"].get(self._value("district")),
            standing=self._value("standing"),
            state=self._value("state"),
            sort=self.sort_asked,
            grouping=Grouping(self._value("group")),
            page=int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
        )

    def query(self, **changed: str) -> str:
        """The query of the address of what is shown, or of that with something changed; nothing that is as
        if it were not asked, and never the page."""
        wanted = QueryDict(mutable=True)
        for name in self.fields:
            value = changed.get(name, self._value(name))
            if value and value != self._unasked.get(name, ""):
                wanted[name] = value
        return wanted.urlencode()

    def filters(self) -> Iterator[tuple[str, str]]:
        """What narrows the rows, in words: label and value. After `offer_places`."""
        is_by_state = bool(self._value("state"))
        for name in ("province", "district", "q", "standing", *(("item", "state") if is_by_state else ())):
            if value := self._value(name).strip():
                words = dict(getattr(self.fields[name], "choices", ()))
                yield str(self.fields[name].label), str(words.get(value, value))

    @property
    def is_asked(self) -> bool:
        """Whether anything is shown but what one sees without asking."""
        return bool(self.query())

    @property
    def is_asked_more(self) -> bool:
        """Whether something is asked that stands folded away."""
        return any(self._value(name) != self._unasked[name] for name in FOLDED)

    @cached_property
    def _unasked(self) -> dict[str, str]:
        return {}

    def _offer(self, name: str, things: Sequence, key, label) -> None:
        self.fields[name].choices = [("", ALL), *((key(thing), label(thing)) for thing in things)]

    def _settle(self, unasked: dict[str, str]) -> None:
        """Put each of these fields at what was asked, or at this value when that cannot be understood."""
        for name, value in unasked.items():
            self._unasked[name] = str(value)
            asked = self.data.get(name, "")
            try:
                asked = self.fields[name].clean(asked)
            except forms.ValidationError:
                self._leave_out(name, str(value))
            else:
                self.data[name] = str(asked or value)

    def _leave_out(self, name: str, value: str) -> None:
        self.left_out.append(str(self.fields[name].label))
        self.data[name] = value

    def _value(self, name: str) -> str:
        return self.data.get(name, "")


def item_label(item: Item) -> str:
    return f"{item.code} {localize(item.short or item.title, current_language())}"


class SavedViewForm(forms.Form):
    """A name for what is shown."""

    use_required_attribute = False

    name = VisibleTextField(
        label=_("Name of this view"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def shown_view(views: Iterable[SavedView], query: str) -> SavedView | None:
    """The saved view that is on the page now."""
    return next((view for view in views if view.query == query), None)
