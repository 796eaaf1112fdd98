"""From what was read to hits that count and hits that are refused, item by item.

What lives here: contexts, negative terms, negation, pages without policy. Not here: tiers (matcher), lists
that copy the national one (enumeration). Every refusal keeps its reason, so that "why not" needs no second
method.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from plans.matching.automaton import Found
from plans.matching.elements import propose
from plans.matching.internal import is_internal_heading, is_silenced_by, silenced_places
from plans.matching.lexicon import PRIORITY, SHORT, Cue, Scope, Term, TermKind
from plans.matching.reading import Reading
from plans.matching.types import Hit, Refusal

#: A list of what every police force does (reception, intervention …) names phenomena only as services.
MIN_SERVICES = 3
#: A term this heavy says what it is about by itself, wherever it stands.
SURE_WEIGHT = 80
#: The sum of the weights that makes a suggestion.
POSSIBLE = 40
#: So short is a heading; what is longer is a sentence that introduces a list.
MAX_HEADING_WORDS = 8
_PHONE = re.compile(r"(?<!\d)(?:\+32|0)[ ./\d]{7,13}\d(?!\d)")
_ADDRESS = re.compile(r"\S@\S+\.\w|www\.|https?:|\b\d{1,2}[.:uh]\d{2}\s*[-–à]|\b[1-9]\d{3} [A-ZÉ][a-zé]+")


@dataclass(frozen=True)
class Setting:
    """A passage with its headings, as the rules look at it."""

    passage: Reading
    headings: tuple[Reading, ...]
    #: The nearest heading that names any item, as a setting of its own.
    nearest: "Setting | None" = None
    #: The passage is a heading itself, the header of a table or a line of the contents.
    is_structural: bool = False

    @cached_property
    def is_priority(self) -> bool:
        """The zone's own or retained priorities: named in the passage itself or in a heading above it."""
        return not self.is_under_regular and any(
            reading.has(Cue.PRIORITY) for reading in (self.passage, *self.headings)
        )

    @cached_property
    def is_national(self) -> bool:
        return any(reading.has(Cue.NATIONAL) for reading in (self.passage, *self.headings))

    @cached_property
    def is_regular(self) -> bool:
        return any(reading.has(Cue.REGULAR) for reading in (self.passage, *self.headings))

    @cached_property
    def is_under_regular(self) -> bool:
        """The nearest heading that says what stands below it speaks of regular work: no list of priorities.

        A long one is a sentence: "beside our regular work we choose these priorities:".
        """
        for heading in reversed(self.headings):
            is_priority = heading.has(Cue.PRIORITY)
            if heading.has(Cue.REGULAR) and (len(heading.tokens) <= MAX_HEADING_WORDS or not is_priority):
                return True
            if is_priority:
                return False
        return False

    @cached_property
    def is_internal(self) -> bool:
        """Internal priorities, by a heading above or as a heading of them."""
        is_itself = self.is_structural and is_internal_heading(self.passage)
        return is_itself or is_silenced_by(self.headings)

    @cached_property
    def internal_places(self) -> tuple[range, ...]:
        return silenced_places(self.passage)

    def is_internal_at(self, found: Found) -> bool:
        return self.is_internal or any(found.first in places for places in self.internal_places)

    @cached_property
    def is_under_not_retained(self) -> bool:
        return any(reading.has(Cue.NOT_RETAINED) for reading in self.headings)

    @cached_property
    def is_contact_page(self) -> bool:
        """Phone numbers, addresses, opening hours and words for them, and no word of policy."""
        text = self.passage.text
        if self.passage.has(Cue.POLICY) or self.is_priority:
            return False
        words = {text for _, text in self.passage.cues.get(Cue.CONTACT, ())}
        return len(_PHONE.findall(text)) + len(_ADDRESS.findall(text)) + len(words) >= 2

    @cached_property
    def is_list_of_services(self) -> bool:
        named = {text for _, text in self.passage.cues.get(Cue.SERVICES, ())}
        return len(named) >= MIN_SERVICES

    @cached_property
    def refusal(self) -> Refusal | None:
        """Why the whole passage speaks of no policy, if so."""
        if self.is_contact_page:
            return Refusal.CONTACT
        return Refusal.SERVICES if self.is_list_of_services else None

    @cached_property
    def _carried(self) -> dict[str, tuple[Hit, ...]]:
        return {}

    def hits_of(self, item: str) -> tuple[Hit, ...]:
        """For a heading: what it hands down to the passages below it, if it is a suggestion itself."""
        if item not in self._carried:
            counted, _ = find_hits(item, self)
            is_enough = sum(hit.weight for hit in counted) >= POSSIBLE
            handed = tuple(replace(hit, heading=self.passage.text) for hit in counted) if is_enough else ()
            self._carried[item] = handed
        return self._carried[item]

    @cached_property
    def proposal(self) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
        """Criterion, elements and links of the chain that the wording proposes, whatever the item."""
        # What the national note says of its own list is no objective of the zone.
        is_own = self.headings and not self.is_national
        return propose(self.passage, self.headings[-1] if is_own else None)


