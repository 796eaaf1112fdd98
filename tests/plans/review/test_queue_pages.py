"""The queue of plans to review, and how far readers agree in an area."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from plans.enums import ReadingKind
from plans.models import DigitJudgement, ItemReview, PlanVersion, Reading
from plans.scoring.agreement import NoAlpha
from plans.selectors.second_readings import agreement_in_area
from plans.services.readings import ask_second_reading
from plans.services.remarks import answer_remark, write_remark
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import ProvinceFactory, ZoneFactory
from tests.plans import cast
from tests.plans.review.pages import text_of
from tests.plans.review.reading import KNOWN, Reviewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return ProvinceFactory()


@pytest.fixture
def client_of(client_of):
    return cast.in_english(client_of)


def shared_in(province, **fields) -> Reviewed:
    return Reviewed(zone=ZoneFactory(province=province), **fields)


def lines(client, query: str = "") -> list:
    return client.get(f"/review/{query}").context["lines"]


def test_what_waits_longest_is_first_and_what_is_reviewed_last(client_of, province):
    done, newer, older = (shared_in(province) for _each in range(3))
    for age, one in ((30, older), (5, newer), (60, done)):
        when = timezone.now() - timedelta(days=age)
        PlanVersion.objects.filter(pk=one.made.version_id).update(shared_at=when)
    reviewer = UserFactory(coordinator_of=province)
    done.read(*KNOWN)
    done.finish(by=reviewer)
    newer.confirm("P1", by=reviewer)
    remarks = [write_remark(assessment=newer.assessment, item="P1", text=text, by=reviewer) for text in "abc"]
    answer_remark(remark=remarks[0], text="so", by=newer.editor)
    shared_in(province, shared=False)
    Reviewed()
    client = client_of(reviewer)
    found = [
        (line.plan.pk, line.is_reviewed, line.read, line.total, line.answered, line.waiting)
        for line in lines(client)
    ]
    plans = [one.made.version.plan_id for one in (older, newer, done)]
    assert found == [
        (plans[0], False, 0, 4, 0, 0),
        (plans[1], False, 1, 4, 1, 2),
        (plans[2], True, 4, 4, 0, 0),
    ]
    assert [line.plan.pk for line in lines(client, "?status=reviewed")] == [plans[2]]
    assert [line.plan.pk for line in lines(client, f"?q={newer.zone.name}&status=shared")] == [plans[1]]
    assert lines(client, "?q=nowhere") == []


def test_no_plan_of_ones_own_zone_is_in_the_queue(client_of, province):
    own, other = shared_in(province), shared_in(province)
    person = UserFactory(coordinator_of=province)
    MembershipFactory(user=person, role="zone_reader", zone=own.zone)
    assert [line.plan.pk for line in lines(client_of(person))] == [other.made.version.plan_id]


def test_a_blind_reader_finds_their_own_progress_and_no_remarks(client_of, province):
    plan = shared_in(province)
    plan.read(*KNOWN)
    write_remark(assessment=plan.assessment, item="P1", text="Why?", by=plan.reviewer)
    ask_second_reading(assessment=plan.assessment, reader=plan.colleague, by=plan.reviewer)
    plan.confirm("P1", kind="second", by=plan.colleague)
    found = [
        (line.is_second, line.read, line.waiting)
        for who in (plan.colleague, plan.reviewer)
        for line in lines(client_of(who))
    ]
    assert found == [(True, 1, 0), (False, 4, 1)]


@pytest.mark.parametrize("plans", [1, 3])
def test_as_many_queries_however_many_plans(client_of, django_assert_num_queries, province, plans):
    reviewer = UserFactory(coordinator_of=province)
    for _each in range(plans):
        one = shared_in(province)
        one.confirm("P1", by=reviewer)
        write_remark(assessment=one.assessment, item="P1", text="Why?", by=reviewer)
    client = client_of(reviewer)
    with django_assert_num_queries(10):
        client.get("/review/")
    with django_assert_num_queries(4):
        client.get("/review/agreement/")


def test_queue_and_agreement_are_for_coordinators(client_of, province):
    plan = shared_in(province)
    for person in (plan.editor, UserFactory(is_system_administrator=True)):
        client = client_of(person)
        assert [client.get(f"/review/{name}").status_code for name in ("", "agreement/")] == [404, 404]
        assert 'href="/review/"' not in text_of(client, "/plans/")
    assert 'href="/review/"' in text_of(client_of(plan.reviewer), "/plans/")


def read_twice(assessment, digits: list[tuple[int, int]], reviewer) -> None:
    """Complete readings in which criterion G of the items gets these two digits, the other criteria none."""
    kinds = (ReadingKind.FIRST, ReadingKind.SECOND)
    readings = [
        Reading.objects.create(
            assessment=assessment, kind=kind, opened_at=timezone.now(), completed_at=timezone.now()
        )
        for kind in kinds
    ]
    for score, pair in zip(assessment.scores.order_by("item__position"), digits, strict=True):
        for reading, digit in zip(readings, pair, strict=True):
            review = ItemReview.objects.create(
                reading=reading, item=score.item, reviewed_by=reviewer, reviewed_at=timezone.now()
            )
            if digit:
                DigitJudgement.objects.create(
                    item_review=review, criterion="G", digit=digit, reason="so", quote="so"
                )


def test_agreement_is_counted_over_what_was_read_twice_in_the_area(client_of, province):
    """By hand: thirty items; each of 0, 1 and 2 is given twenty times; on three items the readers differ.

    Twice the ordinal distance, squared: 0 to 1 and 1 to 2 are 2·40 - 40 = 40, so 1600; 0 to 2 is
    2·60 - 40 = 80, so 6400. Observed: 1600 + 1600 + 6400 = 9600. Expected: 20·20·(1600 + 1600 + 6400) =
    3 840 000. Alpha: 1 - 59·9600 / 3 840 000 = 0.8525.
    """
    reviewer = UserFactory(coordinator_of=province)
    pairs = [(0, 0)] * 9 + [(0, 1)] + [(1, 1)] * 9 + [(1, 2)] + [(2, 2)] * 9 + [(0, 2)]
    shared = [AssessmentFactory(zone=ZoneFactory(province=province), shared=True) for _each in range(6)]
    for at, assessment in enumerate(shared):
        read_twice(assessment, pairs[at * 5 : at * 5 + 5], reviewer)
    # Neither another area's nor an unfinished pair counts.
    read_twice(AssessmentFactory(shared=True), [(0, 2)] * 5, reviewer)
    half = shared_in(province)
    read_twice(half.made, [(0, 2)] * 5, reviewer)
    half.made.readings.filter(kind="second").update(completed_at=None)
    found = agreement_in_area(reviewer)
    assert (found.plans, found.items) == (6, 30)
    alphas = dict(found.per_criterion)
    assert alphas["G"].shown == Decimal("0.852")
    assert alphas["A"].reason == NoAlpha.NO_VARIATION
    text = text_of(client_of(reviewer), "/review/agreement/")
    assert [words in text for words in ("0,852", "good: conclusions can rest on it")] == [True, True]


def test_too_few_says_how_many_of_thirty(client_of, province):
    reviewer = UserFactory(coordinator_of=province)
    read_twice(AssessmentFactory(zone=ZoneFactory(province=province), shared=True), [(0, 1)] * 5, reviewer)
    assert "too few: 5 of 30 items read twice" in text_of(client_of(reviewer), "/review/agreement/")
    assert "too few: 0 of 30 items read twice" in text_of(
        client_of(Reviewed().reviewer), "/review/agreement/"
    )
