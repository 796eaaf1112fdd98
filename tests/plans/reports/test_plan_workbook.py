"""A plan as a workbook: what a spreadsheet program finds in it, and that it comes back as it went."""

import io
import zipfile

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from kiv.datafile import FileRefused
from kiv.localized import LANGUAGES
from plans.extraction.xlsx import read_xlsx
from plans.planformat import ObjectiveEntry, PlanContent, PlanHeader
from plans.planformat.sheet_cells import fold
from plans.planformat.sheet_layout import LAYOUTS, LISTS, Holds, Words
from plans.planformat.workbook import read_workbook
from plans.reports import sheet_words
from plans.reports.plan_workbook import write_workbook
from tests.plans.planformat.editions import EDITIONS
from tests.plans.planformat.sheets import ITEMS
from tests.plans.planformat.strategies import contents

HOSTILE = [
    "=1+1",
    '=HYPERLINK("https://example.org";"x")',
    "+1",
    "-1+1",
    "@cmd",
    "\t=1",
    "https://example.org",
    "{=1}",
    "<r><t>x</t></r>",
    "<r></si><r>",
    "<r></r>",
    "_x0041_",
    "x005F_",
    "_x005F_x005F_",
    "<r>_x0041_x0042_x0043_</r>",
    "\ufffe\uffff",
    "&amp;<b>",
    "2028-01-01",
]


def written(content, language="en"):
    with override(language):
        return write_workbook(content, ITEMS)


def read(data, language="en"):
    with override(language):
        return read_workbook(data, EDITIONS, sheet_words.vocabulary())


def cells_of(data):
    return [(sheet.title, sheet.cells) for sheet in read_xlsx(data)]


def resaved(data):
    """As another program writes it that knows the format."""
    book, file = openpyxl.load_workbook(io.BytesIO(data)), io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_titles(*titles):
    return PlanContent(
        plan=PlanHeader(name="A plan"),
        edition="small",
        objectives=tuple(ObjectiveEntry(number=str(at), title=t, due=t) for at, t in enumerate(titles, 1)),
    )


