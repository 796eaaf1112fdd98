"""Workbooks as sheets of cells, without any file: made from a plan's content, and changed cell by cell."""

import pytest

from kiv.datafile import FileRefused
from plans.extraction.xlsx import Sheet
from plans.extraction.xlsx_values import Cell, Shape
from plans.planformat import PlanContent, PlanHeader
from plans.planformat.sheet_cells import Vocabulary, fold
from plans.planformat.sheet_layout import (
    ABOUT_FIELDS,
    FIRST_ROW,
    HEAD_ROW,
    LAYOUTS,
    NO,
    TAG_ROW,
    YES,
    Words,
)
from plans.planformat.sheet_rows import ListedItem, plan_rows
from plans.planformat.types import DIAGNOSIS_KINDS
from plans.planformat.workbook import read_sheets
from plans.scoring import ChainLink, Choice, ItemKind, Reason
from tests.plans.planformat.editions import EDITION, EDITIONS

LANGUAGES = ("nl", "fr")
VALUES = {
    Words.CHOICE: list(Choice),
    Words.THEME_CHOICE: list(Choice),
    Words.REASON: list(Reason),
    Words.DIAGNOSIS_KIND: DIAGNOSIS_KINDS,
    Words.PLAN_KIND: ("zonal", "local"),
    Words.CHAIN_LINK: list(ChainLink),
    Words.YES_NO: (YES, NO),
}
ITEMS = [
    ListedItem(
        item.code, f"Title of {item.code}", item.kind is ItemKind.THEME, dict.fromkeys(item.aspects, "?")
    )
    for item in EDITION
]
LABELS = {field: f"label of {field}" for field in ABOUT_FIELDS}


def words_in(language: str) -> dict[str, dict[str, str]]:
    """Every closed list with words that no other language has."""
    return {
        words: {str(value): f"{str(value).title()} ({words} {language})" for value in values}
        for words, values in VALUES.items()
    }


def vocabulary(language: str = "nl") -> Vocabulary:
    meanings: dict[str, dict[str, str]] = {words: {} for words in Words}
    for each in LANGUAGES:
        for words, labels in words_in(each).items():
            meanings[words] |= {fold(label): value for value, label in labels.items()}
    meanings[Words.CHOICE] |= meanings[Words.THEME_CHOICE]
    return Vocabulary(
        meanings, {words: list(labels.values()) for words, labels in words_in(language).items()}
    )


def rows_of(content, language: str = "nl"):
    return plan_rows(content, ITEMS, words_in(language), LABELS)


def sheets_of(rows) -> list[Sheet]:
    """As a spreadsheet program gives them back; each sheet's title is its name with a capital."""
    return [Sheet(layout.name.title(), cells_of(layout, rows[layout.name])) for layout in LAYOUTS]


def cells_of(layout, rows) -> dict[tuple[int, int], Cell]:
    cells = {}
    for at, column in enumerate(layout.columns, 1):
        cells[TAG_ROW, at] = Cell(Shape.TEXT, layout.tag(column))
        cells[HEAD_ROW, at] = Cell(Shape.TEXT, f"heading {at}")
    for row, values in enumerate(rows, FIRST_ROW):
        for at, value in enumerate(values, 1):
            if value != "":
                cells[row, at] = Cell(Shape.NUMBER if isinstance(value, int) else Shape.TEXT, str(value))
    return cells


HEADER = PlanHeader(name="A plan")
EMPTY = PlanContent(plan=HEADER, edition="small")
FILLED = PlanContent(
    plan=HEADER,
    edition="small",
    objectives=(
        {"number": "1", "title": "Drugs", "items": "P1", "due": "2028", "actions": [{"title": "Lessons"}]},
        {"number": "2.1", "title": "Traffic", "indicators": [{"title": "Accidents"}]},
    ),
    diagnosis=({"text": "Much"},),
    choices={"P1": "retained"},
)


def read(sheets):
    return read_sheets(sheets, EDITIONS, vocabulary())


def text(words):
    return Cell(Shape.TEXT, words)


def number(words):
    return Cell(Shape.NUMBER, words)


def changed(cells, content=FILLED):
    """The sheets with other cells: {(name of a sheet, row, column): cell, or None to empty it}."""
    sheets = {sheet.title: dict(sheet.cells) for sheet in sheets_of(rows_of(content))}
    for (title, row, column), cell in cells.items():
        if cell is None:
            sheets[title].pop((row, column), None)
        else:
            sheets[title][row, column] = cell
    return [Sheet(title, found) for title, found in sheets.items()]


def told(sheets):
    with pytest.raises(FileRefused) as refused:
        read(sheets)
    return [(one.place, one.code, one.expected, one.found) for one in refused.value.problems]
