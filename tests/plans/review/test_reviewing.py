"""Reviewing item by item: confirming, changing digits, motivations, finishing, taking up again."""

import pytest
from django.core.exceptions import ValidationError

from kiv.accounts.access import forget_access
from plans import rules
from plans.models import DigitJudgement, ItemReview, Reading, Remark
from plans.selectors.scoring_input import plan_content
from plans.services.concluding import NotComplete, reopen_review
from plans.services.editing import StaleEdit
from plans.services.reviewing import PartlyConfidential, ReadingClosed, take_back
from plans.services.scores import differences
from plans.services.sharing import share_version
from tests.factories.accounts import MembershipFactory
from tests.plans.review.reading import KNOWN, Reviewed, judged
from tests.plans.services.acting import event_count, events_since

pytestmark = pytest.mark.django_db


def test_confirming_takes_one_step(plan):
    mark = event_count()
    review = plan.review("P1")
    assert (review.judgements.count(), review.motivation, review.reviewed_by) == (0, "", plan.reviewer)
    assert [name for name, *_rest in events_since(mark)] == ["reading.opened", "item.reviewed"]
    assert events_since(mark)[1][-1]["items"] == ["P1"]


def test_confirming_together_leaves_motivations_to_be_read_one_by_one(plan):
    assert plan.confirm(*KNOWN, by=plan.cleared) == ["P1", "P2", "T1"]
    said = ItemReview.objects.values_list("item__code", "motivation")
    assert sorted(said) == [("P1", ""), ("P2", ""), ("T1", "")]
    mark = event_count()
    assert (plan.confirm(*KNOWN, by=plan.cleared), event_count()) == ([], mark)


def test_who_cannot_read_all_of_an_item_says_nothing_of_it(plan):
    """P2's evidence and P3's motivation are confidential; T2 does not exist for any reviewer."""
    assert plan.confirm(*KNOWN) == ["P1", "T1"]
    for item, motivation in (("P2", ""), ("P3", "no_remark")):
        with pytest.raises(PartlyConfidential):
            plan.review(item, motivation=motivation, by=plan.reviewer)
    plan.read("P2")
    with pytest.raises(PartlyConfidential):
        take_back(assessment=plan.assessment, item="P2", by=plan.reviewer)
    said = ItemReview.objects.values_list("item__code", "reviewed_by")
    assert sorted(said) == [("P1", plan.reviewer.pk), ("P2", plan.cleared.pk), ("T1", plan.reviewer.pk)]


def test_what_nobody_with_clearance_read_gets_no_reviewed_level(plan):
    with pytest.raises(NotComplete) as refused:
        plan.finish()
    assert refused.value.items == KNOWN
    plan.confirm("P1", "T1")
    with pytest.raises(NotComplete) as refused:
        plan.finish(by=plan.cleared)
    assert refused.value.items == ("P2", "P3")
    plan.read("P2")
    plan.finish()
    levels = {score.item.code: score.reviewed_level for score in plan.made.scores.select_related("item")}
    assert levels == {"P1": 4, "P2": plan.score("P2").level, "P3": None, "T1": 1, "T2": None}
    # Somebody with clearance takes it up again for the rest.
    reopen_review(version=plan.assessment.version, by=plan.cleared)
    plan.read("P3")
    plan.finish()
    assert plan.score("P3").reviewed_level == plan.score("P3").level


def test_a_lower_digit_of_the_best_objective(plan):
    assert (plan.score("P1").level, plan.score("P1").objective) == (4, "1")
    plan.review("P1", judged("A", 1))
    plan.read(*KNOWN)
    plan.finish()
    row = plan.score("P1")
    assert (row.level, row.digits["A"]) == (4, 2)
    assert (row.reviewed_level, row.reviewed_digits["A"], row.reviewed_objective) == (2, 1, "1")
    assert DigitJudgement.objects.values_list("objective", "criterion", "digit").get() == ("1", "A", 1)
    assert [(each.level, each.reviewed_level) for each in plan.made.scores.exclude(item__code="P1")] == [
        (plan.score("P2").level, plan.score("P2").level),
        (plan.score("P3").level, plan.score("P3").level),
        (plan.score("T1").level, plan.score("T1").level),
        (plan.score("T2").level, None),
    ]


def test_a_raise_needs_a_quote(plan):
    with pytest.raises(ValidationError) as refused:
        plan.review("P2", judged("G", 2))
    assert set(refused.value.message_dict) == {"quote_G"}
    plan.review("P2", judged("G", 2, quote="By 2029, for all pupils."))
    assert DigitJudgement.objects.get().quote == "By 2029, for all pupils."


