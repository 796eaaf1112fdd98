"""Who is what to a plan, and that both faces of a rule say the same at every status, for every role."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from kiv.accounts.access import forget_access
from plans import rules, workflow
from plans.enums import VersionStatus
from plans.models import PlanVersion
from plans.workflow import Act, Status
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.cast import Cast, make_plan
from tests.plans.services.acting import NOT_EDITORS
from tests.plans.test_workflow import EXPECTED, FACTS, WHO

pytestmark = pytest.mark.django_db

#: What each person around a zone is to that zone's own plan.
PARTS = {
    "editor": {"editor"},
    "lead": {"editor", "lead"},
    "reader": set(),
    "coordinator": {"reviewer"},
    "cleared": {"reviewer"},
    "stranger_lead": set(),
    "stranger_coordinator": set(),
    "framework_administrator": set(),
    "system_administrator": set(),
    "nobody": set(),
}


@pytest.fixture
def people():
    return Cast(ZoneFactory())


def make_version(people, status: str, facts: frozenset) -> PlanVersion:
    """A version of which just these facts are so."""
    version = make_plan(people.zone).version
    numbers = [1, 2] if "is_first" not in facts else [1]
    numbers += [numbers[-1] + 1] if "has_newer" in facts else []
    for number in numbers[1:]:
        PlanVersion.objects.create(plan=version.plan, number=number, kind="plan", reason="x")
    version = version if "is_first" in facts else version.plan.versions.get(number=2)
    version.status = status
    version.shared_at = None if status == "preparation" else timezone.now()
    version.save()
    return version


def test_the_cast_is_complete():
    assert set(PARTS) == {*Cast.INSIDE, *Cast.READING_SHARED, *Cast.OUTSIDE}
    assert VersionStatus.values == list(map(str, Status))


@pytest.mark.parametrize("role", PARTS)
def test_parts(people, role):
    assert rules.parts_of(people[role], make_plan(people.zone).version.plan) == PARTS[role]


@pytest.mark.parametrize("who", NOT_EDITORS)
def test_no_part_of_the_zone_for_anybody_else(who):
    zone = ZoneFactory()
    plan = make_plan(zone).version.plan
    expected = {"coordinator of the zone": {"reviewer"}, "cleared coordinator": {"reviewer"}}
    assert rules.parts_of(NOT_EDITORS[who](zone), plan) == expected.get(who, set())


@pytest.mark.parametrize(
    ("role", "expected"),
    [("zone_reader", set()), ("zone_editor", {"editor"}), ("zone_lead", {"editor", "lead"})],
)
def test_nobody_of_the_zone_is_its_reviewer(people, role, expected):
    """A coordinator of the area who also belongs to the zone, in whatever role."""
    plan = make_plan(people.zone).version.plan
    user = UserFactory(cleared_coordinator_of="country")
    assert rules.parts_of(user, plan) == {"reviewer"}
    MembershipFactory(user=user, role=role, zone=people.zone)
    forget_access(user)
    assert rules.parts_of(user, plan) == expected


def test_nor_does_anybody_of_the_zone_it_went_into_review_its_plans(people):
    plan = make_plan(people.zone).version.plan
    successor = ZoneFactory(predecessors=[people.zone])
    user = UserFactory(reader_of=successor)
    MembershipFactory(user=user, role="coordinator")
    assert rules.parts_of(user, plan) == set()


def test_a_local_plan_has_its_own_people(people):
    municipality, neighbour = MunicipalityFactory(zone=people.zone), MunicipalityFactory(zone=people.zone)
    plan = make_plan(people.zone, municipality=municipality).version.plan
    assert rules.parts_of(UserFactory(lead_of=municipality), plan) == {"editor", "lead"}
    for user in (people.lead, UserFactory(lead_of=neighbour)):
        assert rules.parts_of(user, plan) == set()
    assert rules.parts_of(people.coordinator, plan) == {"reviewer"}


def test_queries(django_assert_num_queries, people):
    plan = make_plan(people.zone).version.plan
    for role, queries in {"lead": 0, "nobody": 0, "coordinator": 1, "stranger_coordinator": 1}.items():
        user = people[role]
        assert user.access is not None
        with django_assert_num_queries(queries):
            rules.parts_of(user, plan)


@pytest.mark.parametrize("facts", FACTS)
@pytest.mark.parametrize("status", list(map(str, Status)))
def test_both_faces_of_every_rule(people, status, facts):
    version = make_version(people, status, FACTS[facts])
    at = list(FACTS).index(facts)
    for role, act in product(PARTS, Act):
        user, why = people[role], EXPECTED[act, status][at]
        is_theirs = bool(PARTS[role] & WHO[act])
        assert rules.can(user, version, act) is (is_theirs and why is None), (role, act)
        if not is_theirs:
            with pytest.raises(rules.NotAllowed):
                rules.check_can(user, version, act)
            with pytest.raises(rules.NotAllowed):
                rules.check_may(user, version.plan, act)
        elif why is not None:
            rules.check_may(user, version.plan, act)
            with pytest.raises(rules.WrongMoment):
                rules.check_can(user, version, act)
            with pytest.raises(rules.WrongMoment):
                rules.check_can(None, version, act)
        else:
            rules.check_can(user, version, act)
            rules.check_can(None, version, act)


@pytest.mark.parametrize("facts", FACTS)
@pytest.mark.parametrize("status", list(map(str, Status)))
def test_the_short_names_ask_the_same(people, status, facts):
    version = make_version(people, status, FACTS[facts])
    for role in PARTS:
        user = people[role]
        assert rules.can_edit(user, version) is rules.can(user, version, Act.EDIT)
        assert rules.can_share(user, version) is rules.can(user, version, Act.SHARE)


def test_a_visitor_may_nothing(people):
    version = make_plan(people.zone).version
    assert not any(rules.can(AnonymousUser(), version, act) for act in Act)


REFUSED = [
    (act, status, facts, why)
    for (act, status), row in EXPECTED.items()
    for facts, why in zip(FACTS, row, strict=True)
    if why is not None
]


@pytest.mark.parametrize(("act", "status", "facts", "why"), REFUSED)
def test_every_refusal_is_a_sentence(people, act, status, facts, why):
    """By the act when the status is wrong, by the fact otherwise; in the language of the reader."""
    version = make_version(people, status, FACTS[facts])
    with pytest.raises(rules.WrongMoment) as refused, translation.override("en"):
        rules.check_moment(version, Act(act))
    said = str(refused.value)
    assert said.endswith(".")
    assert said[0].isupper()
    by_fact = {"has_newer": "A newer version", "is_first": "This is the first version"}
    assert [fact for fact, start in by_fact.items() if said.startswith(start)] == (
        [why] if why in by_fact else []
    )


def test_no_sentence_is_for_nothing():
    keys = {act if why == "wrong_status" else why for act, _status, _facts, why in REFUSED}
    assert set(map(str, rules.MOMENTS)) == keys
    with translation.override("en"):
        assert len({words() for words in rules.MOMENTS.values()}) == len(rules.MOMENTS)


@pytest.mark.parametrize("act", Act)
def test_only_asked_facts_are_looked_up(django_assert_num_queries, people, act):
    version = make_version(people, "shared", FACTS["newer"])
    asks = workflow.Fact.HAS_NEWER in workflow.TABLE[act].unless
    with django_assert_num_queries(1 if asks else 0):
        rules.facts_of(version, act)
