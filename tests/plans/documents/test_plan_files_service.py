"""What goes out as a plan file and comes in again: evidence, what is gone, and what is confidential of it."""

import pytest

from plans.models import PassageEvidence
from plans.planformat import dump_plan, read_plan
from plans.selectors.scoring_input import plan_content, published_items
from plans.services.decisions import remove_evidence
from plans.services.documents import remove_document
from plans.services.importing import import_plan
from tests.plans.cast import Cast
from tests.plans.documents.acting import (
    accept,
    check_consistent,
    hide_document,
    hide_passage,
    paper,
    pieces,
    replace,
    say,
    scores,
    stored,
    verdicts,
)
from tests.plans.papers import PAPER, passage_with, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]

SHORTER = PAPER.replace("Er ligt wat zwerfvuil aan de oevers.\n", "")


class TestPlanFiles:
    def again(self, assessment):
        """The plan as a file, and that over the plan."""
        content = read_plan(dump_plan(plan_content(assessment)).encode(), published_items())
        import_plan(assessment=assessment, content=content, replace=True, by=None)
        check_consistent(assessment)

    def test_quotes_find_their_passages_again(self, assessment):
        accept(assessment, paper(assessment), "drugshandel", "A1")
        say(assessment, paper(assessment), "camera", "B1", "rejected")
        before, score, said = pieces(assessment), scores(assessment), verdicts(assessment)
        sources = list(assessment.passages.values_list("source", "origin", "identity"))
        self.again(assessment)
        assert (pieces(assessment), scores(assessment), verdicts(assessment)) == (before, score, said)
        assert list(assessment.passages.values_list("source", "origin", "identity")) == sources
        replace(paper(assessment), SHORTER)
        assert [gone for *_, gone in pieces(assessment)] == [True, False]

    @pytest.mark.parametrize("hide", [hide_document, hide_passage])
    def test_confidential_ones_stay_so(self, assessment, hide):
        accept(assessment, paper(assessment), "drugshandel", "A1")
        hide(assessment)
        before = dict(assessment.passages.values_list("item__code", "is_confidential"))
        self.again(assessment)
        assert dict(assessment.passages.values_list("item__code", "is_confidential")) == before

    def test_a_file_that_calls_a_passage_confidential_makes_it_so(self, assessment):
        content = plan_content(assessment)
        [entry] = content.passages
        hidden = entry.model_copy(update={"confidential": True})
        import_plan(
            assessment=assessment,
            content=content.model_copy(update={"passages": (hidden,)}),
            replace=True,
            by=None,
        )
        assert passage_with(paper(assessment), "zwerfvuil").is_confidential
        check_consistent(assessment)

    def test_a_file_goes_before_what_somebody_had_said(self, assessment):
        """And nobody is named for it, so that nobody's undo takes it back."""
        content = plan_content(assessment)
        lead = Cast(assessment.version.plan.zone).lead
        evidence = assessment.passages.get()
        remove_evidence(assessment=assessment, evidence=evidence, by=None)
        say(assessment, paper(assessment), "zwerfvuil", "A4", "rejected", by=lead)
        import_plan(assessment=assessment, content=content, replace=True, by=None)
        row = assessment.suggestions.get(item__code="A4", passage__text__contains="zwerfvuil")
        assert (row.verdict, row.decided_by) == ("accepted", None)
        check_consistent(assessment)

    def test_quotes_of_no_document_stay_as_they_are(self, assessment):
        content = plan_content(assessment)
        [entry] = content.passages
        wanted = [
            entry.model_copy(update={"quote": "Niet in de tekst."}),
            entry.model_copy(update={"page": 9}),
            entry.model_copy(update={"document": "ander"}),
            entry.model_copy(update={"document": ""}),
        ]
        import_plan(
            assessment=assessment,
            content=content.model_copy(update={"passages": tuple(wanted)}),
            replace=True,
            by=None,
        )
        assert set(PassageEvidence.objects.values_list("source", "origin", "is_gone")) == {
            (None, None, False)
        }
        assert verdicts(assessment) == {}

    def test_what_was_gone_stays_gone(self, assessment):
        replace(paper(assessment), SHORTER)
        before = pieces(assessment)
        self.again(assessment)
        assert pieces(assessment) == before

    def test_a_plan_that_was_entered_first_and_then_its_document(self, assessment):
        content = plan_content(assessment)
        remove_document(document=paper(assessment), revision=1, by=None)
        import_plan(assessment=assessment, content=content, replace=True, by=None)
        [piece] = assessment.passages.all()
        assert (piece.source, piece.is_gone) == (None, False)
        document = upload(assessment)
        [piece] = assessment.passages.all()
        assert piece.source == passage_with(document, "zwerfvuil")
        assert verdicts(assessment) == {("Er ligt wat ", "A4"): "accepted"}
        check_consistent(assessment)

    def test_an_import_that_breaks_off_leaves_all(self, assessment, monkeypatch):
        content = plan_content(assessment)
        before = stored()

        def break_down(*args, **fields):
            raise RuntimeError("no luck today")

        monkeypatch.setattr("plans.services.importing.settle_evidence", break_down)
        with pytest.raises(RuntimeError, match="no luck today"):
            import_plan(assessment=assessment, content=content, replace=True, by=None)
        assert stored() == before
