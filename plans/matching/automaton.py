"""One language of a lexicon, compiled: an Aho–Corasick automaton over words, stems and parts of compounds.

What lives here: compiling, and finding every term in a text in one pass. Not here: what a found term counts
for (matcher). Word boundaries are our own: they stand in the keys, so nothing is found inside a word unless
the lexicon says so.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick

from plans.matching.compounds import Splitter
from plans.matching.lexicon import Cue, LanguageLexicon, Term
from plans.matching.normalise import Token, tokenise
from plans.matching.patterns import (
    BREAK,
    JOIN,
    PARTS,
    STEMS,
    WORDS,
    Operator,
    Pattern,
    PatternMaker,
    single_words,
)
from plans.matching.stems import Stems

#: Words that may stand between the pieces of a term written with "..".
MAX_GAP = 6


class Found(NamedTuple):
    """One occurrence of an entry: the places of its tokens. `entry` counts in Compiled.entries."""

    first: int
    last: int
    entry: int
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What was compiled: a term of an item, or a word of a named context or cue."""

    text: str
    term: Term | None = None
    context: str = ""
    cue: Cue | None = None


class Compiled:
    """One language, ready to be searched. Made once per lexicon version; holds no state of a search."""

    def __init__(self, lexicon: LanguageLexicon) -> None:
        self.lexicon = lexicon
        self.language = lexicon.language
        self.stems = Stems(lexicon.language, lexicon.stems)
        self.entries = (
            *(Entry(term.text, term=term) for term in lexicon.terms),
            *(Entry(text, context=name) for name, texts in lexicon.contexts.items() for text in texts),
            *(Entry(text, cue=cue) for cue, texts in lexicon.cues.items() for text in texts),
        )
        #: Entries that only count in capitals: "=VIF".
        self.in_capitals = frozenset(
            number
            for number, entry in enumerate(self.entries)
            if entry.text.startswith("=") and entry.text.isupper()
        )
        parts = {*lexicon.parts, *(word for term in lexicon.terms for word in single_words(term.text))}
        self.splitter = Splitter(lexicon.language, self.stems, parts)
        self._patterns: list[tuple[int, Pattern]] = []
        #: Per key: entries it is by itself; patterns of several pieces of which it is the rarest piece.
        self._alone: list[list[int]] = []
        self._anchored: list[list[int]] = []
        #: Per pattern the keys of each of its pieces.
        self._keys: list[tuple[tuple[int, ...], ...]] = []
        self._automaton = self._build(PatternMaker(lexicon.language, self.stems, self.splitter))

    def _build(self, maker: PatternMaker) -> ahocorasick.Automaton:
        ids: dict[str, int] = {}
        for number, entry in enumerate(self.entries):
            for pattern in maker.patterns_of(entry.text):
                place = len(self._patterns)
                self._patterns.append((number, pattern))
                pieces = tuple(
                    tuple(ids.setdefault(key, len(ids)) for key in keys) for keys in pattern.pieces
                )
                self._keys.append(pieces)
                missing = len(ids) - len(self._alone)
                self._alone += [[] for _ in range(missing)]
                self._anchored += [[] for _ in range(missing)]
                if pattern.operator is Operator.ONE:
                    for key in pieces[0]:
                        self._alone[key].append(number)
                    continue
                # The longest piece is most likely the rarest: only where it stands the others are looked at.
                rarest = max(range(len(pieces)), key=lambda at: min(map(len, pattern.pieces[at]), default=0))
                for key in pieces[rarest]:
                    self._anchored[key].append(place)
        automaton = ahocorasick.Automaton()
        for key, number in ids.items():
            automaton.add_word(key, (len(key), number))
        if ids:
            automaton.make_automaton()
        return automaton

    def tokens_of(self, text: str) -> tuple[Token, ...]:
        """The words of a text, shared halves of compounds filled in."""
        return self.splitter.complete(tokenise(text, self.language))

    def find(self, tokens: tuple[Token, ...]) -> tuple[Found, ...]:
        """Every entry in the tokens, in reading order; linear in their number. Overlaps are all told."""
        if not tokens or not len(self._automaton):
            return ()
        haystack, starts, numbers = self._layers(tokens)
        spans: dict[int, list[tuple[int, int]]] = {}
        for end, (length, key) in self._automaton.iter(haystack):
            # A key begins and may end with a sign between words; an ending alone ("~diefstal") begins inside
            # one.
            first = numbers[bisect_right(starts, end - length + 2) - 1]
            last = numbers[bisect_right(starts, end - 1 if haystack[end] in _SIGNS else end) - 1]
            spans.setdefault(key, []).append((first, last))
        found = {
            Found(first, last, number, ((first, last),))
            for key, places in spans.items()
            for number in self._alone[key]
            for first, last in places
        }
        for place in {place for key in spans for place in self._anchored[key]}:
            number, pattern = self._patterns[place]
            lists = [
                sorted({span for key in keys for span in spans.get(key, ())}) for keys in self._keys[place]
            ]
            if all(lists):
                join = _join_in_order if pattern.operator is Operator.THEN else _join_in_sentence
                for places in join(lists, tokens):
                    flat = sorted(places)
                    found.add(Found(flat[0][0], max(last for _, last in flat), number, tuple(flat)))
        return tuple(sorted(found))

    def _layers(self, tokens: tuple[Token, ...]) -> tuple[str, list[int], list[int]]:
        """The text in three layers, one after the other, and where in it which token begins."""
        parts: list[str] = []
        starts: list[int] = []
        numbers: list[int] = []
        at = 0
        stem_of, split = self.stems.of, self.splitter.split
        for sign, words in (
            (WORDS, [token.word for token in tokens]),
            (STEMS, [stem_of(token.word) for token in tokens]),
        ):
            run = -1
            for number, word in enumerate(words):
                if tokens[number].run != run:
                    run = tokens[number].run
                    parts.append(f"{BREAK}{sign}")
                    at += 2
                starts.append(at)
                numbers.append(number)
                parts.append(f"{word}{sign}")
                at += len(word) + 1
        for number, token in enumerate(tokens):
            if token.pieces:  # written with a hyphen: each side is a word too, "Bob-actie", "niet-weerhouden"
                parts.append(f"{BREAK}{STEMS}")
                at += 2
                for piece in map(stem_of, token.pieces):
                    starts.append(at)
                    numbers.append(number)
                    parts.append(f"{piece}{STEMS}")
                    at += len(piece) + 1
            split_word = token.pieces or split(token.word)
            if split_word:
                flat = [part for piece in split_word for part in (split(piece) or (piece,))]
                joined = f"{PARTS}{JOIN.join(map(stem_of, flat))}{PARTS}"
                starts.append(at + 1)
                numbers.append(number)
                parts.append(joined)
                at += len(joined)
        return "".join(parts), starts, numbers


