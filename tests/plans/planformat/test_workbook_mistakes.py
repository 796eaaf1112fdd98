"""Every mistake in a workbook is told once, with its sheet and cell."""

import pytest

from kiv.datafile import MAX_PROBLEMS
from plans.extraction.xlsx import Sheet
from plans.extraction.xlsx_values import Cell, Shape
from plans.planformat import PlanContent
from tests.plans.planformat.sheets import (
    EMPTY,
    FILLED,
    HEADER,
    changed,
    number,
    rows_of,
    sheets_of,
    text,
    told,
)

CHOICES = "one of " + ", ".join(
    f"{word} (choice nl)" for word in ("Retained", "Regular", "Not_Retained", "Undecided")
)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({("Objectives", 3, 2): None}, ("Objectives!B3", "missing", "a value here", "")),
        ({("Objectives", 3, 2): text("x" * 501)},
         ("Objectives!B3", "too_long", "at most 500 characters", '"' + "x" * 56 + "…")),
        ({("Objectives", 3, 3): text("P9")},
         ("Objectives!C3", "unknown_item", "an item of the edition (P1, P2, T1)", '"P9"')),
        ({("Objectives", 3, 3): text("P2, P2")}, ("Objectives!C3", "duplicate", "each item once", '"P2"')),
        ({("Objectives", 4, 1): number("1"), ("Indicators", 3, 1): number("1")},
         ("Objectives!A4", "duplicate", "each objective number once", '"1"')),
        ({("Objectives", 3, 1): Cell(Shape.DATE, "02/01/2026"), ("Actions", 3, 1): number("1")},
         ("Objectives!A3", "not_objective_number", "the number as text, such as 2.1", '"02/01/2026"')),
        ({("Objectives", 3, 7): text("perhaps")},
         ("Objectives!G3", "not_a_word", "one of Yes (yes_no nl), No (yes_no nl)", '"perhaps"')),
        ({("Objectives", 3, 4): text("a\x07b")},
         ("Objectives!D3", "value_error", "text without control characters", '"a\\u0007b"')),
        ({("Objectives", 3, 3): text("P1:NORTH")},
         ("Objectives!C3", "unknown_aspect", "an aspect of P1 (north, south)", '"NORTH"')),
        ({("Objectives", 3, 4): Cell(Shape.FORMULA, "=1+1")},
         ("Objectives!D3", "formula", "a value", '"=1+1"')),
        ({("Objectives", 3, 2): Cell(Shape.ERROR, "#REF!")},
         ("Objectives!B3", "cell_error", "a value", '"#REF!"')),
        ({("Objectives", 3, 9): text("note")}, ("Objectives!I3", "stray_cell", "nothing", '"note"')),
        ({("Actions", 3, 1): None}, ("Actions!A3", "missing", "a value here", "")),
        ({("Actions", 3, 1): number("9")},
         ("Actions!A3", "unknown_objective", "the number of an objective of this file", '"9"')),
        ({("Actions", 3, 5): text("prevention, praying")},
         ("Actions!E3", "not_a_word",
          "one of Proaction (chain_link nl), Prevention (chain_link nl), Preparation (chain_link nl), "
          "Reaction (chain_link nl), Aftercare (chain_link nl)", '"praying"')),
        ({("Actions", 3, 9): text("\n".join(["x"] * 51))},
         ("Actions!I3", "too_many", "at most 50 entries", "a list")),
        ({("Indicators", 3, 4): text("y" * 201)},
         ("Indicators!D3", "too_long", "at most 200 characters", '"' + "y" * 56 + "…")),
        ({("Diagnosis", 3, 2): None}, ("Diagnosis!B3", "missing", "a value here", "")),
        ({("Choices", 3, 3): text("perhaps")}, ("Choices!C3", "not_a_word", CHOICES, '"perhaps"')),
        ({("Choices", 4, 6): text("because")}, ("Choices!C4", "missing", "a value here", "")),
        ({("Choices", 3, 1): text("P9")},
         ("Choices!A3", "unknown_item", "an item of the edition (P1, P2, T1)", '"P9"')),
        ({("Choices", 3, 1): None}, ("Choices!A3", "missing", "a value here", "")),
        ({("Choices", 5, 1): text("P1"), ("Choices", 5, 3): text("retained")},
         ("Choices!A5", "duplicate", "each item once", '"P1"')),
        ({("About", 4, 3): text("large")},
         ("About!C4", "unknown_edition", "a known edition (small)", '"large"')),
        ({("About", 4, 3): None}, ("About", "missing", "a value here", "")),
        ({("About", 3, 3): text("kiv-plan/9")}, ("About!C3", "not_one_of", "'kiv-plan/1'", '"kiv-plan/9"')),
        ({("About", 9, 3): text("regional")},
         ("About!C9", "not_a_word", "one of Zonal (plan_kind nl), Local (plan_kind nl)", '"regional"')),
        ({("Actions", 1, 2): None}, ("Actions", "column_missing", "actions.title", "")),
        ({("Actions", 1, 11): text("actions.due")},
         ("Actions!K1", "column_twice", "each column once", '"due"')),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_cell(cells, problem):
    assert told(changed(cells)) == [problem]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_workbook():
    sheets = changed(
        {
            ("Choices", 3, 3): text("perhaps"),
            ("Actions", 3, 3): text("P9"),
            ("Actions", 3, 1): number("7"),
            ("Actions", 4, 2): text("Second"),
            ("Objectives", 4, 2): None,
            ("Objectives", 3, 3): text("P8"),
            ("Objectives", 3, 2): text("x" * 501),
        }
    )
    assert [(place, code) for place, code, _expected, _found in told(sheets)] == [
        ("Objectives!B3", "too_long"),
        ("Objectives!C3", "unknown_item"),
        ("Objectives!B4", "missing"),
        ("Actions!A3", "unknown_objective"),
        ("Actions!C3", "unknown_item"),
        ("Actions!A4", "missing"),
        ("Choices!C3", "not_a_word"),
    ]


