"""What would help next after a review: advice under the digits that reviewers gave (docs/scoring.md §5).

The derived advice is never changed. Not here: what the judgements make of levels and digits (review.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from plans.scoring.advice import Standing, advise
from plans.scoring.enums import Choice
from plans.scoring.review import Judgement, review_objectives
from plans.scoring.scorer import pieces_by_item, pieces_in_text, standing_of
from plans.scoring.types import Advice, PlanInput


def reviewed_advice(
    plan: PlanInput, judged: Mapping[str, Iterable[Judgement]]
) -> dict[str, tuple[Advice, ...]]:
    """Code → the advice under these judgements, for the retained items among `judged`.

    What closes an open item does not depend on digits: for it the derived advice holds. Raises KeyError for
    an unknown item, and ValueError as `review_item` does.
    """
    items = {item.code: item for item in plan.items}
    naming = pieces_by_item(plan.items, pieces_in_text(plan))
    retained = {row.item: row for row in plan.decisions if row.choice is Choice.RETAINED}
    return {
        code: advise(_as_reviewed(standing_of(items[code], naming[code], retained[code]), judgements))
        for code, judgements in judged.items()
        if code in retained
    }


def _as_reviewed(standing: Standing, judgements: Iterable[Judgement]) -> Standing:
    """The same pieces, under the digits and in the order that the judgements give their objectives."""
    reviewed = review_objectives([one.result for one in standing.considered], judgements)
    by_number = {one.result.number: one for one in standing.considered}
    considered = tuple(replace(by_number[level.number], result=level) for level in reviewed.objective_levels)
    return replace(standing, digits=reviewed.digits, considered=considered)
