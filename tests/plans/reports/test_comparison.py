"""Two stored versions compared: movement per item, documents, editions, and the sentence that says it."""

import pytest

from plans.models import Assessment
from plans.reports.comparison import compare_versions
from plans.reports.comparison_sentence import comparison_sentence
from plans.selectors.disclosure import reader_of
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.plans.versions import hold_document, make_versions, see_under, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ACTION = {"title": "Lessons", "items": ["P1"]}
DRUGS = {"title": "Drugs", "items": ["P1"]}


def compare(old: Assessment, new: Assessment, user=None):
    user = user or UserFactory(reader_of=old.version.plan.zone)
    reader = reader_of(user, old.version.plan)
    return compare_versions(old.version, new.version, reader=reader, user=user)


def moved(comparison) -> dict[str, tuple]:
    return {
        move.item.code: tuple((step.old, step.new) for step in (move.level, move.state, move.choice))
        for move in comparison.moved
    }


def test_a_copy_does_not_differ():
    comparison = compare(*make_versions(old={"objectives": [DRUGS], "choices": {"P1": "retained"}}))
    assert (moved(comparison), comparison.has_words, comparison.documents) == ({}, False, ())
    assert [move.item.code for move in comparison.unmoved] == ["P1", "P2", "P3", "T1", "T2"]
    assert comparison_sentence(comparison) == "Nothing differs between these two versions."


def test_what_moved_and_what_did_not():
    comparison = compare(
        *make_versions(
            old={"objectives": [DRUGS], "choices": {"P1": "retained", "P2": "retained"}},
            new={
                "objectives": [DRUGS | {"actions": [ACTION]}],
                "choices": {"P1": "retained", "P2": {"choice": "regular", "line": "On call"}},
            },
        )
    )
    assert moved(comparison) == {
        "P1": ((1, 2), ("to_elaborate", "elaborated"), ("retained", "retained")),
        "P2": ((0, 0), ("to_elaborate", "regular"), ("retained", "regular")),
    }
    digits = comparison.moved[0].digits
    assert ((digits.old["A"], digits.new["A"]), digits.is_taken) == ((0, 1), True)
    assert [move.item.code for move in comparison.unmoved] == ["P3", "T1", "T2"]
    assert comparison_sentence(comparison) == (
        "2 items moved: P1 from level 1 to 2, 1 with another choice; 1 objective changed; 1 motivation added."
    )


def test_the_way_back_says_the_reverse():
    old, new = make_versions(
        old={"objectives": [DRUGS], "passages": [{"item": "P1", "quote": "One", "elements": ["due"]}]},
        new={"objectives": [DRUGS, {"title": "Noise"}], "diagnosis": [{"text": "It rises"}]},
    )
    there = "1 objective added; 1 diagnosis entry added; 1 accepted passage removed."
    back = "1 objective removed; 1 diagnosis entry removed; 1 accepted passage added."
    said = [comparison_sentence(compare(*pair)) for pair in ((old, new), (new, old))]
    assert [
        sentence.replace("1 item moved: 1 with other digits or another state; ", "") for sentence in said
    ] == [
        there,
        back,
    ]


def test_many_items_at_another_level_are_counted():
    codes = [f"P{n}" for n in range(1, 8)]
    edition = EditionFactory(items=codes, themes=(), published=True)

    def named(*those: str) -> dict:
        return {"objectives": [{"title": "One", "items": list(those)}]}

    comparison = compare(*make_versions(old=named(codes[0]), new=named(*codes[1:]), edition=edition))
    assert comparison_sentence(comparison) == (
        "7 items moved: 6 to a higher level, 1 to a lower level; 1 objective changed."
    )


