"""What a file is, by its name and by its first bytes; the two must agree. Opens nothing."""

from plans.extraction.archive import Package
from plans.extraction.types import Code, Limits, Refused

KINDS = ("pdf", "docx", "odt", "txt", "md")
_BY_ENDING = {
    "pdf": "pdf",
    "docx": "docx",
    "odt": "odt",
    "txt": "txt",
    "text": "txt",
    "md": "md",
    "markdown": "md",
}
#: Compound files: Word 97–2003, and any Office file under a password.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: Nothing that starts like this is text, whatever its name.
_FOREIGN = (
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"\x7fELF",
    b"MZ\x90",
    b"{\\rtf",
    b"%!PS",
    b"SQLite format 3",
)
_ODT = b"application/vnd.oasis.opendocument.text"
#: How far into a PDF its mark may stand, as readers allow.
_MARK_WITHIN = 1_024


def name_ending(name: str) -> str:
    """ "plan.PDF" → "pdf"; "" without one. Path and trailing dots or spaces do not count."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].strip().rstrip(" .")
    _, dot, ending = last.rpartition(".")
    return ending.lower() if dot else ""


def find_kind(data: bytes, name: str, limits: Limits) -> tuple[str, Package | None]:
    """One of KINDS, with the opened package for DOCX and ODT.

    Refused: `empty`, `too_large`, `unsupported` (a kind that is not read), `wrong_kind` (name and content
    differ), `encrypted` (Office file under a password).
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused(Code.EMPTY)
    if len(data) > limits.bytes:
        raise Refused(Code.TOO_LARGE, "bytes")
    kind = _BY_ENDING.get(name_ending(name))
    if kind is None:
        raise Refused(Code.UNSUPPORTED, "ending")
    if data.startswith(COMPOUND):
        if ENCRYPTED in data:
            raise Refused(Code.ENCRYPTED, "compound")
        raise Refused(Code.UNSUPPORTED if kind == "docx" else Code.WRONG_KIND, "compound")
    found = _find_by_content(data)
    if kind in ("docx", "odt"):
        if found != "zip":
            raise Refused(Code.WRONG_KIND, found)
        package = Package(data, limits)
        _check_package(kind, package)
        return kind, package
    if found != ("pdf" if kind == "pdf" else "text"):
        raise Refused(Code.WRONG_KIND, found)
    return kind, None


def _find_by_content(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        return "zip"
    if b"%PDF-" in data[:_MARK_WITHIN]:
        return "pdf"
    return "foreign" if data.startswith(_FOREIGN) else "text"


def _check_package(kind: str, package: Package) -> None:
    """A spreadsheet, a presentation or a plain archive is not a text document, whatever its name."""
    if kind == "docx":
        if "word/document.xml" not in package.names or "[Content_Types].xml" not in package.names:
            raise Refused(Code.WRONG_KIND, "parts")
        return
    if "content.xml" not in package.names:
        raise Refused(Code.WRONG_KIND, "parts")
    if "mimetype" in package.names and package.read("mimetype").strip() != _ODT:
        raise Refused(Code.WRONG_KIND, "mimetype")
