"""Files that are not taken in: one sentence each, and everything stays as it was."""

from functools import cache, partial
from pathlib import Path

import pytest
from django.utils.translation import override

from plans import extraction
from plans.extraction import Code, Refused, Warn
from plans.forms.documents import ENDINGS
from plans.forms.refusal_words import REFUSALS, WARNINGS, page_numbers, refusal_sentence, warning_sentences
from tests.factories.accounts import UserFactory
from tests.plans.documents.acting import stored
from tests.plans.documents.browsing import at, send, text
from tests.plans.extraction.bad_files import make_bad_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HTMX = {"HX-Request": "true"}
STAYS = "The document was not taken in; everything stays as it was"
#: Really read, in the child process.
REAL = (
    "pdf encrypted",
    "pdf cut in half",
    "pdf of 1,001 pages",
    "pdf of scans",
    "pdf of rubbish",
    "docx bomb",
    "docx entities",
    "docx in a zip",
)


@cache
def bad_files() -> dict:
    return make_bad_files()


@pytest.fixture
def editor(client_of, assessment):
    return client_of(UserFactory(editor_of=assessment.version.plan.zone))


def pages(assessment) -> list[str]:
    return [at("document_add", assessment), at("document_replace", assessment, 1)]


@pytest.fixture
def read_once(monkeypatch) -> None:
    """What the child process says of a file is asked once, and holds for every page it is sent to."""
    read = cache(partial(_outcome, extraction.extract))

    def extract(data, *, name):
        outcome = read(data, name)
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    monkeypatch.setattr(extraction, "extract", extract)


def _outcome(extract, data, name):
    try:
        return extract(data, name=name)
    except Refused as refused:
        return refused


@pytest.mark.parametrize("name", REAL)
def test_a_bad_file_says_why_and_changes_nothing(editor, assessment, read_once, name):
    filename, data, code = bad_files()[name]
    before = stored()
    for address in pages(assessment):
        response = send(editor, address, data, name=filename)
        assert response.status_code == 200
        page = text(response)
        assert (STAYS in page, refusal_sentence(code) in page, "Choose the file again." in page) == (
            True,
        ) * 3
    assert stored() == before


@pytest.mark.parametrize("code", list(Code))
def test_every_code_comes_back_into_the_form(editor, assessment, code, monkeypatch):
    def refuse(data, *, name):
        raise Refused(code, "internal words")

    monkeypatch.setattr(extraction, "extract", refuse)
    before = stored()
    for address in pages(assessment):
        response = send(editor, address, "text", headers=HTMX)
        page = response.content.decode()
        assert (page.count("<form"), "<html" in page, "internal words" in page) == (1, False, False)
        assert response.context["form"].errors["file"] == [refusal_sentence(code)]
        assert "data-error-summary" in page
    assert stored() == before


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (None, "", "Choose a file."),
        (b"", "plan.pdf", "This file is empty: it may not have been saved completely. Save it again."),
        (b" \n ", "plan.md", "This file is empty: it may not have been saved completely. Save it again."),
        (b"x", "plan.rtf", "Files of this kind are not read. Save the document as PDF, DOCX or ODT."),
    ],
)
def test_what_is_no_document(editor, assessment, data, name, sentence):
    before = stored()
    for address in pages(assessment):
        assert sentence in text(send(editor, address, data, name=name))
    assert stored() == before


@pytest.mark.parametrize("bound", [500, 10_000_000], ids=["left out", "whole"])
def test_a_file_over_the_limit_is_refused_before_it_is_read(editor, assessment, settings, monkeypatch, bound):
    monkeypatch.setattr("plans.forms.documents.LIMITS", extraction.Limits(bytes=1_000))
    monkeypatch.setattr(extraction, "extract", lambda *_args, **_more: pytest.fail("it was read"))
    settings.UPLOAD_MAX_BYTES = bound
    before = stored()
    for address in pages(assessment):
        response = send(editor, address, b"x" * 20_000, name="plan.txt", kind="annex")
        assert "This document is larger than what can be read: 40 MiB or about a million words." in text(
            response
        )
        assert response.context["form"]["file"].errors
    assert stored() == before


def test_what_was_chosen_beside_the_file_stays_chosen(editor, assessment):
    response = send(editor, pages(assessment)[0], None, kind="evaluation", is_confidential="on")
    form = response.context["form"]
    assert (form["kind"].value(), form["is_confidential"].value()) == ("evaluation", True)


def test_names_are_only_names(editor, assessment):
    send(editor, pages(assessment)[0], "# Titel\n\nOver drugs.\n", name="../../<b>Plan\u202e 'x'.md")
    document = assessment.version.documents.get(number=2)
    assert (document.title, Path(document.filename).name) == (
        document.filename.removesuffix(".md"),
        document.filename,
    )
    page = editor.get(at("documents", assessment)).content.decode()
    assert "<b>Plan" not in page


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_code_and_warning_has_its_sentence(language):
    assert set(REFUSALS) == set(Code)
    assert set(WARNINGS) == set(Warn) - {Warn.PAGES_WITHOUT_TEXT}
    with override(language):
        sentences = [refusal_sentence(code) for code in Code]
        assert len(set(sentences)) == len(Code)
        assert [sentence for sentence in sentences if "%" in sentence] == []
        assert len(set(warning_sentences(list(Warn), [3]))) == len(Warn)


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_offered_is_read(ending):
    with pytest.raises(Refused) as refused:
        extraction.extract(b"\x7fELF", name=f"plan{ending}")
    assert refused.value.code == Code.WRONG_KIND


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([], ""),
        ([4], "4"),
        ([9, 7, 8, 8, 2], "2, 7–9"),
        ([1, 3, 5, 7, 9, 11], "1, 3, 5, 7, 9, 11"),
        ([1, 3, 5, 7, 9, 11, 13], "1, 3, 5, 7, 9, 11, …"),
    ],
)
def test_page_numbers_are_short(pages, words):
    assert page_numbers(pages) == words
