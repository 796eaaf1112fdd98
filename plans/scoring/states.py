"""From choice, level and quotes to the state, the proposal and "worth a look" (§3).

A choice never changes a level; a level only tells apart what was retained.
"""

from plans.scoring.enums import Choice, LookReason, State
from plans.scoring.types import Decision, Digits


def is_motivated(decision: Decision) -> bool:
    """Whether a motivation is complete: a reason code and a non-blank line.

    The pointer ("covered under which") never matters, nor does what a reviewer asked about it.
    """
    return decision.reason is not None and bool(decision.line.strip())


def is_documented(decision: Decision, has_quote: bool) -> bool:
    """Whether regular policing is shown: a non-blank line, or an accepted passage."""
    return has_quote or bool(decision.line.strip())


def state_of(decision: Decision, level: int, has_quote: bool) -> State:
    """The one state of an item (docs/scoring.md §3)."""
    match decision.choice:
        case Choice.RETAINED:
            return State.ELABORATED if level >= 2 else State.TO_ELABORATE
        case Choice.REGULAR if is_documented(decision, has_quote):
            return State.REGULAR
        case Choice.NOT_RETAINED if is_motivated(decision) and not decision.has_open_clarification:
            return State.MOTIVATED
        case _:
            return State.OPEN


def proposal_for(choice: Choice, has_evidence: bool, digits: Digits) -> Choice | None:
    """The choice to confirm for an undecided item with evidence, else None.

    With a goal: retained. With evidence but no goal, even evidence that earns nothing: regular.
    """
    if choice is not Choice.UNDECIDED or not has_evidence:
        return None
    return Choice.RETAINED if digits.G else Choice.REGULAR


def worth_a_look(
    decision: Decision, level: int, digits: Digits, *, has_quote: bool, has_gone_quote: bool
) -> tuple[LookReason, ...]:
    """Why the item deserves a second look, in the order of the reasons; empty for most.

    A clarification that waits for an answer and a quote that is gone are told whatever was chosen; the
    quote once, however many are gone.
    """
    asked = (LookReason.CLARIFICATION_ASKED,) if decision.has_open_clarification else ()
    gone = (LookReason.QUOTE_GONE,) if has_gone_quote else ()
    return (*_in_choice(decision, level, digits, has_quote), *asked, *gone)


def _in_choice(decision: Decision, level: int, digits: Digits, has_quote: bool) -> tuple[LookReason, ...]:
    """Where the choice does not go with what the plan shows."""
    match decision.choice:
        case Choice.RETAINED if digits.G == 0:
            return (LookReason.RETAINED_WITHOUT_OBJECTIVE,)
        case Choice.NOT_RETAINED if level >= 2:
            return (LookReason.NOT_RETAINED_BUT_ELABORATED,)
        case Choice.REGULAR if not is_documented(decision, has_quote):
            return (LookReason.REGULAR_WITHOUT_LINE,)
        case _:
            return ()
