"""The history of the whole site, for system administrators: of plans that something was done, not what."""

import pytest
from django.db import transaction
from django.urls import reverse

from framework.models import Edition
from kiv.accounts.enums import Role
from kiv.accounts.services import add_membership, add_person, erase_person
from kiv.audit.services import record
from plans.services.choices import ChoiceChange, save_choices
from plans.services.entries import add_entry
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, in_english
from tests.plans.history.pages import lines, text, whats
from tests.plans.services.acting import refs

pytestmark = pytest.mark.django_db
SITE = reverse("plans:audit_list")


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def admin():
    return UserFactory(name="Zoë Beheer", is_system_administrator=True)


def test_it_exists_for_system_administrators_only(client_of):
    people = Cast(ZoneFactory())
    roles = [*Cast.INSIDE, *Cast.READING_SHARED, *Cast.OUTSIDE]
    found = {role: client_of(people[role]).get(SITE).status_code for role in roles}
    assert found == {role: 200 if role == "system_administrator" else 404 for role in roles}


def test_people_and_roles_are_told_with_names(client_of, admin):
    zone = ZoneFactory(name="PZ Noord")
    bo = add_person(by=admin, email="bo@example.be", name="Bo", language="nl", role=Role.ZONE_LEAD, zone=zone)
    page = client_of(admin).get(SITE)
    assert lines(page) == [
        ("Zoë Beheer", "Role given to Bo: lead (shares plans)."),
        ("Zoë Beheer", "An account was added for Bo."),
    ]
    assert zone.get_absolute_url() in page.content.decode()
    erase_person(by=admin, user=bo)
    page = client_of(admin).get(SITE)
    assert whats(page) == [
        "A person was erased.",
        "Role taken from a former user: lead (shares plans).",
        "Role given to a former user: lead (shares plans).",
        "An account was added for a former user.",
    ]
    assert "Bo" not in text(page).replace("Board", "").split()


def test_of_plans_no_details(client_of, admin):
    assessment = AssessmentFactory()
    lead = UserFactory(name="Lien", lead_of=assessment.version.plan.zone)
    add_entry(
        assessment=assessment,
        kind="objective",
        by=lead,
        values={"title": "SECRET", "number": "7"},
        items=refs("P1"),
    )
    save_choices(assessment=assessment, by=lead, changes=[ChoiceChange("P2", 0, choice="not_retained")])
    page = client_of(admin).get(SITE)
    assert lines(page) == [
        ("Lien", "Choices were saved."),
        ("Lien", "An objective was added."),
        ("an operator", "The plan was started."),
    ]
    main = text(page)
    assert [word for word in ("P1", "P2", "SECRET", "not retained") if word in main.split()] == []


def test_an_event_of_a_plan_that_nobody_knows_gives_no_details_either(client_of, admin):
    with transaction.atomic():
        record("zone.changed", by=None, on=ZoneFactory(), plan=5, fields=["code"])
        record("zone.changed", by=None, on=ZoneFactory(), fields=["code"])
    assert whats(client_of(admin).get(SITE)) == ["The zone was completed: code.", "The zone was completed."]


def test_it_is_narrowed_as_a_plans_history(client_of, admin):
    bo = add_person(
        by=admin, email="bo@example.be", name="Bo", language="nl", role=Role.ZONE_LEAD, zone=ZoneFactory()
    )
    with transaction.atomic():
        record("edition.published", by=bo, on=Edition, code="kiv")
    client = client_of(admin)
    assert whats(client.get(SITE, {"about": "framework"})) == ["Edition kiv was published."]
    assert whats(client.get(SITE, {"person": bo.pk})) == ["Edition kiv was published."]
    assert len(whats(client.get(SITE, {"about": "people"}))) == 2
    assert "Nothing answers this" in text(client.get(SITE, {"until": "2001-01-01"}))


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_one_line_and_for_three(client_of, admin, django_assert_num_queries, number):
    for _ in range(number):
        person = UserFactory()
        add_membership(by=UserFactory(), user=person, role=Role.ZONE_READER, zone=ZoneFactory())
    client = client_of(admin)
    # session, user, roles, who did it, their names, count, events, whom it concerns, zones
    with django_assert_num_queries(9):
        assert len(whats(client.get(SITE))) == number
