"""The language of a passage from its smallest words. Not here: the words of any item (the lexicon)."""

import re

_WORDS = {
    "nl": "de het een van en in is dat op te met voor zijn wordt worden door aan bij niet ook als om naar "
    "uit er tot over maar deze dit onze ons wij we hun heeft hebben kan kunnen zal zullen werd meer "
    "geen wie of",
    "fr": "le la les un une des du de et est en que qui dans pour par sur avec au aux ce cette ces son sa "
    "ses leur leurs nous notre nos plus pas ne sont être ont été il elle se ou où afin ainsi sera "
    "seront",
    "de": "der die das den dem des ein eine einer eines einem einen und ist in zu mit für von auf im am "
    "vom zum zur nicht auch als bei aus nach wird werden wurde durch über sich sind hat haben kann "
    "können unsere wir oder",
}
_BY_LANGUAGE = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
#: So many small words must speak for one language, and more than for any other.
MIN_WORDS = 2


def guess_language(text: str) -> str | None:
    """nl, fr, de, or None when the text is too short or speaks for two alike."""
    words = _WORD.findall(text[:4_000].lower())
    counts = sorted(
        ((sum(word in own for word in words), language) for language, own in _BY_LANGUAGE.items()),
        reverse=True,
    )
    (most, language), (second, _) = counts[0], counts[1]
    return language if most >= MIN_WORDS and most > second else None


def small_words(language: str) -> frozenset[str]:
    """The small words by which a language is known."""
    return _BY_LANGUAGE[language]
