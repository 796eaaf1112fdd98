"""Deciding on passages: what each decision leaves behind, and what is refused."""

import pytest
from django.core.exceptions import ValidationError

from framework.models import Item
from kiv.audit.models import AuditEvent
from plans import models
from plans.planformat.types import MAX_PASSAGES
from plans.services import decisions
from plans.services.decisions import Ticks, decide, take_back
from plans.services.editing import StaleEdit, TooMany
from plans.services.entries import add_entry, remove_entry
from tests.factories.accounts import UserFactory
from tests.plans.cast import make_plan
from tests.plans.documents.acting import (
    accept,
    check_consistent,
    paper,
    pieces,
    replace,
    say,
    stored,
    suggestion_of,
    verdicts,
)
from tests.plans.papers import EMPTY, PAPER, item_of, passage_with, store_lexicon, upload
from tests.plans.services.acting import events_since
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]

TWICE = "# Plan\n\nEr ligt zwerfvuil.\n\n# Later\n\nEr ligt zwerfvuil.\n"


@pytest.fixture
def assessment():
    assessment = make_world(EMPTY).assessment
    store_lexicon(assessment.edition)
    upload(assessment)
    return assessment


@pytest.fixture
def editors(assessment):
    return [UserFactory(editor_of=assessment.version.plan.zone) for _ in range(2)]


def level(assessment, code):
    return assessment.scores.get(item__code=code).digits


class TestAccepting:
    def test_it_is_evidence_with_all_that_was_ticked(self, assessment, editors):
        mark = AuditEvent.objects.count()
        document = paper(assessment)
        objective = add_entry(assessment=assessment, kind="objective", values={"title": "x"}, by=None)
        ticks = Ticks(elements=["objective", "due", "chain_link"], links=["prevention"], aspects=["demand"])
        row = accept(
            assessment, document, "drugshandel", "A1", ticks=ticks, objective=objective, by=editors[0]
        )
        stored_row = suggestion_of(assessment, "drugshandel", "A1")
        assert (row.pk, stored_row.verdict, stored_row.decided_by) == (stored_row.pk, "accepted", editors[0])
        assert (stored_row.tier, bool(stored_row.detail["hits"])) == ("strong", True), "as it was then"
        [piece] = assessment.passages.all()
        source = passage_with(document, "drugshandel")
        assert stored_row.evidence == piece
        assert (piece.item.code, piece.quote, piece.document, piece.page) == ("A1", source.text, "plan", None)
        assert (piece.elements, piece.links, piece.aspects) == (
            ["objective", "due", "chain_link"],
            ["prevention"],
            ["demand"],
        )
        assert (piece.source, piece.origin, piece.identity) == (source, document, source.identity)
        assert (piece.objective, piece.is_confidential, piece.is_gone) == (objective, False, False)
        assert level(assessment, "A1") == {"D": 0, "G": 1, "A": 0, "I": 0, "M": 0, "C": 0}
        plan = assessment.version.plan
        data = {"plan": plan.pk, "document": 1, "item": "A1", "moved_from": None}
        assert events_since(mark)[1:] == [
            ("passage.accepted", editors[0].pk, "plans.passage", str(source.pk), plan.zone_id, data)
        ]
        check_consistent(assessment)

    def test_an_item_nobody_suggested(self, assessment):
        accept(assessment, paper(assessment), "onthaal", "B2")
        row = suggestion_of(assessment, "onthaal", "B2")
        assert (row.verdict, row.tier, row.lexicon, row.detail) == ("accepted", "", None, {})
        assert pieces(assessment) == [("B2", "Het onthaal ", ["action"], False)]

    @pytest.mark.parametrize("verdict", ["open", "set_aside"])
    def test_what_was_set_aside_can_still_be_accepted(self, assessment, verdict):
        if verdict != "open":
            say(assessment, paper(assessment), "zwerfvuil", "A4", verdict)
        accept(assessment, paper(assessment), "zwerfvuil", "A4")
        assert verdicts(assessment) == {("Er ligt wat ", "A4"): "accepted"}

    def test_one_passage_for_two_items_is_one_passage_in_the_grid(self, assessment):
        for code in ("A2", "B1"):
            accept(assessment, paper(assessment), "camera", code)
        assert len(set(assessment.passages.values_list("passage", flat=True))) == 1
        assert models.Assessment.objects.get(pk=assessment.pk).summary["grid"] == [["B1", "A2"]]

    def test_the_same_sentence_on_one_page_is_one_piece_with_the_ticks_of_both(self, assessment):
        document = upload(assessment, TWICE)
        for path, element in ((["Plan"], "action"), (["Later"], "due")):
            decisions.accept_passage(
                assessment=assessment,
                passage=document.passages.get(text="Er ligt zwerfvuil.", heading_path=path),
                item=item_of(assessment, "A4"),
                ticks=Ticks(elements=[element]),
                by=None,
            )
        assert pieces(assessment) == [("A4", "Er ligt zwer", ["action", "due"], False)]
        check_consistent(assessment)


