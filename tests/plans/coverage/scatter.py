"""A small country laid straight into the database: scores, choices and versions as a test or a seed says.

Scores are not computed here: what is tested is how they are read and counted.
"""

import random
from datetime import UTC, datetime, timedelta

from kiv.territory.models import PoliceZone
from plans.models import Assessment, Cycle, ItemChoice, ItemScore, Plan, PlanVersion
from plans.scoring import State
from tests.factories.territory import MunicipalityFactory, ProvinceFactory, ZoneFactory
from tests.plans.cast import make_cycle, make_edition

START = datetime(2026, 2, 2, 12, tzinfo=UTC)
STATES = [state.value for state in State]
CHOICES = ("retained", "regular", "not_retained", "undecided")


def lay_plan(zone: PoliceZone, cycle: Cycle | None = None, *, municipality=None) -> Plan:
    return Plan.objects.create(
        zone=zone,
        municipality=municipality,
        cycle=cycle or make_cycle(),
        kind="local" if municipality else "zonal",
        language="nl",
    )


def lay_version(plan: Plan, status: str = "shared") -> PlanVersion:
    """The next version; each is shared a day after the one before it."""
    number = plan.versions.count() + 1
    shared_at = None if status == "preparation" else START + timedelta(days=number)
    return PlanVersion.objects.create(plan=plan, number=number, status=status, shared_at=shared_at)


def lay_scores(version: PlanVersion, edition, **cells: tuple) -> Assessment:
    """`P1=("elaborated", 3)`, with a reviewed level as third; items not named are open, at level 0."""
    assessment = Assessment.objects.create(version=version, edition=edition, rubric="1")
    for item in edition.items.all():
        lay_score(assessment, item, *cells.get(item.code, ("open", 0)))
    return assessment


def lay_score(assessment, item, state, level, reviewed=None, *, choice="", is_hidden=False) -> None:
    if choice or is_hidden:
        ItemChoice.objects.create(
            assessment=assessment, item=item, choice=choice or "undecided", is_item_confidential=is_hidden
        )
    ItemScore.objects.create(
        assessment=assessment,
        item=item,
        state=state,
        level=level,
        digits={},
        detail={"advice": [], "worth_a_look": []},
        reviewed_level=reviewed,
        reviewed_digits=None if reviewed is None else {},
    )


def hide(assessment: Assessment, code: str) -> None:
    """Make an item wholly confidential."""
    ItemChoice.objects.update_or_create(
        assessment=assessment,
        item=assessment.edition.items.get(code=code),
        defaults={"is_item_confidential": True},
    )


class Country:
    """Zones in two provinces, a merged one with its predecessors, local plans, two cycles, two editions."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.provinces = [ProvinceFactory(), ProvinceFactory()]
        self.edition, self.other = make_edition(), make_edition(items=("X1", "X2"), themes=())
        self.cycle, self.earlier = make_cycle(2026), make_cycle(2020)
        old = [self._zone(), self._zone()]
        zones = [*old, self._zone(predecessors=old), *(self._zone() for _ in range(7))]
        for zone in zones:
            self._plan(zone, self.cycle, 0.75)
            self._plan(zone, self.earlier, 0.3)
        for zone in zones[:4]:
            place = MunicipalityFactory(zone=zone)
            self._plan(zone, self.cycle, 0.6, municipality=place)

    def _zone(self, **values) -> PoliceZone:
        return ZoneFactory(province=self.chance.choice([*self.provinces, None]), **values)

    def _plan(self, zone, cycle, share: float, **place) -> None:
        if self.chance.random() > share:
            return
        plan = lay_plan(zone, cycle, **place)
        for _number in range(self.chance.randrange(3)):
            self._version(plan, self.chance.choice(("shared", "reviewed", "reviewed")))
        if not plan.versions.exists() or self.chance.random() < 0.4:
            self._version(plan, "preparation")

    def _version(self, plan: Plan, status: str) -> None:
        version = lay_version(plan, status)
        editions = self.chance.choice(
            ([self.edition], [self.edition], [self.other], [self.other, self.edition])
        )
        for edition in editions:
            assessment = Assessment.objects.create(version=version, edition=edition, rubric="1")
            for item in edition.items.all():
                lay_score(
                    assessment,
                    item,
                    self.chance.choice(STATES),
                    self.chance.randrange(5),
                    self.chance.randrange(5) if status == "reviewed" else None,
                    choice=self.chance.choice(("", *CHOICES)),
                    is_hidden=self.chance.random() < 0.15,
                )
