"""Changed digits, the gates run again, the best objective chosen anew (docs/scoring.md §5)."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.scoring import (
    ChangedDigit,
    Criterion,
    Digits,
    Judgement,
    ObjectiveLevel,
    review_item,
    review_objectives,
    score_plan,
)

from .builders import action, diagnosis, full_objective, item_score, objective, passage
from .strategies import modest, plans

#: What an item of level 4 is made of, and a second objective of level 2.
PIECES = (*full_objective("1"), objective("2"), action("2.1"), diagnosis("1"))
FULL = "D1 G2 A2 I2 M2 C2"


def judgements(*rows):
    """ "1 A0" for objective 1, "- A0" for the implicit one, "- D0" for the item."""
    pairs = (row.split() for row in rows)
    return [
        Judgement(None if number == "-" else number, Criterion(given[0]), int(given[1]))
        for number, given in pairs
    ]


REVIEWS = [
    # judgements, level, digits (the best of each over the objectives), best objective
    ((), 4, FULL, "1"),
    (("1 G2", "1 A2", "- D1"), 4, FULL, "1"),
    (("1 M1",), 3, "D1 G2 A2 I2 M1 C2", "1"),
    (("1 I1",), 3, "D1 G2 A2 I1 M2 C2", "1"),
    (("1 C1",), 3, "D1 G2 A2 I2 M2 C1", "1"),
    (("- D0",), 3, "D0 G2 A2 I2 M2 C2", "1"),
    (("- D2",), 4, "D2 G2 A2 I2 M2 C2", "1"),
    (("1 G1",), 2, "D1 G1 A2 I2 M2 C2", "1"),
    # another objective takes over, and holds the digits it has
    (("1 G0",), 2, "D1 G1 A2 I2 M2 C2", "2"),
    (("1 A0",), 2, "D1 G2 A1 I2 M2 C2", "2"),
    (("1 G0", "2 A0"), 1, "D1 G1 A2 I2 M2 C2", "2"),
    # raised
    (("2 G2", "2 A2", "2 I1", "2 C1", "1 G0"), 3, "D1 G2 A2 I2 M2 C2", "2"),
    (("- G1", "- A1", "1 G0", "2 G0"), 2, "D1 G1 A2 I2 M2 C2", None),
    # everything taken away
    (
        ("- D0", *(f"{number} {letter}0" for number in ("1", "2") for letter in "GAIMC")),
        0,
        "D0 G0 A0 I0 M0 C0",
        "1",
    ),
]


@pytest.mark.parametrize(("rows", "level", "digits", "best"), REVIEWS)
def test_the_item_as_reviewed(rows, level, digits, best):
    reviewed = review_item(item_score(*PIECES), judgements(*rows))
    assert (reviewed.level, str(reviewed.digits), reviewed.objective) == (level, digits, best)
    assert reviewed.objective_levels[0].number == best


def test_every_objective_shows_its_reviewed_digits_and_level():
    reviewed = review_item(item_score(*PIECES), judgements("- D2", "1 A1", "2 G2"))
    assert [(one.number, one.level, str(one.digits)) for one in reviewed.objective_levels] == [
        ("1", 2, "D2 G2 A1 I2 M2 C2"),
        ("2", 2, "D2 G2 A1 I0 M0 C0"),
        (None, 1, "D2 G0 A0 I0 M0 C0"),
    ]


def test_the_order_of_objectives_is_that_of_the_plan_when_they_are_alike():
    given = item_score(objective("10"), objective("2"), passage("1", elements="objective"))
    reviewed = review_item(given, judgements("10 A1", "2 A1", "- A1"))
    assert [one.number for one in reviewed.objective_levels] == ["2", "10", None]


def test_changed_tells_what_differs_the_items_first_then_in_plan_order():
    given = item_score(*PIECES, objective("10"), passage("1", elements="objective"))
    rows = ("- A1", "- G1", "10 G2", "10 A0", "2 C1", "2 G1", "1 M0", "1 G1", "- D2")
    expected = (
        ChangedDigit(None, Criterion.DIAGNOSIS, 1, 2),
        ChangedDigit("1", Criterion.GOAL, 2, 1),
        ChangedDigit("1", Criterion.MONITORING, 2, 0),
        ChangedDigit("2", Criterion.CHAIN, 0, 1),
        ChangedDigit("10", Criterion.GOAL, 1, 2),
        ChangedDigit(None, Criterion.ACTIONS, 0, 1),
    )
    for order in (rows, rows[::-1]):
        changed = review_item(given, judgements(*order)).changed
        assert changed == expected
    assert [one.is_raised for one in changed] == [True, False, False, True, True, True]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("3 A1",), "objective '3' is not considered for the item"),
        (("01 A1",), "objective '01' is not considered for the item"),
        (("1 A1", "1 A1"), "A of objective '1' is judged twice"),
        (("1 A1", "1 A0"), "A of objective '1' is judged twice"),
        (("- D1", "- D2"), "D of the implicit objective is judged twice"),
        (("- G1", "- G1"), "G of the implicit objective is judged twice"),
        (("1 A3",), "A of objective '1': 3 is not 0, 1 or 2"),
        (("- G-1",), "objective: -1 is not 0, 1 or 2"),
        (("1 D1",), "D is the item's: it cannot be judged for objective '1'"),
    ],
)
def test_judgements_that_cannot_be(rows, message):
    def given(row):
        number, text = row.split()
        return Judgement(None if number == "-" else number, Criterion(text[0]), int(text[1:]))

    with pytest.raises(ValueError, match=message):
        review_item(item_score(*PIECES), [given(row) for row in rows])


def test_everything_is_frozen():
    reviewed = review_item(item_score(*PIECES), judgements("1 A0"))
    for thing in (reviewed, reviewed.changed[0], *judgements("1 A0")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(thing, dataclasses.fields(thing)[0].name, None)
        assert not hasattr(thing, "__dict__")


def naive_level(digits: Digits) -> int:
    """The gates of §2 once more, as they stand on the page."""
    d, g, a, i, m, c = (digits.D, digits.G, digits.A, digits.I, digits.M, digits.C)
    if g == 2 and a == 2 and i >= 1 and c >= 1:
        return 4 if i == 2 and m == 2 and c == 2 and d >= 1 else 3
    if g >= 1 and a >= 1:
        return 2
    return 1 if d or g or a or i or m or c else 0


@st.composite
def reviews(draw, score):
    """A score's item with arbitrary judgements on it, as (objective, criterion) → digit."""
    item = draw(st.sampled_from(score.items))
    places = [(None, Criterion.DIAGNOSIS)]
    places += [
        (one.number, criterion)
        for one in item.objective_levels
        for criterion in Criterion
        if criterion is not Criterion.DIAGNOSIS
    ]
    return item, draw(st.dictionaries(st.sampled_from(places), st.integers(0, 2)))


