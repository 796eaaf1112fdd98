"""What is asked of the matrix and of its files, and the name of a view that is kept."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kiv.templatetags.kiv_ui import STATES
from plans.forms.coverage_filter import ALL, CoverageFilter
from plans.forms.fields import VisibleTextField
from plans.models import SavedView
from plans.models.saved_view import NAME_LENGTH
from plans.reports.coverage_page import Grouping, Narrowing, Sort
from plans.reports.coverage_paper import BASES, STANDINGS
from plans.selectors.coverage import Basis, Scope
from plans.selectors.coverage_menu import Menu


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


class CoverageForm(CoverageFilter):
    """What is asked of the matrix, and of the files of the same rows."""

    #: Saved views are queries in this order: it stays as it is.
    field_order = (
        "cycle",
        "edition",
        "kind",
        "basis",
        "layer",
        "province",
        "district",
        "q",
        "standing",
        "item",
        "state",
        "group",
        "sort",
    )
    shown = ("q", "province", "item", "state", "layer")
    folded = ("cycle", "edition", "kind", "basis", "district", "standing", "group", "sort")
    folded_label = _("Cycle, version, status, order")

    basis = forms.ChoiceField(label=_("Version shown"), required=False, choices=BASES.items())
    layer = forms.ChoiceField(label=_("In the cells"), required=False, choices=LAYERS.items())
    standing = forms.ChoiceField(label=_("Status"), required=False, choices=[("", ALL), *STANDINGS.items()])
    item = forms.ChoiceField(label=_("Item"), required=False)
    state = forms.ChoiceField(
        label=_("State of the item"), required=False, choices=[("", ALL), *STATES.items()]
    )
    group = forms.ChoiceField(label=_("Grouped by"), required=False, choices=GROUPINGS.items())
    sort = forms.ChoiceField(label=_("Sorted by"), required=False, choices=SORTS.items())

    def __init__(self, data: QueryDict, *, menu: Menu) -> None:
        super().__init__(data, menu=menu)
        self._settle({"layer": Layer.LEVEL, "basis": Basis.SHARED})
        self._settle({"sort": Sort.NAME, "group": Grouping.NONE})
        self._settle(dict.fromkeys(("standing", "item", "state"), ""))
        if self._value("state") and not self._value("item"):
            self._leave_out("state", "")

    @cached_property
    def scope(self) -> Scope:
        return Scope(**self.scope_asked(), basis=Basis(self._value("basis")), item=self.item_asked)

    @property
    def layer_asked(self) -> Layer:
        return Layer(self._value("layer"))

    @property
    def sort_asked(self) -> Sort:
        return Sort(self._value("sort"))

    def narrowing(self) -> Narrowing:
        """After `offer_places`."""
        page = self.data.get("page", "")
        return Narrowing(
            province=self.places["province"],
            district=self.places["district"],
            standing=self._value("standing"),
            state=self._value("state"),
            sort=self.sort_asked,
            grouping=Grouping(self._value("group")),
            page=int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
        )

    def filters(self) -> Iterator[tuple[str, str]]:
        """What narrows the rows, in words: label and value. After `offer_places`."""
        is_by_state = bool(self._value("state"))
        for name in ("province", "district", "q", "standing", *(("item", "state") if is_by_state else ())):
            if self._value(name).strip():
                yield self._in_words(name)


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
