"""A passage that its document no longer holds counts for nothing and is worth a look (docs/scoring.md §3)."""

import dataclasses

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plans.management.score_text import score_lines
from plans.scoring import (
    RUBRIC_VERSION,
    Choice,
    Decision,
    Element,
    LookReason,
    Naming,
    PieceKind,
    Reason,
    State,
    score_plan,
)

from .builders import (
    ACTION_2,
    GOAL_2,
    action,
    diagnosis,
    item_score,
    objective,
    passage,
    plan_of,
    retained,
    score,
)
from .strategies import modest, numbers_of, pieces, plans, replaced

RETAINED, REGULAR, NOT_RETAINED, UNDECIDED = Choice
GONE = LookReason.QUOTE_GONE


def gone(*given, **fields):
    return passage(*given, is_in_text=False, **fields)


EARNS = [
    # other pieces, what the passage holds, level and digits with it, level and digits once it is gone
    ((), "description", (1, "D1 G0 A0 I0 M0 C0"), (0, "D0 G0 A0 I0 M0 C0")),
    ((), "description figure source", (1, "D2 G0 A0 I0 M0 C0"), (0, "D0 G0 A0 I0 M0 C0")),
    ((), "objective action", (2, "D0 G1 A1 I0 M0 C0"), (0, "D0 G0 A0 I0 M0 C0")),
    ((objective("1"),), "action", (2, "D0 G1 A1 I0 M0 C0"), (1, "D0 G1 A0 I0 M0 C0")),
    ((objective("1"),), "partner", (1, "D0 G1 A0 I0 M0 C1"), (1, "D0 G1 A0 I0 M0 C0")),
    (
        (objective("1", elements=GOAL_2), action("1.1", elements=ACTION_2, links="reaction")),
        "responsible partner",
        (3, "D0 G2 A2 I1 M0 C1"),
        (2, "D0 G2 A2 I0 M0 C0"),
    ),
    ((objective("1"), diagnosis("1")), "figure", (1, "D1 G1 A0 I0 M0 C0"), (1, "D1 G1 A0 I0 M0 C0")),
]


@pytest.mark.parametrize(("others", "elements", "before", "after"), EARNS)
@pytest.mark.parametrize("is_hung", [True, False])
def test_a_gone_quote_earns_nothing(others, elements, before, after, is_hung):
    hangs_on = "1" if is_hung else None
    others = others or (objective("1", ""),)
    lost = item_score(*others, gone("1", elements=elements, objective=hangs_on))
    assert (lost.level, str(lost.digits)) == after
    if is_hung:
        held = item_score(*others, passage("1", elements=elements, objective="1"))
        assert (held.level, str(held.digits)) == before
    assert lost.evidence == item_score(*others).evidence


def test_a_gone_quote_ticks_no_aspect():
    ticking = passage("1")
    ticking = dataclasses.replace(ticking, names=(Naming("P1", ("south",)),))
    assert item_score(ticking).aspects == ("south",)
    assert item_score(dataclasses.replace(ticking, is_in_text=False)).aspects == ()


@pytest.mark.parametrize(
    ("one", "other", "pairs"),
    [
        (passage, passage, (("T1", "P1"),)),
        (gone, passage, ()),
        (passage, gone, ()),
        (gone, gone, ()),
    ],
)
def test_a_gone_quote_applies_no_theme(one, other, pairs):
    given = (one("1", "P1", passage="a"), other("2", "T1", passage="a"))
    assert score(*given).grid == pairs
    assert item_score(*given, item="T1", decisions=retained("P1")).reach == len(pairs)


CHOICES = [
    # decision, other pieces, state, reasons
    (RETAINED, None, "", (), State.TO_ELABORATE, (LookReason.RETAINED_WITHOUT_OBJECTIVE, GONE)),
    (RETAINED, None, "", (objective("1"),), State.TO_ELABORATE, (GONE,)),
    (RETAINED, None, "", (objective("1"), action("1.1")), State.ELABORATED, (GONE,)),
    (REGULAR, None, "", (), State.OPEN, (LookReason.REGULAR_WITHOUT_LINE, GONE)),
    (REGULAR, None, "daily patrols", (), State.REGULAR, (GONE,)),
    (REGULAR, None, "", (passage("2"),), State.REGULAR, (GONE,)),
    (NOT_RETAINED, None, "", (), State.OPEN, (GONE,)),
    (NOT_RETAINED, Reason.CAPACITY, "a line", (), State.MOTIVATED, (GONE,)),
    (
        NOT_RETAINED,
        Reason.CAPACITY,
        "a line",
        (objective("1"), action("1.1")),
        State.MOTIVATED,
        (LookReason.NOT_RETAINED_BUT_ELABORATED, GONE),
    ),
    (UNDECIDED, None, "", (), State.OPEN, (GONE,)),
]


@pytest.mark.parametrize(("choice", "reason", "line", "others", "state", "reasons"), CHOICES)
@pytest.mark.parametrize("times", [1, 3])
def test_it_is_told_once_whatever_was_chosen(choice, reason, line, others, state, reasons, times):
    lost = [gone(str(n), elements="objective action") for n in range(times)]
    scored = item_score(*others, *lost, decisions=[Decision("P1", choice, reason, line)])
    assert (scored.state, scored.worth_a_look) == (state, reasons)


