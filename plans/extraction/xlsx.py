"""XLSX → sheets of cells, each with its place and the text a person reads in it. Bounded, sparse.

Formulas are never computed: what the program stored last counts. Both flavours of the format (transitional
and strict) are read, so names of elements are compared without their namespace. Not here: what a cell means
(plans.planformat), how numbers and dates are put into words (xlsx_values).
"""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from plans.extraction.archive import Package, iterate_xml
from plans.extraction.kinds import COMPOUND, ENCRYPTED
from plans.extraction.types import Code, Limits, Refused
from plans.extraction.xlsx_values import Cell, Dates, Shape, format_codes, number_cell

LIMITS = Limits(bytes=4 * 1024 * 1024, entries=500, unpacked=16 * 1024 * 1024, characters=2_000_000)
#: Cells that hold something, in all sheets together.
MOST_CELLS = 50_000
#: Elements of XML in all parts together, some ten microseconds each: also cells that are only formatted.
MOST_ELEMENTS = 400_000
#: Elements in one cell or text: a text of 32,767 signs in as many typefaces has fewer.
MOST_WITHIN = 10_000
MOST_SHEETS = 50

#: An element, or a text between two, that is longer than the longest text of a cell with every sign escaped.
_ENDLESS = re.compile(rb"<[^<]{400000}")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
#: How the format writes signs that XML cannot hold. Half surrogate pairs stay as they are written.
_ESCAPE = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """`cells` holds (row, column) → cell, both from 1, in the order of the file and without empty cells."""

    title: str
    cells: Mapping[tuple[int, int], Cell]

    def at(self, row: int, column: int) -> str:
        """Where a cell stands, as people say it: Actions!C7."""
        return f"{self.title}!{place_of(row, column)}"


def read_xlsx(data: bytes, limits: Limits = LIMITS) -> list[Sheet]:
    """The sheets of a workbook in its own order, hidden ones too. Raises Refused with a stable code."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused(Code.EMPTY)
    if len(data) > limits.bytes:
        raise Refused(Code.TOO_LARGE, "bytes")
    if data.startswith(COMPOUND):
        raise Refused(Code.ENCRYPTED if ENCRYPTED in data else Code.WRONG_KIND, "compound")
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(Code.WRONG_KIND, "no zip")
    return _Reader(Package(data, limits), limits).read()


def place_of(row: int, column: int) -> str:
    """(7, 3) → "C7"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def row_and_column(place: str) -> tuple[int, int]:
    """ "C7" → (7, 3). Raises Refused for what is no place."""
    found = _PLACE.fullmatch(place)
    if not found:
        raise Refused(Code.UNREADABLE, "place")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


