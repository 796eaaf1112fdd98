"""A clarification that a reviewer asked and the zone has not answered (docs/scoring.md §3)."""

import dataclasses

import pytest
from hypothesis import given

from plans.management.score_text import score_lines
from plans.scoring import (
    RUBRIC_VERSION,
    AdviceKind,
    Choice,
    Decision,
    LookReason,
    Reason,
    State,
    score_as_json,
    score_plan,
)

from .builders import action, item_score, objective, passage, score
from .strategies import modest, plans

RETAINED, REGULAR, NOT_RETAINED, UNDECIDED = Choice
ASKED = LookReason.CLARIFICATION_ASKED
ELABORATED = (objective("1"), action("1.1"))
COMPLETE, ANSWER = AdviceKind.COMPLETE_MOTIVATION, AdviceKind.ANSWER_CLARIFICATION


def asked(choice, reason=None, line="", *, is_asked=True):
    return [Decision("P1", choice, reason, line, has_open_clarification=is_asked)]


CASES = [
    # choice, reason, line, pieces; state, advice and looks while it is open; state once it is answered
    (NOT_RETAINED, Reason.OTHER, "a line", (), State.OPEN, [ANSWER], (ASKED,), State.MOTIVATED),
    (NOT_RETAINED, Reason.OTHER, " ", (), State.OPEN, [COMPLETE, ANSWER], (ASKED,), State.OPEN),
    (NOT_RETAINED, None, "a line", (), State.OPEN, [COMPLETE, ANSWER], (ASKED,), State.OPEN),
    (
        NOT_RETAINED,
        Reason.OTHER,
        "a line",
        (*ELABORATED, passage("1", is_in_text=False)),
        State.OPEN,
        [ANSWER],
        (LookReason.NOT_RETAINED_BUT_ELABORATED, ASKED, LookReason.QUOTE_GONE),
        State.MOTIVATED,
    ),
    (REGULAR, None, "a line", (), State.REGULAR, [], (ASKED,), State.REGULAR),
    (
        REGULAR,
        None,
        "",
        (),
        State.OPEN,
        [AdviceKind.ADD_LINE],
        (LookReason.REGULAR_WITHOUT_LINE, ASKED),
        State.OPEN,
    ),
    (
        RETAINED,
        None,
        "",
        (objective("1"),),
        State.TO_ELABORATE,
        [AdviceKind.ACTION_PLAN],
        (ASKED,),
        State.TO_ELABORATE,
    ),
    (UNDECIDED, None, "", (), State.OPEN, [AdviceKind.CHOOSE], (ASKED,), State.OPEN),
    (
        UNDECIDED,
        None,
        "",
        ELABORATED,
        State.OPEN,
        [AdviceKind.CONFIRM_PROPOSAL],
        (ASKED,),
        State.OPEN,
    ),
]


@pytest.mark.parametrize(("choice", "reason", "line", "pieces", "state", "advice", "looks", "after"), CASES)
def test_while_it_is_open_and_after(choice, reason, line, pieces, state, advice, looks, after):
    pieces = pieces if any(one.objective for one in pieces) else (objective("1", ""), *pieces)
    waiting = item_score(*pieces, decisions=asked(choice, reason, line))
    assert (waiting.state, waiting.worth_a_look) == (state, looks)
    assert [step.kind for step in waiting.advice] == advice
    answered = item_score(*pieces, decisions=asked(choice, reason, line, is_asked=False))
    assert (answered.state, answered.worth_a_look) == (after, tuple(one for one in looks if one != ASKED))
    assert [step.kind for step in answered.advice] == [step for step in advice if step != ANSWER]


def test_only_its_own_item_waits():
    motivated = [Decision(code, NOT_RETAINED, Reason.OTHER, "x") for code in ("P2", "T1")]
    scored = score(decisions=[*asked(NOT_RETAINED, Reason.OTHER, "x"), *motivated])
    assert {one.item: (one.state, one.worth_a_look) for one in scored.items} == {
        "P1": (State.OPEN, (ASKED,)),
        "P2": (State.MOTIVATED, ()),
        "P3": (State.OPEN, ()),
        "T1": (State.MOTIVATED, ()),
        "T2": (State.OPEN, ()),
    }
    assert scored.worth_a_look == ()


def test_the_step_is_told_as_data_and_on_the_command_line():
    scored = score(decisions=asked(NOT_RETAINED, Reason.OTHER, "x"))
    assert score_as_json(scored)["items"][0]["advice"] == [
        {
            "kind": "answer_clarification",
            "criterion": None,
            "missing": [],
            "objective": None,
            "level": None,
            "objectives": [],
        }
    ]
    lines = list(score_lines(scored))
    (at,) = (n for n, line in enumerate(lines) if line.startswith("P1"))
    assert lines[at].endswith("next: answer the clarification")
    assert lines[at + 1] == "      worth a look: clarification_asked"


def test_the_rubric_is_the_one_from_before():
    assert RUBRIC_VERSION == "1"


@modest
@given(plans())
def test_it_changes_nothing_but_the_state_motivated_and_what_is_said_of_it(plan):
    answered = dataclasses.replace(
        plan,
        decisions=tuple(dataclasses.replace(one, has_open_clarification=False) for one in plan.decisions),
    )
    waiting = {one.item for one in plan.decisions if one.has_open_clarification}
    before, after = score_plan(plan), score_plan(answered)
    assert dataclasses.replace(before, items=after.items) == after
    for one, done in zip(before.items, after.items, strict=True):
        assert (done.worth_a_look.count(ASKED), one.worth_a_look.count(ASKED)) == (0, one.item in waiting)
        if one.item in waiting and done.state is State.MOTIVATED:
            assert one.state is State.OPEN
        else:
            assert one.state is done.state
        plain = {"state": done.state, "advice": done.advice, "worth_a_look": done.worth_a_look}
        assert dataclasses.replace(one, **plain) == done
        assert tuple(step for step in one.advice if step.kind is not ANSWER) == done.advice
