"""Which entry of one version is which of another."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.reports.pairing import pair


def itself(text):
    return text


def initial(text):
    return text[:1]


@pytest.mark.parametrize(
    ("olds", "news", "expected"),
    [
        ("ab", "ab", [("a", "a"), ("b", "b")]),
        ("ab", "b", [("a", None), ("b", "b")]),
        ("abc", "ac", [("a", "a"), ("b", None), ("c", "c")]),
        ("ab", "bxa", [("b", "b"), (None, "x"), ("a", "a")]),
        ("aab", "aba", [("a", "a"), ("b", "b"), ("a", "a")]),
        ("", "a", [(None, "a")]),
    ],
)
def test_pairs_stand_in_the_new_order_with_what_is_gone_in_its_place(olds, news, expected):
    assert pair(olds, news, [itself]) == expected


def test_an_earlier_key_goes_before_a_later_one():
    olds, news = ["a1", "a2"], ["a2", "a3"]
    assert pair(olds, news, [itself, initial]) == [("a2", "a2"), ("a1", "a3")]
    assert pair(olds, news, [initial]) == [("a1", "a2"), ("a2", "a3")]


def test_what_is_left_is_paired_by_its_words():
    olds = ["the mayors ask for controls", "quite another thing"]
    news = ["a new sentence", "The mayors ask for more controls"]
    assert pair(olds, news, [itself], itself) == [
        (None, "a new sentence"),
        (olds[0], news[1]),
        (olds[1], None),
    ]


LISTS = st.lists(st.text("abc ", max_size=5), max_size=8)


@given(LISTS, LISTS)
def test_everything_stands_in_one_pair(olds, news):
    pairs = pair(olds, news, [itself, initial], itself)
    assert [new for _old, new in pairs if new is not None] == news
    assert sorted(old for old, _new in pairs if old is not None) == sorted(olds)
    assert (None, None) not in pairs


def test_as_many_entries_as_a_plan_holds():
    olds = [f"old{n} " + " ".join(f"w{n}{k}" for k in range(700)) for n in range(500)]
    news = [f"new{n} " + " ".join(f"v{n}{k}" for k in range(700)) for n in range(500)]
    begun = time.process_time()
    assert len(pair(olds, news, [itself], itself)) == 1_000
    assert time.process_time() - begun < 3
