"""The headlines: computed, correct and readable for none, one, some and all."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from plans.coverage_list_sentences import (
    agenda_sentence,
    item_headline,
    reason_label,
    step_words,
    steps_sentence,
    waiting_words,
    zone_headline,
)

STATES = ("elaborated", "to_elaborate", "regular", "motivated", "open")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def counts(*numbers):
    return dict(zip(STATES, numbers, strict=True))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((0, 0, 0, 0, 0), "No plan is shown here, so nothing can be said of P2."),
        ((1, 0, 0, 0, 0), "The one plan shown elaborates P2."),
        ((0, 0, 0, 0, 1), "The one plan shown leaves P2 open."),
        ((0, 0, 0, 1, 0), "The one plan shown does not elaborate P2, and does not leave it open."),
        ((0, 1, 0, 1, 1), "None of the 3 plans shown elaborates P2; still open: 1."),
        ((1, 1, 0, 0, 1), "1 of the 3 plans shown elaborates P2; still open: 1."),
        ((14, 6, 2, 4, 5), "14 of the 31 plans shown elaborate P2; still open: 5."),
        ((3, 0, 0, 0, 0), "All 3 plans shown elaborate P2."),
    ],
)
def test_an_item(numbers, said):
    assert item_headline("P2", counts(*numbers)) == said


def test_a_zone():
    # Midnight in Brussels comes before midnight in the database.
    when = datetime(2026, 3, 11, 23, 30, tzinfo=UTC)
    said = "Version 2, shared on 12/03/2026, elaborates 9 of 15 items; still open: 1."
    assert zone_headline(2, when, counts(9, 2, 1, 2, 1)) == said


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((), ""),
        ((2,), "Of 1 item compared with the plan of 2020-2025: at a higher level 1, at a lower level 0."),
        (
            (1, 3, 0, -1),
            "Of 4 items compared with the plan of 2020-2025: at a higher level 2, at a lower level 1.",
        ),
    ],
)
def test_since_the_plan_before(steps, said):
    assert steps_sentence("2020-2025", steps) == said


def test_small_words():
    assert [step_words(step) for step in (None, 0, 1, 3, -1, -2)] == [
        "",
        "the same",
        "1 level higher",
        "3 levels higher",
        "1 level lower",
        "2 levels lower",
    ]
    assert [waiting_words(days) for days in (0, 1, 40)] == ["less than a day", "1 day", "40 days"]
    assert [reason_label(reason) for reason in ("capacity", "", None)] == [
        "insufficient capacity",
        "no reason given",
        "confidential element",
    ]
    said = "1 point: open items 0, worth a look 1, remarks without an answer 0."
    assert agenda_sentence(0, 1, 0) == said
