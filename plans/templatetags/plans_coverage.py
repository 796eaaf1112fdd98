"""Template words of the coverage pages. The words themselves: plans.coverage_sentences, kiv_ui."""

from django import template

from kiv.templatetags.kiv_ui import STATES
from plans import coverage_sentences

register = template.Library()


@register.filter
def state_name(state: str) -> str:
    """ "elaborated" """
    return str(STATES[state])


@register.filter
def short_state(state: str) -> str:
    """The word of a state as it fits in a cell."""
    return str(coverage_sentences.SHORT_STATES[state])
