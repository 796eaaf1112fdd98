"""Finishing a review, and taking a finished one up again (SCORING section 5)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from kiv.audit.services import record
from plans import rules
from plans.enums import NoticeKind, ReadingKind, VersionStatus
from plans.mail import notify
from plans.models import Assessment, ItemScore, PlanVersion
from plans.planformat.snapshot import plain_score
from plans.scoring import RUBRIC_VERSION, Judgement, ReviewedItem, reviewed_advice
from plans.selectors.reviewed import lacking_items, review_of
from plans.selectors.scoring_input import scoring_input_of, scoring_items
from plans.services.carrying import carry_conclusion
from plans.services.editing import lock_version
from plans.services.scores import REVIEWED_COLUMNS
from plans.workflow import Act, Status, follows


class NotComplete(Exception):
    """The review lacks `items` (their codes, in the edition's order)."""

    def __init__(self, items: Sequence[str]) -> None:
        super().__init__(", ".join(items))
        self.items = tuple(items)


class ReadingsOpen(Exception):
    """There is a second reading, and not both are complete: where they differ is not known to anybody yet."""


@transaction.atomic
def finish_review(*, version: PlanVersion, by) -> PlanVersion:
    """The review is done: the version is reviewed, and what review made of each item stands beside its score.

    What nobody with clearance read of its confidential items gets no reviewed level. Raises rules.NotAllowed,
    rules.WrongMoment (also for the second of two clicks), ReadingsOpen, and NotComplete with the items that
    the reading lacks, or on which two readings differ without a consensus.
    """
    lock_version(version)
    rules.check_can(by, version, Act.FINISH_REVIEW)
    assessment = version.assessments.under_review().select_related("edition").latest("pk")
    assessment.version = version
    kept = dict(assessment.readings.values_list("kind", "completed_at"))
    pair = (kept.get(ReadingKind.FIRST), kept.get(ReadingKind.SECOND))
    if ReadingKind.SECOND in kept and None in pair:
        raise ReadingsOpen
    if lacking := lacking_items(assessment, by):
        raise NotComplete(lacking)
    reviews = review_of(assessment)
    rows = list(assessment.scores.select_related("item"))
    advice = _advice(assessment, rows, reviews)
    for row in rows:
        if (reviewed := reviews.get(row.item_id)) is not None:
            row.reviewed_level = reviewed.level
            row.reviewed_objective = reviewed.objective or ""
            row.reviewed_digits = reviewed.digits.as_dict()
            row.reviewed_advice = advice.get(row.item.code)
    ItemScore.objects.bulk_update(rows, REVIEWED_COLUMNS)
    carry_conclusion(assessment)
    now = timezone.now()
    assessment.readings.filter(completed_at=None).update(completed_at=now)
    version.status = VersionStatus(follows(Act.FINISH_REVIEW, Status(version.status)))
    version.save(update_fields=["status"])
    changed = [row.item.code for row in rows if row.reviewed_level not in (None, row.level)]
    _record("version.reviewed", version, by, items=changed)
    notify(kind=NoticeKind.REVIEWED, version=version, by=by)
    return version


@transaction.atomic
def reopen_review(*, version: PlanVersion, by) -> PlanVersion:
    """Take a finished review up again. What was judged stays; the reviewed levels go until it is finished.

    A reading that a second one was compared with stays complete: their independence is spent.
    """
    assessments = lock_version(version)
    rules.check_can(by, version, Act.REOPEN_REVIEW)
    for assessment in assessments:
        assessment.scores.update(
            reviewed_level=None, reviewed_objective="", reviewed_digits=None, reviewed_advice=None
        )
        if not assessment.readings.filter(kind=ReadingKind.SECOND).exists():
            assessment.readings.update(completed_at=None)
        assessment.readings.filter(kind=ReadingKind.CONSENSUS).update(completed_at=None)
    version.status = VersionStatus(follows(Act.REOPEN_REVIEW, Status(version.status)))
    version.save(update_fields=["status"])
    _record("version.review_reopened", version, by)
    return version


def _advice(
    assessment: Assessment, rows: Sequence[ItemScore], reviews: Mapping[int, ReviewedItem]
) -> dict[str, list[dict[str, Any]]]:
    """Code → the advice under the changed digits, of the retained items whose digits were changed.

    A score that another rubric made is not computed anew: its items keep their derived advice.
    """
    judged = {
        row.item.code: [Judgement(one.objective, one.criterion, one.reviewed) for one in review.changed]
        for row in rows
        if (review := reviews.get(row.item_id)) is not None and review.changed
    }
    if not judged or assessment.rubric != RUBRIC_VERSION:
        return {}
    given = scoring_input_of(assessment, scoring_items(assessment.edition))
    return {
        code: [plain_score(one) for one in steps] for code, steps in reviewed_advice(given, judged).items()
    }


def _record(event: str, version: PlanVersion, by, **data: object) -> None:
    zone_id, plan, number = version.plan.zone_id, version.plan_id, version.number
    record(event, by=by, on=version, zone_id=zone_id, plan=plan, number=number, **data)
