"""A plan file that is wrong as a whole, several mistakes at once, and the bounds of lists."""

import pytest

from kiv.datafile import MAX_BYTES, FileRefused
from plans.planformat import read_plan, types
from tests.plans.planformat.editions import EDITIONS

HEADER = "format: kiv-plan/1\nplan: {name: a}\nedition: small\n"  # lines 1 to 3


def problems(data):
    with pytest.raises(FileRefused) as refused:
        read_plan(data if isinstance(data, bytes) else data.encode(), EDITIONS)
    return refused.value.problems


def found(data):
    return [(one.line, one.place, one.code) for one in problems(data)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", [(None, "", "not_mapping")]),
        ("just words", [(None, "", "not_mapping")]),
        ("- a\n- b\n", [(None, "", "not_mapping")]),
        ("plan: {name: a}\nedition: small\nformat: kiv-plan/9\n", [(3, "format", "not_one_of")]),
        ("edition: small\n", [(1, "plan", "missing")]),
        ("plan: {name: a}\n", [(1, "edition", "missing")]),
        ("plan: {name: a}\nedition: other\n", [(2, "edition", "unknown_edition")]),
        ("plan: {name: a, kind: national}\nedition: small\n", [(1, "plan.kind", "not_one_of")]),
        ("plan: {name: a, language: es}\nedition: small\n", [(1, "plan.language", "not_one_of")]),
        ("plan: {name: a\nedition: small\n", [(2, "", "syntax")]),
        ("plan:\n\t- a\n", [(2, "", "syntax")]),
        ("plan: &a {name: a}\nedition: *a\n", [(1, "", "alias")]),
        ("plan: !!python/name:os.system {name: a}\n", [(1, "", "tag")]),
        ("plan: {name: a}\nplan: {name: b}\nedition: small\n", [(2, "plan", "duplicate")]),
        (b"plan: {name: \xff}\n", [(None, "", "encoding")]),
        ("plan: {name: a}\0\n", [(None, "", "nul")]),
        ("plan: " + "[" * 30 + "]" * 30, [(1, "", "depth")]),
        (b"#" + b"x" * MAX_BYTES, [(None, "", "too_large")]),
    ],
)
def test_a_file_that_is_wrong_as_a_whole(data, expected):
    assert found(data) == expected


def test_everything_is_told_at_once_in_the_order_of_the_file():
    body = (
        "objectives:\n"
        "  - title: ''\n"  # 5
        "    items: P9\n"  # 6
        "    colour: red\n"  # 7
        "  - {title: b, number: 1}\n"  # 8
        "choices: {P8: retained, P1: maybe}\n"  # 9
        "passages:\n"
        "  - {item: P1, elements: [sense], quote: x, objective: 7}\n"  # 11
        "  - {item: T1, aspects: north, elements: [action], quote: y}\n"  # 12
    )
    assert found(HEADER + body) == [
        (5, "objectives[1].title", "missing"),
        (6, "objectives[1].items[1]", "unknown_item"),
        (7, "objectives[1].colour", "unknown_field"),
        (8, "objectives[2].number", "duplicate"),
        (9, "choices.P1.choice", "not_one_of"),
        (9, "choices.P8", "unknown_item"),
        (11, "passages[1].elements[1]", "not_one_of"),
        (11, "passages[1].objective", "unknown_objective"),
        (12, "passages[2].item", "unknown_aspect"),
    ]


@pytest.mark.parametrize(
    ("name", "limit", "entry"),
    [
        ("objectives", types.MAX_OBJECTIVES, "{title: x}"),
        ("diagnosis", types.MAX_DIAGNOSES, "{text: x}"),
        ("passages", types.MAX_PASSAGES, "{item: P1, elements: action, quote: Q}"),
    ],
)
def test_lists_are_bounded(name, limit, entry):
    def listing(length):
        lines = [f"  - {entry.replace('Q', str(at))}" for at in range(length)]
        return HEADER + f"{name}:\n" + "\n".join(lines)

    assert len(getattr(read_plan(listing(limit).encode(), EDITIONS), name)) == limit
    (problem,) = problems(listing(limit + 1))
    assert (problem.place, problem.code, problem.expected) == (name, "too_many", f"at most {limit} entries")


def test_a_line_of_the_report_is_one_line():
    (problem,) = problems(HEADER + "objectives:\n  - {title: x, items: P9}\n")
    assert str(problem) == (
        'line 5, objectives[1].items[1]: expected an item of the edition (P1, P2, T1), found "P9"'
    )
