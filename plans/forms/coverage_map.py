"""What is asked of the coverage map: the form of the coverage pages, with one item and layers of its own."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from plans.enums import PlanKind
from plans.forms.coverage import CoverageForm
from plans.forms.coverage_filter import item_label
from plans.reports.coverage_map import LAYERS, MapLayer
from plans.selectors.coverage_menu import Menu


class CoverageMapForm(CoverageForm):
    """One item at a time, the first when none is asked. The map has one tile a zone: no local plans."""

    shown = ("item", "layer", "province")
    folded = ("cycle", "edition", "basis", "district", "q")
    folded_label = _("Cycle, framework note, version, district")
    button = _("Show on the map")

    item = forms.ChoiceField(label=_("Item"), required=False)
    layer = forms.ChoiceField(label=_("On the map"), required=False, choices=LAYERS.items())

    def __init__(self, data: QueryDict, *, menu: Menu) -> None:
        super().__init__(data, menu=menu)
        for name, value in (("kind", PlanKind.ZONAL.value), ("standing", ""), ("state", "")):
            self.data[name] = value
        self.fields["item"].choices = [(item.code, item_label(item)) for item in self.items]
        self._unasked["item"] = self.items[0].code if self.items else ""
        self.data["item"] = self._value("item") or self._unasked["item"]

    @property
    def layer_asked(self) -> MapLayer:
        return MapLayer(self._value("layer"))
