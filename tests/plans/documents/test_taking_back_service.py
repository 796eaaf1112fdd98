"""Who decided first, the same decision twice, moving to another item, and the way back from each."""

from copy import deepcopy

import pytest

from kiv.audit.models import AuditEvent
from plans.services.decisions import Ticks, remove_evidence, take_back, undo_last
from plans.services.editing import StaleEdit
from tests.factories.accounts import UserFactory
from tests.plans.documents.acting import (
    accept,
    check_consistent,
    paper,
    pieces,
    replace,
    say,
    scores,
    stored,
    suggestion_of,
    verdicts,
)
from tests.plans.papers import EMPTY, item_of, store_lexicon, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]


@pytest.fixture(scope="module")
def made(read_once_per_module):
    return read_once_per_module(make_uploaded)


@pytest.fixture
def assessment(made):
    return deepcopy(made)


def make_uploaded():
    assessment = make_world(EMPTY).assessment
    store_lexicon(assessment.edition)
    upload(assessment)
    return assessment


@pytest.fixture
def editors(assessment):
    return [UserFactory(editor_of=assessment.version.plan.zone) for _ in range(2)]


def content(assessment):
    """Rows of suggestions and evidence, without their keys: what going back must restore."""
    suggestions = assessment.suggestions.order_by("passage__position", "item__code").values(
        "passage", "item", "tier", "score", "detail", "verdict", "moved_to", "decided_by", "decided_at"
    )
    evidence = assessment.passages.order_by("item", "passage").values(
        "item", "passage", "elements", "links", "aspects", "source", "is_gone"
    )
    return list(suggestions), list(evidence), scores(assessment)


class TestMoving:
    def test_both_rows_say_what_happened(self, assessment):
        row = accept(assessment, paper(assessment), "zwerfvuil", "B2", instead_of=item_of(assessment, "A4"))
        assert (row.item.code, row.verdict, row.moved_to.code) == ("A4", "moved", "B2")
        assert verdicts(assessment) == {("Er ligt wat ", "A4"): "moved", ("Er ligt wat ", "B2"): "accepted"}
        assert pieces(assessment) == [("B2", "Er ligt wat ", ["action"], False)]
        check_consistent(assessment)

    def test_to_the_item_itself_is_accepting(self, assessment):
        for _ in range(2):
            accept(assessment, paper(assessment), "zwerfvuil", "A4", instead_of=item_of(assessment, "A4"))
        assert verdicts(assessment) == {("Er ligt wat ", "A4"): "accepted"}
        assert AuditEvent.objects.filter(event="passage.accepted").count() == 1

    @pytest.mark.parametrize("code", ["A4", "B2"])
    def test_taking_either_back_opens_both(self, assessment, code):
        before = content(assessment)
        accept(assessment, paper(assessment), "zwerfvuil", "B2", instead_of=item_of(assessment, "A4"))
        take_back(assessment=assessment, suggestion=suggestion_of(assessment, "zwerfvuil", code), by=None)
        assert content(assessment) == before

    def test_onto_what_was_accepted_before(self, assessment, editors):
        """Undoing the move leaves what somebody else accepted."""
        accept(assessment, paper(assessment), "camera", "A2", by=editors[0])
        before = content(assessment)
        accept(
            assessment,
            paper(assessment),
            "camera",
            "A2",
            ticks=Ticks(["due"]),
            instead_of=item_of(assessment, "B1"),
            by=editors[1],
        )
        assert verdicts(assessment) == {("Wij controle", "A2"): "accepted", ("Wij controle", "B1"): "moved"}
        assert pieces(assessment) == [("A2", "Wij controle", ["action"], False)]
        undo_last(assessment=assessment, document=paper(assessment), by=editors[1])
        assert content(assessment) == before

    def test_onto_what_was_accepted_before_and_that_taken_back(self, assessment):
        before = content(assessment)
        accept(assessment, paper(assessment), "camera", "A2")
        accept(assessment, paper(assessment), "camera", "A2", instead_of=item_of(assessment, "B1"))
        take_back(assessment=assessment, suggestion=suggestion_of(assessment, "camera", "A2"), by=None)
        assert content(assessment) == before


#: Each act on one passage for A2 (the move: from A2 to B2).
CHOICES = {
    "accept": lambda assessment, by: accept(assessment, paper(assessment), "camera", "A2", by=by),
    "move": lambda assessment, by: accept(
        assessment, paper(assessment), "camera", "B2", by=by, instead_of=item_of(assessment, "A2")
    ),
    **{
        verdict: lambda assessment, by, verdict=verdict: say(
            assessment, paper(assessment), "camera", "A2", verdict, by=by
        )
        for verdict in ("rejected", "set_aside", "entered")
    },
}


