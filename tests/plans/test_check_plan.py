"""`check_plan`: a document in, suggestions per item out; without a database, without a trace."""

import csv
import io
import json

import pytest
from django.core.management import call_command

from plans.selectors.suggestions import shipped_lexicon
from tests.plans.extraction.making_pdf import Page, write_pdf

PLAN = """\
# Onze prioriteiten

- Drugs
- Verkeersveiligheid
- Woninginbraken

# Interne werking

- Digitalisering van het korps
- =Welzijn
"""
FOUND = {"P3", "P7", "P9"}


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.md"
    path.write_text(PLAN)
    return path


def run(*arguments) -> str:
    out = io.StringIO()
    call_command("check_plan", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_json_lists_every_item_of_the_edition_with_page_and_quote(plan):
    data = json.loads(run(plan, "--json"))
    assert (data["file"], data["edition"], data["passages"]) == (str(plan), "kiv-2022-2024", 7)
    assert [item["code"] for item in data["items"]] == list(shipped_lexicon("kiv-2022-2024").items)
    assert {item["code"] for item in data["items"] if item["tier"]} == FOUND
    drugs = next(item for item in data["items"] if item["code"] == "P3")
    assert drugs == {
        "code": "P3",
        "tier": "strong",
        "passages": [{"page": None, "quote": "Drugs", "tier": "strong", "terms": ["Drugs"]}],
    }


def test_csv_has_a_row_per_passage_and_one_for_an_item_without(plan):
    rows = list(csv.reader(io.StringIO(run(plan, "--csv"))))
    assert rows[0] == ["item", "tier", "page", "quote", "terms"]
    assert [row[0] for row in rows[1:]] == list(shipped_lexicon("kiv-2022-2024").items)
    assert ["P9", "strong", "", "Verkeersveiligheid", "Verkeersveiligheid"] in rows


def test_csv_never_holds_a_formula(tmp_path):
    path = tmp_path / "plan.md"
    path.write_text("# Prioriteiten\n\n- =drugs\n")
    rows = list(csv.reader(io.StringIO(run(path, "--csv"))))
    assert [row[3] for row in rows if row[0] == "P3"] == ["'=drugs"]


def test_lines_say_that_nothing_is_evidence(plan):
    lines = run(plan).splitlines()
    assert lines[0] == f"{plan}: 7 passages; seems to contain 3 of 15 of kiv-2022-2024"
    assert lines[1] == "Suggestions, not evidence: a person decides."


def test_a_pdf_gives_its_pages(tmp_path):
    path = tmp_path / "plan.pdf"
    path.write_bytes(
        write_pdf(
            Page().put(70, 700, "Voorwoord van de korpschef."),
            Page().put(70, 700, "De zone wil het aantal woninginbraken verminderen tegen 2027."),
        )
    )
    items = json.loads(run(path, "--json"))["items"]
    assert {item["code"]: [one["page"] for one in item["passages"]] for item in items if item["tier"]} == {
        "P7": [2]
    }


def test_the_language_can_be_said(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text("Stupéfiants")
    items = json.loads(run(path, "--json", "--language", "fr"))["items"]
    assert [item["code"] for item in items if item["tier"]] == ["P3"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("plan.md", b"", "is empty"),
        ("plan.pdf", b"%PDF-1.7\nnothing", "is incomplete; copy or download it again"),
        ("plan.docx", b"not a zip", "is not what its name says; give it the right ending"),
        ("plan.exe", b"MZ", "is of a kind that is not read: use PDF, DOCX, ODT, text or Markdown"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_and_status_2(tmp_path, capsys, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        call_command("check_plan", str(path))
    assert ended.value.code == 2
    assert capsys.readouterr().err == f"{path}: {reason}\n"


def test_an_edition_without_a_lexicon_is_refused(plan, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("check_plan", str(plan), "--edition", "kiv-1999")
    assert ended.value.code == 2
    assert capsys.readouterr().err == "kiv-1999: there is no lexicon of this edition\n"
