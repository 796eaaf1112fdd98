"""The scoring method: evidence in, explained levels out (docs/scoring.md).

Pure Python: no Django, no database, integers only. `score_plan` is the way in; the rest are its
words and its dataclasses.
"""

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
    "RUBRIC_VERSION",
    "Advice",
    "AdviceKind",
    "ChainLink",
    "Choice",
    "Criterion",
    "Decision",
    "Digits",
    "Element",
    "Evidence",
    "Item",
    "ItemKind",
    "ItemScore",
    "LookReason",
    "Naming",
    "ObjectiveLevel",
    "Piece",
    "PieceKind",
    "PlanInput",
    "PlanScore",
    "Reason",
    "State",
    "action_elements",
    "diagnosis_elements",
    "indicator_elements",
    "objective_elements",
    "score_as_json",
    "score_plan",
]
