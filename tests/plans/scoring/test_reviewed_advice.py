"""Advice after a review follows the digits of the review, not the derived ones (docs/scoring.md §5)."""

import pytest
from hypothesis import given

from plans.scoring import AdviceKind, Choice, Decision, reviewed_advice, score_plan

from .builders import (
    FULL_ACTION,
    GOAL_2,
    action,
    diagnosis,
    full_objective,
    item_score,
    objective,
    plan_of,
    retained,
)
from .strategies import modest, plans
from .test_review import judgements

LEVEL_4 = (*full_objective("1"), diagnosis("1"))


def advised(pieces, *rows, decisions=None):
    """(kind, criterion, missing, objective, level) of the advice for P1 under these judgements."""
    plan = plan_of(*pieces, decisions=retained("P1") if decisions is None else decisions)
    steps = reviewed_advice(plan, {"P1": judgements(*rows)}).get("P1")
    return steps and [(one.kind, one.criterion, one.missing, one.objective, one.level) for one in steps]


@pytest.mark.parametrize(
    ("pieces", "rows", "steps"),
    [
        # lowered although no element is missing: what the review asks, for the next reviewed level
        (LEVEL_4, ("1 A1",), [("as_reviewed", "A", (), "1", 3)]),
        (LEVEL_4, ("1 G1", "1 I1"), [("as_reviewed", "G", (), "1", 3)]),
        (LEVEL_4, ("- D0",), [("as_reviewed", "D", (), None, 4)]),
        (LEVEL_4, ("1 A0",), [("as_reviewed", "A", (), "1", 2)]),
        # lowered, and something is missing as well
        (
            (objective("1", elements=GOAL_2), action("1.1", elements="action responsible partner")),
            ("1 G1",),
            [
                ("as_reviewed", "G", (), "1", 3),
                ("elaborate", "A", ("target_group", "chain_link"), "1", 3),
            ],
        ),
        # raised to level 3: the advice for level 3 is no longer given, that for level 4 is
        (
            (objective("1"), action("1.1", elements=FULL_ACTION, links="prevention reaction")),
            ("1 G2",),
            [
                ("elaborate", "M", ("indicator", "target_value", "source"), "1", 4),
                ("elaborate", "D", ("description",), None, 4),
            ],
        ),
        # another objective is now the best
        (
            (*full_objective("1"), objective("2", elements=GOAL_2), action("2.1")),
            ("1 G0",),
            [
                ("bring_together", None, (), "2", 3),
                ("elaborate", "A", ("target_group", "chain_link"), "2", 3),
                ("elaborate", "I", ("responsible",), "2", 3),
                ("elaborate", "C", ("partner",), "2", 3),
            ],
        ),
        # an action that the review does not count is no action plan to come
        ((objective("1"), action("1.1")), ("1 A0",), [("as_reviewed", "A", (), "1", 2)]),
        ((objective("1"),), ("1 G2",), [("action_plan", "A", ("action",), "1", 2)]),
    ],
)
def test_advice_under_the_reviewed_digits(pieces, rows, steps):
    assert advised(pieces, *rows) == steps


@pytest.mark.parametrize("choice", [Choice.UNDECIDED, Choice.NOT_RETAINED, Choice.REGULAR])
def test_only_advice_on_retained_items_follows_a_review(choice):
    assert advised(LEVEL_4, "1 A1", decisions=[Decision("P1", choice)]) is None


def test_the_derived_advice_stays_as_it_is():
    assert item_score(*LEVEL_4, decisions=retained("P1")).advice == ()


@modest
@given(plans())
def test_without_judgements_it_is_the_derived_advice(plan):
    score = score_plan(plan)
    told = reviewed_advice(plan, {item.item: () for item in score.items})
    assert told == {item.item: item.advice for item in score.items if item.choice is Choice.RETAINED}
    assert all(one.kind != AdviceKind.AS_REVIEWED for item in score.items for one in item.advice)
