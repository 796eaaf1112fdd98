"""Coverage of an area: the one report behind page, spreadsheet, PDF, JSON and API. No format, no words.

How to use it: make a `Scope` (selectors.coverage), ask `coverage_of(user, scope)`, and take everything shown
from its `rows`, `columns` and `standings`; then a page and a file of the same scope agree. A row's `cells`
are in the order of `items`; None is an item that is wholly confidential: say so, and count it nowhere. A row
without cells has only its `standing` (and `other_edition`) to tell. For a page of a long list:
plans.reports.coverage_page.

Counts of states and levels, never means, sums or ranks (docs/adr/0004).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from framework.models import Item
from plans.scoring import State
from plans.selectors.coverage import PlanRow, Scope, Standing, Tallies, items_of, plan_rows

LEVELS = range(5)


@dataclass(frozen=True)
class Column:
    """One item over all rows that show it: value → number of plans, also for states and levels at 0."""

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
        return columns_of(self.items, tally(self.items, self.rows))

    @cached_property
    def standings(self) -> Mapping[Standing, int]:
        """How many plans stand where; zones without one included."""
        return count_standings(self.rows)

    @property
    def shown(self) -> tuple[PlanRow, ...]:
        """The rows of which the items are shown."""
        return tuple(row for row in self.rows if row.cells)


def coverage_of(user, scope: Scope) -> Coverage:
    """The coverage of the user's area. Three queries."""
    items = items_of(scope.edition)
    return Coverage(scope, tuple(items), tuple(plan_rows(user, scope, items)))


def row_states(row: PlanRow) -> Mapping[str, int]:
    """How many items of a plan are in each state."""
    counts = Counter(cell.state for cell in row.cells if cell)
    return {state.value: counts[state.value] for state in State}


def count_standings(rows: Iterable[PlanRow]) -> Mapping[Standing, int]:
    counts = Counter(row.standing for row in rows)
    return {standing: counts[standing] for standing in Standing}


def tally(items: Sequence[Item], rows: Iterable[PlanRow]) -> Tallies:
    """What selectors.coverage.count_cells asks the database, counted from rows that were read."""
    pks = [item.pk for item in items]
    return Counter((pk, cell) for row in rows for pk, cell in zip(pks, row.cells, strict=False) if cell)


def columns_of(items: Sequence[Item], tallies: Tallies) -> tuple[Column, ...]:
    """A column for each item, in their order."""
    by_item: dict[int, list] = {item.pk: [] for item in items}
    for (pk, cell), number in tallies.items():
        by_item[pk].append((cell, number))
    return tuple(_column(item, by_item[item.pk]) for item in items)


def _column(item: Item, counted) -> Column:
    states, levels, reviewed, shifts = Counter(), Counter(), Counter(), Counter()
    for cell, number in counted:
        states[cell.state] += number
        levels[cell.level] += number
        if cell.reviewed is not None:
            reviewed[cell.reviewed] += number
            shifts[cell.shift] += number
    return Column(
        item=item,
        states={state.value: states[state.value] for state in State},
        levels={level: levels[level] for level in LEVELS},
        reviewed={level: reviewed[level] for level in LEVELS},
        shifts=dict(sorted(shifts.items())),
    )
