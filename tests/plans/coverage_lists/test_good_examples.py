"""Good examples: the one place where zones see something of each other's plans, and what they never see."""

import pytest
from django.urls import reverse

from kiv.audit.models import AuditEvent
from plans import rules
from plans.enums import VersionStatus
from plans.models import GoodExample, ItemChoice, ItemScore
from plans.selectors.good_examples import WhyNot, examples_for, offer_of
from plans.services.good_examples import CannotBeShown, offer_example, withdraw_example
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory, publish, succeed
from tests.factories.plans import ELABORATED, AssessmentFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.cast import Cast, in_english
from tests.plans.history.pages import text, whats
from tests.plans.versions import share, start_next

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def offering():
    """A shared plan, elaborated on P1 with something confidential of every sort elsewhere."""
    return AssessmentFactory(elaborated=True, shared=True, zone=ZoneFactory(name="Offering"))


@pytest.fixture
def people(offering):
    return Cast(offering.version.plan.zone)


@pytest.fixture
def reading(offering):
    """The plan of another zone, beside whose items the examples stand."""
    return AssessmentFactory(edition=offering.edition, zone=ZoneFactory(name="Reading"))


@pytest.fixture
def neighbour(reading):
    return UserFactory(reader_of=reading.version.plan.zone)


def offer(assessment, code="P1", by=None):
    plan = assessment.version.plan
    by = by or UserFactory(lead_of=plan.zone)
    return offer_example(plan=plan, item=assessment.edition.items.get(code=code), by=by)


def seen(user, reading, code="P1"):
    """What stands beside an item of the reader's plan: place, objective, actions, level."""
    item = reading.edition.items.select_related("edition").get(code=code)
    found, total = examples_for(user, item, reading.version.plan)
    assert total == len(found)
    return [
        (one.plan.place_name, one.shown.objective, one.shown.actions, one.shown.level, one.is_readable)
        for one in found
    ]


def put(assessment, name, **values):
    """Change rows of a shared version behind the services, as no person can."""
    getattr(assessment.version, name).filter(number="1").update(**values)


PLACE = "Offering"
FEWER = ("Fewer burglaries", ("Advice at the door",), 4, False)


class TestWhatOtherZonesSee:
    def test_nothing_until_the_lead_offers_it(self, offering, reading, neighbour):
        assert seen(neighbour, reading) == []
        offer(offering)
        [(place, *rest)] = seen(neighbour, reading)
        assert (place.endswith(PLACE), tuple(rest)) == (True, FEWER)
        assert seen(neighbour, reading, "P2") == []

    def test_on_the_page_stands_what_is_shown_and_nothing_else(self, client_of, offering, reading, neighbour):
        offer(offering)
        response = client_of(neighbour).get(reverse("plans:item", args=[reading.version.plan_id, "P1"]))
        page = text(response)
        shown = page.split("Good examples from other zones")[1].split("Other items")[0]
        assert f"{offering.version.plan} " in shown
        assert "Fewer burglaries Actions Advice at the door" in shown
        # The words of everything else of that plan: result, target group, diagnosis, passages, secrets.
        for words in ("a fifth", "tenants", "Many burglaries", "By 2029", "own priority", "secret", "youth"):
            assert words not in shown
        assert reverse("plans:item", args=[offering.version.plan_id, "P1"]) not in response.content.decode()

    def test_a_link_only_for_who_may_read_that_plan(self, client_of, people, offering, reading):
        offer(offering)
        share(reading)
        both = UserFactory(coordinator_of="country")
        assert [one[-1] for one in seen(both, reading)] == [True]
        page = client_of(both).get(reverse("plans:item", args=[reading.version.plan_id, "P1"]))
        assert reverse("plans:item", args=[offering.version.plan_id, "P1"]) in page.content.decode()

    def test_who_belongs_to_no_zone_sees_none(self, offering, reading, people):
        offer(offering)
        for role in ("nobody", "framework_administrator", "system_administrator"):
            assert seen(people[role], reading) == []
        municipal = UserFactory(reader_of=MunicipalityFactory(zone=ZoneFactory()))
        assert len(seen(municipal, reading)) == 1

    def test_not_beside_ones_own_plan(self, offering, people):
        offer(offering)
        assert seen(people.lead, offering) == []

    def test_what_the_item_was_in_an_edition_before_and_no_other_with_that_code(self, offering, neighbour):
        offer(offering)
        same, another = (EditionFactory(items=("P1",)) for _ in range(2))
        succeed(offering.edition, same, equal=("P1",))
        succeed(offering.edition, another)
        for edition, number in ((same, 1), (another, 0)):
            publish(edition)
            assert len(seen(neighbour, AssessmentFactory(edition=edition))) == number

    def test_costs_the_same_for_one_and_for_three(
        self, offering, reading, neighbour, django_assert_num_queries
    ):
        offer(offering)
        access = neighbour.access  # asked once per request, before anything
        assert access.is_zone_member
        item = reading.edition.items.select_related("edition").get(code="P1")
        for more in (0, 2):
            for _ in range(more):
                offer(AssessmentFactory(elaborated=True, shared=True, edition=offering.edition))
            with django_assert_num_queries(7):
                found, total = examples_for(neighbour, item, reading.version.plan)
            assert (len(found), total) == (1 + more, 1 + more)


