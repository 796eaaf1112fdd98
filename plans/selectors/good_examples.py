"""Good examples: the one place where zones see something of each other's plans.

Whoever reads an example sees the place, the objective that earned the level, its actions for the item, the
level and the digits, all of the latest shared version. Nothing confidential, for no reader, with whatever
clearance: when the level falls, when the objective or all its actions become confidential, or an item that
they name becomes wholly confidential, nothing is shown from that moment. This is decided here and nowhere
else, when it is read. Not here: who offers what (plans.services.good_examples).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import OuterRef, Q, Subquery

from framework.correspondences import earlier_selves
from framework.models import Item
from plans.models import (
    Assessment,
    GoodExample,
    ItemChoice,
    ItemLink,
    ItemScore,
    Objective,
    Plan,
    PlanVersion,
)

LEAST_LEVEL = 3
MOST = 5
MOST_ACTIONS = 5


class WhyNot(StrEnum):
    """Why an item of a shared version cannot be shown to other zones."""

    LEVEL = "level"
    PASSAGES = "passages"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class Shown:
    """All that is shown of an item. `digits` are the item's; `more` is the number of the other actions."""

    level: int
    digits: dict[str, int]
    objective: str
    actions: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ShownExample:
    """An example as other zones see it. `is_readable`: whether this reader may read the plan itself."""

    plan: Plan
    version: PlanVersion
    item: Item
    shown: Shown
    is_readable: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What the lead of the zone sees: whether the item is offered, and whether it can be shown."""

    assessment: Assessment
    is_offered: bool
    why_not: WhyNot | None


def examples_for(user, item: Item, plan: Plan) -> tuple[list[ShownExample], int]:
    """Examples for this item, or for what it was in editions before, from plans of other zones.

    The latest shared first, at most `MOST`; and how many there are in all. One query when there are none, and
    two more for each edition before.
    """
    selves = [item.pk, *earlier_selves(item, item.edition)]
    offered = GoodExample.objects.visible_to(user).filter(item__in=selves).exclude(plan__zone=plan.zone_id)
    found = shown_examples(user, _with_places(offered))
    return found[:MOST], len(found)


def examples_of_plans(user, plans: Iterable[int], items: Iterable[Item]) -> list[ShownExample]:
    """Examples from these plans for these items, the latest shared first."""
    offered = GoodExample.objects.visible_to(user).filter(plan__in=list(plans), item__in=list(items))
    return shown_examples(user, _with_places(offered))


def offer_of(plan: Plan, item: Item) -> Offer | None:
    """How the item of the plan's latest shared version stands as an example; None: it was not shared.

    At most six queries.
    """
    assessment = latest_shared(plan, item)
    if assessment is None:
        return None
    score = assessment.scores.get(item=item)
    score.assessment = assessment
    told = _told([score])[score.pk]
    is_offered = GoodExample.objects.filter(plan=plan, item=item).exists()
    return Offer(assessment, is_offered, told if isinstance(told, WhyNot) else None)


def offered_items(plan: Plan) -> list[Item]:
    """What the zone offers of this plan, whether it can be shown or not."""
    return [row.item for row in plan.good_examples.select_related("item")]


def latest_shared(plan: Plan, item: Item) -> Assessment | None:
    """The latest shared version under the item's edition; None when that version was not checked under it."""
    version = PlanVersion.objects.filter(plan=plan, shared_at__isnull=False).order_by("-number").first()
    if version is None:
        return None
    version.plan = plan
    assessment = version.assessments.filter(edition=item.edition_id).first()
    if assessment is not None:
        assessment.version = version
    return assessment


def shown_examples(user, offered: Sequence[GoodExample]) -> list[ShownExample]:
    """The offered items that can be shown, the latest shared first. Five queries; none without rows."""
    if not offered:
        return []
    rows = {(row.version_id, row.item_id): row for row in offered}
    scores = [
        score
        for score in ItemScore.objects.filter(
            assessment__version__in=[row.version_id for row in offered],
            item__in=[row.item_id for row in offered],
        ).select_related("assessment__version")
        if (score.assessment.version_id, score.item_id) in rows
    ]
    told = _told(scores)
    readable = set(
        PlanVersion.objects.visible_to(user)
        .filter(pk__in=[row.version_id for row in offered])
        .values_list("pk", flat=True)
    )
    found = []
    for score in scores:
        row, version = rows[score.assessment.version_id, score.item_id], score.assessment.version
        if isinstance(shown := told[score.pk], Shown):
            found.append(ShownExample(row.plan, version, row.item, shown, version.pk in readable))
    return sorted(found, key=lambda example: (-example.version.shared_at.timestamp(), example.item.position))