def find_hits(item: str, setting: Setting) -> tuple[list[Hit], list[Hit]]:
    """Hits of one item in the passage itself: those that count, and those refused with their reason."""
    reading = setting.passage
    candidates = reading.terms.get(item, ())
    positive = [(found, term) for found, term in candidates if term.kind is not TermKind.NEGATIVE]
    if not positive:
        return [], []
    negative = [(found, term) for found, term in candidates if term.kind is TermKind.NEGATIVE]
    above = [
        (found, term)
        for heading in setting.headings
        for found, term in heading.terms.get(item, ())
        if term.kind is TermKind.NEGATIVE and term.scope is Scope.PASSAGE
    ]
    whole = setting.refusal
    counted: list[tuple[Found, Hit]] = []
    refused: list[Hit] = []
    for found, term in positive:
        refusal, because, context = None, "", ""
        needs = term.kind is TermKind.NEEDS_CONTEXT
        if setting.is_internal_at(found):
            refusal = Refusal.INTERNAL
        elif because := _suppressed_by(found, term, negative, above, reading):
            refusal = Refusal.NEGATIVE_TERM
        elif needs and not (context := _context_of(found, term, setting)):
            refusal, because = Refusal.NO_CONTEXT, ", ".join(term.contexts)
        elif whole and (whole is Refusal.CONTACT or term.weight < SURE_WEIGHT):
            refusal = whole
        elif reading.has(Cue.QUESTION) and _is_in_sentence_of(found, Cue.QUESTION, reading):
            refusal = Refusal.QUESTION
        elif not setting.is_regular:
            because = reading.negation_of(found)
            if because or setting.is_under_not_retained:
                refusal = Refusal.NEGATION
        hit = make_hit(reading, found, term, context=context, refusal=refusal, because=because)
        if refusal:
            refused.append(hit)
        else:
            counted.append((found, hit))
    kept, covered = _without_overlap(counted)
    return kept, refused + covered


def make_hit(reading: Reading, found: Found, term: Term, **more: object) -> Hit:
    """The hit with offsets in the text that was read; `more` are further fields of it."""
    tokens = reading.tokens
    spans = tuple((tokens[first].start, tokens[last].end) for first, last in found.places)
    end = spans[0][1] if len(spans) == 1 else max(end for _, end in spans)
    return Hit(spans[0][0], end, term.item, term.text, term.weight, term.kind, term.aspect, spans, **more)


def _suppressed_by(
    found: Found,
    term: Term,
    negative: Iterable[tuple[Found, Term]],
    above: Iterable[tuple[Found, Term]],
    reading: Reading,
) -> str:
    """The negative term that takes this hit away, or ""; it reaches terms of at most its own weight."""
    for other, against in negative:
        if term.weight > against.weight:
            continue
        if against.scope is Scope.SPAN:
            is_near = other.first <= found.last and found.first <= other.last
        elif against.scope is Scope.SENTENCE:
            is_near = reading.sentence_of(other) == reading.sentence_of(found)
        else:
            is_near = True
        if is_near:
            return against.text
    return next((against.text for _, against in above if term.weight <= against.weight), "")


def _context_of(found: Found, term: Term, setting: Setting) -> str:
    """The first context of the term that holds here, or ""."""
    for name in term.contexts:
        if name == SHORT:
            holds = setting.passage.is_short
        elif name == PRIORITY:
            holds = setting.is_priority
        else:
            holds = _stands_near(name, found, term, setting)
        if holds:
            return name
    return ""


def _stands_near(name: str, found: Found, term: Term, setting: Setting) -> bool:
    reading = setting.passage
    for other in _named(name, term, reading):
        is_elsewhere = other.last < found.first or found.last < other.first
        if is_elsewhere and (
            term.scope is Scope.PASSAGE or reading.sentence_of(other) == reading.sentence_of(found)
        ):
            return True
    return any(True for heading in setting.headings for _ in _named(name, term, heading))


def _named(name: str, term: Term, reading: Reading) -> Sequence[Found]:
    """Where a named context stands: its own words, or the plain terms of the item with that code."""
    if name in reading.contexts:
        return reading.contexts[name]
    return [
        found
        for found, other in reading.terms.get(name, ())
        if other.kind is TermKind.POSITIVE and other.text != term.text
    ]


def _is_in_sentence_of(found: Found, cue: Cue, reading: Reading) -> bool:
    here = reading.sentence_of(found)
    return any(reading.sentence_of(other) == here for other, _ in reading.cues[cue])


def _without_overlap(counted: list[tuple[Found, Hit]]) -> tuple[list[Hit], list[Hit]]:
    """Where terms of one item overlap the heaviest counts, then the longest; a term counts once."""
    ranked = sorted(counted, key=lambda pair: (-pair[1].weight, pair[0].first - pair[0].last, pair[0]))
    kept: list[tuple[Found, Hit]] = []
    covered: list[Hit] = []
    texts: set[str] = set()
    taken: set[int] = set()
    for found, hit in ranked:
        places = {place for first, last in found.places for place in range(first, last + 1)}
        if hit.term in texts or places & taken:
            covered.append(replace(hit, refusal=Refusal.COVERED))
            continue
        taken |= places
        texts.add(hit.term)
        kept.append((found, hit))
    return sorted(hit for _, hit in kept), sorted(covered, key=lambda hit: (hit.start, hit.end, hit.term))