@settings(max_examples=40)
@given(contents(), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_a_workbook_comes_back_cell_for_cell(content, language, other):
    data = written(content, language)
    again = read(data, other)
    assert again == content.model_copy(update={"passages": ()})
    assert cells_of(written(again, language)) == cells_of(data)


def test_what_looks_like_a_formula_a_link_or_markup_is_text():
    content = with_titles(*(text.strip() for text in HOSTILE))
    data = written(content)
    assert read(data) == content
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    sheets = [name for name in names if name.startswith("xl/worksheets/")]
    parts = [zipfile.ZipFile(io.BytesIO(data)).read(name) for name in sheets]
    assert [(b"<f>" in part, b"<f " in part, b"hyperlink" in part) for part in parts] == [(False,) * 3] * 7
    types = {cell.data_type for row in openpyxl.load_workbook(io.BytesIO(data))["Objectives"] for cell in row}
    assert types == {"s", "n"}


def test_a_workbook_saved_by_another_program_is_read_alike():
    theme = {"choice": "not_retained", "reason": "capacity", "item_confidential": True}
    content = PlanContent(
        plan=PlanHeader(name="A plan"),
        edition="small",
        objectives=with_titles("Drugs", "2028", "two\nlines").objectives,
        choices={"P1": "retained", "T1": theme},
    )
    again = resaved(written(content, "fr"))
    assert read(again, "nl") == content


def test_what_somebody_types_in_another_program_is_read_as_it_looks():
    book = openpyxl.load_workbook(io.BytesIO(written(with_titles("Drugs"))))
    sheet = book["Objectives"]
    sheet["F3"] = 2028
    sheet["A4"], sheet["B4"], sheet["F4"] = 2, "Traffic", openpyxl.utils.datetime.from_excel(46752)
    sheet["F4"].number_format = "dd/mm/yyyy"
    sheet["B5"], sheet["D5"] = "Nuisance", "=A1&A2"
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(FileRefused, match='^Objectives!D5: expected a value, found "=A1&A2"$'):
        read(file.getvalue())
    sheet["D5"] = None
    book.save(file := io.BytesIO())
    found = [(entry.number, entry.title, entry.due) for entry in read(file.getvalue()).objectives]
    assert found == [("1", "Drugs", "2028"), ("2", "Traffic", "31/12/2027"), (None, "Nuisance", "")]


def test_sheets_are_easy_to_fill_in():
    book = openpyxl.load_workbook(io.BytesIO(written(with_titles("Drugs"))))
    assert book.sheetnames == [
        "Read me", "Objectives", "Actions", "Indicators", "Diagnosis", "Choices", "Lists"
    ]  # fmt: skip
    for sheet in book:
        assert (sheet.freeze_panes, sheet.row_dimensions[1].hidden) == ("A3", True)
        assert list(sheet.merged_cells.ranges) == []
    choices = [[cell.value for cell in row[:3]] for row in book["Choices"].iter_rows(min_row=2)]
    assert choices == [
        ["Code", "Priority or theme", "Choice"],
        ["P1", "Title of P1", None],
        ["P2", "Title of P2", None],
        ["T1", "Title of T1", None],
    ]
    lists = {
        str(cells.sqref): cells.formula1
        for cells in book["Choices"].data_validations.dataValidation
        if cells.type == "list"
    }
    assert lists == {
        "C3": "'Lists'!$A$3:$A$6",
        "C4": "'Lists'!$A$3:$A$6",
        "C5": "'Lists'!$B$3:$B$6",
        "D3:D202": "'Lists'!$C$3:$C$7",
        "G3:G202": "'Lists'!$G$3:$G$4",
        "H3:H202": "'Lists'!$G$3:$G$4",
    }
    assert [cell.value for cell in book["Lists"]["B"][2:6]] == [
        "still open", "applied", "regular policing", "not applied"
    ]  # fmt: skip
    codes = [cell.value for cell in book["Lists"]["H"][2:] if cell.value]
    assert codes == ["P1", "P1:north", "P1:south", "P2", "T1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_and_column_has_its_words(language):
    with override(language):
        titles = list(sheet_words.sheet_titles().values())
    assert len({title.casefold() for title in titles}) == len(LAYOUTS) + 1
    assert all(0 < len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)
    headings = {layout.tag(column) for layout in LAYOUTS for column in layout.columns}
    assert headings | {f"{LISTS}.item", f"{LISTS}.item_title"} == set(sheet_words.HEADINGS)
    hints = {layout.tag(column) for layout in LAYOUTS for column in layout.columns}
    hints |= {column.field for layout in LAYOUTS for column in layout.columns}
    assert set(sheet_words.HINTS) - hints == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_hints_fit_beside_a_cell(language):
    with override(language):
        texts = [*sheet_words.HINTS.values(), sheet_words.NOT_IN_LIST, sheet_words.NO_OBJECTIVE]
        assert [str(text) for text in texts if len(str(text)) > 255] == []


def test_no_word_means_two_things_in_any_languages():
    meanings: dict[tuple[str, str], set[str]] = {}
    for language in LANGUAGES:
        with override(language):
            for words, labels in sheet_words.words_of_lists().items():
                group = Words.CHOICE if words == Words.THEME_CHOICE else words
                for value, word in labels.items():
                    meanings.setdefault((group, fold(word)), set()).add(value)
                    meanings.setdefault((group, value), set()).add(value)
    assert {key: values for key, values in meanings.items() if len(values) > 1} == {}
    # Words stand in one cell with commas between them.
    links = [word for group, word in meanings if group == Words.CHAIN_LINK]
    assert [word for word in links if set(word) & set(",;\n")] == []


def test_every_closed_list_is_that_of_a_column():
    used = {column.words for layout in LAYOUTS for column in layout.columns if column.holds is Holds.WORD}
    assert set(Words) - used == {Words.THEME_CHOICE, Words.PLAN_KIND, Words.CHAIN_LINK, Words.YES_NO}


def test_more_than_a_cell_can_hold_is_never_cut_off():
    content = with_titles("x").model_copy(update={"plan": PlanHeader.model_construct(name="x" * 32_768)})
    with pytest.raises(ValueError, match="more than a cell can hold"):
        written(content)
