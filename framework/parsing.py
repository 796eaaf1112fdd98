"""From the bytes of an edition file to an EditionFile, or FileRefused with every problem and its place.

What lives here: the format `kiv-edition/1` (docs/edition-format.md) as pydantic models. Not here: checks that
look at two places of the file (consistency), or at the database (services.loading). Knows no Django.
"""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from framework.consistency import find_problems
from kiv.datafile import load, validate

FORMAT = "kiv-edition/1"
MAX_ATTACHMENTS, MAX_ITEMS, MAX_ASPECTS = 20, 200, 50
Language = Literal["nl", "fr", "de", "en"]
Status = Literal["official", "partial", "translation"]
Year = Annotated[int, Field(strict=True, ge=1900, le=2200)]


def clean(text: str) -> str:
    """White space around a text means nothing. Signs that no reader sees are refused."""
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in text):
        raise ValueError("text without control characters")
    if not text.strip():
        raise ValueError("text that is not empty")
    return text.strip()


def as_date(value: Any) -> Any:
    """2022-03-31, and no other way of writing a date."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("date_parsing", "a date, year-month-day")


def text_of(length: int):
    """A text by language: at least one of the four, each not empty and at most `length` characters."""
    text = Annotated[str, StringConstraints(strict=True, max_length=length), AfterValidator(clean)]
    return Annotated[dict[Language, text], Field(min_length=1)]


def code_of(length: int, *, is_slug: bool = False):
    """A code that fits in an address: of items and aspects, or, stricter, of editions and frameworks."""
    # Dots alone are no code: in an address they lead away from it.
    pattern = r"[a-z0-9][a-z0-9-]*" if is_slug else r"(?!\.+\Z)[A-Za-z0-9.-]+"
    signs = "lower-case letters, digits and hyphens" if is_slug else "letters, digits, dots and hyphens"

    def check(code: str) -> str:
        if len(code) > length or not re.fullmatch(pattern, code):
            raise ValueError(f"1 to {length} {signs}")
        return code

    return Annotated[str, Field(strict=True), AfterValidator(check)]


EditionCode = code_of(50, is_slug=True)
FrameworkCode = code_of(20, is_slug=True)
Name = Annotated[str, StringConstraints(strict=True, max_length=200), AfterValidator(clean)]
Date = Annotated[date, BeforeValidator(as_date)]
Short = text_of(80)
Title = text_of(500)
Text = text_of(2_000)
LongText = text_of(8_000)
Statuses = dict[Language, Status]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FrameworkEntry(Strict):
    code: FrameworkCode
    title: Title


class AttachmentEntry(Strict):
    """A document of the edition. The file itself is uploaded by an administrator."""

    label: Title
    name: Name
    language: Language
    dated: Date | None = None


class CriterionEntry(Strict):
    code: Literal["D", "G", "A", "I", "M", "C"]
    name: Short
    question: Text
    earns_one: Text
    earns_two: Text


class ExampleEntry(Strict):
    """One worked example, from problem to measurement."""

    diagnosis: Text
    objective: Text
    action: Text
    indicator: Text


class AspectEntry(Strict):
    """Without `title_status` the title is the product's own wording in every language."""

    code: code_of(60)
    title: Title
    title_status: Statuses = {}


class ItemEntry(Strict):
    code: code_of(20)
    kind: Literal["priority", "theme"]
    title: Title
    title_status: Statuses
    short: Short
    summary: Text
    example: ExampleEntry | None = None
    aspects: Annotated[tuple[AspectEntry, ...], Field(max_length=MAX_ASPECTS)] = ()


class CorrespondenceEntry(Strict):
    """What an item of the predecessor became; `new` is empty exactly when the relation is none."""

    old: code_of(20)
    new: code_of(20) | None = None
    relation: Literal["equal", "equivalent", "subset", "superset", "intersects", "none"]
    confidence: Literal["high", "medium", "low"] = "high"
    rationale: Text | None = None
    decided: Annotated[bool, Field(strict=True)] = True


class FactsEntry(Strict):
    """What an edition says of itself, without its parts."""

    period: Annotated[tuple[Year, ...], Field(min_length=2, max_length=2)]
    approved: Date | None = None
    title: Title
    title_status: Statuses
    subtitle: Title | None = None
    introduction: LongText | None = None


class EditionFile(FactsEntry):
    """Everything an edition file says."""

    format: Literal["kiv-edition/1"]
    framework: FrameworkEntry
    code: EditionCode
    predecessor: EditionCode | None = None
    attachments: Annotated[tuple[AttachmentEntry, ...], Field(max_length=MAX_ATTACHMENTS)] = ()
    criteria: Annotated[tuple[CriterionEntry, ...], Field(max_length=6)]
    items: Annotated[tuple[ItemEntry, ...], Field(min_length=1, max_length=MAX_ITEMS)]
    #: None: the file does not speak of them, and what is stored stays.
    correspondences: Annotated[tuple[CorrespondenceEntry, ...], Field(max_length=1_000)] | None = None

    def as_data(self) -> dict[str, Any]:
        """The same as plain values, as export.edition_as_data makes them of a stored edition."""
        return self.model_dump(mode="json")


def parse_edition(data: bytes) -> EditionFile:
    """Read an edition file. Raises FileRefused with every problem at once."""
    loaded = load(data)
    return validate(EditionFile, loaded, more=find_problems(loaded))
