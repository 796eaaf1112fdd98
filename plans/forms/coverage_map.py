"""What is asked of the coverage map: the form of the coverage pages, with one item and layers of its own."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from framework.models import Item
from plans.enums import PlanKind
from plans.forms.coverage import CoverageForm, item_label
from plans.reports.coverage_map import LAYERS, MapLayer
from plans.selectors.coverage_menu import Menu

#: Fields that are seldom asked.
FOLDED = ("cycle", "edition", "basis", "district", "q")


class CoverageMapForm(CoverageForm):
    """One item at a time, the first when none is asked. The map has one tile a zone: no local plans."""

    item = forms.ChoiceField(label=_("Item"), required=False)
    layer = forms.ChoiceField(label=_("On the map"), required=False, choices=LAYERS.items())

    def __init__(self, data: QueryDict, *, menu: Menu) -> None:
        super().__init__(data, menu=menu)
        for name, value in (("kind", PlanKind.ZONAL.value), ("standing", ""), ("state", "")):
            self.data[name] = value
        self.fields["item"].choices = [(item.code, item_label(item)) for item in self.items]
        self.data["item"] = self._value("item") or (self.items[0].code if self.items else "")

    @property
    def item_asked(self) -> Item | None:
        return self.scope.item

    @property
    def layer_asked(self) -> MapLayer:
        return MapLayer(self._value("layer"))

    @property
    def is_asked_more(self) -> bool:
        return any(self._value(name) != self._unasked[name] for name in FOLDED)
