"""Starting a plan: who may, for which place and cycle, and what when there is nothing left to start."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from framework.models import Edition
from kiv.audit.models import AuditEvent
from plans.models import Cycle, Plan
from tests.factories.accounts import UserFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.cast import Cast, in_english, make_cycle, make_edition, make_plan

pytestmark = pytest.mark.django_db
CREATE = "/plans/new/"


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def zone():
    return ZoneFactory(name="PZ Own", languages=["fr", "nl"])


@pytest.fixture
def people(zone):
    return Cast(zone)


def check_url(assessment) -> str:
    return reverse("plans:check", args=[assessment.version.plan_id])


def shown_values(response) -> dict:
    form = response.context["form"]
    return {field.html_name: getattr(field.value(), "pk", field.value()) for field in form}


@pytest.mark.parametrize("role", ["editor", "lead"])
def test_start_takes_one_click_for_one_zone(client_of, people, zone, role):
    edition, cycle = make_edition(), make_cycle()
    client = client_of(people[role])
    values = shown_values(client.get(CREATE))
    assert values == {
        "place": f"policezone-{zone.pk}",
        "cycle": cycle.pk,
        "edition": edition.pk,
        "language": "fr",
    }
    response = client.post(CREATE, values)
    plan = Plan.objects.get()
    assert response.url == reverse("plans:check", args=[plan.pk])
    assert (plan.zone, plan.municipality, plan.cycle, plan.language) == (zone, None, cycle, "fr")
    assert AuditEvent.objects.filter(event="plan.created").count() == 1


def test_municipality_editor_starts_a_local_plan(client_of, zone):
    make_edition(), make_cycle()
    municipality = MunicipalityFactory(zone=zone)
    client = client_of(UserFactory(editor_of=municipality))
    client.post(CREATE, shown_values(client.get(CREATE)))
    assert [(plan.zone, plan.municipality) for plan in Plan.objects.all()] == [(zone, municipality)]


def test_editor_of_two_zones_chooses_and_gets_that_zones_language(client_of, zone):
    make_edition(), make_cycle()
    other = ZoneFactory(languages=["de"])
    client = client_of(UserFactory(editor_of=[zone, other]))
    values = shown_values(client.get(CREATE))
    assert (values["place"], values["language"]) == ("", "")
    assert client.post(CREATE, values).context["form"].errors.keys() == {"place"}
    client.post(CREATE, values | {"place": f"policezone-{other.pk}"})
    assert [(plan.zone, plan.language) for plan in Plan.objects.all()] == [(other, "de")]


def test_default_is_this_year_s_cycle_and_the_edition_published_last(client_of, people, time_machine):
    time_machine.move_to("2027-05-01")
    make_cycle(2032)
    cycle = make_cycle(2026)
    make_edition(code="older", published=datetime(2020, 1, 1, tzinfo=UTC), first_year=2030, last_year=2036)
    edition = make_edition(code="newer", published=datetime(2021, 1, 1, tzinfo=UTC))
    values = shown_values(client_of(people.editor).get(CREATE))
    assert (values["cycle"], values["edition"]) == (cycle.pk, edition.pk)


def test_second_plan_leads_to_the_first(client_of, people, zone):
    make_edition(), make_cycle()
    client = client_of(people.editor)
    values = shown_values(client.get(CREATE))
    existing = make_plan(zone)  # a colleague was first
    response = client.post(CREATE, values)
    assert (response.status_code, Plan.objects.count()) == (409, 1)
    assert check_url(existing) in response.content.decode()


def offered(response, name) -> list[str]:
    return [label for value, label in response.context["form"].fields[name].widget.choices if value]


def test_only_cycles_without_a_plan_are_offered(client_of, people, zone, time_machine):
    time_machine.move_to("2027-05-01")
    make_plan(zone)
    make_plan(zone, municipality=MunicipalityFactory(zone=zone), first_year=2032)
    make_plan(ZoneFactory(), first_year=2020)
    response = client_of(people.editor).get(CREATE)
    assert offered(response, "cycle") == ["2032-2037", "2020-2025"]
    assert shown_values(response)["cycle"] == Cycle.objects.get(name="2032-2037").pk


def test_nothing_left_to_start_leads_to_the_plans_there_are(client_of, people, zone):
    plans = [make_plan(zone), make_plan(zone, first_year=2032)]
    foreign = make_plan(ZoneFactory())
    page = client_of(people.editor).get(CREATE).content.decode()
    assert "Nothing is left to start" in page
    assert [f'"{check_url(plan)}"' in page for plan in (*plans, foreign)] == [True, True, False]
    assert "<form class=" not in page


def test_several_places_are_offered_as_long_as_they_have_a_free_cycle(client_of, zone):
    other = ZoneFactory(name="PZ Free")
    make_plan(zone)
    client = client_of(UserFactory(editor_of=[zone, other]))
    response = client.get(CREATE)
    assert (offered(response, "place"), offered(response, "cycle")) == (["PZ Free"], ["2026-2031"])
    taken = shown_values(response) | {"place": f"policezone-{zone.pk}"}
    assert client.post(CREATE, taken).status_code == 409
    client.post(CREATE, taken | {"place": f"policezone-{other.pk}"})
    assert sorted(Plan.objects.values_list("zone", flat=True)) == sorted([zone.pk, other.pk])
    assert "Nothing is left to start" in client.get(CREATE).content.decode()


@pytest.mark.parametrize("place", ["policezone-{0}", "municipality-{1}", "policezone-0", "x"])
def test_foreign_place_is_refused(client_of, people, place):
    make_edition(), make_cycle()
    other = ZoneFactory()
    municipality = MunicipalityFactory(zone=people.zone)
    client = client_of(people.editor)
    values = shown_values(client.get(CREATE)) | {"place": place.format(other.pk, municipality.pk)}
    assert client.post(CREATE, values).status_code == 200
    assert Plan.objects.count() == 0


def test_draft_edition_is_not_offered(client_of, people):
    make_cycle()
    edition = make_edition()
    draft = Edition.objects.create(framework=edition.framework, code="draft", first_year=2030, last_year=2036)
    client = client_of(people.editor)
    assert client.post(CREATE, shown_values(client.get(CREATE)) | {"edition": draft.pk}).status_code == 200
    assert Plan.objects.count() == 0


@pytest.mark.parametrize("role", ["reader", "coordinator", "cleared", *Cast.ADMINISTRATORS, "nobody"])
def test_only_writers_start_plans(client_of, people, zone, role):
    edition, cycle = make_edition(), make_cycle()
    values = {"place": f"policezone-{zone.pk}", "cycle": cycle.pk, "edition": edition.pk, "language": "nl"}
    client = client_of(people[role])
    assert [client.get(CREATE).status_code, client.post(CREATE, values).status_code] == [404, 404]
    assert Plan.objects.count() == 0


def test_without_cycles_or_editions_the_page_says_so(client_of, people):
    assert not Cycle.objects.exists()
    page = client_of(people.editor).get(CREATE).content.decode()
    assert "there are no cycles" in page
    assert "no edition of the framework note is published" in page
    assert "<form class=" not in page
