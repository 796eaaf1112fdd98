"""What readings make of the items of an assessment: from stored judgements to plans.scoring.review.

Reviewers are always outside the zone: what is wholly confidential is never reviewed. Not here: who may see a
reading (querysets), what a page shows (selectors.review).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from plans import rules
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


def items_hidden_from(user, assessment: Assessment, scores: Iterable[ItemScore]) -> set[str]:
    """Codes of the items of which some words are confidential to this person: evidence or motivation.

    Who cannot read all of an item judges nothing of it: its digits rest on every piece. At most two queries.
    """
    if user is None or rules.has_clearance(user, assessment.version.plan):
        return set()
    silent = assessment.choices.filter(is_motivation_confidential=True)
    motivations = set(silent.order_by().values_list("item", flat=True))
    return {
        score.item.code
        for score in scores
        if score.item_id in motivations or any(piece["is_confidential"] for piece in score.detail["evidence"])
    }


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
    """Item id → what the review as a whole makes of it. At most four queries."""
    settled = settled_reviews(readings_of(assessment))
    return {
        score.item_id: reviewed_item(score, settled[score.item_id])
        for score in judgeable_items(assessment)
        if score.item_id in settled
    }


def settled_reviews(readings: Readings) -> dict[int, ItemReview]:
    """Item id → what counts of several readings: the consensus where there is one, else the first.

    The second alone where the first reader could not read all of the item.
    """
    order = (ReadingKind.SECOND, ReadingKind.FIRST, ReadingKind.CONSENSUS)
    return {item: review for kind in order for item, review in readings.get(kind, {}).items()}


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


def lacking_items(assessment: Assessment, user) -> list[str]:
    """Codes of the items for which `user` cannot finish the review yet, in the edition's order.

    Those that nobody read, but for what is confidential to `user` once something was read at all; with a
    second reading, where both are complete, those read differently without consensus.
    """
    scores, readings = judgeable_items(assessment), readings_of(assessment)
    if ReadingKind.SECOND in readings:
        settled = readings.get(ReadingKind.CONSENSUS, {})
        differing = set(differing_items(scores, readings))
        return [s.item.code for s in scores if s.item.code in differing and s.item_id not in settled]
    read = readings.get(ReadingKind.FIRST, {})
    excused = items_hidden_from(user, assessment, scores) if read else set()
    return [code for code in missing_items(scores, read) if code not in excused]


def left_out_of(assessment: Assessment) -> list[str]:
    """Codes of the items that a finished review came to no level of, in the edition's order. One query."""
    return [score.item.code for score in judgeable_items(assessment) if score.reviewed_level is None]


def considered(score: ItemScore) -> dict[str | None, ObjectiveLevel]:
    """Number → the objective as it was scored for this item; None is the implicit one."""
    return {
        one["number"]: ObjectiveLevel(one["number"], one["level"], Digits(**one["digits"]))
        for one in score.detail["objective_levels"]
    }


def _judgement(row: DigitJudgement) -> Judgement:
    return Judgement(row.objective or None, Criterion(row.criterion), row.digit)
