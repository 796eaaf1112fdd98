"""Every kind of mistake in a plan file, with its line, place, code and words. All are told at once."""

import pytest

from kiv.datafile import FileRefused
from plans.planformat import read_plan
from tests.plans.planformat.editions import EDITIONS

HEADER = "format: kiv-plan/1\nplan: {name: a}\nedition: small\n"  # lines 1 to 3
LONG = "x" * 501


def problems(data):
    with pytest.raises(FileRefused) as refused:
        read_plan(data if isinstance(data, bytes) else data.encode(), EDITIONS)
    return refused.value.problems


@pytest.mark.parametrize(
    ("body", "line", "place", "code", "expected", "quoted"),
    [
        # names and shapes
        ("objektives: []", 4, "objektives", "unknown_field", "only the fields of the format", "a list"),
        ("objectives: true", 4, "objectives", "not_list", "a list", "true"),
        ("objectives: [x]", 4, "objectives[1]", "not_mapping", "a mapping of names to values", '"x"'),
        ("diagnosis: 3", 4, "diagnosis[1]", "not_mapping", "a mapping of names to values", "3"),
        ("choices: [P1]", 4, "choices", "not_mapping", "a mapping of names to values", "a list"),
        ("objectives:\n  - items: P1", 5, "objectives[1].title", "missing", "a value here", ""),
        ("objectives:\n  - title: ' '", 5, "objectives[1].title", "missing", "a value here", ""),
        ("objectives:\n  - title: [x]", 5, "objectives[1].title", "not_text", "text", "a list"),
        ("objectives:\n  - title: true", 5, "objectives[1].title", "not_text", "text", "true"),
        (
            f"objectives:\n  - title: {LONG}",
            5,
            "objectives[1].title",
            "too_long",
            "at most 500 characters",
            '"' + "x" * 56 + "…",
        ),
        (
            f"objectives:\n  - {{number: {'1' * 18 + '.1x'}, title: x}}",
            5,
            "objectives[1].number",
            "too_long",
            "at most 20 characters",
            '"' + "1" * 18 + '.1x"',
        ),
        (
            "objectives:\n  - {title: x, confidential: perhaps}",
            5,
            "objectives[1].confidential",
            "not_yes_no",
            "true or false",
            '"perhaps"',
        ),
        (
            "passages:\n  - {item: P1, elements: [action], quote: x, no_longer_in_text: 1}",
            5,
            "passages[1].no_longer_in_text",
            "not_yes_no",
            "true or false",
            "1",
        ),
        (
            'objectives:\n  - {title: "a\\x07b"}',
            5,
            "objectives[1].title",
            "value_error",
            "text without control characters",
            '"a\\u0007b"',
        ),
        (
            "objectives:\n  - {title: a\u202eb}",
            5,
            "objectives[1].title",
            "value_error",
            "text without control characters",
            '"a\\u202eb"',
        ),
        ("objectives:\n  - title: \u200b\u200b", 5, "objectives[1].title", "missing", "a value here", ""),
        (
            "objectives:\n  - title: x\n    actions:\n      - {title: y, links: [reaction, arrest]}",
            7,
            "objectives[1].actions[1].links[2]",
            "not_one_of",
            "one of 'proaction', 'prevention', 'preparation', 'reaction' or 'aftercare'",
            '"arrest"',
        ),
        (
            "objectives:\n  - title: x\n    indicators:\n      - title: y\n        goal: 3",
            8,
            "objectives[1].indicators[1].goal",
            "unknown_field",
            "only the fields of the format",
            "3",
        ),
        (
            "diagnosis:\n  - {text: x, kind: rumour}",
            5,
            "diagnosis[1].kind",
            "not_one_of",
            "'figure', 'perception', 'mayors', 'prosecutor', 'governor', 'dirco' or 'dirjud'",
            '"rumour"',
        ),
        (
            "choices: {P1: perhaps}",
            4,
            "choices.P1.choice",
            "not_one_of",
            "one of 'retained', 'regular', 'not_retained' or 'undecided'",
            '"perhaps"',
        ),
        ("choices:\n  P1: {line: x}", 5, "choices.P1.choice", "missing", "a value here", ""),
        (
            "choices:\n  P1: {choice: not_retained, reason: money}",
            5,
            "choices.P1.reason",
            "not_one_of",
            "one of 'no_phenomenon', 'covered_elsewhere', 'other_service', 'capacity' or 'other'",
            '"money"',
        ),
        (
            "passages:\n  - {item: P1, elements: [], quote: x}",
            5,
            "passages[1].elements",
            "too_few",
            "1 or more entries",
            "a list",
        ),
        (
            "passages:\n  - {item: P1, elements: [action], quote: x, page: 0}",
            5,
            "passages[1].page",
            "too_small",
            "at least 1",
            "0",
        ),
        (
            "passages:\n  - {item: P1, elements: [action], quote: x, page: 100001}",
            5,
            "passages[1].page",
            "too_big",
            "at most 100000",
            "100001",
        ),
        (
            "passages:\n  - {item: P1, elements: [action], quote: x, page: 3.5}",
            5,
            "passages[1].page",
            "not_number",
            "a whole number",
            '"3.5"',
        ),
        (
            "passages:\n  - {item: P1, elements: action}",
            5,
            "passages[1].quote",
            "missing",
            "a value here",
            "",
        ),
        (
            "passages:\n  - {item: P1, elements: [chain_link], quote: x}",
            5,
            "passages[1]",
            "value_error",
            "links: which of proaction, prevention, preparation, reaction, aftercare,"
            " because elements ticks chain_link",
            "a mapping",
        ),
        # references
        (
            "objectives:\n  - title: x\n    items:\n      - P1\n      - P9",
            8,
            "objectives[1].items[2]",
            "unknown_item",
            "an item of the edition (P1, P2, T1)",
            '"P9"',
        ),
        (
            "objectives:\n  - {title: x, actions: [{title: y, items: p1}]}",
            5,
            "objectives[1].actions[1].items[1]",
            "unknown_item",
            "an item of the edition (P1, P2, T1)",
            '"p1"',
        ),
        (
            "diagnosis:\n  - {text: x, items: [P1, T1, P1]}",
            5,
            "diagnosis[1].items[3]",
            "duplicate",
            "each item once",
            '"P1"',
        ),
        (
            "objectives:\n  - {title: x, items: [{item: P1, aspects: west}]}",
            5,
            "objectives[1].items[1]",
            "unknown_aspect",
            "an aspect of P1 (north, south)",
            '"west"',
        ),
        (
            "objectives:\n  - {title: x, items: [{item: P2, aspects: north}]}",
            5,
            "objectives[1].items[1]",
            "unknown_aspect",
            "an aspect of P2 (none: P2 has no aspects)",
            '"north"',
        ),
        (
            "choices:\n  P1: retained\n  P7: retained",
            6,
            "choices.P7",
            "unknown_item",
            "an item of the edition (P1, P2, T1)",
            '"P7"',
        ),
        (
            "objectives:\n  - {title: a, number: 2}\n  - {title: b}",
            6,
            "objectives[2].number",
            "duplicate",
            "each objective number once",
            '"2"',
        ),
        (
            "passages:\n  - {item: P1, elements: [action], quote: x, objective: 4}",
            5,
            "passages[1].objective",
            "unknown_objective",
            "the number of an objective of this file",
            '"4"',
        ),
        (
            "passages:\n  - {item: P1, elements: [action], quote: a b, page: 2}\n"
            "  - {item: P1, elements: [due], quote: ' a  b', page: 2}",
            6,
            "passages[2]",
            "duplicate",
            "each passage once per item",
            '"P1"',
        ),
        (
            "passages:\n  - {item: X1, elements: [action], quote: x}",
            5,
            "passages[1].item",
            "unknown_item",
            "an item of the edition (P1, P2, T1)",
            '"X1"',
        ),
    ],
)
def test_one_mistake(body, line, place, code, expected, quoted):
    (problem,) = problems(f"{HEADER}{body}\n")
    assert (problem.line, problem.place, problem.code) == (line, place, code)
    assert (problem.expected, problem.found) == (expected, quoted)
