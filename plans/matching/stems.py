"""Stems: what the inflected forms of one word have in common, per language.

What lives here: Snowball with its traps mended. Not here: compounds (compounds), meaning (the lexicon).
Dutch takes `dutch_porter`, which only cuts endings: `dutch` also takes away "ge" (geweld → wel, gezin → zin).
PostgreSQL's own stemmers differ from these: never compare the two. `STEMS_VERSION` is stored with results.
"""

from collections.abc import Iterable, Mapping

import Stemmer

_ALGORITHMS = {"nl": "dutch_porter", "fr": "french", "de": "german"}
STEMS_VERSION = f"snowball-{Stemmer.version()}+2"
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
_DUTCH_ENDS = {"v": "f", "z": "s"}


class Stems:
    """Stems of one language. `protected` maps a word to its other forms: they all keep the word as stem."""

    def __init__(self, language: str, protected: Mapping[str, Iterable[str]] | None = None) -> None:
        self._stemmer = Stemmer.Stemmer(_ALGORITHMS[language], 0)
        self._is_dutch = language == "nl"
        self._is_french = language == "fr"
        self._known: dict[str, str] = {}
        self._protected: dict[str, str] = {}
        for word, forms in (protected or {}).items():
            # No stemmer writes "=": a protected stem can only be met by the forms of its own word.
            self._protected |= dict.fromkeys((word, *forms), f"{word}=")
        self._known |= self._protected

    def of(self, word: str) -> str:
        """The stem of one folded word."""
        stem = self._known.get(word)
        if stem is None:
            stem = self._stemmer.stemWord(_mend_french(word) if self._is_french else word)
            if self._is_dutch:
                stem = _mend_dutch(stem)
            if len(self._known) > 200_000:
                self._known = dict(self._protected)
            self._known[word] = stem
        return stem


def _mend_french(word: str) -> str:
    """abordée(s) = abordé: without the accent the stemmer takes the first e for a part of the word.

    Not in short words: née is no ne.
    """
    bare = word.removesuffix("s")
    return bare[:-1] if bare.endswith("ee") and len(bare) > 5 else word


def _mend_dutch(stem: str) -> str:
    """diefstall(en) = diefstal, dieven = dief, huizen = huis."""
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in _CONSONANTS:
        stem = stem[:-1]
    if len(stem) > 3 and stem[-1] in _DUTCH_ENDS:
        stem = stem[:-1] + _DUTCH_ENDS[stem[-1]]
    return stem