def test_documents_added_removed_and_with_a_new_file():
    old, new = make_versions()
    hold_document(old, 1, "Plan", "a")
    hold_document(old, 2, "Annex", "b")
    hold_document(old, 3, "Evaluation", "c")
    hold_document(new, 1, "Plan", "d")
    hold_document(new, 3, "Evaluation", "c")
    hold_document(new, 4, "SECRET", "e", is_confidential=True)
    comparison = compare(old, new)
    assert [(str(each.change), each.number, each.title) for each in comparison.documents] == [
        ("new_file", 1, "Plan"),
        ("removed", 2, "Annex"),
        ("added", 4, "SECRET"),
    ]
    assert comparison_sentence(comparison) == (
        "1 document added, 1 document removed, 1 document with a new file."
    )
    coordinator = UserFactory(coordinator_of=old.version.plan.zone)
    hidden = compare(old, share(new), coordinator).documents[-1]
    assert (hidden.title, hidden.is_hidden) == ("", True)


@pytest.mark.parametrize("role", ["coordinator_of", "cleared_coordinator_of"])
def test_a_hidden_item_is_in_no_movement_and_no_count(role):
    """It moves in both level and choice; it is wholly confidential in one of the versions."""
    open_one = {"P1": {"choice": "regular", "line": "SECRET"}}
    hidden = {"P1": {"choice": "retained", "item_confidential": True}}
    objectives = [DRUGS | {"title": "SECRET", "actions": [ACTION]}]
    for before, after in ((open_one, hidden), (hidden, open_one)):
        old, new = make_versions(old={"choices": before}, new={"choices": after, "objectives": objectives})
        assert list(moved(compare(old, new))) == ["P1"]
        share(new)
        coordinator = UserFactory(**{role: old.version.plan.zone})
        comparison = compare(old, new, coordinator)
        assert [move.item.code for move in comparison.movement] == ["P2", "P3", "T1", "T2"]
        assert comparison_sentence(comparison) == "Nothing differs between these two versions."
        assert "P1" not in comparison.items


def test_the_latest_edition_of_both_counts():
    old, new = make_versions(old={"objectives": [DRUGS]}, new={"objectives": [DRUGS | {"due": "2028"}]})
    later = EditionFactory(items=("C1",), themes=(), published=True)
    see_under(new, later)
    assert compare(old, new).edition == old.edition
    see_under(old, later)
    comparison = compare(old, new)
    assert (comparison.edition, list(comparison.items)) == (later, ["C1"])


def test_without_a_shared_edition_only_words_are_compared():
    passage = {"item": "P1", "quote": "One", "elements": ["due"]}
    old, new = make_versions(
        old={"objectives": [DRUGS], "choices": {"P1": {"choice": "regular", "line": "On call"}}},
        new={"objectives": [DRUGS | {"title": "Drugs at school"}], "passages": [passage]},
    )
    see_under(new, EditionFactory(items=("C1",), themes=(), published=True))
    Assessment.objects.filter(pk=new.pk).delete()
    comparison = compare(old, new)
    assert (comparison.edition, comparison.movement, comparison.items) == (None, (), {})
    assert (comparison.motivations, comparison.passages) == ((), ())
    assert [(change.words, change.unnamed) for change in comparison.objectives] == [("Drugs at school", ())]
    assert comparison_sentence(comparison) == "1 objective changed."


def test_without_a_shared_edition_hidden_items_stay_hidden():
    hidden = {"P1": {"choice": "retained", "item_confidential": True}}
    old, new = make_versions(
        old={"objectives": [DRUGS | {"title": "SECRET"}], "choices": hidden}, new={"objectives": []}
    )
    see_under(new, EditionFactory(items=("C1",), themes=(), published=True))
    Assessment.objects.filter(pk=new.pk).delete()
    share(new.version.assessments.get())
    coordinator = UserFactory(coordinator_of=old.version.plan.zone)
    assert compare(old, new, coordinator).objectives == ()
    assert [change.words for change in compare(old, new).objectives] == ["SECRET"]


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries(django_assert_num_queries, count):
    def written(due: str) -> dict:
        return {"objectives": [DRUGS | {"title": f"Drugs {n}", "due": due} for n in range(count)]}

    old, new = make_versions(old=written("2028"), new=written("2029"))
    user = UserFactory(reader_of=old.version.plan.zone)
    reader = reader_of(user, old.version.plan)
    with django_assert_num_queries(21):
        comparison = compare_versions(old.version, new.version, reader=reader, user=user)
    assert len(comparison.objectives) == count
