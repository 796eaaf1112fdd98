"""The addresses of the files: who gets them, how they are sent, what the address asks, at what cost."""

import json

import pytest
from django.urls import reverse

from plans.reports import coverage_pdf
from tests.factories.accounts import UserFactory
from tests.factories.territory import DistrictFactory, ProvinceFactory, ZoneFactory
from tests.plans.cast import Cast, in_english, make_cycle
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
}


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


def address(format: str) -> str:
    return reverse("plans:coverage_file", args=[format])


def zones_in(client, **asked) -> list[str]:
    data = json.loads(client.get(address("json"), asked).content)
    return [plan["zone"]["name"] for plan in data["plans"]]


@pytest.mark.parametrize("format", TYPES)
def test_files_are_sent_to_be_kept_and_not_stored_on_the_way(client_of, format):
    world = make_world(shared=True)
    response = client_of(Cast(world.zone).coordinator).get(address(format))
    assert response.status_code == 200
    assert response["Content-Type"] == TYPES[format]
    name = f"kiv-coverage-2026-2031-test-edition.{format}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


@pytest.mark.parametrize("role", [*Cast.INSIDE, *Cast.ADMINISTRATORS, "nobody", "stranger_lead"])
def test_to_others_they_do_not_exist(client_of, role):
    world = make_world(shared=True)
    assert client_of(Cast(world.zone)[role]).get(address("json")).status_code == 404


def test_an_area_ends_at_its_border(client_of):
    world = make_world(shared=True, name="Ours")
    ZoneFactory(name="Theirs")
    assert zones_in(client_of(Cast(world.zone).coordinator)) == ["Ours"]
    assert zones_in(client_of(UserFactory(coordinator_of="country"))) == ["Ours", "Theirs"]


def test_clearance_changes_nothing(client_of):
    world = make_world(shared=True)
    people = Cast(world.zone)
    plain, cleared = (client_of(people[role]).get(address("csv")) for role in Cast.READING_SHARED)
    assert plain.content == cleared.content


def test_the_address_asks_as_that_of_the_page(client_of):
    province, district = ProvinceFactory(code="antwerpen"), DistrictFactory(code="limburg")
    world = make_world(shared=True, name="Ours", province=province)
    ZoneFactory(name="Theirs", district=district, code="5301")
    client = client_of(UserFactory(coordinator_of="country"))
    assert zones_in(client, province="antwerpen") == ["Ours"]
    assert zones_in(client, district="limburg") == ["Theirs"]
    assert zones_in(client, q="5301") == ["Theirs"]
    assert zones_in(client, kind="local") == []
    earlier = make_cycle(2020)
    asked = {"cycle": earlier.name, "edition": world.edition.code, "basis": "reviewed"}
    data = json.loads(client.get(address("json"), asked).content)
    assert {name: data[name] for name in asked} == asked
    assert data["standings"] == {"no_plan": 2, "preparation": 0, "shared": 0, "reviewed": 0}


def test_what_the_page_narrows_and_sorts_the_file_does_too(client_of):
    world = make_world(shared=True, name="A shared", code="5302")
    ZoneFactory(name="B without", code="5301")
    client = client_of(UserFactory(coordinator_of="country"))
    assert zones_in(client, sort="code") == ["B without", "A shared"]
    assert zones_in(client, standing="no_plan") == ["B without"]
    assert zones_in(client, item="A3", state="motivated") == ["A shared"]
    assert zones_in(client, item="A3", state="open") == []
    data = json.loads(client.get(address("json"), {"item": "A3", "state": "open"}).content)
    assert (data["shown"]["Item"], data["shown"]["State of the item"]) == ("A3 short A3 en", "open")
    assert world.edition.code == data["edition"]


def test_the_matrix_page_offers_the_files_of_what_it_shows(client_of):
    make_world(shared=True)
    client = client_of(UserFactory(coordinator_of="country"))
    html = client.get(reverse("plans:coverage"), {"basis": "reviewed", "page": "1"}).content.decode()
    for format in TYPES:
        assert f'href="{address(format)}?basis=reviewed"' in html


def test_the_cover_names_what_was_asked(client_of):
    province = ProvinceFactory(code="antwerpen", name={"en": "Antwerp"})
    make_world(shared=True, province=province)
    client = client_of(UserFactory(coordinator_of=province))
    shown = json.loads(client.get(address("json"), {"province": "antwerpen", "q": "zone"}).content)["shown"]
    assert (shown["Area"], shown["Province"], shown["Zone or municipality"]) == ("Antwerp", "Antwerp", "zone")


@pytest.mark.parametrize("name", ["cycle", "edition", "basis", "kind", "province", "district", "q"])
def test_what_cannot_be_understood_is_not_asked(client_of, name):
    make_world(shared=True, name="Ours")
    client = client_of(UserFactory(coordinator_of="country"))
    assert zones_in(client, **{name: "\x00" * 200}) == ["Ours"]


@pytest.mark.parametrize("format", ["exe", "XLSX"])
def test_unknown_formats_do_not_exist(client_of, format):
    world = make_world(shared=True)
    assert client_of(Cast(world.zone).coordinator).get(address(format)).status_code == 404


def test_more_than_a_pdf_takes_is_said_with_the_other_files(client_of, monkeypatch):
    monkeypatch.setattr(coverage_pdf, "MOST_ROWS", 0)
    world = make_world(shared=True)
    refused = client_of(Cast(world.zone).coordinator).get(address("pdf"), {"basis": "reviewed"})
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "This is more than fits in a PDF." in html
    assert f'href="{address("xlsx")}?basis=reviewed"' in html


def test_without_a_cycle_or_an_edition_there_is_no_file(client_of):
    assert client_of(UserFactory(coordinator_of="country")).get(address("json")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("format", TYPES)
def test_a_file_costs_the_same_for_any_number_of_plans(client_of, django_assert_num_queries, rows, format):
    for _ in range(rows):
        make_world(shared=True)
    client = client_of(UserFactory(coordinator_of="country"))
    client.get(address(format))
    with django_assert_num_queries(7):
        client.get(address(format))
