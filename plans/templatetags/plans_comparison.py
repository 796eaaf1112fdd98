"""Template words of a comparison of two versions: what changed, fields, items, ticks."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from framework.models import Item
from kiv.templatetags.kiv_ui import localized
from plans.enums import ChainLink, DiagnosisKind, Element, Reason
from plans.models import ItemChoice
from plans.reports.comparison_types import Change, EntryChange, Naming
from plans.selectors.entries import MODELS

register = template.Library()

CHANGES = {
    Change.ADDED: pgettext_lazy("comparison", "added"),
    Change.REMOVED: pgettext_lazy("comparison", "removed"),
    Change.CHANGED: pgettext_lazy("comparison", "changed"),
    Change.NEW_FILE: pgettext_lazy("comparison", "new file"),
}
ICONS = {Change.ADDED: "plus", Change.REMOVED: "remove", Change.CHANGED: "edit", Change.NEW_FILE: "document"}
KINDS = {"action": _("action"), "indicator": _("indicator")}


@register.inclusion_tag("plans/version_compare_chip.html")
def change_chip(change: str) -> dict[str, object]:
    """`{% change_chip entry.change %}`: what happened, told apart by icon and word."""
    return {"icon_name": ICONS[Change(change)], "words": CHANGES[Change(change)]}


@register.filter
def kind_of_part(kind: str) -> str:
    return str(KINDS[kind])


@register.filter
def diagnosis_words(kind: str) -> str:
    return str(DiagnosisKind(kind).label)


@register.simple_tag
def field_label(entry: EntryChange, name: str) -> str:
    """The name of a field as its form has it."""
    model = MODELS.get(entry.kind, ItemChoice)
    return str(model._meta.get_field(name).verbose_name)


@register.filter
def reason_words(reason: str) -> str:
    return str(Reason(reason).label) if reason else str(_("none"))


@register.filter
def link_words(links: tuple[str, ...]) -> list[str]:
    return [str(ChainLink(link).label) for link in links]


@register.filter
def tick_words(ticks: tuple[str, ...]) -> list[str]:
    """Elements and links of the safety chain by their names."""
    return [str((ChainLink if tick in ChainLink.values else Element)(tick).label) for tick in ticks]


@register.simple_tag
def naming_words(naming: Naming, items: Mapping[str, Item]) -> dict[str, object]:
    """`{% naming_words naming comparison.items as words %}`: code, and the texts of item and aspect."""
    return item_words(naming.item, items) | {"aspect": _aspects(items[naming.item]).get(naming.aspect)}


@register.simple_tag
def item_words(code: str, items: Mapping[str, Item]) -> dict[str, object]:
    """`{% item_words entry.label comparison.items as words %}`: as `naming_words`, of the item itself."""
    item = items[code]
    return {"code": code, "title": item.short or item.title, "aspect": None, "item": item}


@register.filter
def aspect_words(codes: tuple[str, ...], item: Item) -> list[str]:
    """The titles of aspects of an item."""
    titles = _aspects(item)
    return [localized(titles[code]) for code in codes]


@register.filter
def aspect_word(code: str, item: Item) -> str:
    """The title of an aspect of an item."""
    return localized(_aspects(item)[code])


def _aspects(item: Item) -> dict[str, dict[str, str]]:
    """Titles by code, of aspects fetched before."""
    return {aspect.code: aspect.title for aspect in item.aspects.all()}
