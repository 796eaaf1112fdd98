"""One passage in its place: its neighbours, what it was accepted for, what is suggested, what can be ticked.

What the reader may not know is left out. Not here: the text as a whole (selectors.document_text), why an item
is not suggested (selectors.why_not).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from framework.models import Item
from plans.enums import Verdict
from plans.models import Assessment, Document, Objective, Passage, Suggestion
from plans.selectors.disclosure import Reader
from plans.selectors.document_text import Mark, hidden_words, marks_of
from plans.selectors.highlight import Segment, heading_words, hit_spans, segments
from plans.selectors.suggestions import language_of
from plans.selectors.ticks import Tick, aspect_ticks, element_ticks, link_ticks

#: How many passages before and after are shown.
NEIGHBOURS = 4


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A passage beside it; its words are empty when `is_hidden`."""

    pk: int
    number: int
    kind: str
    text: str
    language: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the matcher says of one item, and what became of it. Words as they stand there."""

    suggestion: Suggestion
    words: tuple[str, ...]
    heading_words: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return self.suggestion.verdict == Verdict.OPEN

    @property
    def is_accepted(self) -> bool:
        return self.suggestion.verdict == Verdict.ACCEPTED


@dataclass(frozen=True, slots=True)
class PassageInPlace:
    """The page of one passage. `headings`: None for one that this reader may not read.

    `text` has the words marked that count for what is suggested and was not turned down.
    """

    passage: Passage
    number: int
    language: str
    headings: tuple[str | None, ...]
    header: tuple[str, ...]
    text: tuple[Segment, ...]
    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]
    marks: tuple[Mark, ...]
    suggested: tuple[Suggested, ...]
    lead: Passage | None

    @property
    def first_open(self) -> Suggested | None:
        """What is most likely to be accepted here."""
        open_ones = [one for one in self.suggested if one.is_open and one.suggestion.tier]
        return max(open_ones, key=lambda one: one.suggestion.score, default=None)

    @property
    def accepted_codes(self) -> frozenset[str]:
        return frozenset(mark.item.code for mark in self.marks)


@dataclass(frozen=True, slots=True)
class AcceptBoxes:
    """What can be ticked when the passage is accepted for `item`; its proposal is ticked."""

    item: Item
    elements: tuple[Tick, ...]
    links: tuple[Tick, ...]
    aspects: tuple[Tick, ...]
    objectives: tuple[Objective, ...]


@dataclass(frozen=True, slots=True)
class Copies:
    """Where the words of a passage went: an entry, motivations (codes of their items). False when nowhere."""

    was_entered: bool
    motivations: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.was_entered or bool(self.motivations)


def passage_in_place(
    assessment: Assessment, document: Document, passage: Passage, reader: Reader
) -> PassageInPlace:
    """Three queries inside the zone; without suggestions outside it, with what may be known there."""
    around = _around(document, passage)
    neighbours = [_neighbour(document, row, reader) for row in around]
    marks = marks_of(assessment, [passage.pk], reader).get(passage.pk, ())
    suggested = tuple(_suggested(assessment, passage)) if reader.is_inside else ()
    hidden = hidden_words(document, reader)
    hits = [
        hit
        for one in suggested
        if one.suggestion.verdict != Verdict.REJECTED
        for hit in one.suggestion.detail.get("hits", ())
    ]
    return PassageInPlace(
        passage=passage,
        number=passage.position + 1,
        language=language_of(document, passage),
        headings=tuple(None if hidden.in_heading(heading) else heading for heading in passage.heading_path),
        header=() if hidden.in_header(passage.header) else tuple(passage.header),
        text=segments(passage.text, hit_spans(hits)),
        before=tuple(one for one in neighbours if 0 <= passage.position - one.number < NEIGHBOURS),
        after=tuple(one for one in neighbours if one.number > passage.position + 1),
        marks=marks,
        suggested=suggested,
        lead=next((row for row in around if row.position == passage.lead), None),
    )


def accept_boxes(assessment: Assessment, place: PassageInPlace, item: Item, language: str) -> AcceptBoxes:
    """The boxes for one item (its aspects prefetched); without a suggestion for it those of another one.

    What the words of a passage hold does not depend on the item. One query.
    """
    own = next((one for one in place.suggested if one.suggestion.item_id == item.pk), None)
    proposal = own or place.first_open
    detail = proposal.suggestion.detail if proposal else {}
    return AcceptBoxes(
        item=item,
        elements=element_ticks(detail.get("elements", ())),
        links=link_ticks(detail.get("links", ())),
        aspects=aspect_ticks(item, detail.get("aspects", ()) if own else (), language),
        objectives=tuple(assessment.version.objectives.all()),
    )


def copies_of(assessment: Assessment, passage: Passage) -> Copies:
    """Two queries. A motivation that is confidential already is no copy to look at."""
    was_entered = Suggestion.objects.filter(
        assessment__version=assessment.version_id, passage=passage, verdict=Verdict.ENTERED
    ).exists()
    words = " ".join(passage.text.split())
    motivations = assessment.choices.filter(
        is_motivation_confidential=False, is_item_confidential=False
    ).select_related("item")
    quoting = (row.item.code for row in motivations if words in " ".join(row.line.split()))
    return Copies(was_entered=was_entered, motivations=tuple(quoting))


def _around(document: Document, passage: Passage) -> list[Passage]:
    """The neighbours, and the sentence that introduces the list when it stands further up. One query."""
    at = passage.position
    near = Q(position__gte=at - NEIGHBOURS, position__lte=at + NEIGHBOURS)
    rows = document.passages.filter(near | Q(position=passage.lead)).exclude(pk=passage.pk)
    return list(rows.order_by("position"))


def _neighbour(document: Document, row: Passage, reader: Reader) -> Neighbour:
    is_hidden = reader.hides_words(is_confidential=row.is_confidential or document.is_confidential)
    return Neighbour(
        pk=row.pk,
        number=row.position + 1,
        kind=row.kind,
        text="" if is_hidden else row.text,
        language=language_of(document, row),
        is_hidden=is_hidden,
    )


def _suggested(assessment: Assessment, passage: Passage) -> Iterable[Suggested]:
    """Without what only a person saw: that stands where it was accepted."""
    rows = assessment.suggestions.filter(passage=passage)
    by_hand_only = Q(verdict=Verdict.ACCEPTED, tier="", is_lead=False)
    rows = rows.exclude(by_hand_only).select_related("item", "moved_to")
    for row in rows.order_by("item__position"):
        hits = row.detail.get("hits", ())
        yield Suggested(row, words_at(passage.text, hit_spans(hits)), heading_words(hits))


def words_at(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """The words that stand there, each once."""
    return tuple(dict.fromkeys(" ".join(text[start:end].split()) for start, end in spans))
