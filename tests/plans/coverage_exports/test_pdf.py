"""The PDFs of coverage and check: judged by a validator of PDF/UA-1, with the words of the page in them."""

import page
import pytest
from django.utils.translation import override

from plans.reports import coverage_pdf
from plans.reports.check_paper import check_paper_of
from plans.reports.check_pdf import write_check_pdf
from plans.reports.coverage_pdf import TooManyRows, write_coverage_pdf
from plans.selectors.disclosure import ANYBODY
from tests.plans.coverage_exports.country import Country
from tests.plans.coverage_exports.reading import paper_for
from tests.plans.reports.reading import CLEARED, INSIDE, make_chapter_world, pdf_pages, pdf_text
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db


def faults_of(data: bytes) -> list[str]:
    """The rules of PDF/UA-1 that a file breaks."""
    report = page.validate_pdf_bytes(data, profile="ua1")
    assert report.rules.total > 100
    return [failure.rule_id for failure in report.failures]


def check_pdf(world, reader=INSIDE, language="en") -> bytes:
    with override(language):
        return write_check_pdf(check_paper_of(world.assessment, reader))


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_both_are_accessible_in_every_language(language):
    country = Country(3, zones=4)
    with override(language):
        coverage = write_coverage_pdf(paper_for(country, language=language))
    check = check_pdf(make_chapter_world(), language=language)
    for data in (coverage, check):
        assert faults_of(data) == []
        assert f"/Lang({language}" in data.decode("latin-1").replace("/Lang (", "/Lang(")


def test_the_validator_finds_a_file_without_tags():
    data = check_pdf(make_chapter_world())
    assert faults_of(data.replace(b"/MarkInfo", b"/MarkInfx")) == ["PDFUA1-TAGGED-DOCUMENT-001"]


def test_coverage_tells_what_the_page_tells():
    world = make_world(shared=True, name="PZ Test", code="5345")
    with override("en"):
        text = pdf_text(write_coverage_pdf(paper_for(world)))
    for words in (
        "Cycle: 2026-2031",
        "Area: the whole country",
        "Number of plans: no plan: 0 · in preparation: 0 · shared, not reviewed yet: 1 · reviewed: 0",
        # States of A1: plans counted, then the five states, then the five levels.
        "A1 short A1 en 1 1 0 0 0 0 0 0 0 0 1",
        # A4 is confidential as a whole: in no count.
        "A4 short A4 en 0 0 0 0 0 0 0 0 0 0 0",
        "● 4 followed up",
        "conf. = confidential",
    ):
        assert words in text
    assert "SECRET" not in text


def test_a_long_matrix_repeats_its_head_on_every_page():
    with override("en"):
        pages = pdf_pages(write_coverage_pdf(paper_for(Country(1, zones=90))))
    matrix = [text for text in pages if "Zone Shared on P1 P2 T1" in text]
    assert len(matrix) >= 3
    assert matrix == pages[1:]


def test_more_rows_than_a_pdf_takes_are_refused(monkeypatch):
    monkeypatch.setattr(coverage_pdf, "MOST_ROWS", 3)
    paper = paper_for(Country(1, zones=8))
    with override("en"), pytest.raises(TooManyRows):
        write_coverage_pdf(paper)


def test_a_check_tells_what_its_page_tells():
    text = pdf_text(check_pdf(make_chapter_world()))
    for words in (
        "Check: Zonal security plan 2026-2031 · 5345 PZ Test",
        "4 priorities",
        "1 elaborated · 1 regular policing · 2 motivated",
        "◑ 2 objective and action D2 G1 A1 I0 M1 C0 Objective 1 has an action for this item.",
        "Next step: Objective 1: add",
        "A2 short A2 en: not retained, but the plan elaborates it",
        "SECRET line",
        "New computers",
        "Holds confidential parts: not for publication",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("reader", "told", "hidden"),
    [
        (CLEARED, ["SECRET line"], ["SECRET why", "SECRET which"]),
        (ANYBODY, ["confidential element"], ["SECRET"]),
    ],
)
def test_a_check_keeps_what_its_reader_may_not_know(reader, told, hidden):
    data = check_pdf(make_chapter_world(shared=True), reader)
    text = pdf_text(data)
    assert "A4 title A4 en confidential: not shown and not counted" in text
    assert "3 priorities" in text
    assert all(words in text for words in told)
    assert not any(words in text or words.encode() in data for words in hidden)


def test_the_same_paper_gives_the_same_bytes():
    paper = paper_for(Country(2, zones=3))
    with override("en"):
        assert write_coverage_pdf(paper) == write_coverage_pdf(paper)