@pytest.mark.parametrize("name", CHOICES)
def test_the_same_decision_twice_is_made_once(assessment, editors, name):
    CHOICES[name](assessment, editors[0])
    before = {table: rows for table, rows in stored().items() if table not in ("Assessment", "PlanVersion")}
    CHOICES[name](assessment, editors[1])
    after = stored()
    assert {table: after[table] for table in before} == before


@pytest.mark.parametrize("first", sorted(set(CHOICES) - {"set_aside"}))
@pytest.mark.parametrize("second", CHOICES)
def test_two_people_decide_differently(assessment, editors, first, second):
    """Whoever comes second is told. What was set aside is as open as what nobody looked at."""
    if first == second:
        return
    CHOICES[first](assessment, editors[0])
    before = stored()
    with pytest.raises(StaleEdit):
        CHOICES[second](assessment, editors[1])
    assert stored() == before


@pytest.mark.parametrize("name", CHOICES)
def test_taking_back_restores_what_was(assessment, editors, name):
    before = content(assessment)
    CHOICES[name](assessment, editors[0])
    assert content(assessment) != before
    [row] = assessment.suggestions.filter(passage__text__contains="camera", item__code="A2")
    returned = take_back(assessment=assessment, suggestion=row, by=editors[1])
    assert (returned.verdict, returned.evidence_id) == ("open", None)
    assert content(assessment) == before
    mark = AuditEvent.objects.count()
    take_back(assessment=assessment, suggestion=row, by=editors[1])
    assert AuditEvent.objects.count() == mark, "open stays open"


def test_plain_decisions_change_no_score(assessment):
    before = scores(assessment)
    for verdict, words in (("rejected", "drugshandel"), ("set_aside", "controles"), ("entered", "dossiers")):
        say(assessment, paper(assessment), words, "A1", verdict)
        row = suggestion_of(assessment, words, "A1")
        assert (row.verdict, row.tier, row.evidence) == (verdict, "strong", None)
    assert scores(assessment) == before
    assert pieces(assessment) == []


class TestUndo:
    def test_step_by_step_to_nothing(self, assessment, editors):
        document = paper(assessment)
        say(assessment, document, "dossiers", "A1", "rejected", by=editors[1])
        states = [content(assessment)]
        for act in (
            lambda by: accept(assessment, document, "drugshandel", "A1", by=by),
            lambda by: say(assessment, document, "controles", "A1", "set_aside", by=by),
            lambda by: CHOICES["move"](assessment, by),
            lambda by: say(assessment, document, "Mensenhandel", "A3", "entered", by=by),
            lambda by: accept(assessment, document, "onthaal", "B2", by=by),
        ):
            act(editors[0])
            states.append(content(assessment))
        for expected in reversed(states[:-1]):
            undone = undo_last(assessment=assessment, document=document, by=editors[0])
            assert undone.verdict == "open"
            assert content(assessment) == expected
            check_consistent(assessment)
        mark = AuditEvent.objects.count()
        assert undo_last(assessment=assessment, document=document, by=editors[0]) is None
        assert AuditEvent.objects.count() == mark
        assert verdicts(assessment) == {("Indicator: a", "A1"): "rejected"}, "somebody else's"

    def test_only_in_this_document(self, assessment, editors):
        other = upload(assessment, "Er ligt zwerfvuil.")
        accept(assessment, paper(assessment), "drugshandel", "A1", by=editors[0])
        assert undo_last(assessment=assessment, document=other, by=editors[0]) is None
        assert pieces(assessment) == [("A1", "Onze doelste", ["action"], False)]


class TestRemovingEvidence:
    def test_its_suggestions_are_open_again(self, assessment):
        before = content(assessment)
        CHOICES["move"](assessment, None)
        remove_evidence(assessment=assessment, evidence=assessment.passages.get(), by=None)
        assert content(assessment) == before

    def test_twice_is_once_and_another_plans_is_left(self, assessment):
        accept(assessment, paper(assessment), "drugshandel", "A1")
        evidence = assessment.passages.get()
        other = make_world(EMPTY).assessment
        remove_evidence(assessment=other, evidence=evidence, by=None)
        assert pieces(assessment) == [("A1", "Onze doelste", ["action"], False)]
        for _ in range(2):
            remove_evidence(assessment=assessment, evidence=evidence, by=None)
        assert AuditEvent.objects.filter(event="passage.removed").count() == 1
        assert pieces(assessment) == []

    def test_what_is_gone_can_be_removed(self, assessment):
        accept(assessment, paper(assessment), "drugshandel", "A1")
        replace(paper(assessment), "Iets anders.")
        remove_evidence(assessment=assessment, evidence=assessment.passages.get(), by=None)
        assert pieces(assessment) == []
