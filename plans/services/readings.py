"""A second, blind reading beside the first, and what the two readers agree on (SCORING section 5).

Chosen by a reviewer, never required. Until both readings are complete neither reader sees the other's
(querysets.ReadingQuerySet). Not here: reviewing the items of a reading (services.reviewing).
"""

from django.utils import timezone

from plans import rules
from plans.enums import NoticeKind, ReadingKind, RemarkSide
from plans.mail import notify
from plans.models import Assessment, DigitJudgement, ItemReview, Reading, RemarkEntry
from plans.selectors.reviewed import (
    differing_items,
    items_hidden_from,
    judgeable_items,
    missing_items,
    readings_of,
)
from plans.services.concluding import NotComplete
from plans.services.editing import check_revision
from plans.services.reviewing import (
    PartlyConfidential,
    ReadingClosed,
    reading_to_write,
    record_reading,
    reviewing,
)
from plans.workflow import Part


class NotEligible(Exception):
    """This person cannot read blind: no reviewer of the plan, or already part of the first reading."""


class AlreadyAsked(Exception):
    """There is a second reading of this version already."""


def is_eligible(assessment: Assessment, reader) -> bool:
    """Whether somebody may be the second reader: a reviewer who has said nothing about the version yet."""
    if Part.REVIEWER not in rules.parts_of(reader, assessment.version.plan):
        return False
    judged = ItemReview.objects.filter(reading__assessment=assessment, reviewed_by=reader)
    remarked = RemarkEntry.objects.filter(
        remark__assessment=assessment, written_by=reader, side=RemarkSide.REVIEWER
    )
    opened = assessment.readings.filter(kind=ReadingKind.FIRST, reader=reader)
    return not (judged.exists() or remarked.exists() or opened.exists())


def ask_second_reading(*, assessment: Assessment, reader, by) -> Reading:
    """Let `reader` read the version blind, beside the first reading.

    Raises rules.NotAllowed, rules.WrongMoment, NotEligible and AlreadyAsked.
    """
    with reviewing(assessment, by=by):
        if assessment.readings.filter(kind=ReadingKind.SECOND).exists():
            raise AlreadyAsked
        if not is_eligible(assessment, reader):
            raise NotEligible
        reading = Reading.objects.create(
            assessment=assessment, kind=ReadingKind.SECOND, reader=reader, opened_at=timezone.now()
        )
        record_reading("reading.asked", assessment, reading, by)
        notify(kind=NoticeKind.ASSIGNED, version=assessment.version, by=by, to=[reader])
    return reading


def withdraw_second_reading(*, assessment: Assessment, by) -> None:
    """Do without the second reading, as long as it is not complete; what was read in it goes."""
    with reviewing(assessment, by=by):
        reading = assessment.readings.filter(kind=ReadingKind.SECOND).first()
        if reading is None:
            return
        if reading.completed_at is not None:
            raise ReadingClosed
        record_reading("reading.withdrawn", assessment, reading, by)
        reading.delete()


def complete_reading(*, assessment: Assessment, kind: str, by) -> Reading:
    """Nothing in this reading changes any more. Raises NotComplete with the items it has not come to.

    It may lack those of which something is confidential to `by`: they are not read twice then.
    """
    with reviewing(assessment, by=by):
        reading = reading_to_write(assessment, kind, by)
        read = readings_of(assessment)[reading.kind]
        scores = judgeable_items(assessment)
        excused = items_hidden_from(by, assessment, scores)
        if missing := [code for code in missing_items(scores, read) if code not in excused]:
            raise NotComplete(missing)
        reading.completed_at = timezone.now()
        reading.save(update_fields=["completed_at"])
        record_reading("reading.completed", assessment, reading, by)
    return reading


def settle_difference(*, assessment: Assessment, item: str, like: str, revision: int = 0, by) -> ItemReview:
    """The consensus about an item is what one of the two readings (`like`) says.

    `revision` is that of the consensus as it was read, 0 for none; StaleEdit when it is another by now.
    Raises ReadingClosed while one of the two is not complete, or where they do not differ, and
    PartlyConfidential. What neither says is settled by `review_item` in the reading of consensus.
    """
    with reviewing(assessment, by=by):
        consensus = reading_to_write(assessment, ReadingKind.CONSENSUS, by)
        scores, readings = judgeable_items(assessment), readings_of(assessment)
        if item not in differing_items(scores, readings):
            raise ReadingClosed
        if item in items_hidden_from(by, assessment, scores):
            raise PartlyConfidential
        score = next(score for score in scores if score.item.code == item)
        source = readings[like][score.item_id]
        settled = readings.get(ReadingKind.CONSENSUS, {}).get(score.item_id)
        if settled is not None and _judged_in(settled) == _judged_in(source):
            return settled
        if settled is None:
            settled = ItemReview(reading=consensus, item=score.item, revision=0)
        check_revision(settled, revision)
        settled.is_confidential = source.is_confidential
        settled.reviewed_by, settled.reviewed_at = by, timezone.now()
        settled.revision += 1
        settled.save()
        settled.judgements.all().delete()
        DigitJudgement.objects.bulk_create(
            DigitJudgement(
                item_review=settled,
                objective=row.objective,
                criterion=row.criterion,
                digit=row.digit,
                reason=row.reason,
                quote=row.quote,
            )
            for row in source.judgements.all()
        )
        record_reading("item.reviewed", assessment, consensus, by, items=[item])
    return settled


def _judged_in(review: ItemReview) -> set[tuple[str, int, str, str]]:
    return {(row.criterion, row.digit, row.reason, row.quote) for row in review.judgements.all()}
