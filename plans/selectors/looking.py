"""One item of the new edition beside what the plan said under the edition before, and what holds of it.

For people of the zone: nothing is censored here. Not here: storing what they decide (services.looking).
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from framework.models import Aspect, Item
from framework.succession import CARRYING, Link, Relation
from plans.models import Assessment, CarriedItem, Carrying, ItemChoice, ItemLink, ItemScore, PassageEvidence
from plans.models.assessment import SOURCES
from plans.planformat.succession import Fate
from plans.scoring.numbering import natural_key
from plans.selectors.carrying import Crossing, crossing_of, key_of
from plans.selectors.entries import Entry

#: What was said of the old item is about the new one too: equal, equivalent, or a part of it.
WITHIN = CARRYING | {Relation.SUBSET}
ENTRIES = ("objective", "action__objective", "indicator__objective", "diagnosis")


@dataclass(frozen=True, slots=True)
class OldItem:
    """An old item that leads to the new one, and what the plan said of it."""

    link: Link
    item: Item
    choice: ItemChoice
    score: ItemScore


@dataclass(frozen=True, slots=True)
class OfferedEntry:
    """An entry that named one of the old items (`rows`), or names the new one already."""

    key: str
    entry: Entry
    items: tuple[Item, ...]
    rows: tuple[ItemLink, ...]
    is_held: bool
    is_ticked: bool

    @property
    def kind(self) -> str:
        return self.entry._meta.model_name


@dataclass(frozen=True, slots=True)
class OfferedPassage:
    """A passage that was accepted for one of the old items (`rows`), or is for the new one already."""

    key: str
    passage: PassageEvidence
    items: tuple[Item, ...]
    rows: tuple[PassageEvidence, ...]
    is_held: bool
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Look:
    """An item to look at. `mark` is another whenever what is stored of it is."""

    carried: CarriedItem
    item: Item
    choice: ItemChoice
    olds: tuple[OldItem, ...]
    entries: tuple[OfferedEntry, ...]
    passages: tuple[OfferedPassage, ...]
    mark: str

    @property
    def is_seen(self) -> bool:
        return self.carried.seen_at is not None

    @property
    def is_new(self) -> bool:
        return self.carried.fate == Fate.NEW

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        return tuple(self.item.aspects.all())

    @property
    def was_hidden(self) -> bool:
        """Whether one of the old items was wholly confidential."""
        return any(old.choice.is_item_confidential for old in self.olds)

    def held(self, offered: Iterable[OfferedEntry | OfferedPassage]) -> frozenset[str]:
        return frozenset(one.key for one in offered if one.is_held)


def look_at(carrying: Carrying, code: str) -> Look | None:
    """The item with this code, when there is something to look at. At most 25 queries."""
    carried = carrying.items.exclude(fate=Fate.CARRIED).filter(item__code=code).select_related("item").first()
    if carried is None:
        return None
    crossing = crossing_of(carrying.source, carrying.assessment.edition)
    item = crossing.new(code)
    links = next(road.links for road in crossing.roads.items if road.item == code)
    olds = tuple(_olds(crossing, links))
    sure = {old.item.pk for old in olds if old.link.is_decided and old.link.relation in WITHIN}
    is_fresh = carried.seen_at is None
    choice = carrying.assessment.choices.filter(item=item).first() or ItemChoice(
        assessment=carrying.assessment, item=item, revision=0
    )
    entries = tuple(_entries(carrying, olds, item, sure if is_fresh else frozenset()))
    passages = tuple(_passages(carrying, olds, item, sure if is_fresh else frozenset()))
    mark = _mark(carried, choice, entries, passages)
    return Look(carried, item, choice, olds, entries, passages, mark)


def _olds(crossing: Crossing, links: Sequence[Link]) -> Iterable[OldItem]:
    source = crossing.source
    items = [crossing.old(link.old) for link in links]
    choices = {row.item_id: row for row in source.choices.filter(item__in=items)}
    scores = {row.item_id: row for row in source.scores.filter(item__in=items)}
    for link, item in zip(links, items, strict=True):
        choice = choices.get(item.pk) or ItemChoice(assessment=source, item=item, revision=0)
        yield OldItem(link, item, choice, scores[item.pk])


def _entries(
    carrying: Carrying, olds: Sequence[OldItem], item: Item, sure: Collection[int]
) -> Iterable[OfferedEntry]:
    """Objectives first, in the plan's own order, with what hangs on them; then the diagnosis."""
    before = _links(carrying.source, [old.item for old in olds])
    held = _links(carrying.assessment, [item])
    known = {old.item.pk: old.item for old in olds}
    offered = []
    for key in {**before, **held}:
        rows = before.get(key, ())
        is_held = key in held
        entry = entry_of((held.get(key) or rows)[0])
        offered.append(
            OfferedEntry(
                key=f"{key[0]}-{key[1]}",
                entry=entry,
                items=tuple(known[row.item_id] for row in rows),
                rows=tuple(rows),
                is_held=is_held,
                is_ticked=is_held or any(row.item_id in sure for row in rows),
            )
        )
    return sorted(offered, key=_place)


def _links(assessment: Assessment, items: Sequence[Item]) -> Mapping[tuple[str, int], list[ItemLink]]:
    found: dict[tuple[str, int], list[ItemLink]] = {}
    for row in assessment.links.filter(item__in=items).select_related(*ENTRIES):
        found.setdefault(key_of(row), []).append(row)
    return found


def entry_of(row: ItemLink) -> Entry:
    """The entry that a link hangs on; all four were fetched with it (ENTRIES)."""
    return next(entry for name in SOURCES if (entry := getattr(row, name)) is not None)


def _place(offered: OfferedEntry) -> tuple:
    objective = getattr(offered.entry, "objective", offered.entry)
    number = getattr(objective, "number", None)
    return (
        number is None,
        natural_key(number or ""),
        SOURCES.index(offered.kind),
        offered.entry.pk,
    )


def _passages(
    carrying: Carrying, olds: Sequence[OldItem], item: Item, sure: Collection[int]
) -> Iterable[OfferedPassage]:
    known = {old.item.pk: old.item for old in olds}
    before: dict[str, list[PassageEvidence]] = {}
    for row in carrying.source.passages.filter(item__in=known).select_related("objective"):
        before.setdefault(row.passage, []).append(row)
    held = {row.passage: row for row in carrying.assessment.passages.filter(item=item)}
    for key in {**before, **held}:
        rows = before.get(key, ())
        yield OfferedPassage(
            key=key,
            passage=held.get(key) or rows[0],
            items=tuple(known[row.item_id] for row in rows),
            rows=tuple(rows),
            is_held=key in held,
            is_ticked=key in held or any(row.item_id in sure for row in rows),
        )


def _mark(carried: CarriedItem, choice: ItemChoice, entries, passages) -> str:
    held = sorted(one.key for one in (*entries, *passages) if one.is_held)
    known = [carried.seen_at and carried.seen_at.isoformat(), choice.revision, held]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:32]
