"""Which plans of an area stand where, item by item: the rows behind the matrix, lists, map and exports.

Everything here is as readers outside the zone see it, whoever asks: what is wholly confidential is not shown
and not counted, and of a version in preparation nothing is known but that it is there. A constant number of
queries, however many zones: one for the rows, one for their cells, one to count cells without reading them.
Counting, and what is built on it: plans.reports.coverage.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from framework.models import Edition, Item
from kiv.accounts.access import access_of
from kiv.territory.models import JudicialDistrict, Municipality, PoliceZone, Province, ZoneLineage
from plans.enums import Choice, PlanKind, VersionStatus
from plans.models import Cycle, ItemChoice, ItemScore, Plan
from plans.scoring import State


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


#: Standings of a plan that its zone has shared, whatever became of it since.
SHARED_STANDINGS = frozenset({Standing.SHARED, Standing.REVIEWED})


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked: one cycle under one edition, and which zones of the area.

    `counts_open` asks for `PlanRow.open_items`, `item` for `PlanRow.item_state`: both cost time per row.
    """

    cycle: Cycle
    edition: Edition
    basis: Basis = Basis.SHARED
    kind: str = PlanKind.ZONAL
    province_id: int | None = None
    district_id: int | None = None
    words: str = ""
    counts_open: bool = False
    item: Item | None = None


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


#: (item's id, cell) → in how many plans.
Tallies = Mapping[tuple[int, Cell], int]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan, or a zone without one (`plan_id` None).

    `cells` in the order of the edition's items; None for an item that is wholly confidential. Without cells
    there is nothing to show: no plan, in preparation, or checked under `other_edition` only. `standing` is
    that of the plan's latest shared version, whatever the basis; `version` is the number of the one shown,
    and `shared_at` belongs to that version, or to the latest shared one where none is shown.
    """

    zone: PoliceZone
    municipality: Municipality | None
    plan_id: int | None
    standing: Standing
    version: int | None = None
    shared_at: datetime | None = None
    assessment_id: int | None = None
    other_edition: str = ""
    open_items: int = 0
    item_state: str = ""
    cells: tuple[Cell | None, ...] = ()

    @property
    def place_name(self) -> str:
        return self.municipality.name if self.municipality else self.zone.label


def items_of(edition: Edition) -> list[Item]:
    """The columns: the items in the edition's order."""
    return list(edition.items.order_by("position"))


def plan_rows(user, scope: Scope, items: Sequence[Item]) -> list[PlanRow]:
    """A row for every plan that `scope` asks for, and for every zone of today without one, by name of zone.

    Two queries.
    """
    return with_cells(row_heads(user, scope), items)


def row_heads(user, scope: Scope) -> list[PlanRow]:
    """The rows of `plan_rows` without their cells. One query.

    A zone whose predecessors have the plans of the cycle is not without one.
    """
    shared_provinces: dict[int, Province] = {}
    shared_districts: dict[int, JudicialDistrict] = {}
    heads: dict[tuple[int, int | None], PlanRow] = {}
    for zone in _zones_and_versions(user, scope):
        _set_place(zone, shared_provinces, shared_districts)
        key = zone.pk, zone.plan_id
        head = heads.get(key) or _head_of(zone)
        heads[key] = _at_version(head, zone, scope)
    return list(heads.values())


def with_cells(rows: Iterable[PlanRow], items: Sequence[Item]) -> list[PlanRow]:
    """The same rows with their cells. One query; equal cells are one object, for few are different."""
    rows = list(rows)
    position = {item.pk: at for at, item in enumerate(items)}
    found = {row.assessment_id: [None] * len(items) for row in rows if row.assessment_id}
    known: dict[tuple, Cell] = {}
    for assessment, item, *key in _shown_scores(found).values_list("assessment", "item", *CELL_FIELDS):
        key = tuple(key)
        found[assessment][position[item]] = known.get(key) or known.setdefault(key, _cell(*key))
    return [replace(row, cells=tuple(found[row.assessment_id])) if row.assessment_id else row for row in rows]


def count_cells(rows: Iterable[PlanRow]) -> Tallies:
    """The cells of these rows, counted where they lie. One query."""
    shown = _shown_scores([row.assessment_id for row in rows if row.assessment_id])
    counted = shown.values_list("item", *CELL_FIELDS).annotate(plans=Count("pk"))
    return {(item, _cell(*key)): number for item, *key, number in counted}


