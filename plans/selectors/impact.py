"""Which shared plans an edition would lead over, and what was shared of them: what impact is computed from.

The latest shared version of each plan, under the nearest edition before. Nothing here is stored; counting:
plans.reports.impact. Uncensored: what is wholly confidential is left out where it is counted.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from framework.models import Edition
from kiv.territory.models import Province
from plans.models import Assessment, Cycle, PlanVersion, Snapshot
from plans.planformat import PlanContent
from plans.selectors.scoring_input import plan_content

#: So many plans are held at a time.
BATCH = 25
#: In the place of a cycle's name: all of them, also those that are over.
EVERY_CYCLE = "all"


@dataclass(frozen=True, slots=True)
class ImpactScope:
    """What is asked: an edition, drafts included, and which plans.

    Without a province: of the whole country, or `is_nowhere`: of zones of which no province is known.
    """

    edition: Edition
    cycles: tuple[Cycle, ...]
    province: Province | None = None
    is_nowhere: bool = False

    @property
    def is_country(self) -> bool:
        return self.province is None and not self.is_nowhere


@dataclass(frozen=True, slots=True)
class Sources:
    """`compared`: (assessment's id, its edition's id), by name of zone; two numbers are held for each plan.

    `already` plans stand under the edition itself, `apart` under none that comes before it. `over` plans are
    not asked for, because their cycle is over, and would be carried over all the same.
    """

    compared: tuple[tuple[int, int], ...]
    already: int
    apart: int
    over: int


class UnknownCycle(Exception):
    """There is no cycle of this name."""


def cycles_asked(name: str = "") -> tuple[Cycle, ...]:
    """The cycle of this name, all of them, or those that are not over. Raises UnknownCycle. One query.

    Plans of a cycle that is over stay as they were.
    """
    cycles = Cycle.objects.all()
    if name == EVERY_CYCLE:
        return tuple(cycles)
    if not name:
        return tuple(cycles.running())
    found = tuple(cycles.filter(name=name))
    if not found:
        raise UnknownCycle(name)
    return found


def sources_of(scope: ImpactScope, before: Sequence[Edition]) -> Sources:
    """Where the latest shared version of each plan stands; `before` are the editions before, nearest first.

    One query.
    """
    distance = {edition.pk: at for at, edition in enumerate(before)}
    asked = {cycle.pk for cycle in scope.cycles}
    under: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for plan, cycle, assessment, edition in _latest_shared(scope):
        under.setdefault((plan, cycle), []).append((assessment, edition))
    compared: list[tuple[int, int]] = []
    already = apart = over = 0
    for (_plan, cycle), assessed in under.items():
        known = [pair for pair in assessed if pair[1] in distance]
        is_already = any(edition == scope.edition.pk for _assessment, edition in assessed)
        if cycle not in asked:
            over += bool(known) and not is_already
        elif is_already:
            already += 1
        elif known:
            compared.append(min(known, key=lambda pair: distance[pair[1]]))
        else:
            apart += 1
    return Sources(tuple(compared), already, apart, over)


def shared_contents(assessments: Sequence[int]) -> Iterator[tuple[Assessment, PlanContent]]:
    """Each assessment with what was shared of it, in this order. Two queries for each batch of plans.

    An assessment comes with its version, plan, cycle, zone, province and municipality. One that was removed
    meanwhile is passed over.
    """
    related = Assessment.objects.select_related(
        "edition",
        "version__plan__zone__province",
        "version__plan__municipality",
        "version__plan__cycle",
    )
    for start in range(0, len(assessments), BATCH):
        batch = assessments[start : start + BATCH]
        found = related.in_bulk(batch)
        # Not through the assessments: each would hold its snapshot, and be held by it, long after its turn.
        kept = Snapshot.objects.filter(assessment__in=batch).order_by()
        texts = dict(kept.values_list("assessment", "content"))
        for pk in batch:
            if pk in found:
                assessment = found.pop(pk)
                yield assessment, shared_content(assessment, texts.pop(pk, ""))


def shared_content(assessment: Assessment, snapshot: str) -> PlanContent:
    """What was shared: as the snapshot holds it, in one piece; without one, from rows. Both say the same."""
    if not snapshot:
        return plan_content(assessment)
    return PlanContent.model_validate(json.loads(snapshot)["input"]["content"])


def _latest_shared(scope: ImpactScope) -> QuerySet:
    """(plan, cycle, assessment, edition) for each assessment of the latest shared version of each plan.

    Of the plans that are asked for, and of those whose cycle is over.
    """
    shared = PlanVersion.objects.filter(plan=OuterRef("version__plan"), shared_at__isnull=False)
    rows = Assessment.objects.filter(
        version=Subquery(shared.order_by("-number").values("pk")[:1]),
    ).filter(Q(version__plan__cycle__in=scope.cycles) | Q(version__plan__cycle__in=Cycle.objects.over()))
    if not scope.is_country:
        rows = rows.filter(version__plan__zone__province=scope.province)
    order = ("zone__name", "zone", "municipality__name", "-cycle__first_year")
    in_order = rows.order_by(*(_of_plan(name) for name in order), "pk")
    return in_order.values_list("version__plan", "version__plan__cycle", "pk", "edition")


def _of_plan(name: str) -> str:
    return f"-version__plan__{name[1:]}" if name.startswith("-") else f"version__plan__{name}"
