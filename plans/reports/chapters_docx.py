"""The chapters as a DOCX file to paste from: real headings and tables, the plan's language, no macros.

Words and what may be seen are settled before (plan_chapters); here is only how a word processor is told.
"""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from plans.reports.chapter_types import Cell, Chapter, Chapters, Column, Piece, Row, Table

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LOCALES = {"nl": "nl-BE", "fr": "fr-BE", "de": "de-BE", "en": "en-GB"}
PAGE = (Cm(21), Cm(29.7))
MARGIN = Cm(2)
FONT = "Calibri"
HEAD_SHADE = "E7E7E7"
#: Signs in a cell from which its row may go on over the page.
LONG_CELL = 700


def write_docx(chapters: Chapters) -> bytes:
    """The file's bytes. The same chapters give the same words; a word processor may lay them out anew."""
    document = Document()
    _prepare(document, chapters)
    document.add_paragraph(chapters.title, style="Title")
    for fact in chapters.facts:
        document.add_paragraph(fact, style="Subtitle")
    for number, (is_wide, run) in enumerate(chapters.runs):
        section = document.sections[-1] if number == 0 else document.add_section(WD_SECTION.NEW_PAGE)
        width = _turn(section, is_wide=is_wide)
        for chapter in run:
            _write_chapter(document, chapter, chapters, width)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _prepare(document: DocxDocument, chapters: Chapters) -> None:
    core = document.core_properties
    core.title, core.author, core.last_modified_by = chapters.title, chapters.place, chapters.place
    core.language, core.comments = LOCALES[chapters.language], ""
    core.created = core.modified = chapters.saved_at.replace(tzinfo=None)
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LOCALES[chapters.language])
    for name, size in (
        ("Normal", 10.5),
        ("Title", 20),
        ("Subtitle", 10.5),
        ("Heading 1", 15),
        ("Heading 2", 12),
    ):
        style = styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = None
        style.font.italic = False
        _drop_theme(style.element)
    styles["Subtitle"].paragraph_format.space_after = Pt(0)


def _drop_theme(style) -> None:
    """The template's theme would set other typefaces and colours over those named."""
    for fonts in style.iter(qn("w:rFonts")):
        for name in [name for name in fonts.attrib if "Theme" in name]:
            del fonts.attrib[name]
    for colour in list(style.iter(qn("w:color"))):
        colour.getparent().remove(colour)


def _turn(section, *, is_wide: bool) -> int:
    """Sets the page upright or on its side; the width that is left for text, in EMU."""
    width, height = PAGE if not is_wide else PAGE[::-1]
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    return width - 2 * MARGIN


def _write_chapter(document: DocxDocument, chapter: Chapter, chapters: Chapters, width: int) -> None:
    document.add_heading(chapter.title, level=1)
    for sentence in chapter.sentences:
        document.add_paragraph(sentence)
    for table in chapter.tables:
        document.add_heading(table.caption, level=2)
        _write_table(document, table, chapters, width)
    if listing := chapter.listing:
        document.add_heading(listing.title, level=2)
        document.add_paragraph(listing.sentence)
        for piece in listing.pieces:
            _write_piece(document.add_paragraph(style="List Bullet"), piece, chapters.mark)


def _write_table(document: DocxDocument, table: Table, chapters: Chapters, width: int) -> None:
    drawn = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    drawn.autofit = False
    _describe(drawn, table.caption)
    widths = _widths(table.columns, width)
    for column, share in zip(drawn.columns, widths, strict=True):
        column.width = share
    cells = _new_row(drawn, widths, is_head=True)
    for cell, column in zip(cells, table.columns, strict=True):
        cell.paragraphs[0].add_run(column.label).bold = True
        _shade(cell)
    for row in table.rows:
        first, *others = _new_row(drawn, widths, is_whole=row.longest < LONG_CELL)
        _write_item(first.paragraphs[0], row, chapters)
        for cell, pieces in zip(others, row.cells, strict=True):
            _write_cell(cell, pieces, chapters.mark)


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    total = sum(column.weight for column in columns)
    return [width * column.weight // total for column in columns]


def _new_row(
    drawn: DocxTable, widths: Sequence[int], *, is_head: bool = False, is_whole: bool = True
) -> tuple:
    """`is_head`: repeated on every page; `is_whole`: stays on one page."""
    row = drawn.add_row()
    for name, is_wanted in (("w:cantSplit", is_whole), ("w:tblHeader", is_head)):
        if is_wanted:
            row._tr.get_or_add_trPr().append(OxmlElement(name))
    cells = row.cells
    for cell, width in zip(cells, widths, strict=True):
        cell.width = width
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    return cells


def _write_item(paragraph: Paragraph, row: Row, chapters: Chapters) -> None:
    paragraph.add_run(f"{row.code} ").bold = True
    title = paragraph.add_run(row.title)
    if row.language != chapters.language:
        _speak(title, row.language)
    if row.is_confidential:
        paragraph.add_run(f" ({chapters.mark})").italic = True


def _write_cell(cell, pieces: Cell, mark: str) -> None:
    for number, piece in enumerate(pieces):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        _write_piece(paragraph, piece, mark)


def _write_piece(paragraph: Paragraph, piece: Piece, mark: str) -> None:
    paragraph.add_run(piece.text).italic = True if piece.is_hidden else None
    if piece.note:
        paragraph.add_run(f"\n{piece.note}").font.size = Pt(9)
    if piece.is_confidential:
        paragraph.add_run(f" ({mark})").italic = True


def _speak(run: Run, language: str) -> None:
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), LOCALES[language])
    run._r.get_or_add_rPr().append(spoken)


def _shade(cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", HEAD_SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _describe(drawn: DocxTable, caption: str) -> None:
    """The caption for screen readers; `tblCaption` follows what the table's properties hold already."""
    name = OxmlElement("w:tblCaption")
    name.set(qn("w:val"), caption)
    drawn._tbl.tblPr.append(name)
