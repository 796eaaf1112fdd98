"""Reviewing a shared version item by item (SCORING section 5).

A reviewer confirms items or puts digits in the place of derived ones, in one reading. The derived score is
never touched. Not here: second readings and consensus (services.readings), remarks (services.remarks),
finishing (services.concluding).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kiv.audit.services import record
from plans import rules
from plans.enums import Choice, Criterion, MotivationVerdict, ReadingKind
from plans.models import Assessment, DigitJudgement, ItemReview, ItemScore, Reading
from plans.planformat import is_blank
from plans.planformat.types import TEXT_LENGTH
from plans.scoring.review import DIGITS
from plans.selectors.reviewed import (
    derived_digits,
    differing_items,
    items_hidden_from,
    judgeable_items,
    readings_of,
)
from plans.services.editing import StaleEdit, check_storable, lock_version
from plans.services.remarks import (
    PartlyConfidential,
    ask_clarification,
    asks_nothing_new,
    withdraw_clarification,
)
from plans.workflow import Act


class ReadingClosed(Exception):
    """The reading is complete, or belongs to somebody else: nothing can be added to it."""


@dataclass(frozen=True, slots=True)
class JudgedDigit:
    """A digit that a reviewer gives instead of the derived one. Raising it needs a quote."""

    criterion: str
    digit: int
    reason: str
    quote: str = ""


@contextmanager
def reviewing(assessment: Assessment, *, by) -> Iterator[None]:
    """The frame of every act of a reviewer: lock, who, when; all or nothing."""
    with transaction.atomic():
        lock_version(assessment.version)
        rules.check_can(by, assessment.version, Act.REVIEW)
        yield


def review_item(
    *,
    assessment: Assessment,
    item: str,
    judged: Sequence[JudgedDigit] = (),
    motivation: str = "",
    clarification: str = "",
    is_confidential: bool = False,
    revision: int = 0,
    kind: str = ReadingKind.FIRST,
    by,
) -> ItemReview:
    """Confirm an item, or change digits of the objective that earned its level.

    `revision` is that of the review as it was read, 0 for none. A digit judged to be what it is changes
    nothing. `motivation` is said of what was not retained, in the first reading; a clarification asks
    `clarification` as a remark, and no remark takes one back that is still open. Raises rules.NotAllowed,
    rules.WrongMoment, ReadingClosed, PartlyConfidential, StaleEdit, and ValidationError by the field:
    `digit_C`, `reason_C`, `quote_C` (C the criterion), `motivation`, `clarification`.
    """
    with reviewing(assessment, by=by):
        reading = reading_to_write(assessment, kind, by)
        score = _score_to_judge(assessment, item, reading, by)
        stored = reading.items.filter(item=score.item).first()
        asked = clarification if motivation == MotivationVerdict.CLARIFICATION else ""
        if (
            stored is not None
            and _says_the_same(stored, score, judged, motivation, is_confidential)
            and asks_nothing_new(assessment=assessment, item=score.item, text=asked)
        ):
            return stored
        if (stored.revision if stored else 0) != revision:
            raise StaleEdit(stored or ItemReview(reading=reading, item=score.item, revision=0))
        changes = _checked(score, judged)
        review = stored or ItemReview(reading=reading, item=score.item, revision=0)
        review.motivation = _checked_motivation(assessment, reading, score, motivation)
        review.is_confidential = is_confidential
        review.reviewed_by, review.reviewed_at = by, timezone.now()
        review.revision += 1
        review.save()
        review.judgements.all().delete()
        DigitJudgement.objects.bulk_create(
            DigitJudgement(item_review=review, objective=objective, **values) for objective, values in changes
        )
        if review.motivation == MotivationVerdict.CLARIFICATION:
            ask_clarification(
                assessment=assessment,
                item=score.item,
                text=clarification,
                is_confidential=is_confidential,
                by=by,
            )
        elif kind == ReadingKind.FIRST:
            withdraw_clarification(assessment=assessment, item=score.item, by=by)
        record_reading("item.reviewed", assessment, reading, by, items=[item])
    return review


def confirm_items(
    *, assessment: Assessment, items: Sequence[str], kind: str = ReadingKind.FIRST, by
) -> list[str]:
    """Confirm those of `items` that nobody has reviewed yet in this reading; their codes.

    Without those of which a motivation is judged, which is read one by one, and those of which something is
    confidential to `by`. One event for all. Raises rules.NotAllowed (also for an item that does not exist for
    `by`), rules.WrongMoment and ReadingClosed.
    """
    with reviewing(assessment, by=by):
        reading = reading_to_write(assessment, kind, by)
        known = {score.item.code: score for score in judgeable_items(assessment)}
        if not set(items) <= set(known):
            raise rules.NotAllowed
        apart = set(reading.items.values_list("item__code", flat=True))
        apart |= items_hidden_from(by, assessment, known.values())
        if reading.kind == ReadingKind.FIRST:
            apart |= set(
                assessment.choices.filter(choice=Choice.NOT_RETAINED).values_list("item__code", flat=True)
            )
        wanted = [code for code in known if code in set(items) - apart]
        ItemReview.objects.bulk_create(
            ItemReview(
                reading=reading,
                item=known[code].item,
                reviewed_by=by,
                reviewed_at=timezone.now(),
            )
            for code in wanted
        )
        if wanted:
            record_reading("item.reviewed", assessment, reading, by, items=wanted)
    return wanted


def take_back(*, assessment: Assessment, item: str, kind: str = ReadingKind.FIRST, by) -> None:
    """Forget what was said of an item in this reading; a clarification that it asked is withdrawn.

    Raises rules.NotAllowed, rules.WrongMoment, ReadingClosed and PartlyConfidential.
    """
    with reviewing(assessment, by=by):
        reading = reading_to_write(assessment, kind, by)
        review = reading.items.filter(item__code=item).select_related("item").first()
        if review is None:
            return
        if item in items_hidden_from(by, assessment, judgeable_items(assessment)):
            raise PartlyConfidential
        if kind == ReadingKind.FIRST:
            withdraw_clarification(assessment=assessment, item=review.item, by=by)
        record_reading("item.reopened", assessment, reading, by, items=[item])
        review.delete()


def reading_to_write(assessment: Assessment, kind: str, by) -> Reading:
    """The open reading of this kind, for somebody who may write in it. Inside a review.

    The first and the consensus are opened when asked for. Who reads the second writes in no first reading.
    Raises rules.NotAllowed, and ReadingClosed: it is complete, or not yet time for a consensus.
    """
    readings = {reading.kind: reading for reading in assessment.readings.all()}
    second = readings.get(ReadingKind.SECOND)
    is_second_reader = second is not None and second.reader_id == by.pk
    allowed = {
        ReadingKind.FIRST: not is_second_reader,
        ReadingKind.SECOND: is_second_reader,
        ReadingKind.CONSENSUS: second is not None,
    }
    if not allowed[ReadingKind(kind)]:
        raise rules.NotAllowed
    if kind == ReadingKind.CONSENSUS:
        pair = [readings.get(each) for each in (ReadingKind.FIRST, ReadingKind.SECOND)]
        if any(each is None or each.completed_at is None for each in pair):
            raise ReadingClosed
    reading = readings.get(kind)
    if reading is None:
        reading = Reading.objects.create(
            assessment=assessment, kind=kind, reader=by, opened_at=timezone.now()
        )
        if kind == ReadingKind.CONSENSUS:
            record_reading("reading.consensus_opened", assessment, reading, by)
        else:
            record_reading("reading.opened", assessment, reading, by)
    if reading.completed_at is not None:
        raise ReadingClosed
    return reading


def _score_to_judge(assessment: Assessment, item: str, reading: Reading, by) -> ItemScore:
    """The item's score. A wholly confidential item does not exist for reviewers."""
    scores = judgeable_items(assessment)
    score = next((row for row in scores if row.item.code == item), None)
    if score is None:
        raise rules.NotAllowed
    if reading.kind == ReadingKind.CONSENSUS and item not in differing_items(scores, readings_of(assessment)):
        raise ReadingClosed
    if item in items_hidden_from(by, assessment, scores):
        raise PartlyConfidential
    return score


