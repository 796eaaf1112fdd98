"""What chapters consist of, in words ready to be set: no format, no database.

Every text has passed `clean`: whatever was typed, a writer finds nothing in it that its format forbids.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from plans.planformat.signs import BIDI_CONTROLS

LINE_ENDS = "\n\t"


def clean(text: str) -> str:
    """Without signs that XML forbids or that turn the order of what follows; line ends stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if _is_welcome(sign)).strip()


def _is_welcome(sign: str) -> bool:
    if sign in LINE_ENDS:
        return True
    return (
        sign not in BIDI_CONTROLS
        and unicodedata.category(sign) not in {"Cc", "Cs", "Co"}
        and ord(sign) & 0xFFFE != 0xFFFE
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing said in a cell; `note` stands below it, smaller (a figure and its source).

    `is_confidential`: the reader may read it, others not. `is_hidden`: the text is only the words for that.
    """

    text: str
    note: str = ""
    is_confidential: bool = False
    is_hidden: bool = False


Cell = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An item and, per further column, what stands there. `language` is that of `title`."""

    code: str
    title: str
    language: str
    cells: tuple[Cell, ...]
    is_confidential: bool = False

    @property
    def longest(self) -> int:
        """Signs in the longest cell."""
        return max(
            (sum(len(piece.text) + len(piece.note) for piece in cell) for cell in self.cells), default=0
        )


@dataclass(frozen=True, slots=True)
class Column:
    """`weight`: its share of the width."""

    label: str
    weight: int


@dataclass(frozen=True, slots=True)
class Table:
    """The first column names the items; `row.cells` belong to the others."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def lines(self) -> Iterator[tuple[Row, list[tuple[str, Cell]]]]:
        """Each row with its cells under the names of their columns."""
        labels = [column.label for column in self.columns[1:]]
        return ((row, list(zip(labels, row.cells, strict=True))) for row in self.rows)

    @property
    def pieces(self) -> Iterator[Piece]:
        return (piece for row in self.rows for cell in row.cells for piece in cell)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list below the tables."""

    title: str
    sentence: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """`is_wide`: its tables ask a page on its side."""

    key: str
    title: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    listing: Listing | None = None
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Chapters:
    """The chapters for one plan and one reader, all words in `language`.

    `saved_at` is when the version was shared, else last changed. `mark` is set behind what is confidential.
    `has_confidential`: some of it may not be published; `is_withheld`: some was hidden from this reader.
    """

    language: str
    title: str
    place: str
    facts: tuple[str, ...]
    saved_at: datetime
    chapters: tuple[Chapter, ...]
    mark: str
    has_confidential: bool
    is_withheld: bool

    @property
    def runs(self) -> Iterator[tuple[bool, tuple[Chapter, ...]]]:
        """Chapters in their order, those together that share upright pages or (True) wide ones."""
        for is_wide, chapters in groupby(self.chapters, key=lambda chapter: chapter.is_wide):
            yield is_wide, tuple(chapters)

    @property
    def length(self) -> int:
        """Signs in all tables together."""
        return sum(
            len(piece.text) + len(piece.note)
            for chapter in self.chapters
            for table in chapter.tables
            for piece in table.pieces
        )
