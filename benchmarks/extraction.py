"""How fast documents are read, against bare PDFium text extraction of the same PDF, and whether it grows
linearly.

Prints words a second in this process and through the child process, and ratios. The PDFs are made here:
pages of 420 words with headings, wrapped paragraphs, lists and a table. 200 pages hold 84,000 words.
"""

import ctypes
import random
import zlib
from time import perf_counter

import pypdfium2.raw as pdfium

from plans.extraction import extract
from plans.extraction.inline import extract_inline

# fmt: off
WORDS = [
    "de", "het", "een", "van", "zone", "politie", "samen", "partners", "verkeer", "veiligheid",
    "inbraak", "woning", "drugs", "overlast", "buurt", "aanpak", "actie", "doelstelling", "gemeente",
    "parket", "slachtoffer", "controle", "snelheid", "preventie", "overleg", "jaar", "maand", "cijfer",
    "daling", "stijging",
]
# fmt: on
LINE, PAGE = 14, 30


def make_pdf(pages: int) -> bytes:
    """30 lines of 14 words a page, from a fixed seed."""
    chance = random.Random(7)  # noqa: S311 - filler text
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(pages)), pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for number in range(pages):
        content = zlib.compress("\n".join(_make_lines(number, chance)).encode("cp1252"))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /R 3 0 R /B 4 0 R >> >> >>" % (6 + 2 * number)
        )
        stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream"
        objects.append(stream % (len(content), content))
    body, places = bytearray(b"%PDF-1.5\n"), []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(body)


def _make_lines(number: int, chance: random.Random) -> list[str]:
    lines = []
    for row in range(PAGE):
        words = [chance.choice(WORDS) for _ in range(LINE)]
        font, size, mark = ("B", 14, f"{number + 1}. ") if row == 0 else ("R", 9, "")
        if 10 <= row < 15:
            mark = "\u2022 "
        if row % 6 == 5:
            words[-1] += "."
        y = 780 - 12 * row - 12 * (row // 6)
        if 20 <= row < 26:
            parts = (words[:5], words[5:10], words[10:])
            lines += [_put(font, 7, 60 + 180 * place, y, " ".join(part)) for place, part in enumerate(parts)]
        else:
            lines.append(_put(font, size, 60, y, mark + " ".join(words)))
    return lines


def _put(font: str, size: int, x: int, y: int, text: str) -> str:
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"


def read_bare(data: bytes) -> int:
    """What PDFium alone needs: every page loaded, its text copied. Returns the number of letters."""
    letters = 0
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    for number in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, number)
        text = pdfium.FPDFText_LoadPage(page)
        count = pdfium.FPDFText_CountChars(text)
        buffer = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(text, 0, count, buffer)
        letters += count
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return letters


def best_of(function, times: int = 3) -> float:
    spent = []
    for _ in range(times):
        start = perf_counter()
        function()
        spent.append(perf_counter() - start)
    return min(spent)


def main() -> None:
    pdfium.FPDF_InitLibrary()
    seconds = {}
    for pages in (50, 200, 800):
        data = make_pdf(pages)
        seconds[pages] = best_of(lambda data=data: extract_inline(data, name="plan.pdf"))
        if pages == 200:
            document = extract(data, name="plan.pdf")
            words = document.words
            child = best_of(lambda data=data: extract(data, name="plan.pdf"))
            bare = best_of(lambda data=data: read_bare(data))
    print(f"extraction, PDF of {words} words on 200 pages, {len(document.passages)} passages")
    print(f"in this process: {seconds[200]:.2f} s, {words / seconds[200]:.0f} words a second")
    print(f"through the child process: {child:.2f} s, {words / child:.0f} words a second")
    print(
        f"bare PDFium text: {bare:.2f} s; ratio {seconds[200] / bare:.1f}, with the child {child / bare:.1f}"
    )
    for small, large in ((50, 200), (200, 800)):
        print(f"growth {small} → {large} pages: {seconds[large] / seconds[small] / 4:.2f} × linear")


if __name__ == "__main__":
    main()