def test_only_the_items_it_names_are_worth_a_look():
    scored = score(gone("1", "P1 T1"), passage("2", "P2"))
    assert [one.item for one in scored.items if one.worth_a_look == (GONE,)] == ["P1", "T1"]
    assert [one.item for one in scored.items if one.worth_a_look == ()] == ["P2", "P3", "T2"]
    assert scored.worth_a_look == ()


def test_it_proposes_nothing():
    held, lost = (item_score(one("1", elements="objective")) for one in (passage, gone))
    assert (held.proposal, [advice.kind for advice in held.advice]) == (RETAINED, ["confirm_proposal"])
    assert (lost.proposal, [advice.kind for advice in lost.advice]) == (None, ["choose"])


def test_it_is_not_near_in_advice():
    """What the lost passage held is asked again."""
    standing = (objective("1", elements=GOAL_2), action("1.1"))
    for one, missing in (
        (passage, {"A": "chain_link", "I": "responsible", "C": "partner"}),
        (gone, {"A": "target_group chain_link", "I": "responsible", "C": "partner"}),
    ):
        given = (*standing, one("1", elements="action target_group", objective="1"))
        advice = item_score(*given, decisions=retained("P1")).advice
        assert {step.criterion: " ".join(step.missing) for step in advice} == missing


def test_an_objective_that_only_a_gone_quote_compared_is_an_own_priority():
    assert score(objective("1", ""), passage("1", objective="1")).own_priorities == ()
    assert score(objective("1", ""), gone("1", objective="1")).own_priorities == ("1",)


def test_the_command_line_tells_it_under_its_item():
    lines = list(score_lines(score(gone("1", "P2", text="Words that are gone."))))
    (at,) = (n for n, line in enumerate(lines) if line.startswith("P2"))
    assert lines[at + 1] == "      worth a look: quote_gone"
    assert [line for line in lines if "gone" in line] == ["      worth a look: quote_gone"]


def test_the_rubric_is_the_one_from_before():
    assert RUBRIC_VERSION == "1"


def without_gone_looks(score):
    """The score, and the codes of the items that are worth a look for a quote that is gone."""
    items = tuple(
        dataclasses.replace(one, worth_a_look=tuple(reason for reason in one.worth_a_look if reason != GONE))
        for one in score.items
    )
    told = {one.item for one in score.items for reason in one.worth_a_look if reason == GONE}
    return dataclasses.replace(score, items=items), told


@modest
@given(plans(), st.data())
def test_adding_a_gone_quote_changes_nothing_else(plan, data):
    added = data.draw(pieces(plan.items, numbers_of(plan), kinds=(PieceKind.PASSAGE,)))
    more = dataclasses.replace(
        plan, pieces=(*plan.pieces, dataclasses.replace(added, is_in_text=False, text="words that are gone"))
    )
    before, told = without_gone_looks(score_plan(plan))
    after, told_after = without_gone_looks(score_plan(more))
    assert after == before
    assert told_after == told | {named.item for named in added.names}


@modest
@given(plans())
def test_a_plan_scores_as_the_plan_without_what_is_gone(plan):
    left = dataclasses.replace(plan, pieces=tuple(piece for piece in plan.pieces if piece.is_in_text))
    assert without_gone_looks(score_plan(plan))[0] == score_plan(left)


@modest
@given(plans(), st.data())
def test_losing_a_quote_is_losing_the_piece(plan, data):
    held = [place for place, piece in enumerate(plan.pieces) if piece.kind is PieceKind.PASSAGE]
    assume(held)
    place = data.draw(st.sampled_from(held))
    lost = replaced(plan, place, dataclasses.replace(plan.pieces[place], is_in_text=False))
    removed = dataclasses.replace(plan, pieces=(*plan.pieces[:place], *plan.pieces[place + 1 :]))
    assert without_gone_looks(score_plan(lost))[0] == without_gone_looks(score_plan(removed))[0]


@modest
@given(plans(), st.data())
def test_what_a_gone_quote_held_does_not_matter(plan, data):
    lost = [place for place, piece in enumerate(plan.pieces) if not piece.is_in_text]
    assume(lost)
    place = data.draw(st.sampled_from(lost))
    other = dataclasses.replace(
        plan.pieces[place],
        elements=data.draw(st.frozensets(st.sampled_from(Element), min_size=1)),
        links=frozenset(),
        page=7,
    )
    assert score_plan(replaced(plan, place, other)) == score_plan(plan)


def test_order_does_not_matter_for_one_passage_held_and_lost():
    """The same passage for the same item, once gone and once taken up again."""
    pair = (passage("1", elements="action"), gone("1", elements="action"))
    assert score_plan(plan_of(*pair)) == score_plan(plan_of(*pair[::-1]))
    assert item_score(*pair).worth_a_look == (GONE,)
    assert item_score(*pair).level == 1
