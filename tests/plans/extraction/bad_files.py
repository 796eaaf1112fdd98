"""Every kind of bad file the tests know: name → (file name, bytes, expected code). Made, never stored."""

import zipfile
import zlib

from plans.extraction import Code
from tests.plans.extraction.making_pdf import ENCRYPTED, Page, join_objects, write_pdf, write_plan
from tests.plans.extraction.making_zip import (
    ODT_TYPE,
    TYPES,
    W,
    odt_xml,
    p,
    pack,
    word_xml,
    write_docx,
    write_odt,
    write_word_plan,
    write_writer_plan,
)

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_PDF, _DOCX, _ODT = write_plan(), write_word_plan(), write_writer_plan()
_HELLO = Page().put(60, 700, "Veiligheid in de zone, samen met de partners")
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f']><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>'
)
_OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
)
_DEEP = word_xml("<w:sdt>" * 5_000 + p("Diep") + "</w:sdt>" * 5_000)
_BOMB = word_xml(p("a" * 30_000_000))


def _garble(data: bytes, name: str) -> bytes:
    """A package in which the packed bytes of one part are damaged."""
    place = data.index(name.encode()) + len(name) + 8
    return data[:place] + b"\xff" * 24 + data[place + 24 :]


def _lie_about_size(data: bytes, size: int) -> bytes:
    """Every directory entry claims to unpack to this many bytes."""
    out, place = bytearray(data), 0
    while (place := out.find(b"PK\x01\x02", place)) >= 0:
        out[place + 24 : place + 28] = size.to_bytes(4, "little")
        place += 4
    return bytes(out)


