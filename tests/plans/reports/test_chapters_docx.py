"""The chapters as DOCX: headings, tables and pages a word processor finds, in words nothing can break."""

from xml.etree import ElementTree

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from plans.reports.chapters_docx import write_docx
from plans.selectors.disclosure import ANYBODY
from tests.plans.reports.reading import (
    HEAD,
    docx_grids,
    docx_parts,
    make_chapter_world,
    open_docx,
    read_chapters,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def data() -> bytes:
    return write_docx(read_chapters(make_chapter_world()))


def headings(document) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Title", "Head"))]


def test_headings_are_headings(data):
    assert headings(open_docx(data)) == [
        ("Title", "Zonal security plan 2026-2031 · 5345 PZ Test"),
        ("Heading 1", "Argumentation matrix"),
        ("Heading 2", "Priorities"),
        ("Heading 2", "Themes"),
        ("Heading 1", "Alignment table"),
        ("Heading 2", "Priorities"),
        ("Heading 2", "Themes"),
        ("Heading 2", "Own priorities, not compared"),
        ("Heading 1", "Motivation of what was not retained"),
        ("Heading 2", "Not retained · Priorities"),
        ("Heading 2", "Not applied · Themes"),
        ("Heading 2", "Regular policing"),
    ]


def test_tables_are_tables(data):
    assert docx_grids(data)[0] == [
        [
            "Item",
            "Objective picture",
            "Perception",
            "Expectation of the mayors",
            "Expectation of the dirco",
            "In the text of the plan",
            "Choice",
        ],
        [
            "A1 title A1 en",
            "Possession rises\n112 · ANG",
            "SECRET feeling\nSECRET figure (confidential)",
            "Do something",
            "",
            "Page 7",
            "Retained",
        ],
        [
            "A2 title A2 en",
            "",
            "",
            "",
            "",
            "",
            "Not retained\nInsufficient capacity: SECRET pointer (confidential)",
        ],
        ["A3 title A3 en", "", "", "Do something", "", "", "Regular policing"],
        [
            "A4 title A4 en (confidential)",
            "",
            "",
            "",
            "SECRET dirco",
            "",
            "Not retained\nOther: SECRET which (confidential)",
        ],
    ]
    assert docx_grids(data)[-1] == [
        ["Item", "What regular policing does"],
        ["A3 title A3 en", "On call"],
    ]


def test_every_table_repeats_its_head_and_has_a_name(data):
    for table in open_docx(data).tables:
        repeated = [
            row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
            for row in table.rows
        ]
        assert repeated == [True] + [False] * (len(table.rows) - 1)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_the_matrix_lies_on_its_side(data):
    assert [section.orientation for section in open_docx(data).sections] == [
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]


@pytest.mark.parametrize(
    ("language", "locale"), [("nl", "nl-BE"), ("fr", "fr-BE"), ("de", "de-BE"), ("en", "en-GB")]
)
def test_the_file_says_its_language_and_title(language, locale):
    document = open_docx(write_docx(read_chapters(make_chapter_world(language=language))))
    spoken = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {locale}
    core = document.core_properties
    assert (core.language, core.author, core.comments) == (locale, "5345 PZ Test", "")
    assert core.title.endswith(" 2026-2031 · 5345 PZ Test")


def test_every_part_is_well_formed_and_nothing_acts(data):
    parts = docx_parts(data)
    for name, text in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(text)
    assert [name for name in parts if "vba" in name.lower() or name.endswith(".bin")] == []
    assert "fldChar" not in parts["word/document.xml"]
    assert "TargetMode" not in parts["word/_rels/document.xml.rels"]


def test_no_secret_in_any_part_for_anybody():
    world = make_chapter_world()
    assert "SECRET" in docx_parts(write_docx(read_chapters(world)))["word/document.xml"]
    parts = docx_parts(write_docx(read_chapters(world, ANYBODY)))
    assert [name for name, text in parts.items() if "SECRET" in text] == []


@pytest.mark.parametrize(
    "text",
    ["=cmd|' /C calc'!A0", "<w:p>&amp;", "x" * 480, "\u200fעברית abc", "\U0001f6a8 日本", "one\ntwo"],
)
def test_hostile_text_stays_text(text):
    world = make_chapter_world(HEAD + "objectives: [{title: T, items: [A1]}]")
    world.assessment.version.objectives.update(title=f"{text}\u202e\x1b")
    data = write_docx(read_chapters(world))
    assert next(row[-2] for row in docx_grids(data)[2] if row[0].startswith("A1")) == f"1. {text}"
