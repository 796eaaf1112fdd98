"""Whole documents: lists that only copy the national list, and everything else passage by passage.

What lives here: the enumeration rule of the domain. A copy of the national list (four fifths of the edition's
items, or its official titles) is a mention at best, with no element ticked; under a heading of own or
retained priorities a list is the decision itself. Not here: a single passage (matcher).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from plans.matching.automaton import Compiled
from plans.matching.matcher import CompiledLexicon, HeadingCache, choose_language, make_setting, match_item
from plans.matching.normalise import tokenise
from plans.matching.rules import Setting
from plans.matching.types import Match, MatchInput, PassageKind, Rule, Tier

#: So many of every five items of the edition make a list a copy of it.
SHARE_OF_ITEMS = (4, 5)
#: So many official titles, word for word, make one too; only titles of several words can be recognised.
MIN_TITLES, MIN_TITLE_WORDS = 3, 4
_ENTRIES = frozenset({PassageKind.LIST_ITEM, PassageKind.TABLE_ROW, PassageKind.TOC})


def match_document(passages: Iterable[MatchInput], lexicon: CompiledLexicon) -> tuple[tuple[Match, ...], ...]:
    """For each passage its matches, in the order given. Linear in the length of the document."""
    headings = HeadingCache()
    titles = {name: _official_titles(own) for name, own in lexicon.languages.items()}
    results: list[tuple[Match, ...]] = []
    for _, block in groupby(passages, key=_block_of):
        results += _match_block(list(block), lexicon, headings, titles)
    return tuple(results)


def match_passage(passage: MatchInput, lexicon: CompiledLexicon) -> tuple[Match, ...]:
    """A passage by itself, with the enumeration rule."""
    return match_document((passage,), lexicon)[0]


def _block_of(passage: MatchInput) -> tuple[object, ...]:
    """Entries of one list stand under the same headings, one after the other."""
    is_entry = passage.kind in _ENTRIES
    return (is_entry, passage.heading_path) if is_entry else (is_entry, passage.heading_path, passage.text)


def _match_block(
    block: Sequence[MatchInput],
    lexicon: CompiledLexicon,
    headings: HeadingCache,
    titles: dict[str, dict[str, str]],
) -> list[tuple[Match, ...]]:
    results: list[tuple[Match, ...]] = []
    named: set[str] = set()
    titled: set[str] = set()
    is_own = False
    for passage in block:
        compiled = choose_language(passage, lexicon)
        setting = make_setting(passage, compiled, headings)
        found = tuple(
            one for item in lexicon.items if (one := match_item(item, passage, setting, compiled)) is not None
        )
        results.append(found)
        named |= {one.item for one in found if one.tier and one.rule is not Rule.HEADING}
        titled |= _titles_in(setting, titles[compiled.language])
        is_own = is_own or (setting.is_priority and not setting.is_national)
    share, whole = SHARE_OF_ITEMS
    is_copy = len(named) * whole >= len(lexicon.items) * share and len(lexicon.items) >= whole
    if is_own or not (is_copy or len(titled) >= MIN_TITLES):
        return results
    return [tuple(_as_enumeration(one) for one in found) for found in results]


def _as_enumeration(found: Match) -> Match:
    if found.tier is None:
        return found
    return replace(found, tier=Tier.POSSIBLE, rule=Rule.ENUMERATION, criterion=None, elements=(), links=())


def _official_titles(compiled: Compiled) -> dict[str, str]:
    """Item → its official title as folded words between spaces."""
    titles = {}
    for item, title in compiled.lexicon.titles.items():
        words = [token.word for token in tokenise(title, compiled.language)]
        if len(words) >= MIN_TITLE_WORDS:
            titles[item] = f" {' '.join(words)} "
    return titles


def _titles_in(setting: Setting, titles: dict[str, str]) -> set[str]:
    if len(setting.passage.tokens) < MIN_TITLE_WORDS:
        return set()
    text = f" {' '.join(token.word for token in setting.passage.tokens)} "
    return {item for item, title in titles.items() if title in text}
