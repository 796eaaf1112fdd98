"""What stands in each file besides the numbers: cover, heads, types; and that no text becomes a formula."""

import json
from datetime import datetime

import pytest
from django.utils.translation import override

from kiv.territory.models import PoliceZone
from plans.models import ItemChoice
from plans.reports.coverage_csv import write_coverage_csv
from plans.reports.coverage_json import write_coverage_json
from plans.reports.coverage_xlsx import write_coverage_xlsx
from tests.factories.territory import ZoneFactory
from tests.plans.cast import make_cycle
from tests.plans.coverage_exports.country import Country
from tests.plans.coverage_exports.reading import SHEETS, csv_rows, open_xlsx, paper_for, rows_of
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def shared_world(**zone):
    """A shared plan of which one item (A4) is wholly confidential, and a zone without a plan."""
    world = make_world(shared=True, name="PZ Test", code="5345", **zone)
    ZoneFactory(name="PZ Without", code="5346")
    return world


def lines(page) -> list[tuple]:
    return [tuple(value for value in row if value is not None) for row in page.iter_rows(values_only=True)]


def test_a_cover_then_one_table_a_sheet():
    book = open_xlsx(write_coverage_xlsx(paper_for(shared_world())))
    assert book.sheetnames == SHEETS
    for page in book.worksheets[1:]:
        (table,) = page.tables.values()
        assert table.ref == page.dimensions
        assert table.headerRowCount == 1
        assert table.autoFilter.ref == table.ref
        assert page.freeze_panes in ("C2", "B2")
        assert not page.merged_cells.ranges
        assert [column.name for column in table.tableColumns] == [cell.value for cell in page[1]]


def test_the_cover_says_what_is_shown_and_what_is_not():
    world = shared_world()
    said = lines(open_xlsx(write_coverage_xlsx(paper_for(world, basis="reviewed")))["About"])
    for line in (
        ("Cycle", "2026-2031"),
        ("Version shown", "latest reviewed version"),
        ("Area", "the whole country"),
        ("Made on", datetime(2026, 2, 2, 13)),
        ("no plan", 1),
        ("shared, not reviewed yet", 1),
        ("What is confidential as a whole reads “confidential” and is in no count.",),
        ("Plans of which no version was reviewed yet show no items.",),
        ("2 objective and action",),
        ("A1", "short A1 en"),
    ):
        assert line in said


def test_types_are_real_and_what_is_confidential_has_no_number():
    book = open_xlsx(write_coverage_xlsx(paper_for(shared_world())))
    levels = {row["Zone"]: row for row in rows_of(book["Levels"])}
    row = levels["PZ Test"]
    assert isinstance(row["Shared on"], datetime)
    assert (row["Version"], row["A1 short A1 en"], row["A4 short A4 en"]) == (1, 4, "confidential")
    assert set(list(levels["PZ Without"].values())[4:]) == {"no plan", None}
    (states,) = (row for row in rows_of(book["States"]) if row["Zone"] == "PZ Test")
    assert (states["A1 short A1 en"], states["A4 short A4 en"]) == ("elaborated", "confidential")
    (choices,) = (row for row in rows_of(book["Choices"]) if row["Zone"] == "PZ Test")
    assert (choices["A3 short A3 en"], choices["B1 short B1 en"]) == ("not retained", "applied")


def test_no_secret_in_any_file():
    paper = paper_for(shared_world())
    data = write_coverage_xlsx(paper)
    words = str([lines(page) for page in open_xlsx(data).worksheets])
    words += write_coverage_csv(paper).decode() + write_coverage_json(paper).decode()
    assert "SECRET" not in words
    hidden = ItemChoice.objects.filter(is_item_confidential=True)
    assert [choice.item.code for choice in hidden] == ["A4"]
    assert json.loads(write_coverage_json(paper))["plans"][0]["items"]["A4"] is None


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "http://example.org", "+32 3", '"; drop', "a\u0001b"])
def test_a_name_is_never_a_formula_or_a_link(name):
    world = shared_world()
    PoliceZone.objects.filter(pk=world.zone.pk).update(name=name)
    paper = paper_for(world)
    page = open_xlsx(write_coverage_xlsx(paper))["Levels"]
    (cell,) = (row[1] for row in page.iter_rows(min_row=2) if row[0].value == "5345")
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    shown = [row["Zone"] for row in csv_rows(write_coverage_csv(paper)) if row["Zone code"] == "5345"]
    assert set(shown) == {f"'{name}" if name[0] in "=@+" else name}


def test_json_has_the_documented_shape():
    data = json.loads(write_coverage_json(paper_for(shared_world())))
    assert list(data) == [
        "format",
        "language",
        "title",
        "made_at",
        "cycle",
        "edition",
        "basis",
        "kind",
        "shown",
        "not_shown",
        "words",
        "standings",
        "items",
        "plans",
    ]
    assert (data["format"], data["language"], data["made_at"]) == (
        "kiv-coverage/1",
        "en",
        "2026-02-02T13:00:00+01:00",
    )
    assert data["standings"] == {"no_plan": 1, "preparation": 0, "shared": 1, "reviewed": 0}
    plan, without = data["plans"]
    assert plan["zone"] == {"code": "5345", "name": "PZ Test", "province": None, "district": None}
    assert plan["items"]["A1"] == {
        "state": "elaborated",
        "level": 4,
        "choice": "retained",
        "reviewed": None,
    }
    assert (without["standing"], without["plan"], without["items"]) == ("no_plan", None, None)


def test_without_plans_there_are_heads_and_a_cover():
    country = Country(0, zones=0)
    country.cycle = make_cycle(2032)
    paper = paper_for(country)
    book = open_xlsx(write_coverage_xlsx(paper))
    assert [cell.value for cell in book["Levels"][1]][:2] == ["Zone code", "Zone"]
    assert [row["Plans counted"] for row in rows_of(book["Counts"])] == [0, 0, 0]
    assert csv_rows(write_coverage_csv(paper)) == []


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_each_language_gives_a_whole_file(language):
    world = shared_world()
    paper = paper_for(world, language=language)
    with override(language):
        book = open_xlsx(write_coverage_xlsx(paper))
    assert len(book.sheetnames) == len(SHEETS)
    assert f"A1 short A1 {language}" in [cell.value for cell in book.worksheets[1][1]]
