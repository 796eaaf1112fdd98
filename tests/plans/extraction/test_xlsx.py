"""Workbooks → cells as people read them; what is no workbook, or too much of one, is refused in time."""

import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.extraction import Code, Refused
from plans.extraction.xlsx import LIMITS, MOST_CELLS, place_of, read_xlsx, row_and_column
from plans.extraction.xlsx_values import Cell, Shape
from tests.plans.extraction.making_xlsx import STRICT, parts, relations, sheet, workbook
from tests.plans.extraction.making_zip import p, pack, write_docx

BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


def only_cell(data: str, **values) -> Cell | None:
    (found,) = read_xlsx(workbook(f"<row><c{data}</c></row>", **values))
    return found.cells.get((1, 1))


@pytest.mark.parametrize(
    ("cell", "code", "shape", "text"),
    [
        ("<v>2028</v>", "General", Shape.NUMBER, "2028"),
        ("<v>0</v>", "General", Shape.NUMBER, "0"),
        ("<v>-0.0</v>", "General", Shape.NUMBER, "0"),
        ("<v>12.5</v>", "0.00", Shape.NUMBER, "12,5"),
        ("<v>0.30000000000000004</v>", "General", Shape.NUMBER, "0,3"),
        ("<v>1E+20</v>", "General", Shape.NUMBER, "100000000000000000000"),
        ("<v>0.155</v>", "0%", Shape.PERCENT, "15,5%"),
        ("<v>46752</v>", "dd/mm/yyyy", Shape.DATE, "31/12/2027"),
        ("<v>46752</v>", "[$-813]d\\ mmmm\\ yyyy;@", Shape.DATE, "31/12/2027"),
        ("<v>46752.5</v>", "d/mm/yyyy\\ h:mm", Shape.DATE, "31/12/2027 12:00"),
        ("<v>46082</v>", "mmm\\-yy", Shape.DATE, "03/2026"),
        ("<v>46082</v>", "yyyy", Shape.DATE, "2026"),
        ("<v>0.4375</v>", "h:mm", Shape.DATE, "10:30"),
        ("<v>1E+9</v>", "dd/mm/yyyy", Shape.NUMBER, "1000000000"),
        ("<v>nan</v>", "General", Shape.ERROR, "nan"),
    ],
)  # fmt: skip
def test_numbers_read_as_the_cell_shows_them(cell, code, shape, text):
    assert only_cell(f' s="1">{cell}', formats=[code]) == Cell(shape, text)


@pytest.mark.parametrize(
    ("cell", "shape", "text"),
    [
        (' t="s"><v>1</v>', Shape.TEXT, "two\nlines"),
        (' t="s"><v>2</v>', Shape.TEXT, "bold and not"),
        (' t="s"><v>3</v>', Shape.TEXT, "_x0041_ \ud7ff_xD800_"),
        (' t="inlineStr"><is><t>here</t></is>', Shape.TEXT, "here"),
        (' t="s"><v>4</v>', Shape.TEXT, "=1+1"),
        (' t="inlineStr"><is><t>= see annex</t></is>', Shape.TEXT, "= see annex"),
        (' t="str"><v>=1+1</v>', Shape.TEXT, "=1+1"),
        (' t="str"><f>A1&amp;A2</f><v>joined</v>', Shape.TEXT, "joined"),
        ("><f>1+1</f><v>2</v>", Shape.NUMBER, "2"),
        ("><f>1+1</f>", Shape.FORMULA, "=1+1"),
        ('><f t="shared" si="0"/><v/>', Shape.FORMULA, "="),
        (' t="b"><v>1</v>', Shape.YES_NO, "true"),
        (' t="e"><v>#REF!</v>', Shape.ERROR, "#REF!"),
        (' t="d"><v>2027-12-31</v>', Shape.DATE, "31/12/2027"),
        (' t="d"><v>2027-12-31T10:30:00</v>', Shape.DATE, "31/12/2027 10:30"),
        (' t="d"><v>soon</v>', Shape.TEXT, "soon"),
    ],
)  # fmt: skip
def test_texts_and_formulas(cell, shape, text):
    texts = (
        "<si><t>one</t></si><si><t>two_x000D_\nlines</t></si>"
        '<si><r><t xml:space="preserve">bold </t></r><rPh><t>x</t></rPh><r><t>and not</t></r></si>'
        "<si><t>_x005F_x0041_ _xD7FF__xD800_</t></si><si><t>=1+1</t></si>"
    )
    assert only_cell(cell, texts=texts) == Cell(shape, text)


def test_days_count_from_1904_where_the_workbook_says_so():
    cell = only_cell(' s="1"><v>45290</v>', formats=["dd/mm/yyyy"], settings='date1904="1"')
    assert cell == Cell(Shape.DATE, "31/12/2027")


def test_cells_keep_their_places_and_empty_ones_are_left_out():
    data = (
        '<row r="3"><c r="B3"><v>1</v></c><c s="0"/><c><v>2</v></c></row><row><c><v>3</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>4</v></c><c r="A9" t="inlineStr"><is><t> </t></is></c></row>'
    )
    (found,) = read_xlsx(workbook(data))
    assert {found.at(*place): cell.text for place, cell in found.cells.items()} == {
        "Sheet1!B3": "1", "Sheet1!D3": "2", "Sheet1!A4": "3", "Sheet1!XFD1048576": "4"
    }  # fmt: skip


