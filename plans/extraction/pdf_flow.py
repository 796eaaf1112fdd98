"""Lines with sizes and places → headings, paragraphs, list items, tables, lines of a table of contents."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from plans.extraction.headings import is_heading_text
from plans.extraction.joining import ends_in_hyphen, join_lines
from plans.extraction.lists import is_item, is_toc_line, outline_depth, strip_bullet, strip_number, strip_toc
from plans.extraction.pdf_rows import Cells, find_table, flatten, make_rows
from plans.extraction.pdf_text import Line
from plans.extraction.tables import Cell, make_table
from plans.extraction.types import Block, Kind

#: A line is larger than the running text from this ratio on.
LARGER = 1.09
_END = re.compile(r"[.!?:;…][\"”»)]?$")
#: Larger letters than usual, but too many for a heading: a quote, a foreword.
_LONGEST_HEADING = 250
_PAGE_NUMBER = re.compile(r"\d{1,4}")


@dataclass(slots=True)
class Look:
    """What is usual in this document. `sizes`: of headings, the largest first; `edges`: right ends of
    lines."""

    body: float
    sizes: list[float]
    #: How far apart the lines of one paragraph stand at most, in letter heights.
    near: float
    edges: dict[tuple[int, int], float]

    def level(self, line: Line) -> int:
        """0: no heading. First by size; then, in the size of the text, by weight, number, capitals."""
        text = line.text
        if line.size > LARGER * self.body:
            near = [place for place, size in enumerate(self.sizes, 1) if line.size > size - 0.6]
            return near[0] if near and len(text) <= 200 and any(map(str.isalpha, text)) else 0
        if not is_heading_text(text) or strip_bullet(text) is not None or line.size < 0.85 * self.body:
            return 0
        depth = outline_depth(text)
        if depth > 1:
            return len(self.sizes) + depth
        if line.is_bold:
            return len(self.sizes) + (depth or 7)
        return (
            len(self.sizes) + 8 if text.isupper() and len(text) > 4 and sum(map(str.isalpha, text)) > 3 else 0
        )

    def is_full(self, line: Line) -> bool:
        """Whether the line reaches as far right as others with its left edge: the next one may go on."""
        return line.x1 > 0.85 * self.edges.get(_edge(line), line.x1)


def make_blocks(pages: list[list[Line]]) -> list[Block]:
    lines = [line for page in pages for line in page if line.text.strip()]
    look = _look_at(lines)
    rows = make_rows(lines, look.near)
    flow = _Flow(look)
    place = 0
    while place < len(rows):
        end = find_table(rows, place)
        if end > place:
            flow.add_table(rows[place:end])
            place = end
            continue
        for line in flatten(rows[place]):
            flow.take(line)
        place += 1
    return flow.finish()


def _look_at(lines: list[Line]) -> Look:
    weights: Counter = Counter()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
    body = weights.most_common(1)[0][0] if weights else 10.0
    large = sorted({round(line.size * 2) / 2 for line in lines if line.size > LARGER * body}, reverse=True)
    sizes: list[float] = []
    for size in large:
        if not sizes or sizes[-1] - size > 0.6:
            sizes.append(size)
    edges: dict[tuple[int, int], float] = {}
    for line in lines:
        key = _edge(line)
        edges[key] = max(edges.get(key, 0.0), line.x1)
    return Look(body, sizes[:8], _find_near(lines, body), edges)


def _find_near(lines: list[Line], body: float) -> float:
    """A quarter more than the usual distance of one line of running text to the next."""
    distances: Counter = Counter()
    for above, below in pairwise(lines):
        down = above.bottom - below.bottom
        if above.page == below.page and 0.5 * body < down < 3 * body and abs(below.size - body) < 0.1 * body:
            distances[round(down / body, 1)] += len(below.text)
    usual = distances.most_common(1)[0][0] if distances else 1.25
    return min(max(1.25 * usual, 1.35), 3.0)


def _edge(line: Line) -> tuple[int, int]:
    return line.page, int(line.x0 // 24)


class _Flow:
    """Takes lines in reading order; the paragraph, heading or item being read is open until something ends
    it."""

    def __init__(self, look: Look, start: int = 0) -> None:
        self.look = look
        self.blocks: list[Block] = []
        self.groups = start
        self._open: Block | None = None
        self._parts: list[str] = []
        self._last: Line | None = None
        #: Left edges of the open list's items, outermost first.
        self._indents: list[float] = []
        self._item_x = 0.0

    def take(self, line: Line) -> None:
        if is_toc_line(line.text):
            self._begin(line, Kind.TOC, strip_toc(line.text))
            return
        level = self.look.level(line)
        if level and not (is_item(line.text) and not line.is_bold and line.size <= LARGER * self.look.body):
            if self._continues_heading(line, level):
                self._extend(line)
            else:
                self._indents = []
                self._begin(line, Kind.HEADING, line.text, level)
            return
        text = strip_bullet(line.text)
        text = strip_number(line.text) if text is None else text
        if text is not None and not self._is_inside_sentence(line):
            self._begin_item(line, text)
        elif self._continues(line):
            self._extend(line)
        else:
            self._indents = []
            self._begin(line, Kind.PARAGRAPH, line.text)

    def finish(self) -> list[Block]:
        self._close()
        return self.blocks

    def add_table(self, rows: list[Cells]) -> None:
        self._close()
        self._last, self._indents = None, []
        if contents := _read_contents(rows):
            self.blocks += contents
            return
        cells = []
        for row in rows:
            made = []
            for cell in row:
                inner = _Flow(self.look, self.groups)
                for line in cell:
                    inner.take(line)
                self.groups = inner.groups
                # A bold cell is the head of a column or row, no heading of the document.
                made.append(Cell([_demote(block) for block in inner.finish()]))
            cells.append(made)
        first = [cell.text for cell in cells[0]]
        cells[1:] = [row for row in cells[1:] if [cell.text for cell in row] != first]
        self.groups += 1
        self.blocks += make_table(cells, self.groups)

    def _begin(self, line: Line, kind: Kind, text: str, level: int = 0, group: int | None = None) -> None:
        self._close()
        self._open = Block(kind, "", level, line.page, group)
        self._parts = [text]
        self._last = line

    def _begin_item(self, line: Line, text: str) -> None:
        if not self._indents:
            self.groups += 1
        while self._indents and line.x0 < self._indents[-1] - 3:
            self._indents.pop()
        if not self._indents or line.x0 > self._indents[-1] + 3:
            self._indents.append(line.x0)
        self._item_x = line.x0
        self._begin(line, Kind.LIST_ITEM, text, len(self._indents), self.groups)

    def _extend(self, line: Line) -> None:
        self._parts.append(line.text)
        self._last = line

    def _close(self) -> None:
        if self._open:
            text = self._parts[0]
            for part in self._parts[1:]:
                text = join_lines(text, part)
            block = replace(self._open, text=text)
            if block.kind is Kind.HEADING and len(text) > _LONGEST_HEADING:
                block = replace(block, kind=Kind.PARAGRAPH, level=0)
            self.blocks.append(block)
        self._open = None

    def _continues_heading(self, line: Line, level: int) -> bool:
        if not self._open or self._open.kind is not Kind.HEADING or self._open.level != level:
            return False
        return (
            self._is_next(line, self._last) and not outline_depth(line.text) and not line.text[:1].isdigit()
        )

    def _is_next(self, line: Line, last: Line) -> bool:
        """Directly below, in letters of the same height."""
        down = last.bottom - line.bottom
        is_same = abs(line.size - last.size) < 0.15 * last.size
        return (
            line.page == last.page
            and is_same
            and 0.2 * line.size < down <= self.look.near * max(line.size, last.size)
        )

    def _is_inside_sentence(self, line: Line) -> bool:
        """ "… op 12. 3 …": a figure at the start of a wrapped line is no number of an item."""
        last = self._last
        if not self._open or self._open.kind not in (Kind.PARAGRAPH, Kind.LIST_ITEM) or last is None:
            return False
        is_mark = strip_bullet(line.text) is not None and not line.text.startswith(("-", "–", "—", "o "))
        return (
            not is_mark
            and self._is_next(line, last)
            and self.look.is_full(last)
            and not _END.search(last.text)
            and not self._indents
            and abs(line.x0 - last.x0) < 2
        )

    def _continues(self, line: Line) -> bool:
        last = self._last
        if not self._open or last is None or self._open.kind in (Kind.HEADING, Kind.TOC):
            return False
        if abs(line.size - last.size) > 0.15 * last.size:
            return False
        ends = bool(_END.search(last.text))
        goes_on = ends_in_hyphen(last.text) or (not ends and line.text[:1].islower())
        if line.page != last.page or line.bottom > last.bottom:
            # The next page or column: only in the middle of a sentence.
            return goes_on
        if not self._is_next(line, last):
            return False
        if self._open.kind is Kind.LIST_ITEM:
            if line.x0 < self._item_x - 3:
                return goes_on
            return line.x0 > self._item_x + 3 or goes_on or not ends
        if goes_on:
            return True
        if ends and line.x0 > last.x0 + 0.8 * line.size:
            return False
        if line.is_bold != last.is_bold and ends:
            return False
        return self.look.is_full(last)


def _demote(block: Block) -> Block:
    return replace(block, kind=Kind.PARAGRAPH, level=0) if block.kind is Kind.HEADING else block


def _read_contents(rows: list[Cells]) -> list[Block]:
    """A table of contents without leader dots: titles, and page numbers that only rise. Otherwise nothing."""
    numbers = [row[-1][-1].text for row in rows]
    if len(rows) < 3 or not all(_PAGE_NUMBER.fullmatch(number) for number in numbers):
        return []
    values = list(map(int, numbers))
    if values != sorted(values) or values[0] == values[-1]:
        return []
    return [
        Block(Kind.TOC, " ".join(line.text for cell in row for line in cell), page=row[0][0].page)
        for row in rows
    ]
