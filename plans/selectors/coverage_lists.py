"""Lists that start work: of an area what is open, worth a look, stale, missing, motivated, or nobody's.

As readers outside the zones see it: an item that is wholly confidential is in no list and no count, a hidden
motivation has neither reason nor words. Remarks: coverage_remarks; good examples: good_examples.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from framework.enums import EditionStatus
from framework.models import Edition, Item
from kiv.territory.models import JudicialDistrict
from plans.enums import Choice
from plans.models import Assessment, ItemChoice, ItemScore
from plans.scoring import AdviceKind, LookReason, State
from plans.selectors.coverage import Cell, PlanRow, Standing
from plans.selectors.coverage_area import Area

#: What is not shared: of these plans nothing else is known.
UNSHARED = (Standing.NO_PLAN, Standing.PREPARATION)
#: What would close an open item → the reason to look at it that says the same.
SAID = {
    AdviceKind.ADD_LINE: LookReason.REGULAR_WITHOUT_LINE,
    AdviceKind.ANSWER_CLARIFICATION: LookReason.CLARIFICATION_ASKED,
}


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """An item of a shared plan that asks for a choice or for words."""

    row: PlanRow
    item: Item
    cell: Cell


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Why it is open: what would close it, each a scoring.AdviceKind; and for which scoring.LookReasons it is
    besides worth a look, but those that say the same.
    """

    entry: OpenEntry
    why: tuple[str, ...]
    looks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookEntry:
    """An item of a shared plan that is worth a look; `reason` is a scoring.LookReason."""

    row: PlanRow
    item: Item
    reason: str


@dataclass(frozen=True, slots=True)
class MotivationEntry:
    """Why an item was not retained. When `is_hidden`, reason and words are empty; `state` is always known."""

    row: PlanRow
    item: Item
    state: str
    reason: str
    pointer: str
    line: str
    is_confidential: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """A shared plan of which every check was made under an edition that has a successor."""

    row: PlanRow
    edition: Edition


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Items that none of the `shown` plans elaborates. `district` None: the whole area that was asked for."""

    district: JudicialDistrict | None
    shown: int
    items: tuple[Item, ...]


def open_entries(area: Area, item: Item | None = None) -> list[OpenEntry]:
    """By zone, then in the edition's order. No query."""
    return [
        OpenEntry(row, each, cell)
        for row in area.rows
        for each, cell in zip(area.items, row.cells, strict=False)
        if cell and cell.state == State.OPEN and item in (None, each)
    ]


def open_points(entries: Iterable[OpenEntry]) -> list[OpenPoint]:
    """The same entries with the reasons that the scorer stored. One query; none without entries."""
    entries = list(entries)
    scores = ItemScore.objects.filter(
        assessment__in={entry.row.assessment_id for entry in entries}, state=State.OPEN
    )
    found: dict[tuple[int, int], tuple[list[dict[str, Any]], list[str]]] = {
        (assessment, item): (advice, looks)
        for assessment, item, advice, looks in scores.order_by().values_list(
            "assessment", "item", "detail__advice", "detail__worth_a_look"
        )
    }
    return [
        _point(entry, *found.get((entry.row.assessment_id, entry.item.pk), ((), ()))) for entry in entries
    ]


def _point(entry: OpenEntry, advice: Iterable[Mapping[str, Any]], looks: Iterable[str]) -> OpenPoint:
    why = tuple(step["kind"] for step in advice)
    said = {SAID[kind] for kind in why if kind in SAID}
    return OpenPoint(entry, why, tuple(look for look in looks if look not in said))


def missing_entries(area: Area, standing: str = "") -> list[PlanRow]:
    """Zones without a plan in the cycle, and plans that nobody shared yet. No query."""
    return [row for row in area.rows if row.standing in UNSHARED and standing in ("", row.standing)]


