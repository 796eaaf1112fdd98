"""Second, blind readings: who could be asked, what two complete readings differ on, how far readers agree.

Agreement is counted over what was read twice and completely; the method is plans.scoring.agreement.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from framework.models import Item
from kiv.accounts.enums import ADMINISTRATOR_ROLES, Role
from kiv.accounts.models import Membership, User
from kiv.audit.models import AuditEvent
from kiv.territory.models import PoliceZone, ZoneLineage
from plans import rules
from plans.enums import Criterion, ReadingKind, RemarkSide
from plans.models import Assessment, ItemReview, ItemScore, Plan, Reading, RemarkEntry
from plans.scoring import Digits
from plans.scoring.agreement import Alpha, alpha_per_criterion
from plans.selectors.disclosure import Reader
from plans.selectors.review import ReadItem, read_item, seen_items
from plans.selectors.reviewed import derived_digits, differing_items, judgeable_items, read_digits

#: More colleagues than this are not offered; who is missing can be asked once others were.
MAX_CANDIDATES = 100


@dataclass(frozen=True, slots=True)
class DifferingDigit:
    """A criterion on which the two readers differ, beside the derived digit."""

    criterion: str
    derived: int
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Difference:
    """An item on which two readings differ, with what each made of it.

    `settled` is the consensus, if any, and `revision` its own (0: none).
    """

    item: Item
    level: int
    digits: tuple[DifferingDigit, ...]
    first: ReadItem
    second: ReadItem
    settled: ReadItem | None
    revision: int


def candidates(assessment: Assessment, user) -> list[User]:
    """Colleagues who can be asked to read blind, by name. Three queries.

    Coordinators of the plan's area who are no part of it and said nothing about the version yet: as
    services.readings.is_eligible judges each of them again.
    """
    plan = assessment.version.plan
    judged = ItemReview.objects.filter(reading__assessment=assessment, reviewed_by=OuterRef("pk"))
    remarked = RemarkEntry.objects.filter(
        remark__assessment=assessment, side=RemarkSide.REVIEWER, written_by=OuterRef("pk")
    )
    opened = assessment.readings.filter(kind=ReadingKind.FIRST, reader=OuterRef("pk"))
    worked = AuditEvent.objects.filter(plan_id=plan.pk, actor_id=OuterRef("pk")).exclude(
        event__in=rules.REVIEWERS_EVENTS
    )
    held = Membership.objects.filter(user=OuterRef("pk"))
    of_area = held.filter(_covers(plan), role=Role.COORDINATOR)
    of_zone = held.filter(_reaches(plan)).exclude(role__in=[Role.COORDINATOR, *ADMINISTRATOR_ROLES])
    people = User.objects.filter(Exists(of_area), is_active=True, erased_at=None).exclude(pk=user.pk)
    for said in (judged, remarked, opened, worked, of_zone):
        people = people.exclude(Exists(said))
    return list(people.order_by("name", "pk")[:MAX_CANDIDATES])


def _covers(plan: Plan) -> Q:
    """Memberships of coordinators whose area holds the plan's zone, or a zone that came from it."""
    zones = _successors(plan)
    is_country = Q(zone=None, province=None, district=None)
    return (
        is_country
        | Q(zone__in=zones)
        | Q(province__in=[zone.province_id for zone in zones])
        | Q(district__in=[zone.district_id for zone in zones])
    )


def _reaches(plan: Plan) -> Q:
    """Memberships inside the plan's zone, a zone that came from it, or its municipality."""
    inside = Q(zone__in=_successors(plan))
    return inside | Q(municipality=plan.municipality_id) if plan.municipality_id else inside


def _successors(plan: Plan) -> list[PoliceZone]:
    """The plan's zone and every zone that came from it."""
    lineage = ZoneLineage.objects.filter(ancestor=plan.zone_id)
    return list(PoliceZone.objects.filter(pk__in=lineage.values("zone")))


