"""Template words of lists, items and zones. The words themselves: plans.coverage_list_sentences, kiv_ui."""

from django import template

from framework.models import Item
from kiv.templatetags.kiv_ui import STATES
from plans import coverage_list_sentences
from plans.enums import RemarkKind
from plans.selectors.coverage_links import item_address
from plans.selectors.coverage_lists import OpenPoint

register = template.Library()

#: A bar is drawn on a field this wide.
BAR_WIDTH = 100


@register.simple_tag
def item_url(plan_id: int, item: Item) -> str:
    """The item in a plan, under the edition that is asked for."""
    return item_address(plan_id, item)


@register.filter
def waiting_words(days: int) -> str:
    return coverage_list_sentences.waiting_words(days)


@register.filter
def reason_words(reason: str) -> str:
    return coverage_list_sentences.reason_label(reason)


@register.filter
def why_open(point: OpenPoint) -> list[str]:
    return coverage_list_sentences.why_open(point)


@register.filter
def remark_kind(kind: str) -> str:
    return str(RemarkKind(kind).label)


@register.filter
def state_words(state: str) -> str:
    return str(STATES[state])


@register.filter
def step_words(step: int | None) -> str:
    return coverage_list_sentences.step_words(step)


@register.inclusion_tag("plans/part_bar.html")
def count_bar(number: int, total: int) -> dict[str, int]:
    """How large a part of the total this is, drawn; the number itself stands beside it in words."""
    return {"width": round(BAR_WIDTH * number / total) if total else 0, "field": BAR_WIDTH}
