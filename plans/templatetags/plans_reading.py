"""Template words of suggestions. The words themselves: plans.match_sentences."""

from django import template
from django.urls import reverse

from plans import match_sentences
from plans.enums import Verdict
from plans.selectors.cards import Card

register = template.Library()

#: What the reader may make of a passage, as the addresses name it.
PARTS = ("actions", "indicators")


@register.filter
def tier_words(tier: str) -> str:
    return str(match_sentences.tier_words(tier))


@register.filter
def rule_words(rule: str) -> str:
    return str(match_sentences.rule_sentence(rule))


@register.filter
def verdict_words(verdict: str) -> str:
    return str(Verdict(verdict).label)


@register.simple_tag
def part_url(plan_id: int, objective_id: int, kind: str) -> str:
    """Where an action or indicator is added to an objective."""
    return reverse("plans:part_add", args=[plan_id, objective_id, kind])


@register.filter
def first_words(card: Card, count: int = 30) -> str:
    """The beginning of a passage, for lists."""
    words = card.passage.text.split()
    return " ".join(words[:count]) + (" …" if len(words) > count else "")