@dataclass(slots=True)
class _Reader:
    package: Package
    limits: Limits
    elements: int = 0
    cells: int = 0
    characters: int = 0
    texts: Sequence[str] = field(default_factory=list)
    formats: Sequence[str] = field(default_factory=list)
    dates: Dates = field(default_factory=Dates)

    def read(self) -> list[Sheet]:
        main = self._main_part()
        sheets = self._sheets_of(main)
        parts = self._relations(main)
        for target, kind in parts.values():
            if kind == "sharedStrings":
                self.texts = [_text_of(si) for si in self._whole(target, {"si"})]
            elif kind == "styles":
                self.formats = format_codes(self._whole(target, {"numFmt", "cellXfs"}))
        found = []
        for title, relation in sheets:
            target, kind = parts.get(relation, ("", ""))
            if kind == "worksheet":
                found.append(Sheet(title, self._cells(target)))
        return found

    def _main_part(self) -> str:
        """The workbook's own part, which its package names."""
        if "_rels/.rels" not in self.package.names:
            raise Refused(Code.WRONG_KIND, "no relations")
        for target, kind in self._relations("").values():
            if kind == "officeDocument":
                if not target.endswith(".xml"):
                    raise Refused(Code.WRONG_KIND, "binary")
                return target
        raise Refused(Code.WRONG_KIND, "no main part")

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Of a part: identifier → (path of the other part, last word of its kind). Never outside the file."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self.package.names:
            return {}
        found = {}
        for relation in self._whole(path, {"Relationship"}):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                found[relation.get("Id", "")] = target.lstrip("/"), kind
        return found

    def _sheets_of(self, main: str) -> list[tuple[str, str]]:
        """(title, identifier of the part) of every sheet."""
        sheets = []
        for event, name, element in self._walk(main, ()):
            if event == "start" and name == "workbookPr":
                self.dates = Dates(is_1904=element.get("date1904") in ("1", "true"))
            elif event == "start" and name == "sheet":
                relations = [value for key, value in element.items() if key.endswith("}id")]
                sheets.append((element.get("name", ""), relations[0] if relations else ""))
        if not sheets:
            raise Refused(Code.WRONG_KIND, "no sheets")
        if len(sheets) > MOST_SHEETS:
            raise Refused(Code.TOO_LARGE, "sheets")
        return sheets

    def _cells(self, part: str) -> dict[tuple[int, int], Cell]:
        cells: dict[tuple[int, int], Cell] = {}
        row = column = 0
        for event, name, element in self._walk(part, {"c"}):
            if event == "start" and name == "row":
                row, column = _number(element.get("r"), row + 1), 0
            elif event == "end" and name == "c":
                place = element.get("r")
                # Without a place a cell follows the one before it.
                row, column = row_and_column(place) if place else (row, column + 1)
                cell = self._cell(element)
                if cell.text.strip():
                    self._count(cell)
                    cells[row, column] = cell
        return cells

    def _count(self, cell: Cell) -> None:
        self.cells += 1
        self.characters += len(cell.text)
        if self.cells > MOST_CELLS or self.characters > self.limits.characters:
            raise Refused(Code.TOO_LARGE, "cells")

    def _cell(self, element: Element) -> Cell:
        parts = {_local(child): child for child in element}
        kind = element.get("t", "n")
        value = parts["v"].text or "" if "v" in parts else ""
        if kind == "inlineStr":
            return Cell(Shape.TEXT, _text_of(parts["is"]) if "is" in parts else "")
        if kind == "str":
            return Cell(Shape.TEXT, _with_plain_ends(_unescape(value)))
        if not value:
            formula = parts["f"].text or "" if "f" in parts else None
            return Cell(Shape.TEXT, "") if formula is None else Cell(Shape.FORMULA, f"={formula}")
        if kind == "s":
            return Cell(Shape.TEXT, _entry(self.texts, value, "text"))
        if kind == "b":
            return Cell(Shape.YES_NO, "true" if value == "1" else "false")
        if kind == "e":
            return Cell(Shape.ERROR, value)
        style = element.get("s")
        code = _entry(self.formats, style, "style") if style and self.formats else "General"
        return self.dates.iso_cell(value) if kind == "d" else number_cell(value, code, self.dates)

    def _whole(self, part: str, names: Collection[str]) -> Iterator[Element]:
        """The elements of these names with all they hold."""
        for event, name, element in self._walk(part, names):
            if event == "end" and name in names:
                yield element

    def _plain_xml(self, part: str) -> bytes:
        """A part as every program writes it: in UTF-8, no element with a hundred thousand attributes.

        The parser's time grows with the square of their number.
        """
        data = self.package.read(part)
        if b"\0" in data[:4]:
            raise Refused(Code.FORBIDDEN_XML, "UTF-16")
        if _ENDLESS.search(data):
            raise Refused(Code.FORBIDDEN_XML, "element")
        return data

    def _walk(self, part: str, names: Collection[str]) -> Iterator[tuple[str, str, Element]]:
        """Every start and end; of what is not within one of `names` nothing is kept in memory."""
        if part not in self.package.names:
            raise Refused(Code.UNREADABLE, "part")
        above: list[Element] = []
        within = held = 0
        for event, element in iterate_xml(self._plain_xml(part), self.limits):
            name = _local(element)
            if event == "start":
                self.elements += 1
                within += name in names
                held = held + 1 if within else 0
                if self.elements > MOST_ELEMENTS or held > MOST_WITHIN:
                    raise Refused(Code.TOO_LARGE, "elements")
                above.append(element)
                yield event, name, element
                continue
            above.pop()
            yield event, name, element
            within -= name in names
            if above and not within:
                del above[-1][:]


def _local(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _text_of(element: Element) -> str:
    """Of a text in one or several typefaces, without what is only a reading aid (phonetic)."""
    parts = []
    for child in element:
        if _local(child) == "t":
            parts.append(child.text or "")
        elif _local(child) == "r":
            parts += [below.text or "" for below in child if _local(below) == "t"]
    return _with_plain_ends("".join(map(_unescape, parts)))


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _entry(listed: Sequence[str], position: str, what: str) -> str:
    number = _number(position, -1)
    if not 0 <= number < len(listed):
        raise Refused(Code.UNREADABLE, what)
    return listed[number]


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
