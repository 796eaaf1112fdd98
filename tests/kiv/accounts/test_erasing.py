"""Erasing a person: nobody can be recognised in what stays, and the audit trail still verifies."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from kiv.accounts import services
from kiv.accounts.enums import Role
from kiv.accounts.models import Membership, User
from kiv.audit.models import AuditEvent
from kiv.audit.selectors import verify_trail
from kiv.audit.services import seal_events
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def an():
    return UserFactory(
        name="An Peeters", email="an.peeters@example.be", language="fr", lead_of=ZoneFactory(name="PZ Noord")
    )


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue().splitlines(), err.getvalue().splitlines()


def everything_stored():
    """Every text in every table, as one string."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_nothing_that_names_the_person_stays(client_of, an):
    client_of(an).get(reverse("accounts:person_me"))
    other = UserFactory(name="Bo Janssens", email="bo@example.be", lead_of=ZoneFactory())
    client_of(other)
    assert "An Peeters" in everything_stored()
    erasure = services.erase_person(by=other, user=an)
    assert (erasure.memberships, erasure.sessions) == (1, 1)
    kept = everything_stored()
    assert [word for word in ("An Peeters", "an.peeters", "Peeters") if word in kept] == []
    assert "Bo Janssens" in kept
    assert Session.objects.count() == 1
    stored = User.objects.get(pk=an.pk)
    assert (stored.name, stored.email) == (f"erased-{an.pk}", f"erased-{an.pk}@erased.invalid")
    assert (stored.is_active, stored.last_login, stored.language) == (False, None, "nl")
    assert not stored.has_usable_password()
    assert list(Membership.objects.values_list("user", flat=True)) == [other.pk]


def test_the_session_ends_and_nobody_signs_in_again(client_of, an, client):
    browser = client_of(an)
    services.erase_person(by=None, user=an)
    assert browser.get(reverse("accounts:person_me")).status_code == 302
    for address in ("an.peeters@example.be", f"erased-{an.pk}@erased.invalid"):
        answer = client.post(reverse("accounts:login"), {"username": address, "password": PASSWORD})
        assert answer.status_code == 200


def test_the_record_says_it_without_personal_data(an):
    admin = UserFactory()
    services.erase_person(by=admin, user=an)
    removed, erased = AuditEvent.objects.order_by("id")
    assert (removed.event, removed.actor_id, removed.data["user_id"]) == (
        "membership.removed",
        admin.pk,
        an.pk,
    )
    assert (erased.event, erased.actor_id, erased.on_id, erased.data) == (
        "person.erased",
        admin.pk,
        str(an.pk),
        {"memberships": 1, "rows": 0},
    )


def test_the_sealed_trail_still_verifies(an):
    bo = UserFactory()
    services.add_membership(by=an, user=bo, role=Role.FRAMEWORK_ADMINISTRATOR)
    seal_events(older_than=timedelta(0))
    services.erase_person(by=None, user=an)
    assert verify_trail().faults == ()
    seal_events(older_than=timedelta(0))
    found = verify_trail()
    assert (found.batches, found.unsealed, found.is_sound) == (2, 0, True)
    assert AuditEvent.objects.filter(actor_id=an.pk).count() == 1


def test_whom_it_leaves_without_a_lead(an):
    zone, place = an.memberships.get().zone, MunicipalityFactory(name="Dorp")
    services.add_membership(by=None, user=an, role=Role.ZONE_LEAD, municipality=place)
    services.add_membership(by=None, user=an, role=Role.ZONE_EDITOR, zone=ZoneFactory())
    UserFactory(editor_of=zone)
    UserFactory(lead_of=zone, is_active=False)
    UserFactory(lead_of=place.zone)
    assert services.find_erasure(an).left_without_lead == (zone, place)
    UserFactory(lead_of=[zone, place])
    assert services.find_erasure(an).left_without_lead == ()


def test_the_last_administrator_is_named():
    admin = UserFactory(is_system_administrator=True)
    assert services.find_erasure(admin).is_last_administrator
    UserFactory(is_system_administrator=True)
    assert not services.find_erasure(admin).is_last_administrator


def test_nobody_erases_oneself_and_nobody_twice(an):
    with pytest.raises(services.ChangeRefused):
        services.erase_person(by=an, user=an)
    assert (User.objects.get(pk=an.pk).name, AuditEvent.objects.count()) == ("An Peeters", 0)
    services.erase_person(by=None, user=an)
    count = AuditEvent.objects.count()
    with pytest.raises(services.ChangeRefused):
        services.erase_person(by=None, user=an)
    assert AuditEvent.objects.count() == count


def test_an_erased_account_stays_closed(an):
    services.erase_person(by=None, user=an)
    erased = User.objects.get(pk=an.pk)
    with pytest.raises(services.ChangeRefused):
        services.activate_person(by=None, user=erased)
    with pytest.raises(services.ChangeRefused):
        services.issue_password_link(by=None, user=erased)
    with pytest.raises(ValidationError):
        services.add_membership(by=None, user=erased, role=Role.SYSTEM_ADMINISTRATOR)
    assert (erased.is_active, erased.memberships.count()) == (False, 0)


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_a_stop_in_the_middle_leaves_everything(an, client_of, monkeypatch, at):
    """`at`: the first or the second event that is recorded on the way."""
    client_of(an)
    before = everything_stored()
    calls = []

    def stop(*args, **kwargs):
        calls.append(args)
        if len(calls) == at:
            raise RuntimeError("power cut")

    monkeypatch.setattr("kiv.accounts.services.people.record", stop)
    monkeypatch.setattr("kiv.accounts.services.erasing.record", stop)
    with pytest.raises(RuntimeError):
        services.erase_person(by=None, user=an)
    assert everything_stored() == before


def test_the_pages_of_an_erased_person(client_of, an, in_english):
    services.erase_person(by=None, user=an)
    browser = client_of(UserFactory(is_system_administrator=True))
    page = browser.get(reverse("accounts:person_detail", args=[an.pk])).content.decode()
    assert reverse("accounts:person_activate", args=[an.pk]) not in page
    assert "Add this membership" not in page
    assert "Peeters" not in browser.get(reverse("accounts:person_list")).content.decode()
    answer = browser.post(reverse("accounts:person_activate", args=[an.pk]), follow=True)
    assert "This person was erased" in answer.content.decode()
    assert not User.objects.get(pk=an.pk).is_active


class TestCommand:
    def test_it_first_says_what_would_go(self, an):
        before = everything_stored()
        out, err = run("erase_person", "AN.Peeters@example.be")
        assert out == [
            f"would erase person {an.pk}: memberships 1, sessions 0, other rows 0. "
            "Nothing was changed; add --yes."
        ]
        assert err == ["Warning: PZ Noord has no other lead; nobody else can share its plans."]
        assert everything_stored() == before

    def test_then_it_erases(self, an):
        UserFactory(lead_of=an.memberships.get().zone)
        assert run("erase_person", "an.peeters@example.be", "--yes") == (
            [f"person {an.pk} was erased: memberships 1, sessions 0, other rows 0"],
            [],
        )
        assert User.objects.get(pk=an.pk).erased_at is not None

    @pytest.mark.parametrize("email", ["nobody@example.be", ""])
    def test_an_address_that_nobody_has(self, email):
        with pytest.raises(CommandError) as refused:
            run("erase_person", email, "--yes")
        assert refused.value.returncode == 2
