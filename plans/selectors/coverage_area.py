"""The area that a coordinator asks the lists about.

Not here: what can be asked (coverage_menu), what stands in the lists (coverage_lists, coverage_remarks,
good_examples).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from framework.models import Item
from kiv.accounts.access import access_of
from kiv.territory.models import PoliceZone
from plans.models import Plan
from plans.selectors.coverage import Cell, PlanRow, Scope


@dataclass(frozen=True)
class Area:
    """The rows that a person asks about. Whatever is wholly confidential is in no cell of them."""

    user: Any
    scope: Scope
    items: tuple[Item, ...]
    rows: tuple[PlanRow, ...]

    @cached_property
    def by_plan(self) -> Mapping[int, PlanRow]:
        return {row.plan_id: row for row in self.rows if row.plan_id is not None}

    @cached_property
    def by_assessment(self) -> Mapping[int, PlanRow]:
        return {row.assessment_id: row for row in self.rows if row.assessment_id is not None}

    @cached_property
    def position(self) -> Mapping[int, int]:
        """Item's id → its place among the items."""
        return {item.pk: at for at, item in enumerate(self.items)}

    @cached_property
    def cleared(self) -> frozenset[int]:
        """Plans of which this person may read confidential words. One query."""
        return cleared_plans(self.user, list(self.by_plan))

    def cell(self, row: PlanRow, item_id: int) -> Cell | None:
        """None also for an item that nobody outside the zone knows of."""
        at = self.position.get(item_id)
        return None if at is None or not row.cells else row.cells[at]


def coordinated_zones(user) -> QuerySet[PoliceZone]:
    """The zones of a coordinator's area, of today or discontinued."""
    scopes = access_of(user).coordinated_scopes()
    zones = PoliceZone.objects.select_related("province", "district")
    return zones if scopes.is_country else zones.within(**scopes.as_filter())


def cleared_plans(user, plan_ids: list[int]) -> frozenset[int]:
    """Those of which this person may read confidential words. One query."""
    return frozenset(Plan.objects.cleared_for(user).filter(pk__in=plan_ids).values_list("pk", flat=True))