def test_the_strict_flavour_is_read_too():
    (found,) = read_xlsx(workbook("<row><c><v>1</v></c></row>", namespace=STRICT))
    assert found.cells == {(1, 1): Cell(Shape.NUMBER, "1")}


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_places_are_written_and_read_alike(row, column):
    assert row_and_column(place_of(row, column)) == (row, column)


def without(*names):
    return pack({name: part for name, part in parts("").items() if name not in names})


def with_parts(**changes):
    names = {"sheet": "xl/worksheets/sheet1.xml", "book": "xl/workbook.xml", "rels": "_rels/.rels"}
    return pack(parts("") | {names[name]: part for name, part in changes.items()})


def locked():
    """A workbook of which the entries say that they are encrypted."""
    data = bytearray(without())
    for found in re.finditer(b"PK\x01\x02", bytes(data)):
        data[found.start() + 8] |= 1
    return bytes(data)


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
HOSTILE = {
    "empty": (b"", Code.EMPTY),
    "text": (b"plan: {name: x}", Code.WRONG_KIND),
    "large": (b"PK\x03\x04" + b"\0" * LIMITS.bytes, Code.TOO_LARGE),
    "password": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), Code.ENCRYPTED),
    "old format": (COMPOUND, Code.WRONG_KIND),
    "document": (write_docx(p("A plan")), Code.WRONG_KIND),
    "binary workbook": (with_parts(rels=relations(officeDocument="xl/workbook.bin")), Code.WRONG_KIND),
    "other archive": (pack({"readme.txt": "hello"}), Code.WRONG_KIND),
    "cut off": (without()[:-40], Code.TRUNCATED),
    "no sheet": (without("xl/worksheets/sheet1.xml"), Code.UNREADABLE),
    "no texts": (workbook('<row><c t="s"><v>0</v></c></row>'), Code.UNREADABLE),
    "no style": (workbook('<row><c s="7"><v>0</v></c></row>'), Code.UNREADABLE),
    "no place": (workbook('<row><c r="7C"><v>0</v></c></row>'), Code.UNREADABLE),
    "half a sheet": (with_parts(sheet="<worksheet><sheetData>"), Code.UNREADABLE),
    "entities": (with_parts(sheet=BOMB + sheet("")), Code.FORBIDDEN_XML),
    "entities in UTF-16": (with_parts(book=(BOMB + "<w>&b;</w>").encode("utf-16")), Code.FORBIDDEN_XML),
    "deep": (workbook("<a>" * 300 + "</a>" * 300), Code.FORBIDDEN_XML),
    "encrypted entries": (locked(), Code.ENCRYPTED),
    "many entries": (pack(parts("") | {f"{n}": "" for n in range(501)}), Code.ZIP_BOMB),
    "unpacks to much": (with_parts(sheet=sheet(" " * (LIMITS.unpacked + 1))), Code.ZIP_BOMB),
    "unpacks to all of it": (with_parts(sheet=sheet(" " * (LIMITS.unpacked - 1_000))), Code.ZIP_BOMB),
    "cells": (workbook("<row><c><v>1</v></c></row>" * (MOST_CELLS + 1)), Code.TOO_LARGE),
    "one text in many cells": (
        workbook('<row><c t="s"><v>0</v></c></row>' * 300, texts=f"<si><t>{'x' * 10_000}</t></si>"),
        Code.TOO_LARGE,
    ),
    "one cell of many parts": (workbook("<row><c>" + "<x/>" * 10_001 + "</c></row>"), Code.TOO_LARGE),
    "one element of many attributes": (
        workbook("<c " + " ".join(f'a{n}="&gt;"' for n in range(40_000)) + "/>"),
        Code.FORBIDDEN_XML,
    ),
    "sheets": (
        with_parts(book="<workbook><sheets>" + '<sheet name="x"/>' * 51 + "</sheets></workbook>"),
        Code.TOO_LARGE,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_workbook_is_refused(name):
    data, code = HOSTILE[name]
    with pytest.raises(Refused) as refused:
        read_xlsx(data)
    assert refused.value.code == code


def test_what_lies_outside_the_file_is_never_asked_for():
    outside = relations(officeDocument="xl/workbook.xml").replace(
        "<Relationship ", '<Relationship TargetMode="External" Id="x" Type="x/officeDocument" Target="/etc"/>'
        "<Relationship ", 1
    )  # fmt: skip
    assert len(read_xlsx(with_parts(rels=outside))) == 1
    upwards = relations(officeDocument="../../xl/workbook.xml")
    assert len(read_xlsx(with_parts(rels=upwards))) == 1


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data):
    part = data.draw(st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]))
    whole = parts('<row r="1"><c r="A1" s="1" t="s"><v>0</v></c></row>', texts="<si><t>x</t></si>")
    start = data.draw(st.integers(0, len(whole[part])))
    end = data.draw(st.integers(start, len(whole[part])))
    whole[part] = whole[part][:start] + data.draw(st.text("<>/=\"' rst09", max_size=4)) + whole[part][end:]
    try:
        answer = read_xlsx(pack(whole, zipfile.ZIP_STORED))
    except Refused as refused:
        answer = refused.code
    assert isinstance(answer, (list, Code))
