"""Which items a zone shows to others as a good example: well worked out, and with nothing to hide."""

from collections.abc import Iterator

from plans.fiction.dice import Dice
from plans.fiction.files import CycleShares
from plans.fiction.reviews import PlannedReview, hidden_items
from plans.planformat import PlanContent
from plans.scoring import PlanScore
from plans.scoring.review import review_item

#: What is lower is no example (plans.selectors.good_examples).
LEAST_LEVEL = 3


def choose_examples(
    content: PlanContent, score: PlanScore, review: PlannedReview | None, shares: CycleShares, dice: Dice
) -> tuple[str, ...]:
    """One or two items of the latest shared version, in the edition's order; often none."""
    possible = list(_possible(content, score, review))
    if not possible or not dice.chance(shares.examples, "examples"):
        return ()
    chosen = dice.shuffled(possible, "which examples")[: dice.between(1, 2, "how many examples")]
    return tuple(code for code in possible if code in chosen)


def _possible(content: PlanContent, score: PlanScore, review: PlannedReview | None) -> Iterator[str]:
    is_finished = review is not None and review.finished_at is not None
    judged = {one.item: one.judgements() for one in review.items} if is_finished else {}
    hidden = hidden_items(content)
    objectives = {objective.number: objective for objective in content.objectives}
    for item in score.items:
        reviewed = review_item(item, judged.get(item.item, ()))
        objective = objectives.get(reviewed.objective)
        if reviewed.level < LEAST_LEVEL or objective is None:
            continue
        named = [objective.items, *(action.items for action in objective.actions)]
        if not hidden & {one.item for names in named for one in names}:
            yield item.item
