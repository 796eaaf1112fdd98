"""Every row of the table of criteria (docs/scoring.md §1), through the scorer."""

import pytest

from plans.scoring import Criterion, Element, PieceKind
from plans.scoring.criteria import ROWS

from .builders import action, diagnosis, indicator, item_score, objective, passage

WITHIN_ONE_PIECE = [
    # criterion, elements, digit
    ("D", "description", 1),
    ("D", "figure source", 0),
    ("D", "description figure", 1),
    ("D", "description source", 1),
    ("D", "description figure source", 2),
    ("G", "objective", 1),
    ("G", "result target_group due", 0),
    ("G", "objective result target_group", 1),
    ("G", "objective result due", 1),
    ("G", "objective target_group due", 1),
    ("G", "objective result target_group due", 2),
    ("A", "action", 1),
    ("A", "target_group chain_link", 0),
    ("A", "action target_group", 1),
    ("A", "action chain_link", 1),
    ("A", "action target_group chain_link", 2),
    ("I", "responsible", 1),
    ("I", "due capacity", 0),
    ("I", "responsible capacity", 1),
    ("I", "responsible due", 2),
    ("M", "indicator", 1),
    ("M", "target_value baseline source frequency", 0),
    ("M", "indicator target_value", 1),
    ("M", "indicator target_value baseline", 1),
    ("M", "indicator baseline source frequency", 1),
    ("M", "indicator target_value source", 2),
    ("M", "indicator target_value frequency", 2),
]
HOME = {"D": diagnosis, "G": objective, "A": action, "I": action, "M": indicator}


@pytest.mark.parametrize(("criterion", "elements", "digit"), WITHIN_ONE_PIECE)
def test_digit_of_an_entry(criterion, elements, digit):
    ref = "1" if criterion in "DG" else "1.1"
    pieces = [HOME[criterion](ref, "P1", elements)]
    if criterion in "AIM":
        pieces.append(objective("1", ""))
    assert item_score(*pieces).digits.as_dict()[criterion] == digit


@pytest.mark.parametrize(("criterion", "elements", "digit"), WITHIN_ONE_PIECE)
def test_digit_of_a_passage(criterion, elements, digit):
    assert item_score(passage("1", "P1", elements)).digits.as_dict()[criterion] == digit


@pytest.mark.parametrize(("criterion", "elements", "digit"), [row for row in WITHIN_ONE_PIECE if row[2] == 2])
def test_d_to_m_are_judged_within_one_piece(criterion, elements, digit):
    first, *rest = elements.split()
    split = item_score(passage("1", "P1", first), passage("2", "P1", " ".join(rest)))
    assert split.digits.as_dict()[criterion] == 1


CHAIN = [
    # (elements, links) of each piece, digit
    ([("action", "")], 0),
    ([("action", "prevention")], 0),
    ([("action chain_link", "")], 0),
    ([("action partner", "")], 1),
    ([("action partner", "prevention")], 1),
    ([("action", "prevention reaction")], 1),
    ([("action", "prevention reaction aftercare")], 1),
    ([("action", "prevention"), ("action", "prevention")], 0),
    ([("action", "prevention"), ("action", "reaction")], 1),
    ([("action partner", ""), ("action partner", "")], 1),
    ([("action partner", "prevention reaction")], 2),
    ([("action partner", "prevention"), ("action", "reaction")], 2),
    ([("action partner", ""), ("action", "proaction"), ("action", "preparation")], 2),
]


@pytest.mark.parametrize(("parts", "digit"), CHAIN)
def test_chain_is_judged_over_the_pieces_of_one_objective(parts, digit):
    pieces = [action(f"1.{n}", "P1", elements, links) for n, (elements, links) in enumerate(parts)]
    assert item_score(objective("1", ""), *pieces).digits.as_dict()["C"] == digit


def test_chain_is_not_judged_across_objectives():
    scored = item_score(
        objective("1"),
        objective("2"),
        action("1.1", "P1", "action partner", "prevention"),
        action("2.1", "P1", "action", "reaction"),
    )
    assert scored.digits.C == 1


