"""What a stored version of a lexicon says, part by part: as pages show it and services change it.

A part is an item with its groups of terms, or a section of words around them, in all languages at once.
Not here: what is wrong with it (selectors.lexicon_findings), saving (services.lexicon_drafts).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framework.export import digest_of
from framework.models import Edition, LexiconVersion
from plans.matching import in_order
from plans.matching.lexicon_file import FORMAT, LANGUAGES

#: The sections of a lexicon file beside its items → what each holds when nothing is in it.
SECTIONS: dict[str, Any] = {"contexts": {}, "cues": {}, "stems": {}, "parts": [], "common": [], "titles": {}}
ITEMS = "items"
#: Language → what the part says in it.
Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PartName:
    """Which part: an item by its code, or a section."""

    section: str
    item: str = ""

    @property
    def empty(self) -> Any:
        return [] if self.section == ITEMS else SECTIONS[self.section]


def part_of(content: Mapping[str, Any], name: PartName) -> Part:
    """The part in every language; a language that says nothing of it has the empty value."""
    return {language: _own(content.get(language, {}), name) for language in LANGUAGES}


def part_digest(content: Mapping[str, Any], name: PartName) -> str:
    """Whether what somebody read is what is stored now."""
    return digest_of(part_of(content, name))


def content_with(content: Mapping[str, Any], name: PartName, part: Mapping[str, Any]) -> dict[str, Any]:
    """The content with this part in the place of its own. A language begins with the first words in it."""
    changed = dict(content)
    for language, value in part.items():
        own = dict(content.get(language) or {"language": language})
        if name.section == ITEMS:
            items = {code: groups for code, groups in own.get(ITEMS, {}).items() if code != name.item}
            own[ITEMS] = items | ({name.item: value} if value else {})
        else:
            own[name.section] = value
        if language in content or value:
            changed[language] = own
    return changed


def numbered(content: Mapping[str, Any], edition: Edition, number: int) -> dict[str, Any]:
    """The same words as version `number` of the edition's lexicon."""
    head = {"format": FORMAT, "edition": edition.code, "version": number}
    return {language: {**own, **head} for language, own in content.items()}


def says_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two versions hold the same words, whatever their numbers."""
    return _words(one) == _words(other)


def changed_parts(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[PartName, ...]:
    """The parts in which two versions differ: items in their order, then sections."""
    items = in_order(
        {code: None for content in (old, new) for own in content.values() for code in own[ITEMS]}
    )
    names = [*(PartName(ITEMS, code) for code in items), *map(PartName, SECTIONS)]
    return tuple(name for name in names if part_of(old, name) != part_of(new, name))


def item_codes(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Every item that has terms in any language, in order."""
    return tuple(in_order({code: None for own in content.values() for code in own[ITEMS]}))


def versions_of(edition: Edition, user) -> list[LexiconVersion]:
    """The versions a framework administrator chooses from, the highest number first; without their words."""
    versions = LexiconVersion.objects.visible_to(user).filter(edition=edition).defer("content")
    return list(versions.select_related("made_by", "put_in_force_by", "based_on_edition").order_by("-number"))


def _own(own: Mapping[str, Any], name: PartName) -> Any:
    if name.section == ITEMS:
        return own.get(ITEMS, {}).get(name.item, [])
    return own.get(name.section, name.empty)


def _words(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        language: {name: value for name, value in own.items() if name != "version"}
        for language, own in content.items()
    }
