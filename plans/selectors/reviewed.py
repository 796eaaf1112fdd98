"""What readings make of the items of an assessment: from stored judgements to plans.scoring.review.

Reviewers are always outside the zone: what is wholly confidential is never reviewed. Not here: who may see a
reading (querysets), what a page shows (selectors.review).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from plans.enums import Criterion, ReadingKind
from plans.models import Assessment, DigitJudgement, ItemReview, ItemScore
from plans.scoring import Digits, ObjectiveLevel
from plans.scoring.review import Judgement, ReviewedItem, review_objectives

#: Kind of reading → item id → what was said of the item, judgements at hand.
Readings = Mapping[str, Mapping[int, ItemReview]]


def judgeable_items(assessment: Assessment) -> list[ItemScore]:
    """The scores of the items that can be reviewed, with their items, in the edition's order. One query."""
    hidden = assessment.choices.filter(is_item_confidential=True).values("item")
    scores = assessment.scores.exclude(item__in=hidden).select_related("item")
    return list(scores.order_by("item__position"))


def readings_of(assessment: Assessment) -> dict[str, dict[int, ItemReview]]:
    """Everything that was read, uncensored; a kind without a reading is not there. At most three queries."""
    readings = {reading.pk: reading.kind for reading in assessment.readings.all()}
    found: dict[str, dict[int, ItemReview]] = {kind: {} for kind in readings.values()}
    if readings:
        for row in ItemReview.objects.filter(reading__in=readings).prefetch_related("judgements"):
            found[readings[row.reading_id]][row.item_id] = row
    return found


def derived_digits(score: ItemScore) -> dict[str, int]:
    """The digits that a reviewer judges: of the objective that earned the level, D of the item."""
    return considered(score)[score.objective or None].digits.as_dict()


def read_digits(score: ItemScore, review: ItemReview) -> Digits:
    """Those digits with what one reading put in their place."""
    derived = considered(score)[score.objective or None].digits
    return replace(derived, **{row.criterion: row.digit for row in review.judgements.all()})


def reviewed_item(score: ItemScore, review: ItemReview) -> ReviewedItem:
    """What a reading makes of the item: levels anew over all its objectives (scoring.review)."""
    return review_objectives(tuple(considered(score).values()), map(_judgement, review.judgements.all()))


def review_of(assessment: Assessment) -> dict[int, ReviewedItem]:
    """Item id → what the review as a whole makes of it. At most four queries.

    The consensus where there is one, else the first reading.
    """
    readings = readings_of(assessment)
    settled = {**readings.get(ReadingKind.FIRST, {}), **readings.get(ReadingKind.CONSENSUS, {})}
    return {
        score.item_id: reviewed_item(score, settled[score.item_id])
        for score in judgeable_items(assessment)
        if score.item_id in settled
    }


def missing_items(scores: Iterable[ItemScore], read: Mapping[int, ItemReview]) -> list[str]:
    """Codes of the items that a reading has not come to yet."""
    return [score.item.code for score in scores if score.item_id not in read]


def differing_items(scores: Iterable[ItemScore], readings: Readings) -> list[str]:
    """Codes of the items that were read twice, with different digits."""
    first, second = readings.get(ReadingKind.FIRST, {}), readings.get(ReadingKind.SECOND, {})
    return [
        score.item.code
        for score in scores
        if score.item_id in first
        and score.item_id in second
        and read_digits(score, first[score.item_id]) != read_digits(score, second[score.item_id])
    ]


def lacking_items(assessment: Assessment) -> list[str]:
    """Codes of the items for which the review cannot be finished yet, in the edition's order.

    Not read in the first reading, not in the second where there is one, or differently without consensus.
    """
    scores, readings = judgeable_items(assessment), readings_of(assessment)
    lacking = set(missing_items(scores, readings.get(ReadingKind.FIRST, {})))
    if ReadingKind.SECOND in readings:
        lacking |= set(missing_items(scores, readings[ReadingKind.SECOND]))
    consensus = readings.get(ReadingKind.CONSENSUS, {})
    by_code = {score.item.code: score for score in scores}
    lacking |= {code for code in differing_items(scores, readings) if by_code[code].item_id not in consensus}
    return [code for code in by_code if code in lacking]


def considered(score: ItemScore) -> dict[str | None, ObjectiveLevel]:
    """Number → the objective as it was scored for this item; None is the implicit one."""
    return {
        one["number"]: ObjectiveLevel(one["number"], one["level"], Digits(**one["digits"]))
        for one in score.detail["objective_levels"]
    }


def _judgement(row: DigitJudgement) -> Judgement:
    return Judgement(row.objective or None, Criterion(row.criterion), row.digit)
