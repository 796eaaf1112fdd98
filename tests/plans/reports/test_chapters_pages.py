"""The page of the chapters and its files: who gets which, how they are sent, and at what cost."""

from copy import deepcopy

import pytest
from django.urls import reverse

from plans.reports import chapters_pdf, typesetting
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.plans.cast import Cast, in_english
from tests.plans.papers import EMPTY
from tests.plans.reports.reading import HEAD, docx_parts, make_chapter_world, pdf_text

pytestmark = pytest.mark.django_db

#: The number of a zone beside the one of the tests.
OTHER = "5346"


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture(scope="module")
def made(once_per_module):
    return once_per_module(make_chapter_world)


@pytest.fixture
def world(made):
    """A zone with a plan in preparation."""
    return deepcopy(made)


@pytest.fixture
def shared(world):
    """The same, shared."""
    share_version(version=world.assessment.version, by=world.lead)
    return world


def page(world) -> str:
    return reverse("plans:chapters", args=[world.plan.pk])


def file(world, format: str) -> str:
    return reverse("plans:chapters_file", args=[world.plan.pk, format])


def addresses(world) -> list[str]:
    return [page(world), file(world, "docx"), file(world, "pdf")]


def words_of(response) -> str:
    """All the words of a page or file."""
    if "wordprocessingml" in response["Content-Type"]:
        return " ".join(docx_parts(response.content).values())
    if response["Content-Type"] == "application/pdf":
        return pdf_text(response.content)
    return response.content.decode()


@pytest.mark.parametrize("role", Cast.INSIDE)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_insiders_read_all_of_it(client_of, role, at, world):
    response = client_of(Cast(world.zone)[role]).get(addresses(world)[at])
    assert response.status_code == 200
    words = words_of(response)
    for secret in ("SECRET feeling", "SECRET dirco", "SECRET violence", "SECRET own", "SECRET line"):
        assert secret in words


@pytest.mark.parametrize("role", [*Cast.INSIDE, "cleared", "coordinator"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_the_public_variant_holds_no_secret(client_of, role, at, shared):
    response = client_of(Cast(shared.zone)[role]).get(addresses(shared)[at] + "?public=1")
    assert response.status_code == 200
    words = words_of(response)
    assert "Possession rises" in words
    assert "SECRET" not in words
    assert "title A4" not in words


@pytest.mark.parametrize("at", [0, 1, 2])
def test_coordinators_get_what_they_may_read(client_of, at, shared):
    people = Cast(shared.zone)
    plain = words_of(client_of(people.coordinator).get(addresses(shared)[at]))
    assert "Possession rises" in plain
    assert "SECRET" not in plain
    cleared = words_of(client_of(people.cleared).get(addresses(shared)[at]))
    assert "SECRET feeling" in cleared
    for hidden in ("SECRET item", "SECRET dirco", "SECRET which", "SECRET why", "title A4"):
        assert hidden not in cleared


@pytest.mark.parametrize("role", Cast.READING_SHARED)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_before_sharing_coordinators_find_nothing(client_of, role, at, world):
    assert client_of(Cast(world.zone)[role]).get(addresses(world)[at]).status_code == 404


@pytest.mark.parametrize("role", Cast.OUTSIDE)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_to_others_it_does_not_exist(client_of, role, at, shared):
    assert client_of(Cast(shared.zone)[role]).get(addresses(shared)[at]).status_code == 404


@pytest.mark.parametrize("at", [0, 1, 2])
def test_visitors_sign_in_first(client, at, shared):
    assert client.get(addresses(shared)[at]).status_code == 302


@pytest.mark.parametrize(
    ("format", "content_type"),
    [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("pdf", "application/pdf"),
    ],
)
@pytest.mark.parametrize(("query", "variant"), [("", ""), ("?public=1", "-public")])
def test_files_are_sent_to_be_kept_and_not_stored_on_the_way(
    client_of, format, content_type, query, variant, world
):
    response = client_of(world.lead).get(file(world, format) + query)
    assert response["Content-Type"] == content_type
    name = f"kiv-chapters-5345-pz-test-2026-2031{variant}.{format}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_unknown_formats_do_not_exist(client_of, world):
    assert client_of(world.lead).get(file(world, "exe")).status_code == 404


def test_only_reading(client_of, world):
    client = client_of(world.lead)
    assert [client.post(address).status_code for address in addresses(world)] == [405, 405, 405]


def test_the_chapters_speak_the_plan_s_language_in_a_frame_of_the_reader_s(client_of):
    world = make_chapter_world(language="fr", code=OTHER)
    html = client_of(world.lead).get(page(world)).content.decode()
    assert '<html lang="en"' in html
    assert '<div class="chapters" lang="fr">' in html
    assert "title A1 fr" in html


def test_insiders_choose_a_variant_where_it_makes_a_difference(client_of, world):
    client = client_of(world.lead)
    complete = client.get(page(world)).content.decode()
    assert f'href="{page(world)}?public=1"' in complete
    public = client.get(page(world) + "?public=1").content.decode()
    assert "Show the complete variant" in public
    assert f'href="{file(world, "docx")}?public=1"' in public


def test_without_secrets_there_is_one_variant(client_of):
    world = make_chapter_world(HEAD + "choices: {A1: retained}", code=OTHER)
    html = client_of(world.lead).get(page(world)).content.decode()
    assert "variant" not in html


def test_readers_without_clearance_are_offered_no_variant(client_of, shared):
    html = client_of(UserFactory(coordinator_of="country")).get(page(shared)).content.decode()
    assert "variant" not in html


def test_more_than_a_pdf_takes_is_said(client_of, monkeypatch, world):
    monkeypatch.setattr(chapters_pdf, "MOST_SIGNS", 10)
    client = client_of(world.lead)
    html = client.get(page(world)).content.decode()
    assert "do not fit in a PDF" in html
    assert file(world, "pdf") not in html
    refused = client.get(file(world, "pdf"))
    assert (refused.status_code, refused["Content-Type"]) == (422, "text/html; charset=utf-8")
    assert "do not fit in a PDF" in refused.content.decode()
    assert client.get(file(world, "docx")).status_code == 200


def test_a_fault_of_the_typesetter_is_no_fault_of_the_server(client_of, monkeypatch, world):
    monkeypatch.setattr(typesetting, "MEMORY", 1 << 20)
    refused = client_of(world.lead).get(file(world, "pdf"))
    assert refused.status_code == 422
    assert "do not fit in a PDF" in refused.content.decode()


def test_the_check_page_leads_here_once_something_stands_there(client_of, world):
    client = client_of(world.lead)
    check = reverse("plans:check", args=[world.plan.pk])
    assert f'href="{page(world)}"' in client.get(check).content.decode()
    empty = make_chapter_world(EMPTY, code=OTHER)
    html = client_of(empty.lead).get(reverse("plans:check", args=[empty.plan.pk])).content.decode()
    assert page(empty) not in html


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("at", "queries"), [(0, 15), (1, 15), (2, 15)])
def test_the_page_costs_the_same_for_any_plan(client_of, django_assert_num_queries, rows, at, queries):
    text = HEAD + "objectives:\n"
    for n in range(1, rows + 1):
        text += f"  - {{title: Goal {n}, items: [A{n}], actions: [{{title: Act {n}, items: [A{n}]}}]}}\n"
    text += "diagnosis:\n" + "".join(f"  - {{text: Much {n}, items: [A{n}]}}\n" for n in range(1, rows + 1))
    world = make_chapter_world(text, code=OTHER)
    client = client_of(world.lead)
    client.get(page(world))
    with django_assert_num_queries(queries):
        client.get(addresses(world)[at])
