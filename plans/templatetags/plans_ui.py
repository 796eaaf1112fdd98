"""Template words of plans: sentences for advice, places, counts. The words themselves: plans.sentences."""

from collections.abc import Mapping

from django import template
from django.urls import reverse

from framework.models import Item
from plans import sentences
from plans.enums import Criterion, Element
from plans.scoring import AdviceKind, State
from plans.selectors.entries import diagnosis_anchor, objective_anchor
from plans.selectors.remarks import Remarks, ShownRemark
from plans.selectors.shown import AdviceLine, EvidenceLine, Group, ItemRow
from plans.selectors.teamwork import ItemWork, Teamwork

register = template.Library()

#: Steps that are taken on the Choices tab; an answer on the Review tab, the others on the Objectives tab.
ON_CHOICES = (
    AdviceKind.CHOOSE,
    AdviceKind.COMPLETE_MOTIVATION,
    AdviceKind.ADD_LINE,
    AdviceKind.CONFIRM_PROPOSAL,
)


@register.simple_tag
def advice_sentence(advice: AdviceLine) -> str:
    return sentences.advice_sentence(advice)


@register.simple_tag
def advice_url(advice: AdviceLine, plan_id: int) -> str:
    """Where the step is taken: the form that answers a clarification, the row of choices, the objective.

    Or where it is read what a review asks, and why.
    """
    if advice.kind == AdviceKind.ANSWER_CLARIFICATION:
        return reverse("plans:review", args=[plan_id]) + f"#clarification-{advice.item}"
    if advice.kind == AdviceKind.AS_REVIEWED:
        return reverse("plans:item", args=[plan_id, advice.item]) + "#level-title"
    if advice.kind in ON_CHOICES:
        return reverse("plans:choices", args=[plan_id]) + f"#item-{advice.item}"
    return objective_url(plan_id, advice.objective)


@register.filter
def is_answer(advice: AdviceLine | None) -> bool:
    """Whether the step is an answer to a reviewer, which a shared version still takes."""
    return advice is not None and advice.kind == AdviceKind.ANSWER_CLARIFICATION


@register.filter
def is_as_reviewed(advice: AdviceLine | None) -> bool:
    """Whether the step leads to what a review asks, which everybody may read who reads the advice."""
    return advice is not None and advice.kind == AdviceKind.AS_REVIEWED


@register.simple_tag
def objective_url(plan_id: int, number: str | None) -> str:
    """The objective with this number on the Objectives tab; without a number the tab itself."""
    anchor = f"#{objective_anchor(number)}" if number else ""
    return reverse("plans:objectives", args=[plan_id]) + anchor


@register.simple_tag
def diagnosis_url(plan_id: int, position: str | int) -> str:
    """The diagnosis entry at this position of the plan, on the Objectives tab."""
    return reverse("plans:objectives", args=[plan_id]) + f"#{diagnosis_anchor(position)}"


@register.simple_tag
def level_reason(row: ItemRow) -> str:
    return sentences.level_sentence(row)


@register.filter
def look_words(reason: str, item: Item | None) -> str:
    return sentences.look_sentence(reason, item.kind if item else "")


#: The states of which the summary names the items, because something is asked there.
NAMED_STATES = (State.TO_ELABORATE, State.OPEN)


@register.filter
def tallies(group: Group) -> list[dict[str, object]]:
    """Per state that occurs: the count in words and, where something is asked, the items' codes."""
    return [
        {
            "state": state,
            "words": sentences.state_count(state, n, group.kind),
            "codes": [row.item.code for row in group.rows if row.state == state and not row.is_hidden]
            if state in NAMED_STATES
            else [],
        }
        for state, n in group.states.items()
        if n
    ]


@register.filter
def work_on(team: Teamwork | None, item: Item) -> ItemWork | None:
    """Who has the item and how many comments there are; None for a reader outside the zone."""
    return team.of(item) if team else None


@register.simple_tag
def state_count_words(state: str, n: int) -> str:
    return sentences.state_count(state, n)


@register.simple_tag
def group_heading(kind: str, total: int) -> str:
    return sentences.group_heading(kind, total)


@register.filter
def place_words(line: EvidenceLine) -> str:
    return sentences.place_words(line.kind, line.where, line.page)


@register.filter
def element_words(elements: tuple[str, ...]) -> list[str]:
    return [str(Element(element).label) for element in elements]


@register.filter
def element_label(element: str) -> str:
    return str(Element(element).label)


@register.filter
def digit_of(digits: Mapping[str, int], criterion: str) -> int:
    return digits[criterion]


@register.filter
def clarification_about(remarks: Remarks, item: Item) -> ShownRemark | None:
    """What was asked last about the motivation of an item, as far as this reader knows of it."""
    return remarks.clarification_about(item)


@register.filter
def criterion_words(criterion: str) -> str:
    return str(Criterion(criterion).label)


@register.filter
def aspect_titles(row: ItemRow) -> list[dict[str, str]]:
    """The titles of the aspects that the item's pieces tick, in the edition's order."""
    return [aspect.title for aspect in row.item.aspects.all() if aspect.code in row.aspects]
