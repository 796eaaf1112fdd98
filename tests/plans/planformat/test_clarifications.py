"""`clarification_open`: read, written only when true, and told to the scorer."""

import json

import pytest
import yaml

from kiv.datafile import FileRefused
from plans.planformat import dump_json, dump_plan, read_plan, scoring_input
from plans.scoring import LookReason, State, score_plan
from tests.plans.planformat.editions import EDITION, EDITIONS

PLAN = (
    "plan: {{name: a}}\nedition: small\n"
    "choices:\n  P1: {{choice: not_retained, reason: capacity, line: x{more}}}\n"
)


def read(more=""):
    return read_plan(PLAN.format(more=more).encode(), EDITIONS)


@pytest.mark.parametrize(
    ("more", "is_open"),
    [
        ("", False),
        (", clarification_open:", False),
        (", clarification_open: false", False),
        (", clarification_open: true", True),
    ],
)
def test_it_is_written_only_when_it_is_true(more, is_open):
    content = read(more)
    assert content.choices["P1"].clarification_open is is_open
    written = {"choice": "not_retained", "reason": "capacity", "line": "x"}
    written |= {"clarification_open": True} if is_open else {}
    for dumped in (yaml.safe_load(dump_plan(content)), json.loads(dump_json(content))):
        assert dumped["choices"] == {"P1": written}
    assert read_plan(dump_plan(content).encode(), EDITIONS) == content
    assert read_plan(dump_json(content).encode(), EDITIONS) == content


@pytest.mark.parametrize("answer", ["yes", '"true"', "1", "[true]"])
def test_only_true_and_false_are_answers(answer):
    with pytest.raises(FileRefused) as refused:
        read(f", clarification_open: {answer}")
    assert [problem.code for problem in refused.value.problems] == ["not_yes_no"]


@pytest.mark.parametrize(
    ("more", "state", "looks"),
    [
        ("", State.MOTIVATED, ()),
        (", clarification_open: true", State.OPEN, (LookReason.CLARIFICATION_ASKED,)),
    ],
)
def test_the_scorer_is_told(more, state, looks):
    first = score_plan(scoring_input(read(more), EDITION)).items[0]
    assert (first.state, first.worth_a_look) == (state, looks)
