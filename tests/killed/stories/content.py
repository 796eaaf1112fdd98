"""One plan in preparation: what is written in it, decided, copied, imported, divided and said about it."""

from plans.models import Action, Assessment, Comment, Cycle, Diagnosis, Indicator, ItemScore, Objective
from plans.selectors.copying import copy_offer
from plans.services.assignments import assign_items
from plans.services.choices import ChoiceChange, confirm_proposals, save_choices
from plans.services.comments import add_comment, remove_comment
from plans.services.copying import copy_forward
from plans.services.entries import add_entry, change_entry, remove_entry
from plans.services.importing import import_plan
from plans.services.plans import create_plan
from plans.services.rescoring import rescore
from tests.factories.plans import CycleFactory, content_of
from tests.killed.living import Act, Story
from tests.plans.copying import make_earlier
from tests.plans.review.reading import Reviewed
from tests.plans.services.acting import refs


def make_world() -> Reviewed:
    """A plan with something of everything, and one of the same zone for the cycle before."""
    plan = Reviewed(shared=False)
    for person in ("lead", "editor", "colleague"):
        getattr(plan, person)
    CycleFactory(first_year=2032)
    make_earlier(plan.assessment, objectives=[{"title": "Earlier", "items": "P1"}])
    return plan


def earlier(plan) -> Assessment:
    others = Assessment.objects.exclude(pk=plan.made.pk)
    return others.select_related("version__plan", "edition").get(edition=plan.made.edition)


def in_plan(plan) -> dict:
    return {"assessment": plan.assessment, "by": plan.editor}


def adding(kind: str, **values) -> Act:
    def arguments(plan) -> dict:
        hangs = kind in ("action", "indicator")
        objective = plan.assessment.version.objectives.first() if hangs else None
        return in_plan(plan) | {"kind": kind, "values": values, "items": refs("P2"), "objective": objective}

    return Act(add_entry, arguments)


def entry(plan, model):
    path = "version" if model in (Objective, Diagnosis) else "objective__version"
    return model.objects.filter(**{path: plan.made.version_id}).first()


def changing(model, **values) -> Act:
    def arguments(plan) -> dict:
        found = entry(plan, model)
        return in_plan(plan) | {"entry": found, "revision": found.revision, "values": values, "items": []}

    return Act(change_entry, arguments)


def removing(model) -> Act:
    def arguments(plan) -> dict:
        found = entry(plan, model)
        return in_plan(plan) | {"entry": found, "revision": found.revision}

    return Act(remove_entry, arguments)


def a_next_plan(plan) -> dict:
    cycle, edition = Cycle.objects.get(first_year=2032), plan.made.edition
    return {"zone": plan.zone, "cycle": cycle, "edition": edition, "language": "nl", "by": plan.lead}


def importing(plan) -> dict:
    content = content_of(plan.assessment, objectives=[{"title": "new"}])
    return in_plan(plan) | {"content": content, "replace": True}


def tamper(plan) -> None:
    ItemScore.objects.filter(assessment=plan.made, item__code="P1").update(level=0)


STORY = Story(
    "content",
    make_world,
    (
        Act(
            copy_forward,
            lambda plan: (
                in_plan(plan)
                | {"source": earlier(plan), "chosen": copy_offer(plan.assessment, earlier(plan)).free}
            ),
        ),
        Act(confirm_proposals, in_plan),
        adding("objective", title="x"),
        adding("action", title="x"),
        adding("indicator", title="x"),
        adding("diagnosis", text="x"),
        changing(Objective, title="y"),
        changing(Action, title="y"),
        changing(Indicator, title="y"),
        changing(Diagnosis, text="y"),
        Act(
            save_choices,
            lambda plan: (
                in_plan(plan) | {"changes": [ChoiceChange(item="P3", revision=1, choice="retained")]}
            ),
        ),
        removing(Action),
        removing(Indicator),
        removing(Diagnosis),
        removing(Objective),
        tamper,
        Act(rescore, lambda plan: {"assessment": plan.assessment, "by": None}),
        Act(
            assign_items,
            lambda plan: {
                "assessment": plan.assessment,
                "items": {"P1": None, "P2": None},
                "person_id": plan.editor.pk,
                "by": plan.lead,
            },
        ),
        Act(
            add_comment,
            lambda plan: (
                in_plan(plan) | {"item": plan.assessment.edition.items.get(code="P1"), "text": "Words"}
            ),
        ),
        Act(remove_comment, lambda plan: {"comment": Comment.objects.get(), "by": plan.editor}),
        Act(import_plan, lambda plan: importing(plan) | {"keeps_passages": True}),
        Act(import_plan, importing),
        Act(create_plan, a_next_plan),
    ),
)
