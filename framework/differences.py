"""What differs between two editions, item by item: changed, split, merged, removed, added.

Plain values in and out. Not here: what links the items (succession), words of pages. Knows no Django.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from framework.succession import CARRYING, ItemText, Link, Wording, aspect_changes, is_all_decided, wording
from kiv.localized import FALLBACK_ORDER


class Outcome(StrEnum):
    """What became of a group of items. `REGROUPED`: several old ones into several new ones."""

    PAIRED = "paired"
    SPLIT = "split"
    MERGED = "merged"
    REGROUPED = "regrouped"
    REMOVED = "removed"
    ADDED = "added"


class Change(StrEnum):
    """What differs between two items that correspond one to one."""

    RENAMED = "renamed"
    RENUMBERED = "renumbered"
    OTHER_KIND = "other_kind"
    MOVED = "moved"
    SUMMARY = "summary"
    ASPECTS = "aspects"


@dataclass(frozen=True, slots=True)
class Difference:
    """A group of items that belong together, in the order of their editions.

    `changes` only when paired. Every item of both editions stands in exactly one difference.
    """

    outcome: Outcome
    olds: tuple[ItemText, ...]
    news: tuple[ItemText, ...]
    links: tuple[Link, ...] = ()
    changes: tuple[Change, ...] = ()
    language: str = FALLBACK_ORDER[0]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs that somebody could read, and nobody says that the meaning does."""
        return (
            self.outcome == Outcome.PAIRED
            and not self.changes
            and all(link.relation in CARRYING for link in self.links)
        )

    @property
    def is_decided(self) -> bool:
        """Whether a person or a file said all of it. What is added needs nobody's word."""
        return is_all_decided(self.links) or (not self.links and self.outcome == Outcome.ADDED)

    @property
    def title(self) -> Wording:
        """Of a pair; ValueError for a group."""
        (old,), (new,) = self.olds, self.news
        return wording(old.title, new.title, self.language)

    @property
    def summary(self) -> Wording:
        """Of a pair; ValueError for a group."""
        (old,), (new,) = self.olds, self.news
        return wording(old.summary, new.summary, self.language)


def find_differences(
    olds: Sequence[ItemText], news: Sequence[ItemText], links: Iterable[Link], language: str
) -> tuple[Difference, ...]:
    """Group by group what became of the items: in the new edition's order, then what was removed.

    Texts are compared in `language`, or in one that both have. Links to codes that are not there are passed
    over. Seen from the other side (olds and news exchanged, links mirrored) the groups and their changes are
    the same, with split for merged and added for removed.
    """
    old_of = {item.code: item for item in olds}
    new_of = {item.code: item for item in news}
    known = [link for link in links if link.old in old_of and (link.new is None or link.new in new_of)]
    groups = [
        (_in_order(mine, old_of), _in_order(theirs, new_of))
        for mine, theirs in _components(old_of, new_of, known)
    ]
    groups.sort(key=lambda group: _place(*group))
    moved = _moved([(mine[0], theirs[0]) for mine, theirs in groups if len(mine) == len(theirs) == 1])
    return tuple(_difference(mine, theirs, known, moved, language) for mine, theirs in groups)


def _components(
    old_of: Mapping[str, ItemText], new_of: Mapping[str, ItemText], links: Sequence[Link]
) -> Iterator[tuple[set[str], set[str]]]:
    """The codes of both sides that hang together by links."""
    neighbours: dict[tuple[bool, str], set[tuple[bool, str]]] = {
        **{(False, code): set() for code in old_of},
        **{(True, code): set() for code in new_of},
    }
    for link in links:
        if link.new is not None:
            neighbours[False, link.old].add((True, link.new))
            neighbours[True, link.new].add((False, link.old))
    seen: set[tuple[bool, str]] = set()
    for start in neighbours:
        if start in seen:
            continue
        found, waiting = {start}, [start]
        while waiting:
            fresh = neighbours[waiting.pop()] - found
            found |= fresh
            waiting += fresh
        seen |= found
        yield {code for is_new, code in found if not is_new}, {code for is_new, code in found if is_new}


def _in_order(codes: Iterable[str], items: Mapping[str, ItemText]) -> list[ItemText]:
    return sorted((items[code] for code in codes), key=lambda item: item.position)


def _place(olds: Sequence[ItemText], news: Sequence[ItemText]) -> tuple[bool, int]:
    return (not news, news[0].position if news else olds[0].position)


def _difference(olds, news, links: Sequence[Link], moved: set[str], language: str) -> Difference:
    codes = {item.code for item in olds}
    outcome = _outcome(len(olds), len(news))
    changes = tuple(_changes(olds[0], news[0], moved, language)) if outcome == Outcome.PAIRED else ()
    own = tuple(link for link in links if link.old in codes)
    return Difference(outcome, tuple(olds), tuple(news), own, changes, language)


def _outcome(olds: int, news: int) -> Outcome:
    match min(olds, 2), min(news, 2):
        case 0, _:
            return Outcome.ADDED
        case _, 0:
            return Outcome.REMOVED
        case 1, 1:
            return Outcome.PAIRED
        case 1, _:
            return Outcome.SPLIT
        case _, 1:
            return Outcome.MERGED
    return Outcome.REGROUPED


def _changes(old: ItemText, new: ItemText, moved: set[str], language: str) -> Iterator[Change]:
    if not wording(old.title, new.title, language).is_same:
        yield Change.RENAMED
    if old.code != new.code:
        yield Change.RENUMBERED
    if old.kind != new.kind:
        yield Change.OTHER_KIND
    if old.code in moved:
        yield Change.MOVED
    if not wording(old.summary, new.summary, language).is_same:
        yield Change.SUMMARY
    if any(aspect_changes(old, new, language)):
        yield Change.ASPECTS


def _moved(pairs: Sequence[tuple[ItemText, ItemText]]) -> set[str]:
    """Old codes of the pairs that left the common order: those not in every longest row kept in order.

    Of two that changed places both moved; one that was put elsewhere moved, and not all the others.
    """
    places = [new.position for _, new in sorted(pairs, key=lambda pair: pair[0].position)]
    codes = [old.code for old, _ in sorted(pairs, key=lambda pair: pair[0].position)]
    before = _longest(places)
    behind = _longest([-place for place in reversed(places)])[::-1]
    longest = max(before, default=0)
    ranks = [rank if rank + rest - 1 == longest else None for rank, rest in zip(before, behind, strict=True)]
    return {code for code, rank in zip(codes, ranks, strict=True) if rank is None or ranks.count(rank) > 1}


def _longest(places: Sequence[int]) -> list[int]:
    """For each place how long the longest rising row is that ends there."""
    lengths: list[int] = []
    for at, place in enumerate(places):
        lengths.append(1 + max((lengths[i] for i in range(at) if places[i] < place), default=0))
    return lengths
