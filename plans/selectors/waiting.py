"""What waits for somebody: the strip on top of each role's first screen.

One small function per thing that can wait, in the order in which they are shown; each is asked only of who
holds the role, costs one query, and says nothing when nothing waits. A new thing is a function, a line in
`SOURCES` and its sentence (plans.waiting_sentences.WAITING).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localdate

from framework.enums import EditionStatus
from framework.models import Edition, Publication
from kiv.accounts.access import access_of
from kiv.accounts.models import User
from plans.enums import RemarkStatus, VersionStatus
from plans.models import Assessment, Cycle, Deadline, OutboxMail, Plan, PlanVersion, Reading, Remark
from plans.selectors.carrying_overview import unseen_in_plans
from plans.selectors.teamwork import unfinished_assignments


class Kind(StrEnum):
    DEADLINE = "deadline"
    LEAD_SHARES = "lead_shares"
    REMARKS = "remarks"
    ASSIGNED = "assigned"
    TO_LOOK = "to_look"
    TO_REVIEW = "to_review"
    TO_READ = "to_read"
    ANSWERS = "answers"
    TO_CONFIRM = "to_confirm"
    DRAFT_EDITIONS = "draft_editions"
    OLD_EDITION = "old_edition"
    FAILED_MAILS = "failed_mails"
    UNUSED_LINKS = "unused_links"


@dataclass(frozen=True, slots=True)
class Waiting:
    """`count` things of one kind, and where to go for them (empty: no page of their own).

    `since` is the day of the oldest, or of a deadline its own day, or None; `name` is that of a deadline or
    plan. `is_over`: the cycle of that plan is.
    """

    kind: Kind
    count: int
    url: str = ""
    since: date | None = None
    name: str = ""
    is_over: bool = False


def waiting_for(user) -> tuple[Waiting, ...]:
    """Everything that waits for this person, in all their roles."""
    access = access_of(user)
    return tuple(
        entry for right, find in SOURCES if getattr(access, right) for entry in find(user) if entry.count
    )


def _in_own_plans(user) -> Iterator[Waiting]:
    """Deadlines, remarks to answer, items to finish and items to look at in plans of one's own.

    Of a plan whose cycle is over only what somebody asks now: a reviewer's remark, a deadline still to come.
    One query for all four: the check page is where people are most.
    """
    remarks = Remark.objects.filter(assessment__version__plan=OuterRef("pk"), status=RemarkStatus.OPEN)
    remarks = remarks.order_by().values("assessment__version__plan")
    items = unfinished_assignments(user).filter(assessment__version__plan=OuterRef("pk"))
    items = items.order_by().values("assessment__version__plan")
    unseen = unseen_in_plans().filter(carrying__assessment__version__plan=OuterRef("pk"))
    unseen = unseen.values("carrying__assessment__version__plan")
    coming = Deadline.objects.filter(cycle=OuterRef("cycle"), date__gte=localdate()).order_by("date", "pk")
    unshared = PlanVersion.objects.never_shared().filter(plan=OuterRef("pk"))
    plans = list(
        Plan.objects.inside_of(user)
        .annotate(
            remarks=Subquery(remarks.annotate(number=Count("pk")).values("number")),
            asked_at=Subquery(remarks.annotate(oldest=Min("changed_at")).values("oldest")),
            assigned=Subquery(items.annotate(number=Count("pk")).values("number")),
            unseen=Subquery(unseen.annotate(number=Count("pk")).values("number")),
            deadline=Subquery(coming.values("date")[:1]),
            deadline_name=Subquery(coming.values("name")[:1]),
            is_unshared=Exists(unshared),
        )
        .filter(
            Q(remarks__gt=0)
            | Q(assigned__gt=0)
            | Q(unseen__gt=0)
            | Q(deadline__isnull=False, is_unshared=True)
        )
        .select_related("zone", "municipality", "cycle")
        .order_by("deadline", "pk")
    )
    access = access_of(user)
    due = [plan for plan in plans if plan.deadline and plan.is_unshared]
    own = [plan for plan in due if access.can_share_in(plan.zone_id, plan.municipality_id)]
    yield from _deadlines(Kind.DEADLINE, own)
    yield from _deadlines(Kind.LEAD_SHARES, [plan for plan in due if plan not in own])
    for plan in plans:
        review, check = reverse("plans:review", args=[plan.pk]), reverse("plans:check", args=[plan.pk])
        is_over = plan.cycle.is_over
        yield Waiting(Kind.REMARKS, plan.remarks or 0, review, _day(plan.asked_at), str(plan), is_over)
        if not is_over and access.can_edit_in(plan.zone_id, plan.municipality_id):
            yield Waiting(Kind.ASSIGNED, plan.assigned or 0, f"{check}?mine=1", name=str(plan))
            carrying = reverse("plans:carrying", args=[plan.pk])
            yield Waiting(Kind.TO_LOOK, plan.unseen or 0, carrying, name=str(plan))


def _deadlines(kind: Kind, plans: Sequence[Plan]) -> Iterator[Waiting]:
    """The next deadline of each cycle, with how many plans of it are not shared yet.

    Of `Kind.LEAD_SHARES` somebody else shares them: a fact to work towards, nothing to do oneself.
    """
    by_cycle: dict[int, list[Plan]] = defaultdict(list)
    for plan in plans:
        by_cycle[plan.cycle_id].append(plan)
    for waiting in by_cycle.values():
        first = waiting[0]
        url = _page_of(first.pk, len(waiting), reverse("plans:list"))
        name = Deadline(name=first.deadline_name).shown_name
        yield Waiting(kind, len(waiting), url, first.deadline, name)


def _answers(user) -> Iterator[Waiting]:
    """Answers of zones to remarks in the area, readable and not closed; never of one's own zone."""
    found = _counted(
        Remark.objects.readable_by(user)
        .filter(status=RemarkStatus.ANSWERED)
        .exclude(assessment__version__plan__in=Plan.objects.inside_of(user))
    )
    url = _review_of(found["plan"], found["plans"], reverse("plans:review_queue"))
    yield Waiting(Kind.ANSWERS, found["count"], url, _day(found["oldest"]))


