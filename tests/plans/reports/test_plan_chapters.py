"""What stands in the chapters: tables and sentences for small plans, for whom, in which language."""

import pytest

from plans.reports.chapter_matrix import LONG
from plans.reports.plan_chapters import chapters_of
from plans.selectors.disclosure import ANYBODY
from plans.services.documents import remove_document
from tests.plans.documents.acting import accept, make_read_plan, paper
from tests.plans.papers import EMPTY, upload
from tests.plans.reports.reading import (
    HEAD,
    INSIDE,
    grid,
    listed,
    make_chapter_world,
    read_chapters,
    sentences_of,
    tables_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]


def test_the_matrix_sets_the_diagnosis_beside_the_choice():
    assert tables_of(read_chapters(make_chapter_world()), "matrix") == {
        "Priorities": [
            [
                "Item",
                "Objective picture",
                "Perception",
                "Expectation of the mayors",
                "Expectation of the dirco",
                "In the text of the plan",
                "Choice",
            ],
            [
                "A1",
                "Possession rises [112 · ANG]",
                "SECRET feeling [SECRET figure] !",
                "Do something",
                "",
                "Page 7",
                "Retained",
            ],
            ["A2", "", "", "", "", "", "Not retained | Insufficient capacity: SECRET pointer !"],
            ["A3", "", "", "Do something", "", "", "Regular policing"],
            ["A4", "", "", "", "SECRET dirco", "", "Not retained | Other: SECRET which !"],
        ],
        "Themes": [
            ["Item", "Choice"],
            ["B1", "Applied"],
            ["B2", "Not applied | Covered under another priority or theme: B1"],
        ],
    }


def test_the_alignment_table_says_where_and_how_far():
    chapters = read_chapters(make_chapter_world())
    assert tables_of(chapters, "alignment") == {
        "Priorities": [
            ["Item", "Choice", "State", "Where in the plan", "Level"],
            [
                "A1",
                "Retained",
                "Elaborated",
                "1. Fewer drugs (2 actions) | Pages 3, 7 | Page 4 !",
                "Objective and action",
            ],
            ["A2", "Not retained", "Motivated", "2. SECRET violence (1 action) !", "Objective and action"],
            ["A3", "Regular policing", "Regular policing", "Diagnosis", "Mentioned"],
            ["A4", "Not retained", "Motivated", "3. SECRET item goal", "Mentioned"],
        ],
        "Themes": [
            ["Item", "Choice", "State", "Where in the plan", "Level"],
            ["B1", "Applied [on 1 of 1 retained priorities]", "To elaborate", "1. Fewer drugs", "Mentioned"],
            [
                "B2",
                "Not applied",
                "Motivated",
                "“one two three four five six seven eight nine ten …”",
                "Mentioned",
            ],
        ],
    }
    assert listed(chapters) == ["4. New computers", "5. SECRET own"]


def test_the_motivations_stand_by_kind_and_regular_policing_below():
    assert tables_of(read_chapters(make_chapter_world()), "motivation") == {
        "Not retained · Priorities": [
            ["Item", "Reason", "Motivation"],
            ["A2", "Insufficient capacity: SECRET pointer !", "SECRET line !"],
            ["A4", "Other: SECRET which !", "SECRET why !"],
        ],
        "Not applied · Themes": [
            ["Item", "Reason", "Motivation"],
            ["B2", "Covered under another priority or theme: B1", "Part of it"],
        ],
        "Regular policing": [["Item", "What regular policing does"], ["A3", "On call"]],
    }


def test_what_a_motivation_still_lacks_is_said_in_its_place():
    chapters = read_chapters(make_chapter_world(HEAD + "choices: {A1: not_retained, B1: not_retained}\n"))
    head, missing = ["Item", "Reason", "Motivation"], ["Still to be written"] * 2
    assert tables_of(chapters, "motivation") == {
        "Not retained · Priorities": [head, ["A1", *missing]],
        "Not applied · Themes": [head, ["B1", *missing]],
    }


