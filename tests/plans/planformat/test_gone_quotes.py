"""`no_longer_in_text`: read, written only when true, and told to the scorer."""

import json

import pytest
import yaml

from kiv.datafile import FileRefused
from plans.planformat import dump_json, dump_plan, read_plan, scoring_input
from plans.scoring import LookReason, score_plan
from tests.plans.planformat.editions import EDITION, EDITIONS

PLAN = "plan: {{name: a}}\nedition: small\npassages:\n  - {{item: P1, elements: [action], quote: x{more}}}\n"


def read(more=""):
    return read_plan(PLAN.format(more=more).encode(), EDITIONS)


@pytest.mark.parametrize(
    ("more", "is_gone"),
    [
        ("", False),
        (", no_longer_in_text:", False),
        (", no_longer_in_text: false", False),
        (", no_longer_in_text: true", True),
    ],
)
def test_it_is_written_only_when_it_is_true(more, is_gone):
    content = read(more)
    assert content.passages[0].no_longer_in_text is is_gone
    written = {"item": "P1", "elements": ["action"], "quote": "x"}
    written |= {"no_longer_in_text": True} if is_gone else {}
    for dumped in (yaml.safe_load(dump_plan(content)), json.loads(dump_json(content))):
        assert dumped["passages"] == [written]
    assert read_plan(dump_plan(content).encode(), EDITIONS) == content
    assert read_plan(dump_json(content).encode(), EDITIONS) == content


@pytest.mark.parametrize("answer", ["yes", '"true"', "1", "[true]"])
def test_only_true_and_false_are_answers(answer):
    with pytest.raises(FileRefused) as refused:
        read(f", no_longer_in_text: {answer}")
    assert [problem.code for problem in refused.value.problems] == ["not_yes_no"]


def test_only_passages_can_be_gone():
    body = "plan: {name: a}\nedition: small\nobjectives:\n  - {title: x, no_longer_in_text: true}\n"
    with pytest.raises(FileRefused) as refused:
        read_plan(body.encode(), EDITIONS)
    assert [(one.place, one.code) for one in refused.value.problems] == [
        ("objectives[1].no_longer_in_text", "unknown_field")
    ]


def test_a_gone_passage_is_a_duplicate_like_any_other():
    """One row per passage and item: the acceptance that came back replaces the one that was gone."""
    again = "  - {item: P1, elements: [action], quote: x}\n"
    with pytest.raises(FileRefused) as refused:
        read_plan((PLAN.format(more=", no_longer_in_text: true") + again).encode(), EDITIONS)
    assert [(one.place, one.code) for one in refused.value.problems] == [("passages[2]", "duplicate")]


@pytest.mark.parametrize(
    ("more", "level", "looks"),
    [("", 1, ()), (", no_longer_in_text: true", 0, (LookReason.QUOTE_GONE,))],
)
def test_the_scorer_is_told(more, level, looks):
    plan = scoring_input(read(more), EDITION)
    assert [piece.is_in_text for piece in plan.pieces] == [not looks]
    first = score_plan(plan).items[0]
    assert (first.level, first.worth_a_look) == (level, looks)


def test_all_that_a_plan_enters_by_hand_is_in_its_text():
    content = read_plan(
        b"plan: {name: a}\nedition: small\n"
        b"objectives:\n  - {title: x, items: P1, actions: [{title: y}], indicators: [{title: z}]}\n"
        b"diagnosis:\n  - {text: x, items: P1}\n",
        EDITIONS,
    )
    assert [piece.is_in_text for piece in scoring_input(content, EDITION).pieces] == [True] * 4
