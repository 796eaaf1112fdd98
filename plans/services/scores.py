"""Storing what the scorer says. Called inside the transaction of the change that caused it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from plans import scoring
from plans.models import Assessment, ItemScore
from plans.planformat import PlanContent
from plans.planformat.snapshot import plain_score
from plans.selectors.scoring_input import scoring_input_of, scoring_items

#: What stands in columns of ItemScore; the rest of the scorer's answer goes into `detail`.
COLUMNS = ("state", "level", "objective", "reach", "digits")
#: What a finished review adds (services.concluding).
REVIEWED_COLUMNS = ("reviewed_level", "reviewed_objective", "reviewed_digits", "reviewed_advice")
LEFT_OUT = {"item", "kind", "choice"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored score that is not what the scorer says now."""

    assessment: int
    item: str
    stored: Any
    computed: Any


def score_of(assessment: Assessment, content: PlanContent | None = None) -> scoring.PlanScore:
    """The score as the rows stand now, or that of `content`; nothing is stored."""
    return scoring.score_plan(scoring_input_of(assessment, scoring_items(assessment.edition), content))


def store_scores(*, assessment: Assessment, content: PlanContent | None = None) -> None:
    """Score an assessment and store what differs. The caller holds its lock and its transaction.

    `content` is what is stored of the plan, for a caller that knows it without asking.
    """
    score = score_of(assessment, content)
    stored = {row.item_code: row for row in assessment.scores.annotate(item_code=F("item__code"))}
    fresh, changed = [], []
    for item in score.items:
        row = stored.get(item.item)
        if row is None:
            fresh.append(plain_score(item))
        elif _stored_row(row) != (values := _row(plain_score(item))):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    if fresh:
        ids = dict(assessment.edition.items.values_list("code", "pk"))
        ItemScore.objects.bulk_create([new_row(assessment, one, ids[one["item"]]) for one in fresh])
    ItemScore.objects.bulk_update(changed, [*COLUMNS, "detail"])
    set_summary(assessment, score, timezone.now())
    assessment.save(update_fields=["rubric", "summary", "scored_at"])


def new_row(assessment: Assessment, values: dict[str, Any], item_id: int) -> ItemScore:
    """The row of an item that has no score yet, not stored; `values` is its score as plain values."""
    return ItemScore(assessment=assessment, item_id=item_id, **_row(values))


def set_summary(assessment: Assessment, score: scoring.PlanScore, now: datetime) -> None:
    """Set what the assessment itself says of its score; the caller stores it."""
    assessment.rubric = score.rubric
    assessment.summary = summary_of(score)
    assessment.scored_at = now


def summary_of(score: scoring.PlanScore) -> dict[str, Any]:
    """What the scorer says of the plan as a whole, as JSON.

    Without what is worth a look there: it depends on the editions, which change without the plan.
    """
    return {
        "own_priorities": list(score.own_priorities),
        "grid": [list(pair) for pair in score.grid],
    }


def differences(assessment: Assessment) -> Iterator[Difference]:
    """Where the stored scores differ from the computed ones (`rescore --check`)."""
    score = score_of(assessment)
    stored = {row.item_code: row for row in assessment.scores.annotate(item_code=F("item__code"))}
    for item in score.items:
        row = stored.pop(item.item, None)
        if row is None or _stored_row(row) != _row(plain_score(item)):
            yield Difference(assessment.pk, item.item, row and _stored_row(row), _row(plain_score(item)))
    for code, row in stored.items():
        yield Difference(assessment.pk, code, _stored_row(row), None)
    if assessment.summary != summary_of(score):
        yield Difference(assessment.pk, "plan", assessment.summary, summary_of(score))


def _row(values: dict[str, Any]) -> dict[str, Any]:
    """The columns and detail of an item's score, as they come back from the database."""
    values = {name: value for name, value in values.items() if name not in LEFT_OUT}
    values["objective"] = values["objective"] or ""
    columns = {name: values.pop(name) for name in COLUMNS}
    return {**columns, "detail": values}


def _stored_row(row: ItemScore) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*COLUMNS, "detail")}
