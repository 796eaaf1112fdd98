"""What a coordinator asks the lists about: cycles and editions to choose from, and the area that is chosen.

Not here: what stands in the lists (coverage_lists, coverage_remarks, good_examples).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from framework.enums import EditionStatus
from framework.models import Edition, Item
from kiv.accounts.access import access_of
from kiv.territory.models import PoliceZone
from plans.models import Cycle, Plan
from plans.selectors.coverage import Cell, PlanRow, Scope


@dataclass(frozen=True, slots=True)
class Menu:
    """Newest first. `items`: edition's code → its items in order. `cycle` and `edition` are shown unasked;
    None when there are none at all.
    """

    cycles: tuple[Cycle, ...]
    editions: tuple[Edition, ...]
    items: Mapping[str, tuple[Item, ...]]
    cycle: Cycle | None
    edition: Edition | None


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


def area_menu(user) -> Menu:
    """Two queries. The newest cycle in which there are plans comes first, else the newest; the edition that
    was published last."""
    items: dict[str, list[Item]] = {}
    editions: dict[str, Edition] = {}
    shown = Item.objects.visible_to(user).filter(edition__published_at__isnull=False)
    for item in shown.select_related("edition").order_by("-edition__published_at", "-edition", "position"):
        edition = editions.setdefault(item.edition.code, item.edition)
        items.setdefault(edition.code, []).append(item)
    used = Exists(Plan.objects.filter(cycle=OuterRef("pk")))
    cycles = tuple(Cycle.objects.annotate(is_used=used).order_by("-first_year", "name"))
    published = [edition for edition in editions.values() if edition.status == EditionStatus.PUBLISHED]
    return Menu(
        cycles=cycles,
        editions=tuple(editions.values()),
        items={code: tuple(listed) for code, listed in items.items()},
        cycle=next((cycle for cycle in cycles if cycle.is_used), cycles[0] if cycles else None),
        edition=next(iter(published or editions.values()), None),
    )


def coordinated_zones(user) -> QuerySet[PoliceZone]:
    """The zones of a coordinator's area, of today or discontinued."""
    scopes = access_of(user).coordinated_scopes()
    zones = PoliceZone.objects.select_related("province", "district")
    return zones if scopes.is_country else zones.within(**scopes.as_filter())


def cleared_plans(user, plan_ids: list[int]) -> frozenset[int]:
    """Those of which this person may read confidential words. One query."""
    return frozenset(Plan.objects.cleared_for(user).filter(pk__in=plan_ids).values_list("pk", flat=True))
