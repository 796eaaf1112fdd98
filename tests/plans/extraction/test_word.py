"""What is read from DOCX and ODT."""

import pytest

from plans.extraction import Warn
from tests.plans.extraction.making_zip import TYPES, W, p, pack, tbl, word_xml, write_docx, write_odt
from tests.plans.extraction.reading import outline, paths, read

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
LONG = "Samen met het parket en de gemeenten werken wij verder aan de veiligheid in de hele zone. " * 8


def read_docx(*parts: str, **more: str):
    return read(write_docx("".join(parts), **more), "plan.docx")


def read_odt(body: str, styles: str = ""):
    return read(write_odt(body, styles=styles), "plan.odt")


def test_headings_by_style_inheritance_and_outline_level():
    document = read_docx(
        p("Plan", "Kop1"), p("Verkeer", "Eigen"), p("Tekst een over de zone."),
        p("Drugs", "Kop2"), p("Tekst twee."),
        p("Slot", "Kop1"), p("Tekst drie."), p("In een ring", "Ring"),
    )  # fmt: skip
    assert paths(document) == {
        "Plan": (),
        "Verkeer": ("Plan",),
        "Tekst een over de zone.": ("Plan", "Verkeer"),
        "Drugs": ("Plan",),
        "Tekst twee.": ("Plan", "Drugs"),
        "Slot": (),
        "Tekst drie.": ("Slot",),
        "In een ring": ("Slot",),
    }


def test_bold_line_is_a_heading_below_all_others():
    document = read_docx(
        p("Plan", "Kop1"),
        p("Onze aanpak", bold=True),
        p("Wij doen het."),
        p("Let op: dit is belangrijk.", bold=True),
    )
    assert outline(document)[1:] == [
        ("heading", "Onze aanpak"),
        ("paragraph", "Wij doen het."),
        ("paragraph", "Let op: dit is belangrijk."),
    ]


def test_lists_by_numbering_style_and_hand():
    document = read_docx(
        p("Prioriteiten:"), p("Verkeer", numbering=(3, 0)), p("Snelheid", numbering=(3, 1)),
        p("Geen lijst meer."),
        p("Drugs", "Opsomming"), p("Tekst."), p("- Milieu"), p("2) Overlast"), p("Doelen:\n• een\n• twee"),
    )  # fmt: skip
    assert [(item.kind.value, item.text, item.level, item.group) for item in document.passages] == [
        ("paragraph", "Prioriteiten:", 0, None),
        ("list_item", "Verkeer", 1, 1),
        ("list_item", "Snelheid", 2, 1),
        ("paragraph", "Geen lijst meer.", 0, None),
        ("list_item", "Drugs", 2, 2),
        ("paragraph", "Tekst.", 0, None),
        ("list_item", "Milieu", 1, 3),
        ("list_item", "Overlast", 1, 3),
        ("paragraph", "Doelen:", 0, None),
        ("list_item", "een", 1, 3),
        ("list_item", "twee", 1, 3),
    ]


def test_tables_with_merged_and_long_cells():
    document = read_docx(
        tbl(
            [p("Fenomeen"), p("Motivering")],
            [p("Milieu"), p("Weinig feiten")],
            ["", p("Andere dienst")],
            [p("Verkeer"), p(LONG) + p("Snelheid", numbering=(1, 0))],
            merged=True,
        )
    )
    assert [(item.kind.value, item.text[:30], item.header) for item in document.passages] == [
        ("table_header", "Fenomeen | Motivering", ()),
        ("table_row", "Milieu | Weinig feiten", ("Fenomeen", "Motivering")),
        ("table_row", "Milieu | Andere dienst", ("Fenomeen", "Motivering")),
        ("table_cell", "Verkeer", ("Fenomeen",)),
        ("table_cell", LONG[:30], ("Motivering", "Verkeer")),
        ("list_item", "Snelheid", ("Motivering", "Verkeer")),
    ]


def test_table_of_one_column_is_layout_and_tables_nest():
    inner = tbl([p("Actie"), p("Wie")], [p("Controle"), p("Korps")])
    document = read_docx(tbl([p("Kader", "Kop1") + p("Tekst in het kader.") + inner]))
    assert outline(document) == [
        ("heading", "Kader"),
        ("paragraph", "Tekst in het kader."),
        ("table_header", "Actie | Wie"),
        ("table_row", "Controle | Korps"),
    ]


