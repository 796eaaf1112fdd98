"""One page of a PDF → lines with place, size and weight. Talks to PDFium; what lines mean is for
pdf_flow.py.

A line costs about ten calls into PDFium whatever its length: only first and last letters are measured. Words
are measured one by one only where PDFium itself sees a gap.
"""

import ctypes
import re
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2.raw as pdfium

#: A gap this many letter heights wide separates cells of a table, not words.
GAP = 1.5
_LINE = re.compile(r"[^\r\n\ufffe\x02]+[\ufffe\x02]?")
_LETTER = re.compile(r"\w")
_WORD = re.compile(r"\S+")
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600


@dataclass(slots=True)
class Line:
    """Points from the lower left corner of the page as it is shown. `size` is the height of its letters'
    box."""

    text: str
    page: int
    x0: float
    x1: float
    bottom: float
    top: float
    size: float
    is_bold: bool = False
    #: Stands on one base line with the line before it, behind a wide gap.
    is_beside: bool = False


class TextPage:
    """The loaded text of one page. Close it."""

    def __init__(self, page, number: int) -> None:
        self.number = number
        self._rotation = pdfium.FPDFPage_GetRotation(page)
        self.width, self.height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        self._text = pdfium.FPDFText_LoadPage(page)
        self._box = pdfium.FS_RECTF()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._edges = [ctypes.c_double() for _ in range(4)]

    def close(self) -> None:
        if self._text:
            pdfium.FPDFText_ClosePage(self._text)
            self._text = None

    def count(self) -> int:
        """Letters, at least 0."""
        return max(pdfium.FPDFText_CountChars(self._text), 0) if self._text else 0

    def read_lines(self) -> list[Line]:
        count = self.count()
        if not count:
            return []
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self._text, 0, count, buffer)
        raw = bytes(buffer)[: 2 * max(written - 1, 0)]
        text = raw.decode("utf-16-le", errors="replace")
        if 2 * len(text) != len(raw):
            # Letters of two units: kept apart, so that places in the text stay places on the page.
            text = "".join(map(chr, memoryview(raw).cast("H")))
        lines: list[Line] = []
        for found in _LINE.finditer(text):
            lines += self._measure(text, *found.span())
        return lines

    def _measure(self, text: str, begin: int, end: int) -> list[Line]:
        piece = text[begin:end]
        begin += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if begin >= end:
            return []
        first = self._line(text, begin, end)
        if first.x1 - first.x0 > 3 * first.size and (cuts := self._find_cuts(text, begin, end, first.size)):
            bounds = [begin, *cuts, end]
            lines = [self._line(text, *pair) for pair in pairwise(bounds)]
            for line in lines[1:]:
                line.is_beside = True
            return lines
        return [first]

    def _line(self, text: str, begin: int, end: int) -> Line:
        piece = text[begin:end].rstrip()
        end = begin + len(piece)
        last = self._index(end - 1)
        x0, bottom, _, top = self._box_of(self._index(begin))
        # A bullet or quote at the start may be of another height than the text: measure a letter.
        lead = _LETTER.search(piece)
        first = self._index(begin + lead.start()) if lead else self._index(begin)
        if lead and lead.start():
            _, bottom, _, top = self._box_of(first)
        _, low, x1, high = self._box_of(last)
        if x1 <= x0 and end - begin > 1:
            # A hyphen that PDFium made up, or a letter without a place: the one before it.
            _, low, x1, high = self._box_of(self._index(end - 2))
        if high - low > top - bottom > 0:
            bottom, top = low, high
        size = top - bottom
        if not 0.5 < size < 2_000:
            size = abs(pdfium.FPDFText_GetFontSize(self._text, first)) or 10.0
            top = bottom + size
        is_bold = self._is_bold(first) and (end - begin < 3 or self._is_bold(last))
        return Line(piece, self.number, x0, max(x1, x0), bottom, top, size, is_bold)

    def _index(self, place: int) -> int:
        return pdfium.FPDFText_GetCharIndexFromTextIndex(self._text, place)

    def _box_of(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top as shown. Zeros when there is none."""
        box = self._box
        if index < 0 or not pdfium.FPDFText_GetLooseCharBox(self._text, index, box):
            return 0.0, 0.0, 0.0, 0.0
        return self._turn(box.left, box.bottom, box.right, box.top)

    def _turn(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """From the page as stored to the page as shown: a landscape page is often a turned upright one."""
        if self._rotation == 1:
            return bottom, self.height - right, top, self.height - left
        if self._rotation == 2:
            return self.width - right, self.height - top, self.width - left, self.height - bottom
        if self._rotation == 3:
            return self.width - top, left, self.width - bottom, right
        return left, bottom, right, top

    def _is_bold(self, index: int) -> bool:
        if index < 0:
            return False
        length = pdfium.FPDFText_GetFontInfo(self._text, index, self._name, 128, self._flags)
        if 0 < length <= 128 and _BOLD.search(self._name.value):
            return True
        return pdfium.FPDFText_GetFontWeight(self._text, index) >= _BOLD_WEIGHT

    def _find_cuts(self, text: str, begin: int, end: int, size: float) -> list[int]:
        """Places in the text where a wide gap ends."""
        if not self._has_gap(begin, end, size):
            return []
        cuts, edge = [], None
        for found in _WORD.finditer(text, begin, end):
            left = self._box_of(self._index(found.start()))[0]
            if edge is not None and left - edge > GAP * size:
                cuts.append(found.start())
            edge = self._box_of(self._index(found.end() - 1))[2]
        return cuts

    def _has_gap(self, begin: int, end: int, size: float) -> bool:
        """Whether PDFium's own rectangles of this line leave a wide gap."""
        start = self._index(begin)
        count = pdfium.FPDFText_CountRects(self._text, start, self._index(end - 1) - start + 1)
        if count < 2:
            return False
        edge = None
        for number in range(min(count, 200)):
            left, top, right, bottom = self._edges
            pdfium.FPDFText_GetRect(self._text, number, left, top, right, bottom)
            x0, _, x1, _ = self._turn(left.value, bottom.value, right.value, top.value)
            if edge is not None and x0 - edge > GAP * size:
                return True
            edge = x1 if edge is None else max(edge, x1)
        return False
