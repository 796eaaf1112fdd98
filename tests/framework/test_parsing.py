"""Bad edition files: every error at once, with its line, its place and what belongs there."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from framework.consistency import CRITERIA
from framework.enums import CriterionCode
from framework.parsing import EditionFile, parse_edition
from kiv.datafile import FileRefused
from tests.framework.sample import SAMPLE, changed

ITEMS = SAMPLE[SAMPLE.index("items:") : SAMPLE.index("criteria:")]
BAD_FILES = yaml.safe_load(Path(__file__).with_name("bad_files.yaml").read_text())
NO_FILES = {
    b"": "file: expected a mapping of names to values, found null",
    b"- 1": "file: expected a mapping of names to values, found a list",
    b"format: \xff": "file: expected UTF-8 text, found byte 8",
    b"a: b: c": "line 1, file: expected valid YAML or JSON, found mapping values are not allowed here, "
    "column 5",
    b"a: 1" + b" " * 2**20: "file: expected at most 1024 KiB",
    b"[" * 40: "line 1, file: expected at most 20 levels",
}
# What has made YAML readers stumble before.
NOISE = (
    *(b"!!int ''", b"!!timestamp x", b"&a [*a]", b"<<: {a: 1}", b"? [1]\n: 2", b'"\\ud800"', b"\t", b"---\n"),
    *(b"%YAML 9.9\n", b"[" * 30, b"{a: " * 30, b"9" * 5000, b"1e999", b".inf", b"0x10", b"|+9\n", b"..."),
)


def problems_of(data: bytes) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        parse_edition(data)
    return [str(problem) for problem in refused.value.problems]


def outcome_of(data: bytes) -> EditionFile | FileRefused:
    try:
        return parse_edition(data)
    except FileRefused as refused:
        return refused


def is_told(outcome: EditionFile | FileRefused) -> bool:
    """An edition, or at least one problem, each of which can be printed."""
    if isinstance(outcome, EditionFile):
        return True
    return bool(outcome.problems) and all(str(problem).encode() for problem in outcome.problems)


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_told_with_line_place_and_expectation(name):
    case = BAD_FILES[name]
    old = ITEMS if case["replace"] == "ALL ITEMS" else case["replace"]
    assert problems_of(changed((old, case["by"]))) == case["told"]


@pytest.mark.parametrize(("data", "told"), NO_FILES.items(), ids=range(len(NO_FILES)))
def test_what_is_no_edition_file_is_refused(data, told):
    assert problems_of(data) == [told]


def test_every_error_is_told_at_once_in_the_order_of_the_file():
    data = changed(("[2030, 2033]", "[2033, 2030]"), ("nl: fietsen", "nl: ''"), ("code: Y-2", "code: X.1"))
    assert problems_of(data) == [
        'line 7, period: expected the first year, then the last, found "[2033, 2030]"',
        'line 21, items[1].title.nl: expected text that is not empty, found ""',
        'line 36, items[2].code: expected each code once (also at items[1]), found "X.1"',
    ]


@pytest.mark.parametrize("code", [".", "..", "...."])
def test_dots_alone_are_no_code(code):
    expected = "expected 1 to 20 letters, digits, dots and hyphens"
    assert problems_of(changed(("code: Y-2", f"code: {code}"))) == [
        f'line 36, items[2].code: {expected}, found "{code}"'
    ]


def test_a_sound_file_gives_all_it_says():
    file = parse_edition(SAMPLE.encode())
    assert (file.code, file.period, str(file.approved)) == ("test-2030", (2030, 2033), "2030-02-28")
    assert [(item.code, item.kind) for item in file.items] == [("X.1", "priority"), ("Y-2", "theme")]
    assert [aspect.code for aspect in file.items[0].aspects] == ["locks", "lights"]
    assert file.items[0].title["fr"] == "vélos"
    assert file.items[1].example is None
    assert [criterion.code for criterion in file.criteria] == ["D", "G", "A", "I", "M", "C"]


def test_codes_are_free_and_their_number_too():
    """Nothing knows P and T, ten and five."""
    only = ITEMS[: ITEMS.index("  - code: Y-2")].replace("X.1", "Zeta-7.b")
    assert [item.code for item in parse_edition(changed((ITEMS, only))).items] == ["Zeta-7.b"]


def test_a_language_may_be_missing_when_its_status_is_missing_too():
    title = "title: {nl: samen, fr: ensemble, de: gemeinsam, en: together}"
    status = "title_status: {nl: official, fr: official, de: translation, en: translation}"
    data = changed(
        (f"{title}\n    {status}", "title: {nl: samen}\n    title_status: {nl: official}"),
    )
    assert parse_edition(data).items[1].title == {"nl": "samen"}


def test_white_space_around_a_text_means_nothing():
    assert parse_edition(changed(("nl: fietsen", 'nl: " fietsen\\n"'))).items[0].title["nl"] == "fietsen"


def test_the_criteria_of_a_file_are_those_of_the_tables():
    assert tuple(CriterionCode.values) == CRITERIA


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_refused_and_nothing_else_happens(data):
    problems_of(data)


@given(st.data())
def test_a_damaged_file_is_read_or_refused(data):
    """Cut, doubled or overwritten anywhere: an edition or FileRefused, never another exception."""
    whole = SAMPLE.encode()
    at = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 60))
    noise = data.draw(st.binary(max_size=20) | st.sampled_from(NOISE))
    assert is_told(outcome_of(whole[:at] + noise + whole[at + length :]))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(sorted(EditionFile.model_fields)),
)
def test_any_value_in_any_place_is_read_or_refused(value, field):
    text = yaml.safe_load(SAMPLE)
    text[field] = value
    assert is_told(outcome_of(yaml.safe_dump(text, allow_unicode=False).encode()))
