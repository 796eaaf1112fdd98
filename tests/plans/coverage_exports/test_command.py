"""`manage.py coverage` as an operator meets it: output, file, exit status."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories.territory import ProvinceFactory, ZoneFactory
from tests.plans.coverage_exports.reading import SHEETS, csv_rows, open_xlsx
from tests.plans.services.acting import stored
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db
ASKED = ("coverage", "--edition", "test-edition", "--cycle", "2026-2031", "--language", "en")


def run(*arguments) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*map(str, arguments), stdout=out, stderr=err)
        status = 0
    except SystemExit as end:
        status = end.code
    return status, out.getvalue(), err.getvalue()


def test_json_of_the_whole_country_as_outsiders_read_it():
    make_world(shared=True, name="One")
    ZoneFactory(name="Two")
    before = stored()
    status, out, err = run(*ASKED)
    assert (status, err) == (0, "")
    data = json.loads(out)
    assert [plan["zone"]["name"] for plan in data["plans"]] == ["One", "Two"]
    assert data["shown"]["Area"] == "the whole country"
    assert data["plans"][0]["items"]["A4"] is None
    assert "SECRET" not in out
    assert stored() == before


def test_a_province_alone():
    make_world(shared=True, name="One", province=ProvinceFactory(code="limburg", name={"en": "Limburg"}))
    ZoneFactory(name="Two")
    _status, out, _err = run(*ASKED, "--province", "limburg", "--format", "csv")
    assert {row["Zone"] for row in csv_rows(out.encode())} == {"One"}


def test_a_spreadsheet_goes_to_a_file(tmp_path):
    make_world(shared=True)
    path = tmp_path / "coverage.xlsx"
    assert run(*ASKED, "--format", "xlsx", "--out", path) == (0, "", "")
    assert open_xlsx(path.read_bytes()).sheetnames == SHEETS
    status, out, err = run(*ASKED, "--format", "xlsx")
    assert (status, out) == (2, "")
    assert "--out" in err


@pytest.mark.parametrize(
    ("at", "value", "known"), [(2, "nowhere", "test-edition"), (4, "1066-1071", "2026-2031")]
)
def test_what_is_not_known_is_said(at, value, known):
    make_world(shared=True)
    arguments = list(ASKED)
    arguments[at] = value
    assert run(*arguments) == (2, "", f"{value}: not known; there is: {known}\n")


def test_a_file_that_cannot_be_written_is_said(tmp_path):
    make_world(shared=True)
    status, _out, err = run(*ASKED, "--out", tmp_path)
    assert status == 2
    assert "cannot be written" in err


def test_basis_and_format_are_closed_lists():
    with pytest.raises(CommandError):
        run(*ASKED, "--basis", "draft")
    with pytest.raises(CommandError):
        run(*ASKED, "--format", "pdf")
