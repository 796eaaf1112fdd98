"""A review belongs to what was shared: carrying the plan over never moves, hides or breaks it."""

import pytest
from django.urls import reverse

from plans.models import Reading, Remark
from plans.selectors.readable import assessment_for
from plans.selectors.review_queue import plans_in_queue, queue_lines
from plans.services.concluding import finish_review, reopen_review
from plans.services.remarks import answer_remark, write_remark
from plans.services.reviewing import confirm_items
from tests.factories.accounts import UserFactory
from tests.plans.carrying.succeeding import carry, follow, fresh_carrying
from tests.plans.services.versioning import fresh, lead_of

pytestmark = pytest.mark.django_db

CODES = ["A1", "A2", "A3", "A4", "B1", "B2"]


@pytest.fixture
def assessment(shared_to_carry):
    return shared_to_carry


@pytest.fixture
def reviewer(assessment):
    return UserFactory(coordinator_of=assessment.version.plan.zone)


def test_a_review_in_progress_goes_on(assessment, reviewer):
    confirm_items(assessment=assessment, items=CODES[:2], by=reviewer)
    remark = write_remark(assessment=assessment, item="A2", text="Since when?", by=reviewer)
    carrying = carry(assessment)
    shown = assessment_for(reviewer, assessment.version.plan_id, is_shared=True)
    assert (shown, shown.edition.code) == (assessment, "test-edition")
    assert assessment_for(reviewer, assessment.version.plan_id) == carrying.assessment
    (line,) = queue_lines(plans_in_queue(reviewer), reviewer)
    assert (line.read, line.total, line.waiting) == (2, 6, 1)
    confirm_items(assessment=fresh(assessment), items=CODES[2:], by=reviewer)
    answer_remark(remark=Remark.objects.get(pk=remark.pk), text="Since May", by=lead_of(assessment))
    finish_review(version=fresh(assessment).version, by=reviewer)
    assert set(Reading.objects.values_list("assessment", flat=True)) == {assessment.pk}
    # But A3, of which this reviewer may not read every word.
    assert set(assessment.scores.filter(reviewed_level=None).values_list("item__code", flat=True)) == {"A3"}


def test_what_it_concludes_goes_to_the_new_edition(assessment, reviewer):
    """What goes along is judged with it: also when the review is finished later, and taken up again."""
    after = carry(assessment).assessment
    confirm_items(assessment=assessment, items=CODES, by=reviewer)
    assert not after.scores.exclude(reviewed_level=None).exists()
    for _time in range(2):
        finish_review(version=fresh(assessment).version, by=reviewer)
        reviewed = after.scores.exclude(reviewed_level=None).values_list("item__code", "reviewed_level")
        assert list(reviewed) == [("N1", 0), ("M1", 0)]
        reopen_review(version=fresh(assessment).version, by=reviewer)
        assert not after.scores.exclude(reviewed_level=None).exists()


def test_a_version_carried_over_before_it_was_shared_is_reviewed_under_the_new_edition(plan_to_carry):
    from plans.services.sharing import share_version

    carrying = carry(plan_to_carry)
    share_version(version=carrying.assessment.version, by=None)
    reviewer = UserFactory(coordinator_of=carrying.assessment.version.plan.zone)
    shown = assessment_for(reviewer, carrying.assessment.version.plan_id, is_shared=True)
    assert shown == carrying.assessment


def test_the_pages_of_a_review_stay_with_what_was_shared(assessment, reviewer, client_of):
    write_remark(assessment=assessment, item="A2", text="Since when?", by=reviewer)
    carrying = carry(assessment, follow(assessment.edition))
    plan = assessment.version.plan_id
    page = client_of(reviewer)
    review = page.get(reverse("plans:review", args=[plan])).content.decode()
    assert "A2" in review
    assert reverse("plans:review_item", args=[plan, "A2"]) in review
    assert page.get(reverse("plans:review_item", args=[plan, "A2"])).status_code == 200
    assert page.get(reverse("plans:review_item", args=[plan, "N2"])).status_code == 404
    item = page.get(reverse("plans:item", args=[plan, "N2"])).content.decode()
    assert reverse("plans:remark_add", args=[plan]) not in item
    assert reverse("plans:review_item", args=[plan, "N2"]) not in item
    zone = client_of(lead_of(assessment)).get(reverse("plans:review", args=[plan])).content.decode()
    assert "Since when?" in zone
    assert fresh_carrying(carrying).assessment.remarks.count() == 0
