"""Carrying over: what holds arrives in one step, the assessment before stays exactly as it was made."""

import pytest
from django.utils import timezone
from django.utils.translation import override

from framework.rules import NotAllowed as NotAdministrator
from plans import models, rules
from plans.models import Assessment, CarriedItem, ItemLink
from plans.planformat.succession import carried_content
from plans.selectors.carrying import Obstacle, crossing_of
from plans.selectors.scoring_input import plan_content, scoring_items
from plans.selectors.snapshots import verified_snapshots
from plans.services.carrying import CannotCarry, carry_over, lead_over
from plans.services.choices import ChoiceChange, save_choices
from plans.services.scores import differences, score_of
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory, publish, succeed
from tests.factories.plans import AssessmentFactory
from tests.plans.carrying.succeeding import carry, fates, follow
from tests.plans.documents.acting import check_consistent, verdicts
from tests.plans.services.acting import NOT_EDITORS, as_they_lie, event_count, events_since
from tests.plans.services.versioning import (
    fresh,
    lead_of,
    rows_of,
    share,
    start,
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]


def rows_of_assessment(assessment):
    """Everything that hangs on one assessment, as it lies in the tables."""
    rows = {"itself": as_they_lie(Assessment.objects.filter(pk=assessment.pk))}
    for relation in Assessment._meta.related_objects:
        if relation.related_model is not models.Carrying:
            hanging = relation.related_model.objects.filter(**{relation.field.name: assessment})
            rows[relation.related_model.__name__] = as_they_lie(hanging)
    return rows


class TestWhatIsCarried:
    def test_fates_of_the_items(self, full_plan):
        carrying = carry(full_plan)
        assert fates(carrying) == {
            "N1": "carried",
            "M1": "carried",
            "N3": "look",
            "N4": "look",
            "N2": "new",
            "M2": "new",
            "N5": "new",
        }
        assert (carrying.finished_at, set(carrying.items.values_list("seen_at", flat=True))) == (None, {None})

    @pytest.mark.parametrize("is_shared", [False, True])
    def test_it_says_and_scores_what_holds(self, full_plan, is_shared):
        """As computed before an edition is published (plans.planformat.succession.carried_content)."""
        assessment = share(full_plan) if is_shared else full_plan
        carrying = carry(assessment)
        after = carrying.assessment
        items = scoring_items(after.edition)
        same = {"A1": "N1", "B1": "M1"}
        expected = carried_content(
            plan_content(assessment), "invented", same, {item.code: item.aspects for item in items}
        )
        assert plan_content(after) == expected
        assert expected.choices
        assert expected.passages
        assert expected.objectives[0].actions[0].items
        assert score_of(after).items[1].level > 1
        assert list(differences(after)) == []
        check_consistent(after)

    def test_decisions_and_who_has_an_item_go_along(self, full_plan):
        person = full_plan.assignments.get().person
        after = carry(full_plan).assessment
        assert [(row.item.code, row.person) for row in after.assignments.all()] == [("N1", person)]
        decided = after.suggestions.exclude(verdict="open").order_by("item__position", "passage__position")
        assert [(row.item.code, row.verdict, getattr(row.moved_to, "code", None)) for row in decided] == [
            ("N1", "accepted", None),
            ("N1", "accepted", None),
            ("M1", "moved", "N1"),
        ]
        assert all(row.evidence.assessment_id == after.pk for row in decided)

    def test_a_decision_that_points_at_what_does_not_go_along_is_left_out(self, full_plan):
        links = [(old, new, "equal", True) for old, new in (("B1", "M1"), ("A3", "N3"))]
        after = carry(full_plan, follow(full_plan.edition, links=links)).assessment
        assert "moved" in verdicts(full_plan).values()
        assert not after.suggestions.exclude(verdict="open").exists()

    def test_only_ticks_that_the_new_item_has(self, full_plan):
        links = ItemLink.objects.filter(assessment=full_plan, item__code="A1", action__isnull=False)
        links.update(aspects=["supply", "demand"])
        after = carry(full_plan).assessment
        assert set(map(tuple, after.links.exclude(action=None).values_list("aspects", flat=True))) == {
            ("demand",)
        }

    def test_it_is_told(self, full_plan):
        lead, mark = lead_of(full_plan), event_count()
        carrying = carry(full_plan, by=lead)
        plan = full_plan.version.plan
        data = {
            "plan": plan.pk,
            "number": 1,
            "edition": "invented",
            "source": "test-edition",
            "items_carried": 2,
            "items_look": 2,
            "items_new": 3,
        }
        after = str(carrying.assessment_id)
        assert events_since(mark) == [
            ("assessment.carried_over", lead.pk, "plans.assessment", after, plan.zone_id, data)
        ]

    def test_over_an_edition_in_between(self, full_plan):
        middle = follow(full_plan.edition)
        last = EditionFactory(code="last", items=("N1", "X9"), themes=("M1",))
        succeed(middle, last, equal=("N1",))
        publish(last)
        after = carry(full_plan, last).assessment
        assert fates(after.carrying)["N1"] == "carried"
        assert after.choices.get(item__code="N1").choice == "retained"

    def test_what_review_made_of_an_item_goes_along_where_the_same_was_judged(self, shared_full_plan):
        digits = dict.fromkeys("DGAIMC", 0)
        shared_full_plan.scores.update(reviewed_level=1, reviewed_digits=digits)
        shared_full_plan.scores.filter(item__code="B1").update(level=4)
        after = carry(shared_full_plan).assessment
        kept = after.scores.exclude(reviewed_level=None).select_related("item")
        assert [(row.item.code, row.reviewed_level, row.reviewed_digits) for row in kept] == [
            ("N1", 1, digits)
        ]


