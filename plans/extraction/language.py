"""Which language a passage is in: counts function words and endings of Dutch, French, German (and English).

No model, no dictionary: a passage of a security plan is long enough, and a person can correct it. What is
too short to tell ("Drugs") takes the language of the text around it.
"""

import re

LANGUAGES = ("nl", "fr", "de")
#: From here a passage speaks for itself.
TRUSTED = 60
#: Fewer letters than this never speak against the language of the document.
_TELLING = 20

_WORDS = {
    "nl": """
        aan al alle de als ander andere bij binnen blijft daar daarom dan dat deze dit door dus een eigen
        elk elke en er geen gaat gemeenten haar hebben heeft hen het hier hij hoe hun ieder ik in is jaar
        kan komt kunnen maar mee meer men met mij moet moeten naar naast niet nog nu of om omdat onder ons
        ook op onze over per politie samen te tegen ten ter terwijl tijdens toe tot tussen u uit van vanuit
        veel via volgens voor voornamelijk waar waarbij wat we werd wordt worden wij wil willen ze zich zij
        zijn zo zoals zonder zowel zullen
    """,
    "fr": """
        à afin ainsi au aussi autre autres aux avec avoir c'est car ce ces cette ceux chaque ci comme dans
        de depuis des doit dont du elle elles en encore entre est et être eux faire fait il ils je la le les
        leur leurs lors lorsque lui mais même mise ne nos notamment notre nous on ont ou où par pas peut
        plus police pour qu que qui sa sans se ses si son sont sous sur tous tout toute toutes très un une
        vers via vos votre vous y
    """,
    "de": """
        ab aber alle allem allen aller als also am an auch auf aus bei beim bis da damit dann das dass dem
        den denen der deren des die dies diese diesem diesen dieser dieses doch durch ein eine einem einen
        einer eines er es für gegen gemeinsam hat haben hier ihr ihre ihrer im in insbesondere ist jahr jede
        jeder kann kein keine können man mehr mit muss nach nicht noch nur ob oder ohne sehr seine seiner
        seit sich sie sind so sowie soll sollen über um und uns unser unsere unter vom von vor während was
        weil weiter werden wenn wer wie wir wird wo wurde wurden zu zum zur zwischen
    """,
    "en": """
        a about after all also an and any are as at be been between both but by can could do does each for
        from had has have he her his how if into is it its more most not of on one only or other our out
        over she should so some such than that the their them there these they this those to under up was we
        were what when where which while who will with would you your
    """,
}
_ENDINGS = {
    "nl": re.compile(
        r"(?:heid|heden|lijk|lijke|ingen|schap|atie|aties|iteit|eel|iek|ij|ijke|ijk|ende)$|(?:aa|uu|ij|oe|ieu)"
    ),
    "fr": re.compile(
        r"(?:tion|tions|ment|ments|ité|ités|eur|eurs|euse|aux|ique|iques|ance|ances|ence)$"
        r"|[éèêçàùœ]|^[ldncsjm]'|^qu'"
    ),
    "de": re.compile(
        r"(?:ung|ungen|heit|keit|lich|liche|lichen|isch|ische|ischen|schaft|tät|ierung)$|[äöüß]|sch"
    ),
}
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_WEIGHT_WORD, _WEIGHT_ENDING = 2, 1


def _make_table() -> dict[str, dict[str, int]]:
    """Word → points per language. A word that two languages share says nothing."""
    table: dict[str, dict[str, int]] = {}
    for language, words in _WORDS.items():
        for word in set(words.split()):
            table[word] = {} if word in table else {language: _WEIGHT_WORD}
    return table


_TABLE = _make_table()
#: Long words recur; what their endings say is looked up once. Cleared when it grows.
_SEEN: dict[str, dict[str, int]] = {}
_SEEN_WORDS = 20_000


def detect_language(text: str) -> tuple[str | None, int]:
    """The language and how clearly, 0–100. (None, 0) when nothing speaks for any, or when it is English."""
    language, confidence = _guess(text)
    return (language, confidence) if language in LANGUAGES else (None, 0)


def _guess(text: str) -> tuple[str | None, int]:
    totals = dict.fromkeys(_WORDS, 0)
    for word in _TOKEN.findall(text[:4_000].lower().replace("’", "'")):
        points = _TABLE.get(word)
        if points is None:
            points = _points_of(word)
        for language, value in points.items():
            totals[language] += value
    ranked = sorted(totals.items(), key=lambda pair: -pair[1])
    (best, most), (_, second) = ranked[0], ranked[1]
    if most == second:
        return None, 0
    return best, round(100 * (most - second) / (most + 1))


def _points_of(word: str) -> dict[str, int]:
    points = _SEEN.get(word)
    if points is None:
        if len(_SEEN) >= _SEEN_WORDS:
            _SEEN.clear()
        points = {name: _WEIGHT_ENDING for name, ending in _ENDINGS.items() if ending.search(word)}
        _, apostrophe, tail = word.partition("'")
        if apostrophe and tail in _TABLE:
            points = points | {"fr": _WEIGHT_WORD}
        _SEEN[word] = points if len(word) > 3 or apostrophe else {}
        points = _SEEN[word]
    return points


def detect_languages(texts: list[str]) -> tuple[list[tuple[str | None, int]], str | None]:
    """One (language, confidence) per text, unclear ones filled from around them; and the document's own."""
    own = [_guess(text) for text in texts]
    weight = dict.fromkeys(_WORDS, 0)
    for text, (language, confidence) in zip(texts, own, strict=True):
        if language:
            weight[language] += confidence * min(len(text), 1_000)
    main = max(weight, key=lambda name: weight[name]) if any(weight.values()) else None
    # A short line follows what stands before it; before the first clear passage, the document.
    current, filled = main, []
    for text, (language, confidence) in zip(texts, own, strict=True):
        if language is None or confidence < TRUSTED or (language != main and len(text) < _TELLING):
            language, confidence = current, min(confidence, TRUSTED - 1)
        elif language == main or len(text) >= 2 * _TELLING:
            current = language
        filled.append((language, confidence) if language in LANGUAGES else (None, 0))
    return filled, main if main in LANGUAGES else None
