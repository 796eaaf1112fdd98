"""Rows of text as a CSV file that a spreadsheet opens well: in columns, with accents, without formulas.

Semicolons and a byte order mark, as spreadsheets set to Belgium expect. Not here: what the rows say.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

#: A cell that begins so is taken for a formula by a spreadsheet.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The file. Words of people that look like a formula get an apostrophe in front."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _defused(cell: str) -> str:
    """Spaces in front do not help a formula past: some programs drop them."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_SIGNS) else cell
