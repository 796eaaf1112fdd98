"""The words of one edition's lexicon, led over to the items of the edition that follows. Pure.

Not here: which item leads where (framework.correspondences), storing it (plans.services.lexicon_drafts).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item of the edition that follows: its aspects, and its title by language."""

    code: str
    aspects: frozenset[str]
    titles: Mapping[str, str]


def lead_over(
    content: Mapping[str, Any], *, leads: Mapping[str, Sequence[str]], items: Sequence[NewItem]
) -> dict[str, Any]:
    """`content` (language → what its file says) with its terms under the new items; `leads` is by old code.

    An item that became several gives its terms to each of them: which of them keeps a term that counts by
    itself is for a person, and the guards ask. What lost its aspect counts for the item as a whole. A term
    that counts only beside an item that ended is left without a context, and the guards ask for another.
    """
    return {language: _led_over(own, language, leads, items) for language, own in content.items()}


def _led_over(
    own: Mapping[str, Any], language: str, leads: Mapping[str, Sequence[str]], items: Sequence[NewItem]
) -> dict[str, Any]:
    words: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        sources = [old for old in own["items"] if item.code in leads.get(old, ())]
        groups = [_group(group, item, own, leads) for old in sources for group in own["items"][old]]
        if groups:
            words[item.code] = groups
    titles = {item.code: title for item in items if (title := item.titles.get(language))}
    return {**own, "titles": titles, "items": words}


def _group(
    group: Mapping[str, Any], item: NewItem, own: Mapping[str, Any], leads: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """A name under `contexts` goes before an item of the same name, as in the matcher."""
    context: dict[str, None] = {}
    for name in group["context"]:
        is_item = name in own["items"] and name not in own["contexts"]
        context |= dict.fromkeys(leads.get(name, ()) if is_item else (name,))
    return {
        **group,
        "aspect": group["aspect"] if group["aspect"] in item.aspects else "",
        "context": list(context),
    }
