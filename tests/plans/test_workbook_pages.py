"""The spreadsheet of a plan on its pages: downloaded, filled in, taken in again, whole or not at all."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from plans.extraction.xlsx import LIMITS
from plans.forms import sheet_problem_words
from plans.planformat.sheet_layout import LAYOUTS
from plans.reports.plan_workbook import CONTENT_TYPE
from plans.selectors.scoring_input import plan_content
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, in_english, make_edition, make_plan, share
from tests.plans.filing import PLAN, address, export_address, problems, send, titles, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def people():
    return Cast(ZoneFactory(name="PZ Noord", code="5345"))


@pytest.fixture
def assessment(people):
    return make_plan(people.zone, edition=make_edition(code="test-edition"))


@pytest.fixture
def editor(client_of, people):
    return client_of(people.editor)


def download(client, assessment):
    return client.get(export_address(assessment, "xlsx")).content


def filled_in(data: bytes, cells: dict[tuple[str, str], object]) -> bytes:
    """The workbook with these cells changed in another program: {(sheet, place): value}."""
    book, file = openpyxl.load_workbook(io.BytesIO(data)), io.BytesIO()
    for (sheet, place), value in cells.items():
        book[sheet][place] = value
    book.save(file)
    return file.getvalue()


def send_workbook(client, assessment, data, name="plan.xlsx", **values):
    return send(client, assessment, file=upload(data, name), **values)


def test_an_empty_plan_gives_a_spreadsheet_that_becomes_the_plan(editor, assessment):
    data = filled_in(
        download(editor, assessment),
        {
            ("Objectives", "A3"): 1,
            ("Objectives", "B3"): "Fewer drugs",
            ("Objectives", "C3"): "P1, T1",
            ("Actions", "A3"): 1,
            ("Actions", "B3"): "Lessons",
            ("Actions", "E3"): "prevention, aftercare",
            ("Actions", "I3"): "schools\nparents",
            ("Choices", "C3"): "retained",
            ("Choices", "C5"): "not applied",
            ("Choices", "D5"): "insufficient capacity",
        },
    )
    response = send_workbook(editor, assessment, data, "Plan.XLSX")
    assert response.url == reverse("plans:check", args=[assessment.version.plan_id])
    content = plan_content(assessment)
    (objective,) = content.objectives
    (action,) = objective.actions
    assert (objective.title, [ref.item for ref in objective.items]) == ("Fewer drugs", ["P1", "T1"])
    assert (action.links, action.partners) == (("prevention", "aftercare"), ("schools", "parents"))
    assert {code: (entry.choice, entry.reason) for code, entry in content.choices.items()} == {
        "P1": ("retained", None), "T1": ("not_retained", "capacity")
    }  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_spreadsheet_brings_the_plan_back_in_any_language(client_of, people, editor, assessment, language):
    send(editor, assessment, PLAN)
    before = plan_content(assessment)
    assert before.passages[0].objective == "1"
    assert before.objectives[1].confidential
    assert before.choices["P2"].item_confidential
    other = client_of(people.editor)
    other.cookies["kiv_language"] = language
    response = send_workbook(editor, assessment, download(other, assessment), replace="on")
    assert (response.status_code, plan_content(assessment)) == (302, before)


def test_every_problem_is_shown_with_sheet_and_cell_and_nothing_changes(editor, assessment):
    data = filled_in(
        download(editor, assessment),
        {
            ("Objectives", "A3"): 1,
            ("Objectives", "C3"): "P9",
            ("Objectives", "G3"): "perhaps",
            ("Actions", "A4"): 7,
            ("Actions", "B4"): "=A1",
            ("Choices", "C4"): "<b>maybe</b>",
        },
    )
    response = send_workbook(editor, assessment, data)
    assert problems(response) == [
        (None, "Objectives!B3", "a value, which is missing", ""),
        (None, "Objectives!C3", "an item of the edition: P1, P2, T1", '"P9"'),
        (None, "Objectives!G3", "one of: yes, no", '"perhaps"'),
        (None, "Actions!A4", "the number of an objective in this file", '"7"'),
        (None, "Actions!B4", "a value; the result of this formula was not saved: open the file in a "
         "spreadsheet and save it. Is it text? Then type an apostrophe before it", '"=A1"'),
        (None, "Choices!C4", "one of: still open, retained, regular policing, not retained, applied, "
         "not applied", '"<b>maybe</b>"'),
    ]  # fmt: skip
    page = response.content.decode()
    assert re.findall(r"<code>(Objectives![A-Z0-9]+)</code>", page) == [
        "Objectives!B3", "Objectives!C3", "Objectives!G3"
    ]  # fmt: skip
    assert ("Correct these cells in your spreadsheet" in page, "<b>maybe" in page) == (True, False)
    assert ('scope="col">Line<' in page, 'scope="col">Sheet and cell<' in page) == (False, True)
    assert titles() == []


def test_one_wrong_number_in_many_rows_is_one_problem(editor, assessment):
    cells = {("Objectives", "A3"): 1, ("Objectives", "B3"): "Fewer drugs"}
    cells |= {("Actions", f"A{row}"): 7 for row in (3, 4, 5)}
    cells |= {("Actions", f"B{row}"): "Lessons" for row in (3, 4, 5)}
    data = filled_in(download(editor, assessment), cells)
    expected = "the number of an objective in this file; the same stands in A4, A5"
    assert problems(send_workbook(editor, assessment, data)) == [(None, "Actions!A3", expected, '"7"')]


def test_text_with_an_equals_sign_in_front_comes_back_as_text(editor, assessment):
    book = openpyxl.load_workbook(io.BytesIO(download(editor, assessment)))
    cell = book["Objectives"]["B3"]
    cell.value, cell.data_type = "= fewer drugs", "s"
    file = io.BytesIO()
    book.save(file)
    assert send_workbook(editor, assessment, file.getvalue()).status_code == 302
    assert titles() == ["= fewer drugs"]


def test_what_was_typed_and_ticked_stays_beside_a_refused_spreadsheet(editor, assessment):
    send(editor, assessment, PLAN)
    response = send_workbook(editor, assessment, b"no workbook", text="typed before", replace="on")
    form = response.context["form"]
    assert (form["text"].value(), form["replace"].value()) == ("typed before", True)
    assert titles() == ["Fewer drugs", "SECRET violence"]


def test_a_plan_that_holds_something_is_replaced_only_when_asked(editor, assessment):
    data = filled_in(download(editor, assessment), {("Objectives", "B3"): "Only this"})
    send(editor, assessment, PLAN)
    response = send_workbook(editor, assessment, data)
    assert "already holds something" in response.context["sentence"]
    assert "Choose the file again." in response.content.decode()
    assert titles() == ["Fewer drugs", "SECRET violence"]
    assert send_workbook(editor, assessment, data, replace="on").status_code == 302
    content = plan_content(assessment)
    assert [objective.title for objective in content.objectives] == ["Only this"]
    assert [(passage.quote, passage.objective) for passage in content.passages] == [
        ("Data are exchanged", "1")
    ]


@pytest.mark.parametrize(
    ("file", "name", "expected"),
    [
        (b"PK no zip", "plan.xlsx",
         "a spreadsheet in the format .xlsx, whatever the name says; save it as that"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "plan.xlsx",
         "a spreadsheet without a password; take the password off"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_opened(editor, assessment, file, name, expected):
    assert problems(send_workbook(editor, assessment, file, name)) == [(None, "", expected, "")]


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("file", "message"),
    [
        (upload(b"x", "plan.xls"), "Choose a file whose name ends in .xlsx, .yaml, .yml or .json."),
        (upload(b"x" * (LIMITS.bytes + 1), "plan.xlsx"), "This spreadsheet is larger than 4 MiB."),
    ],
    ids=["ending", "size"],
)
def test_what_is_no_spreadsheet_is_refused_before_it_is_read(editor, assessment, file, message):
    response = send(editor, assessment, file=file)
    assert response.context["form"].errors["file"] == [message]


@pytest.mark.parametrize("role", Cast.INSIDE)
def test_insiders_take_the_spreadsheet_along(client_of, editor, people, assessment, role):
    send(editor, assessment, PLAN)
    client = client_of(people[role])
    response = client.get(export_address(assessment, "xlsx"))
    assert response["Content-Type"] == CONTENT_TYPE
    assert response["Content-Disposition"] == 'attachment; filename="kiv-plan-5345-pz-noord-2026-2031.xlsx"'
    assert "no-store" in response["Cache-Control"]
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book["Objectives"]["B4"].value == "SECRET violence"
    page = client.get(reverse("plans:objectives", args=[assessment.version.plan_id])).content.decode()
    assert (export_address(assessment, "xlsx") in page, address(assessment) in page) == (
        True, role != "reader"
    )  # fmt: skip


@pytest.mark.parametrize("role", [*Cast.READING_SHARED, *Cast.OUTSIDE])
def test_outsiders_get_no_spreadsheet(client_of, editor, people, assessment, role):
    send(editor, assessment, PLAN)
    share(assessment)
    client = client_of(people[role])
    assert client.get(export_address(assessment, "xlsx")).status_code == 404
    page = client.get(reverse("plans:objectives", args=[assessment.version.plan_id])).content.decode()
    assert export_address(assessment, "xlsx") not in page


def test_a_plan_without_objectives_offers_the_way_to_its_spreadsheet(editor, assessment):
    page = editor.get(reverse("plans:objectives", args=[assessment.version.plan_id])).content.decode()
    assert f'href="{address(assessment)}"' in page
    assert f'href="{export_address(assessment, "xlsx")}"' in editor.get(address(assessment)).content.decode()


def test_every_reason_not_to_open_a_workbook_has_its_words():
    from plans.extraction import Code

    # These are said of documents only.
    other = {Code.TOO_SLOW, Code.TOO_MANY_PAGES, Code.NO_TEXT, Code.UNSUPPORTED}
    assert set(Code) - set(sheet_problem_words.UNREAD) == other
    assert {layout.name for layout in LAYOUTS} <= set(sheet_problem_words.TITLES)
