"""Tables as a spreadsheet: a cover, then one sheet a table. What the tables say: the report that asks.

One tagged head row (an Excel table: screen readers announce its heads), no merged cells, real numbers and
dates, frozen heads, a filter on every column. Text is never taken for a formula or a link.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a spreadsheet program takes as the name of a sheet, and as the head of a table's column.
SHEET_NAME, HEAD = 31, 255
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
NARROW, WIDE, WIDEST = 6, 11, 34
#: Column widths are set from so many rows.
LOOKED_AT = 200

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; its first `fixed` columns stay in sight."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]
    fixed: int = 1


@dataclass(frozen=True, slots=True)
class Cover:
    """`blocks`: each a title and its lines; a line is one or two values."""

    name: str
    title: str
    blocks: Sequence[tuple[str, Iterable[Sequence[Value]]]]


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    head: Format
    text: Format
    wrapped: Format
    day: Format
    moment: Format


def write_xlsx(cover: Cover, sheets: Iterable[Sheet], *, made_at: datetime) -> bytes:
    """The file; the same values and moment give the same bytes. `made_at` is local."""
    target = BytesIO()
    book = Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    book.set_properties({"title": cover.title, "created": made_at.replace(tzinfo=None)})
    formats = _Formats(
        title=book.add_format({"bold": True, "font_size": 14}),
        head=book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1}),
        text=book.add_format({"valign": "top"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        day=book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"}),
        moment=book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left", "valign": "top"}),
    )
    _write_cover(book.add_worksheet(sheet_name(cover.name)), cover, formats)
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet_name(sheet.name)), sheet, formats)
    book.close()
    return target.getvalue()


def sheet_name(name: str) -> str:
    return name.translate(FORBIDDEN_IN_NAMES)[:SHEET_NAME].strip()


def _write_cover(page: Worksheet, cover: Cover, formats: _Formats) -> None:
    page.set_column(0, 0, 32, formats.wrapped)
    page.set_column(1, 1, 80, formats.wrapped)
    page.hide_gridlines(2)
    page.set_portrait()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, cover.title, formats.title)
    at = 2
    for title, lines in cover.blocks:
        page.write_string(at, 0, title, formats.head)
        at += 1
        for line in lines:
            for column, value in enumerate(line):
                _write(page, at, column, value, formats, formats.wrapped)
            at += 1
        at += 1


def _write_sheet(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    last_row, last_column = max(1, len(sheet.rows)), len(sheet.heads) - 1
    page.add_table(
        0,
        0,
        last_row,
        last_column,
        {
            "style": "Table Style Light 1",
            "banded_rows": False,
            "columns": [{"header": head[:HEAD], "header_format": formats.head} for head in sheet.heads],
        },
    )
    page.freeze_panes(1, min(sheet.fixed, 2))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column in range(last_column + 1):
        page.set_column(column, column, _width(sheet, column))
    for at, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            # The common kinds first and by name: thousands of cells, and `write` asks the type of each anew.
            if value is None:
                continue
            if type(value) is int:
                page.write_number(at, column, value)
            elif type(value) is str:
                page.write_string(at, column, value)
            else:
                _write(page, at, column, value, formats, formats.text)


def _write(page: Worksheet, at: int, column: int, value: Value, formats: _Formats, text: Format) -> None:
    if value is None:
        return
    if isinstance(value, datetime):
        page.write_datetime(at, column, value, formats.moment)
    elif isinstance(value, date):
        page.write_datetime(at, column, value, formats.day)
    elif isinstance(value, int):
        page.write_number(at, column, value, text)
    else:
        page.write_string(at, column, value, text)


def _width(sheet: Sheet, column: int) -> int:
    """Wide enough for what stands in it, within reason; heads break over lines."""
    longest = max(
        (len(row[column]) for row in sheet.rows[:LOOKED_AT] if isinstance(row[column], str)), default=0
    )
    return min(max(longest + 2, NARROW if longest == 0 and column >= sheet.fixed else WIDE, WIDE), WIDEST)
