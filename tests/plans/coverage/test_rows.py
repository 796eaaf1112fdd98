"""Which rows a coordinator gets, and what is in their cells: the same whoever asks, and never more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plans.reports.coverage import coverage_of, row_states
from plans.selectors.coverage import Basis, Cell, Scope, Standing, items_of, plan_rows
from plans.services.readings import ask_second_reading, complete_reading
from tests.factories.accounts import UserFactory
from tests.factories.territory import DistrictFactory, MunicipalityFactory, ProvinceFactory, ZoneFactory
from tests.plans.cast import make_cycle, make_edition
from tests.plans.coverage.scatter import START, hide, lay_plan, lay_scores, lay_version
from tests.plans.review.reading import KNOWN, Reviewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def scope(edition):
    return Scope(make_cycle(), edition)


@pytest.fixture
def everywhere():
    return UserFactory(coordinator_of="country")


def rows_of(user, scope):
    return plan_rows(user, scope, items_of(scope.edition))


def told(user, scope) -> list[tuple]:
    """Of each row its place, standing, version, other edition and states."""
    return [
        (
            row.place_name,
            row.standing.value,
            row.version,
            row.other_edition,
            [c and c.state for c in row.cells],
        )
        for row in rows_of(user, scope)
    ]


def test_what_is_known_of_each_plan(everywhere, scope, edition):
    ZoneFactory(name="A without")
    lay_scores(
        lay_version(lay_plan(ZoneFactory(name="B starting")), "preparation"), edition, P1=("elaborated", 4)
    )
    lay_scores(lay_version(lay_plan(ZoneFactory(name="C shared"))), edition, P1=("elaborated", 4))
    lay_scores(
        lay_version(lay_plan(ZoneFactory(name="D reviewed")), "reviewed"), edition, T1=("regular", 1, 1)
    )
    lay_scores(lay_version(lay_plan(ZoneFactory(name="E elsewhere"))), make_edition(code="older"))
    assert told(everywhere, scope) == [
        ("A without", "no_plan", None, "", []),
        ("B starting", "preparation", None, "", []),
        ("C shared", "shared", 1, "", ["elaborated", "open", "open"]),
        ("D reviewed", "reviewed", 1, "", ["open", "open", "regular"]),
        ("E elsewhere", "shared", 1, "older", []),
    ]


def test_a_version_in_preparation_changes_nothing_that_is_seen(everywhere, scope, edition):
    plan = lay_plan(ZoneFactory(name="PZ"))
    lay_scores(lay_version(plan), edition, P1=("elaborated", 2))
    before = rows_of(everywhere, scope)
    lay_scores(lay_version(plan, "preparation"), edition, P1=("motivated", 0), P2=("elaborated", 4))
    assert rows_of(everywhere, scope) == before


def test_the_latest_shared_version_is_shown_or_the_latest_reviewed(everywhere, scope, edition):
    plan = lay_plan(ZoneFactory(name="PZ"))
    lay_scores(lay_version(plan, "reviewed"), edition, P1=("elaborated", 2, 3))
    lay_scores(lay_version(plan), edition, P1=("motivated", 0))
    lay_scores(lay_version(lay_plan(ZoneFactory(name="Unread"))), edition, P1=("elaborated", 4))
    assert told(everywhere, scope) == [
        ("PZ", "shared", 2, "", ["motivated", "open", "open"]),
        ("Unread", "shared", 1, "", ["elaborated", "open", "open"]),
    ]
    reviewed = replace(scope, basis=Basis.REVIEWED)
    assert told(everywhere, reviewed) == [
        ("PZ", "shared", 1, "", ["elaborated", "open", "open"]),
        ("Unread", "shared", None, "", []),
    ]
    first, unread = rows_of(everywhere, reviewed)
    assert first.cells[0] == Cell("elaborated", 2, "undecided", 3)
    assert first.cells[0].shift == 1
    assert [row.shared_at - START for row in (first, unread)] == [timedelta(days=1)] * 2


def test_a_plan_checked_under_two_editions_is_shown_under_the_one_asked(everywhere, scope, edition):
    other = make_edition(code="other", items=("Q1",), themes=())
    version = lay_version(lay_plan(ZoneFactory(name="PZ")))
    lay_scores(version, other, Q1=("elaborated", 3))
    lay_scores(version, edition, P1=("regular", 0))
    assert told(everywhere, scope) == [("PZ", "shared", 1, "", ["regular", "open", "open"])]
    assert told(everywhere, replace(scope, edition=other)) == [("PZ", "shared", 1, "", ["elaborated"])]


def test_a_newer_version_under_another_edition_hides_the_older_one(everywhere, scope, edition):
    plan = lay_plan(ZoneFactory(name="PZ"))
    lay_scores(lay_version(plan), edition, P1=("elaborated", 4))
    lay_scores(lay_version(plan), make_edition(code="newer"))
    assert told(everywhere, scope) == [("PZ", "shared", 2, "newer", [])]


def test_a_wholly_confidential_item_is_hidden_and_counted_nowhere_even_for_insiders(scope, edition):
    zone = ZoneFactory()
    version = lay_version(lay_plan(zone))
    hide(lay_scores(version, edition, P1=("elaborated", 4), P2=("elaborated", 3)), "P1")
    for user in (
        UserFactory(coordinator_of=zone),
        UserFactory(cleared_coordinator_of="country"),
        UserFactory(lead_of=zone, cleared_coordinator_of="country"),
    ):
        coverage = coverage_of(user, scope)
        (row,) = coverage.rows
        assert [cell and cell.state for cell in row.cells] == [None, "elaborated", "open"]
        assert row_states(row) == {
            "elaborated": 1,
            "to_elaborate": 0,
            "regular": 0,
            "motivated": 0,
            "open": 1,
        }
        assert [column.shown for column in coverage.columns] == [0, 1, 1]
        assert sum(coverage.columns[0].levels.values()) == 0


@pytest.mark.parametrize("code", ["P1", "P2"])
def test_what_is_asked_of_one_item_or_of_open_ones_skips_what_is_confidential(
    everywhere, scope, edition, code
):
    hide(lay_scores(lay_version(lay_plan(ZoneFactory())), edition), "P1")
    asked = replace(scope, counts_open=True, item=edition.items.get(code=code))
    (row,) = rows_of(everywhere, asked)
    assert (row.open_items, row.item_state) == (2, "" if code == "P1" else "open")


def test_the_area_of_a_coordinator_and_nothing_outside_it(scope, edition):
    province, district = ProvinceFactory(), DistrictFactory()
    names = {
        "In province": {"province": province},
        "In district": {"district": district},
        "Own": {},
        "Out": {},
    }
    zones = {name: ZoneFactory(name=name, **place) for name, place in names.items()}
    for zone in zones.values():
        lay_scores(lay_version(lay_plan(zone)), edition)
    areas = {
        "In province": province,
        "In district": district,
        "Own": zones["Own"],
    }
    for name, area in areas.items():
        assert [row.zone.name for row in rows_of(UserFactory(coordinator_of=area), scope)] == [name]
    others = [UserFactory(lead_of=zones["Own"]), UserFactory(is_system_administrator=True), UserFactory()]
    assert [rows_of(user, scope) for user in others] == [[], [], []]


def test_a_merged_zone_is_not_without_a_plan_while_a_predecessor_has_it(scope, edition):
    province = ProvinceFactory()
    old, gone = ZoneFactory(name="Old", province=province), ZoneFactory(name="Gone", province=province)
    merged = ZoneFactory(name="Merged", province=province, predecessors=[old, gone])
    user = UserFactory(coordinator_of=merged)
    assert [row.zone.name for row in rows_of(user, scope)] == ["Merged"]
    lay_scores(lay_version(lay_plan(old)), edition)
    assert [row.zone.name for row in rows_of(user, scope)] == ["Old"]
    assert [row.zone.name for row in rows_of(user, replace(scope, words="Merged"))] == []
    lay_plan(merged)
    assert [row.zone.name for row in rows_of(user, scope)] == ["Merged", "Old"]


def test_local_plans_are_asked_apart(everywhere, scope, edition):
    zone = ZoneFactory(name="PZ", code="5345")
    local = lay_plan(zone, municipality=MunicipalityFactory(zone=zone, name="Dorp"))
    lay_scores(lay_version(local), edition, P1=("elaborated", 2))
    lay_plan(zone, municipality=MunicipalityFactory(zone=zone, name="Aldorp"))
    assert told(everywhere, scope) == [("5345 PZ", "no_plan", None, "", [])]
    assert told(everywhere, replace(scope, kind="local")) == [
        ("Aldorp", "preparation", None, "", []),
        ("Dorp", "shared", 1, "", ["elaborated", "open", "open"]),
    ]


def test_another_cycle_is_asked_apart(everywhere, scope, edition):
    zone = ZoneFactory(name="PZ")
    lay_scores(lay_version(lay_plan(zone, make_cycle(2020))), edition, P1=("elaborated", 4))
    lay_plan(zone)
    assert told(everywhere, scope) == [("PZ", "preparation", None, "", [])]


def test_places_and_words_narrow_the_area(everywhere, scope):
    province, district = ProvinceFactory(name={"nl": "Noord"}), DistrictFactory(name={"nl": "Kust"})
    ZoneFactory(name="Alfa", code="5345", province=province)
    MunicipalityFactory(zone=ZoneFactory(name="Beta", district=district), name="Dorp")
    assert [
        (r.zone.province and str(r.zone.province), r.zone.district and str(r.zone.district))
        for r in rows_of(everywhere, scope)
    ] == [("Noord", None), (None, "Kust")]
    asked = ({"province_id": province.pk}, {"district_id": district.pk}, {"words": "53"}, {"words": "dorp"})
    found = [[row.zone.name for row in rows_of(everywhere, replace(scope, **one))] for one in asked]
    assert found == [["Alfa"], ["Beta"], ["Alfa"], ["Beta"]]


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(django_assert_num_queries, everywhere, scope, edition, number):
    for _ in range(number):
        lay_scores(lay_version(lay_plan(ZoneFactory(complete=True))), edition)
    everywhere.access  # noqa: B018 (memberships are asked once per request)
    with django_assert_num_queries(3):
        coverage = coverage_of(everywhere, scope)
        assert [column.shown for column in coverage.columns] == [number] * 3
    assert coverage.standings[Standing.SHARED] == number


def test_a_plan_that_is_still_read_blind_shows_its_status_alone():
    """What another reviewer asked shows in states: to the second reader there are none until it is done."""
    plan = Reviewed()
    ask_second_reading(assessment=plan.assessment, reader=plan.colleague, by=plan.reviewer)
    plan.review("P3", motivation="clarification", clarification="Since when?")
    scope = Scope(plan.made.version.plan.cycle, plan.made.edition)
    assert [row[-1] for row in told(plan.reviewer, scope)] == [
        ["elaborated", "elaborated", "open", "open", None]
    ]
    (row,) = rows_of(plan.colleague, scope)
    assert (row.standing, row.version, row.cells, row.assessment_id) == (Standing.SHARED, 1, (), None)
    plan.read(*KNOWN, kind="second", by=plan.colleague)
    complete_reading(assessment=plan.assessment, kind="second", by=plan.colleague)
    assert told(plan.colleague, scope) == told(plan.reviewer, scope)