def test_a_change_needs_a_reason_and_a_known_digit(plan):
    with pytest.raises(ValidationError) as refused:
        plan.review("P1", judged("A", 0, reason="  "), judged("C", 3))
    assert set(refused.value.message_dict) == {"reason_A", "digit_C"}
    assert (Reading.objects.count(), ItemReview.objects.count()) == (0, 0)


def test_judging_a_digit_to_be_what_it_is_changes_nothing(plan):
    plan.review("P1", judged("A", 2))
    assert DigitJudgement.objects.count() == 0


def test_a_wholly_confidential_item_does_not_exist(plan):
    for by in (plan.reviewer, plan.cleared):
        with pytest.raises(rules.NotAllowed):
            plan.review("T2", by=by)
        with pytest.raises(rules.NotAllowed):
            plan.confirm("P1", "T2", by=by)
    assert Reading.objects.count() == 0


def test_a_clarification_opens_the_item_until_it_is_answered(plan):
    plan.review("P3", motivation="clarification", clarification="Since when?")
    assert plan.score("P3").state == "open"
    assert Remark.objects.values_list("kind", "status", "item__code", "is_confidential").get() == (
        "clarification",
        "open",
        "P3",
        True,
    )
    assert plan_content(plan.assessment).choices["P3"].clarification_open
    assert list(differences(plan.assessment)) == []
    plan.review("P3", motivation="no_remark", revision=1)
    assert (plan.score("P3").state, Remark.objects.get().status) == ("motivated", "closed")


def test_taking_back_withdraws_what_was_asked(plan):
    plan.review("P3", motivation="clarification", clarification="Since when?")
    take_back(assessment=plan.assessment, item="P3", by=plan.cleared)
    assert ItemReview.objects.count() == 0
    assert (plan.score("P3").state, Remark.objects.get().status) == ("motivated", "closed")


def test_a_stale_review_is_refused_and_a_second_click_is_not(plan):
    plan.review("P1", judged("A", 1))
    plan.review("P1", judged("A", 1))
    with pytest.raises(StaleEdit) as stale:
        plan.review("P1", judged("A", 0))
    assert stale.value.stored.revision == 1
    plan.review("P1", judged("A", 0), revision=1)
    assert DigitJudgement.objects.get().digit == 0


def test_finishing_needs_every_item_that_reviewers_know(plan):
    plan.confirm("P1", "T1")
    with pytest.raises(NotComplete) as refused:
        plan.finish(by=plan.cleared)
    assert refused.value.items == ("P2", "P3")
    plan.read(*KNOWN)
    plan.finish()
    assert plan.assessment.version.status == "reviewed"
    with pytest.raises(rules.WrongMoment):
        plan.finish()


def test_nothing_changes_after_finishing_until_it_is_taken_up_again(plan):
    plan.read(*KNOWN)
    plan.finish()
    with pytest.raises(rules.WrongMoment):
        plan.review("P1", judged("A", 1), revision=1)
    reopen_review(version=plan.assessment.version, by=plan.reviewer)
    assert plan.score("P1").reviewed_level is None
    plan.review("P1", judged("A", 1), revision=1)
    plan.finish()
    assert plan.score("P1").reviewed_level == 2


def test_who_worked_on_the_plan_does_not_review_it():
    """Somebody who left the zone for a coordinating service."""
    plan = Reviewed(shared=False)
    person = plan.lead
    share_version(version=plan.assessment.version, by=person)
    person.memberships.all().delete()
    MembershipFactory(user=person, role="coordinator", zone=plan.zone)
    forget_access(person)
    assert rules.parts_of(person, plan.assessment.version.plan) == set()
    with pytest.raises(rules.NotAllowed):
        plan.review("P1", by=person)
    # Reviewing itself leaves events, and takes nothing away.
    plan.review("P1")
    plan.review("P2")


def test_the_zone_reviews_nothing(plan):
    for by in (plan.editor, plan.lead):
        with pytest.raises(rules.NotAllowed):
            plan.review("P1", by=by)
        with pytest.raises(rules.NotAllowed):
            plan.finish(by=by)


def test_a_consensus_without_two_readings_is_nothing(plan):
    plan.confirm("P1")
    with pytest.raises(rules.NotAllowed):
        plan.review("P1", kind="consensus")
    with pytest.raises(rules.NotAllowed):
        plan.review("P1", kind="second")
    plan.read(*KNOWN)
    plan.finish()
    reopen_review(version=plan.assessment.version, by=plan.reviewer)
    Reading.objects.update(completed_at="2026-01-01T00:00Z")
    with pytest.raises(ReadingClosed):
        plan.review("P1", judged("A", 1), revision=1)
