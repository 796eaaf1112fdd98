"""Which plans of an area stand where, item by item: the rows behind the matrix, lists, map and exports.

Everything here is as readers outside the zone see it, whoever asks: what is wholly confidential is not shown
and not counted, and of a version in preparation, or one that the user still reads blind, nothing is known but
that it is there. A constant number of queries, however many zones: one for the rows, one for their cells, one
to count cells without reading them.
Counting, and what is built on it: plans.reports.coverage.
"""

import json
from collections import namedtuple
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from framework.models import Edition, Item
from kiv.accounts.access import access_of
from kiv.territory.models import JudicialDistrict, Municipality, PoliceZone, Province, ZoneLineage
from plans.enums import Choice, PlanKind, VersionStatus
from plans.models import ItemChoice, ItemScore, Reading
from plans.scoring import State
from plans.selectors.coverage_types import (
    SHARED_STANDINGS,
    Basis,
    Cell,
    PlanRow,
    Scope,
    Standing,
    Tallies,
)

# Whoever asks for rows imports from one module.
__all__ = [
    "SHARED_STANDINGS",
    "Basis",
    "Cell",
    "PlanRow",
    "Scope",
    "Standing",
    "Tallies",
    "count_cells",
    "items_of",
    "plan_rows",
    "row_heads",
    "with_cells",
]


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
    places: dict[tuple[str, int], Province | JudicialDistrict] = {}
    heads: dict[tuple[int, int | None], PlanRow] = {}
    for found in map(Found._make, _zones_and_versions(user, scope)):
        key = found.id, found.plan_id
        head = heads.get(key) or _head_of(found, places)
        heads[key] = _at_version(head, found, scope)
    return list(heads.values())


def with_cells(rows: Iterable[PlanRow], items: Sequence[Item]) -> list[PlanRow]:
    """The same rows with their cells. One query; equal cells are one object, for few are different."""
    rows = list(rows)
    position = {item.pk: at for at, item in enumerate(items)}
    found = {row.assessment_id: [None] * len(items) for row in rows if row.assessment_id}
    known: dict[tuple, Cell] = {}
    scores = _shown_scores(found).values_list("assessment", "item", *CELL_FIELDS)
    for assessment, item, state, level, choice, reviewed in scores:
        key = state, level, choice, reviewed
        found[assessment][position[item]] = known.get(key) or known.setdefault(key, _cell(*key))
    return [replace(row, cells=tuple(found[row.assessment_id])) if row.assessment_id else row for row in rows]


def count_cells(rows: Iterable[PlanRow]) -> Tallies:
    """The cells of these rows, counted where they lie. One query."""
    shown = _shown_scores([row.assessment_id for row in rows if row.assessment_id])
    counted = shown.values_list("item", *CELL_FIELDS).annotate(plans=Count("pk"))
    return {(item, _cell(*key)): number for item, *key, number in counted}


VERSION, ASSESSMENT = "plan__versions__", "plan__versions__assessments__"
#: What is read of each version, by the name under which it is found.
COLUMNS = {
    "id": "pk",
    "code": "code",
    "name": "name",
    "names": "names",
    "province_id": "province",
    "province_code": "province__code",
    "province_name": "province_words",
    "district_id": "district",
    "district_code": "district__code",
    "district_name": "district_words",
    "plan_id": "plan__pk",
    "municipality_id": "plan__municipality",
    "municipality_name": "plan__municipality__name",
    "municipality_nis": "plan__municipality__nis_code",
    "version": f"{VERSION}number",
    "status": f"{VERSION}status",
    "shared_at": f"{VERSION}shared_at",
    "assessment_id": f"{ASSESSMENT}pk",
    "edition_id": f"{ASSESSMENT}edition",
    "edition_code": f"{ASSESSMENT}edition__code",
    "open_items": "open_items",
    "item_state": "item_state",
    "is_blind": "is_blind",
}
ZONE_FIELDS = ("id", "code", "name", "names", "province_id", "district_id")
Found = namedtuple("Found", COLUMNS)


