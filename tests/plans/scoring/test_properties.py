"""The properties that docs/scoring.md promises, over arbitrary editions and plans."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from plans.scoring import (
    ChainLink,
    Criterion,
    Digits,
    Element,
    Item,
    ItemKind,
    Naming,
    PieceKind,
    PlanScore,
    State,
    score_plan,
)

from .strategies import decisions, modest, numbers_of, objective_entries, pick, pieces, plans, replaced


def assert_no_lower(more: PlanScore, less: PlanScore) -> None:
    for rich, poor in zip(more.items, less.items, strict=True):
        assert rich.item == poor.item
        assert rich.level >= poor.level
        for criterion in Criterion:
            assert getattr(rich.digits, criterion) >= getattr(poor.digits, criterion)


@modest
@given(plans(), st.data())
def test_one_more_piece_never_lowers_and_one_less_never_raises(plan, data):
    added = data.draw(pieces(plan.items, numbers_of(plan)))
    more = dataclasses.replace(plan, pieces=(*plan.pieces, added))
    assert_no_lower(score_plan(more), score_plan(plan))


@modest
@given(plans(), st.data())
def test_one_more_objective_never_lowers(plan, data):
    added = data.draw(objective_entries(plan.items, "new"))
    more = dataclasses.replace(plan, pieces=(*plan.pieces, added))
    assert_no_lower(score_plan(more), score_plan(plan))


@modest
@given(plans(), st.data())
def test_one_more_element_or_link_never_lowers(plan, data):
    place, piece = pick(data, plan)
    richer = dataclasses.replace(
        piece,
        elements=piece.elements | {data.draw(st.sampled_from(Element))},
        links=piece.links | data.draw(st.frozensets(st.sampled_from(ChainLink), max_size=1)),
    )
    assert_no_lower(score_plan(replaced(plan, place, richer)), score_plan(plan))


@modest
@given(plans(), st.data())
def test_naming_one_more_item_changes_no_other_item(plan, data):
    place, piece = pick(data, plan)
    item = data.draw(st.sampled_from(plan.items))
    richer = dataclasses.replace(piece, names=(*piece.names, Naming(item.code)))
    more, less = score_plan(replaced(plan, place, richer)), score_plan(plan)
    assert_no_lower(more, less)
    for after, before in zip(more.items, less.items, strict=True):
        if before.item != item.code:
            assert (after.level, after.digits, after.state) == (before.level, before.digits, before.state)
            assert dataclasses.replace(after, reach=None) == dataclasses.replace(before, reach=None)


@modest
@given(plans(), st.data())
def test_hanging_a_loose_passage_never_lowers(plan, data):
    numbers = numbers_of(plan)
    loose = data.draw(pieces(plan.items, (), kinds=(PieceKind.PASSAGE,)))
    hung = dataclasses.replace(loose, objective=data.draw(st.sampled_from((None, *numbers))))
    before, after = (dataclasses.replace(plan, pieces=(*plan.pieces, piece)) for piece in (loose, hung))
    assert_no_lower(score_plan(after), score_plan(before))


@modest
@given(plans(), st.randoms(use_true_random=False))
def test_order_does_not_matter(plan, random):
    def shuffled(things):
        return tuple(random.sample(things, len(things)))

    mixed = dataclasses.replace(
        plan,
        items=shuffled(plan.items),
        pieces=tuple(
            dataclasses.replace(piece, names=shuffled(piece.names)) for piece in shuffled(plan.pieces)
        ),
        decisions=shuffled(plan.decisions),
    )
    assert score_plan(mixed) == score_plan(plan)


@modest
@given(plans())
def test_same_input_same_output(plan):
    assert score_plan(plan) == score_plan(dataclasses.replace(plan))


@modest
@given(plans())
def test_no_evidence_no_level(plan):
    named = {naming.item for piece in plan.pieces if piece.is_in_text for naming in piece.names}
    for one in score_plan(plan).items:
        if one.item not in named:
            assert (one.level, one.digits, one.objective, one.evidence) == (0, Digits(), None, ())
            assert (one.aspects, one.proposal, one.reach) == (
                (),
                None,
                0 if one.kind is ItemKind.THEME else None,
            )


@modest
@given(plans(), st.data())
def test_a_piece_that_names_nothing_changes_no_item(plan, data):
    silent = dataclasses.replace(data.draw(pieces(plan.items, numbers_of(plan))), names=())
    more = dataclasses.replace(plan, pieces=(*plan.pieces, silent))
    assert score_plan(more) == score_plan(plan)


@modest
@given(plans(), st.data())
def test_a_choice_never_changes_a_level(plan, data):
    other = dataclasses.replace(plan, decisions=data.draw(decisions(plan.items)))
    for one, same in zip(score_plan(plan).items, score_plan(other).items, strict=True):
        for field in ("level", "digits", "objective", "objective_levels", "aspects", "evidence"):
            assert getattr(one, field) == getattr(same, field)


@modest
@given(plans())
def test_states_partition_the_items(plan):
    score = score_plan(plan)
    assert list(score.states()) == list(State)
    assert sum(score.states().values()) == len(plan.items) == len(score.items)
    apart = [score.states(kind) for kind in ItemKind]
    assert {state: sum(counts[state] for counts in apart) for state in State} == score.states()


@modest
@given(plans())
def test_nothing_depends_on_codes_positions_or_how_many_items_there_are(plan):
    """Renamed, moved apart and with one more item, the others score the same."""
    renamed = {item.code: f"new {item.code}" for item in plan.items}
    other = dataclasses.replace(
        plan,
        items=(
            *(
                dataclasses.replace(item, code=renamed[item.code], position=item.position * 7)
                for item in plan.items
            ),
            Item("one more", ItemKind.THEME, 1000),
        ),
        pieces=tuple(
            dataclasses.replace(
                piece,
                names=tuple(dataclasses.replace(named, item=renamed[named.item]) for named in piece.names),
            )
            for piece in plan.pieces
        ),
        decisions=tuple(dataclasses.replace(one, item=renamed[one.item]) for one in plan.decisions),
    )
    *same, last = score_plan(other).items
    assert last.level == 0
    assert same == [dataclasses.replace(one, item=renamed[one.item]) for one in score_plan(plan).items]


@modest
@given(plans())
def test_confidentiality_never_influences_a_score(plan):
    opened = dataclasses.replace(
        plan, pieces=tuple(dataclasses.replace(piece, is_confidential=False) for piece in plan.pieces)
    )
    for one, same in zip(score_plan(plan).items, score_plan(opened).items, strict=True):
        assert dataclasses.replace(one, evidence=()) == dataclasses.replace(same, evidence=())


@modest
@given(plans(), st.data())
def test_aspects_never_change_anything_else(plan, data):
    place, piece = pick(data, plan)
    bare = dataclasses.replace(piece, names=tuple(Naming(named.item) for named in piece.names))
    for one, same in zip(score_plan(plan).items, score_plan(replaced(plan, place, bare)).items, strict=True):
        assert set(same.aspects) <= set(one.aspects)
        assert dataclasses.replace(one, aspects=()) == dataclasses.replace(same, aspects=())
