"""A process that is killed inside a service leaves all of the act, or nothing of it: on both databases."""

from datetime import date

import pytest
from django.apps import apps

from kiv.audit.models import AuditEvent
from plans.models import Assessment, FormalStep, Remark
from plans.services.concluding import finish_review, reopen_review
from plans.services.readings import ask_second_reading, withdraw_second_reading
from plans.services.remarks import answer_remark, close_remark, reply_to_remark, write_remark
from plans.services.reviewing import take_back
from plans.services.scores import differences
from plans.services.sharing import share_version
from plans.services.steps import record_step, remove_step
from plans.services.versions import discard_version, start_version
from tests.killing import AT_COMMIT, database_on_disk, run_and_kill
from tests.plans.copying import copy_all, make_earlier
from tests.plans.review.reading import KNOWN, Reviewed, judged
from tests.plans.services.acting import ACTS
from tests.plans.services.versioning import REASON
from tests.plans.teamwork import give, say

pytestmark = pytest.mark.django_db(transaction=True)

NEVER = 10_000
DAY = date(2026, 3, 1)


def stored():
    """Every row of the plans and of the trail."""
    models = [*apps.get_app_config("plans").get_models(), AuditEvent]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def nothing(plan):
    """Nothing has to come before the act."""


def shared(plan):
    share_version(version=plan.assessment.version, by=plan.lead)


def with_step(plan):
    record_step(version=plan.assessment.version, kind="sent", dated=DAY, by=None)


def with_second_version(plan):
    shared(plan)
    start_version(version=plan.assessment.version, kind="addendum", reason=REASON, by=plan.lead)


def with_clarification(plan):
    shared(plan)
    plan.review("P3", motivation="clarification", clarification="Since when?")


def with_second_reading(plan):
    shared(plan)
    ask_second_reading(assessment=plan.assessment, reader=plan.colleague, by=plan.reviewer)


def read(plan):
    shared(plan)
    plan.review("P1", judged("A", 1))
    plan.read(*KNOWN)


def reviewed(plan):
    read(plan)
    plan.finish()


def content(name):
    return lambda plan: ACTS[name](plan.assessment, plan.lead)


def with_earlier(plan):
    """A plan of the zone for the cycle before, to copy from."""
    make_earlier(plan.assessment, objectives=[{"title": "Earlier", "items": "P1"}])


def copied(plan):
    source = Assessment.objects.exclude(pk=plan.made.pk).select_related("version__plan", "edition").get()
    copy_all(plan.assessment, source, by=plan.lead)


#: Name → what comes before, and the act.
DONE = {
    "give items away": (nothing, lambda plan: give(plan.assessment, plan.editor, "P1", "P2", by=plan.lead)),
    "copy forward": (with_earlier, copied),
    "comment": (nothing, lambda plan: say(plan.assessment, plan.lead, "Words", "P1")),
    **{name: (nothing, content(name)) for name in ACTS},
    "share": (nothing, shared),
    "record a step": (nothing, with_step),
    "remove a step": (with_step, lambda plan: remove_step(step=FormalStep.objects.last(), by=plan.lead)),
    "start a version": (
        shared,
        lambda plan: start_version(
            version=plan.assessment.version, kind="yearly", reason=REASON, by=plan.lead
        ),
    ),
    "discard a version": (
        with_second_version,
        lambda plan: discard_version(version=plan.latest, by=plan.lead),
    ),
    "change a digit": (shared, lambda plan: plan.review("P1", judged("A", 1), judged("C", 1))),
    "ask a clarification": (shared, lambda plan: with_question(plan)),
    "confirm items": (shared, lambda plan: plan.confirm(*KNOWN)),
    "take a review back": (
        with_clarification,
        lambda plan: take_back(assessment=plan.assessment, item="P3", by=plan.cleared),
    ),
    "write a remark": (
        shared,
        lambda plan: write_remark(assessment=plan.assessment, item="P1", text="Why?", by=plan.reviewer),
    ),
    "answer": (
        with_clarification,
        lambda plan: answer_remark(remark=Remark.objects.get(), text="Since 2019.", by=plan.editor),
    ),
    "reply": (
        with_clarification,
        lambda plan: reply_to_remark(remark=Remark.objects.get(), text="And before?", by=plan.reviewer),
    ),
    "close": (
        with_clarification,
        lambda plan: close_remark(remark=Remark.objects.get(), by=plan.reviewer),
    ),
    "ask a second reading": (
        shared,
        lambda plan: ask_second_reading(assessment=plan.assessment, reader=plan.colleague, by=plan.reviewer),
    ),
    "withdraw a second reading": (
        with_second_reading,
        lambda plan: withdraw_second_reading(assessment=plan.assessment, by=plan.reviewer),
    ),
    "finish a review": (read, lambda plan: finish_review(version=plan.assessment.version, by=plan.reviewer)),
    "take a review up again": (
        reviewed,
        lambda plan: reopen_review(version=plan.assessment.version, by=plan.reviewer),
    ),
}


def with_question(plan):
    plan.review("P3", motivation="clarification", clarification="Since when?")


@pytest.mark.parametrize("name", DONE)
def test_all_or_nothing(name, tmp_path):
    before_it, act = DONE[name]
    plan = Reviewed(shared=False)
    for person in ("lead", "editor", "reviewer", "cleared", "colleague"):
        getattr(plan, person)
    before_it(plan)
    with database_on_disk(tmp_path / "killed.sqlite3") as file:
        before = stored()
        for at in (1, AT_COMMIT):
            assert not run_and_kill(lambda: act(plan), at=at, database=file)
            assert stored() == before, f"killed at {at}"
        assert run_and_kill(lambda: act(plan), at=NEVER, database=file)
        assert len(stored()["AuditEvent"]) > len(before["AuditEvent"])
        assert list(differences(plan.assessment)) == []
