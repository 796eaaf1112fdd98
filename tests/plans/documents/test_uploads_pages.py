"""Uploading as people do it: one file, one document, and what the next page says."""

import pytest

from plans import extraction
from plans.models import Document
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.plans.documents.acting import OTHER, accept, paper, pieces
from tests.plans.documents.browsing import at, file, said, send, text
from tests.plans.extraction.making_pdf import write_plan
from tests.plans.papers import EMPTY, PAPER, store_lexicon, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]
PLACE = "the same place (the same words under the same headings)"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def world():
    world = make_world(EMPTY)
    store_lexicon(world.edition)
    return world


@pytest.fixture
def assessment(world):
    return world.assessment


@pytest.fixture
def editor(client_of, world):
    return client_of(UserFactory(editor_of=world.zone))


@pytest.fixture
def add(assessment):
    return at("document_add", assessment)


def stored() -> list[tuple]:
    return list(Document.objects.order_by("number").values_list("number", "title", "kind", "is_confidential"))


def test_a_file_becomes_a_document_and_the_reading_view_follows(editor, assessment, add):
    response = send(editor, add, PAPER, name="Ons plan.md", kind="action_plan", is_confidential="on")
    assert response.url == at("reading", assessment, 1)
    assert said(response) == [
        f"{paper(assessment).words} words read. 4 of 6 priorities and themes seem to be addressed; "
        "nothing counts before you accept it."
    ]
    assert stored() == [(1, "Ons plan", "action_plan", True)]
    assert not assessment.passages.exists()


def test_pages_are_counted_where_there_are_pages(editor, assessment, add):
    response = send(editor, add, write_plan(), name="plan.pdf")
    assert said(response)[0].startswith("3 pages read. ")


def test_with_htmx_the_browser_is_sent_on(editor, assessment, add):
    response = send(editor, add, PAPER, headers=HTMX)
    assert (response.status_code, response["HX-Redirect"]) == (200, at("reading", assessment, 1))
    assert len(said(response)) == 1


def test_nothing_found_is_said_and_the_list_follows(editor, assessment, add):
    response = send(editor, add, "# Onthaal\n\nHet onthaal is open van maandag tot vrijdag.\n")
    assert response.url == at("documents", assessment)
    assert said(response) == ["9 words read. Nothing in it seems to address a priority or theme."]


def test_an_edition_without_terms_is_said(client_of):
    world = make_world(EMPTY)
    editor = client_of(UserFactory(editor_of=world.zone))
    response = send(editor, at("document_add", world.assessment), OTHER)
    assert response.url == at("documents", world.assessment)
    assert said(response) == ["5 words read. Nothing can be suggested: this edition has no word lists yet."]


def test_the_same_form_sent_twice_stores_once_and_says_the_same(editor, assessment, add):
    fields = {"submission": editor.get(add).context["submission"], "kind": "plan"}
    answers = [editor.post(add, fields | {"file": file(PAPER)}) for _ in range(2)]
    assert [answer.url for answer in answers] == [at("reading", assessment, 1)] * 2
    assert said(answers[0])[0] == said(answers[1])[-1]
    assert len(stored()) == 1


def test_a_second_click_while_the_first_is_read_stores_once(editor, assessment, add, monkeypatch):
    """The other request is done while this one is still reading: nothing was remembered before that."""
    read = extraction.extract

    def read_slowly(data, *, name):
        if not Document.objects.exists():
            monkeypatch.setattr(extraction, "extract", read)
            upload(assessment)
        return read(data, name=name)

    monkeypatch.setattr(extraction, "extract", read_slowly)
    assert send(editor, add, PAPER).url == at("reading", assessment, 1)
    assert len(stored()) == 1


def test_a_file_that_is_there_is_pointed_at(editor, assessment, add):
    upload(assessment, name="Vorige.md")
    response = send(editor, add, PAPER, name="Nieuw.md")
    assert response.status_code == 200
    assert "This file was uploaded already: Vorige" in text(response)
    assert f'href="{at("documents", assessment)}#document-1"' in response.content.decode()
    assert stored() == [(1, "Vorige", "plan", False)]


def test_more_documents_than_a_plan_holds(editor, assessment, add, monkeypatch):
    monkeypatch.setattr("plans.services.documents.MAX_DOCUMENTS", 1)
    upload(assessment)
    response = send(editor, add, OTHER)
    assert "A plan holds at most 1 documents." in text(response)
    assert len(stored()) == 1