def _zones_and_versions(user, scope: Scope) -> QuerySet:
    """A `Found` for each shared version under each edition, and for each plan or zone without: one flat join.

    Which of them is shown is decided in `_at_version`: cheaper than asking the database row by row.
    """
    scopes = access_of(user).coordinated_scopes()
    zones = PoliceZone.objects.all()
    if not scopes.is_country:
        zones = zones.within(**scopes.as_filter())
    places = {"province": scope.province_id, "district": scope.district_id}
    zones = zones.filter(**{name: pk for name, pk in places.items() if pk is not None})
    if scope.words.strip():
        zones = zones.filter(pk__in=PoliceZone.objects.search(scope.words).values("pk"))
    zones = zones.annotate(
        plan=FilteredRelation("plans", condition=Q(plans__cycle=scope.cycle, plans__kind=scope.kind))
    )
    if scope.kind == PlanKind.LOCAL:
        zones = zones.filter(plan__isnull=False)
    else:
        # A list that does not ask which zone it is for: the database makes it once.
        descended = ZoneLineage.objects.filter(
            ancestor__plans__cycle=scope.cycle, ancestor__plans__kind=scope.kind
        )
        is_without = Q(is_discontinued=False) & ~Q(pk__in=descended.values("zone"))
        zones = zones.filter(Q(plan__isnull=False) | is_without)
    open_items, item_state = Value(0), Value("")
    if scope.counts_open:
        is_open = ItemScore.objects.filter(assessment=OuterRef(f"{ASSESSMENT}pk"), state=State.OPEN)
        counted = _without_hidden(is_open).values("assessment").annotate(n=Count("pk"))
        open_items = Subquery(counted.values("n"))
    if scope.item is not None:
        of_item = ItemScore.objects.filter(assessment=OuterRef(f"{ASSESSMENT}pk"), item=scope.item)
        item_state = Subquery(_without_hidden(of_item).values("state")[:1])
    blind = Reading.objects.blind_for(user).filter(assessment__version=OuterRef(f"{VERSION}pk"))
    zones = zones.annotate(open_items=open_items, item_state=item_state, is_blind=Exists(blind))
    # As text: the names of a place are the same in each of its rows, and are read once (`_zone_of`).
    zones = zones.annotate(
        province_words=Cast("province__name", TextField()), district_words=Cast("district__name", TextField())
    )
    return zones.order_by(
        "name", "pk", "plan__municipality__name", "plan__pk", f"{VERSION}number", f"{ASSESSMENT}pk"
    ).values_list(*COLUMNS.values())


def _zone_of(found: Found, places: dict[tuple[str, int], Province | JudicialDistrict]) -> PoliceZone:
    """As a queryset makes it, its other fields deferred; with one province for all zones that lie there."""
    zone = PoliceZone.from_db(DEFAULT_DB_ALIAS, ZONE_FIELDS, [getattr(found, name) for name in ZONE_FIELDS])
    for name, model in (("province", Province), ("district", JudicialDistrict)):
        pk = getattr(found, f"{name}_id")
        place = places.get((name, pk))
        if place is None and pk is not None:
            code, words = getattr(found, f"{name}_code"), getattr(found, f"{name}_name")
            place = places[name, pk] = model(pk=pk, code=code, name=json.loads(words))
        PoliceZone._meta.get_field(name).set_cached_value(zone, place)
    return zone


def _head_of(found: Found, places) -> PlanRow:
    """Of a plan of which nothing was shared, or of a zone without one."""
    zone = _zone_of(found, places)
    if found.plan_id is None:
        return PlanRow(zone, None, None, Standing.NO_PLAN)
    place = None
    if found.municipality_id is not None:
        names = {"name": found.municipality_name, "nis_code": found.municipality_nis}
        place = Municipality(pk=found.municipality_id, zone=zone, **names)
    return PlanRow(zone, place, found.plan_id, Standing.PREPARATION)


def _at_version(head: PlanRow, found: Found, scope: Scope) -> PlanRow:
    """What is known with this version too; versions come in their order, its editions together."""
    if found.shared_at is None:
        return head
    standing = Standing(found.status)
    if scope.basis == Basis.REVIEWED and found.status != VersionStatus.REVIEWED:
        shared_at = head.shared_at if head.version else found.shared_at
        return replace(head, standing=standing, shared_at=shared_at)
    is_same = head.version == found.version
    shown = {
        "standing": standing,
        "version": found.version,
        "shared_at": found.shared_at,
        "assessment_id": head.assessment_id if is_same else None,
        "other_edition": head.other_edition if is_same else "",
    }
    if found.is_blind:
        shown |= {"assessment_id": None, "other_edition": ""}
    elif found.edition_id == scope.edition.pk:
        shown |= {
            "assessment_id": found.assessment_id,
            "other_edition": "",
            "open_items": found.open_items or 0,
            "item_state": found.item_state or "",
        }
    elif not shown["assessment_id"]:
        shown |= {"other_edition": found.edition_code or "", "open_items": 0, "item_state": ""}
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
