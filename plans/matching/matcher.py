"""The way in: a compiled lexicon and a passage give the items that the passage seems to address.

What lives here: tiers, headings that carry over, languages. Not here: which words count (rules), lists over a
whole document (enumeration), elements of evidence (elements). The same input always gives the same output.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from plans.matching.automaton import Compiled
from plans.matching.language import guess_language
from plans.matching.lexicon import Lexicon, Scope, TermKind
from plans.matching.reading import Reading, read_text
from plans.matching.rules import POSSIBLE, Setting, find_hits, make_hit
from plans.matching.stems import STEMS_VERSION
from plans.matching.types import Hit, Match, MatchInput, PassageKind, Refusal, Rule, Tier, WhyNot

MATCHER_VERSION = f"3 {STEMS_VERSION}"
#: The sum of the weights that makes a strong suggestion (a possible one: rules.POSSIBLE).
STRONG, MAX_SCORE = 80, 100
#: What an entry of a few words, or under a heading of own priorities, gains: the decision itself stands
#: there.
LIST_BONUS = 25
#: What a passage gains for an item of which it has a word and its heading has too.
HEADING_BONUS = 30
_STRUCTURAL = frozenset({PassageKind.HEADING, PassageKind.TOC, PassageKind.TABLE_HEADER})


@dataclass(frozen=True, slots=True)
class CompiledLexicon:
    """A lexicon version ready to match; make it once and keep it. Safe to share between threads."""

    lexicon: Lexicon
    languages: Mapping[str, Compiled]

    @property
    def items(self) -> tuple[str, ...]:
        return self.lexicon.items


def compile_lexicon(lexicon: Lexicon) -> CompiledLexicon:
    """Make the automata: one per language."""
    return CompiledLexicon(lexicon, {name: Compiled(own) for name, own in lexicon.languages.items()})


class HeadingCache:
    """Headings stand above many passages: each is read once per document and language."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Reading] = {}
        self._settings: dict[tuple[str, tuple[str, ...]], tuple[Setting, ...]] = {}

    def read(self, text: str, compiled: Compiled) -> Reading:
        key = (compiled.language, text)
        if key not in self._known:
            self._known[key] = read_text(text, compiled)
        return self._known[key]

    def settings(self, texts: tuple[str, ...], compiled: Compiled) -> tuple[Setting, ...]:
        """Each heading under those before it."""
        key = (compiled.language, texts)
        if key not in self._settings:
            readings = tuple(self.read(text, compiled) for text in texts)
            self._settings[key] = tuple(
                Setting(reading, readings[:place], is_structural=True)
                for place, reading in enumerate(readings)
            )
        return self._settings[key]


def match(
    passage: MatchInput, lexicon: CompiledLexicon, headings: HeadingCache | None = None
) -> tuple[Match, ...]:
    """The items of one passage, in the edition's order; nothing at all is the normal case."""
    compiled = choose_language(passage, lexicon)
    setting = make_setting(passage, compiled, headings or HeadingCache())
    found = (match_item(item, passage, setting, compiled) for item in lexicon.items)
    return tuple(one for one in found if one is not None)


def choose_language(passage: MatchInput, lexicon: CompiledLexicon) -> Compiled:
    """The passage's own language; else that of its words; else the one in which most is found."""
    if passage.language in lexicon.languages:
        return lexicon.languages[passage.language]
    whole = " ".join((*passage.heading_path, passage.lead, passage.text))
    guessed = guess_language(passage.text) or guess_language(whole)
    if guessed in lexicon.languages:
        return lexicon.languages[guessed]

    def found_in(compiled: Compiled) -> int:
        return sum(len(found) for found in read_text(whole, compiled).terms.values())

    return max(lexicon.languages.values(), key=found_in)


def make_setting(passage: MatchInput, compiled: Compiled, headings: HeadingCache) -> Setting:
    """The passage and its headings, read."""
    texts = (*passage.heading_path, passage.lead) if passage.lead else passage.heading_path
    above = headings.settings(texts, compiled)
    return Setting(
        read_text(passage.text, compiled),
        tuple(heading.passage for heading in above),
        nearest_naming(above),
        passage.kind in _STRUCTURAL,
    )


def nearest_naming(above: tuple[Setting, ...]) -> Setting | None:
    """The nearest heading that has a term of any item."""
    return next((heading for heading in reversed(above) if heading.passage.terms), None)


