"""A text read once with one language's lexicon: which terms, contexts and cues stand where.

What lives here: sorting what the automaton found, clauses and negation. Not here: what it adds up to (rules).
"""

from dataclasses import dataclass, field

from plans.matching.automaton import Compiled, Found
from plans.matching.lexicon import Cue, Term, TermKind
from plans.matching.normalise import Token

#: A passage of at most so many words is an entry of a list, or a heading: "Drugs", "Milieu", "Verkeer".
SHORT_WORDS = 5
#: A term this heavy names its item, also where the sentence says that it is no priority.
MIN_NAMING = 50


@dataclass(slots=True)
class Reading:
    """Everything found in one text. `clauses` numbers the clause of each token."""

    text: str
    tokens: tuple[Token, ...]
    terms: dict[str, list[tuple[Found, Term]]] = field(default_factory=dict)
    contexts: dict[str, list[Found]] = field(default_factory=dict)
    cues: dict[Cue, list[tuple[Found, str]]] = field(default_factory=dict)
    clauses: list[int] = field(default_factory=list)
    negated: dict[int, str] = field(default_factory=dict)

    @property
    def is_short(self) -> bool:
        return 0 < len(self.tokens) <= SHORT_WORDS

    def has(self, cue: Cue) -> bool:
        return cue in self.cues

    def sentence_of(self, found: Found) -> int:
        return self.tokens[found.first].sentence

    def negation_of(self, found: Found) -> str:
        """The words that negate it in its own clause, or ""."""
        return self.negated.get(self.clauses[found.first], "") if self.clauses else ""


def read_text(text: str, compiled: Compiled) -> Reading:
    """One pass over the text. Linear in its length."""
    tokens = compiled.tokens_of(text)
    reading = Reading(text, tokens)
    for found in compiled.find(tokens):
        entry = compiled.entries[found.entry]
        if found.entry in compiled.in_capitals and not text[_span(found, tokens)].isupper():
            continue  # VIF is a phenomenon, "un vif intérêt" is none
        if entry.term is not None:
            reading.terms.setdefault(entry.term.item, []).append((found, entry.term))
        elif entry.cue is not None:
            reading.cues.setdefault(entry.cue, []).append((found, entry.text))
        else:
            reading.contexts.setdefault(entry.context, []).append(found)
    if reading.has(Cue.NEGATION) or reading.has(Cue.NEGATION_AT_END):
        _read_clauses(reading)
    return reading


def _span(found: Found, tokens: tuple[Token, ...]) -> slice:
    return slice(tokens[found.first].start, tokens[found.last].end)


def _read_clauses(reading: Reading) -> None:
    """A clause ends with its sentence, at a semicolon or colon, and where "but" begins another: at that word,
    and at the comma before it ("…, drugs daarentegen wel").

    A negation in a clause that names nothing speaks of the clause before it: "drugs: geen prioriteit". One
    that counts only at the end of a clause closes it: "een cel hebben we niet, …".
    """
    closing = [
        (found, text)
        for found, text in reading.cues.get(Cue.NEGATION_AT_END, ())
        if _is_followed_by_nothing(found, reading.tokens)
    ]
    begins: dict[int, int] = {}
    for place, token in enumerate(reading.tokens):
        begins.setdefault(token.run, place)
    turns = {found.last + 1 for found, _ in closing}
    for found, _ in reading.cues.get(Cue.CONTRAST, ()):
        turns |= {found.first, begins[reading.tokens[found.first].run]}
    clause, before = 0, None
    sentences: list[int] = []
    for place, token in enumerate(reading.tokens):
        if before is not None and ((token.sentence, token.segment) != before or place in turns):
            clause += 1
        before = (token.sentence, token.segment)
        if len(sentences) == clause:
            sentences.append(token.sentence)
        reading.clauses.append(clause)
    naming = {
        reading.clauses[found.first]
        for terms in reading.terms.values()
        for found, term in terms
        if term.kind is not TermKind.NEGATIVE and term.weight >= MIN_NAMING
    }
    places = [(found.first, text) for found, text in reading.cues.get(Cue.NEGATION, ())]
    places += [(found.last, text) for found, text in closing]
    for place, text in sorted(places):
        clause = reading.clauses[place]
        reading.negated.setdefault(clause, text)
        while clause not in naming and clause > 0 and sentences[clause - 1] == sentences[clause]:
            clause -= 1
            if clause in naming:
                reading.negated.setdefault(clause, text)


def _is_followed_by_nothing(found: Found, tokens: tuple[Token, ...]) -> bool:
    """The last words of the text, or before a punctuation mark."""
    return found.last + 1 == len(tokens) or tokens[found.last + 1].run != tokens[found.last].run