def _to_read(user) -> Iterator[Waiting]:
    """Second readings that were asked of this person and are not complete."""
    readings = Reading.objects.visible_to(user).blind_for(user)
    found = readings.filter(assessment__version__status=VersionStatus.SHARED).aggregate(
        count=Count("pk"), plan=Min("assessment__version__plan"), oldest=Min("opened_at")
    )
    url = _review_of(found["plan"], found["count"], reverse("plans:review_queue"))
    yield Waiting(Kind.TO_READ, found["count"], url, _day(found["oldest"]))


def _to_review(user) -> Iterator[Waiting]:
    """Plans in the area whose latest shared version nobody reviewed; never of one's own zone.

    Of cycles that are not over: the queue has the earlier ones too, below.
    """
    shared = PlanVersion.objects.filter(plan=OuterRef("plan"), shared_at__isnull=False)
    versions = PlanVersion.objects.visible_to(user).filter(
        status=VersionStatus.SHARED,
        pk=Subquery(shared.order_by("-number").values("pk")[:1]),
        plan__cycle__in=Cycle.objects.running(),
    )
    versions = versions.exclude(plan__in=Plan.objects.inside_of(user))
    found = versions.aggregate(count=Count("pk"), plan=Min("plan"), oldest=Min("shared_at"))
    url = _review_of(found["plan"], found["count"], reverse("plans:review_queue"))
    yield Waiting(Kind.TO_REVIEW, found["count"], url, _day(found["oldest"]))


def _to_confirm(user) -> Iterator[Waiting]:
    """Publications that somebody else asked for: a second administrator confirms."""
    asked = Publication.objects.filter(confirmed_at=None).exclude(asked_by=user)
    found = asked.aggregate(count=Count("pk"), code=Min("edition__code"), oldest=Min("asked_at"))
    is_one = found["count"] == 1
    page = "framework:edition_publish"
    url = reverse(page, args=[found["code"]]) if is_one else reverse("framework:edition_list")
    yield Waiting(Kind.TO_CONFIRM, found["count"], url, _day(found["oldest"]), found["code"] or "")


