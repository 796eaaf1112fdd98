"""The small words and marks every page shares: levels, digits, choices, states, icons, localised texts.

What lives here: labels keyed by stored string values, and the tags that turn a value into its component
(templates/components/). Not here: layout, page wording, anything that knows a model. It is a template builtin
(kiv/settings.py), so no page loads it.
"""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kiv.http import LANGUAGE_NAMES
from kiv.localized import FALLBACK_ORDER, localize, shown_language

register = template.Library()

LEVELS = {
    0: _("not addressed"),
    1: _("mentioned"),
    2: _("objective and action"),
    3: _("operational"),
    4: _("followed up"),
}
CRITERIA = {
    "D": _("diagnosis"),
    "G": _("goal"),
    "A": _("actions"),
    "I": _("implementation"),
    "M": _("monitoring"),
    "C": _("chain and partners"),
}
CHOICES = {
    "retained": _("retained"),
    "regular": _("regular policing"),
    "not_retained": _("not retained"),
    "undecided": _("still open"),
}
#: A theme is applied where a priority is retained (DOMAIN: choice).
THEME_CHOICES = CHOICES | {"retained": _("applied"), "not_retained": _("not applied")}
STATES = {
    "elaborated": _("elaborated"),
    "to_elaborate": _("to elaborate"),
    "regular": _("regular policing"),
    "motivated": _("motivated"),
    "open": pgettext_lazy("state", "open"),
}


def current_language() -> str:
    """The two-letter language of this request; Dutch when none is active."""
    return (get_language() or FALLBACK_ORDER[0]).split("-")[0]


@register.filter
def localized(text: Mapping[str, str] | str | None) -> str:
    """`{{ item.title|localized }}`: the text in the reader's language, else in the first that has it."""
    return localize(text, current_language())


@register.filter
def localized_lang(text: Mapping[str, str] | str | None) -> str:
    """`<span lang="{{ item.title|localized_lang }}">`: the language in which `localized` shows the text."""
    language = current_language()
    return shown_language(text, language) if isinstance(text, Mapping) else language


@register.filter
def language_name(code: str) -> str:
    """The language's own name: "Nederlands" for "nl"; the code itself when it is not one of ours."""
    return LANGUAGE_NAMES.get(code, code)


@register.simple_tag
def colon() -> str:
    """`{{ label }}{% colon %} {{ value }}`: the colon as the language sets it; French asks a space."""
    return "\u00a0:" if current_language() == "fr" else ":"


@register.simple_tag
def unknown(value: object = None) -> object:
    """`{% unknown zone.code %}`: the value, or "not known" when it is None or blank. 0 is a value."""
    return _("not known") if value is None or not str(value).strip() else value


@register.inclusion_tag("components/level.html")
def level_mark(value: int, compact: bool = False) -> dict:
    """`{% level_mark score.level %}`: symbol, digit and words of a level 0-4. KeyError outside the scale."""
    return {"level": int(value), "words": LEVELS[int(value)], "compact": compact}


@register.inclusion_tag("components/digits.html")
def digits_mark(digits: Mapping[str, int] | object) -> dict:
    """`{% digits_mark score.digits %}`: "D2 G2 A1 I1 M0 C2", each letter with the name of its criterion.

    `digits` is a mapping by letter, or reads as "D2 G2 A1 I1 M0 C2". KeyError when a letter is missing.
    """
    if isinstance(digits, Mapping):
        values = {str(letter): int(value) for letter, value in digits.items()}
    else:
        values = {mark[0]: int(mark[1:]) for mark in str(digits).split()}
    return {"digits": [{"letter": key, "name": name, "value": values[key]} for key, name in CRITERIA.items()]}


@register.simple_tag
def criterion_name(letter: str) -> str:
    """`{% criterion_name "D" %}`: "diagnosis"."""
    return CRITERIA[str(letter)]


@register.inclusion_tag("components/criteria_legend.html")
def criteria_legend() -> dict:
    """`{% criteria_legend %}`: what the six letters and the five levels mean, for below a table."""
    return {"criteria": CRITERIA.items(), "levels": LEVELS.items()}


@register.inclusion_tag("components/chip.html")
def choice_chip(choice: str, kind: str = "priority") -> dict:
    """`{% choice_chip choice item.kind %}`: what the zone chose; a theme is "applied", not "retained"."""
    labels = THEME_CHOICES if str(kind) == "theme" else CHOICES
    return {"group": "choice", "value": str(choice), "label": labels[str(choice)]}


@register.inclusion_tag("components/chip.html")
def state_chip(state: str) -> dict:
    """`{% state_chip score.state %}`: one of the five states, told apart by icon and border too."""
    return {"group": "state", "value": str(state), "label": STATES[str(state)]}


@register.inclusion_tag("components/icon.html")
def state_icon(state: str) -> dict:
    """`{% state_icon "open" %}`: the state's symbol alone, beside its words."""
    return {"symbol": f"state-{state}"}


@register.inclusion_tag("components/icon.html")
def icon(name: str, label: str = "") -> dict:
    """`{% icon "arrow" %}`: a symbol of components/symbols.html; decoration unless it gets a label."""
    return {"symbol": f"icon-{name}", "label": label}


@register.filter
def elided_pages(page):
    """The page numbers worth a link: the ends, those around this one, and "…" for the others."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
