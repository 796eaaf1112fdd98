"""What extraction takes and gives: limits, passages, documents, refusals. No reading of any format here."""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a passage is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    #: The first row of a table; its cells are also given with every row below it.
    TABLE_HEADER = "table_header"
    #: A row of short cells, joined by " | ".
    TABLE_ROW = "table_row"
    #: One paragraph of a long cell; `header` then holds the head of its column.
    TABLE_CELL = "table_cell"
    #: A line of a table of contents: names a chapter, says nothing about it.
    TOC = "toc"


class Code(StrEnum):
    """Why a file was refused. Stable: interface and documentation speak about these. docs/extraction.md."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    TOO_MANY_PAGES = "too_many_pages"
    ENCRYPTED = "encrypted"
    TRUNCATED = "truncated"
    ZIP_BOMB = "zip_bomb"
    FORBIDDEN_XML = "forbidden_xml"
    NO_TEXT = "no_text"
    WRONG_KIND = "wrong_kind"
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"


class Warn(StrEnum):
    """What a reader must know about a document that was read."""

    #: Some pages hold no text (pictures, scans): their numbers are in `Document.blank_pages`.
    PAGES_WITHOUT_TEXT = "pages_without_text"
    #: The document points to files elsewhere; they were not fetched.
    EXTERNAL_REFERENCES = "external_references"
    #: Text proposed by change tracking: deletions left out, insertions read.
    TRACKED_CHANGES = "tracked_changes"
    #: Not UTF-8: read as Windows-1252, accents may be wrong.
    GUESSED_ENCODING = "guessed_encoding"
    #: Some letters have no known character and were left out.
    UNKNOWN_LETTERS = "unknown_letters"


class Refused(Exception):
    """The file cannot be read; `code` says why. `detail` is for logs, never for users."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = Code(code)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code.value}: {self.detail}" if self.detail else self.code.value


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings of one extraction. Bytes, seconds, counts."""

    bytes: int = 40 * 1024 * 1024
    pages: int = 1_000
    #: Letters of text in the whole document (84,000 words are about 550,000).
    characters: int = 8_000_000
    passages: int = 60_000
    #: Letters in one passage; longer text is split at the ends of sentences.
    passage: int = 1_200
    #: DOCX and ODT: entries, bytes they unpack to, and how often they may be larger than packed.
    entries: int = 4_000
    unpacked: int = 120 * 1024 * 1024
    ratio: int = 200
    #: Nesting of elements in XML, and of lists in Markdown.
    depth: int = 200
    seconds: int = 20
    memory: int = 768 * 1024 * 1024
    #: Bytes the child process may answer.
    output: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row as a format's reader found it: uncut, no offsets yet."""

    kind: Kind
    text: str
    #: Heading: 1 is the highest. List item: 1 is the outermost. Otherwise 0.
    level: int = 0
    page: int | None = None
    #: Items of one list, rows of one table share a number; None outside lists and tables.
    group: int | None = None
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that a person can judge. `Document.text[start:end] == text`."""

    text: str
    kind: Kind
    start: int
    end: int
    #: 1 is the first; None for formats without pages.
    page: int | None = None
    #: Headings above it, the highest first. A heading's own text is not in its path.
    heading_path: tuple[str, ...] = ()
    level: int = 0
    group: int | None = None
    header: tuple[str, ...] = ()
    #: Index in `Document.passages` of the sentence that introduces this list item or row ("…priorities
    #: are:").
    lead: int | None = None
    #: "nl", "fr", "de" or None when nothing speaks for one of them.
    language: str | None = None
    #: 0–100: how clearly; below 60 it was taken over from the text around it.
    confidence: int = 0
    #: 1 for the first passage with this text under this heading path, 2 for the next…
    #: With text and heading path it identifies a passage in the next version of a document.
    ordinal: int = 1

    @property
    def identity(self) -> str:
        """SHA-256 (hexadecimal) of text, heading path and place among equals: the same in a next version."""
        parts = (self.text, str(self.ordinal), *self.heading_path)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """What was read. `pages` is None for formats without pages."""

    kind: str
    text: str
    passages: tuple[Passage, ...]
    pages: int | None = None
    language: str | None = None
    warnings: tuple[Warn, ...] = ()
    blank_pages: tuple[int, ...] = ()

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(slots=True)
class Reading:
    """What a format's reader hands on to be cut into passages."""

    blocks: list[Block] = field(default_factory=list)
    pages: int | None = None
    warnings: set[Warn] = field(default_factory=set)
    blank_pages: tuple[int, ...] = ()
