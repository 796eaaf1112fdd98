"""The agenda of a zone as a PDF: accessible, with what the page says, for coordinators of the zone only."""

from datetime import timedelta

import page
import pytest
from django.urls import reverse
from django.utils import timezone

from plans.reports import typesetting
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.plans.cast import in_english
from tests.plans.coverage_lists.area import ask
from tests.plans.reports.reading import pdf_pages
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


def address(zone) -> str:
    return reverse("plans:agenda_file", args=[zone.pk])


def test_one_page_says_what_the_agenda_says(client_of):
    world = make_world(shared=True, name="PZ Test", code="5345")
    coordinator = UserFactory(coordinator_of=world.zone)
    ask(world.assessment, coordinator, item="A1", text="Why so?", at=timezone.now() - timedelta(days=3))
    response = client_of(coordinator).get(address(world.zone))
    assert response["Content-Disposition"] == 'attachment; filename="kiv-agenda-5345-pz-test-2026-2031.pdf"'
    assert page.validate_pdf_bytes(response.content, profile="ua1").is_compliant
    (text,) = pdf_pages(response.content)
    for words in ("Agenda for 5345 PZ Test", "Cycle: 2026-2031", "Open items", "B2 short B2 en", "Why so?"):
        assert words in text
    assert "still open · nothing is chosen, though the plan says something of it" in text
    assert "SECRET" not in text
    assert "A4" not in text


def test_without_a_plan_it_says_what_to_ask(client_of):
    make_world(shared=True)
    zone = ZoneFactory(name="Without")
    (text,) = pdf_pages(client_of(UserFactory(coordinator_of=zone)).get(address(zone)).content)
    assert "Nothing was shared in this cycle: ask the zone when it will be." in text


def test_to_others_it_does_not_exist(client_of):
    world = make_world(shared=True)
    for user in (world.lead, UserFactory(coordinator_of=ZoneFactory())):
        assert client_of(user).get(address(world.zone)).status_code == 404


def test_where_no_pdf_can_be_made_one_is_at_the_page(client_of, monkeypatch):
    monkeypatch.setattr(typesetting, "MEMORY", 1 << 20)
    world = make_world(shared=True)
    response = client_of(UserFactory(coordinator_of=world.zone)).get(address(world.zone))
    assert response["Location"] == reverse("plans:coverage_agenda", args=[world.zone.pk])
