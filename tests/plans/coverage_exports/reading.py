"""How tests read the files of the coverage back: item's code → Counter, as country.count_by_hand does."""

import csv
import json
from collections import Counter
from io import BytesIO, StringIO

from django.utils.translation import override
from openpyxl import load_workbook

from plans.reports.coverage import Coverage, coverage_of
from plans.reports.coverage_paper import CoveragePaper, paper_of, state_words
from plans.scoring import State
from plans.selectors.coverage import Basis, Scope
from tests.factories.accounts import UserFactory
from tests.plans.coverage_exports.country import START

#: Written in English, so that these words can be looked for.
SHEETS = ["About", "Levels", "States", "Choices", "Levels after review", "Counts"]


def paper_for(country, *, user=None, basis="shared", language="en", **scope) -> CoveragePaper:
    user = user or UserFactory(coordinator_of="country")
    asked = Scope(country.cycle, country.edition, Basis(basis), **scope)
    with override(language):
        return paper_of(coverage_of(user, asked), area="the whole country", made_at=START)


def open_xlsx(data: bytes):
    return load_workbook(BytesIO(data))


def rows_of(page) -> list[dict[str, object]]:
    """The rows of a sheet by their heads."""
    heads, *rows = page.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def states_by_words() -> dict[str, str]:
    return {state_words(state): state.value for state in State}


def count_page(coverage: Coverage) -> dict[str, Counter]:
    """What the page counts below its heads."""
    return {
        column.item.code: Counter(
            {("state", state): n for state, n in column.states.items() if n}
            | {("level", level): n for level, n in column.levels.items() if n}
            | {("reviewed", level): n for level, n in column.reviewed.items() if n}
        )
        for column in coverage.columns
    }


def count_xlsx_cells(data: bytes, codes: list[str]) -> dict[str, Counter]:
    """From the cells of the sheets."""
    book, states = open_xlsx(data), states_by_words()
    counts = {code: Counter() for code in codes}
    for name, sheet in (("level", "Levels"), ("state", "States"), ("reviewed", "Levels after review")):
        for row in rows_of(book[sheet]):
            for code in codes:
                value = next(value for head, value in row.items() if head.split()[0] == code)
                if value is not None and value != "confidential":
                    counts[code][name, states[value] if name == "state" else value] += 1
    return counts


def count_xlsx_counts(data: bytes) -> dict[str, Counter]:
    """From the sheet of counts."""
    states = states_by_words()
    counts = {}
    for row in rows_of(open_xlsx(data)["Counts"]):
        counts[row["Item"]] = counted = Counter()
        for head, number in row.items():
            if not number or head in ("Item", "Title", "Plans counted"):
                continue
            if head in states:
                counted["state", states[head]] = number
            elif head.startswith("Level "):
                counted["level", int(head.split()[1])] = number
            else:
                counted["reviewed", int(head.split("level ")[1].split()[0])] = number
    return counts


def csv_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig")), delimiter=";"))


def count_csv(data: bytes, codes: list[str]) -> dict[str, Counter]:
    states = states_by_words()
    counts = {code: Counter() for code in codes}
    for row in csv_rows(data):
        if not row["Item"] or row["State"] == "confidential":
            continue
        counted = counts[row["Item"]]
        counted["state", states[row["State"]]] += 1
        counted["level", int(row["Level"])] += 1
        if row["Level after review"]:
            counted["reviewed", int(row["Level after review"])] += 1
    return counts


def count_json_cells(data: bytes, codes: list[str]) -> dict[str, Counter]:
    counts = {code: Counter() for code in codes}
    for plan in json.loads(data)["plans"]:
        for code, cell in (plan["items"] or {}).items():
            if cell is None:
                continue
            counts[code]["state", cell["state"]] += 1
            counts[code]["level", cell["level"]] += 1
            if cell["reviewed"] is not None:
                counts[code]["reviewed", cell["reviewed"]] += 1
    return counts


def count_json_items(data: bytes) -> dict[str, Counter]:
    return {
        item["code"]: Counter(
            {("state", state): n for state, n in item["states"].items() if n}
            | {("level", int(level)): n for level, n in item["levels"].items() if n}
            | {("reviewed", int(level)): n for level, n in item["reviewed"].items() if n}
        )
        for item in json.loads(data)["items"]
    }
