"""Services of accounts: what changes, what is refused, what the audit trail says."""

import pytest
import time_machine
from django.core.exceptions import ValidationError

from kiv.accounts import services
from kiv.accounts.enums import Role
from kiv.accounts.models import Membership, User
from kiv.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory

pytestmark = pytest.mark.django_db


def events():
    return list(AuditEvent.objects.order_by("id").values_list("event", flat=True))


def add(**changes):
    values = {"by": None, "email": "An@Example.be", "name": "An", "language": "nl", "role": Role.ZONE_LEAD}
    return services.add_person(**{**values, **changes})


def test_adding_a_person():
    zone, admin = ZoneFactory(), UserFactory()
    user = add(by=admin, zone=zone)
    assert (user.email, user.has_usable_password(), user.access.zone_ids(Role.ZONE_LEAD)) == (
        "an@example.be",
        False,
        {zone.pk},
    )
    person, membership = AuditEvent.objects.order_by("id")
    assert (person.event, person.actor_id, person.data) == ("person.added", admin.pk, {})
    assert (membership.event, membership.zone_id) == ("membership.added", zone.pk)
    assert membership.data["role"] == "zone_lead"
    assert "example" not in str(membership.data)


@pytest.mark.parametrize(
    "changes", [{"email": "no address"}, {"name": " "}, {"language": "xx"}, {"role": "boss"}, {}]
)
def test_a_person_that_is_not_right_is_not_added_at_all(changes):
    with pytest.raises((ValidationError, ValueError)):
        add(**changes)  # the last one: a lead without a place
    assert (User.objects.count(), events()) == (0, [])


def test_the_same_address_in_capitals_is_the_same_person():
    UserFactory(email="an@example.be")
    with pytest.raises(ValidationError):
        add(zone=ZoneFactory())


def test_a_membership_is_not_added_twice():
    zone = ZoneFactory()
    user = UserFactory(lead_of=zone)
    with pytest.raises(ValidationError):
        services.add_membership(by=None, user=user, role=Role.ZONE_LEAD, zone=zone)
    services.add_membership(by=None, user=user, role=Role.ZONE_READER, zone=zone)
    assert user.memberships.count() == 2


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.ZONE_LEAD, {}),
        (Role.COORDINATOR, {"municipality": MunicipalityFactory}),
        (Role.SYSTEM_ADMINISTRATOR, {"zone": ZoneFactory}),
    ],
)
def test_a_place_that_does_not_go_with_the_role_is_explained(role, place):
    with pytest.raises(ValidationError) as error:
        services.add_membership(
            by=None, user=UserFactory(), role=role, **{name: make() for name, make in place.items()}
        )
    assert len(error.value.messages) == 1


def test_access_follows_a_change_of_membership_at_once():
    zone, user = ZoneFactory(), UserFactory()
    assert not user.access.is_member_of(zone.pk)
    membership = services.add_membership(by=None, user=user, role=Role.ZONE_LEAD, zone=zone)
    assert user.access.is_member_of(zone.pk)
    services.remove_membership(by=None, membership=membership)
    assert not user.access.is_member_of(zone.pk)
    assert events() == ["membership.added", "membership.removed"]
    assert Membership.objects.count() == 0


def test_nobody_shuts_themselves_out():
    admin = UserFactory(is_system_administrator=True)
    with pytest.raises(services.ChangeRefused):
        services.deactivate_person(by=admin, user=admin)
    with pytest.raises(services.ChangeRefused):
        services.remove_membership(by=admin, membership=admin.memberships.get())
    assert admin.memberships.count() == 1
    assert events() == []


def test_closing_and_opening_an_account():
    user, admin = UserFactory(), UserFactory()
    services.deactivate_person(by=admin, user=user)
    assert not User.objects.get(pk=user.pk).is_active
    with pytest.raises(services.ChangeRefused):
        services.issue_password_link(by=admin, user=user)
    services.activate_person(by=admin, user=user)
    assert User.objects.get(pk=user.pk).is_active
    assert events() == ["person.deactivated", "person.activated"]


def test_a_link_is_for_one_person_and_works_once():
    user = add(zone=ZoneFactory())
    uid, token = services.issue_password_link(by=None, user=user).strip("/").split("/")[-2:]
    assert services.find_user_of_link(uid, token) == user
    other_uid = services.issue_password_link(by=None, user=UserFactory()).strip("/").split("/")[-2]
    assert services.find_user_of_link(other_uid, token) is None
    assert services.find_user_of_link("###", token) is None
    assert services.find_user_of_link("_____w", token) is None
    services.set_password(by=user, user=user, password="a long enough password")
    assert services.find_user_of_link(uid, token) is None


def test_a_link_ends_after_three_days():
    user = add(zone=ZoneFactory())
    with time_machine.travel("2026-11-01 12:00:00", tick=False):
        uid, token = services.issue_password_link(by=None, user=user).strip("/").split("/")[-2:]
    with time_machine.travel("2026-11-04 11:59:00", tick=False):
        assert services.find_user_of_link(uid, token) == user
    with time_machine.travel("2026-11-04 12:01:00", tick=False):
        assert services.find_user_of_link(uid, token) is None
