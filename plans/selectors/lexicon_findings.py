"""What is to be solved or considered in a version of a lexicon: its guards, and how it fits the edition.

Findings as data with their place; the sentences: plans.lexicon_sentences. Never writes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from framework.models import LexiconVersion
from plans import matching
from plans.matching.lexicon_file import LANGUAGES
from plans.selectors.lexicon_content import ITEMS, PartName, item_codes


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding of one language, or of all together (`language` empty)."""

    language: str
    finding: matching.Finding

    @property
    def part(self) -> PartName:
        """The part on whose page it is put right."""
        section, *rest = self.finding.path
        return PartName(ITEMS, str(rest[0])) if section == ITEMS else PartName(str(section))

    @property
    def group(self) -> int | None:
        """The place of the group of terms it is about, from 0; None when it is about the whole part."""
        is_group = self.finding.path[0] == ITEMS and len(self.finding.path) > 2
        return int(self.finding.path[2]) if is_group else None

    @property
    def name(self) -> str:
        """In a section of named words: whose words they are."""
        is_named = self.finding.path[0] != ITEMS and len(self.finding.path) > 1
        return str(self.finding.path[1]) if is_named else ""


def find_all(version: LexiconVersion) -> tuple[Placed, ...]:
    """Every finding, blockers first, each kind in the order of the file. Two queries.

    The words of a version are looked through once, and what was found is kept for as long as they stand.
    """
    found = [*_of_words(version.sha256, _Words(version.content)), *_of_edition(version)]
    return tuple(sorted(found, key=lambda one: not one.finding.is_blocker))


def find_blockers(version: LexiconVersion) -> tuple[Placed, ...]:
    return tuple(one for one in find_all(version) if one.finding.is_blocker)


class _Words:
    """Hands the words over when they are asked for; not part of the key under which the answer is kept."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Words)


@lru_cache(maxsize=8)
def _of_words(digest: str, words: _Words) -> tuple[Placed, ...]:
    """`digest` is that of the content."""
    found: list[Placed] = []
    for language in LANGUAGES:
        if language in words.content:
            file = matching.LexiconFile.model_validate(words.content[language])
            of_file = [*matching.find_blockers(file), *matching.find_cautions(file)]
            found += [Placed(language, one) for one in of_file]
    return tuple(found)


def _of_edition(version: LexiconVersion) -> Iterator[Placed]:
    """Items and aspects that only one of the two has, and languages that lack an item."""
    content = version.content
    aspects = {
        item.code: {aspect.code for aspect in item.aspects.all()}
        for item in version.edition.items.prefetch_related("aspects")
    }
    named = item_codes(content)
    for code in named:
        if code not in aspects:
            yield Placed("", matching.Finding("unknown_item", (ITEMS, code), text=code, is_blocker=False))
        for language, own in content.items():
            if code not in own[ITEMS]:
                yield Placed(language, matching.Finding("item_missing", (ITEMS, code), text=code))
            for place, group in enumerate(own[ITEMS].get(code, ())):
                if group["aspect"] and group["aspect"] not in aspects.get(code, ()):
                    path = (ITEMS, code, place, "aspect")
                    yield Placed(
                        language,
                        matching.Finding("unknown_aspect", path, text=group["aspect"], is_blocker=False),
                    )
    for code in aspects:
        if code not in named:
            yield Placed("", matching.Finding("no_terms", (ITEMS, code), text=code, is_blocker=False))
    for language in LANGUAGES:
        if language not in content:
            path = (ITEMS,)
            yield Placed(language, matching.Finding("language_missing", path, is_blocker=False))
