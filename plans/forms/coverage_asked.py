"""What is asked of the coverage files and the map: the address of the matrix page, read the same way.

What cannot be understood is as if it were not asked.
"""

from collections.abc import Iterator, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from framework.models import Item
from kiv.localized import localize
from kiv.templatetags.kiv_ui import current_language
from plans.enums import PlanKind
from plans.forms.fields import VisibleTextField
from plans.reports.coverage_map import LAYERS, MapLayer
from plans.reports.coverage_paper import BASES
from plans.selectors.coverage import Basis, Scope
from plans.selectors.coverage_offer import Offer

WORDS_LENGTH = 100
ALL = pgettext_lazy("filter", "all")


class CoverageAskedForm(forms.Form):
    """`offer` has at least one cycle and one edition."""

    use_required_attribute = False

    cycle = forms.ChoiceField(label=_("Cycle"), required=False)
    edition = forms.ChoiceField(label=_("Checked against"), required=False)
    kind = forms.ChoiceField(label=_("Plans"), required=False, choices=PlanKind.choices)
    basis = forms.ChoiceField(label=_("Version shown"), required=False, choices=BASES.items())
    province = forms.ChoiceField(label=_("Province"), required=False)
    district = forms.ChoiceField(label=_("Judicial district"), required=False)
    q = VisibleTextField(
        label=pgettext_lazy("search", "Zone or municipality"), required=False, max_length=WORDS_LENGTH
    )

    def __init__(self, data: QueryDict, *, offer: Offer) -> None:
        super().__init__(data.copy())
        self.offer = offer
        self.fields["cycle"].choices = [(cycle.name, cycle.name) for cycle in offer.cycles]
        self.fields["edition"].choices = [
            (edition.code, localize(edition.title, current_language()) or edition.code)
            for edition in offer.editions
        ]
        for name, places in (("province", offer.provinces), ("district", offer.districts)):
            self.fields[name].choices = [("", ALL), *((place.code, str(place)) for place in places)]
        self._settle(
            cycle=offer.cycle.name,
            edition=offer.edition.code,
            kind=PlanKind.ZONAL.value,
            basis=Basis.SHARED.value,
            province="",
            district="",
            q="",
        )

    @property
    def scope(self) -> Scope:
        offer, asked = self.offer, self.data
        return Scope(
            cycle=next(cycle for cycle in offer.cycles if cycle.name == asked["cycle"]),
            edition=next(edition for edition in offer.editions if edition.code == asked["edition"]),
            basis=Basis(asked["basis"]),
            kind=asked["kind"],
            province_id=_pk(offer.provinces, asked["province"]),
            district_id=_pk(offer.districts, asked["district"]),
            words=asked["q"].strip(),
        )

    def filters(self) -> Iterator[tuple[str, str]]:
        """What narrows the area, in words: label and value."""
        for name in ("province", "district"):
            if value := self.data[name]:
                yield str(self.fields[name].label), str(dict(self.fields[name].choices)[value])
        if words := self.data["q"].strip():
            yield str(self.fields["q"].label), words

    def _settle(self, **unasked: str) -> None:
        """Put each of these fields at what was asked, or at this value when that cannot be understood."""
        for name, value in unasked.items():
            try:
                asked = self.fields[name].clean(self.data.get(name, ""))
            except forms.ValidationError:
                asked = ""
            self.data[name] = str(asked or value)


class CoverageMapForm(CoverageAskedForm):
    """Besides: one item, and what the tiles say of it. `offer_items` once the edition's items are known."""

    item = forms.ChoiceField(label=_("Item"), required=False)
    layer = forms.ChoiceField(label=_("On the map"), required=False, choices=LAYERS.items())

    def __init__(self, data: QueryDict, *, offer: Offer) -> None:
        super().__init__(data, offer=offer)
        # The map has one tile a zone: local plans are not on it.
        self._settle(layer=MapLayer.LEVEL.value)
        self.data["kind"] = PlanKind.ZONAL.value

    @property
    def is_asked_more(self) -> bool:
        """Whether something is asked that stands folded away."""
        asked, offer = self.data, self.offer
        return bool(
            asked["district"]
            or asked["q"]
            or (asked["cycle"], asked["edition"], asked["basis"])
            != (offer.cycle.name, offer.edition.code, Basis.SHARED)
        )

    @property
    def layer_asked(self) -> MapLayer:
        return MapLayer(self.data["layer"])

    def offer_items(self, items: Sequence[Item]) -> Item | None:
        """Gives the item asked for, the first when none is."""
        self.fields["item"].choices = [(item.code, item_label(item)) for item in items]
        self._settle(item=items[0].code if items else "")
        return next((item for item in items if item.code == self.data["item"]), None)


def item_label(item: Item) -> str:
    return f"{item.code} {localize(item.short or item.title, current_language())}"


def _pk(places, code: str) -> int | None:
    return next((place.pk for place in places if place.code == code), None)
