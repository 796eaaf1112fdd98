"""The report beside a count made another way: row by row from what is stored, for random countries."""

from collections import Counter

import pytest

from kiv.territory.models import PoliceZone
from plans.models import Plan
from plans.reports.coverage import columns_of, coverage_of, tally
from plans.reports.coverage_page import Narrowing, heads_of, page_of
from plans.scoring import State
from plans.selectors.coverage import Basis, Scope, count_cells
from tests.factories.accounts import UserFactory
from tests.plans.coverage.scatter import Country

pytestmark = pytest.mark.django_db


def count_naively(zones, country, basis, kind) -> tuple[dict, dict]:
    """Zone's or plan's place → standing; item's code → Counter of (state, level, reviewed)."""
    standings, cells = {}, {item.code: Counter() for item in country.edition.items.all()}
    for zone in zones:
        plans = Plan.objects.filter(zone=zone, cycle=country.cycle, kind=kind)
        for plan in plans:
            shared = [v for v in plan.versions.order_by("number") if v.shared_at is not None]
            standings[zone.pk, plan.pk] = shared[-1].status if shared else "preparation"
            shown = [v for v in shared if basis == "shared" or v.status == "reviewed"]
            found = shown[-1].assessments.filter(edition=country.edition).first() if shown else None
            if found is None:
                continue
            for score in found.scores.all():
                choice = found.choices.filter(item=score.item).first()
                if choice is None or not choice.is_item_confidential:
                    cells[score.item.code][score.state, score.level, score.reviewed_level] += 1
        if kind == "zonal" and not plans and not zone.is_discontinued:
            before = PoliceZone.objects.filter(successors=zone)
            if not Plan.objects.filter(zone__in=before, cycle=country.cycle, kind=kind).exists():
                standings[zone.pk, None] = "no_plan"
    return standings, cells


@pytest.mark.parametrize("seed", range(4))
def test_every_count_is_that_of_a_naive_count(seed):
    country = Country(seed)
    zones = PoliceZone.objects.filter(province=country.provinces[0])
    area = set(zones) | set(PoliceZone.objects.filter(successors__in=zones))
    user = UserFactory(coordinator_of=country.provinces[0])
    for basis, kind in (("shared", "zonal"), ("reviewed", "zonal"), ("shared", "local")):
        standings, cells = count_naively(area, country, basis, kind)
        scope = Scope(country.cycle, country.edition, Basis(basis), kind)
        coverage = coverage_of(user, scope)
        assert {(row.zone.pk, row.plan_id): row.standing for row in coverage.rows} == standings
        assert {standing: n for standing, n in coverage.standings.items() if n} == Counter(standings.values())
        for column in coverage.columns:
            counted = cells[column.item.code]
            assert column.states == {s.value: _sum(counted, 0, s.value) for s in State}
            assert column.levels == {level: _sum(counted, 1, level) for level in range(5)}
            assert column.reviewed == {level: _sum(counted, 2, level) for level in range(5)}
            shifts = Counter()
            for (_state, level, reviewed), n in counted.items():
                if reviewed is not None:
                    shifts[reviewed - level] += n
            assert column.shifts == shifts
        # What the database counts of all pages is what the rows themselves hold.
        assert columns_of(coverage.items, count_cells(coverage.rows)) == coverage.columns
        page = page_of(scope, coverage.items, heads_of(user, scope, "name"), Narrowing(), length=2)
        assert (page.columns, page.standings) == (coverage.columns, coverage.standings)
        assert page.rows == coverage.rows[:2]
        assert tally(coverage.items, coverage.rows) == count_cells(coverage.rows)


def _sum(counted: Counter, at: int, value) -> int:
    return sum(n for key, n in counted.items() if key[at] == value)
