"""One zone over items and cycles: its shared plans, and those of the zones it was formed from.

As readers outside the zone see it. Counting beside the province: plans.reports.zone_coverage.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from framework.correspondences import carried_items
from framework.models import Item
from kiv.territory.models import PoliceZone
from plans.enums import Choice, PlanKind
from plans.models import Assessment, ItemChoice, ItemScore, Plan, PlanVersion
from plans.selectors.coverage import Cell


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A plan's latest shared version under the edition it was checked against last.

    `previous`: the shared version before it. `cells`: item's id → cell, without what is wholly confidential.
    """

    plan: Plan
    version: PlanVersion
    previous: PlanVersion | None
    assessment: Assessment
    items: tuple[Item, ...]
    cells: Mapping[int, Cell]


def plan_columns(user, zone: PoliceZone) -> list[PlanColumn]:
    """Oldest cycle first. Six queries."""
    plans = {
        plan.pk: plan
        for plan in Plan.objects.coordinated_by(user)
        .filter(zone__in=PoliceZone.objects.within(zone_ids=[zone.pk]).values("pk"), kind=PlanKind.ZONAL)
        .select_related("zone", "municipality", "cycle")
        .order_by("cycle__first_year", "zone__name", "pk")
    }
    versions: dict[int, list[PlanVersion]] = defaultdict(list)
    shared = PlanVersion.objects.filter(plan__in=list(plans), shared_at__isnull=False)
    for version in shared.order_by("number"):
        version.plan = plans[version.plan_id]
        versions[version.plan_id].append(version)
    latest = {listed[-1].pk: listed[-1] for listed in versions.values()}
    # The last of several editions stays.
    checks = {
        check.version_id: check
        for check in Assessment.objects.filter(version__in=list(latest))
        .select_related("edition")
        .prefetch_related("edition__items")
        .order_by("pk")
    }
    cells = _cells([check.pk for check in checks.values()])
    return [
        PlanColumn(
            plan=plan,
            version=versions[pk][-1],
            previous=versions[pk][-2] if len(versions[pk]) > 1 else None,
            assessment=check,
            items=tuple(sorted(check.edition.items.all(), key=lambda item: item.position)),
            cells=cells[check.pk],
        )
        for pk, plan in plans.items()
        if pk in versions and (check := checks.get(versions[pk][-1].pk)) is not None
    ]


def cells_under(latest: PlanColumn, columns: Iterable[PlanColumn]) -> list[dict[int, Cell]]:
    """For each plan: id of an item of `latest` → what the plan says of it, or of what it was before.

    Without what was not carried, decided, one to one, and what is hidden. One query for each other edition,
    and two more for each edition in between.
    """
    columns = list(columns)
    edition = latest.assessment.edition
    carried = {
        other: carried_items(other, edition) for other in {each.assessment.edition for each in columns}
    }
    return [
        {carried[column.assessment.edition].get(pk, pk): cell for pk, cell in column.cells.items()}
        for column in columns
    ]


def _cells(assessments: Iterable[int]) -> Mapping[int, dict[int, Cell]]:
    """Assessment → item's id → cell. Two queries."""
    choices, hidden = {}, set()
    rows = ItemChoice.objects.filter(assessment__in=assessments).order_by()
    for assessment, item, choice, is_hidden in rows.values_list(
        "assessment", "item", "choice", "is_item_confidential"
    ):
        choices[assessment, item] = choice
        if is_hidden:
            hidden.add((assessment, item))
    found: dict[int, dict[int, Cell]] = defaultdict(dict)
    scores = ItemScore.objects.filter(assessment__in=assessments).order_by()
    for assessment, item, state, level, reviewed in scores.values_list(
        "assessment", "item", "state", "level", "reviewed_level"
    ):
        if (assessment, item) not in hidden:
            choice = choices.get((assessment, item), Choice.UNDECIDED.value)
            found[assessment][item] = Cell(state, level, choice, reviewed)
    return found
