"""Template words of carrying over: what an entry is."""

from django import template
from django.utils.translation import gettext_lazy as _

from plans.selectors.entries import Entry

register = template.Library()

WORDS = {
    "objective": _("objective"),
    "action": _("action"),
    "indicator": _("indicator"),
    "diagnosis": _("diagnosis"),
}


@register.filter
def entry_word(entry: Entry) -> str:
    """What kind of entry it is."""
    return str(WORDS[entry._meta.model_name])
