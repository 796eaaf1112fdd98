"""Template words of two editions compared: what became of items, what changed, how they correspond.

Not here: who said so, and the marks of added and removed words (components/word_runs.html).
"""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.translation import pgettext_lazy

from framework.differences import Change, Difference, Outcome
from framework.enums import CorrespondenceConfidence, CorrespondenceRelation
from framework.succession import aspect_changes

register = template.Library()

OUTCOMES = {
    Outcome.PAIRED: pgettext_lazy("item of an edition", "kept"),
    Outcome.SPLIT: pgettext_lazy("item of an edition", "split"),
    Outcome.MERGED: pgettext_lazy("item of an edition", "merged"),
    Outcome.REGROUPED: pgettext_lazy("item of an edition", "regrouped"),
    Outcome.REMOVED: pgettext_lazy("item of an edition", "removed"),
    Outcome.ADDED: pgettext_lazy("item of an edition", "added"),
}
CHANGES = {
    Change.RENAMED: pgettext_lazy("item of an edition", "renamed"),
    Change.RENUMBERED: pgettext_lazy("item of an edition", "other code"),
    Change.OTHER_KIND: pgettext_lazy("item of an edition", "other kind"),
    Change.MOVED: pgettext_lazy("item of an edition", "moved"),
    Change.SUMMARY: pgettext_lazy("item of an edition", "text changed"),
    Change.ASPECTS: pgettext_lazy("item of an edition", "aspects changed"),
}
ICONS = {Outcome.ADDED: "plus", Outcome.REMOVED: "remove"}


@register.filter
def happened(difference: Difference) -> list[dict[str, object]]:
    """What to say of a group of items, each with its icon: one word for a group, every change of a pair."""
    if difference.outcome != Outcome.PAIRED:
        icon = ICONS.get(difference.outcome, "arrow")
        return [{"icon": icon, "words": OUTCOMES[difference.outcome]}]
    chips = [{"icon": "edit", "words": CHANGES[change]} for change in difference.changes]
    relations = {link.relation for link in difference.links} - {CorrespondenceRelation.EQUAL}
    chips += [{"icon": "info", "words": relation_words(relation)} for relation in sorted(relations)]
    return chips or [{"icon": "done", "words": OUTCOMES[Outcome.PAIRED]}]


@register.filter
def relation_words(relation: str) -> str:
    """How an old item stands to a new one."""
    return str(CorrespondenceRelation(relation).label)


@register.filter
def confidence_words(confidence: str) -> str:
    return str(CorrespondenceConfidence(confidence).label)


@register.filter
def aspects_gone(difference: Difference) -> tuple[Mapping[str, str], ...]:
    """Titles of the aspects of a pair that are not in the new item."""
    return _aspects(difference)[0]


@register.filter
def aspects_new(difference: Difference) -> tuple[Mapping[str, str], ...]:
    """Titles of the aspects of a pair that were not in the old item."""
    return _aspects(difference)[1]


@register.filter
def with_rationale(links: Iterable) -> list:
    return [link for link in links if link.rationale]


def _aspects(difference: Difference):
    (old,), (new,) = difference.olds, difference.news
    return aspect_changes(old, new, difference.language)