class TestTheAssessmentBefore:
    @pytest.mark.parametrize("is_shared", [False, True])
    def test_stays_as_it_was_made(self, full_plan, is_shared):
        assessment = share(full_plan) if is_shared else full_plan
        before, version = rows_of_assessment(assessment), rows_of(assessment.version)
        carry(assessment)
        assert rows_of_assessment(assessment) == before
        assert list(differences(fresh(assessment))) == []
        if assessment.version.shared_at:
            after = rows_of(assessment.version)
            for name in ("version", "Objective", "Action", "Document", "Passage", "Snapshot"):
                assert after[name] == version[name], name

    def test_its_snapshot_still_proves_the_version(self, shared_full_plan):
        carry(shared_full_plan)
        assert [(one.edition, one.problems) for one in verified_snapshots()] == [("test-edition", ())]


class TestRefusals:
    def test_twice(self, full_plan):
        edition = follow(full_plan.edition)
        carry(full_plan, edition)
        before = stored()
        for act in (carry_over, lead_over):
            with pytest.raises(CannotCarry) as refusal:
                act(version=full_plan.version, edition=edition, by=None)
            assert refusal.value.obstacle == Obstacle.ALREADY
        assert stored() == before

    @pytest.mark.parametrize(
        ("make", "why"),
        [
            (lambda old: EditionFactory(predecessor=old, items=("N1",)), Obstacle.NOT_PUBLISHED),
            (
                lambda old: EditionFactory(predecessor=old, items=("N1",), archived=True),
                Obstacle.NOT_PUBLISHED,
            ),
            (lambda old: EditionFactory(items=("N1",), published=True), Obstacle.NOT_AFTER),
        ],
    )
    def test_an_edition_that_does_not_follow(self, full_plan, make, why):
        edition = make(full_plan.edition)
        before = stored()
        with pytest.raises(CannotCarry) as refusal:
            carry_over(version=full_plan.version, edition=edition, by=None)
        assert (refusal.value.obstacle, stored()) == (why, before)

    def test_what_is_still_looked_at_does_not_go_on(self, full_plan):
        middle = follow(full_plan.edition)
        carry(full_plan, middle)
        last = EditionFactory(code="last", items=("N1",), predecessor=middle)
        publish(last)
        with pytest.raises(CannotCarry) as refusal:
            carry(full_plan, last)
        assert refusal.value.obstacle == Obstacle.UNFINISHED

    @pytest.mark.parametrize("who", NOT_EDITORS)
    def test_others(self, shared_full_plan, who):
        user = NOT_EDITORS[who](shared_full_plan.version.plan.zone)
        edition = follow(shared_full_plan.edition)
        before = stored()
        with pytest.raises(rules.NotAllowed):
            carry_over(version=shared_full_plan.version, edition=edition, by=user)
        if who != "framework administrator":
            with pytest.raises(NotAdministrator):
                lead_over(version=shared_full_plan.version, edition=edition, by=user)
        assert stored() == before

    def test_a_version_that_has_a_newer_one(self, shared_full_plan):
        """Only a framework administrator, for all plans at once, takes earlier ones along."""
        start(shared_full_plan)
        edition = follow(shared_full_plan.edition)
        with pytest.raises(rules.WrongMoment, match="newer version"), override("en"):
            carry_over(version=shared_full_plan.version, edition=edition, by=lead_of(shared_full_plan))
        administrator = UserFactory(is_framework_administrator=True)
        lead_over(version=shared_full_plan.version, edition=edition, by=administrator)
        assert Assessment.objects.filter(version=shared_full_plan.version, edition=edition).exists()


