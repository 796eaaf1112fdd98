"""A score as lines of text for the command line: one per item, its evidence under it.

Uncensored, in the stable English words of the format (docs/plan-format.md). The pages have their own words.
"""

from collections.abc import Iterator

from plans.scoring import Advice, AdviceKind, Evidence, ItemScore, PlanScore
from plans.scoring.as_json import place

QUOTE_LENGTH = 90


def score_lines(score: PlanScore) -> Iterator[str]:
    """The whole check: header, states, items with their evidence, what is not compared."""
    yield f"{score.plan} · {score.edition} · rubric {score.rubric}"
    yield " · ".join(f"{count} {state}" for state, count in score.states().items())
    code = max((len(item.item) for item in score.items), default=0)
    choice = max((len(item.choice) for item in score.items), default=0)
    state = max((len(item.state) for item in score.items), default=0)
    for item in score.items:
        yield (
            f"{item.item:<{code}}  {item.choice:<{choice}}  {item.state:<{state}}  level {item.level}"
            f"  {item.digits}  {_origin(item)}{_reach(item)}{_next_step(item)}"
        )
        for evidence in item.evidence:
            yield f"{'':<{code}}    {_evidence_line(evidence)}"
        for reason in item.worth_a_look:
            yield f"{'':<{code}}    worth a look: {reason}"
    if score.own_priorities:
        yield f"not compared: objective {', '.join(score.own_priorities)}"
    for reason in score.worth_a_look:
        yield f"worth a look: {reason}"


def _origin(item: ItemScore) -> str:
    """Which objective earned the level; passages together have no number."""
    if item.objective is not None:
        return f"objective {item.objective}"
    return "passages" if any(evidence.kind == "passage" for evidence in item.evidence) else "–"


def _reach(item: ItemScore) -> str:
    return "" if item.reach is None else f"  applied on {item.reach}"


def _next_step(item: ItemScore) -> str:
    return f"  next: {advice_words(item.advice[0])}" if item.advice else ""


def advice_words(advice: Advice) -> str:
    """One next step in words, such as "objective 2, G: add due"."""
    where = "" if advice.objective is None else f"objective {advice.objective}"
    missing = ", ".join(advice.missing)
    match advice.kind:
        case AdviceKind.BRING_TOGETHER:
            numbers = ", ".join(number or "passages" for number in advice.objectives)
            return f"bring together {numbers} for level {advice.level}"
        case AdviceKind.ACTION_PLAN:
            return f"{where or 'passages'}: to be elaborated in the action plan"
        case AdviceKind.ELABORATE:
            return f"{', '.join(part for part in (where, str(advice.criterion)) if part)}: add {missing}"
        case AdviceKind.AS_REVIEWED:
            return f"{', '.join(part for part in (where, str(advice.criterion)) if part)}: as the review asks"
        case AdviceKind.CONFIRM_PROPOSAL:
            return "confirm the proposal"
        case AdviceKind.CHOOSE:
            return "choose or motivate"
        case AdviceKind.COMPLETE_MOTIVATION:
            return "complete the motivation"
        case AdviceKind.ANSWER_CLARIFICATION:
            return "answer the clarification"
        case AdviceKind.ADD_LINE:
            return "say in one line what is done"


def _evidence_line(evidence: Evidence) -> str:
    words = " ".join(evidence.quote.split())
    quote = words if len(words) <= QUOTE_LENGTH else f"{words[: QUOTE_LENGTH - 1]}…"
    hidden = " (confidential)" if evidence.is_confidential else ""
    elements = ", ".join(evidence.elements)
    return f"{evidence.criterion}{evidence.digit} {elements} · {place(evidence)}{hidden}: {quote}"
