"""What is confidential of a document stays so: in evidence, when gone, through files, outside the zone."""

from copy import deepcopy

import pytest
from django.contrib.auth.models import AnonymousUser

from plans.models import Document, Passage, PassageEvidence
from plans.planformat import dump_plan, read_plan
from plans.selectors.disclosure import reader_of
from plans.selectors.scoring_input import plan_content, published_items
from plans.services.decisions import remove_evidence
from plans.services.documents import change_document, remove_document
from plans.services.importing import import_plan
from plans.services.passages import change_passage
from plans.services.sharing import share_version
from tests.plans.cast import Cast
from tests.plans.documents.acting import (
    accept,
    check_consistent,
    make_read_plan,
    paper,
    pieces,
    replace,
    say,
    scores,
    store_bilingual,
    stored,
    verdicts,
)
from tests.plans.papers import PAPER, passage_with, seen, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]

SHORTER = PAPER.replace("Er ligt wat zwerfvuil aan de oevers.\n", "")


@pytest.fixture(scope="module")
def made(read_once_per_module):
    return read_once_per_module(make_read_plan)


@pytest.fixture
def assessment(made):
    return deepcopy(made)


def hide_document(assessment, is_confidential=True):
    document = paper(assessment)
    change_document(
        document=document,
        kind="plan",
        language="",
        is_confidential=is_confidential,
        revision=document.revision,
        by=None,
    )


def hide_passage(assessment, words="zwerfvuil", is_confidential=True):
    passage = passage_with(paper(assessment), words)
    change_passage(
        assessment=assessment,
        passage=passage,
        language="",
        is_confidential=is_confidential,
        by=None,
        **seen(passage),
    )


def is_hidden(assessment):
    return assessment.passages.get().is_confidential


class TestEvidenceFollows:
    @pytest.mark.parametrize("hide", [hide_document, hide_passage])
    def test_into_and_out_of_confidentiality(self, assessment, hide):
        hide(assessment)
        assert is_hidden(assessment)
        assert plan_content(assessment).passages[0].confidential
        hide(assessment, is_confidential=False)
        assert not is_hidden(assessment)
        check_consistent(assessment)

    def test_either_is_enough(self, assessment):
        hide_document(assessment)
        hide_passage(assessment)
        hide_document(assessment, is_confidential=False)
        assert is_hidden(assessment)

    def test_accepted_afterwards(self, assessment):
        hide_passage(assessment, "drugshandel")
        accept(assessment, paper(assessment), "drugshandel", "A1")
        accept(assessment, paper(assessment), "controles", "A1")
        rows = assessment.passages.order_by("pk").values_list("is_confidential", flat=True)
        assert list(rows) == [False, True, False]

    @pytest.mark.parametrize("hide", [hide_document, hide_passage])
    def test_what_is_gone_keeps_it_and_brings_it_back(self, assessment, hide):
        hide(assessment)
        replace(paper(assessment), SHORTER)
        assert (is_hidden(assessment), assessment.passages.get().is_gone) == (True, True)
        if hide is hide_document:
            hide_document(assessment, is_confidential=False)
            assert is_hidden(assessment)
        replace(paper(assessment), PAPER)
        assert (is_hidden(assessment), assessment.passages.get().is_gone) == (True, False)
        assert passage_with(paper(assessment), "zwerfvuil").is_confidential
        check_consistent(assessment)

    def test_what_was_gone_when_the_document_became_confidential(self, assessment):
        replace(paper(assessment), SHORTER)
        assert not is_hidden(assessment)
        hide_document(assessment)
        assert is_hidden(assessment)
        remove_document(document=paper(assessment), revision=3, by=None)
        assert is_hidden(assessment)

    def test_accepted_again_under_another_heading(self, assessment):
        hide_passage(assessment)
        replace(paper(assessment), PAPER.replace("## Wonen", "## Leven"))
        accept(assessment, paper(assessment), "zwerfvuil", "A4")
        assert (is_hidden(assessment), assessment.passages.get().is_gone) == (True, False)
        check_consistent(assessment)


class TestLanguageOfAPassage:
    def test_it_is_matched_in_the_language_a_person_said(self, assessment):
        store_bilingual(assessment.edition)
        passage = passage_with(paper(assessment), "inbraak")
        for language, items in (("fr", []), ("nl", ["A2", "B1"])):
            change_passage(
                assessment=assessment,
                passage=passage,
                language=language,
                is_confidential=False,
                by=None,
                **seen(passage),
            )
            passage.refresh_from_db()
            assert [row.item.code for row in passage.suggestions.all()] == items

    def test_it_goes_before_the_language_of_the_document(self, assessment):
        """Also when it is what had been found before somebody said that the document is French."""
        store_bilingual(assessment.edition)
        passage = passage_with(paper(assessment), "inbraak")
        document = paper(assessment)
        change_document(
            document=document, kind="plan", language="fr", is_confidential=False, revision=1, by=None
        )
        assert passage.suggestions.count() == 0
        change_passage(
            assessment=assessment,
            passage=passage,
            language="nl",
            is_confidential=False,
            by=None,
            **seen(passage),
        )
        assert [row.item.code for row in passage.suggestions.all()] == ["A2", "B1"]


#: Words that are read: o(pen), h(idden passage), c(onfidential document). Files that may be downloaded:
#: d (with nothing hidden), D (with a hidden passage), C (confidential).
ALL, CLEARED, OPEN = "ohcdDC", "ohcdDC", "od"
BEFORE = {"reader": ALL, "editor": ALL, "lead": ALL}
AFTER = {**BEFORE, "coordinator": OPEN, "cleared": CLEARED}
PEOPLE = (*Cast.INSIDE, *Cast.READING_SHARED, *Cast.OUTSIDE, "visitor")


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize("who", PEOPLE)
def test_who_reads_and_downloads_what(assessment, who, is_shared):
    plain = upload(assessment, "Een open bijlage over drugs.", name="open.md")
    secret = upload(assessment, "Een geheime bijlage.", name="secret.md", is_confidential=True)
    mixed = paper(assessment)
    hide_passage(assessment, "drugshandel")
    if is_shared:
        share_version(version=assessment.version, by=None)
    plan = assessment.version.plan
    user = AnonymousUser() if who == "visitor" else Cast(plan.zone)[who]
    seen, files = Document.objects.visible_to(user), Document.objects.downloadable_by(user)
    passages = Passage.objects.visible_to(user)
    answers = {
        "o": passages.filter(document=plain).exists(),
        "h": passages.filter(document=mixed, is_confidential=True).exists(),
        "c": passages.filter(document=secret).exists(),
        "d": files.filter(pk=plain.pk).exists(),
        "D": files.filter(pk=mixed.pk).exists(),
        "C": files.filter(pk=secret.pk).exists(),
    }
    expected = (AFTER if is_shared else BEFORE).get(who, "")
    assert "".join(letter for letter, is_so in answers.items() if is_so) == expected
    documents = {"": 0, OPEN: 2, ALL: 3}[expected]
    assert (seen.count(), files.exclude(pk__in=seen.values("pk")).count()) == (documents, 0)
    assert not passages.exclude(document__in=seen.values("pk")).exists()
    if expected:
        hides = reader_of(user, plan).hides_words(is_confidential=True)
        assert (hides, answers["h"], answers["c"]) == (not answers["h"], not hides, not hides)
        assert passages.filter(document=mixed).count() == mixed.passages.count() - hides


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
