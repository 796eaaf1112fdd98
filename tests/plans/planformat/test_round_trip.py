"""What is written is read back as it was, in YAML and JSON; anything else is refused, never a crash."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kiv.datafile import FileRefused
from plans.planformat import (
    ActionEntry,
    ItemRef,
    ObjectiveEntry,
    PlanContent,
    PlanHeader,
    dump_json,
    dump_plan,
    read_plan,
)
from tests.plans.planformat.editions import EDITIONS
from tests.plans.planformat.strategies import contents

CONTENTS = contents(clarifications=st.booleans())
SMALLEST = b"format: kiv-plan/1\nplan: {name: a}\nedition: small\n"


@given(CONTENTS)
def test_what_is_written_is_read_back(content):
    assert read_plan(dump_plan(content).encode(), EDITIONS) == content
    assert read_plan(dump_json(content).encode(), EDITIONS) == content


@given(CONTENTS)
def test_json_with_escapes_is_read_alike(content):
    escaped = json.dumps(json.loads(dump_json(content)), ensure_ascii=True)
    assert read_plan(escaped.encode(), EDITIONS) == content


@given(CONTENTS)
def test_writing_is_deterministic_and_stable(content):
    again = read_plan(dump_plan(content).encode(), EDITIONS)
    assert (dump_plan(again), dump_json(again)) == (dump_plan(content), dump_json(content))


def test_empty_fields_are_left_out():
    content = PlanContent(
        plan=PlanHeader(name="a plan"),
        edition="small",
        objectives=(ObjectiveEntry(title="Drugs", items=(ItemRef(item="P1"),)),),
    )
    assert yaml.safe_load(dump_plan(content)) == {
        "format": "kiv-plan/1",
        "plan": {"name": "a plan", "kind": "zonal", "language": "nl"},
        "edition": "small",
        "objectives": [{"title": "Drugs", "items": [{"item": "P1"}]}],
    }


def test_zero_is_written_and_read():
    action = ActionEntry(title="x", capacity="0")
    content = PlanContent(
        plan=PlanHeader(name="a"), edition="small", objectives=(ObjectiveEntry(title="x", actions=(action,)),)
    )
    assert read_plan(dump_plan(content).encode(), EDITIONS).objectives[0].actions[0].capacity == "0"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2027", "2027"),
        ("0", "0"),
        ("1.10", "1.10"),
        ("12.50", "12.50"),
        ("+5", "+5"),
        ("007", "007"),
        ("2027-03-31", "2027-03-31"),
        ("no", "no"),
        ("12:30", "12:30"),
        ('" x "', "x"),
        ('"true"', "true"),
        ("null", ""),
        ("~", ""),
        ('"  "', ""),
        ("", ""),
    ],
)
def test_text_is_what_was_written(written, read):
    data = SMALLEST + f"objectives:\n  - title: x\n    due: {written}\n".encode()
    assert read_plan(data, EDITIONS).objectives[0].due == read


def test_numbers_that_look_like_decimals_are_not_one_number():
    data = SMALLEST + b"objectives:\n  - {number: 1.1, title: a}\n  - {number: 1.10, title: b}\n"
    content = read_plan(data, EDITIONS)
    assert [objective.number for objective in content.objectives] == ["1.1", "1.10"]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("items: P1", "items: [{item: P1, aspects: []}]"),
        ("items: [P1, T1]", "items: [{item: P1}, {item: T1}]"),
        ("items: {item: P1, aspects: north}", "items: [{item: P1, aspects: [north]}]"),
        ("confidential: yes", None),
        ("confidential: 1", None),
        ("items: [{item: P1, aspects: north}]", "items: [{item: P1, aspects: [north]}]"),
        ("items:", "items: []"),
        ("actions: [{title: x, links: reaction}]", "actions: [{title: x, links: [reaction]}]"),
        ("actions: [{title: x, partners: a}]", "actions: [{title: x, partners: [a]}]"),
        ("actions: ~", "actions: []"),
        ('number: ""', "confidential: false"),
        ("confidential: ~", "confidential: false"),
    ],
)
def test_short_ways_to_write(short, long):
    def read(line):
        data = SMALLEST + f"objectives:\n  - title: x\n    {line}\n".encode()
        return read_plan(data, EDITIONS)

    if long is None:
        with pytest.raises(FileRefused):
            read(short)
    else:
        assert read(short) == read(long)


def test_a_choice_may_be_one_word():
    short = read_plan(SMALLEST + b"choices: {P1: retained}\n", EDITIONS)
    assert short == read_plan(SMALLEST + b"choices: {P1: {choice: retained}}\n", EDITIONS)


def test_nothing_may_follow_a_name_at_the_top():
    whole = SMALLEST + b"objectives:\ndiagnosis:\nchoices:\npassages:\n"
    assert read_plan(whole, EDITIONS) == read_plan(SMALLEST, EDITIONS)


def is_read_or_refused(data):
    try:
        answer = read_plan(data, EDITIONS)
    except FileRefused as refused:
        answer = refused
    if not isinstance(answer, PlanContent):
        assert answer.problems
        assert all(problem.expected for problem in answer.problems)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    is_read_or_refused(data)


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("{}[]:,-&*!|>#%@\n \"'"), max_size=200))
def test_any_text_is_read_or_refused(text):
    is_read_or_refused(SMALLEST + text.encode())


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.sampled_from(["", "P1", "T1", "north", "retained", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["title", "items", "item", "aspects", "quote", "page", "elements", "choice", "number"]
            )
            | st.text(max_size=2),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(["format", "plan", "edition", "objectives", "diagnosis", "choices", "passages"]),
        VALUES,
    )
)
def test_any_shape_is_read_or_refused(values):
    is_read_or_refused(json.dumps({"plan": {"name": "a"}, "edition": "small"} | values).encode())


@given(CONTENTS, st.data())
def test_a_damaged_file_is_read_or_refused(content, data):
    whole = dump_plan(content).encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    is_read_or_refused(whole[:start] + data.draw(st.binary(max_size=5)) + whole[end:])
