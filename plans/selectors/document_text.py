"""The text of a document as a reader may read it: its passages in order, and what each is accepted for.

Confidential words are left out here. Not here: one passage in its place (selectors.passages).
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from framework.models import Item
from plans.enums import Verdict
from plans.matching import PassageKind
from plans.models import Assessment, Document, Passage, PassageEvidence
from plans.selectors.disclosure import Reader
from plans.selectors.highlight import Segment, segments
from plans.selectors.suggestions import language_of

PAGE_LENGTH = 50
#: Between the cells of a table row (plans.extraction).
CELLS = " | "
#: The title of the page and of the document stand above the headings of the text.
FIRST_LEVEL, LAST_LEVEL = 3, 6
_GROUPS = {
    PassageKind.LIST_ITEM: "list",
    PassageKind.TABLE_HEADER: "table",
    PassageKind.TABLE_ROW: "table",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a passage was accepted for; `evidence` holds its ticks."""

    item: Item
    evidence: PassageEvidence


@dataclass(frozen=True, slots=True)
class Line:
    """One passage. Hidden words are empty. `number` from 1; `text_page` is the page of the whole text.

    `cells` only for rows of tables. `is_new_page`: the first line here that stands on this page of the file.
    """

    pk: int
    number: int
    kind: str
    page: int | None
    is_new_page: bool
    level: int
    language: str
    text: tuple[Segment, ...]
    cells: tuple[tuple[Segment, ...], ...]
    header: tuple[str, ...]
    is_confidential: bool
    is_hidden: bool
    marks: tuple[Mark, ...]

    @property
    def is_heading(self) -> bool:
        return self.kind == PassageKind.HEADING

    @property
    def is_table_header(self) -> bool:
        return self.kind == PassageKind.TABLE_HEADER

    @property
    def text_page(self) -> int:
        return text_page(self.number)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together; `kind` is "list", "table" or "" (one line by itself)."""

    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class HiddenWords:
    """Confidential headings and heads of tables, whose words other passages carry with them, cut short.

    Rather too much is hidden than too little: a heading that only begins like a confidential one is too.
    """

    headings: tuple[str, ...]
    table_heads: tuple[str, ...]

    def in_heading(self, heading: str) -> bool:
        return any(text.startswith(heading) or heading.startswith(text) for text in self.headings)

    def in_header(self, header: Sequence[str]) -> bool:
        return any(cell and cell in text for text in self.table_heads for cell in header)


def text_page(number: int) -> int:
    """On which page of the text the passage with this number (from 1) stands."""
    return (number - 1) // PAGE_LENGTH + 1


def text_passages(document: Document, user, words: str = "") -> QuerySet[Passage]:
    """The passages in order. With `words`: those that hold them and that this person may read."""
    if not words:
        return document.passages.order_by("position")
    # SQLite compares only unaccented letters without case: the usual ways of writing cover the others.
    ways = {words, words.lower(), words.upper(), words.capitalize(), words.title()}
    condition = Q()
    for way in sorted(ways):
        condition |= Q(text__icontains=way)
    return Passage.objects.visible_to(user).filter(condition, document=document).order_by("position")


def text_groups(
    assessment: Assessment,
    document: Document,
    rows: Sequence[Passage],
    reader: Reader,
    words: str = "",
) -> tuple[Group, ...]:
    """What one page shows; with `words` these are marked and every passage stands by itself.

    One query, three for a reader without clearance, two for other readers outside the zone.
    """
    marks = marks_of(assessment, [row.pk for row in rows], reader)
    hidden = hidden_words(document, reader)
    lines, level, page = [], FIRST_LEVEL - 1, None
    for row in rows:
        if row.kind == PassageKind.HEADING:
            level = min(FIRST_LEVEL + len(row.heading_path), level + 1, LAST_LEVEL)
        is_new_page = row.page is not None and row.page != page
        page = row.page
        lines.append(_line(document, row, reader, words, hidden, marks.get(row.pk, ()), level, is_new_page))
    if words:
        return tuple(Group("", (line,)) for line in lines)
    return tuple(_grouped(lines))


def marks_of(
    assessment: Assessment, passages: Collection[int], reader: Reader
) -> dict[int, tuple[Mark, ...]]:
    """Per passage the items it is evidence for, in the edition's order, as far as the reader may know them.

    The decision says so, not the evidence: two equal sentences on one page share one piece of evidence.
    """
    rows = (
        assessment.suggestions.filter(passage__in=passages, verdict=Verdict.ACCEPTED, evidence__isnull=False)
        .select_related("item", "evidence__objective")
        .order_by("item__position")
    )
    unnamed = unnamed_items(assessment, reader)
    marks: dict[int, tuple[Mark, ...]] = {}
    for row in rows:
        if row.item_id not in unnamed:
            marks[row.passage_id] = (*marks.get(row.passage_id, ()), Mark(row.item, row.evidence))
    return marks


def unnamed_items(assessment: Assessment, reader: Reader) -> set[int]:
    """Wholly confidential items, for readers who may not know of them. No query inside the zone."""
    if not reader.hides_item(is_item_confidential=True):
        return set()
    return set(assessment.choices.filter(is_item_confidential=True).values_list("item_id", flat=True))


def hidden_words(document: Document, reader: Reader) -> HiddenWords:
    """What this reader may not read of them; one query, none with clearance."""
    if not reader.hides_words(is_confidential=True):
        return HiddenWords((), ())
    repeated = (PassageKind.HEADING, PassageKind.TABLE_HEADER)
    rows = document.passages.filter(is_confidential=True, kind__in=repeated).values_list("kind", "text")
    texts = {kind: tuple(text for other, text in rows if other == kind) for kind in repeated}
    return HiddenWords(texts[PassageKind.HEADING], texts[PassageKind.TABLE_HEADER])


def find_spans(text: str, words: str) -> list[tuple[int, int]]:
    """Where the words stand, whatever their case."""
    if not words:
        return []
    return [found.span() for found in re.finditer(re.escape(words), text, re.IGNORECASE)]


def _line(
    document: Document,
    row: Passage,
    reader: Reader,
    words: str,
    hidden: HiddenWords,
    marks: tuple[Mark, ...],
    level: int,
    is_new_page: bool,
) -> Line:
    is_confidential = row.is_confidential or document.is_confidential
    is_hidden = reader.hides_words(is_confidential=is_confidential)
    text = "" if is_hidden else row.text
    is_row = row.kind in (PassageKind.TABLE_ROW, PassageKind.TABLE_HEADER)
    cells = text.split(CELLS) if is_row else ()
    return Line(
        pk=row.pk,
        number=row.position + 1,
        kind=row.kind,
        page=row.page,
        is_new_page=is_new_page,
        level=level,
        language=language_of(document, row),
        text=segments(text, find_spans(text, words)),
        cells=tuple(segments(cell, find_spans(cell, words)) for cell in cells),
        header=() if is_hidden or hidden.in_header(row.header) else tuple(row.header),
        is_confidential=row.is_confidential,
        is_hidden=is_hidden,
        marks=marks,
    )


def _grouped(lines: Iterable[Line]) -> Iterable[Group]:
    for (kind, _), run in groupby(lines, key=_run_of):
        yield Group(kind, tuple(run))


def _run_of(line: Line) -> tuple[str, int]:
    """Entries of lists and rows of tables that follow each other; everything else is alone."""
    kind = _GROUPS.get(line.kind, "")
    return kind, 0 if kind else line.number
