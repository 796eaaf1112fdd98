"""Which themes are applied on which priorities: the grid and the reach (docs/scoring.md §2).

A theme is named together with a priority by one objective entry, one action entry, or one
passage accepted for both. Indicators and diagnosis do not apply a theme. Never changes a level.
"""

from collections.abc import Iterable, Mapping

from plans.scoring.enums import Choice, ItemKind, PieceKind
from plans.scoring.types import Item, Piece

_APPLYING = frozenset({PieceKind.OBJECTIVE, PieceKind.ACTION})


def named_together(items: Iterable[Item], pieces: Iterable[Piece]) -> tuple[tuple[str, str], ...]:
    """(theme, priority) pairs named together, whatever was chosen.

    Sorted by theme, then by priority, both in the order of `items`.
    """
    themes: dict[str, int] = {}
    priorities: dict[str, int] = {}
    for rank, item in enumerate(items):
        (themes if item.kind is ItemKind.THEME else priorities)[item.code] = rank
    pairs = {
        (theme, priority)
        for codes in _companies(pieces)
        for theme in codes & themes.keys()
        for priority in codes & priorities.keys()
    }
    return tuple(sorted(pairs, key=lambda pair: (themes[pair[0]], priorities[pair[1]])))


def _companies(pieces: Iterable[Piece]) -> set[frozenset[str]]:
    """The sets of item codes that stand together in one entry or one passage."""
    companies: set[frozenset[str]] = set()
    passages: dict[str, set[str]] = {}
    for piece in pieces:
        codes = frozenset(naming.item for naming in piece.names)
        if piece.kind is PieceKind.PASSAGE and piece.passage:
            passages.setdefault(piece.passage, set()).update(codes)
        elif piece.kind is PieceKind.PASSAGE or piece.kind in _APPLYING:
            companies.add(codes)
    return companies.union(map(frozenset, passages.values()))


def reach_of(theme: str, grid: Iterable[tuple[str, str]], choices: Mapping[str, Choice]) -> int:
    """Number of retained priorities that the theme is applied on."""
    return sum(1 for named, priority in grid if named == theme and choices.get(priority) is Choice.RETAINED)