def test_entries_that_hang_on_nothing_are_told_once_and_only_they():
    full = PlanContent(plan=HEADER, edition="small", objectives=tuple({"title": "x"} for _ in range(200)))
    cells = {("Actions", row, 2): text("An action") for row in range(3, 105)}
    cells |= {("Indicators", 3, 1): text("0?"), ("Indicators", 3, 2): text("An indicator")}
    problems = told(changed(cells, full))
    assert [(place, code) for place, code, _expected, _found in problems] == [
        *((f"Actions!A{row}", "missing") for row in range(3, 105)),
        ("Indicators!A3", "unknown_objective"),
    ]


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


def test_sheets_that_are_not_there_or_twice():
    sheets = sheets_of(rows_of(FILLED))
    del sheets[4]
    sheets.append(Sheet("Actions (2)", sheets[2].cells))
    assert told(sheets) == [
        ("", "sheet_missing", "the sheet diagnosis", ""),
        ("Actions (2)", "sheet_twice", "each sheet once", ""),
    ]
    assert told([Sheet("Sheet1", {(1, 1): text("Objective")})]) == [
        ("", "not_a_template", "a workbook made here", "")
    ]
    assert [one[1:3] for one in told(sheets[1:4])] == [
        ("sheet_missing", "the sheet about"),
        ("sheet_missing", "the sheet diagnosis"),
        ("sheet_missing", "the sheet choices"),
    ]


def test_more_rows_than_a_plan_holds_are_counted_not_read():
    sheets = sheets_of(rows_of(EMPTY))
    sheets[1].cells.update({(row, 2): text("x" * 501) for row in range(3, 100_003)})
    assert told(sheets) == [("Objectives", "too_many", "at most 200 entries", "")]


def test_no_more_problems_are_told_than_anybody_corrects():
    sheets = sheets_of(rows_of(EMPTY))
    sheets[2].cells.update({(row, 2): text("An action") for row in range(3, 3_003)})
    assert len(told(sheets)) == MAX_PROBLEMS
