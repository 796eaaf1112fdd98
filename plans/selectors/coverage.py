"""Which plans of an area stand where, item by item: the rows behind the matrix, lists, map and exports.

Everything here is as readers outside the zone see it, whoever asks: what is wholly confidential is not shown
and not counted, and of a version in preparation nothing is known but that it is there. Counting:
plans.reports.coverage. A constant number of queries, however many zones.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from framework.models import Edition, Item
from kiv.accounts.access import access_of
from kiv.territory.models import Municipality, PoliceZone, ZoneLineage
from plans.enums import Choice, PlanKind, VersionStatus
from plans.models import Assessment, Cycle, ItemChoice, ItemScore, Plan, PlanVersion
from plans.querysets import in_scope


class Basis(StrEnum):
    """Which version of a plan is shown: the latest shared, or the latest of which the review is finished."""

    SHARED = "shared"
    REVIEWED = "reviewed"


class Standing(StrEnum):
    """What is known of a zone's plan in a cycle."""

    NO_PLAN = "no_plan"
    PREPARATION = "preparation"
    SHARED = "shared"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked: one cycle under one edition, and which zones of the area."""

    cycle: Cycle
    edition: Edition
    basis: Basis = Basis.SHARED
    kind: str = PlanKind.ZONAL
    province_id: int | None = None
    district_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """An item of a plan. `reviewed` is the level that review gave it; None until the review is finished."""

    state: str
    level: int
    choice: str
    reviewed: int | None

    @property
    def shift(self) -> int | None:
        """Reviewed less derived level."""
        return None if self.reviewed is None else self.reviewed - self.level


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan, or a zone without one (`plan_id` None).

    `cells` in the order of the edition's items; None for an item that is wholly confidential. Without cells
    there is nothing to show: no plan, in preparation, or checked under `other_edition` only. `standing` is
    that of the plan's latest shared version, whatever the basis; `version` and `shared_at` are of the one
    shown.
    """

    zone: PoliceZone
    municipality: Municipality | None
    plan_id: int | None
    standing: Standing
    version: int | None = None
    shared_at: datetime | None = None
    assessment_id: int | None = None
    other_edition: str = ""
    cells: tuple[Cell | None, ...] = ()

    @property
    def place_name(self) -> str:
        return self.municipality.name if self.municipality else self.zone.label


def zones_in_area(user, scope: Scope) -> QuerySet[PoliceZone]:
    """Zones of the coordinator's area that `scope` asks for, of today or with a plan in the cycle."""
    scopes = access_of(user).coordinated_scopes()
    zones = PoliceZone.objects.all()
    if not scopes.is_country:
        zones = zones.within(**scopes.as_filter())
    plans = Plan.objects.filter(cycle=scope.cycle, zone=OuterRef("pk"), kind=scope.kind)
    zones = zones.filter(Q(is_discontinued=False) | Exists(plans))
    if scope.province_id is not None:
        zones = zones.filter(province=scope.province_id)
    if scope.district_id is not None:
        zones = zones.filter(district=scope.district_id)
    if scope.words.strip():
        zones = zones.filter(pk__in=PoliceZone.objects.search(scope.words).values("pk"))
    return zones.select_related("province", "district").order_by("name", "pk")


def items_of(edition: Edition) -> list[Item]:
    """The columns: the items in the edition's order."""
    return list(edition.items.order_by("position"))


