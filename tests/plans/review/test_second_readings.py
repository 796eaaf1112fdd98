"""A second, blind reading: who can be asked, what neither reader sees, what two readings come to."""

import pytest
from django.db import transaction

from plans import rules
from plans.models import ItemReview, Reading, Remark
from plans.selectors.second_readings import agreement_in_area, candidates
from plans.services.concluding import NotComplete, ReadingsOpen, reopen_review
from plans.services.editing import StaleEdit
from plans.services.readings import (
    AlreadyAsked,
    NotEligible,
    ask_second_reading,
    complete_reading,
    is_eligible,
    settle_difference,
    withdraw_second_reading,
)
from plans.services.remarks import write_remark
from plans.services.reviewing import ReadingClosed, take_back
from plans.services.sharing import share_version
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.territory import ZoneFactory
from tests.plans.review.reading import KNOWN, Reviewed, judged
from tests.plans.services.acting import event_count

pytestmark = pytest.mark.django_db


def ask(plan, reader=None, by=None) -> Reading:
    return ask_second_reading(
        assessment=plan.assessment, reader=reader or plan.colleague, by=by or plan.reviewer
    )


def complete(plan, kind: str, by) -> None:
    complete_reading(assessment=plan.assessment, kind=kind, by=by)


def read_twice(plan) -> None:
    """Both complete; they differ on P1 (A: 1 beside 2) and on P2 (G: 1 beside 0)."""
    ask(plan)
    plan.review("P1", judged("A", 1))
    plan.review("P2", judged("G", 0, reason="no goal"), kind="second", by=plan.colleague)
    plan.read(*KNOWN)
    plan.read(*KNOWN, kind="second", by=plan.colleague)
    complete(plan, "first", plan.reviewer)
    complete(plan, "second", plan.colleague)


def test_only_reviewers_who_said_nothing_yet_can_be_asked(plan):
    people = {
        "fresh": plan.colleague,
        "read": UserFactory(coordinator_of=plan.zone),
        "remarked": UserFactory(coordinator_of=plan.zone),
        "national": UserFactory(coordinator_of="country"),
        "elsewhere": UserFactory(coordinator_of=ZoneFactory()),
        "editor": plan.editor,
        "both": UserFactory(coordinator_of=plan.zone),
        "gone": UserFactory(coordinator_of=plan.zone, is_active=False),
    }
    MembershipFactory(user=people["both"], role="zone_reader", zone=plan.zone)
    plan.confirm("P1", by=people["read"])
    write_remark(assessment=plan.assessment, item="P1", text="Why?", by=people["remarked"])
    eligible = {name for name, one in people.items() if is_eligible(plan.assessment, one)}
    assert eligible == {"fresh", "national"}
    # What the page offers is what the service allows.
    assert {one.pk for one in candidates(plan.assessment, plan.reviewer)} == {
        people[name].pk for name in eligible
    }
    for name in ("read", "remarked", "elsewhere", "editor", "both"):
        with pytest.raises(NotEligible):
            ask(plan, people[name])
    assert Reading.objects.filter(kind="second").count() == 0


def test_who_worked_on_the_plan_is_not_offered():
    plan = Reviewed(shared=False)
    moved = plan.lead
    share_version(version=plan.assessment.version, by=moved)
    moved.memberships.all().delete()
    MembershipFactory(user=moved, role="coordinator", zone=plan.zone)
    assert candidates(plan.assessment, plan.reviewer) == []
    assert candidates(plan.assessment, plan.cleared) == [plan.reviewer]


def test_one_second_reading_which_only_its_reader_writes(plan):
    ask(plan)
    with pytest.raises(AlreadyAsked):
        ask(plan, plan.cleared)
    with pytest.raises(rules.NotAllowed):
        plan.confirm("P1", kind="second")
    with pytest.raises(rules.NotAllowed):
        plan.confirm("P1", by=plan.colleague)
    plan.confirm("P1", kind="second", by=plan.colleague)
    assert ItemReview.objects.values_list("reading__kind", "item__code").get() == ("second", "P1")