def test_choices_alone_make_a_chapter():
    chapters = read_chapters(
        make_chapter_world(
            HEAD
            + """
choices:
  A1: retained
  A2: retained
  A3: {choice: not_retained, reason: no_phenomenon, line: Two facts in five years}
  A4: regular
  B1: {choice: not_retained, reason: capacity, line: Too few}
"""
        )
    )
    assert tables_of(chapters, "matrix") == {
        "Priorities": [
            ["Item", "Choice"],
            ["A1", "Retained"],
            ["A2", "Retained"],
            ["A3", "Not retained | No or limited local phenomenon"],
            ["A4", "Regular policing"],
        ],
        "Themes": [["Item", "Choice"], ["B1", "Not applied | Insufficient capacity"], ["B2", "Still open"]],
    }
    assert sentences_of(chapters, "matrix") == (
        "For every item of the edition test-edition en this matrix gives the choice that was made.",
        "Of 4 policy priorities the plan retains 2: short A1 en (A1) and short A2 en (A2). 1 is part of "
        "regular policing: short A4 en (A4). 1 is not retained: short A3 en (A3).",
        "Of 2 transversal themes the plan applies none. 1 is not applied: short B1 en (B1). "
        "1 is still to be decided: short B2 en (B2).",
        "The plan records no objective picture, perception or expectations for these items.",
    )
    assert tables_of(chapters, "alignment")["Priorities"] == [
        ["Item", "Choice", "State"],
        ["A1", "Retained", "To elaborate"],
        ["A2", "Retained", "To elaborate"],
        ["A3", "Not retained", "Motivated"],
        ["A4", "Regular policing", "Open"],
    ]
    assert tables_of(chapters, "motivation")["Regular policing"] == [
        ["Item", "What regular policing does"],
        ["A4", "Still to be written"],
    ]
    assert sentences_of(chapters, "motivation")[-1] == "Still to be decided: short B2 en (B2)."


def test_nothing_filled_in_is_said_in_sentences():
    chapters = read_chapters(make_chapter_world(EMPTY))
    assert sentences_of(chapters, "matrix") == (
        "For every item of the edition test-edition en this matrix gives the choice that was made.",
        "No choice was made yet for the policy priorities.",
        "No choice was made yet for the transversal themes.",
        "The plan records no objective picture, perception or expectations for these items.",
    )
    assert tables_of(chapters, "alignment")["Themes"] == [
        ["Item", "Choice", "State"],
        ["B1", "Still open", "Open"],
        ["B2", "Still open", "Open"],
    ]
    assert tables_of(chapters, "motivation") == {}
    assert sentences_of(chapters, "motivation")[0] == "No item was left unretained or unapplied."


def test_a_long_diagnosis_is_written_out_once():
    long = "word " * (LONG // 4)
    world = make_chapter_world(f"{HEAD}diagnosis: [{{text: {long}, items: [A1, A3]}}]")
    rows = tables_of(read_chapters(world), "matrix")["Priorities"]
    assert [row[1] for row in rows[1:]] == [long.strip(), "", "see A1", ""]


def test_passages_of_several_documents_say_which():
    assessment = make_read_plan()
    assessment.version.plan.language = "en"
    assert _where(assessment, "A4") == "“Er ligt wat zwerfvuil aan de oevers.”"
    second = upload(assessment, "# Bijlage\nTweede tekst over afval.\n", name="annex.md")
    accept(assessment, second, "Tweede tekst", "A4")
    assert _where(assessment, "A4") == (
        "“Er ligt wat zwerfvuil aan de oevers.” [plan] | “Tweede tekst over afval.” [annex]"
    )


def test_a_quote_that_is_gone_is_no_place():
    assessment = make_read_plan()
    assessment.version.plan.language = "en"
    document = paper(assessment)
    remove_document(document=document, revision=document.revision, by=None)
    assert [column.label for column in _alignment(assessment).columns] == ["Item", "Choice", "State"]


def _alignment(assessment):
    assessment.refresh_from_db(fields=["summary"])
    return chapters_of(assessment, INSIDE).chapters[1].tables[0]


def _where(assessment, code) -> str:
    return next(row[3] for row in grid(_alignment(assessment)) if row[0] == code)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("reader", "queries"), [(INSIDE, 16), (ANYBODY, 17)], ids=["inside", "anybody"])
def test_chapters_cost_the_same_for_any_plan(django_assert_num_queries, rows, reader, queries):
    numbers = range(1, rows + 1)
    text = (
        HEAD
        + "objectives:\n"
        + "".join(
            f"  - {{title: Goal {n}, items: [A{n}], actions: [{{title: Act {n}, items: [A{n}]}}]}}\n"
            f"  - {{title: Own {n}}}\n"
            for n in numbers
        )
    )
    text += "diagnosis:\n" + "".join(f"  - {{text: Much {n}, items: [A{n}]}}\n" for n in numbers)
    text += "passages:\n" + "".join(
        f"  - {{item: A{n}, elements: [objective], quote: Said {n}, page: {n}}}\n" for n in numbers
    )
    assessment = make_chapter_world(text).assessment
    with django_assert_num_queries(queries):
        chapters_of(assessment, reader)
