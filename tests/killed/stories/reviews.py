"""One shared plan: how it is read by two, what they agree on, and what is asked and answered."""

from plans.models import Remark
from plans.services.concluding import finish_review, reopen_review
from plans.services.readings import (
    ask_second_reading,
    complete_reading,
    settle_difference,
    withdraw_second_reading,
)
from plans.services.remarks import answer_remark, close_remark, reply_to_remark, write_remark
from plans.services.reviewing import confirm_items, review_item, take_back
from plans.services.sharing import share_version
from tests.killed.living import Act, Story
from tests.plans.review.reading import KNOWN, Reviewed, judged


def make_world() -> Reviewed:
    plan = Reviewed(shared=False)
    for person in ("lead", "editor", "cleared", "colleague"):
        getattr(plan, person)
    return plan


def version(plan) -> dict:
    return {"version": plan.assessment.version, "by": plan.cleared}


def reading(plan) -> dict:
    return {"assessment": plan.assessment, "by": plan.cleared}


def remark(plan) -> dict:
    return {"remark": Remark.objects.get(), "by": plan.cleared}


def second_reading(plan) -> dict:
    return reading(plan) | {"reader": plan.colleague}


def read_a_second_time(plan) -> None:
    """The colleague reads all of it blind, and differs on P2."""
    ask_second_reading(**second_reading(plan))
    mine = {"kind": "second", "by": plan.colleague}
    plan.review("P2", judged("G", 0, reason="no goal"), **mine)
    plan.read(*KNOWN, **mine)
    complete_reading(assessment=plan.assessment, **mine)


STORY = Story(
    "reviews",
    make_world,
    (
        Act(share_version, lambda plan: {"version": plan.assessment.version, "by": plan.lead}),
        Act(
            review_item,
            lambda plan: (
                reading(plan) | {"item": "P3", "motivation": "clarification", "clarification": "Since when?"}
            ),
        ),
        Act(answer_remark, lambda plan: remark(plan) | {"text": "Since 2019.", "by": plan.editor}),
        Act(reply_to_remark, lambda plan: remark(plan) | {"text": "And before?"}),
        Act(close_remark, remark),
        Act(take_back, lambda plan: reading(plan) | {"item": "P3"}),
        Act(write_remark, lambda plan: reading(plan) | {"item": "P1", "text": "Why?"}),
        Act(ask_second_reading, second_reading),
        Act(withdraw_second_reading, reading),
        read_a_second_time,
        Act(
            review_item,
            lambda plan: reading(plan) | {"item": "P1", "judged": (judged("A", 1), judged("C", 1))},
        ),
        Act(confirm_items, lambda plan: reading(plan) | {"items": KNOWN}),
        lambda plan: plan.read(*KNOWN, by=plan.cleared),
        Act(complete_reading, lambda plan: reading(plan) | {"kind": "first"}),
        Act(settle_difference, lambda plan: reading(plan) | {"item": "P1", "like": "first"}),
        Act(settle_difference, lambda plan: reading(plan) | {"item": "P2", "like": "second"}),
        Act(finish_review, version),
        Act(reopen_review, version),
    ),
)