def plan_rows(user, scope: Scope, items: Iterable[Item]) -> list[PlanRow]:
    """A row for every plan that `scope` asks for, and for every zone of today without one, by name of zone.

    A zone whose predecessors have the plans of the cycle is not without one. Six queries.
    """
    zones = {zone.pk: zone for zone in zones_in_area(user, scope)}
    plans = list(
        Plan.objects.filter(
            in_scope(access_of(user).coordinated_scopes()), cycle=scope.cycle, kind=scope.kind
        )
        .filter(zone__in=list(zones))
        .select_related("municipality")
        .order_by("municipality__name", "pk")
    )
    shown, standing = _versions(plans, scope.basis)
    assessments = {
        row.version_id: row
        for row in Assessment.objects.filter(version__in=[version.pk for version in shown.values()])
        .select_related("edition")
        .order_by("pk")
        if row.edition_id == scope.edition.pk
    }
    others = _other_editions(shown.values(), assessments)
    cells = _cells([row.pk for row in assessments.values()], items)
    by_zone: dict[int, list[PlanRow]] = defaultdict(list)
    for plan in plans:
        version = shown.get(plan.pk)
        assessment = assessments.get(version.pk) if version else None
        by_zone[plan.zone_id].append(
            PlanRow(
                zone=zones[plan.zone_id],
                municipality=plan.municipality,
                plan_id=plan.pk,
                standing=standing[plan.pk],
                version=version.number if version else None,
                shared_at=version.shared_at if version else None,
                assessment_id=assessment.pk if assessment else None,
                other_edition=others.get(version.pk, "") if version else "",
                cells=cells[assessment.pk] if assessment else (),
            )
        )
    covered = _with_predecessor_plans(by_zone)
    rows = []
    for zone in zones.values():
        if zone.pk in by_zone:
            rows += by_zone[zone.pk]
        elif scope.kind == PlanKind.ZONAL and not zone.is_discontinued and zone.pk not in covered:
            rows.append(PlanRow(zone, None, None, Standing.NO_PLAN))
    return rows


def _versions(plans: Iterable[Plan], basis: Basis) -> tuple[dict[int, PlanVersion], dict[int, Standing]]:
    """Plan → the version shown, and where the plan stands. One query."""
    shown: dict[int, PlanVersion] = {}
    standing = {plan.pk: Standing.PREPARATION for plan in plans}
    shared = PlanVersion.objects.filter(plan__in=list(standing), shared_at__isnull=False).order_by("number")
    for version in shared:
        standing[version.plan_id] = Standing(version.status)
        if basis == Basis.SHARED or version.status == VersionStatus.REVIEWED:
            shown[version.plan_id] = version
    return shown, standing


def _other_editions(versions: Iterable[PlanVersion], assessments: dict[int, Assessment]) -> dict[int, str]:
    """Version → the edition it was checked under, where that is not the one asked for. At most one query."""
    missing = [version.pk for version in versions if version.pk not in assessments]
    if not missing:
        return {}
    rows = Assessment.objects.filter(version__in=missing).order_by("pk")
    return dict(rows.values_list("version", "edition__code"))


def _cells(assessments: list[int], items: Iterable[Item]) -> dict[int, tuple[Cell | None, ...]]:
    """Assessment → its cells. Two queries; equal cells are one object, for there are few different ones."""
    position = {item.pk: at for at, item in enumerate(items)}
    choices: dict[tuple[int, int], str] = {}
    hidden: set[tuple[int, int]] = set()
    rows = ItemChoice.objects.filter(assessment__in=assessments).order_by()
    for assessment, item, choice, is_hidden in rows.values_list(
        "assessment", "item", "choice", "is_item_confidential"
    ):
        choices[assessment, item] = choice
        if is_hidden:
            hidden.add((assessment, item))
    known: dict[tuple, Cell] = {}
    found: dict[int, list[Cell | None]] = {pk: [None] * len(position) for pk in assessments}
    scores = ItemScore.objects.filter(assessment__in=assessments).order_by()
    for assessment, item, state, level, reviewed in scores.values_list(
        "assessment", "item", "state", "level", "reviewed_level"
    ):
        if (assessment, item) in hidden:
            continue
        key = state, level, choices.get((assessment, item), Choice.UNDECIDED), reviewed
        found[assessment][position[item]] = known.get(key) or known.setdefault(key, Cell(*key))
    return {pk: tuple(cells) for pk, cells in found.items()}


def _with_predecessor_plans(by_zone: Iterable[int]) -> set[int]:
    """Zones that were formed, over however many steps, from a zone with a plan of the cycle. One query."""
    return set(ZoneLineage.objects.filter(ancestor__in=list(by_zone)).values_list("zone", flat=True))
