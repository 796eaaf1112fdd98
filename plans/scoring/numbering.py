"""The plan's own order: natural sorting of its numbers, and one total order of its pieces.

The order in which pieces happen to be given never matters (docs/scoring.md, properties).
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from plans.scoring.enums import PieceKind
from plans.scoring.types import Piece

_DIGITS = re.compile(r"([0-9]+)")
_KIND_RANK = {kind: rank for rank, kind in enumerate(PieceKind)}

NaturalKey = tuple[tuple[tuple[int, int, str], ...], str]


@lru_cache(maxsize=4096)
def natural_key(number: str) -> NaturalKey:
    """Sorts "1" < "1.2" < "2" < "10" < "a" < "B". Different strings never have the same key."""
    parts = _DIGITS.split(number.casefold())
    key = tuple((0, int(part), "") if part[0] in "0123456789" else (1, 0, part) for part in parts if part)
    return key, number


def in_plan_order(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces as the plan has them: diagnosis, then objective by objective, then loose passages.

    Within an objective: its entry, actions, indicators, passages, each by number. The order they came in
    is forgotten: what has the same place is ordered by all it holds, and what is equal there is the same.
    """
    places: dict[tuple, list[Piece]] = {}
    for piece in pieces:
        places.setdefault(_place_of(piece), []).append(piece)
    for same in places.values():
        # Hardly ever: entries have numbers of their own.
        if len(same) > 1:
            same.sort(key=_content_of)
    return [piece for place in sorted(places) for piece in places[place]]


def _place_of(piece: Piece) -> tuple[object, ...]:
    return (
        piece.kind is not PieceKind.DIAGNOSIS,
        piece.objective is None,
        natural_key(piece.objective or ""),
        _KIND_RANK[piece.kind],
        natural_key(piece.ref),
    )


def _content_of(piece: Piece) -> tuple[object, ...]:
    return (
        piece.page is None,
        piece.page or 0,
        piece.text,
        piece.passage,
        sorted(piece.elements),
        sorted(piece.links),
        sorted((naming.item, sorted(naming.aspects)) for naming in piece.names),
        piece.is_confidential,
        piece.is_in_text,
    )
