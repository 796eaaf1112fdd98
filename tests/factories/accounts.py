"""People for tests. `UserFactory()` may nothing; `editor_of=zone` and the like add a membership."""

import factory
from factory.django import DjangoModelFactory

from kiv.accounts.access import forget_access
from kiv.accounts.enums import Role
from kiv.accounts.models import Membership, User
from kiv.territory.models import JudicialDistrict, Municipality, PoliceZone, Province

PASSWORD = "a long enough password"  # of every user made here
PLACES = {
    PoliceZone: "zone",
    Municipality: "municipality",
    Province: "province",
    JudicialDistrict: "district",
}


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory("tests.factories.accounts.UserFactory")
    role = Role.FRAMEWORK_ADMINISTRATOR


def _add(user, role, places, *, clearance=False):
    for place in places if isinstance(places, (list, tuple)) else [places]:
        where = {} if place == "country" else {PLACES[type(place)]: place}
        MembershipFactory(user=user, role=role, has_clearance=clearance, **where)
    forget_access(user)


def _hook(role, *, clearance=False):
    """A post-generation argument: a place or a list of places; for a coordinator also "country"."""

    def add(self, create, extracted, **kwargs):
        if extracted:
            _add(self, role, "country" if extracted is True else extracted, clearance=clearance)

    return factory.post_generation(add)


class UserFactory(DjangoModelFactory):
    """E.g. ``UserFactory(lead_of=zone)``, ``UserFactory(coordinator_of=[zone, province])``,

    ``UserFactory(cleared_coordinator_of="country")``, ``UserFactory(is_system_administrator=True)``.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.be")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)

    reader_of = _hook(Role.ZONE_READER)
    editor_of = _hook(Role.ZONE_EDITOR)
    lead_of = _hook(Role.ZONE_LEAD)
    coordinator_of = _hook(Role.COORDINATOR)
    cleared_coordinator_of = _hook(Role.COORDINATOR, clearance=True)
    is_framework_administrator = _hook(Role.FRAMEWORK_ADMINISTRATOR)
    is_system_administrator = _hook(Role.SYSTEM_ADMINISTRATOR)