class TestSharingAndNextVersions:
    def test_sharing_finishes_it_as_it_stands(self, full_plan):
        carrying = carry(full_plan)
        share_version(version=carrying.assessment.version, by=None)
        carrying.refresh_from_db()
        assert carrying.finished_at == carrying.assessment.version.shared_at
        assert [(one.edition, one.problems) for one in verified_snapshots()] == [
            ("test-edition", ()),
            ("invented", ()),
        ]

    def test_the_next_version_goes_on_under_the_edition_all_was_looked_at(self, full_plan):
        carrying = carry(full_plan)
        share_version(version=carrying.assessment.version, by=None)
        copy = start(carrying.assessment)
        assert [one.edition.code for one in copy.version.assessments.all()] == ["invented"]
        assert not models.Carrying.objects.filter(assessment__version=copy.version).exists()

    def test_what_is_still_looked_at_goes_on_with_what_was_seen(self, shared_full_plan):
        carrying = carry(shared_full_plan)
        seen_at = timezone.now()
        carrying.items.filter(item__code="N3").update(seen_at=seen_at)
        started = start_version(version=carrying.assessment.version, kind="addendum", reason="x", by=None)
        old, new = started.assessments.order_by("pk")
        assert (old.edition.code, new.edition.code) == ("test-edition", "invented")
        copied = new.carrying
        assert (copied.source, copied.started_at, copied.finished_at) == (old, carrying.started_at, None)
        assert fates(copied) == fates(carrying)
        assert list(copied.items.exclude(seen_at=None).values_list("item__code", "seen_at")) == [
            ("N3", seen_at)
        ]
        assert CarriedItem.objects.filter(carrying=carrying).count() == len(fates(carrying))

    def test_choices_go_on_in_a_version_in_preparation(self, full_plan):
        after = carry(full_plan).assessment
        save_choices(
            assessment=after, by=None, changes=[ChoiceChange(item="N5", revision=0, choice="retained")]
        )
        assert after.choices.get(item__code="N5").choice == "retained"


def test_an_empty_plan_goes_along_too():
    assessment = AssessmentFactory(edition__items=("A1", "A2", "A3", "A4"), edition__themes=("B1", "B2"))
    carrying = carry(assessment)
    assert set(fates(carrying).values()) == {"carried", "new"}
    assert list(differences(carrying.assessment)) == []


def test_links_nobody_decided_lead_but_carry_nothing(full_plan):
    save_choices(
        assessment=full_plan, by=None, changes=[ChoiceChange(item="B2", revision=0, choice="retained")]
    )
    carrying = carry(full_plan)
    crossing = crossing_of(carrying.source, carrying.assessment.edition)
    assert [old.code for old in crossing.olds if old.pk in crossing.same] == ["A1", "B1"]
    assert fates(carrying)["M2"] == "look"
    assert not carrying.assessment.choices.filter(item__code="M2").exists()
