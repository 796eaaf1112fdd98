"""From a text to the words that can be compared: folding, tokens with offsets, sentences and clauses.

What lives here: what a word, a segment and a sentence is. Not here: stems (stems), compounds (compounds), and
what any word means (the lexicon). Every offset counts characters of the text as it was given.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LANGUAGES = ("nl", "fr", "de")

#: Words that stand between the words of a fixed expression without changing it.
GLUE = {
    "nl": frozenset({"de", "het", "een"}),
    "fr": frozenset({"le", "la", "les", "l", "d", "de", "des", "du", "un", "une", "s"}),
    "de": frozenset(
        {"der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "eines", "einem", "einen"}
    ),
}
#: Letters that Unicode does not take apart.
_FOLDED = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ĳ": "ij"})
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010\u2011" + _SOFT_HYPHEN
#: A word; hyphens (also at a line's end) and one pair of brackets inside it belong to it:
#: verkeers(on)veiligheid.
_TOKEN = re.compile(
    rf"[^\W_]+(?:(?:[{_HYPHENS}][ \t]*\n?[ \t]*(?<=[{_HYPHENS}\n])[^\W_]+)|(?:\([^\W_]{{1,4}}\)[^\W_]+))*"
    r"(?:['’]s\b)?"
    r"|[.!?;:,\n()•·+/\u2013\u2014|]"
)
_ELISION = re.compile(r"(?:[ldsncjmt]|qu|lorsqu|jusqu)['’]", re.IGNORECASE)
_SENTENCE_END = frozenset(".!?")
#: These part the entries of a list in one line, each a sentence of its own.
_ENTRY_END = frozenset(";+•·|")
#: These end a segment, such as one entry of a list that stands in one line.
_SEGMENT_END = frozenset(".!?;:\n+•·|")


@dataclass(frozen=True, slots=True)
class Token:
    """One word. `start` and `end` are offsets in the text; `sentence`, `segment` and `run` count from 0.

    `word` is folded: lower case, no accents, no hyphens. `pieces` are the hyphen's sides. A run is what no
    punctuation interrupts; glue words are no tokens.
    """

    word: str
    start: int
    end: int
    sentence: int
    segment: int
    run: int
    pieces: tuple[str, ...] = ()
    hangs_after: bool = False
    hangs_before: bool = False


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case without accents; ligatures and ß written out. Deterministic, also for decomposed letters."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_FOLDED))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def tokenise(text: str, language: str) -> tuple[Token, ...]:
    """The words of a text in its order. Linear in the length of the text."""
    glue = GLUE.get(language, frozenset())
    tokens: list[Token] = []
    sentence = segment = run = 0
    length = len(text)
    for found in _TOKEN.finditer(text):
        raw, start, end = found.group(), found.start(), found.end()
        if len(raw) == 1 and not raw.isalnum():
            if raw == "." and end < length and not text[end].isspace():
                continue  # 1.250, e.d., www.example.be
            if raw in _SENTENCE_END and _ends_sentence(text, end):
                sentence += 1
            if raw in _ENTRY_END:
                sentence += 1
            if raw == "\n" and _starts_entry(text, end):
                sentence += 1
            if raw in _SEGMENT_END:
                segment += 1
            run += 1
            continue
        if (
            language == "fr"
            and end < length
            and text[end] in "'’"
            and _ELISION.fullmatch(text[start : end + 1])
        ):
            continue
        pieces: tuple[str, ...] = ()
        if not raw.isalnum():
            for sign in "()'’":
                raw = raw.replace(sign, "")
            pieces = tuple(fold(part) for part in re.split(rf"[{_HYPHENS}]\s*", raw) if part)
        word = "".join(pieces) if pieces else fold(raw)
        if word in glue:
            continue
        after = end < length and text[end] in _HYPHENS and (end + 1 >= length or text[end + 1] in " ,/")
        before = start > 0 and text[start - 1] in _HYPHENS and (start == 1 or text[start - 2] in " /(")
        tokens.append(
            Token(word, start, end, sentence, segment, run, pieces if len(pieces) > 1 else (), after, before)
        )
    return tuple(tokens)


def _ends_sentence(text: str, end: int) -> bool:
    rest = text[end : end + 4].lstrip("\"'’”») \t\n")
    return not rest or not rest[0].islower()


def _starts_entry(text: str, end: int) -> bool:
    """A new line starts a sentence when it is blank, a bullet or a capital; a wrapped line does not."""
    rest = text[end : end + 6].lstrip(" \t")
    return not rest or not (rest[0].islower() or rest[0] in "(\"'«“")
