"""Who is told by mail of what happens in a review: the other side, and never the words."""

import pytest

from plans.models import Notice
from plans.services.readings import ask_second_reading
from plans.services.remarks import answer_remark, close_remark, reply_to_remark, write_remark
from tests.plans.review.reading import KNOWN, Reviewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """With everybody around it before anything happens; some of these tests are about transactions."""
    plan = Reviewed()
    for person in ("lead", "editor", "reviewer", "colleague", "cleared"):
        assert getattr(plan, person)
    Notice.objects.all().delete()
    return plan


def told() -> list[tuple[str, int, str | None]]:
    return sorted(Notice.objects.values_list("kind", "receiver", "item__code"))


def test_a_remark_is_told_to_the_zone_and_its_answer_to_who_asked(plan):
    remark = write_remark(assessment=plan.assessment, item="P1", text="Why?", by=plan.reviewer)
    assert told() == sorted(("remark", person.pk, "P1") for person in (plan.lead, plan.editor))
    Notice.objects.all().delete()
    answer_remark(remark=remark, text="Because.", by=plan.editor)
    assert told() == [("answer", plan.reviewer.pk, "P1")]
    Notice.objects.all().delete()
    reply_to_remark(remark=remark, text="And then?", by=plan.cleared)
    assert told() == sorted(("remark", person.pk, "P1") for person in (plan.lead, plan.editor))
    Notice.objects.all().delete()
    answer_remark(remark=remark, text="Nothing.", by=plan.lead)
    assert told() == sorted(("answer", person.pk, "P1") for person in (plan.reviewer, plan.cleared))
    Notice.objects.all().delete()
    close_remark(remark=remark, by=plan.reviewer)
    assert told() == []


def test_a_clarification_is_told_once_and_withdrawing_it_is_not(plan):
    plan.review("P3", motivation="clarification", clarification="Since when?")
    asked = sorted(("remark", person.pk, "P3") for person in (plan.lead, plan.editor))
    assert told() == asked
    plan.review("P3", motivation="clarification", clarification="Since when?")
    plan.review("P3", motivation="no_remark", revision=1)
    assert told() == asked


def test_a_second_reading_is_told_to_its_reader(plan):
    ask_second_reading(assessment=plan.assessment, reader=plan.colleague, by=plan.reviewer)
    assert told() == [("assigned", plan.colleague.pk, None)]


def test_a_finished_review_is_told_to_the_zone(plan):
    plan.read(*KNOWN)
    assert told() == []
    plan.finish()
    assert told() == sorted(("reviewed", person.pk, None) for person in (plan.lead, plan.editor))
