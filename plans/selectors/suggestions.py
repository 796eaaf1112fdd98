"""What a document seems to say about each item: passages through the matcher.

The bridge between two cores that do not know each other. Nothing here is evidence: a person decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from django.conf import settings

from plans import extraction, matching
from plans.models import Document, Passage

#: How many characters of a passage a listing quotes.
QUOTE_LENGTH = 300
HIT_FIELDS = tuple(field.name for field in fields(matching.Hit))


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that seems to address an item; `tier` None never occurs here (leads are left out)."""

    passage: extraction.Passage
    match: matching.Match

    @property
    def quote(self) -> str:
        text = " ".join(self.passage.text.split())
        return text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1].rstrip() + "…"

    @property
    def terms(self) -> tuple[str, ...]:
        """The words that counted as they stand in the text or its headings, each once."""
        return tuple(dict.fromkeys(self._words(hit) for hit in self.match.hits if hit.refusal is None))

    def _words(self, hit: matching.Hit) -> str:
        text = self.passage.text if hit.heading is None else hit.heading
        return " ".join(text[hit.start : hit.end].split())


@dataclass(frozen=True, slots=True)
class ItemSuggestions:
    """One item of the edition: its best tier and its passages, strong ones first, then as in the text."""

    item: str
    tier: matching.Tier | None
    suggestions: tuple[Found, ...]


class NoLexicon(Exception):
    """The edition has no lexicon, so nothing can be suggested for it."""


@lru_cache(maxsize=4)
def shipped_lexicon(edition: str) -> matching.CompiledLexicon:
    """The lexicon shipped with an edition, ready to match. Raises NoLexicon."""
    try:
        return matching.compile_lexicon(
            matching.read_shipped_lexicon(settings.BASE_DIR / "framework" / "data", edition)
        )
    except FileNotFoundError:
        raise NoLexicon(edition) from None


def suggest(
    document: extraction.Document, lexicon: matching.CompiledLexicon, *, language: str | None = None
) -> tuple[ItemSuggestions, ...]:
    """Every item of the edition in its order. `language` overrides what was found per passage."""
    inputs = [_input(document, passage, language) for passage in document.passages]
    found = matching.match_document(inputs, lexicon)
    by_item: dict[str, list[Found]] = {item: [] for item in lexicon.items}
    for passage, matches in zip(document.passages, found, strict=True):
        for match in matches:
            if match.tier is not None:
                by_item[match.item].append(Found(passage, match))
    return tuple(_item(item, suggestions) for item, suggestions in by_item.items())


def match_rows(
    document: Document, rows: Sequence[Passage], lexicon: matching.CompiledLexicon
) -> tuple[tuple[matching.Match, ...], ...]:
    """For each passage of a stored document, in their order, its matches. Reads nothing."""
    return matching.match_document([match_input(document, row, rows) for row in rows], lexicon)


def match_input(
    document: Document, row: Passage, rows: Sequence[Passage] | Mapping[int, Passage]
) -> matching.MatchInput:
    """One stored passage as the matcher takes it; `rows` by position, at least the lead of this one."""
    return matching.MatchInput(
        text=row.text,
        language=language_of(document, row) or None,
        heading_path=tuple(row.heading_path),
        kind=row.kind,
        page=row.page,
        lead="" if row.lead is None else rows[row.lead].text,
    )


def language_of(document: Document, passage: Passage) -> str:
    """What a person said of the passage, else of the whole document, else what was found."""
    return passage.language if passage.is_language_by_hand else document.language or passage.language


def language_by_hand(passage: Passage) -> str:
    """What a person said of the passage itself; empty when nobody did."""
    return passage.language if passage.is_language_by_hand else ""


def match_detail(match: matching.Match) -> dict[str, Any]:
    """What is stored of a match beside its columns: enough to explain it without matching again.

    Made of what JSON gives back (lists, no tuples), so that it can be compared with what is stored.
    """
    return {
        "hits": [_hit_detail(hit) for hit in match.hits],
        "aspects": list(match.aspects),
        "elements": list(match.elements),
        "links": list(match.links),
    }


def _hit_detail(hit: matching.Hit) -> dict[str, Any]:
    detail = {name: getattr(hit, name) for name in HIT_FIELDS}
    return detail | {"spans": [list(span) for span in hit.spans]}


def _item(item: str, suggestions: list[Found]) -> ItemSuggestions:
    is_weaker = [one.match.tier is not matching.Tier.STRONG for one in suggestions]
    ordered = [one for _, one in sorted(zip(is_weaker, suggestions, strict=True), key=lambda pair: pair[0])]
    return ItemSuggestions(item, ordered[0].match.tier if ordered else None, tuple(ordered))


def _input(
    document: extraction.Document, passage: extraction.Passage, language: str | None
) -> matching.MatchInput:
    """Both cores call kinds the same; the sentence that introduces a list goes with its entries."""
    return matching.MatchInput(
        text=passage.text,
        language=language or passage.language or document.language,
        heading_path=passage.heading_path,
        kind=passage.kind.value,
        page=passage.page,
        lead="" if passage.lead is None else document.passages[passage.lead].text,
    )