def as_judgements(judged):
    return [Judgement(*place, digit) for place, digit in judged.items()]


@modest
@given(plans())
def test_nothing_changed_is_the_item_as_derived(plan):
    for item in score_plan(plan).items:
        repeated = {
            (None if criterion is Criterion.DIAGNOSIS else one.number, criterion): getattr(
                one.digits, criterion
            )
            for one in item.objective_levels
            for criterion in Criterion
        }
        for rows in ((), as_judgements(repeated)):
            reviewed = review_item(item, rows)
            assert reviewed.changed == ()
            for field in ("level", "digits", "objective", "objective_levels"):
                assert getattr(reviewed, field) == getattr(item, field)


@modest
@given(plans(), st.data())
def test_exactly_the_judged_digits_change_and_the_gates_follow(plan, data):
    item, judged = data.draw(reviews(score_plan(plan)))
    reviewed = review_item(item, as_judgements(judged))
    derived = {one.number: one.digits for one in item.objective_levels}
    assert {one.number for one in reviewed.objective_levels} == set(derived)
    differences = set()
    for one in reviewed.objective_levels:
        assert one.level == naive_level(one.digits) <= reviewed.level
        for criterion in Criterion:
            place = (None if criterion is Criterion.DIAGNOSIS else one.number, criterion)
            before = getattr(derived[one.number], criterion)
            after = judged.get(place, before)
            assert getattr(one.digits, criterion) == after <= getattr(reviewed.digits, criterion)
            if before != after:
                differences.add(ChangedDigit(*place, before, after))
    assert set(reviewed.changed) == differences
    assert len(reviewed.changed) == len(differences)
    best = reviewed.objective_levels[0]
    assert (reviewed.level, reviewed.objective) == (best.level, best.number)
    for criterion in Criterion:
        held = {getattr(one.digits, criterion) for one in reviewed.objective_levels}
        assert getattr(reviewed.digits, criterion) in held


@modest
@given(plans(), st.data(), st.randoms(use_true_random=False))
def test_order_does_not_matter(plan, data, random):
    item, judged = data.draw(reviews(score_plan(plan)))
    rows = as_judgements(judged)
    mixed = dataclasses.replace(
        item, objective_levels=tuple(random.sample(item.objective_levels, len(item.objective_levels)))
    )
    assert review_item(mixed, random.sample(rows, len(rows))) == review_item(item, rows)


@modest
@given(plans(), st.data())
def test_a_higher_judgement_never_lowers_the_level_and_a_lower_one_never_raises_it(plan, data):
    item, judged = data.draw(reviews(score_plan(plan)))
    if not judged:
        return
    place = data.draw(st.sampled_from(sorted(judged, key=str)))
    higher = judged | {place: data.draw(st.integers(judged[place], 2))}
    more, less = (review_item(item, as_judgements(rows)) for rows in (higher, judged))
    assert more.level >= less.level
    for criterion in Criterion:
        assert getattr(more.digits, criterion) >= getattr(less.digits, criterion)


@modest
@given(plans(), st.data())
def test_judging_everything_back_gives_the_item_as_derived(plan, data):
    item, judged = data.draw(reviews(score_plan(plan)))
    reviewed = review_item(item, as_judgements(judged))
    back = [Judgement(one.objective, one.criterion, one.derived) for one in reviewed.changed]
    again = review_objectives(reviewed.objective_levels, back)
    assert (again.level, again.digits, again.objective) == (item.level, item.digits, item.objective)
    assert again.objective_levels == item.objective_levels


def test_a_stored_level_is_not_believed():
    """Levels follow from digits: one that was kept wrongly is put right, not carried on."""
    kept = ObjectiveLevel("1", 4, Digits(G=1))
    assert review_objectives([kept], ()).level == 1
