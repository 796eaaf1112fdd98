"""Gates, the best objective and its tie-breaks (docs/scoring.md §2)."""

import itertools

import pytest

from plans.scoring import Digits, ObjectiveLevel
from plans.scoring.levels import best_of, gates_of, level_of, rank_key
from plans.scoring.numbering import natural_key

from .builders import (
    ACTION_2,
    GOAL_2,
    action,
    diagnosis,
    full_objective,
    indicator,
    item_score,
    objective,
    passage,
)

LEVELS = [
    # D G A I M C, level
    ("000000", 0),
    ("100000", 1),
    ("010000", 1),
    ("001000", 1),
    ("000100", 1),
    ("000010", 1),
    ("000001", 1),
    ("220222", 1),
    ("202222", 1),
    ("011000", 2),
    ("021000", 2),
    ("012222", 2),
    ("221222", 2),
    ("212222", 2),
    ("222022", 2),
    ("222220", 2),
    ("022101", 3),
    ("122122", 3),
    ("122212", 3),
    ("122221", 3),
    ("022222", 3),
    ("122222", 4),
    ("222222", 4),
]


@pytest.mark.parametrize(("digits", "level"), LEVELS)
def test_level_of_digits(digits, level):
    assert level_of(Digits(*map(int, digits))) == level


@pytest.mark.parametrize("level", [2, 3, 4])
def test_gates_are_exactly_what_the_level_asks(level):
    gates = {criterion.value: least for criterion, least in gates_of(level).items()}
    assert level_of(Digits(**gates)) == level
    for criterion in gates:
        assert level_of(Digits(**{**gates, criterion: gates[criterion] - 1})) < level


def test_more_of_any_digit_never_lowers_the_level():
    for digits in itertools.product(range(3), repeat=6):
        for place in range(6):
            if digits[place] < 2:
                more = (*digits[:place], digits[place] + 1, *digits[place + 1 :])
                assert level_of(Digits(*more)) >= level_of(Digits(*digits))


@pytest.mark.parametrize(
    ("pieces", "level", "digits", "best"),
    [
        ((), 0, "D0 G0 A0 I0 M0 C0", None),
        ((diagnosis("1"),), 1, "D1 G0 A0 I0 M0 C0", None),
        ((objective("1"),), 1, "D0 G1 A0 I0 M0 C0", "1"),
        ((objective("1"), action("1.1")), 2, "D0 G1 A1 I0 M0 C0", "1"),
        ((objective("1"), objective("2", ""), action("2.1")), 1, "D0 G1 A1 I0 M0 C0", "1"),
        (
            (objective("1", elements=GOAL_2), action("1.1", elements=f"{ACTION_2} responsible partner")),
            3,
            "D0 G2 A2 I1 M0 C1",
            "1",
        ),
        (full_objective(), 3, "D0 G2 A2 I2 M2 C2", "1"),
        ((*full_objective(), diagnosis("1")), 4, "D1 G2 A2 I2 M2 C2", "1"),
        ((*full_objective(), passage("1")), 4, "D1 G2 A2 I2 M2 C2", "1"),
        ((passage("1", elements="objective action"),), 2, "D0 G1 A1 I0 M0 C0", None),
        ((passage("1", elements="objective"), passage("2", elements="action")), 2, "D0 G1 A1 I0 M0 C0", None),
        ((passage("1", elements="capacity"),), 0, "D0 G0 A0 I0 M0 C0", None),
    ],
)
def test_level_of_an_item(pieces, level, digits, best):
    scored = item_score(*pieces)
    assert (scored.level, str(scored.digits), scored.objective) == (level, digits, best)


def test_a_diagnosis_is_the_items_and_counts_in_every_objective():
    scored = item_score(objective("1"), objective("2"), diagnosis("1", elements="description figure source"))
    assert [one.digits.D for one in scored.objective_levels] == [2, 2, 2]


def test_an_action_or_indicator_counts_only_for_the_items_it_names():
    pieces = (objective("1", "P1 P2"), action("1.1", "P2"), action("1.2", ""), indicator("1.1", ""))
    assert item_score(*pieces, item="P1").level == 1
    assert item_score(*pieces, item="P2").level == 2


def test_a_priority_named_only_through_its_actions_has_no_goal():
    scored = item_score(objective("1", "P2", GOAL_2), action("1.1"), indicator("1.1"))
    assert (scored.level, scored.digits.G, scored.objective) == (1, 0, "1")


def test_the_implicit_objective_holds_hung_and_loose_passages():
    hung = passage("1", elements="objective", objective="1")
    scored = item_score(objective("1", ""), hung, passage("2", elements="action"))
    levels = {one.number: one.level for one in scored.objective_levels}
    assert levels == {None: 2, "1": 1}
    assert scored.objective is None


