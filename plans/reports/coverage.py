"""Coverage of an area: the one report behind page, spreadsheet, PDF, JSON and API. No format, no words.

Counts of states and levels, never means, sums or ranks (docs/adr/0004). What is hidden or not shown is in no
count. Rows come from plans.selectors.coverage.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from framework.models import Item
from plans.scoring import State
from plans.selectors.coverage import Cell, PlanRow, Scope, Standing, items_of, plan_rows

LEVELS = range(5)


@dataclass(frozen=True)
class Column:
    """One item over all rows that show it. `states` and `levels` count every value, also those at 0."""

    item: Item
    states: Mapping[str, int]
    levels: Mapping[int, int]
    reviewed: Mapping[int, int]
    shifts: Mapping[int, int]

    @property
    def shown(self) -> int:
        """The number of plans that are counted here."""
        return sum(self.states.values())


@dataclass(frozen=True)
class Coverage:
    """The area at one moment. `rows` in the order asked for."""

    scope: Scope
    items: tuple[Item, ...]
    rows: tuple[PlanRow, ...]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(
            _column(item, (row.cells[at] for row in self.rows if row.cells))
            for at, item in enumerate(self.items)
        )

    @cached_property
    def standings(self) -> Mapping[Standing, int]:
        """How many plans stand where; zones without one included."""
        counts = Counter(row.standing for row in self.rows)
        return {standing: counts[standing] for standing in Standing}

    @property
    def shown(self) -> tuple[PlanRow, ...]:
        """The rows of which the items are shown."""
        return tuple(row for row in self.rows if row.cells)


def row_states(row: PlanRow) -> Mapping[str, int]:
    """How many items of a plan are in each state."""
    counts = Counter(cell.state for cell in row.cells if cell)
    return {state.value: counts[state.value] for state in State}


def coverage_of(user, scope: Scope) -> Coverage:
    """The coverage of the user's area. Seven queries."""
    items = items_of(scope.edition)
    return Coverage(scope, tuple(items), tuple(plan_rows(user, scope, items)))


def _column(item: Item, cells: Iterable[Cell | None]) -> Column:
    shown = [cell for cell in cells if cell]
    states = Counter(cell.state for cell in shown)
    levels = Counter(cell.level for cell in shown)
    reviewed = Counter(cell.reviewed for cell in shown if cell.reviewed is not None)
    shifts = Counter(cell.shift for cell in shown if cell.shift is not None)
    return Column(
        item=item,
        states={state.value: states[state.value] for state in State},
        levels={level: levels[level] for level in LEVELS},
        reviewed={level: reviewed[level] for level in LEVELS},
        shifts=dict(sorted(shifts.items())),
    )
