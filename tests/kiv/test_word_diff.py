"""What differs between two texts: always exactly the two texts, and read as a person would."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiv.word_diff import Run, RunKind, diff_words, has_same_words

#: The longest text that an entry of a plan may hold, in signs.
LONG = 5_000
MARKS = {RunKind.KEPT: "{}", RunKind.REMOVED: "[-{}-]", RunKind.ADDED: "[+{}+]"}
#: Few words, so that texts share some; white space and signs of all sorts between them.
WORDS = st.sampled_from(["drugs", "op", "school", "é", "e\u0301", "2027", "12,5", "😀", "(a)", "\u2028x"])
SPACES = st.sampled_from([" ", "  ", "\n", "\r\n", "\t", ", ", ". ", ""])
TEXTS = st.lists(st.tuples(WORDS, SPACES), max_size=30).map(lambda pairs: "".join(map("".join, pairs)))


def joined(runs: tuple[Run, ...], *kinds: RunKind) -> str:
    return "".join(run.text for run in runs if run.kind in kinds)


def marked(old: str, new: str) -> str:
    return "".join(MARKS[run.kind].format(run.text) for run in diff_words(old, new))


@given(TEXTS | st.text(), TEXTS | st.text())
def test_the_runs_hold_both_texts(old, new):
    runs = diff_words(old, new)
    assert joined(runs, RunKind.KEPT, RunKind.ADDED) == new
    assert joined(runs, RunKind.KEPT, RunKind.REMOVED) == old
    assert all(run.text for run in runs)
    assert all(one.kind != other.kind for one, other in zip(runs, runs[1:], strict=False))


@given(TEXTS | st.text())
def test_a_text_does_not_differ_from_itself(text):
    assert [run.kind for run in diff_words(text, text)] == ([RunKind.KEPT] if text else [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("", "new", "[+new+]"),
        ("old", "", "[-old-]"),
        ("Fewer drugs at school", "Fewer drugs in school", "Fewer drugs [-at -][+in +]school"),
        ("by 2028.", "by 2029.", "by [-2028-][+2029+]."),
        ("Controls", "Controls and lessons", "Controls[+ and lessons+]"),
        ("one two", "one\ntwo", "one[- -][+\n+]two"),
        ("a word of the old text", "something else", "[-a word of the old text-][+something else+]"),
        ("two readers met", "two readers never met", "two readers [+never +]met"),
    ],
)
def test_words_are_marked(old, new, expected):
    assert marked(old, new) == expected


def test_texts_with_little_in_common_stand_one_after_the_other():
    old = "The mayors ask for more controls of the shops around the station"
    new = "Schools of the city train their own staff, twice a year, with two partners"
    assert [run.kind for run in diff_words(old, new)] == [RunKind.REMOVED, RunKind.ADDED]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [("a  b", "a\nb ", True), ("", " ", True), ("a b", "ab", False), ("A", "a", False)],
)
def test_white_space_is_no_word(old, new, same):
    assert has_same_words(old, new) is same


def long_texts() -> dict[str, tuple[str, str]]:
    random.seed(20261124)
    words = [f"w{n}" for n in range(600)]
    prose = [random.choice(words) for _ in range(1_200)]
    return {
        "prose": (" ".join(prose), " ".join(word if random.random() < 0.6 else "other" for word in prose)),
        "one word": ("a " * 2_500, "a " * 2_400),
        "two words": ("a b " * 1_250, "b a a " * 850),
        "one word between others": _woven(lambda n: (f"{n:x} a", f"z{n:x} a")),
        "every second word": _woven(lambda n: (f"w{n:x} x{n:x}", f"w{n:x} y{n:x}")),
        "every second word, repeated": _woven(lambda n: (f"x{n % 80} p{n:x}", f"x{n % 80} q{n:x}")),
    }


def _woven(make) -> tuple[str, str]:
    return tuple(" ".join(make(n)[side] for n in range(900)) for side in (0, 1))


@pytest.mark.parametrize("name", list(long_texts()))
def test_the_longest_texts_take_no_time_to_speak_of(name):
    """Measured: 2 ms for prose, 0.25 s for the worst that was found; the bound is for a busy machine."""
    old, new = (text[:LONG] for text in long_texts()[name])
    begun = time.process_time()
    diff_words(old, new)
    assert time.process_time() - begun < 2
