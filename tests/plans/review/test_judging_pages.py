"""What a reviewer judges with: the words of every element, the right digits, and nothing half seen."""

import re

import pytest

from plans.models import ItemReview
from tests.plans import cast
from tests.plans.review.pages import item_address, post, tab, text_of
from tests.plans.review.reading import Reviewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return cast.in_english(client_of)


def _digits_cells(text: str) -> list[str]:
    return re.findall(r'<td data-label="Digits of the best objective".*?</td>', text, re.DOTALL)


def test_an_item_shows_the_words_of_every_element(plan, client_of):
    def values(person, code: str) -> dict[str, list[tuple[str, ...]]]:
        row = client_of(person).get(item_address(plan, code)).context["row"]
        return {
            criterion.criterion: [value for line in criterion.lines for value in line.values]
            for criterion in row.criteria
        }

    assert values(plan.reviewer, "P1") == {
        "D": [],
        "G": [("result", "a fifth fewer"), ("target_group", "the north"), ("due", "2029")],
        "A": [("target_group", "tenants"), ("chain_link", "prevention, reaction")],
        "I": [("responsible", "prevention"), ("due", "2027")],
        "M": [("target_value", "80"), ("source", "recorded crime")],
        "C": [("partner", "municipality"), ("chain_link", "prevention, reaction")],
    }
    text = text_of(client_of(plan.reviewer), item_address(plan, "P1"))
    assert [words in text for words in ("a fifth fewer", "tenants", "recorded crime", "municipality")] == [
        True
    ] * 4


def test_words_of_elements_that_are_confidential_stay_hidden(client_of):
    action = {
        "title": "A secret action",
        "items": "P1",
        "confidential": True,
        "responsible": "SECRET service",
        "partners": ["SECRET partner"],
    }
    objective = {"title": "Drugs", "items": "P1", "result": "an open result", "actions": [action]}
    plan = Reviewed(elaborated=False, objectives=[objective], choices={"P1": "retained"})
    text = text_of(client_of(plan.reviewer), item_address(plan, "P1"))
    assert ["SECRET" in text, "an open result" in text, "confidential element" in text] == [False, True, True]
    text = text_of(client_of(plan.cleared), item_address(plan, "P1"))
    assert ["SECRET service" in text, "SECRET partner" in text] == [True, True]


def test_an_item_that_is_partly_confidential_waits_for_a_reviewer_with_clearance(plan, client_of):
    client = client_of(plan.reviewer)
    text = text_of(client, item_address(plan, "P2"))
    assert "Part of this item is confidential: a reviewer with clearance reads it." in text
    assert 'value="confirm"' not in text
    answer = post(client, item_address(plan, "P2"), verdict="save", digit_G="0", reason_G="typed")
    assert (answer.status_code, answer.context["form"]["reason_G"].value()) == (409, "typed")
    plan.read("P2")
    client.post(f"{item_address(plan, 'P2')}back/", {"version": "1"})
    assert ItemReview.objects.values_list("item__code", "reviewed_by").get() == ("P2", plan.cleared.pk)


def test_how_far_a_reading_is_counts_what_its_reader_can_read(plan, client_of):
    plan.confirm("P1")
    text = text_of(client_of(plan.reviewer), tab(plan))
    assert ["1 of 2 items read" in text, "Part of 2 items is confidential" in text] == [True, True]
    assert "1 of 4 items read" in text_of(client_of(plan.cleared), tab(plan))
    answer = post(client_of(plan.reviewer), item_address(plan, "T1"))
    # P2 and P3 are not offered as the next to read.
    assert answer["Location"] == f"{tab(plan)}#finish"
    text = text_of(client_of(plan.reviewer), tab(plan))
    assert ["Finish the review" in text, "2 items get no reviewed level" in text] == [True, True]


def test_the_zone_is_told_what_was_not_reviewed(plan, client_of):
    plan.confirm("P1", "T1")
    told = "2 items were not reviewed, because part of them is confidential: P2, P3."
    assert told not in text_of(client_of(plan.editor), tab(plan))
    plan.finish()
    assert told in text_of(client_of(plan.editor), tab(plan))


def test_digits_of_the_objective_and_of_the_item_are_named_apart(client_of):
    """Objective 1 earns the level; the partner of objective 2 counts for the item alone."""
    action = {"title": "An action", "items": "P1"}
    objectives = [
        {"title": "One", "items": "P1", "result": "less", "actions": [action]},
        {"title": "Two", "items": "P1", "actions": [action | {"partners": ["a school"], "links": []}]},
        {"title": "Three", "items": "P2", "actions": [action | {"items": "P2"}]},
    ]
    objectives[0]["actions"][0] = action | {"responsible": "prevention"}
    plan = Reviewed(elaborated=False, objectives=objectives)
    answer = client_of(plan.reviewer).get(tab(plan))
    line, other, *_rest = answer.context["desk"].lines
    assert (line.derived.objective, line.derived.digits["C"], line.row.digits["C"]) == ("1", 0, 1)
    named = [re.sub(r"<[^>]*>", " ", cell) for cell in _digits_cells(answer.content.decode())]
    assert [("objective 1" in cell, "the whole item" in cell) for cell in named[:1]] == [(True, True)]
    assert [("objective 3" in cell, "the whole item" in cell) for cell in named[1:2]] == [(True, False)]
