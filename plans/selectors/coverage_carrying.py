"""Of an area the plans whose edition was followed by another: which are carried over, which are looked at.

As of the latest version that was shared: what a zone does in preparation is not known outside it. What is
wholly confidential is in no count. A plan whose cycle is over waits for nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q

from framework.models import Edition
from plans.models import Assessment, CarriedItem, ItemChoice
from plans.planformat.succession import Fate
from plans.selectors.coverage import PlanRow
from plans.selectors.coverage_area import Area


class CarryingStanding(StrEnum):
    """In the order in which they ask for somebody."""

    NOT_YET = "not_yet"
    LOOKING = "looking"
    DONE = "done"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class CarryingEntry:
    """A shared plan; `edition` is the one it leaves. `seen` of `asked` items, as far as somebody looks.

    Of a plan whose cycle is over and that is not done it is told that it is over, and nothing else.
    """

    row: PlanRow
    edition: Edition
    standing: CarryingStanding
    seen: int = 0
    asked: int = 0


def carrying_entries(area: Area) -> list[CarryingEntry]:
    """Whichever edition is asked for: who still has to look first, then by zone. At most two queries."""
    successors = Edition.objects.published().filter(predecessor=OuterRef("edition"))
    rows = (
        Assessment.objects.filter(version__plan__in=list(area.by_plan), version__shared_at__isnull=False)
        .annotate(is_superseded=Exists(successors))
        .select_related("edition", "version", "carrying__source__edition")
        .order_by("version__number", "pk")
    )
    latest = {row.version.plan_id: row for row in rows}
    is_over = area.scope.cycle.is_over
    counted = _counted(row.carrying.pk for row in latest.values() if hasattr(row, "carrying"))
    entries = []
    for plan, row in area.by_plan.items():
        if (last := latest.get(plan)) is None:
            continue
        carrying = getattr(last, "carrying", None)
        if carrying is not None and not carrying.is_finished:
            seen, asked = (0, 0) if is_over else counted.get(carrying.pk, (0, 0))
            standing = CarryingStanding.OVER if is_over else CarryingStanding.LOOKING
            entries.append(CarryingEntry(row, carrying.source.edition, standing, seen, asked))
        elif last.is_superseded:
            standing = CarryingStanding.OVER if is_over else CarryingStanding.NOT_YET
            entries.append(CarryingEntry(row, last.edition, standing))
        elif carrying is not None:
            entries.append(CarryingEntry(row, carrying.source.edition, CarryingStanding.DONE))
    order = list(CarryingStanding)
    return sorted(entries, key=lambda entry: order.index(entry.standing))


def _counted(carryings: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Carrying → how many items were seen, and how many are asked, without what nobody outside knows of."""
    hidden = ItemChoice.objects.filter(
        assessment=OuterRef("carrying__assessment"), item=OuterRef("item"), is_item_confidential=True
    )
    items = CarriedItem.objects.filter(~Exists(hidden), carrying__in=list(carryings)).exclude(
        fate=Fate.CARRIED
    )
    rows = (
        items.order_by()
        .values_list("carrying")
        .annotate(seen=Count("pk", filter=Q(seen_at__isnull=False)), asked=Count("pk"))
    )
    return {carrying: (seen, asked) for carrying, seen, asked in rows}
