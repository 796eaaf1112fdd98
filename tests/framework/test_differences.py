"""What became of the items from one edition to the next: groups, changes, and properties that always hold."""

from collections import Counter

import pytest
from hypothesis import given

from framework.differences import Change, Outcome, find_differences
from framework.succession import ItemText, aspect_changes, carried, wording
from kiv.word_diff import RunKind
from tests.framework.succeeding import editions, item, items, link, successions

MIRRORED = {
    Outcome.SPLIT: Outcome.MERGED,
    Outcome.MERGED: Outcome.SPLIT,
    Outcome.ADDED: Outcome.REMOVED,
    Outcome.REMOVED: Outcome.ADDED,
}


def told(olds, news, links):
    """(outcome, old codes, new codes, changes) of each difference."""
    return [
        (
            each.outcome.value,
            "".join(old.code for old in each.olds),
            "".join(new.code for new in each.news),
            [change.value for change in each.changes],
        )
        for each in find_differences(olds, news, links, "nl")
    ]


@given(editions())
def test_an_edition_does_not_differ_from_itself(edition):
    links = [link(each.code, each.code) for each in edition]
    found = find_differences(edition, edition, links, "nl")
    assert [each.is_same for each in found] == [True] * len(edition)


@given(successions())
def test_every_item_of_both_stands_in_exactly_one_difference(succession):
    olds, news, links = succession
    found = find_differences(olds, news, links, "nl")
    assert Counter(old.code for each in found for old in each.olds) == Counter(old.code for old in olds)
    assert Counter(new.code for each in found for new in each.news) == Counter(new.code for new in news)


@given(successions())
def test_seen_from_the_other_side_it_is_the_same(succession):
    olds, news, links = succession

    def seen(differences):
        return sorted(
            (
                [each.code for each in difference.olds],
                [each.code for each in difference.news],
                difference.outcome,
                difference.changes,
                difference.is_same,
            )
            for difference in differences
        )

    back = find_differences(news, olds, [each.mirrored() for each in links], "nl")
    mirrored = [
        (theirs, mine, MIRRORED.get(outcome, outcome), changes, is_same)
        for mine, theirs, outcome, changes, is_same in seen(back)
    ]
    assert sorted(mirrored) == seen(find_differences(olds, news, links, "nl"))


def test_kept_split_merged_regrouped_added_and_removed():
    links = [
        link("A", "A"),
        link("B", "K", "superset"),
        link("B", "L", "superset"),
        link("C", "M", "subset"),
        link("D", "M", "subset"),
        link("E", "N", "intersects"),
        link("F", "N", "intersects"),
        link("F", "O", "superset"),
        link("G", None, "none"),
    ]
    assert told(items(*"ABCDEFGH"), items(*"AKLMNOP"), links) == [
        ("paired", "A", "A", []),
        ("split", "B", "KL", []),
        ("merged", "CD", "M", []),
        ("regrouped", "EF", "NO", []),
        ("added", "", "P", []),
        ("removed", "G", "", []),
        ("removed", "H", "", []),
    ]


def test_what_changes_in_a_pair():
    old = ItemText("A", "priority", 1, {"nl": "drugs"}, {"nl": "een twee"}, (("x", {"nl": "x"}),))
    new = ItemText("B", "theme", 1, {"nl": "verslaving"}, {"nl": "een drie"}, (("y", {"nl": "y"}),))
    assert told([old], [new], [link("A", "B", "equivalent")]) == [
        ("paired", "A", "B", ["renamed", "renumbered", "other_kind", "summary", "aspects"])
    ]


@pytest.mark.parametrize(
    ("after", "moved"),
    [
        pytest.param("BACD", "AB", id="two change places"),
        pytest.param("BCDA", "A", id="one is put at the end"),
        pytest.param("DABC", "D", id="one is put in front"),
        pytest.param("XAYBCDZ", "", id="new ones between move nothing"),
        pytest.param("BD", "", id="nor do those that left"),
    ],
)
def test_what_moved_is_what_left_the_common_order(after, moved):
    links = [link(code, code) for code in "ABCD" if code in after]
    found = find_differences(items(*"ABCD"), items(*after), links, "nl")
    assert "".join(sorted(each.olds[0].code for each in found if Change.MOVED in each.changes)) == moved


def test_a_pair_of_which_somebody_says_that_the_meaning_differs_is_not_the_same():
    (found,) = find_differences(items("A"), items("A"), [link("A", "A", "subset")], "nl")
    assert (found.outcome, found.changes, found.is_same) == (Outcome.PAIRED, (), False)


@pytest.mark.parametrize(
    ("links", "is_decided"),
    [
        ([link("A", "A")], True),
        ([link("A", "A", is_decided=False)], False),
        ([link("A", None, "none")], True),
        ([], False),
    ],
)
def test_a_difference_is_decided_when_all_its_links_are(links, is_decided):
    found = find_differences(items("A"), items("A"), links, "nl")
    assert next(each for each in found if each.olds).is_decided == is_decided


def test_white_space_is_no_change():
    assert told([item("A", title="een  twee")], [item("A", title="een\ntwee")], [link("A", "A")]) == [
        ("paired", "A", "A", [])
    ]


@pytest.mark.parametrize(
    ("old", "new", "wanted", "said"),
    [
        ({"nl": "a", "fr": "b"}, {"nl": "c", "fr": "d"}, "fr", ("b", "d", "fr")),
        ({"nl": "a", "de": "b"}, {"nl": "c", "fr": "d"}, "fr", ("a", "c", "nl")),
        ({"de": "b"}, {"fr": "d"}, "nl", ("b", "d", None)),
        ({}, {"fr": "d"}, "fr", ("", "d", None)),
    ],
)
def test_texts_are_compared_in_a_language_that_both_have(old, new, wanted, said):
    found = wording(old, new, wanted)
    assert (found.old, found.new, found.language) == said


def test_each_side_shows_its_own_text_with_its_own_marks():
    found = wording({"nl": "drugs op school"}, {"nl": "drugs en alcohol op school"}, "nl")
    assert "".join(run.text for run in found.old_runs) == found.old
    assert "".join(run.text for run in found.new_runs) == found.new
    assert [run.core for run in found.new_runs if run.kind == RunKind.ADDED] == ["en alcohol"]


def test_aspects_that_are_gone_new_or_reworded():
    old = item("A", aspects=(("kept", {"nl": "k"}), ("gone", {"nl": "g"}), ("said", {"nl": "before"})))
    new = item("A", aspects=(("said", {"nl": "after"}), ("kept", {"nl": "k"}), ("new", {"nl": "n"})))
    assert aspect_changes(old, new, "nl") == (
        ({"nl": "g"}, {"nl": "before"}),
        ({"nl": "after"}, {"nl": "n"}),
    )


def test_carried_is_what_is_decided_equal_or_equivalent_one_to_one():
    links = [
        link("A", "A"),
        link("B", "C", "equivalent"),
        link("D", "D", is_decided=False),
        link("E", "E"),
        link("E", "F", "intersects"),
        link("G", "G"),
        link("H", "G", "subset"),
        link("I", "I", "subset"),
        link("J", None, "none"),
    ]
    assert carried(links) == {"A": "A", "B": "C"}
