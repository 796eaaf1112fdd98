"""Template words of a document's text and its passages. Sentences of the matcher: plans.match_sentences."""

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans import match_sentences
from plans.enums import ChainLink, Element
from plans.matching import PassageKind
from plans.models import PassageEvidence
from plans.selectors.why_not import Refused, WhyAnswer

register = template.Library()

KINDS = {
    PassageKind.HEADING: _("heading"),
    PassageKind.PARAGRAPH: _("paragraph"),
    PassageKind.LIST_ITEM: _("list entry"),
    PassageKind.TABLE_HEADER: _("head of a table"),
    PassageKind.TABLE_ROW: _("table row"),
    PassageKind.TABLE_CELL: _("table cell"),
    PassageKind.TOC: pgettext_lazy("passage", "table of contents"),
}


@register.filter
def kind_words(kind: str) -> str:
    return str(KINDS[PassageKind(kind)])


@register.filter
def ticked_words(evidence: PassageEvidence) -> list[str]:
    """What was ticked: elements, and the links of the safety chain by their own names."""
    left_out = Element.CHAIN_LINK if evidence.links else None
    elements = [str(Element(element).label) for element in evidence.elements if element != left_out]
    return elements + [str(ChainLink(link).label) for link in evidence.links]


@register.simple_tag
def refusal_sentence(refused: Refused) -> str:
    return match_sentences.refusal_sentence(refused.refusal, refused.because, refused.examples)


@register.simple_tag
def why_sentence(why: WhyAnswer) -> str:
    """The answer in one sentence; where a rule about lists or headings decided, that rule."""
    if why.rule:
        return match_sentences.rule_sentence(why.rule)
    return match_sentences.verdict_sentence(why.score, why.needed, why.tier)
