"""People, for the system administrator; one's own page, for everybody."""

import re

import pytest
from django.urls import reverse

from kiv.accounts.models import Membership, User
from kiv.audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.territory import MunicipalityFactory, ProvinceFactory, ZoneFactory

pytestmark = pytest.mark.django_db
LIST, ADD, ME = (reverse(f"accounts:{name}") for name in ("person_list", "person_add", "person_me"))


@pytest.fixture
def admin():
    return UserFactory(name="Zoë Beheer", email="zoe@example.be", is_system_administrator=True)


@pytest.fixture
def admin_client(client_of, admin):
    return client_of(admin)


def url(name, *args):
    return reverse(f"accounts:{name}", args=args)


def people_of(response):
    return [person.name for person in response.context["page"].object_list]


def person_data(**changes):
    return {"name": "An", "email": "An@example.be", "language": "fr", "role": "zone_lead", **changes}


def test_the_list_is_searched_by_name_and_address(admin_client):
    UserFactory(name="An Peeters", email="an@zone.example.be")
    UserFactory(name="Bo Janssens", email="bo@example.be", is_active=False)
    assert people_of(admin_client.get(LIST)) == ["An Peeters", "Bo Janssens", "Zoë Beheer"]
    assert people_of(admin_client.get(LIST, {"q": "peet"})) == ["An Peeters"]
    assert people_of(admin_client.get(LIST, {"q": "an zone"})) == ["An Peeters"]
    assert people_of(admin_client.get(LIST, {"q": "nobody at all"})) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_person_and_for_three(
    admin_client, django_assert_num_queries, number
):
    for _ in range(number - 1):
        UserFactory(lead_of=ZoneFactory(), coordinator_of=[ProvinceFactory(), "country"])
    with django_assert_num_queries(6):  # session, user, rights, count, people, memberships
        assert len(people_of(admin_client.get(LIST))) == number


@pytest.mark.parametrize("role", ["nobody", "lead", "coordinator", "framework"])
def test_for_everybody_else_there_are_no_people(client_of, admin, role):
    user = {
        "nobody": lambda: UserFactory(),
        "lead": lambda: UserFactory(lead_of=ZoneFactory()),
        "coordinator": lambda: UserFactory(cleared_coordinator_of="country"),
        "framework": lambda: UserFactory(is_framework_administrator=True),
    }[role]()
    client = client_of(user)
    membership = admin.memberships.get()
    for target in (LIST, ADD, url("person_detail", admin.pk), url("person_detail", user.pk)):
        assert client.get(target).status_code == 404
    for target in (
        ADD,
        url("person_detail", user.pk),
        url("person_link", admin.pk),
        url("person_link", user.pk),
        url("person_deactivate", admin.pk),
        url("person_activate", user.pk),
        url("membership_remove", admin.pk, membership.pk),
    ):
        assert client.post(target, person_data(role="system_administrator")).status_code == 404
    assert (User.objects.count(), AuditEvent.objects.count()) == (2, 0)
    assert LIST not in re.findall(r'href="([^"]*)"', client.get(ME).content.decode())


def test_adding_a_person_shows_one_link_once(admin_client, client):
    zone = ZoneFactory()
    response = admin_client.post(ADD, person_data(zone=zone.pk))
    assert response.status_code == 200
    links = re.findall(r"http://testserver(/password/set/[^\"<]+)", response.content.decode())
    assert len(links) == 1
    assert "no-store" in response["Cache-Control"]
    person = User.objects.get(email="an@example.be")
    assert (person.language, person.access.zone_ids()) == ("fr", {zone.pk})
    assert "/password/set/" not in admin_client.get(url("person_detail", person.pk)).content.decode()
    done = client.post(links[0], {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert done.status_code == 302
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "ZOE@example.be"}, "email"),
        ({"email": "no address"}, "email"),
        ({"role": "boss"}, "role"),
        ({}, "__all__"),
        ({"role": "framework_administrator", "has_clearance": "on"}, "__all__"),
    ],
)
def test_what_does_not_fit_is_said_and_everything_typed_stays(admin_client, changes, field):
    response = admin_client.post(ADD, person_data(**{"name": "An & co", **changes}))
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    assert 'value="An &amp; co"' in response.content.decode()
    assert User.objects.count() == 1


def test_adding_and_removing_a_membership(admin_client):
    person, municipality = UserFactory(), MunicipalityFactory()
    page = url("person_detail", person.pk)
    assert admin_client.get(page).status_code == 200
    assert admin_client.post(page, {"role": "zone_editor"}).status_code == 200
    assert not person.memberships.exists()
    data = {"role": "zone_editor", "municipality": municipality.pk}
    assert admin_client.post(page, data).url == page
    again = admin_client.post(page, data)
    assert (again.status_code, set(again.context["form"].errors)) == (200, {"__all__"})
    membership = person.memberships.get()
    assert municipality.name in admin_client.get(page).content.decode()
    other = UserFactory()
    assert admin_client.post(url("membership_remove", other.pk, membership.pk)).status_code == 404
    assert admin_client.post(url("membership_remove", person.pk, membership.pk)).url == page
    assert not Membership.objects.filter(user=person).exists()


def test_closing_opening_and_a_new_link(admin_client):
    person = UserFactory()
    admin_client.post(url("person_deactivate", person.pk))
    assert not User.objects.get(pk=person.pk).is_active
    assert admin_client.post(url("person_link", person.pk)).status_code == 302
    admin_client.post(url("person_activate", person.pk))
    assert User.objects.get(pk=person.pk).is_active
    assert b"/password/set/" in admin_client.post(url("person_link", person.pk)).content


def test_an_administrator_stays_in(admin_client, admin):
    admin_client.post(url("person_deactivate", admin.pk))
    admin_client.post(url("membership_remove", admin.pk, admin.memberships.get().pk))
    admin.refresh_from_db()
    assert (admin.is_active, admin.memberships.count()) == (True, 1)
    assert (
        url("person_deactivate", admin.pk)
        not in admin_client.get(url("person_detail", admin.pk)).content.decode()
    )


def test_ones_own_page_shows_oneself(client_of):
    zone = ZoneFactory(name="PZ Noord")
    UserFactory(name="Somebody Else", lead_of=ZoneFactory(name="PZ Elders"))
    page = client_of(UserFactory(name="An", lead_of=zone)).get(ME).content.decode()
    assert "PZ Noord" in page
    assert "PZ Elders" not in page


def test_nothing_changes_by_a_get(admin_client):
    person = UserFactory()
    for name in ("person_deactivate", "person_activate", "person_link"):
        assert admin_client.get(url(name, person.pk)).status_code == 405
