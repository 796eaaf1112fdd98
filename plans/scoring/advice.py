"""What would help next, as data (docs/scoring.md §3): only for retained and for open items.

For a retained item what its best objective lacks for the next level; for an open item what
would close it. The most useful step comes first: bringing together what is already written,
then the criteria in the order in which they build on each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.scoring.criteria import OWN, criteria_of, missing_for_chain, missing_within
from plans.scoring.enums import AdviceKind, Choice, Criterion, Element, PieceKind, State
from plans.scoring.levels import MAX_LEVEL, gates_of, level_of
from plans.scoring.objectives import ConsideredObjective, JudgedPiece
from plans.scoring.states import is_motivated
from plans.scoring.types import Advice, Decision, Digits


@dataclass(frozen=True, slots=True)
class Standing:
    """All that advice on one item depends on; `considered` is best first, never empty."""

    decision: Decision
    state: State
    digits: Digits
    considered: tuple[ConsideredObjective, ...]
    on_diagnosis: tuple[JudgedPiece, ...]
    has_evidence: bool

    @property
    def best(self) -> ConsideredObjective:
        """The objective that earned the level."""
        return self.considered[0]


def advise(standing: Standing) -> tuple[Advice, ...]:
    """The item's advice, the most useful step first; empty where nothing is asked."""
    if standing.decision.choice is Choice.RETAINED:
        return (*_bring_together(standing), *_next_level(standing))
    if standing.state is State.OPEN:
        return tuple(
            Advice(kind, None, (), standing.best.result.number, None) for kind in _closing_steps(standing)
        )
    return ()


def _closing_steps(standing: Standing) -> tuple[AdviceKind, ...]:
    """All that it takes before an open item is no longer open."""
    match standing.decision.choice:
        case Choice.NOT_RETAINED:
            complete = () if is_motivated(standing.decision) else (AdviceKind.COMPLETE_MOTIVATION,)
            is_asked = standing.decision.has_open_clarification
            return (*complete, AdviceKind.ANSWER_CLARIFICATION) if is_asked else complete
        case Choice.REGULAR:
            return (AdviceKind.ADD_LINE,)
        case _ if standing.has_evidence:
            return (AdviceKind.CONFIRM_PROPOSAL,)
        case _:
            return (AdviceKind.CHOOSE,)


def _bring_together(standing: Standing) -> tuple[Advice, ...]:
    """Where the item's digits pass gates that no single objective passes."""
    best = standing.best.result
    possible = level_of(standing.digits)
    if possible <= best.level:
        return ()
    numbers: dict[str | None, None] = {best.number: None}
    for criterion, least in gates_of(possible).items():
        if getattr(best.digits, criterion) >= least:
            continue
        holder = next(
            one.result for one in standing.considered if getattr(one.result.digits, criterion) >= least
        )
        numbers[holder.number] = None
    return (Advice(AdviceKind.BRING_TOGETHER, None, (), best.number, possible, tuple(numbers)),)


def _next_level(standing: Standing) -> tuple[Advice, ...]:
    best = standing.best.result
    if best.level == MAX_LEVEL:
        return ()
    level = best.level + 1
    if level == 2 and best.digits.G and not standing.digits.A and _missing(standing, Criterion.ACTIONS, 1):
        # Action plans come later than the strategic plan: nothing is wrong here.
        missing = (Element.ACTION,)
        return (Advice(AdviceKind.ACTION_PLAN, Criterion.ACTIONS, missing, best.number, level),)
    return tuple(
        _step(standing, criterion, least, level)
        for criterion, least in gates_of(level).items()
        if getattr(best.digits, criterion) < least
    )


def _step(standing: Standing, criterion: Criterion, digit: int, level: int) -> Advice:
    missing = _missing(standing, criterion, digit)
    return Advice(
        # No element is missing, and still the digit is not given: only a reviewer does so, and says why.
        AdviceKind.ELABORATE if missing else AdviceKind.AS_REVIEWED,
        criterion,
        missing,
        # The diagnosis is the item's, no objective's.
        None if criterion is Criterion.DIAGNOSIS else standing.best.result.number,
        level,
    )


def _missing(standing: Standing, criterion: Criterion, digit: int) -> tuple[Element, ...]:
    if criterion is Criterion.CHAIN:
        return missing_for_chain(standing.best.has_partner, len(standing.best.links), digit)
    if criterion is Criterion.DIAGNOSIS:
        return _missing_nearest(standing.on_diagnosis, criterion, digit)
    return _missing_nearest(standing.best.pieces, criterion, digit)


def _missing_nearest(pieces: Sequence[JudgedPiece], criterion: Criterion, digit: int) -> tuple[Element, ...]:
    """What the nearest piece lacks: fewest missing, then plan order; everything without pieces.

    Near is an entry of the criterion's own kind, or a passage that stands under the criterion:
    a passage that happens to hold a deadline is not almost a goal.
    """
    near = (
        judged.piece.elements
        for judged in pieces
        if criterion in criteria_of(judged.piece.kind)
        and (
            judged.piece.kind is not PieceKind.PASSAGE or not judged.piece.elements.isdisjoint(OWN[criterion])
        )
    )
    return min(
        (missing_within(criterion, elements, digit) for elements in near),
        key=len,
        default=missing_within(criterion, frozenset(), digit),
    )