def test_a_new_version_keeps_what_it_still_holds(editor, assessment):
    document = upload(assessment)
    accept(assessment, document, "zwerfvuil", "A4")
    response = send(editor, at("document_replace", assessment, 1), PAPER + "\nNog een zin over drugs.\n")
    assert response.url == at("reading", assessment, 1)
    rows = document.passages.count()
    assert said(response) == [f"The new file is in place: {rows - 1} passages stayed, 1 are new, 0 are gone."]
    assert [piece[-1] for piece in pieces(assessment)] == [False]


def test_quotes_lost_by_a_new_version_are_where_one_arrives(editor, assessment):
    document = upload(assessment)
    accept(assessment, document, "zwerfvuil", "A4")
    response = send(editor, at("document_replace", assessment, 1), OTHER)
    assert response.url == at("documents", assessment) + "#gone"
    assert said(response)[1] == f"1 accepted quote no longer stands at {PLACE} and counts no longer."
    assert 'id="gone"' in editor.get(at("documents", assessment)).content.decode()


@pytest.mark.parametrize(
    ("lost", "sentence"),
    [
        (
            ["zwerfvuil"],
            "1 accepted quote no longer stands at %s and counts no longer. "
            "It still stands there under another heading: accept it again.",
        ),
        (
            ["zwerfvuil", "onthaal"],
            "2 accepted quotes no longer stand at %s and count no longer. "
            "1 of them still stands there under another heading: accept it again.",
        ),
        (
            ["zwerfvuil", "onthaal", "inbraak"],
            "3 accepted quotes no longer stand at %s and count no longer. "
            "2 of them still stand there under another heading: accept them again.",
        ),
    ],
)
def test_quotes_under_another_heading_are_told_apart(editor, assessment, lost, sentence):
    """Of "Wonen" only the heading changes; the words about the reception desk are gone."""
    document = upload(assessment)
    for words in [*lost, "drugshandel"]:
        accept(assessment, document, words, "A4")
    changed = PAPER.replace("## Wonen", "## Wonen en leven").replace("onthaal", "loket")
    response = send(editor, at("document_replace", assessment, 1), changed)
    assert said(response)[1] == sentence % PLACE


def test_a_new_version_sent_twice_is_laid_once(editor, assessment):
    upload(assessment)
    address = at("document_replace", assessment, 1)
    answers = [editor.post(address, {"revision": 1, "file": file(OTHER)}) for _ in range(2)]
    assert [answer.url for answer in answers] == [at("reading", assessment, 1)] * 2
    assert paper(assessment).revision == 2


def test_a_new_version_over_what_somebody_changed_is_asked_again(editor, assessment):
    upload(assessment)
    Document.objects.update(revision=2)
    address = at("document_replace", assessment, 1)
    response = editor.post(address, {"revision": 1, "file": file(OTHER)})
    assert response.status_code == 409
    assert "Somebody changed this document meanwhile." in text(response)
    assert (paper(assessment).revision, response.context["document"].revision) == (2, 2)
    assert editor.post(address, {"revision": 2, "file": file(OTHER)}).status_code == 302


def test_a_new_version_that_is_another_document_is_pointed_at(editor, assessment):
    upload(assessment)
    upload(assessment, OTHER, name="bijlage.md")
    response = send(editor, at("document_replace", assessment, 1), OTHER)
    assert "This file was uploaded already: bijlage" in text(response)
    assert paper(assessment).revision == 1


@pytest.mark.parametrize("name", ["document_add", "document_replace"])
@pytest.mark.parametrize("headers", [None, HTMX], ids=["page", "htmx"])
def test_once_shared_nothing_is_taken_in(client_of, world, editor, assessment, name, headers):
    upload(assessment)
    share_version(version=assessment.version, by=world.lead)
    address = at(name, assessment, *([1] if name == "document_replace" else []))
    shown = editor.get(address)
    assert (shown.url, len(said(shown))) == (at("documents", assessment), 1)
    sent = editor.post(address, {"kind": "plan", "revision": 1, "file": file(OTHER)}, headers=headers)
    assert sent.status_code == 409
    assert "can no longer be changed" in sent.content.decode()
    assert stored() == [(1, "plan", "plan", False)]
    assert paper(assessment).revision == 1
