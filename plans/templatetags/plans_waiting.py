"""The strip "waits for you". A tag, so that pages of apps that know no plans can show it too."""

from django import template

from plans.selectors.waiting import waiting_for
from plans.waiting_sentences import waiting_sentence

register = template.Library()


@register.inclusion_tag("components/waiting.html")
def waits_for_you(user) -> dict:
    """`{% waits_for_you user %}`: nothing when nothing waits. A query per thing that can wait."""
    entries = waiting_for(user)
    return {"lines": [{"text": waiting_sentence(entry), "url": entry.url} for entry in entries]}
