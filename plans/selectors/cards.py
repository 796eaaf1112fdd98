"""A passage as a card: its words with what counted marked, and the boxes a decision starts from."""

from dataclasses import dataclass

from framework.models import Item
from plans.matching import Rule
from plans.models import Document, Passage, Suggestion
from plans.selectors.highlight import Segment, heading_words, hit_spans, segments
from plans.selectors.suggestions import language_of
from plans.selectors.ticks import Tick, aspect_ticks, element_ticks, link_ticks


@dataclass(frozen=True, slots=True)
class Attempt:
    """A decision that was not saved: what was ticked, and why in one sentence."""

    passage_id: int
    sentence: str
    elements: tuple[str, ...]
    links: tuple[str, ...]
    aspects: tuple[str, ...]
    other: str
    objective: str


@dataclass(frozen=True, slots=True)
class Card:
    """A passage with its words, for one item: what is asked, or was decided."""

    suggestion: Suggestion
    passage: Passage
    language: str
    text: tuple[Segment, ...]
    heading_words: tuple[str, ...]
    elements: tuple[Tick, ...]
    links: tuple[Tick, ...]
    aspects: tuple[Tick, ...]
    attempt: Attempt | None = None

    @property
    def folded(self) -> tuple[Tick, ...]:
        """Elements out of sight at first."""
        return tuple(tick for tick in self.elements if not (tick.is_first or tick.is_ticked))

    @property
    def in_sight(self) -> tuple[Tick, ...]:
        return tuple(tick for tick in self.elements if tick.is_first or tick.is_ticked)

    @property
    def has_links(self) -> bool:
        return any(tick.is_ticked for tick in self.links)

    @property
    def is_enumeration(self) -> bool:
        return self.suggestion.rule == Rule.ENUMERATION


def make_card(
    document: Document, item: Item, suggestion: Suggestion, language: str, attempt: Attempt | None = None
) -> Card:
    """The card of one suggestion; `item` with its aspects prefetched, `language` the reader's."""
    passage, detail = suggestion.passage, suggestion.detail
    if attempt:
        ticked = {"elements": attempt.elements, "links": attempt.links, "aspects": attempt.aspects}
    else:
        ticked = detail
    hits = detail.get("hits", ())
    return Card(
        suggestion=suggestion,
        passage=passage,
        language=language_of(document, passage),
        text=segments(passage.text, hit_spans(hits)),
        heading_words=heading_words(hits),
        elements=element_ticks(ticked.get("elements", ())),
        links=link_ticks(ticked.get("links", ())),
        aspects=aspect_ticks(item, ticked.get("aspects", ()), language),
        attempt=attempt,
    )
