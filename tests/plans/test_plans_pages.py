"""The list of plans: who sees that a plan exists, and where work begins. Starting: test_starting_pages."""

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from plans.selectors.plans import first_page_for
from tests.factories.accounts import UserFactory
from tests.factories.territory import MunicipalityFactory, ProvinceFactory, ZoneFactory
from tests.plans.cast import Cast, in_english, make_edition, make_plan, share

pytestmark = pytest.mark.django_db
LIST = "/plans/"


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def zone():
    return ZoneFactory(name="PZ Own", languages=["fr", "nl"])


@pytest.fixture
def people(zone):
    return Cast(zone)


def page_of(client, **query) -> str:
    return client.get(LIST, query).content.decode()


def check_url(assessment) -> str:
    return reverse("plans:check", args=[assessment.version.plan_id])


# The list


def test_members_see_their_plans_and_those_of_predecessors(client_of, django_assert_num_queries):
    old = ZoneFactory(name="PZ Old")
    zone = ZoneFactory(name="PZ Merged", predecessors=[old])
    earlier, present = make_plan(old, first_year=2020), make_plan(zone)
    make_plan(ZoneFactory(name="PZ Foreign"))
    response = client_of(UserFactory(reader_of=zone)).get(LIST)
    assert [row.plan for row in response.context["own"]] == [present.version.plan, earlier.version.plan]
    assert response.context["own"][0].states == {
        "elaborated": 0,
        "to_elaborate": 0,
        "regular": 0,
        "motivated": 0,
        "open": 3,
    }
    assert "Foreign" not in response.content.decode()


@pytest.mark.parametrize(("role", "can_write"), [("reader", False), ("editor", True), ("lead", True)])
def test_writers_are_offered_to_start_and_import(client_of, people, zone, role, can_write):
    present, shared = make_plan(zone), make_plan(zone, first_year=2020)
    share(shared)
    page = page_of(client_of(people[role]))
    assert ("Start a plan" in page) is can_write
    assert (reverse("plans:import", args=[present.version.plan_id]) in page) is can_write
    assert reverse("plans:import", args=[shared.version.plan_id]) not in page


def test_editor_of_a_successor_cannot_change_the_predecessors_plan(client_of):
    old = ZoneFactory()
    zone = ZoneFactory(predecessors=[old])
    make_plan(old, first_year=2020)
    (row,) = client_of(UserFactory(editor_of=zone)).get(LIST).context["own"]
    assert row.can_edit is False


def test_coordinator_learns_of_an_unshared_plan_only_that_it_is_in_preparation(client_of, people, zone):
    hidden = make_plan(zone, edition=make_edition(code="hidden-edition"))
    page = page_of(client_of(people.coordinator))
    assert ("PZ Own" in page, "in preparation</td>" in page) == (True, True)
    assert [word for word in (check_url(hidden), "hidden-edition", "still open") if word in page] == []


def test_coordinator_reads_what_was_shared_and_when(client_of, people, zone):
    shared = make_plan(zone)
    share(shared)
    page = page_of(client_of(people.coordinator))
    assert (check_url(shared) in page, "in preparation</td>" in page) == (True, False)
    assert f'<time datetime="{localtime(shared.version.shared_at):%Y-%m-%d}' in page


def test_coordinator_sees_nothing_outside_the_area(client_of):
    province = ProvinceFactory()
    inside, outside = ZoneFactory(province=province), ZoneFactory(province=ProvinceFactory())
    for each in (inside, outside):
        share(make_plan(each))
    response = client_of(UserFactory(coordinator_of=province)).get(LIST)
    assert [plan.zone for plan in response.context["page"]] == [inside]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["PZ Alfa", "PZ Beta"]),
        ({"q": "alf"}, ["PZ Alfa"]),
        ({"q": "5345"}, ["PZ Beta"]),
        ({"q": "Dorp"}, ["PZ Beta"]),
        ({"status": "shared"}, ["PZ Alfa"]),
        ({"status": "preparation"}, ["PZ Beta"]),
        ({"q": "alfa", "status": "preparation"}, []),
        ({"status": "nonsense"}, ["PZ Alfa", "PZ Beta"]),
        ({"q": "a\x00"}, ["PZ Alfa", "PZ Beta"]),
    ],
)
def test_search_and_status(client_of, query, names):
    share(make_plan(ZoneFactory(name="PZ Alfa")))
    beta = ZoneFactory(name="PZ Beta", code="5345")
    MunicipalityFactory(zone=beta, name="Dorp")
    make_plan(beta)
    response = client_of(UserFactory(coordinator_of="country")).get(LIST, query)
    assert [plan.zone.name for plan in response.context["page"]] == names


def test_pages_of_the_list(client_of):
    edition = make_edition()
    for _ in range(51):
        make_plan(ZoneFactory(), edition=edition)
    client = client_of(UserFactory(coordinator_of="country"))
    lengths = [len(client.get(LIST, {"page": number, "q": "PZ"}).context["page"]) for number in (1, 2)]
    assert lengths == [50, 1]
    assert "?q=PZ&amp;page=2" in page_of(client, q="PZ")


@pytest.mark.parametrize("role", [*Cast.ADMINISTRATORS, "nobody"])
def test_others_see_no_plan_and_whom_to_ask(client_of, people, zone, role):
    share(make_plan(zone))
    page = page_of(client_of(people[role]))
    assert ("PZ Own" in page, "Ask the lead of your zone" in page) == (False, True)


def test_coordinator_who_is_also_a_member_sees_each_plan_once(client_of, zone):
    own, other = make_plan(zone), make_plan(ZoneFactory())
    response = client_of(UserFactory(reader_of=zone, coordinator_of="country")).get(LIST)
    assert [row.plan for row in response.context["own"]] == [own.version.plan]
    assert list(response.context["page"]) == [other.version.plan]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [("editor", 8), ("coordinator", 8)])
def test_number_of_queries(client_of, django_assert_num_queries, zone, people, number, role, queries):
    for first_year in (2020, 2026, 2032)[:number]:
        assessment = make_plan(zone, first_year=first_year)
    share(assessment)
    client = client_of(people[role])
    with django_assert_num_queries(queries):
        client.get(LIST)


# Where work begins


def test_first_page_is_the_latest_plan_of_the_own_zone():
    old = ZoneFactory()
    zone = ZoneFactory(predecessors=[old])
    make_plan(zone, first_year=2020)
    make_plan(zone, municipality=MunicipalityFactory(zone=zone))
    make_plan(old, first_year=2032)
    latest = make_plan(zone)
    make_plan(ZoneFactory(), first_year=2032)
    assert first_page_for(UserFactory(reader_of=zone)) == check_url(latest)


def test_first_page_for_a_municipality_is_its_local_plan():
    zone = ZoneFactory()
    municipality = MunicipalityFactory(zone=zone)
    make_plan(zone)
    local = make_plan(zone, municipality=municipality)
    assert first_page_for(UserFactory(editor_of=municipality)) == check_url(local)


def test_first_page_without_a_plan_is_the_list(people, zone):
    make_plan(ZoneFactory())
    assert first_page_for(people.editor) == LIST