def _zones_and_versions(user, scope: Scope) -> QuerySet[PoliceZone]:
    """A zone for each shared version under each edition, and for each plan or zone without: one flat join.

    Which of them is shown is decided in `_at_version`: cheaper than asking the database row by row.
    """
    scopes = access_of(user).coordinated_scopes()
    zones = PoliceZone.objects.all()
    if not scopes.is_country:
        zones = zones.within(**scopes.as_filter())
    if scope.province_id is not None:
        zones = zones.filter(province=scope.province_id)
    if scope.district_id is not None:
        zones = zones.filter(district=scope.district_id)
    if scope.words.strip():
        zones = zones.filter(pk__in=PoliceZone.objects.search(scope.words).values("pk"))
    version, assessment = "plan__versions__", "plan__versions__assessments__"
    zones = zones.annotate(
        plan=FilteredRelation("plans", condition=Q(plans__cycle=scope.cycle, plans__kind=scope.kind))
    )
    if scope.kind == PlanKind.LOCAL:
        zones = zones.filter(plan__isnull=False)
    else:
        of_ancestors = Plan.objects.filter(cycle=scope.cycle, kind=scope.kind).values("zone")
        descends = ZoneLineage.objects.filter(zone=OuterRef("pk"), ancestor__in=of_ancestors)
        zones = zones.filter(Q(plan__isnull=False) | (Q(is_discontinued=False) & ~Exists(descends)))
    zones = zones.annotate(
        plan_id=F("plan__pk"),
        municipality_id=F("plan__municipality"),
        municipality_name=F("plan__municipality__name"),
        province_code=F("province__code"),
        province_name=F("province__name"),
        district_code=F("district__code"),
        district_name=F("district__name"),
        version_number=F(f"{version}number"),
        version_status=F(f"{version}status"),
        version_shared_at=F(f"{version}shared_at"),
        assessment_id=F(f"{assessment}pk"),
        edition_id=F(f"{assessment}edition"),
        edition_code=F(f"{assessment}edition__code"),
    )
    if scope.counts_open:
        is_open = ItemScore.objects.filter(assessment=OuterRef("assessment_id"), state=State.OPEN)
        counted = _without_hidden(is_open).values("assessment").annotate(n=Count("pk"))
        zones = zones.annotate(open_items=Subquery(counted.values("n")))
    if scope.item is not None:
        of_item = ItemScore.objects.filter(assessment=OuterRef("assessment_id"), item=scope.item)
        zones = zones.annotate(item_state=Subquery(_without_hidden(of_item).values("state")[:1]))
    return zones.only("code", "name", "names", "province", "district").order_by(
        "name", "pk", "municipality_name", "plan_id", "version_number", "assessment_id"
    )


def _set_place(zone, provinces: dict[int, Province], districts: dict[int, JudicialDistrict]) -> None:
    """Its province and district, one object for all zones that lie there."""
    if pk := zone.province_id:
        provinces.setdefault(pk, Province(pk=pk, code=zone.province_code, name=zone.province_name))
    if pk := zone.district_id:
        districts.setdefault(pk, JudicialDistrict(pk=pk, code=zone.district_code, name=zone.district_name))
    zone.province = provinces.get(zone.province_id)
    zone.district = districts.get(zone.district_id)


def _head_of(zone) -> PlanRow:
    """Of a plan of which nothing was shared, or of a zone without one."""
    if zone.plan_id is None:
        return PlanRow(zone, None, None, Standing.NO_PLAN)
    place = None
    if zone.municipality_id is not None:
        place = Municipality(pk=zone.municipality_id, name=zone.municipality_name, zone=zone)
    return PlanRow(zone, place, zone.plan_id, Standing.PREPARATION)


def _at_version(head: PlanRow, zone, scope: Scope) -> PlanRow:
    """What is known with this version too; versions come in their order, its editions together."""
    if zone.version_shared_at is None:
        return head
    standing = Standing(zone.version_status)
    if scope.basis == Basis.REVIEWED and zone.version_status != VersionStatus.REVIEWED:
        shared_at = head.shared_at if head.version else zone.version_shared_at
        return replace(head, standing=standing, shared_at=shared_at)
    is_same = head.version == zone.version_number
    shown = {
        "standing": standing,
        "version": zone.version_number,
        "shared_at": zone.version_shared_at,
        "assessment_id": head.assessment_id if is_same else None,
        "other_edition": head.other_edition if is_same else "",
    }
    if zone.edition_id == scope.edition.pk:
        shown |= {
            "assessment_id": zone.assessment_id,
            "other_edition": "",
            "open_items": getattr(zone, "open_items", 0) or 0,
            "item_state": getattr(zone, "item_state", "") or "",
        }
    elif not shown["assessment_id"]:
        shown |= {"other_edition": zone.edition_code or "", "open_items": 0, "item_state": ""}
    return replace(head, **shown)


#: What makes a cell, in the order of its fields.
CELL_FIELDS = ("state", "level", "its_choice", "reviewed_level")


def _cell(state: str, level: int, choice: str | None, reviewed: int | None) -> Cell:
    return Cell(state, level, choice or Choice.UNDECIDED.value, reviewed)


def _shown_scores(assessments: Iterable[int]) -> QuerySet[ItemScore]:
    """The scores of these assessments, with `its_choice`, without what is wholly confidential."""
    scores = ItemScore.objects.filter(assessment__in=list(assessments)).annotate(
        chosen=FilteredRelation("assessment__choices", condition=Q(assessment__choices__item=F("item"))),
        its_choice=F("chosen__choice"),
    )
    # Not `exclude`: over a filtered relation it leaves out the whole plan.
    return scores.filter(Q(chosen__isnull=True) | Q(chosen__is_item_confidential=False)).order_by()


def _without_hidden(scores: QuerySet[ItemScore]) -> QuerySet[ItemScore]:
    hidden = ItemChoice.objects.filter(
        assessment=OuterRef("assessment"), item=OuterRef("item"), is_item_confidential=True
    )
    return scores.exclude(Exists(hidden)).order_by()
