"""What the program proposes for the items of a predecessor: every case, and the same every time."""

import time

from hypothesis import given

from framework.proposing import propose
from framework.succession import ItemText
from kiv.localized import LANGUAGES
from tests.framework.succeeding import editions, item, items, link


def told(olds, news, stored=()):
    return [
        (each.old, each.new, each.relation.value, each.confidence.value)
        for each in propose(olds, news, stored)
    ]


def with_aspects(code: str, position: int, title: str, *aspects: str) -> ItemText:
    return item(code, position, title, aspects=tuple((aspect, {"nl": aspect}) for aspect in aspects))


@given(editions(), editions())
def test_the_same_editions_get_the_same_proposals_for_every_old_item_in_order(olds, news):
    found = propose(olds, news)
    assert found == propose(list(reversed(olds)), list(reversed(news)))
    assert list(dict.fromkeys(each.old for each in found)) == [each.code for each in olds]
    assert not any(each.is_stored or each.is_decided for each in found)
    assert all((each.new is None) == (each.relation == "none") for each in found)


@given(editions())
def test_titles_word_for_word_the_same_are_equal(edition):
    titled = [
        ItemText(each.code, each.kind, each.position, {"nl": f"titel {each.code * 5}"}) for each in edition
    ]
    assert told(titled, titled) == [(each.code, each.code, "equal", "high") for each in edition]


def test_another_number_or_place_does_not_matter():
    olds = [item("A", 1, "verkeersveiligheid"), item("B", 2, "overlast")]
    news = [item("X", 1, "overlast"), item("B", 2, "verkeersveiligheid")]
    assert told(olds, news) == [("A", "B", "equal", "high"), ("B", "X", "equal", "high")]


def test_the_same_title_with_other_aspects_is_equivalent():
    olds, news = [with_aspects("A", 1, "drugs", "use")], [with_aspects("A", 1, "drugs", "use", "trade")]
    assert told(olds, news) == [("A", "A", "equivalent", "medium")]


def test_a_short_word_more_is_equivalent():
    olds = [item("A", 1, "integraal en geïntegreerd drugsbeleid")]
    news = [item("A", 1, "een integraal en geïntegreerd drugsbeleid")]
    assert told(olds, news) == [("A", "A", "equivalent", "medium")]


def test_another_title_over_the_same_aspects_is_equivalent():
    aspects = ("use", "trade", "production")
    olds = [with_aspects("A", 1, "drugs", *aspects)]
    news = [with_aspects("A", 1, "verslavende middelen", *aspects)]
    assert told(olds, news) == [("A", "A", "equivalent", "medium")]


def test_a_split_item_contains_its_parts():
    olds = [item("A", 1, "inbraak en autodiefstal")]
    news = [item("A", 1, "inbraak"), item("B", 2, "autodiefstal")]
    assert told(olds, news) == [("A", "A", "superset", "medium"), ("A", "B", "superset", "medium")]


def test_parts_that_took_all_aspects_along_are_parts_all_the_same():
    olds = [with_aspects("A", 1, "inbraak en autodiefstal", "gangs", "routes")]
    news = [with_aspects("A", 1, "inbraak", "gangs", "routes"), item("B", 2, "autodiefstal")]
    assert told(olds, news) == [("A", "A", "superset", "medium"), ("A", "B", "superset", "medium")]


def test_merged_items_are_parts_of_the_whole():
    olds = [item("A", 1, "inbraak"), item("B", 2, "autodiefstal")]
    news = [item("A", 1, "inbraak en autodiefstal")]
    assert told(olds, news) == [("A", "A", "subset", "medium"), ("B", "A", "subset", "medium")]


def test_words_in_common_are_an_overlap_and_no_words_nothing():
    olds = [item("A", 1, "sociale fraude bestrijden"), item("B", 2, "dierenwelzijn")]
    news = [item("A", 1, "fiscale fraude bestrijden"), item("B", 2, "ruimtevaart")]
    assert told(olds, news) == [("A", "A", "intersects", "low"), ("B", None, "none", "low")]


def test_nothing_is_proposed_for_what_somebody_said_nor_an_item_that_is_given_away():
    olds, news = items("aaaa", "bbbb"), [item("X", 1, "aaaa"), item("Y", 2, "bbbb")]
    assert told(olds, news, [link("aaaa", "Y", is_decided=False)]) == [("bbbb", None, "none", "low")]
    assert told(olds, news, [link("aaaa", "Y", "intersects")]) == [("bbbb", "Y", "equal", "high")]


def test_items_in_different_languages_are_not_compared():
    olds, news = (
        [ItemText("A", "priority", 1, {"nl": "drugs"})],
        [ItemText("A", "priority", 1, {"fr": "drugs"})],
    )
    assert told(olds, news) == [("A", None, "none", "low")]


def test_the_largest_editions_take_no_more_than_seconds():
    words = ["inbraak", "verkeer", "drugs", "overlast", "fraude", "milieu", "geweld"]

    def large(shift):
        titles = [f"{words[(n + shift) % 7]} {words[n % 5]} {n}" for n in range(1, 201)]
        return [
            ItemText(f"A{n}", "priority", n, dict.fromkeys(LANGUAGES, title))
            for n, title in enumerate(titles, start=1)
        ]

    began = time.perf_counter()
    assert len({each[0] for each in told(large(0), large(1))}) == 200
    assert time.perf_counter() - began < 10
