"""What memberships allow, and which memberships can exist."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from kiv.accounts.access import NO_ACCESS, Scopes, access_of
from kiv.accounts.enums import Role
from kiv.accounts.models import Membership, User
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.territory import DistrictFactory, MunicipalityFactory, ProvinceFactory, ZoneFactory

pytestmark = pytest.mark.django_db


def test_nobody_and_the_closed_account_may_nothing():
    zone = ZoneFactory()
    closed = UserFactory(is_active=False, lead_of=zone, is_system_administrator=True)
    for user in (AnonymousUser(), closed):
        access = access_of(user)
        assert access is NO_ACCESS
        assert not access.is_system_administrator
        assert access.zone_ids() == frozenset()


@pytest.mark.parametrize(
    ("role", "can_edit", "can_share"),
    [("reader_of", False, False), ("editor_of", True, False), ("lead_of", True, True)],
)
def test_a_zone_role_holds_at_that_zone_only(role, can_edit, can_share):
    zone, other = ZoneFactory(), ZoneFactory()
    municipality = MunicipalityFactory(zone=zone)
    access = UserFactory(**{role: zone}).access
    assert (access.is_member_of(zone.pk), access.is_member_of(other.pk)) == (True, False)
    assert (access.can_edit_in(zone.pk), access.can_share_in(zone.pk)) == (can_edit, can_share)
    assert not access.can_edit_in(other.pk)
    assert not access.can_share_in(other.pk)
    # The municipality's own plan is the municipality's.
    assert not access.can_edit_in(zone.pk, municipality.pk)


@pytest.mark.parametrize(
    ("role", "can_edit", "can_share"),
    [("reader_of", False, False), ("editor_of", True, False), ("lead_of", True, True)],
)
def test_a_role_at_a_municipality_is_for_its_local_plan_only(role, can_edit, can_share):
    municipality = MunicipalityFactory()
    neighbour = MunicipalityFactory(zone=municipality.zone)
    zone_id = municipality.zone_id
    access = UserFactory(**{role: municipality}).access
    assert access.municipality_ids() == {municipality.pk}
    assert access.can_edit_in(zone_id, municipality.pk) is can_edit
    assert access.can_share_in(zone_id, municipality.pk) is can_share
    assert not access.is_member_of(zone_id)
    assert not access.can_edit_in(zone_id)
    assert not access.can_edit_in(zone_id, neighbour.pk)


def test_membership_of_a_merged_zone_gives_no_membership_of_its_predecessor():
    old = ZoneFactory()
    new = ZoneFactory(predecessors=[old])
    access = UserFactory(editor_of=new).access
    assert (access.is_member_of(old.pk), access.can_edit_in(old.pk)) == (False, False)


def test_a_coordinator_has_the_sum_of_the_scopes_and_clearance_apart():
    zone, province, district = ZoneFactory(), ProvinceFactory(), DistrictFactory()
    user = UserFactory(coordinator_of=[zone, province], cleared_coordinator_of=district)
    access = user.access
    assert access.coordinated_scopes() == Scopes(
        zone_ids=frozenset({zone.pk}),
        province_ids=frozenset({province.pk}),
        district_ids=frozenset({district.pk}),
    )
    assert access.coordinated_scopes(with_clearance=True) == Scopes(district_ids=frozenset({district.pk}))
    assert (access.is_coordinator, access.is_zone_member, access.is_member_of(zone.pk)) == (
        True,
        False,
        False,
    )
    assert not access.can_edit_in(zone.pk)


def test_no_place_means_the_whole_country():
    access = UserFactory(coordinator_of="country").access
    assert access.coordinated_scopes().is_country
    assert not access.coordinated_scopes(with_clearance=True)
    assert bool(access.coordinated_scopes()) is True
    assert not UserFactory().access.coordinated_scopes()


def test_administrators_are_told_apart():
    framework, system = (
        UserFactory(is_framework_administrator=True),
        UserFactory(is_system_administrator=True),
    )
    assert (framework.access.is_framework_administrator, framework.access.is_system_administrator) == (
        True,
        False,
    )
    assert (system.access.is_framework_administrator, system.access.is_system_administrator) == (False, True)
    assert not system.access.coordinated_scopes()


def test_access_is_one_query_however_often_it_is_asked(django_assert_num_queries):
    user = User.objects.get(pk=UserFactory(lead_of=[ZoneFactory(), ZoneFactory()]).pk)
    with django_assert_num_queries(1):
        assert len(access_of(user).zone_ids()) == 2
        assert access_of(user).is_zone_member
        assert user.access.zone_ids(Role.ZONE_READER) == frozenset()


def test_accounts_and_memberships_are_visible_to_oneself_and_the_system_administrator():
    admin, one, two = (
        UserFactory(is_system_administrator=True),
        UserFactory(lead_of=ZoneFactory()),
        UserFactory(),
    )
    framework = UserFactory(is_framework_administrator=True)
    assert set(User.objects.visible_to(admin)) == {admin, one, two, framework}
    assert set(User.objects.visible_to(one)) == {one}
    assert set(User.objects.visible_to(framework)) == {framework}
    assert set(User.objects.visible_to(AnonymousUser())) == set()
    assert set(Membership.objects.visible_to(admin)) == set(Membership.objects.all())
    assert set(Membership.objects.visible_to(one)) == set(one.memberships.all())
    assert set(Membership.objects.visible_to(two)) == set()
    assert set(Membership.objects.visible_to(AnonymousUser())) == set()


PLACES = {
    "zone": ZoneFactory,
    "municipality": MunicipalityFactory,
    "province": ProvinceFactory,
    "district": DistrictFactory,
}
ALLOWED = {
    **{role: [("zone",), ("municipality",)] for role in ("zone_reader", "zone_editor", "zone_lead")},
    "coordinator": [(), ("zone",), ("province",), ("district",)],
    "framework_administrator": [()],
    "system_administrator": [()],
}
COMBINATIONS = [
    (),
    ("zone",),
    ("municipality",),
    ("province",),
    ("district",),
    ("zone", "municipality"),
    ("zone", "province"),
]


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("places", COMBINATIONS, ids=lambda places: "+".join(places) or "nowhere")
def test_the_database_takes_only_places_that_go_with_the_role(role, places):
    values = {place: PLACES[place]() for place in places}
    user = UserFactory()
    if places in ALLOWED[role]:
        MembershipFactory(user=user, role=role, **values)
        with pytest.raises(IntegrityError), transaction.atomic():  # the same once more
            MembershipFactory(user=user, role=role, **values)
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            MembershipFactory(user=user, role=role, **values)
    assert user.memberships.count() == (1 if places in ALLOWED[role] else 0)


def test_clearance_is_for_coordinators():
    MembershipFactory(role=Role.COORDINATOR, has_clearance=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(role=Role.SYSTEM_ADMINISTRATOR, has_clearance=True)


def test_an_address_exists_once_and_in_lower_case():
    UserFactory(email="jan@example.be")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="jan@example.be")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Piet@example.be")
    assert User.objects.get_by_natural_key(" JAN@Example.be ").email == "jan@example.be"
