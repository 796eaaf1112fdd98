"""What is confidential of a document stays so: in evidence, when gone, through files, outside the zone."""

import pytest
from django.contrib.auth.models import AnonymousUser

from plans.models import Document, Passage
from plans.selectors.disclosure import reader_of
from plans.selectors.scoring_input import plan_content
from plans.services.documents import change_document, remove_document
from plans.services.passages import change_passage
from plans.services.sharing import share_version
from tests.plans.cast import Cast
from tests.plans.documents.acting import (
    accept,
    check_consistent,
    hide_document,
    hide_passage,
    is_hidden,
    paper,
    replace,
    store_bilingual,
)
from tests.plans.papers import PAPER, passage_with, seen, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]

SHORTER = PAPER.replace("Er ligt wat zwerfvuil aan de oevers.\n", "")


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
