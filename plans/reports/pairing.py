"""Which entry of one version is which of another: by what they have in common. Knows nothing of plans."""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

#: Two texts are alike from this share of common words (Dice: 0 nothing in common, 1 the same words).
ALIKE = 0.4
#: Alike texts are looked for this far around an entry's own place: bounded for the longest plans.
REACH = 10


def pair(
    olds: Sequence[T],
    news: Sequence[T],
    keys: Sequence[Callable[[T], Hashable]],
    words: Callable[[T], str] | None = None,
) -> list[tuple[T | None, T | None]]:
    """Pairs of old and new, None where one has no counterpart, in the new order; what is gone stays behind
    what it stood behind.

    The first key that two entries share pairs them, equals in their order; what is left is paired by the
    likeness of `words`.
    """
    found: dict[int, int] = {}
    for key in keys:
        places = defaultdict(deque)
        for i, new in enumerate(news):
            if i not in found.values():
                places[key(new)].append(i)
        for i, old in enumerate(olds):
            if i not in found and places[key(old)]:
                found[i] = places[key(old)].popleft()
    if words:
        found |= _alike(olds, news, found, words)
    return list(_in_order(olds, news, found))


def _alike(olds: Sequence[T], news: Sequence[T], found: dict[int, int], words) -> dict[int, int]:
    """The most alike first."""
    taken = set(found.values())
    left = [(i, _words(words(old))) for i, old in enumerate(olds) if i not in found]
    right = [(i, _words(words(new))) for i, new in enumerate(news) if i not in taken]
    scored = [
        (-likeness, abs(place - other), i, j)
        for place, (i, mine) in enumerate(left)
        for other in range(max(0, place - REACH), min(len(right), place + REACH + 1))
        for j, theirs in [right[other]]
        if (likeness := _likeness(mine, theirs)) >= ALIKE
    ]
    pairs: dict[int, int] = {}
    for _likeness_found, _distance, i, j in sorted(scored):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _likeness(mine: frozenset[str], theirs: frozenset[str]) -> float:
    total = len(mine) + len(theirs)
    return 2 * len(mine & theirs) / total if total else 0.0


def _in_order(
    olds: Sequence[T], news: Sequence[T], found: dict[int, int]
) -> Iterator[tuple[T | None, T | None]]:
    gone_behind: dict[int, list[T]] = defaultdict(list)
    behind = -1
    for i, old in enumerate(olds):
        if i in found:
            behind = found[i]
        else:
            gone_behind[behind].append(old)
    counterparts = {new: old for old, new in found.items()}
    yield from ((old, None) for old in gone_behind[-1])
    for i, new in enumerate(news):
        yield (olds[counterparts[i]] if i in counterparts else None), new
        yield from ((old, None) for old in gone_behind[i])
