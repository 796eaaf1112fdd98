"""What the history says of a review: a day of reading in one line, each item for itself in the file."""

import datetime

import pytest
import time_machine
from django.db import transaction

from kiv.audit.services import record
from plans.services.readings import ask_second_reading, complete_reading, settle_difference
from plans.services.remarks import answer_remark, close_remark, reply_to_remark, write_remark
from tests.plans.cast import in_english
from tests.plans.history.pages import at, lines, text, whats
from tests.plans.review.reading import KNOWN, Reviewed, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def reviewed():
    plan = Reviewed()
    day = datetime.datetime(2026, 11, 24, 22, 30, tzinfo=datetime.UTC)  # half an hour before midnight
    with time_machine.travel(day, tick=False):
        plan.confirm("P1")
        plan.review("T1", judged("G", 0))
        plan.read("P2")
    with time_machine.travel(day + datetime.timedelta(hours=1), tick=False):
        plan.read("P3")
    return plan


def test_what_one_person_read_on_one_day_is_one_line_that_opens(client_of, reviewed):
    page = client_of(reviewed.editor).get(at(reviewed.made.version.plan))
    first, cleared = reviewed.reviewer.name, reviewed.cleared.name
    assert lines(page)[:4] == [
        (cleared, "In the review of version 1 was read: P3."),
        (cleared, "In the review of version 1 was read: P2."),
        (first, "In the review of version 1, 2 items were read."),
        (first, "A review of version 1 was begun."),
    ]
    assert [part["what"] for part in page.context["lines"][2]["parts"]] == [
        "In the review of version 1 was read: T1.",
        "In the review of version 1 was read: P1.",
    ]
    assert "In the review of version 1 was read: T1." in text(page)


def test_the_file_keeps_one_line_for_each(client_of, reviewed):
    told = client_of(reviewed.editor).get(at(reviewed.made.version.plan, "history_file")).text
    assert [f"was read: {code}." in told for code in ("P1", "P2", "P3", "T1")] == [True] * 4
    assert "items were read" not in told


def test_comparing_two_readings_is_said(client_of, reviewed):
    ask_second_reading(assessment=reviewed.assessment, reader=reviewed.colleague, by=reviewed.cleared)
    reviewed.read(*KNOWN, kind="second", by=reviewed.colleague)
    for kind, by in (("first", reviewed.cleared), ("second", reviewed.colleague)):
        complete_reading(assessment=reviewed.assessment, kind=kind, by=by)
    settle_difference(assessment=reviewed.assessment, item="T1", like="first", by=reviewed.cleared)
    told = whats(client_of(reviewed.editor).get(at(reviewed.made.version.plan)))
    assert told[:2] == [
        "In the review of version 1 was read: T1.",
        "Two readings of version 1 were compared, to settle where they differ.",
    ]
    assert told.count("A review of version 1 was begun.") == 1


class TestRemarks:
    """The whole of what was said of P1, and a line about an item of which nobody outside knows."""

    TOLD = (
        "Remark 1 was closed, about P1.",
        "The reviewer went on about remark 1, on P1.",
        "Remark 1 was answered, about P1.",
        "Remark 1 was written, about P1.",
    )
    SHARED = "Version 1 was shared for review."

    @pytest.fixture
    def plan(self, reviewed):
        remark = write_remark(
            assessment=reviewed.assessment,
            item="P1",
            text="SECRET",
            is_confidential=True,
            by=reviewed.cleared,
        )
        answer_remark(remark=remark, text="SECRET", by=reviewed.lead)
        reply_to_remark(remark=remark, text="SECRET", by=reviewed.cleared)
        close_remark(remark=remark, by=reviewed.cleared)
        version = reviewed.made.version
        with transaction.atomic():
            record("remark.written", by=None, on=version, plan=version.plan_id, number=1, remark=2, item="T2")
            record("remark.written", by=None, on=version, plan=version.plan_id, number=2, remark=1)
        return version.plan

    def test_reviewers_read_when_and_not_who_read_which_item(self, client_of, reviewed, plan):
        for reader in (reviewed.reviewer, reviewed.cleared):
            client = client_of(reader)
            page, file = client.get(at(plan)), client.get(at(plan, "history_file")).text
            assert whats(page) == [*self.TOLD, self.SHARED]
            assert "T2" not in text(page) + file
            assert "SECRET" not in text(page) + file
            assert file.count("Remark") == 3

    def test_whoever_still_reads_blind_reads_none_of_it(self, client_of, reviewed, plan):
        ask_second_reading(assessment=reviewed.assessment, reader=reviewed.colleague, by=reviewed.cleared)
        assert whats(client_of(reviewed.colleague).get(at(plan))) == [self.SHARED]
        file = client_of(reviewed.colleague).get(at(plan, "history_file")).text
        assert "emark" not in file
