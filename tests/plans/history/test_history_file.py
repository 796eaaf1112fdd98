"""The history as CSV: what the filter shows, in columns, without formulas, bounded."""

import csv
from io import StringIO

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from kiv.audit.services import record
from plans.reports.as_csv import FORMULA_SIGNS, write_csv
from plans.services.entries import add_entry
from plans.views import history
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.plans.cast import in_english
from tests.plans.history.pages import at, whats

FILE = "history_file"


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.fixture
def assessment():
    return AssessmentFactory(zone__name="PZ Ünder/..", zone__code="5345")


@pytest.fixture
def plan(assessment):
    return assessment.version.plan


@pytest.mark.django_db
def test_the_file_says_what_the_page_says(client_of, assessment, plan):
    editor = UserFactory(name="=cmd|' /C calc'!A0", editor_of=plan.zone)
    add_entry(assessment=assessment, kind="objective", by=editor, values={"title": "x", "number": "=1+1"})
    client = client_of(editor)
    answer = client.get(at(plan, FILE))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == ('attachment; filename="kiv-history-5345-pz-under-2026-2031.csv"')
    assert "no-store" in answer["Cache-Control"]
    head, first, second = rows_of(answer.content)
    assert head == ["When", "Who", "About", "What"]
    assert first[1:] == [
        "'=cmd|' /C calc'!A0",
        "objectives and diagnosis",
        "Objective =1+1 was added.",
    ]
    assert second[1:3] == ["an operator", "plan and versions"]
    assert [row[3] for row in (first, second)] == whats(client.get(at(plan)))
    asked = {"about": "entries", "page": "7"}
    assert rows_of(client.get(at(plan, FILE), asked).content) == [head, first]


@pytest.mark.django_db
def test_the_file_is_bounded_and_holds_the_newest(client_of, assessment, plan, monkeypatch):
    monkeypatch.setattr(history, "MAX_LINES", 3)
    with transaction.atomic():
        for number in range(5):
            record("document.removed", by=None, on=assessment, plan=plan.pk, number=number)
    client = client_of(UserFactory(reader_of=plan.zone))
    rows = rows_of(client.get(at(plan, FILE)).content)
    assert [row[3] for row in rows[1:]] == [f"Document {number} was removed." for number in (4, 3, 2)]
    assert "the newest 3 lines" in client.get(at(plan)).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_file_costs_the_same_for_one_line_and_for_three(
    client_of, assessment, plan, django_assert_num_queries, number
):
    with transaction.atomic():
        for _ in range(number):
            record("document.removed", by=UserFactory(), on=assessment, plan=plan.pk, number=1)
    client = client_of(UserFactory(reader_of=plan.zone))
    # session, user, roles, assessment, who did it, their names, events, items
    with django_assert_num_queries(8):
        assert (
            len(rows_of(client.get(at(plan, FILE)).content)) == number + 2
        )  # the names of the columns, and the start


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1), max_size=4)
)
def test_every_text_comes_back_and_none_is_a_formula(rows):
    back = rows_of(write_csv(rows))
    for row, read in zip(
        (row for row in rows if row != [""]), (row for row in back if row != [""]), strict=True
    ):
        for cell, found in zip(row, read, strict=True):
            assert found in (cell, f"'{cell}")
            assert not found.lstrip(" ").startswith(FORMULA_SIGNS)
