"""The lists that start work, by name: their entries, and how many there are of each. No format, no words.

A count is the length of the list it stands beside. Queries: plans.selectors.coverage_lists, _remarks.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from framework.models import Item
from plans.models import Cycle
from plans.reports.coverage import Coverage
from plans.selectors.coverage import Scope, items_of, plan_rows
from plans.selectors.coverage_area import Area
from plans.selectors.coverage_carrying import carrying_entries
from plans.selectors.coverage_lists import (
    look_entries,
    missing_entries,
    motivation_entries,
    open_entries,
    stale_entries,
    uncovered_of,
)
from plans.selectors.coverage_remarks import MONTH, remark_entries
from plans.selectors.good_examples import ShownExample, examples_of_plans


class ListName(StrEnum):
    """In the order in which they start work."""

    OPEN = "open"
    LOOK = "look"
    REMARKS = "remarks"
    STALE = "stale"
    CARRYING = "carrying"
    MISSING = "missing"
    UNCOVERED = "uncovered"
    MOTIVATIONS = "motivations"
    EXAMPLES = "examples"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of a list is asked for. `reason` None: whatever reason, "": without one."""

    item: Item | None = None
    reason: str | None = None
    standing: str = ""
    over_days: int | None = None


def area_of(user, scope: Scope) -> Area:
    """All that is in the scope, with its cells."""
    items = items_of(scope.edition)
    return Area(user, scope, tuple(items), tuple(plan_rows(user, scope, items)))


def coverage_in(area: Area) -> Coverage:
    """The counts of an area."""
    return Coverage(area.scope, area.items, area.rows)


def entries_of(name: ListName, area: Area, asked: Narrowed) -> Sequence[Any]:
    """The entries of one list. Which class they have: the function of the list, in ENTRIES."""
    return ENTRIES[name](area, asked)


def list_counts(area: Area) -> Mapping[ListName, int]:
    """How many entries each list has when nothing more is asked."""
    return {name: len(entries_of(name, area, Narrowed())) for name in ListName}


def long_waiting(area: Area) -> int:
    """How many remarks wait for over a month."""
    return len(remark_entries(area, over_days=MONTH))


def _examples(area: Area, asked: Narrowed) -> list[ShownExample]:
    return examples_of_plans(area.user, list(area.by_plan), [asked.item] if asked.item else area.items)


ENTRIES: Mapping[ListName, Callable[[Area, Narrowed], Sequence[Any]]] = {
    ListName.OPEN: lambda area, asked: open_entries(area, asked.item),
    ListName.LOOK: lambda area, asked: look_entries(area, asked.item),
    ListName.REMARKS: lambda area, asked: remark_entries(area, asked.item, over_days=asked.over_days),
    ListName.STALE: lambda area, asked: stale_entries(area),
    ListName.CARRYING: lambda area, asked: carrying_entries(area),
    ListName.MISSING: lambda area, asked: missing_entries(area, asked.standing),
    ListName.UNCOVERED: lambda area, asked: uncovered_of(area).items,
    ListName.MOTIVATIONS: lambda area, asked: motivation_entries(area, asked.item, asked.reason),
    ListName.EXAMPLES: _examples,
}


def stale_elsewhere(
    area: Area, cycles: Iterable[Cycle], narrow: Callable[[Area], Area]
) -> list[tuple[Cycle, int]]:
    """How many stale plans the same area has in these cycles but its own; those with none are left out.

    Plans of a cycle that runs out are the first to be left behind by an edition. `narrow` leaves of an area
    what was asked for. Four queries for each cycle.
    """
    others = [replace(area.scope, cycle=cycle) for cycle in cycles if cycle != area.scope.cycle]
    found = [(scope.cycle, len(stale_entries(narrow(area_of(area.user, scope))))) for scope in others]
    return [(cycle, number) for cycle, number in found if number]
