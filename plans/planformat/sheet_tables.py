"""Finding the sheets of a plan in a workbook, and in them the rows: field → cell, each with its place.

Sheets and columns that somebody added are not read; what is missing or stands twice is told.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kiv.datafile import FileProblem, quote
from plans.extraction.xlsx import Cell, Sheet
from plans.planformat.sheet_layout import LAYOUTS, Column, Holds, Layout

#: The tags stand in one of the first rows: somebody may have put a title above them.
TAGS_WITHIN = 10
_TAG = re.compile(r"([a-z_]+)\.([a-z_]+)")
#: What a row holds before anybody fills it in.
_GIVEN = ("field", "item")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of the plan. `columns`: field → number of its column."""

    layout: Layout
    sheet: Sheet
    tag_row: int
    columns: Mapping[str, int]

    def place(self, row: int, field: str) -> str:
        """Such as Actions!C7, with the title that the sheet has in this workbook."""
        return self.sheet.at(row, self.columns[field])

    def rows(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """(row, field → cell) of every row in which something was filled in."""
        by_column = {
            self.columns[column.field]: column.field
            for column in self.layout.columns
            if column.holds is not Holds.NOTE
        }
        rows: dict[int, dict[str, Cell]] = {}
        for (row, column), cell in sorted(self.sheet.cells.items()):
            if row > self.tag_row + 1 and column in by_column:
                rows.setdefault(row, {})[by_column[column]] = cell
        for row, cells in rows.items():
            if any(name not in _GIVEN for name in cells):
                yield row, cells

    def stray_cells(self) -> Iterator[tuple[str, Cell]]:
        """(place, cell) in columns that have neither a tag nor a heading, one of each column."""
        known = set(self.columns.values())
        known |= {column for row, column in self.sheet.cells if row == self.tag_row + 1}
        for (row, column), cell in sorted(self.sheet.cells.items()):
            if row > self.tag_row + 1 and column not in known:
                known.add(column)
                yield self.sheet.at(row, column), cell


@dataclass(slots=True)
class Found:
    """Name of a sheet → its table, for those that are whole, and what is wrong with the others."""

    tables: dict[str, Table] = field(default_factory=dict)
    problems: list[FileProblem] = field(default_factory=list)


def find_tables(sheets: Sequence[Sheet]) -> Found:
    """Every sheet and every column must be there once: what is left out would be emptied."""
    found = Found()
    tagged = [(sheet, *tags) for sheet in sheets if (tags := _tags_of(sheet))]
    if not tagged:
        found.problems.append(FileProblem("", "not_a_template", "a workbook made here"))
        return found
    for layout in LAYOUTS:
        mine = [(sheet, row, tags) for sheet, row, name, tags in tagged if name == layout.name]
        if not mine:
            found.problems.append(FileProblem("", "sheet_missing", f"the sheet {layout.name}"))
        for sheet, row, tags in mine[:1]:
            if columns := _columns_of(layout, sheet, row, tags, found.problems):
                found.tables[layout.name] = Table(layout, sheet, row, columns)
        for sheet, *_rest in mine[1:]:
            found.problems.append(FileProblem(sheet.title, "sheet_twice", "each sheet once"))
    return found


def _tags_of(sheet: Sheet) -> tuple[int, str, list[tuple[int, str]]] | None:
    """(row of the tags, name of the sheet, [(column, field)]) of the first row that holds tags."""
    names = {layout.name for layout in LAYOUTS}
    rows: dict[int, list[tuple[int, str, str]]] = {}
    for (row, column), cell in sheet.cells.items():
        if row <= TAGS_WITHIN and (tag := _TAG.fullmatch(cell.text.strip())) and tag[1] in names:
            rows.setdefault(row, []).append((column, tag[1], tag[2]))
    if not rows:
        return None
    row = min(rows)
    name = rows[row][0][1]
    return row, name, [(column, field) for column, other, field in rows[row] if other == name]


def _columns_of(
    layout: Layout,
    sheet: Sheet,
    row: int,
    tags: Sequence[tuple[int, str]],
    problems: list[FileProblem],
) -> dict[str, int] | None:
    """Field → column; None when one is missing or stands twice, of which the problem is kept."""
    columns: dict[str, int] = {}
    whole = True
    for column, name in sorted(tags):
        if name in columns:
            problems.append(
                FileProblem(sheet.at(row, column), "column_twice", "each column once", quote(name))
            )
            whole = False
        columns.setdefault(name, column)
    for column in _needed(layout):
        if column.field not in columns:
            problems.append(FileProblem(sheet.title, "column_missing", layout.tag(column)))
            whole = False
    return columns if whole else None


def _needed(layout: Layout) -> Iterator[Column]:
    return (column for column in layout.columns if column.holds is not Holds.NOTE)