def _flag(data: bytes, bit: int) -> bytes:
    """Every entry carries this flag (1: encrypted)."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = -1
        while (place := out.find(mark, place + 1)) >= 0:
            out[place + offset] |= bit
    return bytes(out)


def _pdf_bomb() -> bytes:
    """300 MB of operators in a stream of 750 KB: PDFium runs out of memory and aborts its process."""
    packed = zlib.compress(b"BT /R 9 Tf (veilig) Tj ET\n" * 12_000_000, 9)
    content = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed)
    return _one_page(content)


def _one_page(content: bytes, page: bytes = b"") -> bytes:
    return join_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %b"
            b" /Resources << /Font << /R 5 0 R >> >> >>" % page,
            content,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )


def _many_entries(count: int) -> bytes:
    return pack({f"{number}.xml": "" for number in range(count)}, zipfile.ZIP_STORED)


def make_bad_files() -> dict[str, tuple[str, bytes, Code]]:
    return _nothing_and_strangers() | _bad_pdfs() | _bad_packages() | _bad_texts()


def _nothing_and_strangers() -> dict[str, tuple[str, bytes, Code]]:
    png = b"\x89PNG\r\n\x1a\n" + bytes(100)
    return {
        "nothing": ("plan.pdf", b"", Code.EMPTY),
        "nothing in text": ("plan.txt", b"", Code.EMPTY),
        "white space": ("plan.md", b" \r\n\t\n", Code.EMPTY),
        "zeros": ("plan.docx", bytes(5_000), Code.EMPTY),
        "too many bytes": ("plan.txt", b"veilig " * 6_000_000, Code.TOO_LARGE),
        "no ending": ("plan", _PDF, Code.UNSUPPORTED),
        "only an ending": (".pdf", b"tekst", Code.WRONG_KIND),
        "ending unknown": ("plan.xyz", _PDF, Code.UNSUPPORTED),
        "spreadsheet ending": ("plan.xlsx", _DOCX, Code.UNSUPPORTED),
        "macro document": ("plan.docm", _DOCX, Code.UNSUPPORTED),
        "old Word": ("plan.doc", COMPOUND, Code.UNSUPPORTED),
        "old Word named docx": ("plan.docx", COMPOUND, Code.UNSUPPORTED),
        "old Word named pdf": ("plan.pdf", COMPOUND, Code.WRONG_KIND),
        "rich text": ("plan.rtf", rb"{\rtf1 plan}", Code.UNSUPPORTED),
        "rich text named txt": ("plan.txt", rb"{\rtf1 plan}", Code.WRONG_KIND),
        "picture": ("plan.png", png, Code.UNSUPPORTED),
        "picture named pdf": ("plan.pdf", png, Code.WRONG_KIND),
        "picture named txt": ("plan.txt", png, Code.WRONG_KIND),
        "pdf named docx": ("plan.docx", _PDF, Code.WRONG_KIND),
        "pdf named txt": ("plan.txt", _PDF, Code.WRONG_KIND),
        "docx named pdf": ("plan.pdf", _DOCX, Code.WRONG_KIND),
        "docx named odt": ("plan.odt", _DOCX, Code.WRONG_KIND),
        "odt named docx": ("plan.docx", _ODT, Code.WRONG_KIND),
        "docx named md": ("plan.md", _DOCX, Code.WRONG_KIND),
        "text named pdf": ("plan.pdf", b"Onze prioriteit is verkeer", Code.WRONG_KIND),
        "text named docx": ("plan.docx", b"Onze prioriteit is verkeer", Code.WRONG_KIND),
        "two endings": ("plan.pdf.exe", _PDF, Code.UNSUPPORTED),
        "path in the name": ("../../etc/passwd", b"root", Code.UNSUPPORTED),
        "gzip": ("plan.txt", b"\x1f\x8b\x08" + bytes(40), Code.WRONG_KIND),
    }


def _bad_pdfs() -> dict[str, tuple[str, bytes, Code]]:
    unknown = "".join(chr(letter) for letter in range(1, 9)) * 30
    return {
        "pdf encrypted": ("plan.pdf", write_pdf(_HELLO, trailer=ENCRYPTED), Code.ENCRYPTED),
        "pdf handler unknown": (
            "plan.pdf",
            write_pdf(_HELLO, trailer="/Encrypt << /Filter /Own /V 9 >> /ID [<01> <01>]"),
            Code.ENCRYPTED,
        ),
        "pdf cut in half": ("plan.pdf", _PDF[: len(_PDF) // 2], Code.TRUNCATED),
        "pdf without its end": ("plan.pdf", _PDF[:-60], Code.TRUNCATED),
        "pdf of a head": ("plan.pdf", b"%PDF-1.7\n", Code.TRUNCATED),
        "pdf end overwritten": ("plan.pdf", _PDF[:-1_000] + bytes(5_000), Code.TRUNCATED),
        "pdf of rubbish": ("plan.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF", Code.UNREADABLE),
        "pdf without objects": ("plan.pdf", b"%PDF-1.7\ntrailer << >>\nstartxref\n0\n%%EOF", Code.UNREADABLE),
        "pdf without pages": ("plan.pdf", write_pdf(), Code.UNREADABLE),
        "pdf tree of itself": (
            "plan.pdf",
            join_objects(
                [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]
            ),
            Code.UNREADABLE,
        ),
        "pdf pages missing": ("plan.pdf", write_pdf(_HELLO, count=900), Code.UNREADABLE),
        "pdf of a million pages": ("plan.pdf", write_pdf(_HELLO, count=1_000_000), Code.TOO_MANY_PAGES),
        "pdf of 1,001 pages": ("plan.pdf", write_pdf(*[_HELLO] * 1_001), Code.TOO_MANY_PAGES),
        "pdf of scans": ("plan.pdf", write_pdf(*[Page().picture()] * 12), Code.NO_TEXT),
        "pdf of scans with a cover": (
            "plan.pdf",
            write_pdf(_HELLO, *[Page().picture() for _ in range(20)]),
            Code.NO_TEXT,
        ),
        "pdf of empty pages": ("plan.pdf", write_pdf(Page(), Page()), Code.NO_TEXT),
        "pdf of figures": ("plan.pdf", write_pdf(Page().put(60, 700, "12 13 14")), Code.NO_TEXT),
        "pdf of unknown letters": ("plan.pdf", write_pdf(Page().put(60, 700, unknown)), Code.NO_TEXT),
        "pdf stream damaged": (
            "plan.pdf",
            _one_page(b"<< /Filter /FlateDecode /Length 40 >>\nstream\n%b\nendstream" % (b"\xff" * 40)),
            Code.NO_TEXT,
        ),
        "pdf of 300 MB in a stream": ("plan.pdf", _pdf_bomb(), Code.UNREADABLE),
        "pdf nested beyond sense": (
            "plan.pdf",
            _one_page(b"<< /Length 9 >>\nstream\n%b\nendstream" % (b"[" * 400_000)),
            Code.NO_TEXT,
        ),
    }


def _bad_packages() -> dict[str, tuple[str, bytes, Code]]:
    empty = write_docx("")
    other = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    return {
        "docx cut in half": ("plan.docx", _DOCX[: len(_DOCX) // 2], Code.TRUNCATED),
        "docx of a head": ("plan.docx", b"PK\x03\x04", Code.TRUNCATED),
        "docx without its directory's start": (
            "plan.docx",
            _DOCX[:60] + _DOCX[-22:],
            Code.UNREADABLE,
        ),
        "docx part damaged": ("plan.docx", _garble(_DOCX, "word/document.xml"), Code.UNREADABLE),
        "docx password": ("plan.docx", COMPOUND + "EncryptedPackage".encode("utf-16-le"), Code.ENCRYPTED),
        "docx zip password": ("plan.docx", _flag(_DOCX, 1), Code.ENCRYPTED),
        "docx bomb": ("plan.docx", write_docx(document=_BOMB), Code.ZIP_BOMB),
        "docx styles bomb": ("plan.docx", write_docx(p("Plan"), word__styles=_BOMB), Code.ZIP_BOMB),
        "docx declares 4 GB": ("plan.docx", _lie_about_size(_DOCX, 4_000_000_000), Code.ZIP_BOMB),
        "docx declares too little": ("plan.docx", _lie_about_size(_DOCX, 10), Code.UNREADABLE),
        "docx of 5,000 entries": ("plan.docx", _many_entries(5_000), Code.ZIP_BOMB),
        "docx in a zip": ("plan.docx", pack({"plan.docx": _DOCX}), Code.WRONG_KIND),
        "zip without a document": ("plan.docx", pack({"[Content_Types].xml": TYPES}), Code.WRONG_KIND),
        "spreadsheet named docx": (
            "plan.docx",
            pack({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<w/>"}),
            Code.WRONG_KIND,
        ),
        "docx of an unknown compression": (
            "plan.docx",
            pack({"[Content_Types].xml": TYPES, "word/document.xml": word_xml(p("Plan"))}, zipfile.ZIP_LZMA),
            Code.UNREADABLE,
        ),
        "docx entities": ("plan.docx", write_docx(document=_LAUGHS), Code.FORBIDDEN_XML),
        "docx outside entity": ("plan.docx", write_docx(document=_OUTSIDE), Code.FORBIDDEN_XML),
        "docx nested beyond sense": ("plan.docx", write_docx(document=_DEEP), Code.FORBIDDEN_XML),
        "docx XML cut off": ("plan.docx", write_docx(document=word_xml(p("Plan"))[:-20]), Code.UNREADABLE),
        "docx no XML": ("plan.docx", write_docx(document="plan"), Code.UNREADABLE),
        "docx encoding unknown": (
            "plan.docx",
            write_docx(document='<?xml version="1.0" encoding="klingon"?><a/>'),
            Code.UNREADABLE,
        ),
        "docx empty": ("plan.docx", empty, Code.NO_TEXT),
        "docx of pictures": ("plan.docx", write_docx("<w:p><w:r><w:drawing/></w:r></w:p>"), Code.NO_TEXT),
        "docx of another XML": ("plan.docx", write_docx(document="<html><p>Plan</p></html>"), Code.NO_TEXT),
        "odt cut in half": ("plan.odt", _ODT[: len(_ODT) // 2], Code.TRUNCATED),
        "odt encrypted": (
            "plan.odt",
            write_odt("x", manifest="<m><encryption-data/></m>"),
            Code.ENCRYPTED,
        ),
        "odt entities": ("plan.odt", write_odt(content=_LAUGHS), Code.FORBIDDEN_XML),
        "odt bomb": ("plan.odt", write_odt("<text:p>" + "a" * 30_000_000 + "</text:p>"), Code.ZIP_BOMB),
        "odt empty": ("plan.odt", write_odt(""), Code.NO_TEXT),
        "odt without content": ("plan.odt", pack({"mimetype": ODT_TYPE}), Code.WRONG_KIND),
        "spreadsheet named odt": ("plan.odt", pack(other | {"content.xml": odt_xml("")}), Code.WRONG_KIND),
        "odt two parts of one name": ("plan.odt", _double_part(), Code.UNREADABLE),
    }


def _double_part() -> bytes:
    data = pack(
        {"mimetype": ODT_TYPE, "content.xml": odt_xml("<text:p>Een</text:p>"), "kontent.xml": odt_xml("")}
    )
    return data.replace(b"kontent.xml", b"content.xml")


def _bad_texts() -> dict[str, tuple[str, bytes, Code]]:
    return {
        "text with zeros": ("plan.txt", b"Onze prioriteit\x00 is verkeer", Code.WRONG_KIND),
        "text of control letters": ("plan.txt", bytes(range(1, 9)) * 50, Code.WRONG_KIND),
        "text of half a UTF-16 letter": ("plan.txt", b"\xff\xfev\x00e", Code.WRONG_KIND),
        "text with a false mark": ("plan.txt", b"\xef\xbb\xbf\xff\xfe\xfa", Code.WRONG_KIND),
        "text without letters": ("plan.txt", b"1 2 3 --- 4", Code.NO_TEXT),
        "text of 9 million letters": ("plan.txt", b"veiligheid " * 850_000, Code.TOO_LARGE),
        "text of 2,000 pages": ("plan.txt", b"Verkeer\f" * 2_000, Code.TOO_MANY_PAGES),
        "markdown of a comment": ("plan.md", b"<!-- plan -->", Code.NO_TEXT),
        "markdown of rules": ("plan.md", b"---\n\n***\n", Code.NO_TEXT),
    }
