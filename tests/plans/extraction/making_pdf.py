"""Small PDFs written by hand: pages of placed text in Helvetica, and every way to get one wrong."""

import zlib
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842


@dataclass
class Page:
    """Text at places, in the order in which it is put. Points from the lower left corner as shown."""

    commands: list[str] = field(default_factory=list)
    rotate: int = 0

    def put(self, x: float, y: float, text: str, size: float = 11, *, bold: bool = False) -> "Page":
        letters = text.encode("cp1252", "replace").decode("latin-1")
        for letter in "\\()":
            letters = letters.replace(letter, "\\" + letter)
        font = "B" if bold else "R"
        self.commands.append(f"BT /{font} {size} Tf {self._matrix(x, y)} Tm ({letters}) Tj ET")
        return self

    def _matrix(self, x: float, y: float) -> str:
        """Upright at this place of the page as it is shown, however the page is turned."""
        return {
            0: f"1 0 0 1 {x} {y}",
            90: f"0 1 -1 0 {WIDTH - y} {x}",
            180: f"-1 0 0 -1 {WIDTH - x} {HEIGHT - y}",
            270: f"0 -1 1 0 {y} {HEIGHT - x}",
        }[self.rotate]

    def lines(self, x: float, y: float, *texts: str, size: float = 11, pitch: float = 14) -> "Page":
        for number, text in enumerate(texts):
            self.put(x, y - number * pitch, text, size)
        return self

    def picture(self) -> "Page":
        self.commands.append("q 400 0 0 400 100 200 cm /I Do Q")
        return self


def write_pdf(
    *pages: Page,
    count: int | None = None,
    trailer: str = "",
    catalog: str = "",
    header: bytes = b"%PDF-1.5\n",
    extra: tuple[bytes, ...] = (),
    packed: bool = False,
    encoding: str = "/WinAnsiEncoding",
) -> bytes:
    """`count`: what the page tree claims. `trailer`, `catalog`: entries added there. `extra`: objects at the
    end."""
    first = 7
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages) if count is None else count} >>".encode(),
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding {encoding} >>".encode(),
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding {encoding} >>".encode(),
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Length 1 >>\nstream\n\x80\nendstream",
        b"<< /Font << /R 3 0 R /B 4 0 R >> /XObject << /I 5 0 R >> >>",
    ]
    for number, page in enumerate(pages):
        content = "\n".join(page.commands).encode("latin-1")
        filters = b""
        if packed:
            content, filters = zlib.compress(content), b"/Filter /FlateDecode "
        head = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {page.rotate}"
        objects.append(f"{head} /Resources 6 0 R /Contents {first + 2 * number + 1} 0 R >>".encode())
        objects.append(b"<< %b/Length %d >>\nstream\n%b\nendstream" % (filters, len(content), content))
    return join_objects([*objects, *extra], trailer=trailer, header=header)


def join_objects(objects: list[bytes], *, trailer: str = "", header: bytes = b"%PDF-1.5\n") -> bytes:
    body, places = bytearray(header), []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    return bytes(body + b"startxref\n%d\n%%%%EOF\n" % start)


#: A security handler with keys that no empty password opens.
ENCRYPTED = (
    f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{'ab' * 32}> /U <{'cd' * 32}> >>"
    f" /ID [<{'01' * 16}> <{'01' * 16}>]"
)


def write_plan(pages: int = 3) -> bytes:
    """A plan with running head, chapters, wrapped paragraphs, a list and page numbers."""
    made = []
    for number in range(1, pages + 1):
        page = Page().put(60, 810, "Zonaal veiligheidsplan 2026-2031", 9)
        page.put(60, 760, f"{number}. Hoofdstuk over fenomeen {'abcdefghij'[number % 10]}", 18)
        page.lines(
            60,
            730,
            "De politiezone werkt samen met alle partners aan verkeersveiligheid in de zone en aan de samen-",
            "werking met de gemeenten. De korpschef volgt elk kwartaal op wat er is gebeurd met de acties.",
        )
        page.put(60, 690, "Onze prioriteiten zijn de volgende:")
        page.lines(
            72,
            670,
            "• Inbraken in woningen",
            "• Verkeersongevallen met gewonden",
            "• Drugshandel in de buurt",
        )
        page.put(290, 30, f"Pagina {number} van {pages}", 9)
        made.append(page)
    return write_pdf(*made)
