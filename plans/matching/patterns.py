"""How a term is written, and what it is looked for as.

`drugs` a word with its inflections · `handel in drugs` next to each other · `drugs~` any word that begins so
· `~diefstal` any word that ends so · `milieu-` the word, or first in a compound · `-diefstal` the word, or
last in one · `=traite` exactly this form; `=VIF` only in capitals · `saisir .. capital` in this order, up to
six words between · `fraude + uitkering` both in one sentence · `stad/gemeente` either. What lives here: from
a text to keys of the automaton. Not here: the automaton, and what terms mean.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from plans.matching.compounds import Splitter
from plans.matching.normalise import fold, tokenise
from plans.matching.stems import Stems

#: Signs that stand between words, one per layer, so that one automaton serves all three.
WORDS, STEMS, PARTS, JOIN, BREAK = "\x01", "\x02", "\x03", "\x04", "\x05"
MAX_VARIANTS = 64


class Operator(StrEnum):
    """How the pieces of a term hang together."""

    ONE = "one"
    THEN = ".."
    TOGETHER = "+"


class TermSyntaxError(ValueError):
    """A term that is not written as this module says."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of writing a term: pieces (each any of several keys) and how they hang together."""

    operator: Operator
    pieces: tuple[tuple[str, ...], ...]


class PatternMaker:
    """Makes patterns of terms for one language."""

    def __init__(self, language: str, stems: Stems, splitter: Splitter) -> None:
        self._language, self._stems, self._splitter = language, stems, splitter

    def stem_of(self, word: str) -> str:
        """The stem of one folded word."""
        return self._stems.of(word)

    def patterns_of(self, text: str) -> tuple[Pattern, ...]:
        """Every way of writing a term. Raises TermSyntaxError."""
        patterns = []
        for variant in expand(text):
            operators = set(re.findall(r"(?<=\s)(?:\.\.|\+)(?=\s)", variant))
            if len(operators) > 1:
                raise TermSyntaxError("either .. or +, not both")
            pieces = [piece.strip() for piece in re.split(r"\s(?:\.\.|\+)\s", variant)]
            operator = Operator(operators.pop()) if operators else Operator.ONE
            patterns.append(Pattern(operator, tuple(self._keys(piece) for piece in pieces)))
        return tuple(patterns)

    def _keys(self, piece: str) -> tuple[str, ...]:
        words = piece.split()
        if not words:
            raise TermSyntaxError("words on both sides of .. and +")
        if len(words) == 1:
            return self._keys_of_word(words[0])
        exact = any(word.startswith("=") or word.endswith("~") for word in words)
        if any(word.startswith(("~", "-")) or word.endswith("-") for word in words):
            raise TermSyntaxError("~ and - before or after one word only")
        bare = [word.strip("=~") for word in words]
        tokens = [token.word for word in bare for token in tokenise(word, self._language)]
        if len(tokens) < 2:
            raise TermSyntaxError("without articles: what is left would be found everywhere")
        if exact:
            end = "" if words[-1].endswith("~") else WORDS
            return (WORDS + WORDS.join(tokens) + end,)
        return (STEMS + STEMS.join(map(self._stems.of, tokens)) + STEMS,)

    def _keys_of_word(self, word: str) -> tuple[str, ...]:
        if word.startswith("="):
            return (WORDS + self._bare(word[1:]) + WORDS,)
        if word.endswith("~"):
            return (WORDS + self._bare(word[:-1]),)
        if word.startswith("~"):
            return (self._stems.of(self._bare(word[1:])) + STEMS,)
        is_last, is_first = word.startswith("-"), word.endswith("-")
        bare = self._bare(word.strip("-"))
        stem = self._stems.of(bare)
        keys = [STEMS + stem + STEMS]
        if is_first:
            keys.append(PARTS + stem + JOIN)
        if is_last:
            keys.append(JOIN + stem + PARTS)
        if is_first and is_last:
            keys.append(JOIN + stem + JOIN)
        if not is_first and not is_last and (parts := self._splitter.split(bare)):
            stems = [self._stems.of(part) for part in parts]
            keys.append(STEMS + STEMS.join(stems) + STEMS)
            keys += [a + JOIN.join(stems) + b for a in (PARTS, JOIN) for b in (PARTS, JOIN)]
        return tuple(keys)

    def _bare(self, word: str) -> str:
        tokens = tokenise(word, self._language)
        if len(tokens) != 1:
            raise TermSyntaxError(f"one word instead of {word!r}")
        return tokens[0].word


def expand(text: str) -> tuple[str, ...]:
    """`dief/inbreker in huis` → both. Raises TermSyntaxError when there are too many."""
    choices = [word.split("/") if "/" in word.strip("/") else [word] for word in text.split()]
    count = 1
    for choice in choices:
        count *= len(choice)
    if not text.strip() or count > MAX_VARIANTS:
        raise TermSyntaxError(f"one to {MAX_VARIANTS} ways of writing a term")
    return tuple(" ".join(words) for words in product(*choices))


def single_words(text: str) -> tuple[str, ...]:
    """The folded words of a term that stand alone: they may be parts of compounds."""
    words = []
    for variant in expand(text):
        for piece in re.split(r"\s(?:\.\.|\+)\s", variant):
            named = piece.split()
            if len(named) == 1 and not named[0].startswith(("=", "~")) and not named[0].endswith("~"):
                words.append(fold(named[0].strip("-")))
    return tuple(word for word in words if word.isalpha())
