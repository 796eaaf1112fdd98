"""A zone across items and cycles, and beside its province. No format, no words; never a rank."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from framework.models import Item
from kiv.territory.models import PoliceZone
from plans import rules
from plans.models import Plan
from plans.reports.comparison import compare_versions
from plans.reports.comparison_types import Comparison
from plans.reports.coverage import Column, Coverage
from plans.scoring import State
from plans.selectors.coverage import Cell, PlanRow
from plans.selectors.coverage_zone import PlanColumn, cells_under, plan_columns
from plans.selectors.disclosure import Reader


@dataclass(frozen=True, slots=True)
class ZoneItem:
    """An item of the latest plan. `cells` one per plan, oldest first; None: nothing to compare there."""

    item: Item
    cells: tuple[Cell | None, ...]

    @property
    def step(self) -> int | None:
        """Levels up or down from the plan before to the latest one; None where they cannot be compared."""
        if len(self.cells) < 2 or None in self.cells[-2:]:
            return None
        return self.cells[-1].level - self.cells[-2].level


@dataclass(frozen=True, slots=True)
class Beside:
    """An item of the zone next to the plans of its province, its own among them."""

    item: Item
    cell: Cell | None
    column: Column


@dataclass(frozen=True, slots=True)
class ZoneCoverage:
    """`plans` oldest first; `items` are those of the latest one. `changed`: since its version before."""

    zone: PoliceZone
    plans: tuple[PlanColumn, ...]
    items: tuple[ZoneItem, ...]
    changed: Comparison | None

    @property
    def latest(self) -> PlanColumn | None:
        return self.plans[-1] if self.plans else None

    @property
    def states(self) -> Mapping[str, int]:
        """How many items of the latest plan are in each state."""
        counts = Counter(item.cells[-1].state for item in self.items)
        return {state.value: counts[state.value] for state in State}

    @property
    def steps(self) -> tuple[int, ...]:
        """Of the items that can be compared with the plan before."""
        return tuple(item.step for item in self.items if item.step is not None)


def zone_coverage(user, zone: PoliceZone) -> ZoneCoverage:
    """Seven queries, those of `cells_under`, and of a comparison when the latest plan has an earlier one."""
    plans = plan_columns(user, zone)
    latest = plans[-1] if plans else None
    cells = cells_under(latest, plans) if latest else []
    items = [
        ZoneItem(item, tuple(said.get(item.pk) for said in cells))
        for item in (latest.items if latest else ())
        if item.pk in latest.cells
    ]
    return ZoneCoverage(zone, tuple(plans), tuple(items), _changed(user, latest))


def beside_province(row: PlanRow | None, coverage: Coverage) -> list[Beside]:
    """`row` is the zone's own; an item that it keeps wholly confidential is not laid beside anything."""
    if row is None or not row.cells:
        return []
    return [
        Beside(column.item, cell, column)
        for column, cell in zip(coverage.columns, row.cells, strict=True)
        if cell is not None
    ]


def _changed(user, latest: PlanColumn | None) -> Comparison | None:
    if latest is None or latest.previous is None:
        return None
    return compare_versions(latest.previous, latest.version, reader=_outside(user, latest.plan), user=user)


def _outside(user, plan: Plan) -> Reader:
    """As readers outside the zone see it, whoever asks."""
    return Reader(is_inside=False, has_clearance=rules.has_clearance(user, plan))
