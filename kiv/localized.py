"""Texts that exist in the four languages of the product, stored as one JSON object per text.

What lives here: the list of languages and the accessor. Not here: the product's own words (gettext).
"""

from collections.abc import Mapping

LANGUAGES = ("nl", "fr", "de", "en")
#: When a text is missing in the wanted language, the next of these is shown.
FALLBACK_ORDER = ("nl", "fr", "en", "de")


def localize(text: Mapping[str, str] | str | None, language: str) -> str:
    """The text in `language`, else in the first language that has it, else an empty string."""
    if not text:
        return ""
    if isinstance(text, str):
        return text
    for candidate in (language, *FALLBACK_ORDER):
        if text.get(candidate):
            return text[candidate]
    return ""


def shown_language(text: Mapping[str, str], language: str) -> str:
    """The language in which `localize` shows the text: for the `lang` attribute (WCAG 3.1.2)."""
    for candidate in (language, *FALLBACK_ORDER):
        if text.get(candidate):
            return candidate
    return language