class TestWithdrawnAtOnce:
    """Each of these would leak if only the offer were looked at."""

    @pytest.mark.parametrize(
        "change",
        [
            lambda a: put(a, "objectives", is_confidential=True),
            lambda a: a.version.objectives.get(number="1").actions.update(is_confidential=True),
            lambda a: ItemChoice.objects.filter(assessment=a, item__code="P1").update(
                is_item_confidential=True
            ),
            # The objective names T1 too: its words would tell of an item that nobody outside knows of.
            lambda a: ItemChoice.objects.create(
                assessment=a, item=a.edition.items.get(code="T1"), is_item_confidential=True
            ),
            lambda a: ItemScore.objects.filter(assessment=a, item__code="P1").update(level=2),
            lambda a: ItemScore.objects.filter(assessment=a, item__code="P1").update(
                reviewed_level=2, reviewed_objective="1", reviewed_digits={}
            ),
            # Earned by accepted passages: these are never shown.
            lambda a: ItemScore.objects.filter(assessment=a, item__code="P1").update(objective=""),
        ],
        ids=["objective", "actions", "item", "named item", "level", "reviewed level", "passages"],
    )
    def test_when_it_can_no_longer_be_shown(self, offering, reading, neighbour, change):
        offer(offering)
        assert len(seen(neighbour, reading)) == 1
        change(offering)
        assert seen(neighbour, reading) == []
        assert seen(UserFactory(cleared_coordinator_of="country"), reading) == []

    def test_one_confidential_action_is_left_out_and_the_others_stay(self, reading, neighbour):
        objective = ELABORATED["objectives"][0]
        actions = [
            *objective["actions"],
            {"title": "A secret visit", "items": ["P1"], "confidential": True},
            {"title": "For the theme", "items": ["T1"]},
        ]
        assessment = AssessmentFactory(
            edition=reading.edition,
            objectives=[objective | {"actions": actions}],
            diagnosis=ELABORATED["diagnosis"][:1],
            shared=True,
        )
        offer(assessment)
        assert [one[2] for one in seen(neighbour, reading)] == [("Advice at the door",)]

    def test_the_reviewed_level_counts_where_there_is_one(self, offering, reading, neighbour):
        offer(offering)
        offering.scores.filter(item__code="P1").update(
            reviewed_level=3, reviewed_objective="1", reviewed_digits={"D": 1}
        )
        assert [one[3] for one in seen(neighbour, reading)] == [3]


