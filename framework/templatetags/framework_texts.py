"""Where a shown title comes from: official, partly official, or our own translation.

What lives here: the tags of the framework's pages. Not here: choosing the language (kiv_ui `localized`).
"""

import re
from dataclasses import dataclass

from django import template

from framework.enums import TextStatus
from framework.models import Aspect, Edition, Item
from framework.texts import Text
from kiv.localized import FALLBACK_ORDER, LANGUAGES, shown_language
from kiv.templatetags.kiv_ui import current_language

register = template.Library()


@dataclass(frozen=True, slots=True)
class Origin:
    """`status` of the title as shown; `official`: language → official title, for who needs the source."""

    status: TextStatus
    official: tuple[tuple[str, str], ...]

    @property
    def is_official(self) -> bool:
        return self.status == TextStatus.OFFICIAL

    @property
    def is_partial(self) -> bool:
        return self.status == TextStatus.PARTIAL


@register.filter
def origin(titled: Edition | Item | Aspect) -> Origin:
    """`{% with item|origin as origin %}`: where the title comes from in the language it is shown in."""
    status = titled.title_status.get(shown_language(titled.title, current_language()))
    official = tuple(
        (language, titled.title[language])
        for language in FALLBACK_ORDER
        if titled.title_status.get(language) == TextStatus.OFFICIAL and language in titled.title
    )
    return Origin(TextStatus(status) if status else TextStatus.TRANSLATION, official)


@register.filter
def are_all_translated(items: list[Item]) -> bool:
    """Whether no title of the list has an official text in the reader's language: one remark will do."""
    return bool(items) and all(origin(item).status == TextStatus.TRANSLATION for item in items)


@register.filter
def of_kind(items: list[Item], kind: str) -> list[Item]:
    """`edition.items.all|of_kind:"theme"`: in their order."""
    return [item for item in items if item.kind == kind]


@register.filter
def first_sentence(text: str) -> str:
    """The first sentence of a text, and the next ones while it stays shorter than a line ("E.g." is none)."""
    for end in re.finditer(r"[.?!](?=\s+[^\W\d_a-zà-ÿ])", text):
        if end.end() >= 40:
            return text[: end.end()]
    return text


@register.filter
def first_paragraph(text: str) -> str:
    """What stands before the first empty line."""
    return re.split(r"\n\s*\n", text.strip(), maxsplit=1)[0]


@register.filter
def statuses(titled: Edition | Item | Aspect) -> list[tuple[str, str]]:
    """`{% for language, status in item|statuses %}`: official, partial, translation or missing."""
    text = Text("", "title", titled.title, statuses=titled.title_status)
    return [(language, text.status(language)) for language in LANGUAGES]
