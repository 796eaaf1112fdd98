"""Worlds for chapters, and how tests read what was written: DOCX by python-docx, PDF by pypdfium2."""

import zipfile
from io import BytesIO

import pypdfium2
from docx import Document

from plans.reports.plan_chapters import Chapters, chapters_of
from plans.selectors.disclosure import Reader
from tests.plans.world import World, make_world

INSIDE = Reader(is_inside=True, has_clearance=True)
CLEARED = Reader(is_inside=False, has_clearance=True)

#: Something of everything a chapter shows; SECRET in every part that can be confidential.
FULL = """
format: kiv-plan/1
plan: {name: Test}
edition: test-edition
objectives:
  - title: Fewer drugs
    items: [A1, B1]
    actions: [{title: Lessons, items: [A1]}, {title: Controls, items: [A1]}]
    indicators: [{title: pupils reached, items: [A1]}]
  - title: SECRET violence
    items: [A2]
    confidential: true
    actions: [{title: SECRET visit, items: [A2]}]
  - {title: SECRET item goal, items: [A4]}
  - {title: New computers}
  - {title: SECRET own, confidential: true}
diagnosis:
  - {text: Possession rises, items: [A1], figure: 112, source: ANG}
  - {kind: mayors, text: Do something, items: [A1, A3]}
  - {kind: perception, text: SECRET feeling, items: [A1], figure: SECRET figure, confidential: true}
  - {kind: dirco, text: SECRET dirco, items: [A4]}
choices:
  A1: retained
  A2: {choice: not_retained, reason: capacity, pointer: SECRET pointer, line: SECRET line, confidential: true}
  A3: {choice: regular, line: On call}
  A4: {choice: not_retained, reason: other, pointer: SECRET which, line: SECRET why, item_confidential: true}
  B1: retained
  B2: {choice: not_retained, reason: covered_elsewhere, pointer: B1, line: Part of it}
passages:
  - {item: A1, elements: [description], quote: It is much, page: 7}
  - {item: A1, elements: [action], quote: We control, page: 3}
  - {item: A1, elements: [action], quote: SECRET passage, page: 4, confidential: true}
  - {item: B2, elements: [action], quote: one two three four five six seven eight nine ten eleven}
"""

#: What is the same in every plan file.
HEAD = "format: kiv-plan/1\nplan: {name: Test}\nedition: test-edition\n"


def make_chapter_world(
    text: str = FULL, *, language: str = "en", shared: bool = False, code: str = "5345"
) -> World:
    world = make_world(text, shared=shared, name="PZ Test", code=code)
    world.plan.language = language
    world.plan.save()
    return world


def read_chapters(world: World, reader: Reader = INSIDE) -> Chapters:
    return chapters_of(world.assessment, reader)


def grid(table) -> list[list[str]]:
    """A table of the chapters as words: heads, then rows; the pieces of a cell by " | "."""

    def words(piece) -> str:
        note = f" [{piece.note}]" if piece.note else ""
        return piece.text + note + (" !" if piece.is_confidential else "")

    return [
        [column.label for column in table.columns],
        *([row.code, *(" | ".join(map(words, cell)) for cell in row.cells)] for row in table.rows),
    ]


def tables_of(chapters: Chapters, key: str) -> dict[str, list]:
    chapter = next(chapter for chapter in chapters.chapters if chapter.key == key)
    return {table.caption: grid(table) for table in chapter.tables}


def sentences_of(chapters: Chapters, key: str) -> tuple[str, ...]:
    return next(chapter.sentences for chapter in chapters.chapters if chapter.key == key)


def listed(chapters: Chapters) -> list[str]:
    return [
        piece.text for chapter in chapters.chapters if chapter.listing for piece in chapter.listing.pieces
    ]


def open_docx(data: bytes):
    return Document(BytesIO(data))


def docx_parts(data: bytes) -> dict[str, str]:
    """Every part of the file as text, by name."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


def docx_grids(data: bytes) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in open_docx(data).tables]


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page, with white space as single spaces."""
    document = pypdfium2.PdfDocument(data)
    try:
        texts = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            texts.append(" ".join(text.get_text_bounded().split()))
            text.close()
            page.close()
        return texts
    finally:
        document.close()


def pdf_text(data: bytes) -> str:
    return " ".join(pdf_pages(data))
