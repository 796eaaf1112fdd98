"""What came of the last review of a plan, in the numbers of one line: for the zone's first screen.

Not here: the Review tab itself (selectors.review, selectors.remarks).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate

from plans.enums import RemarkStatus, VersionStatus
from plans.models import Assessment, ItemScore, Plan, Reading, Remark


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """Of the version `number`. `to_answer`: remarks that wait for the zone; `answered`: for the reviewer.

    `changed`: items of which the review came to another level than was derived.
    """

    number: int
    day: date
    to_answer: int
    answered: int
    changed: int

    @property
    def asks(self) -> bool:
        """Whether a new version has something to do with it."""
        return bool(self.to_answer or self.answered or self.changed)


def review_summary(plan: Plan, user) -> ReviewSummary | None:
    """The review of the latest version that was shared; None as long as it is not finished. One query."""
    remarks = Remark.objects.visible_to(user)
    changed = ItemScore.objects.filter(reviewed_level__isnull=False).exclude(reviewed_level=F("level"))
    finished = Reading.objects.filter(assessment=OuterRef("pk")).order_by("-completed_at")
    row = (
        Assessment.objects.visible_to(user)
        .filter(version__plan=plan, version__shared_at__isnull=False)
        .annotate(
            finished_at=Subquery(finished.values("completed_at")[:1]),
            to_answer=_number_of(remarks.filter(status=RemarkStatus.OPEN)),
            answered=_number_of(remarks.filter(status=RemarkStatus.ANSWERED)),
            changed=_number_of(changed),
        )
        .order_by("-version__number", "-pk")
        .values("version__number", "version__status", "finished_at", "to_answer", "answered", "changed")
        .first()
    )
    if row is None or row["version__status"] != VersionStatus.REVIEWED or row["finished_at"] is None:
        return None
    return ReviewSummary(
        number=row["version__number"],
        day=localdate(row["finished_at"]),
        to_answer=row["to_answer"] or 0,
        answered=row["answered"] or 0,
        changed=row["changed"] or 0,
    )


def _number_of(rows: QuerySet) -> Subquery:
    """How many of them belong to the assessment; null for none."""
    mine = rows.filter(assessment=OuterRef("pk")).order_by().values("assessment")
    return Subquery(mine.annotate(number=Count("pk")).values("number"))
