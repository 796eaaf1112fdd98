"""The scoring method: evidence in, explained levels out (docs/scoring.md).

Pure Python: no Django, no database, integers only. `score_plan` is the way in, `review_item` applies a
reviewer's judgements to what it says, `reviewed_advice` to what it advises, `ordinal_alpha` compares two
readers; the rest are their words and dataclasses.
"""

from plans.scoring.agreement import MIN_ITEMS, Alpha, Band, NoAlpha, alpha_per_criterion, ordinal_alpha
from plans.scoring.as_json import score_as_json
from plans.scoring.elements import (
    action_elements,
    diagnosis_elements,
    indicator_elements,
    objective_elements,
)
from plans.scoring.enums import (
    AdviceKind,
    ChainLink,
    Choice,
    Criterion,
    Element,
    ItemKind,
    LookReason,
    PieceKind,
    Reason,
    State,
)
from plans.scoring.review import (
    ChangedDigit,
    Judgement,
    ReviewedItem,
    review_item,
    review_objectives,
)
from plans.scoring.reviewed_advice import reviewed_advice
from plans.scoring.scorer import RUBRIC_VERSION, score_plan
from plans.scoring.types import (
    Advice,
    Decision,
    Digits,
    Evidence,
    Item,
    ItemScore,
    Naming,
    ObjectiveLevel,
    Piece,
    PlanInput,
    PlanScore,
)

__all__ = [
    "MIN_ITEMS",
    "RUBRIC_VERSION",
    "Advice",
    "AdviceKind",
    "Alpha",
    "Band",
    "ChainLink",
    "ChangedDigit",
    "Choice",
    "Criterion",
    "Decision",
    "Digits",
    "Element",
    "Evidence",
    "Item",
    "ItemKind",
    "ItemScore",
    "Judgement",
    "LookReason",
    "Naming",
    "NoAlpha",
    "ObjectiveLevel",
    "Piece",
    "PieceKind",
    "PlanInput",
    "PlanScore",
    "Reason",
    "ReviewedItem",
    "State",
    "action_elements",
    "alpha_per_criterion",
    "diagnosis_elements",
    "indicator_elements",
    "objective_elements",
    "ordinal_alpha",
    "review_item",
    "review_objectives",
    "reviewed_advice",
    "score_as_json",
    "score_plan",
]
