"""DOCX → blocks: styles, numbering, tables, text boxes, tracked changes. Never writes, never follows a
reference."""

import re
from xml.etree.ElementTree import Element

from plans.extraction.archive import Package
from plans.extraction.docx_styles import WORD, Styles, iterate_word, read_styles
from plans.extraction.headings import is_heading_text, level_of_bold
from plans.extraction.lists import is_toc_line, split_typed_list, strip_toc
from plans.extraction.tables import Cell, make_table
from plans.extraction.types import Block, Code, Kind, Limits, Reading, Refused, Warn

_P, _TBL, _TR, _TC = (f"{WORD}{name}" for name in ("p", "tbl", "tr", "tc"))
#: Old copies of what stands beside them, and text that was moved away.
_SKIPPED = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{WORD}moveFrom",
    f"{WORD}del",
}
_CHANGES = {f"{WORD}{name}" for name in ("ins", "del", "moveFrom", "moveTo")}
_LETTERS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_HYPERLINK = re.compile(rb"relationships/hyperlink[\"']", re.IGNORECASE)
_MAIN = "word/document.xml"


def read_docx(package: Package, limits: Limits) -> Reading:
    if _MAIN not in package.names:
        raise Refused(Code.WRONG_KIND, "no word/document.xml")
    styles = read_styles(package)
    builder = _Builder(styles)
    for event, element in iterate_word(package, _MAIN):
        builder.take(event, element)
    reading = Reading(blocks=builder.finish(), warnings=builder.warnings)
    if "word/footnotes.xml" in package.names:
        notes = _Builder(styles)
        for event, element in iterate_word(package, "word/footnotes.xml"):
            notes.take(event, element)
        reading.blocks += notes.finish()
    if _points_outside(package):
        reading.warnings.add(Warn.EXTERNAL_REFERENCES)
    return reading


def _points_outside(package: Package) -> bool:
    """Pictures, templates or parts that live elsewhere. Ordinary links do not count."""
    for name in ("word/_rels/document.xml.rels", "word/_rels/settings.xml.rels"):
        if name in package.names:
            found = _EXTERNAL.findall(package.read(name))
            if any(not _HYPERLINK.search(relation) for relation in found):
                return True
    return False


class _Builder:
    """Takes the events of one part in order; keeps open tables on a stack."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.warnings: set[Warn] = set()
        self._top: list[Block] = []
        #: Rows of each open table; the last row's last cell is being filled.
        self._tables: list[list[list[Cell]]] = []
        self._skipping = 0
        self._groups = 0
        self._list: tuple[str, int] | None = None

    def take(self, event: str, element: Element) -> None:
        tag = element.tag
        if tag in _CHANGES:
            self.warnings.add(Warn.TRACKED_CHANGES)
        if tag in _SKIPPED:
            self._skipping += 1 if event == "start" else -1
            if event == "end":
                _empty(element)
        elif self._skipping:
            return
        elif event == "start":
            self._open(tag)
        elif tag == _P:
            self._add(self._read_paragraph(element))
            _empty(element)
        elif tag == _TC and self._tables and self._tables[-1]:
            self._close_cell(element)
        elif tag == _TR:
            _empty(element)
        elif tag == _TBL and self._tables:
            rows = self._tables.pop()
            self._groups += 1
            self._add(make_table(rows, self._groups))
            self._list = None
            _empty(element)

    def finish(self) -> list[Block]:
        return self._top

    def _open(self, tag: str) -> None:
        if tag == _TBL:
            self._tables.append([])
        elif tag == _TR and self._tables:
            self._tables[-1].append([])
        elif tag == _TC and self._tables and self._tables[-1]:
            self._tables[-1][-1].append(Cell())

    def _add(self, blocks: list[Block]) -> None:
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            self._tables[-1][-1][-1].blocks.extend(blocks)
        else:
            self._top.extend(blocks)

    def _close_cell(self, element: Element) -> None:
        """How many columns it covers; a cell merged with the one above says what that one says."""
        rows = self._tables[-1]
        if not rows[-1]:
            return
        cell = rows[-1][-1]
        properties = element.find(f"{WORD}tcPr")
        if properties is None:
            return
        span = properties.find(f"{WORD}gridSpan")
        if span is not None:
            cell.span = _number(span.get(f"{WORD}val"), 1, 60)
        merge = properties.find(f"{WORD}vMerge")
        column = len(rows[-1]) - 1
        is_below = merge is not None and merge.get(f"{WORD}val", "continue") == "continue"
        if is_below and len(rows) > 1 and column < len(rows[-2]) and len(rows[-2][column].text) <= 80:
            cell.blocks = cell.blocks if cell.text else list(rows[-2][column].blocks)

    def _read_paragraph(self, element: Element) -> list[Block]:
        text, is_bold = self._read_text(element)
        if not text.strip():
            return []
        style = self.styles.of_paragraph(element)
        flat = " ".join(text.split())
        if style.is_toc or is_toc_line(text):
            return [Block(Kind.TOC, strip_toc(text))]
        if style.heading and len(flat) <= 300:
            self._list = None
            return [Block(Kind.HEADING, flat, style.heading)]
        if style.list_level:
            if self._list is None or self._list[0] != style.list_name:
                self._groups += 1
                self._list = (style.list_name, self._groups)
            return [Block(Kind.LIST_ITEM, flat, style.list_level, group=self._list[1])]
        if (is_bold or style.is_bold) and not self._tables and "\n" not in text and is_heading_text(flat):
            self._list = None
            return [Block(Kind.HEADING, flat, level_of_bold(flat))]
        blocks = split_typed_list(Block(Kind.PARAGRAPH, text), self._groups + 1)
        if any(block.kind is Kind.LIST_ITEM for block in blocks):
            # Lists typed by hand: one paragraph per item shares the number until other text comes.
            if self._list is None or self._list[0] != "typed":
                self._groups += 1
                self._list = ("typed", self._groups)
            number = self._list[1]
            blocks = [
                Block(block.kind, block.text, block.level, group=number if block.level else None)
                for block in blocks
            ]
        else:
            self._list = None
        return blocks

    def _read_text(self, paragraph: Element) -> tuple[str, bool]:
        parts: list[str] = []
        is_bold = True
        for element in paragraph.iter():
            tag = element.tag
            if tag == f"{WORD}t" and element.text:
                parts.append(element.text)
            elif tag in _LETTERS:
                parts.append(_LETTERS[tag])
            elif tag == f"{WORD}r" and is_bold and element.find(f"{WORD}t") is not None:
                is_bold = self.styles.is_bold_run(element)
        return "".join(parts), is_bold and bool(parts)


def _number(value: str | None, default: int, most: int) -> int:
    return min(int(value), most) if value and value.isascii() and value.isdigit() else default


def _empty(element: Element) -> None:
    """Frees what was read; what follows the element in its parent stays."""
    tail = element.tail
    element.clear()
    element.tail = tail