def look_entries(area: Area, item: Item | None = None) -> list[LookEntry]:
    """By zone, then in the edition's order. One query.

    That an edition has a successor is a list of its own (`stale_entries`), not said here once more.
    """
    scores = ItemScore.objects.filter(
        assessment__in=list(area.by_assessment), detail__worth_a_look__0__isnull=False
    )
    found: dict[tuple[int, int], list[str]] = {}
    for assessment, item_id, reasons in scores.order_by().values_list(
        "assessment", "item", "detail__worth_a_look"
    ):
        found[assessment, item_id] = reasons
    return [
        LookEntry(row, each, reason)
        for row, each in _shown(area, item)
        for reason in found.get((row.assessment_id, each.pk), ())
    ]


def motivation_entries(
    area: Area, item: Item | None = None, reason: str | None = None
) -> list[MotivationEntry]:
    """What was not retained, by item, then by zone. `reason` "" asks for those without one. Two queries."""
    choices = ItemChoice.objects.filter(assessment__in=list(area.by_assessment), choice=Choice.NOT_RETAINED)
    found = {(choice.assessment_id, choice.item_id): choice for choice in choices.order_by()}
    entries = []
    for row, each in _shown(area, item):
        choice = found.get((row.assessment_id, each.pk))
        if choice is None:
            continue
        is_hidden = choice.is_motivation_confidential and row.plan_id not in area.cleared
        # A hidden motivation answers to no reason: which one it has must not be found by asking.
        if reason is not None and (is_hidden or choice.reason != reason):
            continue
        entries.append(
            MotivationEntry(
                row=row,
                item=each,
                state=area.cell(row, each.pk).state,
                reason="" if is_hidden else choice.reason,
                pointer="" if is_hidden else choice.pointer,
                line="" if is_hidden else choice.line,
                is_confidential=choice.is_motivation_confidential,
                is_hidden=is_hidden,
            )
        )
    return sorted(entries, key=lambda entry: entry.item.position)


def stale_entries(area: Area) -> list[StaleEntry]:
    """By zone, whichever edition is asked for: the latest of the superseded ones. One query."""
    successors = Edition.objects.filter(predecessor=OuterRef("edition"), status=EditionStatus.PUBLISHED)
    checks = (
        Assessment.objects.filter(version__plan__in=list(area.by_plan), version__shared_at__isnull=False)
        .annotate(is_superseded=Exists(successors))
        .select_related("edition", "version")
        .order_by("version__number", "pk")
    )
    latest: dict[int, list[Assessment]] = {}
    for check in checks:
        known = latest.setdefault(check.version.plan_id, [])
        if known and known[0].version_id != check.version_id:
            known.clear()
        known.append(check)
    return [
        StaleEntry(row, latest[plan][-1].edition)
        for plan, row in area.by_plan.items()
        if plan in latest and all(check.is_superseded for check in latest[plan])
    ]


def uncovered_of(area: Area, district: JudicialDistrict | None = None) -> Uncovered:
    """Items that no plan of the area, or of one district of it, elaborates. No query."""
    rows = [
        row for row in area.rows if row.cells and (district is None or row.zone.district_id == district.pk)
    ]
    covered = {
        item.pk
        for row in rows
        for item, cell in zip(area.items, row.cells, strict=True)
        if cell and cell.state == State.ELABORATED
    }
    items = tuple(item for item in area.items if item.pk not in covered) if rows else ()
    return Uncovered(district, len(rows), items)


def uncovered_by_district(area: Area) -> list[Uncovered]:
    """Per district in which a plan is shown, by name. No query."""
    rows: Mapping[int, JudicialDistrict] = {
        row.zone.district_id: row.zone.district for row in area.rows if row.cells and row.zone.district
    }
    return [uncovered_of(area, district) for district in sorted(rows.values(), key=str)]


def motivations_by_reason(entries: Iterable[MotivationEntry]) -> Mapping[str | None, int]:
    """How many have each reason; "" is without one, None the hidden ones, whose reason is not known."""
    counts: dict[str | None, int] = defaultdict(int)
    for entry in entries:
        counts[None if entry.is_hidden else entry.reason] += 1
    return counts


def _shown(area: Area, item: Item | None) -> Iterable[tuple[PlanRow, Item]]:
    """Rows and items of which something is shown."""
    return (
        (row, each)
        for row in area.rows
        for each, cell in zip(area.items, row.cells, strict=False)
        if cell and item in (None, each)
    )
