"""Reading data files: bounded, without surprises, every problem with its place."""

from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from kiv import plainyaml
from kiv.datafile import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    FileProblem,
    FileRefused,
    format_place,
    load,
    problem_at,
    validate,
)


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    year: int = 0


class Document(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    title: str
    entries: Annotated[list[Entry], Field(min_length=1)]


def told(data: bytes | str) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        validate(Document, load(data if isinstance(data, bytes) else data.encode()))
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022-03-31", "2022-03-31"),
        ("no", "no"),
        ("012", "012"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("12:30", "12:30"),
        ("<<", "<<"),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("1.10", "1.10"),
        ("+3", "+3"),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
        ('"\\ud83d\\ude00"', "😀"),
        ("😀", "😀"),
    ],
)
def test_plain_values_are_what_they_look_like(text, value):
    assert load(f"a: {text}".encode()).value == {"a": value}


def test_json_is_read_too_and_a_byte_order_mark_means_nothing():
    assert load(b'\xef\xbb\xbf{"a": [1, {"b": null}], "c": "d\\ne"}').value == {
        "a": [1, {"b": None}],
        "c": "d\ne",
    }


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"\xff", "encoding", None),
        (b"a: \x00", "nul", None),
        (b"a: \x07", "syntax", None),
        (b"a: [", "syntax", 1),
        (b"a: 1\n\tb: 2", "syntax", 2),
        (b"a: 1\n---\nb: 2", "syntax", 2),
        (b"a: &x 1", "alias", 1),
        (b"a: 1\nb: *x", "alias", 2),
        (b"a: !!python/object:os.system 1", "tag", 1),
        (b"a: 1\nb: !!timestamp 2020-01-01", "tag", 2),
        (b"a: 1\nb: !!int ''", "tag", 2),
        (b"[" * (MAX_DEPTH + 1), "depth", 1),
        (b"#" * (MAX_BYTES + 1), "too_large", None),
        (b'a: 1\nb: "\\0"', "sign", 2),
        (b'a: 1\nb: "\\ud800"', "sign", 2),
        (b"a: 1\n? [b]\n: 2", "name", 2),
    ],
)
def test_what_no_file_may_hold(data, code, line):
    with pytest.raises(FileRefused) as refused:
        load(data)
    assert [(problem.code, problem.line) for problem in refused.value.problems] == [(code, line)]


@pytest.mark.parametrize("first", [b"", b"#\t\n"], ids=["fast", "slow"])
def test_too_many_entries_are_not_read_to_their_end(first):
    with pytest.raises(FileRefused) as refused:
        load(first + b"a: [\n" + b"1,\n" * MAX_NODES)
    (problem,) = refused.value.problems
    line = MAX_NODES - 1 + len(first.splitlines())
    assert (problem.code, problem.expected, problem.line) == ("too_many", "at most 100000 entries", line)


def test_as_many_entries_as_there_may_be_are_read():
    # The mapping, its name and the list are three of them.
    assert len(load(b"a:\n" + b"- 1\n" * (MAX_NODES - 3)).value["a"]) == MAX_NODES - 3


@pytest.mark.skipif(plainyaml.FastLoader is None, reason="PyYAML was built without libyaml")
@given(st.text(alphabet="{}[]:,-?&*!|>'\"%@`#ab1 \n\\~<é", max_size=40).map(lambda text: text + "\n"))
def test_what_the_slow_parser_reads_the_fast_one_reads_alike(text):
    fast = reading_of(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plainyaml, "FastLoader", None)
        slow = reading_of(text)
    assert fast == slow or isinstance(slow[0], FileProblem)


def reading_of(text: str):
    try:
        loaded = load(text.encode())
    except FileRefused as refused:
        return refused.problems
    # An empty document stands nowhere in particular.
    return loaded.value, loaded.problems, {} if loaded.value is None else loaded.lines


@pytest.mark.parametrize("text", ["a:\t1", "a: 1\n\tb: 2", "a: [1,\t2]", "a\n\tb: 1", "\ufeffa: 1\n\ufeff"])
def test_about_tabs_and_marks_the_parsers_agree_too(text, monkeypatch):
    fast = reading_of(text)
    monkeypatch.setattr(plainyaml, "FastLoader", None)
    assert fast == reading_of(text)


def test_signs_that_turn_a_text_about_are_not_shown_as_they_are():
    (problem,) = told("title: t\nentries: a\u202eb")
    assert problem == 'line 2, entries: expected a list, found "a\\u202eb"'


def test_a_file_of_exactly_the_largest_size_is_read():
    assert load(b"a: 1 #" + b"x" * (MAX_BYTES - 6)).value == {"a": 1}


def test_every_problem_at_once_in_the_order_of_the_file():
    data = "title: 3\nother: 1\nentries:\n- name: a\n  year: soon\n- {year: 1}\n- 4\ntitle: x\n"
    assert told(data) == [
        "line 2, other: expected only the fields of the format, found 1",
        'line 5, entries[1].year: expected a whole number, found "soon"',
        "line 6, entries[2].name: expected a value here",
        "line 7, entries[3]: expected a mapping of names to values, found 4",
        "line 8, title: expected each name once",
    ]


def test_problems_the_caller_found_are_told_with_the_others():
    loaded = load(b"entries:\n- name: a\n")
    more = [problem_at(loaded, ("entries", 0, "name"), "odd", "another name", "a")]
    with pytest.raises(FileRefused) as refused:
        validate(Document, loaded, more=more)
    assert [(problem.place, problem.code) for problem in refused.value.problems] == [
        ("title", "missing"),
        ("entries[1].name", "odd"),
    ]


@pytest.mark.parametrize("data", ["", "- 1", "text", "12"])
def test_a_file_is_a_mapping(data):
    (problem,) = told(data)
    assert problem.startswith("file: expected a mapping of names to values, found ")


def test_a_bad_entry_is_no_reason_to_ask_for_more_entries():
    class Pair(BaseModel):
        years: Annotated[tuple[int, ...], Field(min_length=2)]

    with pytest.raises(FileRefused) as refused:
        validate(Pair, load(b"years: [now, 2]"))
    assert [problem.place for problem in refused.value.problems] == ["years[1]"]


def test_places_count_from_one_as_people_do():
    assert format_place(("items", 2, "title", "fr")) == "items[3].title.fr"
    assert str(FileProblem("", "syntax", "YAML")) == "file: expected YAML"


def test_what_was_found_is_quoted_shortly():
    (problem,) = told(f"title: [{'x' * 500}]\nentries: [{{name: a}}]")
    assert problem == "line 1, title: expected text, found a list"
    with pytest.raises(FileRefused) as refused:
        validate(Document, load(f"title: t\nentries: {'x' * 500}".encode()))
    assert refused.value.problems[0].found == '"' + "x" * 56 + "…"


def test_two_hundred_problems_are_enough():
    with pytest.raises(FileRefused) as refused:
        validate(Document, load(b"title: t\nentries:\n" + b"- 1\n" * 500))
    assert len(refused.value.problems) == 200


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(data):
    try:
        loaded = load(data)
    except FileRefused as refused:
        problems = refused.problems
    else:
        problems = loaded.problems
        assert () in loaded.lines or loaded.value is None
    assert all(str(problem).encode() for problem in problems)


@given(st.text(alphabet="{}[]:,-?&*!|>'\"%@`#ab1 \n\\~<", max_size=60))
def test_any_signs_of_yaml_are_read_or_refused(text):
    try:
        load(text.encode())
    except FileRefused as refused:
        told = refused.problems
    else:
        return
    assert told