def _with_places(offered) -> list[GoodExample]:
    """With plan, place, item and `version_id`, that of the latest shared version. One query."""
    shared = PlanVersion.objects.filter(plan=OuterRef("plan"), shared_at__isnull=False).order_by("-number")
    return list(
        offered.select_related("plan__zone", "plan__municipality", "plan__cycle", "item__edition")
        .annotate(version_id=Subquery(shared.values("pk")[:1]))
        .order_by("pk")
    )


def _told(scores: Sequence[ItemScore]) -> dict[int, Shown | WhyNot]:
    """By the score's id what is shown of it, or why nothing is. At most four queries."""
    high = [score for score in scores if _level(score) >= LEAST_LEVEL]
    told: dict[int, Shown | WhyNot] = {score.pk: WhyNot.LEVEL for score in scores}
    if not high:
        return told
    assessments = {score.assessment_id for score in high}
    hidden = defaultdict(set)
    secret = ItemChoice.objects.filter(assessment__in=assessments, is_item_confidential=True).order_by()
    for assessment, item in secret.values_list("assessment", "item"):
        hidden[assessment].add(item)
    objectives = {
        (objective.version_id, objective.number): objective
        for objective in Objective.objects.filter(
            version__in={score.assessment.version_id for score in high},
            number__in={_number(score) for score in high},
        ).prefetch_related("actions")
    }
    named = _named_items(assessments, objectives.values())
    for score in high:
        objective = objectives.get((score.assessment.version_id, _number(score)))
        told[score.pk] = _shown(score, objective, hidden[score.assessment_id], named[score.assessment_id])
    return told


def _shown(score: ItemScore, objective: Objective | None, hidden: set[int], named) -> Shown | WhyNot:
    """`named`: ("objective" or "action", id) → the ids of the items it names."""
    if objective is None:
        # Earned by accepted passages alone: there is no objective to show, and passages are never shown.
        return WhyNot.PASSAGES
    of_objective = named["objective", objective.pk]
    is_withheld = not of_objective and score.assessment.withholds("objective", objective.pk)
    if score.item_id in hidden or objective.is_confidential or of_objective & hidden or is_withheld:
        return WhyNot.CONFIDENTIAL
    actions = [
        action.title
        for action in objective.actions.all()
        if score.item_id in named["action", action.pk]
        and not action.is_confidential
        and not named["action", action.pk] & hidden
    ]
    if not actions:
        return WhyNot.CONFIDENTIAL if _has_actions(objective, score.item_id, named) else WhyNot.PASSAGES
    return Shown(
        level=_level(score),
        digits=score.digits if score.reviewed_level is None else score.reviewed_digits,
        objective=objective.title,
        actions=tuple(actions[:MOST_ACTIONS]),
        more=max(len(actions) - MOST_ACTIONS, 0),
    )


def _has_actions(objective: Objective, item: int, named) -> bool:
    return any(item in named["action", action.pk] for action in objective.actions.all())


def _named_items(assessments: Iterable[int], objectives: Iterable[Objective]):
    """Assessment → ("objective" or "action", id) → the ids of the items it names. One query."""
    pks = [objective.pk for objective in objectives]
    links = ItemLink.objects.filter(
        Q(objective__in=pks) | Q(action__objective__in=pks), assessment__in=assessments
    ).order_by()
    named = defaultdict(lambda: defaultdict(set))
    for link in links:
        source = ("objective", link.objective_id) if link.objective_id else ("action", link.action_id)
        named[link.assessment_id][source].add(link.item_id)
    return named


def _level(score: ItemScore) -> int:
    """The reviewed level where there is one."""
    return score.level if score.reviewed_level is None else score.reviewed_level


def _number(score: ItemScore) -> str:
    """The number of the objective that earned that level; empty: accepted passages did."""
    return score.objective if score.reviewed_level is None else score.reviewed_objective
