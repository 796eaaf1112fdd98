"""Dividing the work: to whom, by whom, when, and what is refused."""

import pytest
from django.core.exceptions import ValidationError

from kiv.accounts.models import Membership
from kiv.accounts.services import erase_person
from plans import rules
from plans.models import Assessment, ItemAssignment, Notice, PlanVersion
from plans.selectors.teamwork import colleagues_of, teamwork_of
from plans.selectors.waiting import Kind, waiting_for
from plans.services.assignments import StaleAssignments, assign_items
from plans.services.choices import ChoiceChange, save_choices
from plans.services.scores import store_scores
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.services.acting import NOT_EDITORS, event_count, events_since
from tests.plans.services.versioning import start, stored
from tests.plans.teamwork import give, holders, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return AssessmentFactory()


@pytest.fixture
def an(assessment):
    return UserFactory(editor_of=assessment.version.plan.zone)


class TestGiving:
    def test_several_at_once_is_told_without_names(self, assessment, an):
        lead, mark = UserFactory(lead_of=assessment.version.plan.zone), event_count()
        assert give(assessment, an, "P1", "T1", by=lead) == ["P1", "T1"]
        assert holders(assessment) == {"P1": an.pk, "T1": an.pk}
        plan, version = assessment.version.plan, assessment.version
        data = {"plan": plan.pk, "number": 1, "items": ["P1", "T1"], "user_id": an.pk}
        assert events_since(mark) == [
            ("assignment.set", lead.pk, "plans.planversion", str(version.pk), plan.zone_id, data)
        ]

    def test_who_gets_an_item_is_told_and_who_takes_one_is_not(self, assessment, an):
        lead = UserFactory(lead_of=assessment.version.plan.zone)
        give(assessment, an, "P1", "T1", by=lead)
        give(assessment, lead, "P2", by=lead)
        give(assessment, None, "P1", by=lead)
        told = Notice.objects.order_by("pk").values_list("kind", "receiver", "item__code")
        assert list(told) == [("assigned", an.pk, "P1"), ("assigned", an.pk, "T1")]

    def test_an_item_has_one_person(self, assessment, an):
        bo = UserFactory(lead_of=assessment.version.plan.zone)
        give(assessment, an, "P1", "P2")
        assert give(assessment, bo, "P2", "P3") == ["P2", "P3"]
        assert holders(assessment) == {"P1": an.pk, "P2": bo.pk, "P3": bo.pk}

    def test_taking_back(self, assessment, an):
        give(assessment, an, "P1", "P2")
        mark = event_count()
        assert give(assessment, None, "P1", "P3", by=an) == ["P1"]
        assert holders(assessment) == {"P2": an.pk}
        [(event, *_rest, data)] = events_since(mark)
        assert (event, data["items"]) == ("assignment.cleared", ["P1"])

    def test_twice_is_once(self, assessment, an):
        """A second click was read before the first: it finds that nothing is left to do."""
        give(assessment, an, "P1")
        before = stored(), holders(assessment)
        assert assign_items(assessment=assessment, items={"P1": None}, person_id=an.pk, by=an) == []
        assert (stored(), holders(assessment)) == before

    def test_what_somebody_else_gave_meanwhile_stays(self, assessment, an):
        bo = UserFactory(lead_of=assessment.version.plan.zone)
        give(assessment, bo, "P1")
        before = stored(), holders(assessment)
        for items, person in (({"P1": None, "P2": None}, an.pk), ({"P1": an.pk}, None)):
            with pytest.raises(StaleAssignments) as refused:
                assign_items(assessment=assessment, items=items, person_id=person, by=an)
            assert refused.value.codes == ["P1"]
            assert (stored(), holders(assessment)) == before

    @pytest.mark.parametrize("status", ["preparation", "shared", "reviewed"])
    def test_at_any_moment(self, status):
        assessment = AssessmentFactory(shared=status != "preparation")
        an = UserFactory(editor_of=assessment.version.plan.zone)
        PlanVersion.objects.update(status=status)
        assert give(assessment, an, "P1", by=an) == ["P1"]

    def test_an_unknown_item(self, assessment, an):
        with pytest.raises(ValidationError):
            give(assessment, an, "P1", "P99")
        assert holders(assessment) == {}

    def test_not_of_a_version_that_is_gone(self):
        assessment = AssessmentFactory(shared=True)
        an = UserFactory(editor_of=assessment.version.plan.zone)
        copy = start(assessment)
        PlanVersion.objects.get(pk=copy.version_id).assessments.all().delete()
        PlanVersion.objects.get(pk=copy.version_id).delete()
        with pytest.raises(rules.WrongMoment):
            assign_items(assessment=copy, items={"P1": None}, person_id=an.pk, by=an)


@pytest.mark.parametrize("who", NOT_EDITORS)
def test_who_may_not_edit_neither_gives_nor_gets(assessment, an, who):
    """Whoever may have an item is exactly who may edit the plan."""
    plan = assessment.version.plan
    person = NOT_EDITORS[who](plan.zone)
    with pytest.raises(rules.NotAllowed):
        give(assessment, an, "P1", by=person)
    assert person.pk not in set(colleagues_of(plan).values_list("pk", flat=True))
    if person.pk is not None:
        with pytest.raises(ValidationError):
            give(assessment, person, "P1", by=an)
    assert holders(assessment) == {}


