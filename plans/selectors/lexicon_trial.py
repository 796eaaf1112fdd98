"""Trying a text: what a version of a lexicon finds in each passage of it, why, and why not.

The text is read as a plain-text document is, matched with one version or two, and kept nowhere. Reasons as
data; the sentences: plans.match_sentences.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plans import matching
from plans.extraction import Document, Limits, Refused
from plans.extraction.passages import make_document
from plans.extraction.plain import read_plain
from plans.selectors import why_not
from plans.selectors.highlight import Segment, segments
from plans.selectors.lexicons import ReadyLexicon
from plans.selectors.passages import words_at

#: Passages of one trial; the rest is left out, and the page says so.
MAX_PASSAGES = 60


@dataclass(frozen=True, slots=True)
class Counted:
    """Words that stand there and count: the term that found them, and its weight."""

    words: str
    term: str
    weight: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """What one version says of an item in a passage; `rule` is empty when nothing was suggested."""

    tier: str = ""
    rule: str = ""
    is_lead: bool = False
    score: int = 0
    needed: int = 0
    counted: tuple[Counted, ...] = ()
    refused: tuple[why_not.Refused, ...] = ()

    @property
    def is_found(self) -> bool:
        return bool(self.tier)


#: Of an item of which no word stands there.
SILENT = Side()


@dataclass(frozen=True, slots=True)
class TriedItem:
    """One item in one passage, under the version that is tried and under the one in force (None: is it)."""

    code: str
    tried: Side
    in_force: Side | None

    @property
    def is_changed(self) -> bool:
        """Suggested by one of the two and not by the other, or not as strongly."""
        if self.in_force is None:
            return False
        ours, theirs = self.tried, self.in_force
        return (ours.tier, ours.is_lead) != (theirs.tier, theirs.is_lead)


@dataclass(frozen=True, slots=True)
class TriedPassage:
    """A passage with the words marked that count in the version tried."""

    text: tuple[Segment, ...]
    kind: str
    language: str
    items: tuple[TriedItem, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    passages: tuple[TriedPassage, ...] = field(default=())
    left_out: int = 0


def try_text(text: str, language: str, tried: ReadyLexicon, in_force: ReadyLexicon | None = None) -> Trial:
    """`language` empty: found from the words. A text without a letter gives no passages. No query."""
    document = _read(text)
    if document is None:
        return Trial()
    passages = document.passages[:MAX_PASSAGES]
    inputs = [
        matching.MatchInput(
            text=passage.text,
            language=language or passage.language or None,
            heading_path=passage.heading_path,
            kind=passage.kind,
            lead="" if passage.lead is None else document.passages[passage.lead].text,
        )
        for passage in passages
    ]
    one = _sides(inputs, tried.compiled)
    other = _sides(inputs, in_force.compiled) if in_force else [None] * len(inputs)
    return Trial(
        tuple(
            _tried(given, ours, theirs, tried.compiled)
            for given, ours, theirs in zip(inputs, one, other, strict=True)
        ),
        len(document.passages) - len(passages),
    )


def _read(text: str) -> Document | None:
    limits = Limits()
    try:
        return make_document("text", read_plain(text.encode(), limits), limits)
    except Refused:
        return None


def _tried(
    given: matching.MatchInput,
    ours: Mapping[str, Side],
    theirs: Mapping[str, Side] | None,
    compiled: matching.CompiledLexicon,
) -> TriedPassage:
    codes = matching.in_order(dict.fromkeys([*ours, *(theirs or ())]))
    items = tuple(
        TriedItem(code, ours.get(code, SILENT), None if theirs is None else theirs.get(code, SILENT))
        for code in codes
    )
    marked = [
        span for answer in matching.explain(given, compiled) for span in why_not.spans_of(answer.counted)
    ]
    # What is found comes first, then what is not: an item to look at stands on top.
    ordered = sorted(items, key=lambda item: (not item.tried.is_found, not item.is_changed))
    return TriedPassage(segments(given.text, marked), given.kind, given.language or "", tuple(ordered))


def _sides(
    inputs: Iterable[matching.MatchInput], compiled: matching.CompiledLexicon
) -> list[dict[str, Side]]:
    """For each passage: item → what is said of it; only items of which a word or a heading is there."""
    inputs = list(inputs)
    sides = []
    for given, matches in zip(inputs, matching.match_document(inputs, compiled), strict=True):
        answers = {answer.item: answer for answer in matching.explain(given, compiled)}
        found = {match.item: match for match in matches}
        sides.append(
            {
                item: _side(given.text, found.get(item), answers.get(item), compiled)
                for item in compiled.items
                if item in found or item in answers
            }
        )
    return sides


def _side(
    text: str,
    match: matching.Match | None,
    answer: matching.WhyNot | None,
    compiled: matching.CompiledLexicon,
) -> Side:
    own = compiled.lexicon.languages[(match or answer).language]
    counted = match.hits if match else answer.counted
    return Side(
        tier=str(match.tier or "") if match else "",
        rule=str(match.rule) if match else "",
        is_lead=bool(match and match.is_lead),
        score=match.score if match else answer.score,
        needed=answer.needed if answer else 0,
        counted=tuple(_counted(text, hit) for hit in counted if hit.refusal is None),
        refused=tuple(why_not.refused_words(text, answer, own)) if answer else (),
    )


def _counted(text: str, hit: matching.Hit) -> Counted:
    words = " … ".join(words_at(hit.heading or text, why_not.spans_of([hit])))
    return Counted(words, hit.term, hit.weight, heading=hit.heading is not None)
