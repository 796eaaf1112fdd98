"""Who is told of what: for each kind exactly these people, and nobody who may not know."""

import pytest
from django.db import transaction

from kiv.accounts.enums import Role
from kiv.accounts.models import Membership
from kiv.audit.services import NotInTransaction
from plans.enums import NoticeKind
from plans.mail import notify
from plans.models import Notice
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.territory import DistrictFactory, MunicipalityFactory, ProvinceFactory, ZoneFactory
from tests.plans.cast import Cast, make_plan
from tests.plans.mail.posting import addresses, tell, told
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def zone():
    return ZoneFactory(complete=True)


@pytest.fixture
def people(zone):
    """Everybody there is, so that whoever is not to be told could be."""
    cast = Cast(zone)
    for name in (*Cast.INSIDE, *Cast.READING_SHARED, *Cast.OUTSIDE):
        assert cast[name]
    UserFactory(lead_of=zone, is_active=False)
    UserFactory(editor_of=MunicipalityFactory(zone=zone))
    return cast


@pytest.fixture
def area(zone):
    """Coordinators whose area holds the zone in each way an area can."""
    UserFactory(coordinator_of=[ProvinceFactory(), DistrictFactory()])
    return [UserFactory(coordinator_of=place) for place in (zone.province, zone.district, "country")]


def test_sharing_is_told_to_the_zone_and_to_the_coordinators_of_its_area(zone, people, area):
    share_version(version=make_plan(zone).version, by=people.lead)
    assert told() == addresses(people.reader, people.editor, people.coordinator, people.cleared, *area)
    assert set(Notice.objects.values_list("kind", "item", "mail")) == {("shared", None, None)}


@pytest.mark.parametrize(
    ("kind", "names"),
    [("remark", ["editor", "lead"]), ("reviewed", ["reader", "editor", "lead"])],
)
def test_what_a_reviewer_does_is_told_to_the_zone(zone, people, kind, names):
    assessment = make_plan(zone)
    share_version(version=assessment.version, by=None)
    Notice.objects.all().delete()
    tell(kind, assessment, by=people.coordinator)
    assert told() == addresses(*(people[name] for name in names))


@pytest.mark.parametrize("kind", ["answer", "assigned"])
def test_named_people_are_told_when_they_may_know(zone, people, kind):
    assessment = make_plan(zone)
    named = [people.reader, people.coordinator, people.stranger_coordinator, people.stranger_lead]
    with pytest.raises(ValueError, match="say `to`"):
        tell(kind, assessment, by=people.lead)
    tell(kind, assessment, by=people.lead, to=[people.lead, *named])
    assert told() == addresses(people.reader)
    share_version(version=assessment.version, by=people.lead)
    Notice.objects.all().delete()
    tell(kind, assessment, by=people.lead, to=[people.lead, *named])
    assert told() == addresses(people.reader, people.coordinator)


def test_a_role_that_was_taken_away_since_somebody_was_read_counts_no_more(zone, people):
    assessment = make_plan(zone)
    assert people.reader.access.is_zone_member
    Membership.objects.filter(user=people.reader).delete()
    tell("assigned", assessment, to=[people.reader, people.editor])
    assert told() == addresses(people.editor)


def test_of_a_local_plan_the_municipality_is_the_zone_side(zone, people):
    municipality = MunicipalityFactory(zone=zone)
    local = [UserFactory(reader_of=municipality), UserFactory(lead_of=municipality)]
    share_version(version=make_plan(zone, municipality=municipality).version, by=local[1])
    assert told() == addresses(local[0], people.coordinator, people.cleared)


def test_the_people_of_a_merged_zone_are_told_of_the_plans_it_came_from(zone, people, area):
    merged = ZoneFactory(predecessors=[zone], complete=True)
    new = [UserFactory(reader_of=merged), UserFactory(coordinator_of=merged.province)]
    share_version(version=make_plan(zone).version, by=None)
    cast = [people.reader, people.editor, people.lead, people.coordinator, people.cleared]
    assert told() == addresses(*cast, *area, *new)


def test_a_wholly_confidential_item_is_told_inside_the_zone_only():
    world = make_world(shared=True)
    cast = Cast(world.zone)
    outside = [cast.coordinator, cast.cleared]
    Notice.objects.all().delete()
    tell("answer", world.assessment, item="A4", to=[*outside, cast.editor])
    assert told() == addresses(cast.editor)
    tell("answer", world.assessment, item="A1", to=outside)
    assert told(item__code="A1") == addresses(*outside)


def test_nothing_is_told_outside_the_transaction_of_what_happened(zone):
    assessment = make_plan(zone)
    with pytest.raises(ValueError, match="remind"):
        tell(NoticeKind.DEADLINE, assessment)
    UserFactory(lead_of=zone)
    with transaction.atomic():
        tell("reviewed", assessment)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_asks_for_a_transaction(zone):
    with pytest.raises(NotInTransaction):
        notify(kind=NoticeKind.REVIEWED, version=make_plan(zone).version, by=None)


def test_who_holds_two_roles_is_told_once(zone):
    both = UserFactory(reader_of=zone, coordinator_of="country")
    Membership.objects.create(user=both, role=Role.ZONE_EDITOR, zone=zone)
    share_version(version=make_plan(zone).version, by=None)
    assert list(Notice.objects.values_list("receiver", flat=True)) == [both.pk]
