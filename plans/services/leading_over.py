"""Carrying all plans over to an edition, one after the other: the command and the administrators' page.

A plan is one transaction; whatever stops in between is gone on with, for what is done is not done again.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from framework import rules as framework_rules
from framework.models import Edition
from plans.models import PlanVersion
from plans.planformat.succession import Fate, Roads
from plans.selectors.carrying import Obstacle, crossing_of, obstacle_to
from plans.services.carrying import CannotCarry, lead_over


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of plans: how many, of their versions, and of the items of these by their fate.

    `ended`: old items that lead to no new one. `skipped`: versions that were left as they are, and why.
    `over`: those of the plans whose cycle is over.
    """

    plans: int = 0
    versions: int = 0
    items: Counter[Fate] = field(default_factory=Counter)
    ended: int = 0
    skipped: Counter[Obstacle] = field(default_factory=Counter)
    over: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.plans + other.plans,
            self.versions + other.versions,
            self.items + other.items,
            self.ended + other.ended,
            self.skipped + other.skipped,
            self.over + other.over,
        )


@transaction.atomic
def lead_plan_over(*, versions: Sequence[int], edition: Edition, by) -> Tally:
    """Carry these versions of one plan (their ids) over to `edition`, or leave them where that cannot be.

    Raises framework.rules.NotAllowed.
    """
    framework_rules.check_administrator(by)
    outcomes: list[Roads | Obstacle] = []
    found = _versions(versions)
    for version in found:
        try:
            outcomes.append(lead_over(version=version, edition=edition, by=by))
        except CannotCarry as refusal:
            outcomes.append(refusal.obstacle)
    return _tally(found, outcomes)


def foresee_plan(*, versions: Sequence[int], edition: Edition) -> Tally:
    """What `lead_plan_over` would do now. Writes nothing."""
    outcomes: list[Roads | Obstacle] = []
    found = _versions(versions)
    for version in found:
        assessments = list(version.assessments.select_related("edition").order_by("pk"))
        if (obstacle := obstacle_to(assessments, edition)) is not None:
            outcomes.append(obstacle)
        else:
            assessments[-1].version = version
            outcomes.append(crossing_of(assessments[-1], edition).roads)
    return _tally(found, outcomes)


def _versions(pks: Sequence[int]) -> list[PlanVersion]:
    """Those that are still there, the earlier one first."""
    related = PlanVersion.objects.select_related("plan__zone", "plan__municipality", "plan__cycle")
    return list(related.filter(pk__in=pks).order_by("number"))


def _tally(versions: Sequence[PlanVersion], outcomes: Sequence[Roads | Obstacle]) -> Tally:
    roads = [outcome for outcome in outcomes if isinstance(outcome, Roads)]
    return Tally(
        plans=int(bool(roads)),
        versions=len(roads),
        items=Counter(road.fate for each in roads for road in each.items),
        ended=sum(len(each.ended) for each in roads),
        skipped=Counter(outcome for outcome in outcomes if isinstance(outcome, Obstacle)),
        over=int(bool(roads) and versions[0].plan.cycle.is_over),
    )