def _checked(score: ItemScore, judged: Sequence[JudgedDigit]) -> list[tuple[str, dict[str, object]]]:
    """(objective, values) of each digit that differs from the derived one. Raises ValidationError."""
    derived = derived_digits(score)
    errors: dict[str, str] = {}
    changes = []
    for one in judged:
        check_storable({"reason": one.reason, "quote": one.quote})
        if one.criterion not in Criterion.values or one.digit not in DIGITS:
            errors[f"digit_{one.criterion}"] = "one of the six criteria, 0, 1 or 2"
            continue
        if one.digit == derived[one.criterion]:
            continue
        if is_blank(one.reason) or len(one.reason) > TEXT_LENGTH:
            errors[f"reason_{one.criterion}"] = "a reason"
        if len(one.quote) > TEXT_LENGTH or (one.digit > derived[one.criterion] and is_blank(one.quote)):
            errors[f"quote_{one.criterion}"] = "a quote for a digit that is raised"
        objective = "" if one.criterion == Criterion.DIAGNOSIS else score.objective
        values = {"criterion": one.criterion, "digit": one.digit}
        changes.append((objective, values | {"reason": one.reason.strip(), "quote": one.quote.strip()}))
    if len({one.criterion for one in judged}) != len(judged):
        errors["judged"] = "each criterion once"
    if errors:
        raise ValidationError(errors)
    return changes


def _checked_motivation(assessment: Assessment, reading: Reading, score: ItemScore, motivation: str) -> str:
    """What is said of the motivation; nothing where there is none to speak of."""
    choice = assessment.choices.filter(item=score.item).values_list("choice", flat=True).first()
    if choice != Choice.NOT_RETAINED or reading.kind != ReadingKind.FIRST:
        if motivation == MotivationVerdict.CLARIFICATION:
            raise ValidationError({"motivation": "only of what was not retained, in the first reading"})
        return ""
    if motivation not in MotivationVerdict.values:
        raise ValidationError({"motivation": "no remark, or a clarification"})
    return motivation


def _says_the_same(
    stored: ItemReview,
    score: ItemScore,
    judged: Sequence[JudgedDigit],
    motivation: str,
    is_confidential: bool,
) -> bool:
    """Whether a second click sends what is stored already: that is no conflict."""
    derived = derived_digits(score)
    given = {one.criterion: (one.digit, one.reason.strip(), one.quote.strip()) for one in judged}
    changed = {criterion: value for criterion, value in given.items() if value[0] != derived.get(criterion)}
    known = {row.criterion: (row.digit, row.reason, row.quote) for row in stored.judgements.all()}
    return changed == known and (stored.motivation, stored.is_confidential) == (motivation, is_confidential)


def record_reading(event: str, assessment: Assessment, reading: Reading, by, **data: object) -> None:
    """The event of an act in a reading, with the version and the kind of reading."""
    version = assessment.version
    record(
        event,
        by=by,
        on=reading,
        zone_id=version.plan.zone_id,
        plan=version.plan_id,
        number=version.number,
        reading=reading.kind,
        **data,
    )