def match_item(item: str, passage: MatchInput, setting: Setting, compiled: Compiled) -> Match | None:
    """One item in one passage, or None."""
    if item in setting.passage.terms:
        counted, refused = find_hits(item, setting)
        above = () if refused and not counted else heading_hits(item, passage, setting)
    else:  # the common case, and a quick one
        counted, refused = [], []
        if not (above := heading_hits(item, passage, setting)):
            return None
    own = sum(hit.weight for hit in counted)
    score, rule = own, Rule.TERMS
    if own and above:
        score += HEADING_BONUS
    is_entry = setting.is_priority or setting.passage.is_short
    if own >= POSSIBLE and is_entry and not setting.is_under_regular:
        score += LIST_BONUS
        rule = Rule.PRIORITY_LIST if setting.is_priority else Rule.SHORT_ENTRY
    score = min(score, MAX_SCORE)
    if score >= POSSIBLE and passage.kind == PassageKind.TOC:
        # A line of the table of contents names a chapter and says nothing about it.
        return Match(item, Tier.POSSIBLE, POSSIBLE, Rule.CONTENTS, tuple(counted), compiled.language)
    if score >= POSSIBLE:
        tier = Tier.STRONG if score >= STRONG else Tier.POSSIBLE
        hits = (*counted, *above) if own < STRONG else tuple(counted)
        return _complete(Match(item, tier, score, rule, hits, compiled.language), setting)
    if above and _takes_over(passage, setting):
        hits = (*counted, *above)
        return _complete(Match(item, Tier.POSSIBLE, POSSIBLE, Rule.HEADING, hits, compiled.language), setting)
    leads = tuple(hit for hit in refused if hit.refusal is Refusal.NEGATION)
    weight = min(sum({hit.term: hit.weight for hit in leads}.values()), MAX_SCORE)
    if weight >= POSSIBLE:
        return Match(item, None, weight, Rule.NEGATION, leads, compiled.language, is_lead=True)
    return None


def heading_hits(item: str, passage: MatchInput, setting: Setting) -> tuple[Hit, ...]:
    """The item's terms in the nearest heading that has any of them, if they would make a suggestion there."""
    heading = setting.nearest
    if heading is None or setting.is_structural or setting.is_under_not_retained or setting.is_internal:
        return ()
    return heading.hits_of(item)


def _takes_over(passage: MatchInput, setting: Setting) -> bool:
    """A heading says what the list or paragraph below it is about, unless that is a page of addresses."""
    is_policy = len(setting.passage.tokens) >= 3 or passage.kind == PassageKind.LIST_ITEM
    return is_policy and not setting.is_contact_page and not setting.passage.negated


def _complete(found: Match, setting: Setting) -> Match:
    """Add what the words around it propose: aspects, criterion, elements, links of the chain."""
    aspects = tuple(dict.fromkeys(hit.aspect for hit in found.hits if hit.aspect))
    if setting.is_structural:  # it says what comes, and nothing about it
        return replace(found, aspects=aspects)
    criterion, elements, links = setting.proposal
    return replace(found, aspects=aspects, criterion=criterion, elements=elements, links=links)


def why_not(passage: MatchInput, item: str, lexicon: CompiledLexicon) -> WhyNot:
    """Why an item was not suggested, or only as possible: terms that were refused, and what is missing."""
    compiled = choose_language(passage, lexicon)
    return _explain(item, passage, make_setting(passage, compiled, HeadingCache()), compiled)


def explain(passage: MatchInput, lexicon: CompiledLexicon) -> tuple[WhyNot, ...]:
    """The same for every item of which a term stands in the passage, in the edition's order; read once."""
    compiled = choose_language(passage, lexicon)
    setting = make_setting(passage, compiled, HeadingCache())
    return tuple(
        _explain(item, passage, setting, compiled) for item in lexicon.items if item in setting.passage.terms
    )


def _explain(item: str, passage: MatchInput, setting: Setting, compiled: Compiled) -> WhyNot:
    counted, refused = find_hits(item, setting)
    found = match_item(item, passage, setting, compiled)
    tier = found.tier if found else None
    score = found.score if found and tier else min(sum(hit.weight for hit in counted), MAX_SCORE)
    needed = STRONG if tier else POSSIBLE
    against = [
        replace(make_hit(setting.passage, where, term), refusal=Refusal.NEGATIVE_TERM)
        for where, term in setting.passage.terms.get(item, ())
        if term.kind is TermKind.NEGATIVE and term.scope is not Scope.SPAN
    ]
    told = tuple(hit for hit in (*refused, *against) if hit.refusal is not Refusal.COVERED)
    return WhyNot(item, tier, score, needed, told, tuple(counted), compiled.language)
