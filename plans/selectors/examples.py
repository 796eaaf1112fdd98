"""How the zone itself wrote about an item before: examples beside the page of that item.

Not here: the worked example of the framework note, which stands in the edition.
"""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from framework.correspondences import earlier_selves
from framework.models import Item
from plans.models import Action, Assessment, ItemLink, Objective, Plan, PlanVersion
from plans.selectors.choices import earlier_plans

MOST = 5
MOST_ACTIONS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """An objective of an earlier plan with its first actions; `more` is the number of the others."""

    plan: Plan
    objective: Objective
    actions: tuple[Action, ...]
    more: int

    @property
    def is_confidential(self) -> bool:
        return self.objective.is_confidential


def examples_of(assessment: Assessment, item: Item, user) -> list[Example]:
    """Objectives of earlier plans of this place that name the same item, newest cycle first; at most `MOST`.

    Only from plans that the user is inside of, where nothing is hidden from them (querysets.inside): that is
    what lets confidential ones stand here. An empty list for everybody else. At most three queries.
    """
    plans = {plan.pk: plan for plan in earlier_plans(assessment.version.plan, user)}
    if not plans:
        return []
    order = list(plans)
    links = sorted(
        _links(assessment, item, order),
        key=lambda link: (order.index(link.objective.version.plan_id), link.objective_id),
    )
    objectives = {link.objective_id: link.objective for link in links}
    return [
        _example(plans[objective.version.plan_id], objective)
        for objective in list(objectives.values())[:MOST]
    ]


def _links(assessment: Assessment, item: Item, plan_ids: list[int]):
    """Where the latest version of these plans names the item, or what it was in editions before."""
    latest = PlanVersion.objects.filter(plan=OuterRef("objective__version__plan")).order_by("-number")
    return (
        ItemLink.objects.filter(
            objective__version__plan__in=plan_ids,
            objective__version=Subquery(latest.values("pk")[:1]),
            item__in=[item.pk, *earlier_selves(item, assessment.edition)],
        )
        .select_related("objective__version")
        .prefetch_related("objective__actions")
    )


def _example(plan: Plan, objective: Objective) -> Example:
    actions = tuple(objective.actions.all())
    return Example(plan, objective, actions[:MOST_ACTIONS], max(len(actions) - MOST_ACTIONS, 0))
