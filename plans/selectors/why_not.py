"""Why an item is not suggested for a passage, or not as strong: the matcher asked with the lexicon in force.

Words of the passage and reasons as data; the sentences: plans.match_sentences.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from framework.models import Edition, Item
from plans import matching
from plans.matching.lexicon import BUILT_IN
from plans.models import Document
from plans.selectors.lexicons import lexicon_in_force
from plans.selectors.passages import PassageInPlace, words_at
from plans.selectors.suggestions import match_input

#: Between the names of contexts in a reason of the matcher.
CONTEXTS = ", "
#: Rules that look at more than the words of the passage; where one of them decided, it is the answer.
RULES_AROUND = (
    matching.Rule.ENUMERATION,
    matching.Rule.HEADING,
    matching.Rule.NEGATION,
    matching.Rule.CONTENTS,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A word that stands there and does not count. `examples`: words near which it would."""

    word: str
    refusal: str
    because: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """Why an item is not suggested, or not as strong. `rule` only when a rule of lists or headings decided.

    `has_lexicon` False: nothing is suggested for this edition at all.
    """

    item: Item
    has_lexicon: bool
    tier: str = ""
    rule: str = ""
    score: int = 0
    needed: int = 0
    counted: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()


def why_not(edition: Edition, document: Document, place: PassageInPlace, item: Item) -> WhyAnswer:
    """The matcher asked about one item in this passage, with the lexicon in force now. One or two queries."""
    lexicon = lexicon_in_force(edition)
    if lexicon is None:
        return WhyAnswer(item, has_lexicon=False)
    passage = place.passage
    given = match_input(document, passage, {} if place.lead is None else {passage.lead: place.lead})
    answer = matching.why_not(given, item.code, lexicon.compiled)
    stored = next((one.suggestion for one in place.suggested if one.suggestion.item_id == item.pk), None)
    is_by_rule = stored is not None and stored.rule in RULES_AROUND
    own = lexicon.compiled.lexicon.languages[answer.language]
    return WhyAnswer(
        item=item,
        has_lexicon=True,
        tier=stored.tier if is_by_rule else str(answer.tier or ""),
        rule=stored.rule if is_by_rule else "",
        score=answer.score,
        needed=answer.needed,
        counted=words_at(passage.text, spans_of(answer.counted)),
        refused=tuple(refused_words(passage.text, answer, own)),
    )


def spans_of(hits: Iterable[matching.Hit]) -> list[tuple[int, int]]:
    """Where the words of these hits stand."""
    return [span for hit in hits for span in hit.spans or ((hit.start, hit.end),)]


def refused_words(text: str, answer: matching.WhyNot, own: matching.LanguageLexicon) -> Iterable[Refused]:
    """Each word once: several terms may find it, each with contexts of its own. Not what counts anyway."""
    counting = set(spans_of(answer.counted))
    reasons: dict[str, list[matching.Hit]] = {}
    for hit in answer.refused:
        if not counting.intersection(spans_of([hit])):
            reasons.setdefault(" … ".join(words_at(text, spans_of([hit]))), []).append(hit)
    for word, hits in reasons.items():
        sure = next((hit for hit in hits if hit.refusal is not matching.Refusal.NO_CONTEXT), None)
        if sure is not None:
            yield Refused(word, str(sure.refusal), sure.because, ())
            continue
        names = tuple(dict.fromkeys(name for hit in hits for name in hit.because.split(CONTEXTS)))
        examples = tuple(dict.fromkeys(_examples(names, own)))
        yield Refused(word, str(matching.Refusal.NO_CONTEXT), CONTEXTS.join(names), examples)


def _examples(names: Iterable[str], own: matching.LanguageLexicon) -> Iterable[str]:
    """The words of named contexts; a context may also be an item, and then any plain term of it will do."""
    for name in names:
        if name not in BUILT_IN:
            yield from own.contexts.get(name) or (
                term.text
                for term in own.terms
                if term.item == name and term.kind is matching.TermKind.POSITIVE
            )
