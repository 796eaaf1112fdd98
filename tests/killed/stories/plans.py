"""Around plans: cycles and their deadlines; versions, formal steps and good examples of one plan."""

from datetime import date

from plans.models import Cycle, Deadline, FormalStep
from plans.services.cycles import load_cycles
from plans.services.deadlines import add_deadline, change_deadline, load_deadline, remove_deadline
from plans.services.demo import CYCLES
from plans.services.good_examples import offer_example, withdraw_example
from plans.services.sharing import share_version
from plans.services.steps import record_step, remove_step
from plans.services.versions import discard_version, start_version
from tests.killed.living import Act, Story
from tests.plans.review.reading import Reviewed
from tests.plans.services.versioning import REASON

LATER = {"name": {"nl": "Indienen"}, "date": date(2030, 3, 1), "days_before": (30, 7), "by": None}


def make_world() -> Reviewed:
    plan = Reviewed(shared=False)
    plan.lead  # noqa: B018 (made when first asked for)
    return plan


def cycle() -> Cycle:
    return Cycle.objects.get(name="2026-2031")


def deadline() -> Deadline:
    return Deadline.objects.get(code="")


def version(plan) -> dict:
    return {"version": plan.assessment.version, "by": plan.lead}


def item(plan) -> dict:
    plan_, edition = plan.assessment.version.plan, plan.made.edition
    return {"plan": plan_, "item": edition.items.get(code="P1"), "by": plan.lead}


STORY = Story(
    "plans",
    make_world,
    (
        Act(load_cycles, lambda plan: {"data": CYCLES.read_bytes(), "by": None}),
        Act(add_deadline, lambda plan: LATER | {"cycle": cycle()}),
        Act(
            change_deadline,
            lambda plan: LATER | {"deadline": deadline(), "revision": 1, "date": date(2030, 4, 1)},
        ),
        Act(load_deadline, lambda plan: LATER | {"cycle": cycle(), "code": "law"}),
        Act(remove_deadline, lambda plan: {"deadline": deadline(), "by": None}),
        Act(share_version, version),
        Act(record_step, lambda plan: version(plan) | {"kind": "sent", "dated": date(2026, 3, 1)}),
        Act(remove_step, lambda plan: {"step": FormalStep.objects.get(), "by": plan.lead}),
        Act(offer_example, item),
        Act(withdraw_example, item),
        Act(start_version, lambda plan: version(plan) | {"kind": "addendum", "reason": REASON}),
        Act(discard_version, lambda plan: {"version": plan.latest, "by": plan.lead}),
    ),
)