def test_readings_are_blind_until_both_are_complete(plan):
    ask(plan)
    plan.read(*KNOWN)
    plan.read(*KNOWN, kind="second", by=plan.colleague)

    def seen(user) -> list[str]:
        return sorted(Reading.objects.visible_to(user).values_list("kind", flat=True))

    assert [seen(one) for one in (plan.reviewer, plan.colleague, plan.editor)] == [["first"], ["second"], []]
    complete(plan, "second", plan.colleague)
    # Who completed may know the first; the second stays hidden from those who can still write the first.
    assert [seen(one) for one in (plan.reviewer, plan.colleague)] == [["first"], ["first", "second"]]
    complete(plan, "first", plan.reviewer)
    assert [seen(one) for one in (plan.reviewer, plan.editor)] == [["first", "second"], []]
    plan.finish()
    assert seen(plan.editor) == ["first", "second"]


def test_whoever_reads_blind_has_no_remarks(plan):
    ask(plan)
    write_remark(assessment=plan.assessment, item="P1", text="Why?", by=plan.reviewer)
    assert Remark.objects.visible_to(plan.colleague).count() == 0
    with pytest.raises(rules.NotAllowed):
        write_remark(assessment=plan.assessment, item="P1", text="Mine", by=plan.colleague)
    plan.read(*KNOWN, kind="second", by=plan.colleague)
    complete(plan, "second", plan.colleague)
    assert Remark.objects.visible_to(plan.colleague).count() == 1


def test_a_reading_is_completed_once_every_item_is_read(plan):
    ask(plan)
    plan.confirm("P1", "T1", kind="second", by=plan.colleague)
    with pytest.raises(NotComplete) as lacking:
        complete(plan, "second", plan.colleague)
    assert lacking.value.items == ("P2", "P3")
    plan.read(*KNOWN, kind="second", by=plan.colleague)
    complete(plan, "second", plan.colleague)
    for act in (
        lambda: plan.review("P1", judged("A", 1), kind="second", by=plan.colleague, revision=1),
        lambda: take_back(assessment=plan.assessment, item="P1", kind="second", by=plan.colleague),
        lambda: withdraw_second_reading(assessment=plan.assessment, by=plan.reviewer),
    ):
        with pytest.raises(ReadingClosed):
            act()


def test_finishing_tells_nothing_before_both_are_complete(plan):
    """What lacks would name the items on which the two differ: that is not known yet to either reader."""
    ask(plan)
    plan.read(*KNOWN)
    plan.review("P1", judged("A", 0), kind="second", by=plan.colleague)
    plan.read(*KNOWN, kind="second", by=plan.colleague)
    for by in (plan.reviewer, plan.colleague):
        with pytest.raises(ReadingsOpen):
            plan.finish(by=by)
    complete(plan, "second", plan.colleague)
    with pytest.raises(ReadingsOpen):
        plan.finish()
    complete(plan, "first", plan.reviewer)
    with pytest.raises(NotComplete) as lacking:
        plan.finish()
    assert lacking.value.items == ("P1",)


def test_differences_are_settled_as_one_reading_or_otherwise(plan):
    read_twice(plan)
    with pytest.raises(ReadingClosed):
        settle_difference(assessment=plan.assessment, item="T1", like="first", by=plan.reviewer)
    settle_difference(assessment=plan.assessment, item="P2", like="second", by=plan.colleague)
    plan.review("P1", judged("A", 0, reason="we agree"), kind="consensus", by=plan.colleague)
    with pytest.raises(ReadingClosed):
        plan.review("T1", judged("A", 0), kind="consensus")
    plan.finish()
    row = plan.score("P1")
    assert (row.digits["A"], row.reviewed_digits["A"], row.reviewed_level) == (2, 0, 1)
    assert plan.score("P2").reviewed_digits["G"] == 0
    # What the two read stays what they read: agreement is counted on it.
    kept = ItemReview.objects.filter(item__code="P1").select_related("reading")
    assert {review.reading.kind: [row.digit for row in review.judgements.all()] for review in kept} == {
        "first": [1],
        "second": [],
        "consensus": [0],
    }


