"""Sharing a version: by the lead, once, knowing what it means."""

import re

import pytest
from django.urls import reverse

from kiv.audit.models import AuditEvent
from plans.enums import Choice
from plans.models import PlanVersion
from plans.services.choices import ChoiceChange, save_choices
from plans.services.entries import add_entry
from tests.factories.accounts import UserFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.cast import Cast, in_english, make_plan, share
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def people():
    return Cast(ZoneFactory())


@pytest.fixture
def assessment(people):
    return make_plan(people.zone)


def address(assessment) -> str:
    return reverse("plans:share", args=[assessment.version.plan_id])


def statuses() -> list[str]:
    return list(PlanVersion.objects.values_list("status", flat=True))


def test_page_says_what_is_open_and_what_sharing_means(client_of, people, assessment):
    changes = [
        ChoiceChange(item="P1", revision=0, choice=Choice.RETAINED),
        ChoiceChange(item="P2", revision=0, choice=Choice.NOT_RETAINED, line="no reason yet"),
    ]
    save_choices(assessment=assessment, by=people.editor, changes=changes)
    response = client_of(people.lead).get(address(assessment))
    assert [row.item.code for row in response.context["open_rows"]] == ["P2", "T1"]
    looks = [(item.code, reason) for item, reason in response.context["worth_a_look"]]
    assert looks == [("P1", "retained_without_objective")]
    assert b"Nobody changes this version any more" in response.content
    assert statuses() == ["preparation"]


def test_an_open_item_is_listed_once_with_its_reasons(client_of, people, assessment):
    """P1 and P2 are worth a look for the same reason; P2 is open as well, and T1 only open."""
    changes = [
        ChoiceChange(item="P1", revision=0, choice=Choice.RETAINED),
        ChoiceChange(item="P2", revision=0, choice=Choice.REGULAR),
    ]
    save_choices(assessment=assessment, by=people.editor, changes=changes)
    page = client_of(people.lead).get(address(assessment)).content.decode()
    listed = re.findall(r"<li>(.*?)</li>", page.split('id="open-title"')[1].split("<form", 1)[0], re.S)
    said = [" ".join(re.sub(r"<[^>]*>", "", line).split()) for line in listed]
    assert said == [
        "P2 short P2 en: regular policing, without a line on what is done",
        "T1 short T1 en",
        "P1 short P1 en: retained, but there is no objective for it",
    ]


def test_after_an_ended_session_one_is_asked_again(client, client_of, people, assessment):
    ended = client.post(address(assessment))
    assert (ended.status_code, ended.context["next"], ended.context["kept_token"]) == (
        401,
        address(assessment),
        "",
    )
    assert client_of(people.lead).get(ended.context["next"]).status_code == 200
    assert statuses() == ["preparation"]


def test_lead_shares(client_of, people, assessment):
    response = client_of(people.lead).post(address(assessment))
    assert response.url == reverse("plans:check", args=[assessment.version.plan_id])
    assert statuses() == ["shared"]
    assert client_of(people.coordinator).get(response.url).status_code == 200


def test_double_click_shares_once(client_of, people, assessment):
    client = client_of(people.lead)
    client.post(address(assessment))
    shared_at = PlanVersion.objects.get().shared_at
    response = client.post(address(assessment), follow=True)
    assert "already shared for review on" in str(list(response.context["messages"])[-1])
    assert PlanVersion.objects.get().shared_at == shared_at
    assert AuditEvent.objects.filter(event="version.shared").count() == 1


def test_page_of_a_shared_version_leads_to_the_check(client_of, people, assessment):
    share(assessment)
    response = client_of(people.lead).get(address(assessment))
    assert (response.status_code, response.url) == (
        302,
        reverse("plans:check", args=[assessment.version.plan_id]),
    )


@pytest.mark.parametrize("role", ["reader", "editor", *Cast.READING_SHARED, *Cast.OUTSIDE])
@pytest.mark.parametrize("is_shared", [False, True])
def test_nobody_else_shares(client_of, people, assessment, role, is_shared):
    if is_shared:
        share(assessment)
    client = client_of(people[role])
    assert client.get(address(assessment)).status_code == 404
    assert client.post(address(assessment)).status_code == 404
    assert PlanVersion.objects.get(pk=assessment.version_id).is_in_preparation is not is_shared


def test_local_plan_is_shared_by_the_municipality_s_lead_only(client_of, people):
    municipality = MunicipalityFactory(zone=people.zone)
    local = make_plan(people.zone, municipality=municipality)
    assert client_of(people.lead).post(address(local)).status_code == 404
    assert client_of(UserFactory(lead_of=municipality)).post(address(local)).status_code == 302
    assert statuses() == ["shared"]


@pytest.mark.parametrize(("role", "is_offered"), [("lead", True), ("editor", False), ("reader", False)])
def test_check_page_offers_sharing_to_leads_in_time(client_of, people, assessment, role, is_offered):
    check = reverse("plans:check", args=[assessment.version.plan_id])
    client = client_of(people[role])
    assert (address(assessment) in client.get(check).content.decode()) is is_offered
    share(assessment)
    assert address(assessment) not in client.get(check).content.decode()


def test_what_was_changed_since_the_page_was_opened_is_seen_before_it_is_shared(client_of):
    """Sharing cannot be undone: nothing goes along that the lead has not seen."""
    world = make_world()
    address = f"/plans/{world.plan.pk}/share/"
    client = client_of(world.lead)
    page = client.get(address).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    add_entry(assessment=world.assessment, kind="objective", by=world.lead, values={"title": "late"})
    answer = client.post(address, {"seen": seen}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert "Somebody changed the plan since you opened this page." in answer.content.decode()
    assert world.assessment.version.status == "preparation"
    again = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1]
    client.post(address, {"seen": again})
    assert world.assessment.version.status == "shared"
