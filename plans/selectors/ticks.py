"""The boxes a reader ticks when accepting a passage: elements, links of the safety chain, aspects."""

from collections.abc import Collection
from dataclasses import dataclass

from framework.models import Item
from kiv.localized import localize
from plans.enums import ChainLink, Element

#: Naming a link ticks it.
LEFT_OUT = {Element.CHAIN_LINK}
#: One per criterion: what makes a piece count for it at all (SCORING section 1). Always in sight.
FIRST = (
    Element.DESCRIPTION,
    Element.OBJECTIVE,
    Element.ACTION,
    Element.RESPONSIBLE,
    Element.INDICATOR,
    Element.PARTNER,
)


@dataclass(frozen=True, slots=True)
class Tick:
    """One box. `is_first`: always in sight; the others may be folded away unless they are ticked."""

    value: str
    label: str
    is_ticked: bool
    is_first: bool = False


def element_ticks(elements: Collection[str]) -> tuple[Tick, ...]:
    """Every element in the method's order; `elements` are those ticked."""
    return tuple(
        Tick(element.value, str(element.label), element.value in elements, element in FIRST)
        for element in Element
        if element not in LEFT_OUT
    )


def link_ticks(links: Collection[str]) -> tuple[Tick, ...]:
    return tuple(Tick(link.value, str(link.label), link.value in links) for link in ChainLink)


def aspect_ticks(item: Item, aspects: Collection[str], language: str) -> tuple[Tick, ...]:
    """The aspects of an item (its `aspects` prefetched) in the edition's order; none for most items."""
    return tuple(
        Tick(aspect.code, localize(aspect.title, language), aspect.code in aspects)
        for aspect in item.aspects.all()
    )
