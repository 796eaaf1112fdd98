"""How a plan lies in a workbook: which sheets, which columns, what each column holds.

A sheet and its columns are recognised by their tags ("actions.title") in a hidden row above the heading,
not by words: titles and headings are in the language of whoever made the workbook, and columns may be moved.
What a field means stands in docs/plan-format.md. No words and no cells here.
"""

from dataclasses import dataclass
from enum import StrEnum

from plans.planformat import types
from plans.planformat.types import SHORT_LENGTH, TEXT_LENGTH, TITLE_LENGTH


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    #: Text that often is a number: a whole number is written as one.
    NUMBER = "number"
    #: The number of an objective.
    REFERENCE = "reference"
    #: Codes of items and aspects: "P3, P7:organised-property-crime".
    ITEMS = "items"
    #: Links of the safety chain as words with commas between them.
    LINKS = "links"
    #: One text per line.
    LINES = "lines"
    #: One word of a closed list.
    WORD = "word"
    YES_NO = "yes_no"
    #: For people; written, never read.
    NOTE = "note"


class Words(StrEnum):
    """The closed lists. The words of THEME_CHOICE are shown for themes, those of CHOICE for priorities."""

    CHOICE = "choice"
    THEME_CHOICE = "theme_choice"
    REASON = "reason"
    DIAGNOSIS_KIND = "diagnosis_kind"
    PLAN_KIND = "plan_kind"
    CHAIN_LINK = "chain_link"
    YES_NO = "yes_no"


YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Column:
    """`length`: the most signs; `words`: the closed list of a WORD."""

    field: str
    holds: Holds = Holds.TEXT
    length: int | None = None
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet. `most`: the most rows with something in them."""

    name: str
    columns: tuple[Column, ...]
    most: int

    def tag(self, column: Column) -> str:
        return f"{self.name}.{column.field}"


_ITEMS = Column("items", Holds.ITEMS)
_CONFIDENTIAL = Column("confidential", Holds.YES_NO)
_OBJECTIVE = Column("objective", Holds.REFERENCE, 20)
_TITLE = Column("title", length=TITLE_LENGTH)
_TARGET_GROUP = Column("target_group", length=TITLE_LENGTH)


def _short(field: str, holds: Holds = Holds.TEXT) -> Column:
    return Column(field, holds, SHORT_LENGTH)


#: What each row of the first sheet says: the fields before the dot are those of the plan's header.
ABOUT_FIELDS = (
    "format",
    "edition",
    "plan.name",
    "plan.zone",
    "plan.municipality",
    "plan.cycle",
    "plan.kind",
    "plan.language",
)
ABOUT = Layout(
    "about", (Column("field"), Column("label", Holds.NOTE), Column("value", length=TITLE_LENGTH)), most=200
)
OBJECTIVES = Layout(
    "objectives",
    (
        Column("number", Holds.REFERENCE, 20),
        _TITLE,
        _ITEMS,
        Column("result", length=TEXT_LENGTH),
        _TARGET_GROUP,
        _short("due", Holds.NUMBER),
        _CONFIDENTIAL,
    ),
    most=types.MAX_OBJECTIVES,
)
ACTIONS = Layout(
    "actions",
    (
        _OBJECTIVE,
        _TITLE,
        _ITEMS,
        _TARGET_GROUP,
        Column("links", Holds.LINKS),
        _short("responsible"),
        _short("due", Holds.NUMBER),
        _short("capacity", Holds.NUMBER),
        Column("partners", Holds.LINES),
        _CONFIDENTIAL,
    ),
    most=types.MAX_OBJECTIVES * types.MAX_ON_OBJECTIVE,
)
INDICATORS = Layout(
    "indicators",
    (
        _OBJECTIVE,
        _TITLE,
        _ITEMS,
        _short("target_value", Holds.NUMBER),
        _short("baseline", Holds.NUMBER),
        _short("source"),
        _short("frequency"),
    ),
    most=types.MAX_OBJECTIVES * types.MAX_ON_OBJECTIVE,
)
DIAGNOSIS = Layout(
    "diagnosis",
    (
        Column("kind", Holds.WORD, words=Words.DIAGNOSIS_KIND),
        Column("text", length=TEXT_LENGTH),
        _ITEMS,
        _short("figure", Holds.NUMBER),
        _short("source"),
        _CONFIDENTIAL,
    ),
    most=types.MAX_DIAGNOSES,
)
CHOICES = Layout(
    "choices",
    (
        Column("item"),
        Column("item_title", Holds.NOTE),
        Column("choice", Holds.WORD, words=Words.CHOICE),
        Column("reason", Holds.WORD, words=Words.REASON),
        _short("pointer"),
        Column("line", length=TEXT_LENGTH),
        _CONFIDENTIAL,
        Column("item_confidential", Holds.YES_NO),
    ),
    most=types.MAX_ITEMS,
)
#: In the order of the workbook. A list sheet stands behind them, for people and for their drop-down lists.
LAYOUTS = (ABOUT, OBJECTIVES, ACTIONS, INDICATORS, DIAGNOSIS, CHOICES)
LISTS = "lists"
#: The hidden row of tags, the heading below it, and the first row that is filled in.
TAG_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3
