"""What exists for whom, and what they may do with it: every role before every sort of plan, in one table.

Rows are who, columns are plans; each cell says what is true of that person and that plan:
exists, content (of the version), inside, clearance, edit, share — by their first letters, "-" for none.
"""

from copy import deepcopy

import pytest
from django.contrib.auth.models import AnonymousUser

from plans import rules
from plans.models import Assessment, Plan, PlanVersion
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import DistrictFactory, MunicipalityFactory, ProvinceFactory, ZoneFactory

pytestmark = pytest.mark.django_db

PLANS = ("preparation", "shared", "predecessor", "old shared", "local", "local shared", "stranger")

# Zone Z with a plan in preparation and a shared one, its predecessor's two, a municipality's local two; a
# stranger's shared plan in another province.
TABLE = {
    "visitor": "- - - - - - -",
    "nobody": "- - - - - - -",
    "closed account": "- - - - - - -",
    "reader": "ecil ecil ecil ecil ecil ecil -",
    "editor": "ecile ecil ecil ecil ecil ecil -",
    "lead": "eciles ecil ecil ecil ecil ecil -",
    "old zone's lead": "- - eciles ecil - - -",
    "municipality's reader": "- - - - ecil ecil -",
    "municipality's editor": "- - - - ecile ecil -",
    "municipality's lead": "- - - - eciles ecil -",
    "neighbour's lead": "- - - - - - -",
    "stranger's lead": "- - - - - - ecil",
    "coordinator of Z": "e ec e ec e ec -",
    "cleared coordinator of Z": "el ecl el ecl el ecl -",
    "coordinator of the province": "e ec e ec e ec -",
    "coordinator of the district": "e ec e ec e ec -",
    "coordinator of the country": "e ec e ec e ec ec",
    "cleared, country": "el ecl el ecl el ecl ecl",
    "framework administrator": "- - - - - - -",
    "system administrator": "- - - - - - -",
}


@pytest.fixture(scope="module")
def made(once_per_module):
    return once_per_module(make_plans)


@pytest.fixture
def world(made):
    """The plans by name, and who makes which person."""
    plans, makers = made
    return deepcopy(plans), makers


def make_plans():
    province, district = ProvinceFactory(), DistrictFactory()
    old = ZoneFactory()
    zone = ZoneFactory(predecessors=[old], province=province, district=district)
    town, neighbour = MunicipalityFactory(zone=zone), MunicipalityFactory(zone=zone)
    stranger = ZoneFactory(province=ProvinceFactory(), district=DistrictFactory())
    edition = AssessmentFactory(zone=neighbour.zone, municipality=neighbour).edition

    def plan(shared=False, **place):
        cycle = {"cycle__first_year": 2020 if shared else 2026}
        return AssessmentFactory(edition=edition, is_shared=shared, **cycle, **place)

    plans = {
        "preparation": plan(zone=zone),
        "shared": plan(zone=zone, shared=True),
        "predecessor": plan(zone=old),
        "old shared": plan(zone=old, shared=True),
        "local": plan(local=True, municipality=town),
        "local shared": plan(local=True, municipality=town, shared=True),
        "stranger": plan(zone=stranger, shared=True),
    }
    makers = {
        "visitor": AnonymousUser,
        "nobody": UserFactory,
        "closed account": lambda: UserFactory(lead_of=zone, is_active=False),
        "reader": lambda: UserFactory(reader_of=zone),
        "editor": lambda: UserFactory(editor_of=zone),
        "lead": lambda: UserFactory(lead_of=zone),
        "old zone's lead": lambda: UserFactory(lead_of=old),
        "municipality's reader": lambda: UserFactory(reader_of=town),
        "municipality's editor": lambda: UserFactory(editor_of=town),
        "municipality's lead": lambda: UserFactory(lead_of=town),
        "neighbour's lead": lambda: UserFactory(lead_of=neighbour),
        "stranger's lead": lambda: UserFactory(lead_of=stranger),
        "coordinator of Z": lambda: UserFactory(coordinator_of=zone),
        "cleared coordinator of Z": lambda: UserFactory(cleared_coordinator_of=zone),
        "coordinator of the province": lambda: UserFactory(coordinator_of=province),
        "coordinator of the district": lambda: UserFactory(coordinator_of=district),
        "coordinator of the country": lambda: UserFactory(coordinator_of="country"),
        "cleared, country": lambda: UserFactory(cleared_coordinator_of="country"),
        "framework administrator": lambda: UserFactory(is_framework_administrator=True),
        "system administrator": lambda: UserFactory(is_system_administrator=True),
    }
    return plans, makers


def cell(user, assessment):
    version = assessment.version
    plan = version.plan
    answers = {
        "e": Plan.objects.visible_to(user).filter(pk=plan.pk).exists(),
        "c": PlanVersion.objects.visible_to(user).filter(pk=version.pk).exists(),
        "i": rules.is_inside(user, plan),
        "l": rules.has_clearance(user, plan),
    }
    assert Assessment.objects.visible_to(user).filter(pk=assessment.pk).exists() == answers["c"]
    rights = {"e": rules.can_edit(user, version), "s": rules.can_share(user, version)}
    return "".join(letter for part in (answers, rights) for letter, is_so in part.items() if is_so) or "-"


@pytest.mark.parametrize("who", TABLE)
def test_who_sees_and_may_what(who, world):
    plans, makers = world
    user = makers[who]()
    assert {name: cell(user, plans[name]) for name in PLANS} == dict(
        zip(PLANS, TABLE[who].split(), strict=True)
    )


def test_the_table_has_everybody(world):
    assert set(world[1]) == set(TABLE)


@pytest.mark.parametrize("who", TABLE)
def test_no_right_without_sight(who, world):
    """Whatever somebody may change they may see, and who is inside may read everything."""
    plans, makers = world
    user = makers[who]()
    for assessment in plans.values():
        letters = cell(user, assessment)
        for needed, right in (("ec", "s"), ("ec", "i"), ("e", "c"), ("e", "l"), ("l", "i")):
            assert right not in letters or set(needed) <= set(letters)


@pytest.mark.parametrize("who", ["reader", "coordinator of the province", "cleared, country", "nobody"])
def test_lists_count_each_plan_once(who, world):
    """Several memberships that reach one plan do not show it twice."""
    plans, makers = world
    user = makers[who]()
    found = list(Plan.objects.visible_to(user).values_list("pk", flat=True))
    assert len(found) == len(set(found))


def test_rules_answer_with_the_reason():
    assessment = AssessmentFactory(shared=True)
    lead = UserFactory(lead_of=assessment.version.plan.zone)
    with pytest.raises(rules.WrongMoment, match=r"\w"):
        rules.check_can_edit(lead, assessment.version)
    with pytest.raises(rules.WrongMoment, match=r"\w"):
        rules.check_can_share(lead, assessment.version)
    with pytest.raises(rules.NotAllowed):
        rules.check_can_share(UserFactory(), assessment.version)
