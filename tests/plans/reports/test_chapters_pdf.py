"""The chapters as PDF: tagged, in the plan's language, every word found again, whatever was typed."""

import re
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.reports.chapter_types import Chapter, Chapters, Column, Piece, Row, Table, clean
from plans.reports.chapters_pdf import MOST_SIGNS, TooLong, write_pdf
from plans.selectors.disclosure import ANYBODY
from tests.plans.reports.reading import make_chapter_world, pdf_pages, pdf_text, read_chapters


def chapters_with(*texts: str, title: str = "Plan", columns: int = 1) -> Chapters:
    """One table with a row per text."""
    table = Table(
        "Table",
        (Column("Item", 1), *[Column(f"Column {n}", 1) for n in range(columns)]),
        tuple(Row(f"R{n}", "row", "en", ((Piece(text),),) * columns) for n, text in enumerate(texts)),
    )
    return Chapters(
        language="en",
        title=title,
        place="PZ",
        facts=(),
        saved_at=datetime(2026, 1, 2, tzinfo=UTC),
        chapters=(Chapter("matrix", "Chapter", (), (table,), is_wide=True),),
        mark="confidential",
        has_confidential=False,
        is_withheld=False,
    )


@pytest.mark.django_db
def test_the_words_are_found_again():
    text = pdf_text(write_pdf(read_chapters(make_chapter_world())))
    for words in (
        "Zonal security plan 2026-2031 · 5345 PZ Test",
        "Holds confidential parts: not for publication",
        "Of 4 policy priorities the plan retains 1: short A1 en (A1).",
        "Possession rises 112 · ANG",
        "SECRET feeling",
        "1. Fewer drugs (2 actions)",
        "New computers",
        "Part of it",
        "On call",
    ):
        assert words in text


@pytest.mark.django_db
def test_no_secret_for_anybody():
    world = make_chapter_world()
    assert "SECRET" in pdf_text(write_pdf(read_chapters(world)))
    data = write_pdf(read_chapters(world, ANYBODY))
    assert "SECRET" not in pdf_text(data)
    assert b"SECRET" not in data
    assert "confidential element" in pdf_text(data)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_it_is_tagged_and_says_language_and_title(language):
    data = write_pdf(read_chapters(make_chapter_world(language=language)))
    assert re.search(rb"/Lang ?\(" + language.encode(), data)
    assert b"/MarkInfo" in data
    assert b"pdfuaid:part" in data
    assert b"/DisplayDocTitle true" in data
    assert f"title A1 {language}" in pdf_text(data)


@pytest.mark.django_db
def test_the_same_chapters_give_the_same_bytes():
    chapters = read_chapters(make_chapter_world())
    assert write_pdf(chapters) == write_pdf(chapters)


def test_a_long_table_goes_on_under_its_own_head():
    pages = pdf_pages(write_pdf(chapters_with(*["some words here"] * 90)))
    assert len(pages) > 2
    assert [page.count("Column 0") for page in pages] == [1] * len(pages)


def test_a_row_longer_than_a_page_goes_on():
    pages = pdf_pages(write_pdf(chapters_with("many words " * 2000)))
    assert " ".join(pages).count("many") == 2000


@pytest.mark.parametrize(
    "text",
    [
        "#panic() $x$ @ref <label> *bold* `raw` \\ // /* [ ] { }",
        "=cmd|' /C calc'!A0",
        '#read("/etc/passwd") #import "@preview/x:1.0.0"',
    ],
)
def test_markup_is_text(text):
    assert text in pdf_text(write_pdf(chapters_with(text)))


def test_long_words_break_inside_their_column():
    text = pdf_text(write_pdf(chapters_with("x" * 400, columns=8)))
    assert text.count("x") == 8 * 400


@pytest.mark.parametrize("text", ["日本", "🚨", "\u200fעברית\u200e", "عربي", "\ufffd", "\U0001d400"])
def test_signs_without_a_shape_are_replaced_and_said(text):
    shown = pdf_text(write_pdf(chapters_with(f"before {text} after")))
    assert "before □" in shown
    assert "□ stands for a sign that this file cannot show." in shown
    assert "stands for" not in pdf_text(write_pdf(chapters_with("Größe œuvre – “ça” € ≥ 5 → Ελλάδα Київ ½")))


@settings(max_examples=30)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=4))
def test_whatever_was_typed_there_is_a_file(texts):
    assert write_pdf(chapters_with(*map(clean, texts))).startswith(b"%PDF")


def test_too_many_words_are_refused_at_once():
    chapters = chapters_with("x" * MOST_SIGNS)
    write = time.perf_counter()
    with pytest.raises(TooLong):
        write_pdf(replace(chapters, chapters=chapters.chapters * 2))
    assert time.perf_counter() - write < 1


def test_as_many_words_as_are_allowed_take_seconds_at_most():
    text = "Het straatdealen verplaatst zich naar de wijken rond het station. "
    rows = MOST_SIGNS // ((len(text) * 3 + 3) * 8)
    chapters = chapters_with(*[f"{number:03}{text * 3}" for number in range(rows)], columns=8)
    assert MOST_SIGNS * 0.95 < chapters.length <= MOST_SIGNS
    begin = time.perf_counter()
    assert write_pdf(chapters).startswith(b"%PDF")
    assert time.perf_counter() - begin < 20
