"""A plan as a workbook to fill in and take in again. What its cells hold is settled in plans.planformat; here
is how a spreadsheet shows it.

No cell ever becomes a formula or a link. Drop-down lists come from the last sheet.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from framework.models import Item
from kiv.localized import localize
from plans.planformat import PlanContent
from plans.planformat.sheet_layout import (
    ABOUT,
    FIRST_ROW,
    HEAD_ROW,
    LAYOUTS,
    LISTS,
    OBJECTIVES,
    TAG_ROW,
    Column,
    Holds,
    Layout,
    Words,
)
from plans.planformat.sheet_rows import ListedItem, Value, plan_rows
from plans.reports import sheet_words
from plans.scoring import ItemKind

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
#: Rows for which a sheet offers lists and hints; more rows are read all the same.
OFFERED = 2_000
#: Signs that fit in a column.
WIDTHS = {
    Holds.TEXT: 24,
    Holds.NUMBER: 18,
    Holds.REFERENCE: 12,
    Holds.ITEMS: 24,
    Holds.LINKS: 28,
    Holds.LINES: 32,
    Holds.WORD: 26,
    Holds.YES_NO: 14,
    Holds.NOTE: 40,
}
WIDE = {"title": 44, "text": 60, "result": 50, "line": 60, "item": 10, "value": 60}
HEAD = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E7E7E7"}
#: As text: a spreadsheet then leaves what is typed as it is, 2.1 and 1/2 too.
BODY = {"num_format": "@", "text_wrap": True, "valign": "top"}


def listed_items(items: Sequence[Item], language: str) -> list[ListedItem]:
    """The items of an edition, with their aspects, as a workbook in this language shows them."""
    return [
        ListedItem(
            item.code,
            localize(item.short or item.title, language),
            item.kind == ItemKind.THEME,
            {aspect.code: localize(aspect.title, language) for aspect in item.aspects.all()},
        )
        for item in items
    ]


def write_workbook(content: PlanContent, items: Sequence[ListedItem]) -> bytes:
    """The file's bytes, in the active language. The same plan gives the same cells."""
    rows = plan_rows(content, items, sheet_words.words_of_lists(), sheet_words.about_labels())
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as workbook:
        workbook.set_properties({"title": content.plan.name, "comments": ""})
        writer = _Writer(workbook)
        for layout in LAYOUTS:
            writer.write_sheet(layout, rows[layout.name], items)
        writer.write_lists(items)
    return file.getvalue()


