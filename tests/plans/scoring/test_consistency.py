"""The parts of a score agree with each other, and with a naive second implementation."""

import dataclasses

from hypothesis import given

from plans.scoring import (
    AdviceKind,
    ChainLink,
    Choice,
    Criterion,
    Element,
    ItemKind,
    LookReason,
    Naming,
    Piece,
    PieceKind,
    State,
    score_plan,
)
from plans.scoring.levels import level_of

from . import reference
from .strategies import modest, numbers_of, plans


@modest
@given(plans())
def test_levels_and_digits_are_those_of_the_reference(plan):
    for one in score_plan(plan).items:
        expected = reference.levels(plan, one.item)
        assert {each.number: (each.level, str(each.digits)) for each in one.objective_levels} == expected
        assert one.level == max(level for level, _digits in expected.values())
        assert (one.level, one.objective) == (one.objective_levels[0].level, one.objective_levels[0].number)


@modest
@given(plans())
def test_every_digit_has_its_evidence(plan):
    """D to M are exactly the best piece's; C may be more than any piece earns alone."""
    for one in score_plan(plan).items:
        for criterion in Criterion:
            best = max((line.digit for line in one.evidence if line.criterion is criterion), default=0)
            digit = getattr(one.digits, criterion)
            assert best <= digit if criterion is Criterion.CHAIN else best == digit


@modest
@given(plans())
def test_advice_is_given_where_something_is_asked_and_nowhere_else(plan):
    for one in score_plan(plan).items:
        asked = one.state is State.OPEN or (one.choice is Choice.RETAINED and one.level < 4)
        assert bool(one.advice) == asked
        kinds = [advice.kind for advice in one.advice]
        assert (AdviceKind.BRING_TOGETHER in kinds) == (
            one.choice is Choice.RETAINED and level_of(one.digits) > one.level
        )
        assert (AdviceKind.CONFIRM_PROPOSAL in kinds) == (one.proposal is not None)
        for advice in one.advice:
            if advice.kind in (AdviceKind.ELABORATE, AdviceKind.ACTION_PLAN):
                assert advice.missing
                assert advice.level == one.level + 1


@modest
@given(plans())
def test_following_the_advice_reaches_the_level(plan):
    """One new passage with all that is missing, hung on the best objective, lifts the item."""
    for one in score_plan(plan).items:
        steps = [a for a in one.advice if a.kind in (AdviceKind.ELABORATE, AdviceKind.ACTION_PLAN)]
        if not steps:
            continue
        passage = Piece(
            PieceKind.PASSAGE,
            "new",
            "new",
            frozenset(Element),
            (Naming(one.item),),
            frozenset(ChainLink),
            one.objective,
        )
        followed = score_plan(dataclasses.replace(plan, pieces=(*plan.pieces, passage)))
        assert next(same for same in followed.items if same.item == one.item).level > one.level


@modest
@given(plans())
def test_reach_is_bounded_by_the_retained_priorities(plan):
    score = score_plan(plan)
    retained = {
        one.item for one in score.items if one.choice is Choice.RETAINED and one.kind is ItemKind.PRIORITY
    }
    for one in score.items:
        if one.kind is ItemKind.PRIORITY:
            assert one.reach is None
        else:
            assert one.reach == len({p for theme, p in score.grid if theme == one.item and p in retained})


@modest
@given(plans())
def test_worth_a_look_follows_from_choice_level_and_quotes(plan):
    score = score_plan(plan)
    gone = {named.item for piece in plan.pieces if not piece.is_in_text for named in piece.names}
    asked = {decision.item for decision in plan.decisions if decision.has_open_clarification}
    assert score.worth_a_look == ((LookReason.EDITION_SUPERSEDED,) if plan.has_successor else ())
    for one in score.items:
        assert (LookReason.RETAINED_WITHOUT_OBJECTIVE in one.worth_a_look) == (
            one.choice is Choice.RETAINED and one.digits.G == 0
        )
        assert (LookReason.REGULAR_WITHOUT_LINE in one.worth_a_look) == (
            one.choice is Choice.REGULAR and one.state is State.OPEN
        )
        assert (LookReason.CLARIFICATION_ASKED in one.worth_a_look) == (one.item in asked)
        assert (LookReason.QUOTE_GONE in one.worth_a_look) == (one.item in gone)
        assert list(one.worth_a_look) == [reason for reason in LookReason if reason in one.worth_a_look]


@modest
@given(plans())
def test_own_priorities_and_considered_objectives_share_nothing(plan):
    score = score_plan(plan)
    considered = {each.number for one in score.items for each in one.objective_levels} - {None}
    assert set(score.own_priorities) | considered == set(numbers_of(plan))
    assert not considered.intersection(score.own_priorities)


@modest
@given(plans())
def test_a_pointer_never_matters(plan):
    blank = dataclasses.replace(
        plan,
        decisions=tuple(dataclasses.replace(one, pointer="") for one in plan.decisions),
    )
    assert score_plan(blank) == score_plan(plan)
