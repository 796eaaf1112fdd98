"""Advice: what is missing for the next level, and what would close an open item (§3)."""

import pytest

from plans.scoring import AdviceKind, Choice, Decision, Reason

from .builders import (
    ACTION_2,
    FULL_ACTION,
    GOAL_2,
    INDICATOR_2,
    action,
    diagnosis,
    full_objective,
    indicator,
    item_score,
    objective,
    passage,
)

LEVEL_3 = (
    objective("1", elements=GOAL_2),
    action("1.1", elements=f"{ACTION_2} responsible partner", links="reaction"),
)


def brief(advice):
    """Kind, criterion, missing, objective, level; objectives to bring together when there are."""
    row = [advice.kind.value, advice.criterion and advice.criterion.value, " ".join(advice.missing)]
    row += [advice.objective, advice.level]
    return (*row, advice.objectives) if advice.objectives else tuple(row)


NEXT_LEVEL = [
    # 0 to 1: a goal
    ((), [("elaborate", "G", "objective", None, 1)]),
    ((passage("1", elements="result due"),), [("elaborate", "G", "objective", None, 1)]),
    # 1 to 2
    ((objective("1"),), [("action_plan", "A", "action", "1", 2)]),
    ((passage("1", elements="objective"),), [("action_plan", "A", "action", None, 2)]),
    ((objective("1", ""), action("1.1")), [("elaborate", "G", "objective", "1", 2)]),
    (
        (diagnosis("1"),),
        [("elaborate", "G", "objective", None, 2), ("elaborate", "A", "action", None, 2)],
    ),
    (
        (objective("1", ""), indicator("1.1")),
        [("elaborate", "G", "objective", "1", 2), ("elaborate", "A", "action", "1", 2)],
    ),
    # 2 to 3
    (
        (objective("1"), action("1.1")),
        [
            ("elaborate", "G", "result target_group due", "1", 3),
            ("elaborate", "A", "target_group chain_link", "1", 3),
            ("elaborate", "I", "responsible", "1", 3),
            ("elaborate", "C", "partner", "1", 3),
        ],
    ),
    (
        (
            objective("1", elements=GOAL_2),
            action("1.1", elements="action target_group responsible", links="reaction"),
        ),
        [("elaborate", "C", "partner", "1", 3)],
    ),
    (
        (objective("1", elements="objective due"), *LEVEL_3[1:]),
        [("elaborate", "G", "result target_group", "1", 3)],
    ),
    # 3 to 4
    (
        LEVEL_3,
        [
            ("elaborate", "I", "due", "1", 4),
            ("elaborate", "C", "chain_link", "1", 4),
            ("elaborate", "M", "indicator target_value source", "1", 4),
            ("elaborate", "D", "description", None, 4),
        ],
    ),
    (
        (
            *LEVEL_3,
            action("1.2", links="prevention"),
            diagnosis("1"),
            indicator("1.1", elements="indicator target_value"),
        ),
        [("elaborate", "I", "due", "1", 4), ("elaborate", "M", "source", "1", 4)],
    ),
    (
        (
            objective("1", elements=GOAL_2),
            action("1.1", elements=f"{ACTION_2} responsible due", links="reaction prevention"),
            indicator("1.1", elements="indicator source"),
            diagnosis("1", elements="figure"),
        ),
        [
            ("elaborate", "C", "partner", "1", 4),
            ("elaborate", "M", "target_value", "1", 4),
            ("elaborate", "D", "description", None, 4),
        ],
    ),
    # 4: nothing
    ((*full_objective(), diagnosis("1")), []),
]


@pytest.mark.parametrize(("pieces", "rows"), NEXT_LEVEL)
def test_what_a_retained_item_lacks_for_the_next_level(pieces, rows):
    advice = item_score(*pieces, decisions=[Decision("P1", Choice.RETAINED)]).advice
    assert [brief(one) for one in advice] == rows


NEAREST = [
    # the pieces on objective 1 besides its entry, what is missing under A for level 3
    ([("action", ""), ("action target_group", "")], "chain_link"),
    ([("action target_group", ""), ("action", "reaction")], "chain_link"),
    ([("action", "reaction"), ("action target_group", "")], "target_group"),
]


