"""ODT → blocks: outline levels, lists, tables. Comments and deleted text are left out; nothing is fetched."""

from xml.etree.ElementTree import Element

from plans.extraction.archive import Package, iterate_xml
from plans.extraction.headings import is_heading_text, level_of_bold
from plans.extraction.lists import is_toc_line, split_typed_list, strip_toc
from plans.extraction.tables import Cell, make_table
from plans.extraction.types import Block, Code, Kind, Limits, Reading, Refused, Warn

_NS = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, OFFICE, STYLE, FO = (
    f"{_NS}{name}}}" for name in ("text:1.0", "table:1.0", "office:1.0", "style:1.0", "xsl-fo-compatible:1.0")
)
_P, _H = f"{TEXT}p", f"{TEXT}h"
_TBL, _TR, _TC = f"{TABLE}table", f"{TABLE}table-row", f"{TABLE}table-cell"
_LIST, _TOC = f"{TEXT}list", f"{TEXT}table-of-content"
_SKIPPED = {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}note-citation", f"{OFFICE}forms"}
_LETTERS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n", f"{TEXT}s": " "}
_XLINK = "{http://www.w3.org/1999/xlink}href"
_LINKED = {"{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}image", f"{TEXT}section-source"}


def read_odt(package: Package, limits: Limits) -> Reading:
    if "content.xml" not in package.names:
        raise Refused(Code.WRONG_KIND, "no content.xml")
    if "META-INF/manifest.xml" in package.names:
        manifest = package.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise Refused(Code.ENCRYPTED, "manifest")
    builder = _Builder()
    if "styles.xml" in package.names:
        for event, element in iterate_xml(package.read("styles.xml"), limits):
            if event == "end" and element.tag == f"{STYLE}style":
                builder.learn_style(element)
    for event, element in iterate_xml(package.read("content.xml"), limits):
        builder.take(event, element)
    return Reading(blocks=builder.top, warnings=builder.warnings)


class _Builder:
    """Takes the events of content.xml in order; keeps open lists and tables on stacks."""

    def __init__(self) -> None:
        self.top: list[Block] = []
        self.warnings: set[Warn] = set()
        self._parents: dict[str, str] = {}
        self._bold: set[str] = set()
        self._tables: list[list[list[Cell]]] = []
        #: Depth of lists inside the current cell, and the depths outside it.
        self._depths = [0]
        self._skipping = self._in_toc = self._in_body = 0
        self._groups = 0
        self._typed: int | None = None

    def learn_style(self, element: Element) -> None:
        name = element.get(f"{STYLE}name", "")
        if element.get(f"{STYLE}parent-style-name"):
            self._parents[name] = element.get(f"{STYLE}parent-style-name", "")
        properties = element.find(f"{STYLE}text-properties")
        if properties is not None and properties.get(f"{FO}font-weight") in ("bold", "700", "800", "900"):
            self._bold.add(name)

    def take(self, event: str, element: Element) -> None:
        tag, is_start = element.tag, event == "start"
        step = 1 if is_start else -1
        if tag in _SKIPPED:
            self._skipping += step
            if is_start and tag == f"{TEXT}tracked-changes":
                self.warnings.add(Warn.TRACKED_CHANGES)
            if not is_start:
                _empty(element)
        elif self._skipping:
            return
        elif tag == _TOC:
            self._in_toc += step
        elif tag == f"{OFFICE}text":
            self._in_body += step
        elif tag == _LIST:
            self._take_list(step)
        elif tag in _LINKED and "://" in element.get(_XLINK, ""):
            self.warnings.add(Warn.EXTERNAL_REFERENCES)
        elif is_start:
            self._open(tag)
        else:
            self._close(tag, element)

    def _take_list(self, step: int) -> None:
        if step > 0 and self._depths[-1] == 0:
            self._groups += 1
            self._typed = None
        self._depths[-1] += step

    def _open(self, tag: str) -> None:
        if tag == _TBL:
            self._tables.append([])
        elif tag == _TR and self._tables:
            self._tables[-1].append([])
        elif tag == _TC and self._tables and self._tables[-1]:
            self._tables[-1][-1].append(Cell())
            self._depths.append(0)

    def _close(self, tag: str, element: Element) -> None:
        if tag == f"{STYLE}style":
            self.learn_style(element)
        elif tag in (_P, _H):
            if self._in_body:
                self._add(self._read_paragraph(element))
            _empty(element)
        elif tag == _TC and self._tables and self._tables[-1] and self._tables[-1][-1]:
            span = element.get(f"{TABLE}number-columns-spanned", "1")
            self._tables[-1][-1][-1].span = min(int(span), 60) if span.isascii() and span.isdigit() else 1
            if len(self._depths) > 1:
                self._depths.pop()
        elif tag == _TBL and self._tables:
            rows = self._tables.pop()
            self._groups += 1
            self._add(make_table(rows, self._groups))
            _empty(element)

    def _add(self, blocks: list[Block]) -> None:
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            self._tables[-1][-1][-1].blocks.extend(blocks)
        else:
            self.top.extend(blocks)

    def _read_paragraph(self, element: Element) -> list[Block]:
        text = "".join(_letters(element))
        flat = " ".join(text.split())
        if not flat:
            return []
        if self._in_toc or is_toc_line(text):
            return [Block(Kind.TOC, strip_toc(flat))]
        names = self._chain(element.get(f"{TEXT}style-name", ""))
        level = _heading_level(element, names)
        if level and len(flat) <= 300:
            return [Block(Kind.HEADING, flat, level)]
        if self._depths[-1]:
            return [Block(Kind.LIST_ITEM, flat, self._depths[-1], group=self._groups)]
        is_bold = any(name in self._bold for name in names) or self._is_all_bold(element)
        if is_bold and not self._tables and "\n" not in text and is_heading_text(flat):
            return [Block(Kind.HEADING, flat, level_of_bold(flat))]
        if self._typed is None:
            self._groups += 1
            self._typed = self._groups
        blocks = split_typed_list(Block(Kind.PARAGRAPH, text), self._typed)
        if not any(block.kind is Kind.LIST_ITEM for block in blocks):
            self._typed = None
        return blocks

    def _chain(self, name: str) -> list[str]:
        names: list[str] = []
        while name and name not in names and len(names) < 20:
            names.append(name)
            name = self._parents.get(name, "")
        return names

    def _is_all_bold(self, element: Element) -> bool:
        spans = list(element)
        return (
            bool(spans)
            and not (element.text or "").strip()
            and all(
                span.tag == f"{TEXT}span"
                and span.get(f"{TEXT}style-name") in self._bold
                and not (span.tail or "").strip()
                for span in spans
            )
        )


def _heading_level(element: Element, styles: list[str]) -> int:
    if element.tag == _H:
        level = element.get(f"{TEXT}outline-level", "1")
        return min(int(level) or 1, 9) if level.isascii() and level.isdigit() else 1
    for name in styles:
        plain = name.replace("_20_", " ")
        if plain == "Title":
            return 1
        if plain.startswith("Heading ") and plain[8:].isascii() and plain[8:].isdigit():
            return min(int(plain[8:]) or 1, 9)
    return 0


def _letters(element: Element) -> list[str]:
    """Text in document order. Depth is bounded by the reader of XML."""
    parts = [element.text or ""]
    for child in element:
        parts.append(_LETTERS.get(child.tag, ""))
        parts += _letters(child)
        parts.append(child.tail or "")
    return parts


def _empty(element: Element) -> None:
    """Frees what was read; what follows the element in its parent stays."""
    tail = element.tail
    element.clear()
    element.tail = tail
