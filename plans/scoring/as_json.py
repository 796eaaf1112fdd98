"""A score as plain JSON data: the shape that exports and snapshots keep.

Uncensored like the score itself; leaving out what a reader may not see comes before this.
"""

from typing import Any

from plans.scoring.enums import PieceKind
from plans.scoring.types import Advice, Evidence, ItemScore, PlanScore


def score_as_json(score: PlanScore) -> dict[str, Any]:
    """The score as dicts, lists, strings, integers and None, keys in a fixed order."""
    return {
        "plan": score.plan,
        "edition": score.edition,
        "rubric": score.rubric,
        "states": {state.value: count for state, count in score.states().items()},
        "items": [_item(item) for item in score.items],
    }


def _item(score: ItemScore) -> dict[str, Any]:
    return {
        "code": score.item,
        "choice": score.choice.value,
        "state": score.state.value,
        "level": score.level,
        "digits": score.digits.as_dict(),
        "objective": score.objective,
        "reach": score.reach,
        "advice": [_advice(advice) for advice in score.advice],
        "evidence": [_evidence(evidence) for evidence in score.evidence],
    }


def _advice(advice: Advice) -> dict[str, Any]:
    return {
        "kind": advice.kind.value,
        "criterion": None if advice.criterion is None else advice.criterion.value,
        "missing": [element.value for element in advice.missing],
        "objective": advice.objective,
        "level": advice.level,
        "objectives": list(advice.objectives),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "criterion": evidence.criterion.value,
        "elements": [element.value for element in evidence.elements],
        "quote": evidence.quote,
        "where": place(evidence),
    }


def place(evidence: Evidence) -> str:
    """Where it stands: "objective 1", "action 1.2", "page 12" (without a page: "passage 4")."""
    if evidence.kind is PieceKind.PASSAGE and evidence.page is not None:
        return f"page {evidence.page}"
    return f"{evidence.kind.value} {evidence.where}"