def test_a_local_plan_is_divided_in_its_municipality():
    municipality = MunicipalityFactory()
    plan = AssessmentFactory(municipality=municipality, local=True).version.plan
    an, _reader = UserFactory(editor_of=municipality), UserFactory(reader_of=municipality)
    UserFactory(lead_of=municipality.zone)
    UserFactory(lead_of=MunicipalityFactory(zone=municipality.zone))
    assert list(colleagues_of(plan)) == [an]


class TestWhoLeft:
    def test_shows_as_former_until_somebody_else_has_the_item(self, assessment, an):
        bo = UserFactory(lead_of=assessment.version.plan.zone)
        give(assessment, an, "P1", "P2")
        give(assessment, bo, "P3")
        Membership.objects.filter(user=an).update(role="zone_reader")
        give(assessment, bo, "P2")
        work = {item.code: teamwork_of(assessment, bo).of(item) for item in assessment.edition.items.all()}
        assert {code: (one.person_id, one.is_former, one.is_mine) for code, one in work.items()} == {
            "P1": (an.pk, True, False),
            "P2": (bo.pk, False, True),
            "P3": (bo.pk, False, True),
            "T1": (None, False, False),
            "T2": (None, False, False),
        }

    def test_an_erased_person_has_no_item_and_leaves_the_words(self, assessment, an):
        bo = UserFactory(lead_of=assessment.version.plan.zone)
        give(assessment, an, "P1")
        give(assessment, bo, "P2")
        say(assessment, an, "I was here", "P1")
        assert erase_person(by=None, user=an).rows == 2  # the item, and the notice of it
        assert holders(assessment) == {"P2": bo.pk}
        assert assessment.comments.get().text == "I was here"


def test_the_next_version_takes_along_who_has_what_and_not_what_was_said():
    assessment = AssessmentFactory(shared=True)
    an = UserFactory(editor_of=assessment.version.plan.zone)
    give(assessment, an, "P1", "T1")
    say(assessment, an, "Done?", "P1")
    copy = start(assessment)
    assert holders(copy) == holders(assessment) == {"P1": an.pk, "T1": an.pk}
    assert (copy.comments.count(), assessment.comments.count()) == (0, 1)
    give(copy, None, "P1")
    assert holders(assessment) == {"P1": an.pk, "T1": an.pk}


def assigned_to(user) -> list[tuple[int, str]]:
    """What the strip on the first screen says of items that somebody has."""
    return [(entry.count, entry.url) for entry in waiting_for(user) if entry.kind == Kind.ASSIGNED]


class TestWhatWaits:
    def test_unfinished_items_of_plans_in_preparation(self, assessment, an):
        zone, plan = assessment.version.plan.zone, assessment.version.plan
        shared = AssessmentFactory(zone=zone, edition=assessment.edition, cycle__first_year=2020, shared=True)
        give(shared, an, "P1")
        give(assessment, an, "P1", "P2", "P3")
        give(assessment, UserFactory(lead_of=zone), "T1")
        changes = [
            ChoiceChange("P1", 0, choice="retained"),  # to elaborate
            ChoiceChange("P2", 0, choice="regular", line="what is done"),  # nothing more is asked
        ]
        save_choices(assessment=assessment, by=None, changes=changes)
        assert assigned_to(an) == [(2, f"/plans/{plan.pk}/?mine=1")]
        assert assigned_to(UserFactory(lead_of=zone)) == []

    def test_a_version_under_two_editions_is_that_of_the_later_one(self, assessment, an):
        give(assessment, an, "P1", "P2")
        edition = EditionFactory(items=("C1", "C2"), themes=(), published=True)
        later = Assessment.objects.create(version=assessment.version, edition=edition)
        store_scores(assessment=later)
        assert assigned_to(an) == []
        give(later, an, "C1")
        assert [count for count, _url in assigned_to(an)] == [1]

    def test_not_for_who_left_or_no_longer_edits(self, assessment, an):
        give(assessment, an, "P1")
        Membership.objects.filter(user=an).update(role="zone_reader")
        assert assigned_to(type(an).objects.get(pk=an.pk)) == []
        Membership.objects.filter(user=an).delete()
        assert assigned_to(type(an).objects.get(pk=an.pk)) == []


def test_visible_inside_only(assessment, an):
    give(assessment, an, "P1")
    zone = assessment.version.plan.zone
    successor = ZoneFactory(predecessors=[zone])
    reads = {
        "reader": UserFactory(reader_of=zone),
        "successor": UserFactory(reader_of=successor),
        "coordinator": UserFactory(cleared_coordinator_of="country"),
        "administrator": UserFactory(is_system_administrator=True),
    }
    MembershipFactory(user=reads["administrator"], role="framework_administrator")
    assert {who: ItemAssignment.objects.visible_to(user).count() for who, user in reads.items()} == {
        "reader": 1,
        "successor": 1,
        "coordinator": 0,
        "administrator": 0,
    }
