"""The tables of the coverage files: plans down, items across, and the counts, as plain values.

Text, whole numbers, dates, or None for what is not there. Not here: how a file writes them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from plans.enums import PlanKind, choice_label
from plans.reports.coverage import LEVELS
from plans.reports.coverage_paper import (
    STANDINGS,
    CoveragePaper,
    confidential_word,
    level_words,
    shared_on,
    state_words,
)
from plans.scoring import State
from plans.selectors.coverage import Cell, PlanRow

Value = str | int | date | None
#: The last heads of what names a plan: what is known of the version that is shown.
VERSION_HEADS = (
    gettext_lazy("Version"),
    gettext_lazy("Shared on"),
    gettext_lazy("Checked against another note"),
)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under one row of heads; `fixed` columns name the row."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    fixed: int


@dataclass(frozen=True, slots=True)
class _Places:
    """What names each plan, under its heads."""

    heads: tuple[str, ...]
    rows: list[tuple[Value, ...]]

    def cut(self, end: int) -> "_Places":
        return _Places(self.heads[:end], [row[:end] for row in self.rows])


def grids_of(paper: CoveragePaper) -> tuple[Grid, ...]:
    """Levels, states, choices, levels after review; then the counts per item.

    The first says all about a plan; the others only what names it and where it stands.
    """
    scope = paper.coverage.scope
    kinds = [item.kind for item in paper.coverage.items]
    states = {state: state_words(state) for state in State}
    choices = {kind: _ChoiceWords(kind) for kind in set(kinds)}
    is_local = scope.kind == PlanKind.LOCAL
    places = [_place(row, is_local=is_local) for row in paper.coverage.rows]
    whole = _Places(place_heads(is_local=is_local), places)
    short = whole.cut(-len(VERSION_HEADS))
    return (
        _grid(paper, whole, pgettext("sheet", "Levels"), lambda cell, kind: cell.level),
        _grid(paper, short, pgettext("sheet", "States"), lambda cell, kind: states[cell.state]),
        _grid(paper, short, pgettext("sheet", "Choices"), lambda cell, kind: choices[kind][cell.choice]),
        _grid(paper, short, pgettext("sheet", "Levels after review"), lambda cell, kind: cell.reviewed),
        counts_grid(paper),
    )


def long_grid(paper: CoveragePaper) -> Grid:
    """A row for each item of each plan; a plan of which no items are shown has one row."""
    is_local = paper.coverage.scope.kind == PlanKind.LOCAL
    heads = place_heads(is_local=is_local)
    choices = {head.kind: _ChoiceWords(head.kind) for head in paper.heads}
    return Grid(
        pgettext("sheet", "Items"),
        (*heads, _("Item"), _("Title"), _("Choice"), _("State"), _("Level"), _("Level after review")),
        tuple(_long_rows(paper, choices, is_local=is_local)),
        len(heads) + 1,
    )


def counts_grid(paper: CoveragePaper) -> Grid:
    """A row for each item: in how many plans it is in each state and at each level."""
    return Grid(
        pgettext("sheet", "Counts"),
        (
            _("Item"),
            _("Title"),
            _("Plans counted"),
            *(state_words(state) for state in State),
            *(_("Level %(level)s") % {"level": level_words(level)} for level in LEVELS),
            *(_("After review: level %(level)s") % {"level": level_words(level)} for level in LEVELS),
        ),
        tuple(
            (
                head.code,
                head.title,
                column.shown,
                *column.states.values(),
                *column.levels.values(),
                *column.reviewed.values(),
            )
            for head, column in zip(paper.heads, paper.coverage.columns, strict=True)
        ),
        2,
    )


def place_heads(*, is_local: bool) -> tuple[str, ...]:
    """The heads of what names a plan."""
    return (
        _("Zone code"),
        _("Zone"),
        *((_("Municipality"),) if is_local else ()),
        _("Province"),
        _("Judicial district"),
        _("Status"),
        *map(str, VERSION_HEADS),
    )


def _place(row: PlanRow, *, is_local: bool) -> tuple[Value, ...]:
    zone = row.zone
    return (
        zone.code or None,
        zone.shown_name,
        *((row.municipality.name if row.municipality else None,) if is_local else ()),
        str(zone.province) if zone.province else None,
        str(zone.district) if zone.district else None,
        str(STANDINGS[row.standing]),
        row.version,
        shared_on(row),
        row.other_edition or None,
    )


def _grid(
    paper: CoveragePaper,
    places: "_Places",
    name: str,
    value_of: Callable[[Cell, str], Value],
) -> Grid:
    kinds = [head.kind for head in paper.heads]
    blank, hidden = (None,) * len(kinds), confidential_word()
    rows = (
        (
            *place,
            *(
                (
                    hidden if cell is None else value_of(cell, kind)
                    for cell, kind in zip(row.cells, kinds, strict=True)
                )
                if row.cells
                else blank
            ),
        )
        for place, row in zip(places.rows, paper.coverage.rows, strict=True)
    )
    return Grid(name, (*places.heads, *(head.label for head in paper.heads)), tuple(rows), len(places.heads))


def _long_rows(
    paper: CoveragePaper, choices: dict[str, "_ChoiceWords"], *, is_local: bool
) -> Iterator[tuple[Value, ...]]:
    hidden = confidential_word()
    for row in paper.coverage.rows:
        place = _place(row, is_local=is_local)
        if not row.cells:
            yield (*place, *(None,) * 6)
        for head, cell in zip(paper.heads, row.cells, strict=False):
            if cell is None:
                yield (*place, head.code, head.title, hidden, hidden, None, None)
            else:
                yield (
                    *place,
                    head.code,
                    head.title,
                    choices[head.kind][cell.choice],
                    state_words(cell.state),
                    cell.level,
                    cell.reviewed,
                )


class _ChoiceWords(dict):
    """Choice → its word for this kind of item, looked up once."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __missing__(self, choice: str) -> str:
        self[choice] = words = str(choice_label(choice, self.kind))
        return words
