"""Who reads what in the chapters, and in which language: confidential words, hidden items, counts."""

import pytest
from django.utils.text import capfirst
from django.utils.translation import override

from plans.enums import Choice, choice_label
from plans.selectors.disclosure import ANYBODY
from tests.plans.reports.reading import (
    CLEARED,
    HEAD,
    INSIDE,
    listed,
    make_chapter_world,
    read_chapters,
    sentences_of,
    tables_of,
)

pytestmark = pytest.mark.django_db


def test_anybody_reads_other_words_for_what_is_confidential_and_nothing_of_hidden_items():
    chapters = read_chapters(make_chapter_world(), ANYBODY)
    assert tables_of(chapters, "matrix")["Priorities"] == [
        [
            "Item",
            "Objective picture",
            "Perception",
            "Expectation of the mayors",
            "In the text of the plan",
            "Choice",
        ],
        ["A1", "Possession rises [112 · ANG]", "confidential element", "Do something", "Page 7", "Retained"],
        ["A2", "", "", "", "", "Not retained | confidential element"],
        ["A3", "", "", "Do something", "", "Regular policing"],
    ]
    assert tables_of(chapters, "alignment")["Priorities"][1:3] == [
        [
            "A1",
            "Retained",
            "Elaborated",
            "1. Fewer drugs (2 actions) | Pages 3, 7 | confidential element",
            "Objective and action",
        ],
        ["A2", "Not retained", "Motivated", "2. confidential element", "Objective and action"],
    ]
    assert tables_of(chapters, "motivation")["Not retained · Priorities"][1:] == [
        ["A2", "confidential element", "confidential element"]
    ]
    assert listed(chapters) == ["4. New computers", "5. confidential element"]


def test_counts_leave_wholly_confidential_items_out():
    world = make_chapter_world()
    inside, anybody = read_chapters(world), read_chapters(world, ANYBODY)
    assert sentences_of(inside, "matrix")[1] == (
        "Of 4 policy priorities the plan retains 1: short A1 en (A1). 1 is part of regular policing: "
        "short A3 en (A3). 2 are not retained: short A2 en (A2) and short A4 en (A4)."
    )
    assert sentences_of(anybody, "matrix")[1] == (
        "Of 3 policy priorities the plan retains 1: short A1 en (A1). 1 is part of regular policing: "
        "short A3 en (A3). 1 is not retained: short A2 en (A2)."
    )
    assert sentences_of(inside, "alignment")[1] == (
        "4 priorities: 1 elaborated, 1 regular policing and 2 motivated."
    )
    assert sentences_of(anybody, "alignment")[1] == (
        "3 priorities: 1 elaborated, 1 regular policing and 1 motivated."
    )
    assert sentences_of(anybody, "motivation") == (
        "Of 5 items, 2 are not retained or not applied. The reasons stand below.",
        "1 item is part of regular policing, without an action plan of its own.",
    )


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        (INSIDE, ("Holds confidential parts: not for publication",)),
        (
            CLEARED,
            (
                "Holds confidential parts: not for publication",
                "Wholly confidential items are not included",
            ),
        ),
        (ANYBODY, ("Confidential parts are not included",)),
    ],
    ids=["inside", "cleared", "anybody"],
)
def test_the_head_says_what_is_in_it(reader, said):
    assert read_chapters(make_chapter_world(), reader).facts[2:] == said


@pytest.mark.parametrize("reader", [CLEARED, ANYBODY], ids=["cleared", "anybody"])
def test_no_trace_of_a_wholly_confidential_item(reader):
    text = repr(read_chapters(make_chapter_world(), reader))
    assert [word for word in ("A4", "SECRET item", "SECRET dirco", "SECRET w") if word in text] == []


def test_no_secret_reaches_anybody():
    world = make_chapter_world()
    assert "SECRET" in repr(read_chapters(world))
    assert "SECRET" not in repr(read_chapters(world, ANYBODY))


def test_a_plan_without_secrets_says_nothing_of_them():
    chapters = read_chapters(make_chapter_world(HEAD + "choices: {A1: retained}"), ANYBODY)
    assert (chapters.has_confidential, chapters.is_withheld, len(chapters.facts)) == (False, False, 2)


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_the_plan_s_language_whatever_the_reader_s(language):
    world = make_chapter_world(language=language)
    with override("de" if language == "fr" else "fr"):
        chapters = read_chapters(world)
    with override(language):
        word = capfirst(str(choice_label(Choice.RETAINED, "priority")))
    row = chapters.chapters[0].tables[0].rows[0]
    assert chapters.language == language
    assert (row.title, row.language) == (f"title A1 {language}", language)
    assert row.cells[-1][0].text == word
    assert chapters.facts[0] == f"edition test-edition {language}"
