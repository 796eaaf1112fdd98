"""Where copying from an earlier plan is offered: on an empty plan, on the objectives, when a plan starts."""

import pytest
from django.urls import reverse

from tests.factories.plans import AssessmentFactory
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, in_english, make_cycle, make_edition
from tests.plans.choosing import texts
from tests.plans.copying import address, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def people():
    return Cast(ZoneFactory(name="PZ Own"))


@pytest.fixture
def assessment(people):
    return AssessmentFactory(zone=people.zone, edition=make_edition())


@pytest.fixture
def earlier(people):
    return AssessmentFactory(
        zone=people.zone, edition=make_edition(), cycle__first_year=2020, objectives=[{"title": "Drugs"}]
    )


def test_an_empty_plan_offers_it(client_of, people, assessment, earlier):
    check = reverse("plans:check", args=[assessment.version.plan_id])
    page = client_of(people.editor).get(check)
    assert f'href="{address(assessment)}"' in page.content.decode()
    assert "Copy from PZ Own · 2020-2025" in words(page)
    page = client_of(people.reader).get(check)
    assert "Copy from" not in words(page)


def test_without_an_earlier_plan_nobody_is_sent_there(client_of, people, assessment):
    client = client_of(people.editor)
    for name in ("check", "objectives"):
        page = client.get(reverse(f"plans:{name}", args=[assessment.version.plan_id]))
        assert address(assessment) not in page.content.decode()


def test_the_objectives_lead_to_it(client_of, people, assessment, earlier):
    page = client_of(people.editor).get(reverse("plans:objectives", args=[assessment.version.plan_id]))
    assert page.content.decode().count(f'href="{address(assessment)}"') == 1


def test_starting_a_plan_says_so(client_of, people, earlier):
    values = {
        "place": f"policezone-{people.zone.pk}",
        "cycle": make_cycle(2026).pk,
        "edition": earlier.edition.pk,
        "language": "nl",
    }
    response = client_of(people.editor).post(reverse("plans:create"), values, follow=True)
    assert texts(response) == [
        "The plan is started. Copy what still holds from PZ Own · 2020-2025, or begin with the plan itself."
    ]
    assert "Copy from PZ Own · 2020-2025" in words(response)