class TestRefusals:
    @pytest.mark.parametrize(
        "ticks",
        [
            Ticks(elements=[]),
            Ticks(elements=["charm"]),
            Ticks(elements=["chain_link"]),
            Ticks(elements=["action"], links=["charm"]),
            Ticks(elements=["action"], aspects=["north"]),
        ],
    )
    def test_ticks_that_a_plan_cannot_hold(self, assessment, ticks):
        before = stored()
        with pytest.raises(ValidationError):
            accept(assessment, paper(assessment), "drugshandel", "A1", ticks=ticks)
        assert stored() == before

    def test_links_tick_their_element(self, assessment):
        accept(assessment, paper(assessment), "drugshandel", "A1", ticks=Ticks([], links=["reaction"]))
        assert pieces(assessment) == [("A1", "Onze doelste", ["chain_link"], False)]

    def test_aspects_of_another_item(self, assessment):
        before = stored()
        with pytest.raises(ValidationError):
            accept(assessment, paper(assessment), "camera", "A2", ticks=Ticks(["action"], aspects=["demand"]))
        assert stored() == before

    def test_what_belongs_elsewhere(self, assessment):
        other = make_world(EMPTY).assessment
        theirs = upload(other)
        objective = add_entry(assessment=other, kind="objective", values={"title": "x"}, by=None)
        foreign = make_plan(assessment.version.plan.zone, first_year=2032).edition.items.first()
        ours = {"assessment": assessment, "by": None, "ticks": Ticks(["action"])}
        passage, item = passage_with(paper(assessment), "drugshandel"), item_of(assessment, "A1")
        before = stored()
        for wrong in (
            {"passage": passage_with(theirs, "drugshandel"), "item": item},
            {"passage": passage, "item": foreign},
            {"passage": passage, "item": item, "instead_of": foreign},
            {"passage": passage, "item": item, "objective": objective},
        ):
            with pytest.raises(ValidationError):
                decisions.accept_passage(**ours, **wrong)
        for wrong in (
            {"passage": passage_with(theirs, "drugshandel"), "item": item},
            {"passage": passage, "item": foreign},
        ):
            with pytest.raises(ValidationError):
                decide(assessment=assessment, verdict="rejected", by=None, **wrong)
        with pytest.raises(StaleEdit):
            take_back(assessment=assessment, suggestion=other.suggestions.first(), by=None)
        assert stored() == before

    def test_an_objective_that_is_gone(self, assessment):
        objective = add_entry(assessment=assessment, kind="objective", values={"title": "x"}, by=None)
        same = models.Objective.objects.get(pk=objective.pk)
        remove_entry(assessment=assessment, entry=objective, revision=objective.revision, by=None)
        with pytest.raises(ValidationError):
            accept(assessment, paper(assessment), "drugshandel", "A1", objective=same)

    @pytest.mark.parametrize("verdict", ["open", "accepted", "moved", "charm"])
    def test_verdicts_that_are_no_plain_decision(self, assessment, verdict):
        with pytest.raises(ValidationError):
            say(assessment, paper(assessment), "drugshandel", "A1", verdict)

    def test_a_passage_that_a_new_file_took_away(self, assessment):
        passage, item = passage_with(paper(assessment), "drugshandel"), item_of(assessment, "A1")
        replace(paper(assessment), "Iets anders.")
        before = stored()
        with pytest.raises(StaleEdit):
            decisions.accept_passage(
                assessment=assessment, passage=passage, item=item, ticks=Ticks(["action"]), by=None
            )
        with pytest.raises(StaleEdit):
            decide(assessment=assessment, passage=passage, item=item, verdict="rejected", by=None)
        assert stored() == before

    def test_no_more_than_the_bound(self, assessment, monkeypatch):
        assert decisions.MAX_PASSAGES == MAX_PASSAGES
        monkeypatch.setattr(decisions, "MAX_PASSAGES", 1)
        accept(assessment, paper(assessment), "drugshandel", "A1")
        before = stored()
        with pytest.raises(TooMany):
            accept(assessment, paper(assessment), "zwerfvuil", "A4")
        assert stored() == before


def test_a_decided_row_keeps_what_the_person_had_before_them(assessment):
    say(assessment, paper(assessment), "zwerfvuil", "A4", "rejected")
    before = models.Suggestion.objects.filter(item__code="A4").values().get()
    lexicon = store_lexicon(assessment.edition, LEXICON_WITH_STRONGER_WORDS, number=2)
    replace(paper(assessment), PAPER + "\nNog meer zwerfvuil.\n")
    assert models.Suggestion.objects.filter(pk=before["id"]).values().get() == before
    fresh = suggestion_of(assessment, "Nog meer", "A4")
    assert (fresh.tier, fresh.lexicon, fresh.verdict) == ("strong", lexicon, "open")
    assert set(assessment.suggestions.filter(verdict="open").values_list("lexicon", flat=True)) == {
        lexicon.pk
    }


def test_items_the_edition_does_not_have_are_not_suggested(assessment):
    assert Item.objects.filter(code="A9").count() == 0
    store_lexicon(
        assessment.edition, LEXICON_WITH_STRONGER_WORDS + "  A9: [{terms: [onthaal], weight: 90}]\n", number=2
    )
    document = upload(assessment, "Het onthaal en het zwerfvuil.")
    assert [row.item.code for row in assessment.suggestions.filter(passage__document=document)] == ["A4"]


LEXICON_WITH_STRONGER_WORDS = """
format: kiv-lexicon/1
edition: %(edition)s
version: 2
language: nl
items:
  A4: [{terms: [zwerfvuil], weight: 90}]
"""