class _Writer:
    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.workbook = workbook
        self.titles = sheet_words.sheet_titles()
        self.lists = sheet_words.words_of_lists()
        self.head, self.body = workbook.add_format(HEAD), workbook.add_format(BODY)
        self.plain = workbook.add_format(BODY | {"num_format": "0", "align": "left"})

    def write_sheet(
        self, layout: Layout, rows: Sequence[Sequence[Value]], items: Sequence[ListedItem]
    ) -> None:
        sheet = self._add(layout.name)
        for at, column in enumerate(layout.columns):
            tag = layout.tag(column)
            write_text(sheet, TAG_ROW - 1, at, tag)
            write_text(sheet, HEAD_ROW - 1, at, str(sheet_words.HEADINGS[tag]), self.head)
            sheet.set_column(at, at, WIDE.get(column.field, WIDTHS[column.holds]), self.body)
            self._offer(sheet, layout, at, column, items)
        for row, values in enumerate(rows, FIRST_ROW - 1):
            for at, value in enumerate(values):
                if isinstance(value, int):
                    sheet.write_number(row, at, value, self.plain)
                elif value:
                    write_text(sheet, row, at, value, self.body)
        if layout is ABOUT:
            sheet.set_column(0, 0, None, None, {"hidden": True})
            for row, sentence in enumerate(sheet_words.EXPLANATION, FIRST_ROW + len(rows)):
                write_text(sheet, row, 2, str(sentence), self.body)

    def write_lists(self, items: Sequence[ListedItem]) -> None:
        """One column per closed list; then every code that can be named."""
        sheet = self._add(LISTS)
        for at, words in enumerate(Words):
            write_text(sheet, HEAD_ROW - 1, at, self._name_of(words), self.head)
            for row, word in enumerate(self.lists[words].values(), FIRST_ROW - 1):
                write_text(sheet, row, at, word, self.body)
            sheet.set_column(at, at, WIDTHS[Holds.WORD], self.body)
        at = len(Words)
        codes = [("item", 30), ("item_title", 60)]
        for column, (field, width) in enumerate(codes, at):
            write_text(sheet, HEAD_ROW - 1, column, str(sheet_words.HEADINGS[f"{LISTS}.{field}"]), self.head)
            sheet.set_column(column, column, width, self.body)
        for row, (code, title) in enumerate(_codes(items), FIRST_ROW - 1):
            write_text(sheet, row, at, code, self.body)
            write_text(sheet, row, at + 1, title, self.body)

    def _add(self, name: str) -> Worksheet:
        sheet = self.workbook.add_worksheet(self.titles[name])
        sheet.set_row(TAG_ROW - 1, None, None, {"hidden": True})
        sheet.freeze_panes(HEAD_ROW, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW}:Z{OFFERED}"})
        return sheet

    def _offer(
        self, sheet: Worksheet, layout: Layout, at: int, column: Column, items: Sequence[ListedItem]
    ) -> None:
        """Drop-down lists, the longest text, and what to know of the column."""
        if layout is ABOUT or column.holds is Holds.NOTE:
            return
        last = FIRST_ROW - 2 + min(layout.most, OFFERED)
        if column.words == Words.CHOICE:
            for row, item in enumerate(items, FIRST_ROW - 1):
                words = Words.THEME_CHOICE if item.is_theme else Words.CHOICE
                sheet.data_validation(row, at, row, at, self._one_of(words))
            return
        if rule := self._rule(layout, column):
            sheet.data_validation(FIRST_ROW - 1, at, last, at, rule)

    def _rule(self, layout: Layout, column: Column) -> dict[str, Any]:
        rule: dict[str, Any] = {}
        if column.holds is Holds.WORD:
            rule = self._one_of(column.words)
        elif column.holds is Holds.YES_NO:
            rule = self._one_of(Words.YES_NO)
        elif column.holds is Holds.REFERENCE and layout is not OBJECTIVES:
            rule = {
                "validate": "list",
                "source": self._range(OBJECTIVES.name, 0, OBJECTIVES.most),
                "error_type": "warning",
                "error_message": str(sheet_words.NO_OBJECTIVE),
            }
        elif column.length:
            message = str(sheet_words.TOO_LONG) % {"number": column.length}
            limits = {"criteria": "<=", "value": column.length, "error_message": message}
            rule = {"validate": "length"} | limits
        hint = sheet_words.HINTS.get(layout.tag(column)) or sheet_words.HINTS.get(column.field)
        if hint:
            rule = rule or {"validate": "any"}
            rule["input_message"] = str(hint)
        return rule

    def _one_of(self, words: Words) -> dict[str, Any]:
        return {
            "validate": "list",
            "source": self._range(LISTS, list(Words).index(words), len(self.lists[words])),
            "error_message": str(sheet_words.NOT_IN_LIST),
        }

    def _range(self, name: str, at: int, rows: int) -> str:
        title = self.titles[name].replace("'", "''")
        letter = chr(ord("A") + at)
        return f"='{title}'!${letter}${FIRST_ROW}:${letter}${FIRST_ROW - 1 + rows}"

    def _name_of(self, words: Words) -> str:
        """What a list is called: as the column that takes its words."""
        if words == Words.THEME_CHOICE:
            return _("Choice, for a theme")
        if words == Words.PLAN_KIND:
            return str(sheet_words.ABOUT["plan.kind"])
        for layout in LAYOUTS:
            for column in layout.columns:
                if column.words == words or (column.holds, words) in _OWN_LISTS:
                    return str(sheet_words.HEADINGS[layout.tag(column)])
        raise KeyError(words)


#: The library takes the first for its own XML; of escapes that share a sign it writes only one. In pieces,
#: at least three, such texts are written as they are.
_MISTAKEN = re.compile(r"\A<r>.*</r>\Z|_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_", re.DOTALL)
_CUTS = re.compile(r"(?<=\A<)(?=r>)|(?<=\A<r)(?=>)|(?<=_)(?=x[0-9A-Fa-f]{4}_)")
_OWN_LISTS = {(Holds.LINKS, Words.CHAIN_LINK), (Holds.YES_NO, Words.YES_NO)}


def write_text(sheet: Worksheet, row: int, column: int, text: str, form: Format | None = None) -> None:
    """Text as it is, whatever it begins with. Raises ValueError for more than a cell can hold."""
    if _MISTAKEN.search(text):
        pieces = [piece for piece in _CUTS.split(text) if piece]
        answer = sheet.write_rich_string(row, column, *pieces, *([form] if form else []))
    else:
        answer = sheet.write_string(row, column, text, form)
    if answer:
        raise ValueError(f"row {row + 1}, column {column + 1}: more than a cell can hold")


def _codes(items: Sequence[ListedItem]) -> list[tuple[str, str]]:
    codes = []
    for item in items:
        codes.append((item.code, item.title))
        codes += [(f"{item.code}:{aspect}", title) for aspect, title in item.aspects.items()]
    return codes