@pytest.mark.parametrize(("actions", "missing"), NEAREST)
def test_the_nearest_piece_then_plan_order(actions, missing):
    pieces = [action(f"1.{n}", "P1", *parts) for n, parts in enumerate(actions, start=9)]
    for given in (pieces, pieces[::-1]):
        scored = item_score(objective("1"), *given, decisions=[Decision("P1", Choice.RETAINED)])
        lacking = {one.criterion.value: " ".join(one.missing) for one in scored.advice}
        assert lacking["A"] == missing


def test_a_passage_with_only_shared_elements_is_not_near():
    pieces = (objective("1"), action("1.1"), passage("1", elements="due target_group source", objective="1"))
    scored = item_score(*pieces, decisions=[Decision("P1", Choice.RETAINED)])
    assert [" ".join(one.missing) for one in scored.advice][:2] == [
        "result target_group due",
        "target_group chain_link",
    ]


def test_advice_is_about_the_best_objective():
    pieces = (
        objective("1"),
        action("1.1"),
        objective("2", elements=GOAL_2),
        action("2.1", elements=FULL_ACTION),
    )
    advice = item_score(*pieces, decisions=[Decision("P1", Choice.RETAINED)]).advice
    assert {one.objective for one in advice if one.criterion != "D"} == {"2"}


BRING_TOGETHER = [
    # a goal here, an action there
    (
        (objective("1"), objective("2", ""), action("2.1")),
        [("bring_together", None, "", "1", 2, ("1", "2")), ("elaborate", "A", "action", "1", 2)],
    ),
    # a goal in the plan, the action in a loose passage
    (
        (objective("1"), passage("1", elements="action")),
        [("bring_together", None, "", "1", 2, ("1", None)), ("elaborate", "A", "action", "1", 2)],
    ),
    # everything for level 4, but the follow-up hangs elsewhere
    (
        (
            *full_objective("1")[:2],
            objective("2", "", GOAL_2),
            indicator("2.1", elements=INDICATOR_2),
            diagnosis("1"),
        ),
        [
            ("bring_together", None, "", "1", 4, ("1", "2")),
            ("elaborate", "M", "indicator target_value source", "1", 4),
        ],
    ),
]


@pytest.mark.parametrize(("pieces", "rows"), BRING_TOGETHER)
def test_digits_that_lie_in_different_objectives(pieces, rows):
    advice = item_score(*pieces, decisions=[Decision("P1", Choice.RETAINED)]).advice
    assert [brief(one) for one in advice] == rows


GOAL_AND_ACTION = (objective("1"), action("1.1"))
CLOSING = [
    # decision, pieces, kind and objective of the only advice, or nothing
    (Decision("P1", Choice.UNDECIDED), (), (AdviceKind.CHOOSE, None)),
    (
        Decision("P1", Choice.UNDECIDED),
        (passage("1", elements="capacity"),),
        (AdviceKind.CONFIRM_PROPOSAL, None),
    ),
    (Decision("P1", Choice.UNDECIDED), (objective("3"),), (AdviceKind.CONFIRM_PROPOSAL, "3")),
    (Decision("P1", Choice.UNDECIDED), (diagnosis("1"),), (AdviceKind.CONFIRM_PROPOSAL, None)),
    (Decision("P1", Choice.NOT_RETAINED), (), (AdviceKind.COMPLETE_MOTIVATION, None)),
    (Decision("P1", Choice.NOT_RETAINED, Reason.OTHER), (), (AdviceKind.COMPLETE_MOTIVATION, None)),
    (Decision("P1", Choice.NOT_RETAINED, None, "x"), GOAL_AND_ACTION, (AdviceKind.COMPLETE_MOTIVATION, "1")),
    (Decision("P1", Choice.NOT_RETAINED, Reason.OTHER, "x"), GOAL_AND_ACTION, None),
    (Decision("P1", Choice.REGULAR), (), (AdviceKind.ADD_LINE, None)),
    (Decision("P1", Choice.REGULAR), GOAL_AND_ACTION, (AdviceKind.ADD_LINE, "1")),
    (Decision("P1", Choice.REGULAR, line="x"), GOAL_AND_ACTION, None),
    (Decision("P1", Choice.REGULAR), (passage("1"),), None),
]


@pytest.mark.parametrize(("decision", "pieces", "row"), CLOSING)
def test_what_would_close_an_item_that_is_not_retained(decision, pieces, row):
    advice = item_score(*pieces, decisions=[decision]).advice
    assert [brief(one) for one in advice] == ([(row[0].value, None, "", row[1], None)] if row else [])
