"""One plan with documents: uploaded, decided on passage by passage, replaced and removed."""

from types import SimpleNamespace

from plans.models import Document
from plans.services.decisions import accept_passage, decide, remove_evidence, take_back, undo_last
from plans.services.documents import add_document, change_document, remove_document, replace_document
from plans.services.passages import change_passage
from tests.factories.accounts import UserFactory
from tests.killed.living import Act, Story
from tests.plans.documents.acting import ACTION, OTHER, make_read_plan, paper, suggestion_of
from tests.plans.papers import PAPER, item_of, passage_with, seen
from tests.plans.services.versioning import fresh


def make_world() -> SimpleNamespace:
    """PAPER is uploaded, one passage of it accepted."""
    made = make_read_plan()
    return SimpleNamespace(made=made, editor=UserFactory(editor_of=made.version.plan.zone))


def in_plan(plan) -> dict:
    return {"assessment": fresh(plan.made), "by": plan.editor}


def a_file(plan, text: str) -> dict:
    return {"filename": "more.md", "data": text.encode(), "by": plan.editor}


def the_document(plan) -> dict:
    document = paper(plan.made)
    return {"document": document, "revision": document.revision, "by": plan.editor}


def passage(plan, words: str) -> dict:
    return in_plan(plan) | {"passage": passage_with(paper(plan.made), words)}


def item(plan, words: str, code: str) -> dict:
    return passage(plan, words) | {"item": item_of(plan.made, code)}


def deciding(words: str, code: str, verdict: str) -> Act:
    return Act(decide, lambda plan: item(plan, words, code) | {"verdict": verdict})


def correcting(plan) -> dict:
    found = passage(plan, "zwerfvuil")
    return found | {"language": "fr", "is_confidential": True} | seen(found["passage"])


STORY = Story(
    "documents",
    make_world,
    (
        Act(
            add_document,
            lambda plan: a_file(plan, OTHER) | {"version": fresh(plan.made).version, "kind": "annex"},
            stores_file=True,
        ),
        Act(accept_passage, lambda plan: item(plan, "drugshandel", "A1") | {"ticks": ACTION}),
        Act(
            accept_passage,
            lambda plan: (
                item(plan, "camera", "A1") | {"ticks": ACTION, "instead_of": item_of(plan.made, "B1")}
            ),
        ),
        deciding("inbraak", "A2", "rejected"),
        deciding("drugs controles", "A1", "set_aside"),
        deciding("Indicator", "A1", "entered"),
        Act(undo_last, lambda plan: in_plan(plan) | {"document": paper(plan.made)}),
        Act(
            take_back,
            lambda plan: in_plan(plan) | {"suggestion": suggestion_of(plan.made, "drugshandel", "A1")},
        ),
        Act(change_passage, correcting),
        Act(
            remove_evidence,
            lambda plan: in_plan(plan) | {"evidence": plan.made.passages.get(item__code="A4")},
        ),
        Act(
            change_document,
            lambda plan: the_document(plan) | {"kind": "annex", "language": "fr", "is_confidential": True},
        ),
        Act(
            replace_document,
            lambda plan: the_document(plan) | a_file(plan, PAPER.replace("zwerfvuil", "sluikstort")),
            stores_file=True,
        ),
        Act(remove_document, the_document),
        Act(
            remove_document,
            lambda plan: {"document": Document.objects.get(), "revision": 1, "by": plan.editor},
        ),
    ),
)
