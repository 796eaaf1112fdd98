"""Choices, the five states, proposals, worth a look, own priorities (docs/scoring.md §3)."""

import pytest

from plans.scoring import Choice, Decision, ItemKind, LookReason, Reason, State

from .builders import action, diagnosis, full_objective, indicator, item_score, objective, passage, score

RETAINED, REGULAR, NOT_RETAINED, UNDECIDED = Choice
GOAL_AND_ACTION = (objective("1"), action("1.1"))

STATES = [
    # choice, reason, line, pieces, state
    (RETAINED, None, "", (), State.TO_ELABORATE),
    (RETAINED, None, "a line", (objective("1"),), State.TO_ELABORATE),
    (RETAINED, None, "", GOAL_AND_ACTION, State.ELABORATED),
    (RETAINED, None, "", (*full_objective(), diagnosis("1")), State.ELABORATED),
    (REGULAR, None, "", (), State.OPEN),
    (REGULAR, None, " \n", (), State.OPEN),
    (REGULAR, Reason.OTHER, "", (), State.OPEN),
    (REGULAR, None, "daily patrols", (), State.REGULAR),
    (REGULAR, None, "", (passage("1"),), State.REGULAR),
    (REGULAR, None, "", (passage("1", elements="source"),), State.REGULAR),
    (REGULAR, None, "", (passage("1", "P2"),), State.OPEN),
    (REGULAR, None, "", GOAL_AND_ACTION, State.OPEN),
    (REGULAR, None, "", (diagnosis("1"),), State.OPEN),
    (NOT_RETAINED, None, "", (), State.OPEN),
    (NOT_RETAINED, None, "a line", (), State.OPEN),
    (NOT_RETAINED, Reason.CAPACITY, "", (), State.OPEN),
    (NOT_RETAINED, Reason.CAPACITY, " ", (passage("1"),), State.OPEN),
    *((NOT_RETAINED, reason, "a line", (), State.MOTIVATED) for reason in Reason),
    (NOT_RETAINED, Reason.OTHER, "a line", GOAL_AND_ACTION, State.MOTIVATED),
    (UNDECIDED, None, "", (), State.OPEN),
    (UNDECIDED, Reason.OTHER, "a line", GOAL_AND_ACTION, State.OPEN),
]


@pytest.mark.parametrize(("choice", "reason", "line", "pieces", "state"), STATES)
@pytest.mark.parametrize("pointer", ["", "P2"])
def test_state(choice, reason, line, pieces, state, pointer):
    decision = Decision("P1", choice, reason, line, pointer)
    scored = item_score(*pieces, decisions=[decision])
    assert (scored.choice, scored.state) == (choice, state)


def test_an_item_without_decision_is_undecided():
    scored = item_score()
    assert (scored.choice, scored.state) == (UNDECIDED, State.OPEN)


def test_states_are_counted_apart_and_always_all_five():
    decisions = (
        Decision("P1", RETAINED),
        Decision("P2", REGULAR, line="x"),
        Decision("T1", NOT_RETAINED, Reason.OTHER, "x"),
    )
    scored = score(decisions=decisions)
    assert scored.states() == dict(zip(State, (0, 1, 1, 1, 2), strict=True))
    assert scored.states(ItemKind.PRIORITY) == dict(zip(State, (0, 1, 1, 0, 1), strict=True))
    assert scored.states(ItemKind.THEME) == dict(zip(State, (0, 0, 0, 1, 1), strict=True))
    assert list(scored.states()) == list(State)


@pytest.mark.parametrize(
    ("pieces", "proposal"),
    [
        ((), None),
        ((passage("1", elements="capacity"),), REGULAR),
        ((diagnosis("1"),), REGULAR),
        ((indicator("1.1"), objective("1", "")), REGULAR),
        ((action("1.1"), objective("1", "")), REGULAR),
        ((objective("1"),), RETAINED),
        ((passage("1", elements="objective"),), RETAINED),
        (GOAL_AND_ACTION, RETAINED),
    ],
)
def test_proposal(pieces, proposal):
    assert item_score(*pieces).proposal == proposal
    assert item_score(*pieces, decisions=[Decision("P1", UNDECIDED)]).proposal == proposal
    for choice in (RETAINED, REGULAR, NOT_RETAINED):
        assert item_score(*pieces, decisions=[Decision("P1", choice)]).proposal is None


LOOKS = [
    (RETAINED, "", (), LookReason.RETAINED_WITHOUT_OBJECTIVE),
    (RETAINED, "", (objective("1", ""), action("1.1")), LookReason.RETAINED_WITHOUT_OBJECTIVE),
    (RETAINED, "", (objective("1"),), None),
    (RETAINED, "", (passage("1", elements="objective"),), None),
    (NOT_RETAINED, "", GOAL_AND_ACTION, LookReason.NOT_RETAINED_BUT_ELABORATED),
    (NOT_RETAINED, "", (objective("1"),), None),
    (REGULAR, "", (), LookReason.REGULAR_WITHOUT_LINE),
    (REGULAR, "", GOAL_AND_ACTION, LookReason.REGULAR_WITHOUT_LINE),
    (REGULAR, "x", (), None),
    (REGULAR, "", (passage("1"),), None),
    (UNDECIDED, "", (), None),
    (UNDECIDED, "", GOAL_AND_ACTION, None),
]


@pytest.mark.parametrize(("choice", "line", "pieces", "reason"), LOOKS)
def test_worth_a_look(choice, line, pieces, reason):
    scored = item_score(*pieces, decisions=[Decision("P1", choice, line=line)])
    assert scored.worth_a_look == ((reason,) if reason else ())


def test_an_edition_with_a_successor_is_worth_a_look():
    assert score(has_successor=True).worth_a_look == (LookReason.EDITION_SUPERSEDED,)
    assert score().worth_a_look == ()


def test_own_priorities():
    pieces = (
        objective("10", ""),
        objective("2", ""),
        action("2.1", ""),
        objective("3"),
        objective("4", ""),
        action("4.1"),
        objective("5", ""),
        passage("1", objective="5"),
        objective("6", ""),
        indicator("6.1", "T1"),
    )
    assert score(*pieces).own_priorities == ("2", "10")