_SIGNS = frozenset({WORDS, STEMS, PARTS, JOIN})


def _join_in_order(
    lists: list[list[tuple[int, int]]], tokens: tuple[Token, ...]
) -> Iterable[tuple[tuple[int, int], ...]]:
    """From each first piece the nearest next one within the gap, in the same sentence."""
    for first in lists[0]:
        chain = [first]
        for nexts in lists[1:]:
            at = bisect_right(nexts, (chain[-1][1], len(tokens)))
            if at == len(nexts):
                break
            candidate = nexts[at]
            is_near = candidate[0] - chain[-1][1] - 1 <= MAX_GAP
            if not is_near or tokens[candidate[0]].sentence != tokens[first[0]].sentence:
                break
            chain.append(candidate)
        else:
            yield tuple(chain)


def _join_in_sentence(
    lists: list[list[tuple[int, int]]], tokens: tuple[Token, ...]
) -> Iterable[tuple[tuple[int, int], ...]]:
    """Once per sentence that has every piece: the first of each, never the same word twice."""
    by_sentence = []
    for places in lists:
        firsts: dict[int, list[tuple[int, int]]] = {}
        for place in places:
            firsts.setdefault(tokens[place[0]].sentence, []).append(place)
        by_sentence.append(firsts)
    for sentence in sorted(set(by_sentence[0]).intersection(*by_sentence[1:])):
        chosen: list[tuple[int, int]] = []
        for firsts in by_sentence:
            free = [p for p in firsts[sentence] if all(p[0] > c[1] or p[1] < c[0] for c in chosen)]
            if not free:
                break
            chosen.append(free[0])
        else:
            yield tuple(chosen)