def test_tracked_changes_moves_fallbacks_and_fields():
    body = (
        "<w:p><w:r><w:t>Wij </w:t></w:r><w:del><w:r><w:delText>niet </w:delText></w:r></w:del><w:ins><w:r>"
        "<w:t>wel</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>werken</w:t></w:r></w:p>"
        "<w:moveFrom><w:p><w:r><w:t>weg</w:t></w:r></w:p></w:moveFrom>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In een kader</w:t></w:r>"
        "</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>In een kader</w:t></w:r></w:p>"
        "</mc:Fallback>"
        "</mc:AlternateContent><w:t>Erbuiten</w:t></w:r></w:p>"
    )
    document = read_docx(body)
    assert outline(document) == [
        ("paragraph", "Wij wel werken"),
        ("paragraph", "In een kader"),
        ("paragraph", "Erbuiten"),
    ]
    assert document.warnings == (Warn.TRACKED_CHANGES,)


def test_contents_and_footnotes():
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote>{p("Bron: politie")}</w:footnote></w:footnotes>'
    document = read_docx(
        p("Drugs\t4", "Inhopg1"), p("Verkeer .......... 5"), p("Tekst."), word__footnotes=notes
    )
    assert outline(document) == [
        ("toc", "Drugs 4"),
        ("toc", "Verkeer … 5"),
        ("paragraph", "Tekst."),
        ("paragraph", "Bron: politie"),
    ]


def test_strict_variant_is_read():
    document = read(
        write_docx(document=word_xml(p("Veiligheid"), STRICT).replace(f'"{W}"', f'"{STRICT}"')), "plan.docx"
    )
    assert document.text == "Veiligheid"


@pytest.mark.parametrize(
    ("kind", "warnings"),
    [
        ("image", (Warn.EXTERNAL_REFERENCES,)),
        ("attachedTemplate", (Warn.EXTERNAL_REFERENCES,)),
        ("hyperlink", ()),
    ],
)
def test_external_references_are_reported_and_never_fetched(kind, warnings):
    """pytest-socket would stop any connection; links that a reader may click do not count."""
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
        ' Id="r1"'
        f' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
        ' Target="http://example.org/x" TargetMode="External"/></Relationships>'
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": word_xml(p("Veiligheid")),
        "word/_rels/document.xml.rels": relation,
    }
    assert read(pack(parts), "plan.docx").warnings == warnings


def test_odt_headings_lists_tables():
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = "<table:table-row>{}</table:table-row>"
    rows = [("Fenomeen", "Keuze"), ("Milieu", "Niet weerhouden")]
    table = "".join(row.format("".join(cell.format(text) for text in texts)) for texts in rows)
    document = read_odt(
        '<text:h text:outline-level="1">Plan</text:h><text:p text:style-name="P7">Verkeer</text:p>'
        "<text:p>Onze doelen<text:note><text:note-citation>1</text:note-citation></text:note>:</text:p>"
        "<text:list><text:list-item><text:p>snelheid</text:p><text:list><text:list-item><text:p>radar</text:p>"
        f"</text:list-item></text:list></text:list-item></text:list><table:table>{table}</table:table>",
        '<style:style style:name="P7" style:parent-style-name="Heading_20_2"/>',
    )
    assert [(item.kind.value, item.text, item.level) for item in document.passages] == [
        ("heading", "Plan", 1),
        ("heading", "Verkeer", 2),
        ("paragraph", "Onze doelen:", 0),
        ("list_item", "snelheid", 1),
        ("list_item", "radar", 2),
        ("table_header", "Fenomeen | Keuze", 0),
        ("table_row", "Milieu | Niet weerhouden", 0),
    ]
    assert document.passages[3].lead == 2


def test_odt_deleted_text_comments_and_linked_pictures():
    document = read_odt(
        "<text:tracked-changes><text:p>geschrapt</text:p></text:tracked-changes>"
        "<text:p>Wij<text:s text:c='999999999'/>werken<office:annotation><text:p>opmerking</text:p>"
        "</office:annotation><text:tab/>samen<draw:image xlink:href='http://example.org/a.png'/></text:p>"
        "<text:table-of-content><text:p>Drugs 4</text:p></text:table-of-content>"
    )
    assert outline(document) == [("paragraph", "Wij werken samen"), ("toc", "Drugs 4")]
    assert document.warnings == (Warn.EXTERNAL_REFERENCES, Warn.TRACKED_CHANGES)
