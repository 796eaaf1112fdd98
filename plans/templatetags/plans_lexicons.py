"""Template words of word lists. The sentences themselves: plans.lexicon_sentences, plans.match_sentences."""

from collections.abc import Mapping
from typing import Any

from django import template

from plans import lexicon_sentences, match_sentences
from plans.selectors.lexicon_content import PartName
from plans.selectors.lexicon_findings import Placed
from plans.selectors.lexicon_trial import Side

register = template.Library()


@register.filter
def finding_words(placed: Placed) -> str:
    return lexicon_sentences.finding_sentence(placed)


@register.filter
def place_words(placed: Placed) -> str:
    return lexicon_sentences.place_words(placed)


@register.filter
def section_words(section: str) -> str:
    return str(lexicon_sentences.SECTIONS[section])


@register.filter
def section_help(section: str) -> str:
    return str(lexicon_sentences.SECTION_HELP[section])


@register.filter
def part_words(name: PartName) -> str:
    return name.item or section_words(name.section)


@register.filter
def side_sentence(side: Side) -> str:
    """Why an item is suggested by a version, or is not."""
    if side.rule:
        return str(match_sentences.rule_sentence(side.rule))
    return match_sentences.verdict_sentence(side.score, side.needed, side.tier)


@register.filter
def of_code(items: Mapping[str, Any], code: str) -> Any:
    """The item with this code; None for one that the edition does not have."""
    return items.get(code)


@register.filter
def group_words(group: Mapping[str, Any]) -> str:
    return lexicon_sentences.group_words(group)
