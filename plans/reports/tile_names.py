"""What stands in a tile whose zone has no code: its name, or a short form of it. Plain text, no Django.

Zones name themselves so too: K-L-M, TARL. A name of several words becomes its initials ("Noord-Limburg" is
"N-L", "Vlaamse Ardennen" "VA"); a long word ends after a consonant, with a full stop ("Schel.").
The whole name stands in the title of the tile and in the table beside the map.
"""

import re
from collections import Counter
from collections.abc import Iterable

#: Signs that fit in a tile.
LENGTH = 6
VOWELS = "aeiouyàâäáéèêëíîïóôöúûü"
#: "police zone" before a name, in either language or both.
PREFIX = re.compile(r"^(?:PZ|ZP)(?:/(?:PZ|ZP))?\s+")
#: A word with the sign that joins it to the word before; an elided article is no part of it.
WORD = re.compile(r"([-/]?)\s*(?:[dl]['’])?([^\s/-]+)", re.IGNORECASE)
#: Left out where there is no room for them.
JOINTS = str.maketrans("", "", "-/")


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Name → its short form. Names that differ have different ones as far as there is room for it."""
    short = {name: short_name(name) for name in names}
    for letters in range(2, LENGTH):
        counts = Counter(short.values())
        short |= {name: short_name(name, letters) for name, form in short.items() if counts[form] > 1}
    return short


def short_name(name: str, letters: int = 1) -> str:
    """At most LENGTH signs. `letters`: how many of each word, where the name becomes initials."""
    bare = PREFIX.sub("", name)
    if len(bare) <= LENGTH:
        return bare
    found = WORD.findall(bare)
    # "et", "de", "sur" have no initial.
    words = [(sign, word) for sign, word in found if not word[0].islower() and word[0].isalnum()] or found
    if len(words) == 1:
        return _broken_off(words[0][1])
    joined = "".join(sign + word[:letters] for sign, word in words).lstrip("-/")
    return joined if len(joined) <= LENGTH else joined.translate(JOINTS)[:LENGTH]


def _broken_off(word: str) -> str:
    if len(word) <= LENGTH:
        return word
    start = word[: LENGTH - 1]
    return (start.rstrip(VOWELS) or start) + "."
