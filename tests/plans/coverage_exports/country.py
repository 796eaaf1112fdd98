"""A random country laid straight into the database, and a count of it made another way than the report's.

Scores are not computed here: what is tested is how they are written into files.
"""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from kiv.territory.models import PoliceZone
from plans.models import Assessment, ItemChoice, ItemScore, Plan, PlanVersion
from plans.scoring import State
from tests.factories.territory import DistrictFactory, ProvinceFactory, ZoneFactory
from tests.plans.cast import make_cycle, make_edition

START = datetime(2026, 2, 2, 12, tzinfo=UTC)
STATES = [state.value for state in State]
CHOICES = ("retained", "regular", "not_retained", "undecided")


class Country:
    """Zones in two provinces; of each plan at most two shared versions, under one of two editions."""

    def __init__(self, seed: int, zones: int = 8) -> None:
        self.chance = random.Random(seed)
        self.provinces = [ProvinceFactory(), ProvinceFactory()]
        self.district = DistrictFactory()
        self.edition, self.other = make_edition(), make_edition(items=("X1",), themes=())
        self.cycle = make_cycle(2026)
        self.zones = [self._zone(at) for at in range(zones)]
        for zone in self.zones:
            if self.chance.random() < 0.8:
                self._plan(zone)

    def _zone(self, at: int) -> PoliceZone:
        return ZoneFactory(
            code=f"{5300 + at}",
            province=self.chance.choice([*self.provinces, None]),
            district=self.chance.choice([self.district, None]),
            tile_column=at % 4,
            tile_row=at // 4,
        )

    def _plan(self, zone: PoliceZone) -> None:
        plan = Plan.objects.create(zone=zone, cycle=self.cycle, kind="zonal", language="nl")
        statuses = [self.chance.choice(("shared", "reviewed")) for _ in range(self.chance.randrange(3))]
        if not statuses or self.chance.random() < 0.3:
            statuses.append("preparation")
        for number, status in enumerate(statuses, 1):
            shared_at = None if status == "preparation" else START + timedelta(days=number)
            version = PlanVersion.objects.create(plan=plan, number=number, status=status, shared_at=shared_at)
            self._score(version, self.chance.choice([self.edition, self.edition, self.other]))

    def _score(self, version: PlanVersion, edition) -> None:
        chance = self.chance
        assessment = Assessment.objects.create(version=version, edition=edition, rubric="1")
        for item in edition.items.all():
            ItemChoice.objects.create(
                assessment=assessment,
                item=item,
                choice=chance.choice(CHOICES),
                is_item_confidential=chance.random() < 0.2,
            )
            is_reviewed = version.status == "reviewed"
            ItemScore.objects.create(
                assessment=assessment,
                item=item,
                state=chance.choice(STATES),
                level=chance.randrange(5),
                digits={},
                detail={},
                reviewed_level=chance.randrange(5) if is_reviewed else None,
                reviewed_digits={} if is_reviewed else None,
            )


def count_by_hand(country: Country, zones, basis: str = "shared") -> dict[str, Counter]:
    """Item's code → Counter of ("state", …), ("level", …) and ("reviewed", …), read row by row."""
    counts = {item.code: Counter() for item in country.edition.items.all()}
    for plan in Plan.objects.filter(zone__in=zones, cycle=country.cycle):
        shown = [
            version
            for version in plan.versions.order_by("number")
            if version.status == "reviewed" or (basis == "shared" and version.status == "shared")
        ]
        for score in ItemScore.objects.filter(
            assessment__version=shown[-1] if shown else None, assessment__edition=country.edition
        ):
            if ItemChoice.objects.get(assessment=score.assessment, item=score.item).is_item_confidential:
                continue
            counted = counts[score.item.code]
            counted["state", score.state] += 1
            counted["level", score.level] += 1
            if score.reviewed_level is not None:
                counted["reviewed", score.reviewed_level] += 1
    return counts
