"""The check as a file: its address, its readers, and the spreadsheet of it."""

import pytest
from django.urls import reverse

from plans.reports import typesetting
from tests.plans.cast import Cast, in_english
from tests.plans.coverage_exports.reading import open_xlsx, rows_of
from tests.plans.papers import EMPTY
from tests.plans.reports.reading import make_chapter_world, pdf_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


def address(world, format: str) -> str:
    return reverse("plans:check_file", args=[world.plan.pk, format])


def items_of(response) -> dict[str, dict]:
    return {row["Item"]: row for row in rows_of(open_xlsx(response.content)["Items"])}


def words_in(response) -> str:
    if response["Content-Type"] == "application/pdf":
        return pdf_text(response.content)
    book = open_xlsx(response.content)
    return str([list(page.iter_rows(values_only=True)) for page in book.worksheets])


def test_a_row_for_each_item_with_real_numbers(client_of):
    world = make_chapter_world()
    items = items_of(client_of(world.lead).get(address(world, "xlsx")))
    assert list(items) == ["A1", "A2", "A3", "A4", "B1", "B2"]
    first = items["A1"]
    assert (first["Choice"], first["State"], first["Level"]) == ("retained", "elaborated", 2)
    assert (first["D diagnosis"], first["G goal"], first["C chain and partners"]) == (2, 1, 0)
    assert first["Next step"].startswith("Objective 1: add")
    assert (items["A2"]["Reason"], items["A2"]["Motivation"]) == (
        "insufficient capacity",
        "SECRET pointer · SECRET line",
    )
    assert items["B1"]["Reach"] == "on 1 of 1 retained priorities"


@pytest.mark.parametrize("format", ["pdf", "xlsx"])
def test_outside_the_zone_nothing_confidential_is_told(client_of, format):
    world = make_chapter_world(shared=True)
    people = Cast(world.zone)
    told = words_in(client_of(people.coordinator).get(address(world, format)))
    assert "SECRET" not in told
    assert "confidential element" in told
    cleared = words_in(client_of(people.cleared).get(address(world, format)))
    assert "SECRET line" in cleared
    assert "SECRET why" not in cleared


def test_a_hidden_item_has_no_number(client_of):
    world = make_chapter_world(shared=True)
    items = items_of(client_of(Cast(world.zone).cleared).get(address(world, "xlsx")))
    row = items["A4"]
    assert [value for value in row.values() if value is not None] == ["A4", "title A4 en", "confidential"]


@pytest.mark.parametrize("role", Cast.OUTSIDE)
def test_to_others_it_does_not_exist(client_of, role):
    world = make_chapter_world(shared=True)
    assert client_of(Cast(world.zone)[role]).get(address(world, "pdf")).status_code == 404


def test_files_are_sent_to_be_kept_and_not_stored_on_the_way(client_of):
    world = make_chapter_world()
    response = client_of(world.lead).get(address(world, "pdf"))
    name = "kiv-check-5345-pz-test-2026-2031.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert client_of(world.lead).get(address(world, "exe")).status_code == 404


def test_the_check_page_offers_both_of_the_version_that_is_read(client_of):
    world = make_chapter_world()
    check = reverse("plans:check", args=[world.plan.pk])
    client = client_of(world.lead)
    html = client.get(check).content.decode()
    assert f'href="{address(world, "pdf")}"' in html
    older = client.get(check, {"version": 1}).content.decode()
    assert f'href="{address(world, "xlsx")}?version=1"' in older
    empty = make_chapter_world(EMPTY, code="5346")
    assert (
        address(empty, "pdf")
        not in client_of(empty.lead).get(reverse("plans:check", args=[empty.plan.pk])).content.decode()
    )


def test_a_fault_of_the_typesetter_is_said(client_of, monkeypatch):
    monkeypatch.setattr(typesetting, "MEMORY", 1 << 20)
    world = make_chapter_world()
    refused = client_of(world.lead).get(address(world, "pdf"))
    assert refused.status_code == 422
    assert "No PDF could be made of this check." in refused.content.decode()
    assert address(world, "xlsx") in refused.content.decode()


@pytest.mark.parametrize("format", ["pdf", "xlsx"])
def test_a_file_costs_a_constant_number_of_queries(client_of, django_assert_num_queries, format):
    world = make_chapter_world()
    client = client_of(world.lead)
    with django_assert_num_queries(10):
        client.get(address(world, format))