def test_chain_counts_only_pieces_that_name_the_item():
    pieces = (
        objective("1"),
        action("1.1", "P1", "action partner", "reaction"),
        action("1.2", "P2", "action", "prevention"),
    )
    assert item_score(*pieces).digits.C == 1


def test_a_hung_passage_counts_for_the_chain_of_its_objective():
    pieces = (objective("1"), action("1.1", "P1", "action partner", "reaction"))
    assert item_score(*pieces, passage("1", links="prevention", objective="1")).digits.C == 2
    assert item_score(*pieces, passage("1", links="prevention")).digits.C == 1


def test_naming_a_link_ticks_the_element():
    assert Element.CHAIN_LINK in action("1.1", "P1", "action", "reaction").elements


@pytest.mark.parametrize(
    ("build", "earned"),
    [
        (diagnosis, "D"),
        (objective, "GC"),
        (action, "AIC"),
        (indicator, "MC"),
        (passage, "DGAIMC"),
    ],
)
def test_an_entry_earns_only_under_its_own_kind(build, earned):
    everything = " ".join(element.value for element in Element)
    ref = "1" if build in (diagnosis, objective, passage) else "1.1"
    pieces = [build(ref, "P1", everything)] + ([] if build is objective else [objective("1", "")])
    digits = item_score(*pieces).digits.as_dict()
    assert {letter for letter, digit in digits.items() if digit} == set(earned)


def test_evidence_of_an_action_stands_under_actions_implementation_and_chain():
    piece = action(
        "1.1", "P1", "action responsible due partner target_group", "reaction", page=3, is_confidential=True
    )
    evidence = item_score(objective("1", ""), piece).evidence
    assert [(one.criterion, " ".join(one.elements), one.digit) for one in evidence] == [
        (Criterion.ACTIONS, "action target_group chain_link", 2),
        (Criterion.IMPLEMENTATION, "responsible due", 2),
        (Criterion.CHAIN, "partner chain_link", 1),
    ]
    assert {
        (one.quote, one.where, one.kind, one.objective, one.page, one.is_confidential) for one in evidence
    } == {(piece.text, "1.1", PieceKind.ACTION, "1", 3, True)}


@pytest.mark.parametrize(
    ("elements", "criteria"),
    [
        ("description", "D"),
        ("figure", "D"),
        ("source", ""),
        ("due target_group source", ""),
        ("due result", "G"),
        ("capacity", "I"),
        ("baseline", "M"),
        ("frequency source", "M"),
        ("chain_link", "C"),
        ("chain_link action", "AC"),
        ("partner", "C"),
        ("description objective", "DG"),
    ],
)
def test_shared_elements_alone_put_no_passage_under_a_criterion(elements, criteria):
    evidence = item_score(passage("1", "P1", elements)).evidence
    assert "".join(one.criterion for one in evidence) == criteria


def test_every_element_stands_in_a_row_and_criteria_in_their_order():
    assert {element for row in ROWS.values() for element in row} == set(Element)
    assert "".join(Criterion) == "DGAIMC"


def test_evidence_is_ordered_by_criterion_then_by_the_plan():
    pieces = (
        passage("1", page=4),
        objective("10"),
        objective("2"),
        action("2.10"),
        action("2.9"),
        diagnosis("7"),
    )
    evidence = item_score(*pieces).evidence
    assert [(one.criterion.value, one.where) for one in evidence] == [
        ("D", "7"),
        ("D", "1"),
        ("G", "2"),
        ("G", "10"),
        ("A", "2.9"),
        ("A", "2.10"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        passage("1", elements="description partner", text="a"),
        passage("1", elements="description partner", text="b", page=2),
        passage("1", elements="description partner figure", text="b"),
        passage("1", elements="description partner chain_link", text="b", links="reaction prevention"),
        passage("1", elements="description partner", text="b", is_confidential=True),
    ],
)
def test_pieces_that_differ_in_one_thing_keep_their_order(other):
    piece = passage("1", elements="description partner", text="b")
    chained = passage("1", elements="description partner chain_link", text="b")
    pieces = (piece, chained, other)
    assert item_score(*pieces).evidence == item_score(*pieces[::-1]).evidence
