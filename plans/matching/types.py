"""What goes into the matcher and what comes out: frozen dataclasses, no behaviour."""

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """How sure a suggestion is. Nothing is ever more than a suggestion."""

    STRONG = "strong"
    POSSIBLE = "possible"


class Rule(StrEnum):
    """Why a match stands in its tier."""

    TERMS = "terms"
    SHORT_ENTRY = "short_entry"
    PRIORITY_LIST = "priority_list"
    HEADING = "heading"
    ENUMERATION = "enumeration"
    CONTENTS = "contents"
    NEGATION = "negation"


class Refusal(StrEnum):
    """Why a term that stands in the passage does not count."""

    NO_CONTEXT = "no_context"
    NEGATIVE_TERM = "negative_term"
    NEGATION = "negation"
    SERVICES = "services"
    QUESTION = "question"
    CONTACT = "contact"
    INTERNAL = "internal"
    COVERED = "covered"


class PassageKind(StrEnum):
    """What a passage is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_HEADER = "table_header"
    TABLE_ROW = "table_row"
    TABLE_CELL = "table_cell"
    TOC = "toc"


@dataclass(frozen=True, slots=True)
class MatchInput:
    """A passage to match. `language` None: found from its words. `heading_path`: outermost first.

    `lead` is the sentence that introduces the list or table ("Our priorities are:"): it counts as the
    nearest heading. `kind` is a PassageKind.
    """

    text: str
    language: str | None = None
    heading_path: tuple[str, ...] = ()
    kind: str = PassageKind.PARAGRAPH
    page: int | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A term that stands in the passage (`heading` None) or in one of its headings.

    `start` and `end` are offsets in that text; `spans` has one pair for each piece of a term with gaps.
    `refusal` says why it does not count, `because` the word that made it so.
    """

    start: int
    end: int
    item: str
    term: str
    weight: int
    kind: str
    aspect: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    heading: str | None = None
    context: str = ""
    refusal: Refusal | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """One item in one passage. `tier` None with `is_lead`: named, but as not retained: a lead to a
    motivation.

    `score` 1–100 is the capped sum of the weights. `criterion`, `elements` and `links` are what the words of
    the passage propose; a person decides. Values are those of the scoring method.
    """

    item: str
    tier: Tier | None
    score: int
    rule: Rule
    hits: tuple[Hit, ...]
    language: str
    aspects: tuple[str, ...] = ()
    criterion: str | None = None
    elements: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why an item was not suggested, or not as strong. `score` and `needed` on the scale of the weights."""

    item: str
    tier: Tier | None
    score: int
    needed: int
    refused: tuple[Hit, ...]
    counted: tuple[Hit, ...]
    language: str