def _draft_editions(user) -> Iterator[Waiting]:
    drafts = Edition.objects.visible_to(user).filter(status=EditionStatus.DRAFT)
    found = drafts.aggregate(count=Count("pk"), code=Min("code"))
    is_one = found["count"] == 1
    url = reverse("framework:edition", args=[found["code"]]) if is_one else reverse("framework:edition_list")
    yield Waiting(Kind.DRAFT_EDITIONS, found["count"], url)


def _old_edition(user) -> Iterator[Waiting]:
    """How many plans are last checked under an edition that has a successor: a number, no plan.

    Plans of cycles that are over stay as they were. To where all plans are carried over, if to one edition.
    """
    successors = Edition.objects.filter(predecessor=OuterRef("edition"), status=EditionStatus.PUBLISHED)
    last = Assessment.objects.filter(version__plan=OuterRef("version__plan")).order_by(
        "-version__number", "-pk"
    )
    old = Assessment.objects.filter(
        Exists(successors),
        pk=Subquery(last.values("pk")[:1]),
        version__plan__cycle__in=Cycle.objects.running(),
    )
    found = old.annotate(next_code=Subquery(successors.values("code")[:1])).aggregate(
        count=Count("pk"), code=Min("next_code"), other=Max("next_code")
    )
    is_one = found["code"] is not None and found["code"] == found["other"]
    url = reverse("plans:carrying_all", args=[found["code"]]) if is_one else ""
    yield Waiting(Kind.OLD_EDITION, found["count"], url)


def _failed_mails(user) -> Iterator[Waiting]:
    found = failed_mails(user).aggregate(count=Count("pk"), oldest=Min("created_at"))
    yield Waiting(Kind.FAILED_MAILS, found["count"], reverse("plans:mail_list"), _day(found["oldest"]))


def _unused_links(user) -> Iterator[Waiting]:
    unused = User.objects.visible_to(user).link_unused()
    found = unused.aggregate(count=Count("pk"), oldest=Min("joined_at"))
    url = f"{reverse('accounts:person_list')}?unused=1"
    yield Waiting(Kind.UNUSED_LINKS, found["count"], url, _day(found["oldest"]))


def failed_mails(user) -> QuerySet[OutboxMail]:
    """Mails that were tried and not sent, the oldest first, for system administrators; for others none."""
    if not access_of(user).is_system_administrator:
        return OutboxMail.objects.none()
    return OutboxMail.objects.filter(sent_at=None, attempts__gt=0).select_related("receiver").order_by("pk")


def _page_of(plan_id: int | None, count: int, many: str) -> str:
    """The plan itself when there is one, else the list."""
    return reverse("plans:check", args=[plan_id]) if count == 1 else many


def _review_of(plan_id: int | None, plans: int, many: str) -> str:
    """The Review tab of the plan when there is one, else the list."""
    return reverse("plans:review", args=[plan_id]) if plans == 1 else many


def _counted(remarks: QuerySet[Remark]) -> dict[str, Any]:
    """How many remarks, on how many plans, one of them, and since when the oldest waits."""
    plan = "assessment__version__plan"
    return remarks.order_by().aggregate(
        count=Count("pk"), plans=Count(plan, distinct=True), plan=Min(plan), oldest=Min("changed_at")
    )


def _day(moment: datetime | None) -> date | None:
    return moment and localdate(moment)


#: The right of kiv.accounts.access.Access that a thing goes with, and what finds it.
SOURCES: tuple[tuple[str, Callable[..., Iterator[Waiting]]], ...] = (
    ("is_zone_member", _in_own_plans),
    ("is_coordinator", _to_review),
    ("is_coordinator", _to_read),
    ("is_coordinator", _answers),
    ("is_framework_administrator", _to_confirm),
    ("is_framework_administrator", _draft_editions),
    ("is_framework_administrator", _old_edition),
    ("is_system_administrator", _failed_mails),
    ("is_system_administrator", _unused_links),
)
