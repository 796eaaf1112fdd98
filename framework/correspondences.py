"""What became of the items of an edition's predecessor, read from rows, with proposals for what is not said.

What lives here: questions. Not here: what relations mean (succession), the guess (proposing), changing
anything (services.correspondences). Never writes.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, QuerySet

from framework.models import Correspondence, Edition, Item
from framework.proposing import propose
from framework.succession import Confidence, ItemText, Link, Relation, carried, is_all_decided


@dataclass(frozen=True)
class Succession:
    """Two editions of one framework, the earlier one first, and the links between their items.

    `links` holds for every old item what is stored, or else what the program proposes (`is_stored` False).
    """

    old: Edition
    new: Edition
    olds: tuple[Item, ...]
    news: tuple[Item, ...]
    links: tuple[Link, ...]

    @cached_property
    def old_texts(self) -> tuple[ItemText, ...]:
        return tuple(map(as_text, self.olds))

    @cached_property
    def new_texts(self) -> tuple[ItemText, ...]:
        return tuple(map(as_text, self.news))

    def links_of(self, old: Item) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.old == old.code)

    @cached_property
    def decided_links(self) -> tuple[Link, ...]:
        """Those of the old items of which everything is decided."""
        undecided = {item.code for item in self.undecided}
        return tuple(link for link in self.links if link.old not in undecided)

    @cached_property
    def sure(self) -> tuple[Item, ...]:
        """The old items of which nothing was said and the program is sure."""
        unsure = {link.old for link in self.links if link.is_stored or link.confidence != Confidence.HIGH}
        return tuple(item for item in self.olds if item.code not in unsure)

    @cached_property
    def undecided(self) -> tuple[Item, ...]:
        """The old items of which not everything is decided: of one that was split a part may be open."""
        links = defaultdict(list)
        for link in self.links:
            links[link.old].append(link)
        return tuple(item for item in self.olds if not is_all_decided(links[item.code]))

    @cached_property
    def unmapped(self) -> tuple[Item, ...]:
        """The undecided ones for which nobody, nor the program, names a new item."""
        mapped = {link.old for link in self.links if link.new is not None}
        return tuple(item for item in self.undecided if item.code not in mapped)

    @cached_property
    def unreached(self) -> tuple[Item, ...]:
        """The new items that no old one leads to: as far as anybody knows, they are new."""
        reached = {link.new for link in self.links}
        return tuple(item for item in self.news if item.code not in reached)


def stored_correspondences(edition: Edition) -> QuerySet[Correspondence]:
    """The rows about items of its predecessor, in the order of both editions. One query."""
    return (
        Correspondence.objects.filter(edition=edition, source__edition=edition.predecessor_id)
        .select_related("source", "target")
        .order_by("source__position", F("target__position").asc(nulls_first=True))
    )


def as_link(row: Correspondence) -> Link:
    return Link(
        row.source.code,
        row.target.code if row.target else None,
        Relation(row.relation),
        Confidence(row.confidence),
        row.rationale,
        is_stored=True,
        is_decided=row.is_decided,
    )


def as_text(item: Item) -> ItemText:
    """An item as it is compared; its aspects were fetched before."""
    aspects = tuple((aspect.code, aspect.title) for aspect in item.aspects.all())
    return ItemText(item.code, item.kind, item.position, item.title, item.summary, aspects)


def correspondences_between(old: Edition, new: Edition) -> Succession:
    """What became of the items of `old` in `new`, whether or not they follow one another directly.

    Stored rows count when `old` is the predecessor; over several editions what was carried from each to the
    next. At most seven queries, and two more for each edition between them.
    """
    olds, news = _items(old), _items(new)
    if new.predecessor_id == old.pk:
        stored = [as_link(row) for row in stored_correspondences(new)]
    else:
        codes = {item.pk: item.code for item in news}
        through = carried_items(old, new)
        stored = [
            Link(item.code, codes[through[item.pk]], Relation.EQUIVALENT, is_stored=True, is_decided=True)
            for item in olds
            if item.pk in through
        ]
    proposed = propose([as_text(item) for item in olds], [as_text(item) for item in news], stored)
    places = {item.code: item.position for item in olds}
    links = sorted((*stored, *proposed), key=lambda link: places[link.old])
    return Succession(old, new, olds, news, tuple(links))


def carried_items(old: Edition, new: Edition) -> dict[int, int]:
    """Id of an item of `old` → id of the one of `new` that it is equal or equivalent to, decided, one to one.

    What a plan says about the first holds for the second. Empty for one and the same edition (an item is
    itself) and when `new` does not come after `old`. One query, and two more for each edition between them.
    """
    if old.pk == new.pk:
        return {}
    steps = _steps_back(new, until=old.pk)
    if steps is None:
        return {}
    first, *further = [_carried_step(step) for step in reversed(steps)]
    for step in further:
        first = {source: step[target] for source, target in first.items() if target in step}
    return first


def earlier_selves(item: Item, edition: Edition) -> list[int]:
    """Ids of the items of earlier editions that became this one, decided, one to one; nearest first.

    `edition` is the item's. Two queries for each edition before; none for one without a predecessor.
    """
    found: list[int] = []
    current = item.pk
    for step in _steps_back(edition, until=None) or ():
        sources = {target: source for source, target in _carried_step(step).items()}
        if current not in sources:
            break
        current = sources[current]
        found.append(current)
    return found


def digest_of(links: Iterable[Link]) -> str:
    """A short mark of what is said about one old item, the same whenever it says the same, in any order."""
    said = [
        [link.new, link.relation, link.confidence, sorted(link.rationale.items()), link.is_decided]
        for link in sorted(links, key=lambda link: link.new or "")
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def ordered(one: Edition, other: Edition) -> tuple[Edition, Edition]:
    """The earlier edition first: one that the other comes after, else by period and code."""
    for old, new in ((one, other), (other, one)):
        if comes_after(new, old):
            return old, new
    first, second = sorted((one, other), key=lambda edition: (edition.first_year, edition.code))
    return first, second


def editions_before(edition: Edition) -> list[Edition]:
    """The editions that this one follows, directly or over others, the nearest first. A query for each."""
    return [step.predecessor for step in _steps_back(edition, until=None) or ()]


def comes_after(edition: Edition, other: Edition) -> bool:
    """Whether `edition` follows `other`, also over editions between them. A query for each of those."""
    return _steps_back(edition, until=other.pk) is not None


def _items(edition: Edition) -> tuple[Item, ...]:
    return tuple(edition.items.prefetch_related("aspects").order_by("position"))


def _steps_back(edition: Edition, *, until: int | None) -> Sequence[Edition] | None:
    """`edition` and those before it, up to the one after `until` (an id); None when that is not before it."""
    steps: list[Edition] = []
    while edition.predecessor_id is not None and edition not in steps:
        steps.append(edition)
        if edition.predecessor_id == until:
            return steps
        edition = edition.predecessor
    return steps if until is None else None


def _carried_step(edition: Edition) -> dict[int, int]:
    """From the predecessor's items to those of `edition`, by id. One query."""
    rows = list(stored_correspondences(edition))
    pairs = carried(map(as_link, rows))
    return {
        row.source_id: row.target_id
        for row in rows
        if row.target and pairs.get(row.source.code) == row.target.code
    }
