"""Plans as sheets of cells: what is written is read back, every mistake is told with its sheet and cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiv.datafile import FileRefused
from plans.extraction.xlsx import Sheet
from plans.extraction.xlsx_values import Cell, Shape
from plans.planformat import ObjectiveEntry, PlanContent
from plans.planformat.workbook import read_workbook
from tests.plans.planformat.editions import EDITIONS
from tests.plans.planformat.sheets import (
    EMPTY,
    FILLED,
    HEADER,
    LANGUAGES,
    changed,
    number,
    read,
    rows_of,
    sheets_of,
    text,
    told,
    vocabulary,
)
from tests.plans.planformat.strategies import contents


@given(contents(), st.sampled_from(LANGUAGES))
def test_what_is_written_is_read_back_and_written_alike(content, language):
    rows = rows_of(content, language)
    again = read(sheets_of(rows))
    assert again == content.model_copy(update={"passages": ()})
    assert rows_of(again, language) == rows


def test_a_plan_without_anything_is_a_template():
    rows = rows_of(EMPTY)
    assert {name: len(listed) for name, listed in rows.items()} == {
        "about": 8, "objectives": 0, "actions": 0, "indicators": 0, "diagnosis": 0, "choices": 3
    }  # fmt: skip
    assert read(sheets_of(rows)) == EMPTY


def test_whole_numbers_are_numbers_and_all_else_is_text():
    texts = ["2028", "0", "-5", "007", "+5", "1.10", "12,5", "-0", "1234567890123456", "٣", "=1+1"]
    content = PlanContent(
        plan=HEADER,
        edition="small",
        objectives=tuple(ObjectiveEntry(number=str(at), title="x", due=due) for at, due in enumerate(texts)),
    )
    written = [row[5] for row in rows_of(content)["objectives"]]
    assert written == [2028, 0, -5, "007", "+5", "1.10", "12,5", "-0", "1234567890123456", "٣", "=1+1"]


def test_objectives_without_a_number_go_by_their_place():
    content = PlanContent(
        plan=HEADER,
        edition="small",
        objectives=({"title": "a"}, {"title": "b", "actions": [{"title": "c"}]}),
    )
    rows = rows_of(content)
    assert (rows["objectives"][1][0], rows["actions"][0][0]) == ("", 2)
    assert read(sheets_of(rows)) == content


@pytest.mark.parametrize(
    ("cell", "becomes"),
    [
        (("Objectives", 3, 3, text("p1:north; T1\nP1:south")), [("P1", ("north", "south")), ("T1", ())]),
        (("Objectives", 3, 3, text("P1, P1:north")), [("P1", ("north",))]),
        (("Objectives", 3, 3, text(" , ;")), []),
        (("Objectives", 3, 6, Cell(Shape.DATE, "31/12/2027")), "31/12/2027"),
        (("Objectives", 3, 6, number("2028")), "2028"),
        (("Objectives", 3, 6, number("0")), "0"),
        (("Objectives", 3, 6, Cell(Shape.PERCENT, "15%")), "15%"),
        (("Objectives", 3, 7, Cell(Shape.YES_NO, "true")), True),
        (("Objectives", 3, 7, text("YES (yes_no  fr)")), True),
        (("Objectives", 3, 7, text("no")), False),
    ],
)  # fmt: skip
def test_cells_are_read_as_people_fill_them_in(cell, becomes):
    title, row, column, value = cell
    objective = read(changed({(title, row, column): value})).objectives[0]
    items = [(ref.item, ref.aspects) for ref in objective.items]
    assert {3: items, 6: objective.due, 7: objective.confidential}[column] == becomes


@pytest.mark.parametrize("cell", [text("2.1"), text(" 2.1 "), number("2,1")])
def test_an_action_hangs_on_the_objective_whose_number_it_says(cell):
    first, second = read(changed({("Actions", 3, 1): cell})).objectives
    assert (first.actions, [action.title for action in second.actions]) == ((), ["Lessons"])


def test_text_that_begins_with_an_equals_sign_is_text():
    (objective, _other) = read(changed({("Objectives", 3, 2): text("=1+1 is two")})).objectives
    assert objective.title == "=1+1 is two"


def test_titles_columns_and_rows_may_be_moved():
    sheets = []
    for at, sheet in enumerate(reversed(sheets_of(rows_of(FILLED)))):
        cells = {
            (row + (row > 2) * 3, 40 - column): cell for (row, column), cell in sorted(sheet.cells.items())
        }
        cells |= {(1, 1): text("Title"), (2, 2): text("Remark"), (9, 2): text("Ours: not read")}
        sheets.append(Sheet(f"Sheet!{at}", cells))
    sheets.insert(1, Sheet("Notes", {(1, 1): text("Our own")}))
    assert read(sheets) == FILLED
    sheets[-2].cells[7, 38] = text("x" * 501)
    assert [one[0] for one in told(sheets)] == ["Sheet!4!AL7"]


CELLS = st.dictionaries(
    st.tuples(st.integers(1, 6), st.integers(1, 10)),
    st.builds(
        Cell,
        st.sampled_from(Shape),
        st.sampled_from(
            ["1", "2", "P1", "P1:north", "retained", "yes", "objectives.title", "true", "x" * 501]
        )
        | st.text(st.characters(codec="utf-8"), min_size=1, max_size=5),
    ),
    max_size=12,
)


@given(st.lists(st.tuples(st.integers(0, 5), CELLS), max_size=3))
def test_any_cells_are_read_or_refused(changes):
    sheets = sheets_of(rows_of(FILLED))
    for at, cells in changes:
        sheets[at].cells.update(cells)
    try:
        answer = read(sheets)
    except FileRefused as refused:
        answer = refused
    if not isinstance(answer, PlanContent):
        assert answer.problems
        assert all(problem.expected for problem in answer.problems)


def test_a_file_that_is_no_workbook_is_one_problem():
    with pytest.raises(FileRefused) as refused:
        read_workbook(b"plan: {name: x}", EDITIONS, vocabulary())
    assert [(one.place, one.code) for one in refused.value.problems] == [("", "workbook_wrong_kind")]