def differences_of(assessment: Assessment, user, reader: Reader) -> tuple[Difference, ...]:
    """Where two complete readings differ, in the edition's order; nothing before both are complete."""
    seen = seen_items(assessment, user)
    first, second = seen.get(ReadingKind.FIRST, {}), seen.get(ReadingKind.SECOND, {})
    complete = assessment.readings.filter(
        kind__in=(ReadingKind.FIRST, ReadingKind.SECOND), completed_at__isnull=False
    )
    if not first or not second or complete.count() < 2:
        return ()
    consensus = seen.get(ReadingKind.CONSENSUS, {})
    scores = judgeable_items(assessment)
    differing = set(differing_items(scores, seen))
    return tuple(
        _difference(score, first[score.item_id], second[score.item_id], consensus.get(score.item_id), reader)
        for score in scores
        if score.item.code in differing
    )


def unsettled_of(assessment: Assessment, user, reader: Reader) -> tuple[Item, ...]:
    """The items on which two complete readings differ without a consensus."""
    return tuple(one.item for one in differences_of(assessment, user, reader) if one.settled is None)


def _difference(
    score: ItemScore, first: ItemReview, second: ItemReview, settled: ItemReview | None, reader: Reader
) -> Difference:
    derived = derived_digits(score)
    one, two = read_digits(score, first).as_dict(), read_digits(score, second).as_dict()
    return Difference(
        item=score.item,
        level=score.level,
        digits=tuple(
            DifferingDigit(criterion, derived[criterion], one[criterion], two[criterion])
            for criterion in Criterion.values
            if one[criterion] != two[criterion]
        ),
        first=read_item(score, first, reader),
        second=read_item(score, second, reader),
        settled=read_item(score, settled, reader) if settled else None,
        revision=settled.revision if settled else 0,
    )


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agree over a coordinator's area, per criterion in the order D G A I M C."""

    plans: int
    items: int
    per_criterion: tuple[tuple[str, Alpha], ...]


def agreement_in_area(user) -> Agreement:
    """Over every item of the area that was read twice, both readings complete. At most four queries."""
    pairs = _complete_pairs(user)
    digits = list(_read_twice(pairs))
    alphas = alpha_per_criterion(digits)
    return Agreement(
        plans=len(pairs),
        items=len(digits),
        per_criterion=tuple((criterion.value, alpha) for criterion, alpha in alphas.items()),
    )


def _complete_pairs(user) -> dict[int, dict[str, int]]:
    """Assessment → kind of reading → its id, where both are complete and known to this person."""
    readings: QuerySet = Reading.objects.visible_to(user).filter(
        assessment__version__plan__in=Plan.objects.coordinated_by(user),
        kind__in=(ReadingKind.FIRST, ReadingKind.SECOND),
        completed_at__isnull=False,
    )
    found: dict[int, dict[str, int]] = {}
    for pk, assessment, kind in readings.order_by().values_list("pk", "assessment_id", "kind"):
        found.setdefault(assessment, {})[kind] = pk
    return {assessment: kinds for assessment, kinds in found.items() if len(kinds) == 2}


def _read_twice(pairs: dict[int, dict[str, int]]) -> Iterable[tuple[Digits, Digits]]:
    if not pairs:
        return
    wanted = [pk for kinds in pairs.values() for pk in kinds.values()]
    rows = ItemReview.objects.filter(reading__in=wanted).prefetch_related("judgements")
    read = {(row.reading_id, row.item_id): row for row in rows}
    scores = ItemScore.objects.filter(assessment__in=pairs).order_by("assessment_id", "item__position")
    for score in scores:
        kinds = pairs[score.assessment_id]
        first, second = (
            read.get((kinds[kind], score.item_id)) for kind in (ReadingKind.FIRST, ReadingKind.SECOND)
        )
        if first is not None and second is not None:
            yield read_digits(score, first), read_digits(score, second)