def test_the_implicit_objective_holds_no_entries():
    scored = item_score(objective("1"), passage("1", elements="action"))
    assert {one.number: one.level for one in scored.objective_levels} == {"1": 1, None: 1}


def test_a_loose_passage_does_not_help_a_structured_objective():
    assert item_score(objective("1"), passage("1", elements="action")).level == 1
    assert item_score(objective("1"), passage("1", elements="action", objective="1")).level == 2


def test_an_objective_is_considered_through_any_piece_on_it():
    pieces = (
        objective("1", ""),
        objective("2", ""),
        objective("3", ""),
        objective("4", ""),
        indicator("1.1"),
        action("2.1"),
        passage("1", objective="3"),
    )
    assert {one.number for one in item_score(*pieces).objective_levels} == {"1", "2", "3", None}


class TestTheme:
    def test_an_action_entry_gives_a_goal(self):
        scored = item_score(objective("1", "P1", GOAL_2), action("1.1", "P1 T1"), item="T1")
        assert (scored.level, scored.digits.G, scored.objective) == (2, 1, "1")

    def test_a_full_objective_that_names_the_theme_earns_two(self):
        scored = item_score(objective("1", "T1", GOAL_2), action("1.1", "T1"), item="T1")
        assert scored.digits.G == 2

    def test_a_full_passage_hung_on_it_earns_two(self):
        pieces = (objective("1", "P1"), action("1.1", "T1"), passage("1", "T1", GOAL_2, objective="1"))
        assert item_score(*pieces, item="T1").objective_levels[0].digits.G == 2

    def test_an_indicator_gives_none(self):
        assert item_score(objective("1", "P1"), indicator("1.1", "T1"), item="T1").digits.G == 0

    def test_a_passage_gives_none(self):
        pieces = (objective("1", "P1"), passage("1", "T1", "action", objective="1"))
        assert item_score(*pieces, item="T1").digits.G == 0

    def test_only_in_the_objective_of_the_action(self):
        pieces = (objective("1", "P1"), objective("2", "P1"), action("1.1", "T1"), indicator("2.1", "T1"))
        goals = {one.number: one.digits.G for one in item_score(*pieces, item="T1").objective_levels}
        assert goals == {"1": 1, "2": 0, None: 0}

    def test_the_action_is_shown_as_evidence_of_the_goal(self):
        scored = item_score(objective("1", "P1"), action("1.1", "T1"), item="T1")
        assert [(one.criterion.value, one.where, one.digit) for one in scored.evidence] == [
            ("G", "1.1", 1),
            ("A", "1.1", 1),
        ]


TIES = [
    # two objectives (number, digits D G A I M C): the first wins
    (("2", "011000"), ("1", "020222")),  # level before digits
    (("2", "020000"), ("1", "010222")),  # G before everything else
    (("2", "002000"), ("1", "001222")),  # then A
    (("2", "000200"), ("1", "000122")),  # then I
    (("2", "000002"), ("1", "000021")),  # then C before M
    (("2", "000022"), ("1", "000012")),  # then M
    (("2", "010000"), (None, "010000")),  # structured before implicit
    ((None, "020000"), ("1", "010000")),  # but digits come first
    (("2", "010000"), ("10", "010000")),  # natural order of numbers
    (("1.2", "010000"), ("1.10", "010000")),
    (("1", "010000"), ("1.1", "010000")),
    (("9", "010000"), ("A", "010000")),
]


@pytest.mark.parametrize(("winner", "loser"), TIES)
def test_the_best_objective(winner, loser):
    first, second = (
        ObjectiveLevel(number, level_of(Digits(*map(int, digits))), Digits(*map(int, digits)))
        for number, digits in (winner, loser)
    )
    assert sorted((second, first), key=rank_key) == [first, second]


def test_the_best_objective_earns_the_level_and_stands_first():
    scored = item_score(objective("10"), objective("2"), passage("1", elements="objective"))
    assert scored.objective == "2"
    assert [one.number for one in scored.objective_levels] == ["2", "10", None]


def test_digits_are_the_best_of_each_objective():
    assert best_of((Digits(1, 0, 2, 0, 1, 0), Digits(0, 2, 0, 1, 0, 2))) == Digits(1, 2, 2, 1, 1, 2)
    assert best_of(()) == Digits()


def test_natural_order_of_numbers():
    given = ["10", "2", "A", "1.10", "1.2", "1", "01", "", "1a"]
    assert sorted(given, key=natural_key) == ["", "01", "1", "1.2", "1.10", "1a", "2", "10", "A"]