def test_what_the_second_reader_cannot_read_is_not_read_twice(plan):
    """The second reader has no clearance: P2 and P3 are read once, and count for no agreement."""
    second = UserFactory(coordinator_of=plan.zone)
    ask(plan, second)
    plan.read(*KNOWN)
    assert plan.confirm(*KNOWN, kind="second", by=second) == ["P1", "T1"]
    complete(plan, "second", second)
    complete(plan, "first", plan.cleared)
    assert agreement_in_area(plan.reviewer).items == 2
    plan.finish()
    assert {code: plan.score(code).reviewed_level is None for code in KNOWN} == dict.fromkeys(KNOWN, False)


def test_what_only_the_second_reader_can_read_counts_as_they_read_it(plan):
    ask(plan)
    plan.confirm("P1", "T1")
    complete(plan, "first", plan.reviewer)
    plan.review("P2", judged("G", 0, reason="no goal"), kind="second", by=plan.colleague)
    plan.read(*KNOWN, kind="second", by=plan.colleague)
    complete(plan, "second", plan.colleague)
    assert agreement_in_area(plan.reviewer).items == 2
    plan.finish()
    assert (plan.score("P2").reviewed_digits["G"], plan.score("P3").reviewed_level) == (
        0,
        plan.score("P3").level,
    )


def test_settling_again_replaces_what_was_agreed(plan):
    read_twice(plan)
    for revision, (like, digit) in enumerate((("second", 2), ("first", 1))):
        settling = {"assessment": plan.assessment, "item": "P1", "revision": revision}
        settle_difference(**settling, like=like, by=plan.reviewer)
        settled = ItemReview.objects.get(reading__kind="consensus")
        assert [row.digit for row in settled.judgements.all()] == ([digit] if digit != 2 else [])
    # A form that was opened before is stale; a second click is not another act.
    mark = event_count()
    with pytest.raises(StaleEdit):
        settle_difference(assessment=plan.assessment, item="P1", like="second", by=plan.colleague)
    settle_difference(assessment=plan.assessment, item="P1", like="first", by=plan.reviewer)
    assert (settled.revision, event_count()) == (2, mark)


def test_a_withdrawn_reading_is_gone_and_another_can_be_asked(plan):
    ask(plan)
    plan.confirm("P1", kind="second", by=plan.colleague)
    withdraw_second_reading(assessment=plan.assessment, by=plan.reviewer)
    withdraw_second_reading(assessment=plan.assessment, by=plan.reviewer)
    assert (Reading.objects.count(), ItemReview.objects.count()) == (0, 0)
    ask(plan, plan.cleared)


def test_taken_up_again_both_readings_stay_complete(plan):
    read_twice(plan)
    for code in ("P1", "P2"):
        settle_difference(assessment=plan.assessment, item=code, like="first", by=plan.cleared)
    plan.finish()
    reopen_review(version=plan.assessment.version, by=plan.reviewer)
    with pytest.raises(ReadingClosed):
        plan.review("P1", revision=1)
    settle_difference(assessment=plan.assessment, item="P1", like="second", revision=1, by=plan.reviewer)
    plan.finish()
    assert plan.score("P1").reviewed_level == 4


def test_nothing_is_kept_of_an_act_that_cannot_be_recorded(plan, monkeypatch):
    read_twice(plan)
    other = Reviewed()
    ask(other)
    other.read(*KNOWN)

    def fail(*args, **kwargs):
        raise RuntimeError("no record")

    monkeypatch.setattr("plans.services.reviewing.record", fail)
    before = (Reading.objects.count(), ItemReview.objects.count())
    acts = (
        lambda: settle_difference(assessment=plan.assessment, item="P1", like="first", by=plan.reviewer),
        lambda: withdraw_second_reading(assessment=other.assessment, by=other.reviewer),
        lambda: complete(other, "first", other.reviewer),
        lambda: other.review("P1", judged("A", 0), revision=1),
    )
    for act in acts:
        with pytest.raises(RuntimeError), transaction.atomic():
            act()
    assert (Reading.objects.count(), ItemReview.objects.count()) == before
    assert other.assessment.readings.get(kind="first").completed_at is None
