"""Carrying all plans over to an edition, one after the other: the command and the administrators' page.

A plan is one transaction; whatever stops in between is gone on with, for what is done is not done again.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
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
    """

    plans: int = 0
    versions: int = 0
    items: Counter[Fate] = field(default_factory=Counter)
    ended: int = 0
    skipped: Counter[Obstacle] = field(default_factory=Counter)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.plans + other.plans,
            self.versions + other.versions,
            self.items + other.items,
            self.ended + other.ended,
            self.skipped + other.skipped,
        )


@transaction.atomic
def lead_plan_over(*, versions: Sequence[int], edition: Edition, by) -> Tally:
    """Carry these versions of one plan (their ids) over to `edition`, or leave them where that cannot be.

    Raises framework.rules.NotAllowed.
    """
    framework_rules.check_administrator(by)
    outcomes: list[Roads | Obstacle] = []
    for version in _versions(versions):
        try:
            outcomes.append(lead_over(version=version, edition=edition, by=by))
        except CannotCarry as refusal:
            outcomes.append(refusal.obstacle)
    return _tally(outcomes)


def foresee_plan(*, versions: Sequence[int], edition: Edition) -> Tally:
    """What `lead_plan_over` would do now. Writes nothing."""
    outcomes: list[Roads | Obstacle] = []
    for version in _versions(versions):
        assessments = list(version.assessments.select_related("edition").order_by("pk"))
        if (obstacle := obstacle_to(assessments, edition)) is not None:
            outcomes.append(obstacle)
        else:
            assessments[-1].version = version
            outcomes.append(crossing_of(assessments[-1], edition).roads)
    return _tally(outcomes)


def _versions(pks: Sequence[int]) -> Iterator[PlanVersion]:
    """Those that are still there, the earlier one first."""
    related = PlanVersion.objects.select_related("plan__zone", "plan__municipality", "plan__cycle")
    yield from related.filter(pk__in=pks).order_by("number")


def _tally(outcomes: Sequence[Roads | Obstacle]) -> Tally:
    roads = [outcome for outcome in outcomes if isinstance(outcome, Roads)]
    return Tally(
        plans=int(bool(roads)),
        versions=len(roads),
        items=Counter(road.fate for each in roads for road in each.items),
        ended=sum(len(each.ended) for each in roads),
        skipped=Counter(outcome for outcome in outcomes if isinstance(outcome, Obstacle)),
    )
