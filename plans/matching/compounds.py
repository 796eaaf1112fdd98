"""Compounds: Dutch and German write several words as one, and leave out a half where two share it.

What lives here: taking a word apart with the words of the lexicon, and filling in the missing half of "drugs-
en wapenhandel". Not here: which parts exist (the lexicon says). A word comes apart only when every part is
known, so that "brandweer" is not a fire and "afvallen" no waste.
"""

from collections.abc import Iterable
from dataclasses import replace

from plans.matching.normalise import Token
from plans.matching.stems import Stems

_LINKS = {"nl": ("", "s", "en", "e", "n"), "de": ("", "s", "es", "en", "n", "er", "e")}
_AND = {"nl": {"en", "of", "als"}, "de": {"und", "oder", "sowie"}}
MIN_PART = 3
MIN_COMPOUND = 7
_MAX_PARTS = 4


class Splitter:
    """Takes compounds of one language apart. `parts` are folded words; French has no compounds."""

    def __init__(self, language: str, stems: Stems, parts: Iterable[str]) -> None:
        self._links = _LINKS.get(language, ())
        self._and = _AND.get(language, frozenset())
        self._stems = stems
        self._cache: dict[str, tuple[str, ...]] = {}
        self._words: set[str] = set()
        self._tails: set[str] = set()
        if self._links:
            self._grow(parts)

    def _grow(self, parts: Iterable[str]) -> None:
        """Shortest first: a part that comes apart itself is no part; so a compound has one way to split."""
        for part in sorted(set(parts), key=lambda part: (len(part), part)):
            if len(part) >= MIN_PART and not self._take_apart(part, 1):
                self._words.add(part)
                self._tails.add(self._stems.of(part))

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a folded compound, or () when it is none that we know."""
        if not self._links or len(word) < MIN_COMPOUND:
            return ()
        parts = self._cache.get(word)
        if parts is None:
            if len(self._cache) > 200_000:
                self._cache.clear()
            is_simple = word in self._words or self._stems.of(word) in self._tails
            parts = self._cache[word] = () if is_simple else self._take_apart(word, 1)
        return parts

    def _take_apart(self, word: str, depth: int) -> tuple[str, ...]:
        for cut in range(len(word) - MIN_PART, MIN_PART - 1, -1):
            head = self._head(word[:cut])
            if not head:
                continue
            tail = word[cut:]
            if self._stems.of(tail) in self._tails:
                return head, tail
            if (
                depth < _MAX_PARTS - 1
                and len(tail) >= MIN_COMPOUND - 1
                and (rest := self._take_apart(tail, depth + 1))
            ):
                return head, *rest
        return ()

    def _head(self, text: str) -> str:
        for link in self._links:
            if text.endswith(link):
                word = text[: len(text) - len(link)] if link else text
                if word in self._words:
                    return word
        return ""

    def complete(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """ "drugs- en wapenhandel" → drugshandel, wapenhandel; "mensensmokkel en -handel" likewise."""
        if not self._and or not any(token.hangs_after or token.hangs_before for token in tokens):
            return tokens
        done = list(tokens)
        for place, token in enumerate(tokens):
            if token.hangs_after:
                for other in tokens[place + 1 : place + 5]:
                    if other.word not in self._and and not other.hangs_after:
                        if parts := self._parts_of(other):
                            done[place] = replace(
                                token, word=token.word + parts[-1], pieces=(token.word, parts[-1])
                            )
                        break
            elif token.hangs_before:
                for other in reversed(tokens[max(0, place - 3) : place]):
                    if other.word not in self._and:
                        if parts := self._parts_of(other):
                            first = other.word[: len(other.word) - len(parts[-1])]
                            done[place] = replace(
                                token, word=first + token.word, pieces=(parts[0], token.word)
                            )
                        break
        return tuple(done)

    def _parts_of(self, token: Token) -> tuple[str, ...]:
        return token.pieces or self.split(token.word)
