"""The plans that a coordinator reviews: which wait, how far each is, and where an answer was given."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from kiv.territory.models import PoliceZone
from plans import rules
from plans.enums import ReadingKind, RemarkStatus, VersionStatus
from plans.models import Assessment, ItemChoice, ItemReview, ItemScore, Plan, PlanVersion, Reading, Remark


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A plan with its latest shared version. `read` of `total` items, in the reader's own reading.

    `is_second`: this person was asked to read it blind. `answered`: remarks that wait for this reviewer,
    who may read them; `waiting`: for the zone. Of a plan that is read blind none are known.
    """

    plan: Plan
    shared_at: object
    is_reviewed: bool
    is_second: bool
    read: int
    total: int
    answered: int
    waiting: int


def plans_in_queue(user, *, words: str = "", status: str = "") -> QuerySet[Plan]:
    """Plans to review, the latest cycle first and there what waits longest, what is reviewed below.

    `words` are looked for in zone, code and municipalities; `status` is shared, reviewed or empty.
    """
    shared = PlanVersion.objects.filter(plan=OuterRef("pk"), shared_at__isnull=False).order_by("-number")
    plans = (
        rules.plans_to_review(user)
        .filter(Exists(shared))
        .select_related("zone", "municipality", "cycle")
        .annotate(
            version_id=shared.values("pk")[:1],
            shared_at=shared.values("shared_at")[:1],
            shared_status=shared.values("status")[:1],
        )
    )
    if words.strip():
        plans = plans.filter(zone__in=PoliceZone.objects.search(words).values("pk"))
    if status:
        plans = plans.filter(shared_status=status)
    is_done = Case(
        When(shared_status=VersionStatus.REVIEWED, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return plans.order_by(is_done, F("cycle__first_year").desc(), F("shared_at").asc(), "pk")


def queue_lines(plans: Iterable[Plan], user) -> list[QueueLine]:
    """The lines for one page of `plans_in_queue`. Six queries, however many."""
    plans = list(plans)
    latest = _latest_assessments(plan.version_id for plan in plans)
    ids = list(latest.values())
    totals = _totals(ids)
    own = {ReadingKind.FIRST: {}, ReadingKind.SECOND: {}}
    readings = Reading.objects.filter(assessment__in=ids)
    for assessment, kind, reader, pk in readings.order_by().values_list(
        "assessment_id", "kind", "reader_id", "pk"
    ):
        if kind == ReadingKind.FIRST or (kind == ReadingKind.SECOND and reader == user.pk):
            own[ReadingKind(kind)][assessment] = pk
    mine = own[ReadingKind.FIRST] | own[ReadingKind.SECOND]
    read = _counted(ItemReview.objects.filter(reading__in=mine.values()), "reading_id")
    readable = Remark.objects.readable_by(user).filter(assessment__in=ids)
    visible = Remark.objects.visible_to(user).filter(assessment__in=ids)
    visible = visible.filter(~Q(status=RemarkStatus.ANSWERED) | Q(pk__in=readable.values("pk")))
    remarks = {
        (row["assessment_id"], row["status"]): row["n"]
        for row in visible.order_by().values("assessment_id", "status").annotate(n=Count("pk"))
    }
    return [
        QueueLine(
            plan=plan,
            shared_at=plan.shared_at,
            is_reviewed=plan.shared_status == VersionStatus.REVIEWED,
            is_second=latest[plan.version_id] in own[ReadingKind.SECOND],
            read=read.get(mine.get(latest[plan.version_id]), 0),
            total=totals.get(latest[plan.version_id], 0),
            answered=remarks.get((latest[plan.version_id], RemarkStatus.ANSWERED), 0),
            waiting=remarks.get((latest[plan.version_id], RemarkStatus.OPEN), 0),
        )
        for plan in plans
    ]


def _latest_assessments(versions: Iterable[int]) -> dict[int, int]:
    """Version → the latest assessment that stood there when it was shared."""
    rows = Assessment.objects.under_review().filter(version__in=list(versions)).order_by("pk")
    return dict(rows.values_list("version_id", "pk"))


def _totals(assessments: list[int]) -> dict[int, int]:
    """How many items each has that exist outside the zone."""
    hidden = ItemChoice.objects.filter(
        assessment=OuterRef("assessment"), item=OuterRef("item"), is_item_confidential=True
    )
    return _counted(ItemScore.objects.filter(~Exists(hidden), assessment__in=assessments), "assessment_id")


def _counted(rows: QuerySet, by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(Count("pk")))
