"""PDF → blocks: opens, bounds and reads the pages. Only ever runs in the child process (sandbox.py) or in
tests."""

import re

import pypdfium2.raw as pdfium

from plans.extraction.pdf_flow import make_blocks
from plans.extraction.pdf_furniture import drop_furniture
from plans.extraction.pdf_text import Line, TextPage
from plans.extraction.types import Code, Limits, Reading, Refused, Warn

#: The mark of the end stands this near to it, trailing rubbish included.
_TAIL = 4_096
#: A page with fewer letters says nothing: a scan with a stamp, a picture, a divider.
_BLANK = 15
#: Pages that say something, as a share; below it the document is a scan with a cover.
_LEGIBLE = 0.1
#: Letters whose character no one knows: private use, replacement, control.
_UNKNOWN = re.compile(r"[\ue000-\uf8ff\ufffd\x00\x01\x03-\x08]")
_is_ready = False


def read_pdf(data: bytes, limits: Limits) -> Reading:
    """Refused: `encrypted`, `truncated`, `too_many_pages`, `too_large`, `no_text`, `unreadable`."""
    global _is_ready
    if not _is_ready:
        pdfium.FPDF_InitLibrary()
        _is_ready = True
    _check_end(data)
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise Refused(_code_of_failure(), "load")
    try:
        pages = _read_pages(document, limits)
    finally:
        pdfium.FPDF_CloseDocument(document)
    return _make_reading(pages)


def _check_end(data: bytes) -> None:
    """PDFium repairs what was cut off and shows the first half: half a plan must not pass for a plan."""
    tail = data[-_TAIL:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise Refused(Code.TRUNCATED, "no end")


def _code_of_failure() -> Code:
    error = pdfium.FPDF_GetLastError()
    if error in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return Code.ENCRYPTED
    return Code.UNREADABLE


def _read_pages(document, limits: Limits) -> list[tuple[list[Line], float]]:
    """Lines and height of each page."""
    count = pdfium.FPDF_GetPageCount(document)
    if count > limits.pages:
        raise Refused(Code.TOO_MANY_PAGES, str(count))
    if count < 1:
        raise Refused(Code.UNREADABLE, "no pages")
    pages, letters, missing = [], 0, 0
    for number in range(count):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            missing += 1
            pages.append(([], 0.0))
            continue
        try:
            text = TextPage(page, number + 1)
            try:
                letters += text.count()
                if letters > limits.characters:
                    raise Refused(Code.TOO_LARGE, "characters")
                pages.append((text.read_lines(), text.height))
            finally:
                text.close()
        finally:
            pdfium.FPDF_ClosePage(page)
    if missing * 2 > count:
        raise Refused(Code.UNREADABLE, "pages missing")
    return pages


def _make_reading(pages: list[tuple[list[Line], float]]) -> Reading:
    letters = [sum(map(_count_letters, lines)) for lines, _ in pages]
    blank = tuple(number for number, count in enumerate(letters, 1) if count < _BLANK)
    legible = len(pages) - len(blank)
    if not any(letters) or (len(pages) > 3 and legible < len(pages) * _LEGIBLE):
        raise Refused(Code.NO_TEXT, f"{legible} of {len(pages)} pages")
    unknown = sum(map(_count_unknown, (line for lines, _ in pages for line in lines)))
    # Fonts without a table of characters: letters are drawn, but nothing says which they are.
    if unknown > sum(letters):
        raise Refused(Code.NO_TEXT, "unknown characters")
    reading = Reading(blocks=make_blocks(drop_furniture(pages)), pages=len(pages), blank_pages=blank)
    if blank:
        reading.warnings.add(Warn.PAGES_WITHOUT_TEXT)
    if unknown > 20 and unknown * 50 > sum(letters):
        reading.warnings.add(Warn.UNKNOWN_LETTERS)
    return reading


def _count_letters(line: Line) -> int:
    return sum(map(str.isalpha, line.text))


def _count_unknown(line: Line) -> int:
    return len(_UNKNOWN.findall(line.text))
