"""A new file, or the same one again: what was confidential does not come open by itself."""

import pytest

from plans.models import Document, Passage, PassageEvidence
from plans.services.documents import remove_document
from plans.services.passages import change_passage
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.plans.documents.acting import accept, check_consistent, make_read_plan, paper, replace, scores
from tests.plans.papers import PAPER, passage_with, seen, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]


@pytest.fixture
def assessment():
    return make_read_plan()


def hide(assessment, words="zwerfvuil"):
    passage = passage_with(paper(assessment), words)
    change_passage(
        assessment=assessment, passage=passage, language="", is_confidential=True, by=None, **seen(passage)
    )


def open_to_a_coordinator(assessment):
    share_version(version=assessment.version, by=None)
    coordinator = UserFactory(coordinator_of=assessment.version.plan.zone)
    return (
        Document.objects.downloadable_by(coordinator).exists(),
        Passage.objects.visible_to(coordinator).exists(),
    )


def test_a_secret_in_other_words_closes_the_document(assessment):
    hide(assessment)
    laid = replace(paper(assessment), PAPER.replace("wat zwerfvuil", "veel zwerfvuil"))
    assert laid.secrets == 1
    assert paper(assessment).is_confidential
    assert open_to_a_coordinator(assessment) == (False, False)


def test_a_secret_that_stays_keeps_the_document_as_it_was(assessment):
    hide(assessment)
    laid = replace(paper(assessment), PAPER.replace("Het onthaal", "Ons onthaal"))
    assert (laid.secrets, paper(assessment).is_confidential) == (0, False)
    assert open_to_a_coordinator(assessment) == (False, True)


def test_without_secrets_nothing_closes(assessment):
    laid = replace(paper(assessment), PAPER.replace("wat zwerfvuil", "veel zwerfvuil"))
    assert (laid.secrets, paper(assessment).is_confidential) == (0, False)


def test_the_same_file_again_after_its_removal_counts_again(assessment):
    hide(assessment, "drugshandel")
    accept(assessment, paper(assessment), "drugshandel", "A1")
    before = scores(assessment)
    document = paper(assessment)
    remove_document(document=document, revision=document.revision, by=None)
    assert PassageEvidence.objects.get(item__code="A1").is_gone
    assert scores(assessment) != before
    upload(assessment, PAPER)
    evidence = PassageEvidence.objects.get(item__code="A1")
    assert (evidence.is_gone, evidence.is_confidential, evidence.source.is_confidential) == (
        False,
        True,
        True,
    )
    assert scores(assessment) == before
    check_consistent(assessment)
