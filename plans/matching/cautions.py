"""What to consider about the terms of a lexicon: they may find too much, or belong to two items.

What lives here: findings that keep nothing from being used. Not here: what a term may not be (guards).
"""

from collections.abc import Iterator
from typing import Any

from plans.matching.guards import Finding, Path, maker_for
from plans.matching.lexicon import TermKind
from plans.matching.patterns import Pattern, PatternMaker, TermSyntaxError, expand

#: Fewer letters stand in many words, or are one: "ter", "bob". Capitals (=VIF) are found in capitals only.
MIN_LETTERS = 4
#: So many letters at least are left of `terror~` before everything that begins so is about the item.
MIN_OPEN_LETTERS = 5


def find_cautions(file: Any) -> list[Finding]:
    """What to consider in one language of a lexicon (a lexicon_file.LexiconFile), in its order."""
    maker = maker_for(file)
    found: list[Finding] = []
    owners: dict[tuple[Pattern, ...], list[tuple[str, Path, str]]] = {}
    is_free: dict[Path, bool] = {}
    for item, groups in file.items.items():
        for place, group in enumerate(groups):
            if group.kind is TermKind.NEGATIVE:
                continue
            for number, text in enumerate(group.terms):
                path = ("items", item, place, "terms", number)
                is_free[path] = group.kind is TermKind.POSITIVE
                if is_free[path]:
                    found += _too_wide(path, text)
                if patterns := _patterns(maker, text):
                    owners.setdefault(patterns, []).append((item, path, text))
    for claims in owners.values():
        items = list(dict.fromkeys(item for item, _, _ in claims))
        # Where each needs a context of its own, sharing was thought of.
        for item, path, text in claims if len(items) > 1 else ():
            if not is_free[path]:
                continue
            others = ", ".join(other for other in items if other != item)
            found.append(Finding("shared", path, text=text, other=others, is_blocker=False))
    return found


def _too_wide(path: Path, text: str) -> Iterator[Finding]:
    """A term of one word that counts by itself, and is short or left open after a few letters."""
    words = text.split()
    if len(words) != 1:
        return
    for word in expand(words[0]):
        letters = sum(letter.isalpha() for letter in word)
        if "~" in word and letters < MIN_OPEN_LETTERS:
            yield Finding("open", path, text=word, is_blocker=False)
        elif letters < MIN_LETTERS and not word.startswith("="):
            yield Finding("short", path, text=word, is_blocker=False)


def _patterns(maker: PatternMaker, text: str) -> tuple[Pattern, ...]:
    try:
        return maker.patterns_of(text)
    except TermSyntaxError:
        return ()