class TestANewVersion:
    def test_in_preparation_shows_nothing_of_itself(self, offering, reading, neighbour):
        offer(offering)
        next_one = start_next(offering)
        put(next_one, "objectives", title="Not shared yet")
        assert [one[1] for one in seen(neighbour, reading)] == ["Fewer burglaries"]
        share(next_one)
        assert [one[1] for one in seen(neighbour, reading)] == ["Not shared yet"]

    def test_shared_with_less_shows_nothing(self, offering, reading, neighbour):
        offer(offering)
        share(start_next(offering, {"objectives": [{"title": "Burglary", "items": "P1"}]}))
        assert seen(neighbour, reading) == []
        told = offer_of(offering.version.plan, offering.edition.items.get(code="P1"))
        assert (told.is_offered, told.why_not) == (True, WhyNot.LEVEL)


class TestOffering:
    def test_is_told_to_the_zone_and_not_outside(self, client_of, offering, people):
        assert offer(offering, by=people.lead) is True
        assert offer(offering, by=people.lead) is False
        event = AuditEvent.objects.get(event="example.offered")
        assert (event.plan_id, event.data["item"], event.data["number"]) == (
            offering.version.plan_id,
            "P1",
            1,
        )
        line = "Offered to other zones as a good example: P1 of version 1."
        page = reverse("plans:history", args=[offering.version.plan_id])
        assert line in whats(client_of(people.reader).get(page))
        assert line not in whats(client_of(people.coordinator).get(page))

    @pytest.mark.parametrize("role", ["editor", "coordinator", "stranger_lead"])
    def test_by_the_lead_only(self, offering, people, role):
        with pytest.raises(rules.NotAllowed):
            offer(offering, by=people[role])
        assert not GoodExample.objects.exists()

    def test_not_before_sharing(self):
        assessment = AssessmentFactory(elaborated=True)
        assert assessment.version.status == VersionStatus.PREPARATION
        with pytest.raises(rules.WrongMoment):
            offer(assessment)

    @pytest.mark.parametrize(
        ("code", "why"), [("P2", WhyNot.LEVEL), ("P3", WhyNot.LEVEL), ("T1", WhyNot.LEVEL)]
    )
    def test_not_what_nobody_could_be_shown(self, offering, code, why):
        with pytest.raises(CannotBeShown) as refusal:
            offer(offering, code)
        assert refusal.value.why == why
        assert not AuditEvent.objects.filter(event="example.offered").exists()

    def test_withdrawing(self, offering, people, reading, neighbour):
        offer(offering)
        given = {"plan": offering.version.plan, "item": offering.edition.items.get(code="P1")}
        assert withdraw_example(**given, by=people.lead) is True
        assert withdraw_example(**given, by=people.lead) is False
        assert seen(neighbour, reading) == []
        assert AuditEvent.objects.filter(event="example.withdrawn").count() == 1


class TestTheButton:
    def test_for_the_lead(self, client_of, offering, people):
        page = reverse("plans:item", args=[offering.version.plan_id, "P1"])
        act = reverse("plans:item_example", args=[offering.version.plan_id, "P1"])
        client = client_of(people.lead)
        assert "Show it to other zones" in text(client.get(page))
        told = client.post(act, {"act": "offer"}, follow=True)
        assert "Other zones now see this item as a good example." in told.content.decode()
        assert "Withdraw it" in text(told)
        assert "Withdraw it" not in text(client_of(people.editor).get(page))
        assert "Withdraw it" not in text(client.post(act, {"act": "withdraw"}, follow=True))

    def test_not_where_nothing_could_be_shown(self, client_of, offering, people):
        page = text(client_of(people.lead).get(reverse("plans:item", args=[offering.version.plan_id, "P2"])))
        assert "Good example for other zones" not in page

    def test_sharing_says_what_others_will_see(self, client_of, offering, people):
        offer(offering)
        start_next(offering)
        page = text(client_of(people.lead).get(reverse("plans:share", args=[offering.version.plan_id])))
        assert "Offered to other zones as a good example; from now on they see this version: P1" in page
