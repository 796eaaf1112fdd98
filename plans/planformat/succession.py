"""A plan checked under one edition, under the edition that follows: what holds, what asks for a person.

Plain values in and out. Which links there are between the items: framework.succession; what is stored of it:
plans.services.carrying; what it would be for every plan before an edition is published: plans.reports.impact.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from framework.succession import Link, carried
from plans.planformat.types import (
    UNDECIDED,
    Entry,
    ItemRef,
    PlanContent,
)


class Fate(StrEnum):
    """What becomes of an item of the new edition when a plan is carried over.

    `CARRIED`: it is equal or equivalent to one old item; choice, motivation and evidence hold as they are.
    `LOOK`: it came in another way from items of which the plan says something; a person decides what holds.
    `NEW`: the plan says nothing yet that could hold for it.
    """

    CARRIED = "carried"
    LOOK = "look"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Road:
    """How one item of the new edition is reached; `links` lead to it, in the order of the old edition."""

    item: str
    fate: Fate
    links: tuple[Link, ...] = ()

    def comes_from(self, olds: Collection[str]) -> bool:
        """Whether one of these old items leads to it, in whatever way."""
        return any(link.old in olds for link in self.links)


@dataclass(frozen=True, slots=True)
class Roads:
    """What becomes of a plan: a road for each new item, in the new edition's order.

    `ended`: old items that the plan says something of and that lead to no new one, in their order.
    """

    items: tuple[Road, ...]
    ended: tuple[str, ...]

    def of(self, *fates: Fate) -> tuple[str, ...]:
        """The codes of the new items with one of these fates."""
        return tuple(road.item for road in self.items if road.fate in fates)


def roads(olds: Sequence[str], news: Sequence[str], links: Iterable[Link], content: PlanContent) -> Roads:
    """What becomes of the plan `content`; `olds` and `news` are the items of both editions, in their order.

    Links that nobody decided lead to an item too, but carry nothing.
    """
    links = tuple(links)
    holding = {new: old for old, new in carried(links).items()}
    said = said_of(content)
    leading = [link for link in links if link.new is not None]
    found = []
    for new in news:
        to_it = tuple(link for link in leading if link.new == new)
        if new in holding:
            fate = Fate.CARRIED
        else:
            fate = Fate.LOOK if any(link.old in said for link in to_it) else Fate.NEW
        found.append(Road(new, fate, to_it))
    reaching = {link.old for link in leading}
    return Roads(tuple(found), tuple(old for old in olds if old in said and old not in reaching))


def said_of(content: PlanContent) -> frozenset[str]:
    """The items of which a plan says anything: a choice, a motivation, an entry that names it, a passage."""
    named = {ref.item for entry in _entries(content) for ref in entry.items}
    chosen = {code for code, choice in content.choices.items() if choice != UNDECIDED}
    return frozenset(named | chosen | {passage.item for passage in content.passages})


def carried_content(
    content: PlanContent, edition: str, same: Mapping[str, str], aspects: Mapping[str, Collection[str]]
) -> PlanContent:
    """The plan under the new edition, with what holds there as it is and nothing else.

    `same`: old code → new code; `aspects`: new code → the codes of its aspects. Ticks of aspects that the new
    item does not have fall away. A clarification that was asked stays with what it was asked about.
    """

    def refs(entry: Entry) -> tuple[ItemRef, ...]:
        return tuple(
            ItemRef(item=same[ref.item], aspects=_known(ref.aspects, aspects[same[ref.item]]))
            for ref in entry.items
            if ref.item in same
        )

    def moved(entry):
        return entry.model_copy(update={"items": refs(entry)})

    return content.model_copy(
        update={
            "edition": edition,
            "objectives": tuple(
                moved(row).model_copy(
                    update={
                        "actions": tuple(map(moved, row.actions)),
                        "indicators": tuple(map(moved, row.indicators)),
                    }
                )
                for row in content.objectives
            ),
            "diagnosis": tuple(map(moved, content.diagnosis)),
            "choices": {
                same[code]: choice.model_copy(update={"clarification_open": False})
                for code, choice in content.choices.items()
                if code in same
            },
            "passages": tuple(
                row.model_copy(
                    update={"item": same[row.item], "aspects": _known(row.aspects, aspects[same[row.item]])}
                )
                for row in content.passages
                if row.item in same
            ),
        }
    )


def _known(ticked: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    return tuple(code for code in ticked if code in known)


def _entries(content: PlanContent) -> Iterator[Entry]:
    for row in content.objectives:
        yield row
        yield from row.actions
        yield from row.indicators
    yield from content.diagnosis
