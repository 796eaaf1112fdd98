"""One mistake in a workbook is one problem: what only follows from it is not told again."""

import pytest

from plans.extraction.xlsx_values import Cell, Shape
from tests.plans.planformat.test_workbook import changed, number, read, text, told


def with_actions(numbers, **changes):
    """Actions from row 3 on that name these objectives, beside other changed cells."""
    cells = {("Actions", row, 1): number(said) for row, said in enumerate(numbers, 3)}
    cells |= {("Actions", row, 2): text("Act") for row, _said in enumerate(numbers, 3)}
    return cells | changes


UNKNOWN = "the number of an objective of this file"


def test_a_number_that_is_not_there_is_told_once_with_the_other_cells_that_say_it():
    assert told(changed(with_actions(["7", "1", "7", "8", "7"]))) == [
        ("Actions!A3", "unknown_objective", f"{UNKNOWN}; also in A5, A7", '"7"'),
        ("Actions!A6", "unknown_objective", UNKNOWN, '"8"'),
    ]
    (many,) = told(changed(with_actions(["7"] * 8)))
    assert many[2] == f"{UNKNOWN}; also in A4, A5, A6, A7, A8, …"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({("Objectives", 4, 1): Cell(Shape.DATE, "02/01/2026")}, ("Objectives!A4", "not_objective_number")),
        ({("Objectives", 4, 1): Cell(Shape.ERROR, "#REF!")}, ("Objectives!A4", "cell_error")),
        ({("Objectives", 1, 1): None}, ("Objectives", "column_missing")),
        ({("Objectives", row, 2): text("x") for row in range(3, 204)}, ("Objectives", "too_many")),
    ],
)
def test_actions_are_not_blamed_for_objectives_that_cannot_be_read(cells, problem):
    cells = with_actions(["2.1", "2.1", "9"]) | {("Indicators", 3, 1): number("2.1")} | cells
    assert [(place, code) for place, code, _expected, _found in told(changed(cells))] == [problem]


def test_a_choice_whose_item_cannot_be_read_is_told_once():
    assert [one[:2] for one in told(changed({("Choices", 3, 1): Cell(Shape.FORMULA, "=A1")}))] == [
        ("Choices!A3", "formula")
    ]


def test_text_that_begins_with_an_equals_sign_is_text():
    (objective, _other) = read(changed({("Objectives", 3, 2): text("=1+1 is two")})).objectives
    assert objective.title == "=1+1 is two"
