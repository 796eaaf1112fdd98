"""Two people at the Choices tab at once: nothing is overwritten unseen."""

import pytest

from kiv.audit.models import AuditEvent
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, in_english, make_plan, share
from tests.plans.choosing import address, decide, shown_values, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def zone():
    return ZoneFactory()


@pytest.fixture
def people(zone):
    return Cast(zone)


@pytest.fixture
def assessment(zone):
    return make_plan(zone)


def test_conflict_saves_nothing_and_shows_both_values(client_of, people, assessment):
    first, second = client_of(people.editor), client_of(people.lead)
    seen = shown_values(second.get(address(assessment)))
    mine = shown_values(first.get(address(assessment))) | {"P1-choice": "regular", "P1-line": "first's line"}
    first.post(address(assessment), mine)
    response = second.post(
        address(assessment),
        seen | {"P1-choice": "not_retained", "P1-line": "second's line", "P2-choice": "retained"},
    )
    assert response.status_code == 409
    assert b"data-warn-unsaved data-unsaved " in response.content
    assert stored(assessment) == {"P1": ("regular", "", "", "first's line")}
    (conflict,) = response.context["table"].in_conflict
    assert [(d.label, d.stored, d.typed) for d in conflict.differences] == [
        ("choice", "regular policing", "not retained"),
        ("motivation, or what regular policing does", "first's line", "second's line"),
    ]
    again = shown_values(response)
    typed = {name: again[name] for name in ("P1-choice", "P1-line", "P2-choice")}
    assert typed == {"P1-choice": "not_retained", "P1-line": "second's line", "P2-choice": "retained"}
    # Saving again is a deliberate overwrite.
    assert second.post(address(assessment), again).status_code == 302
    assert stored(assessment) == {
        "P1": ("not_retained", "", "", "second's line"),
        "P2": ("retained", "", "", ""),
    }


@pytest.mark.parametrize("mark", ["is_motivation_confidential", "is_item_confidential"])
def test_a_stale_form_sent_twice_takes_no_mark_of_confidentiality_off(client_of, people, assessment, mark):
    first, second = client_of(people.editor), client_of(people.lead)
    seen = shown_values(second.get(address(assessment)))
    decide(assessment, people.editor, "P1", "retained", **{mark: True})
    response = second.post(address(assessment), seen | {"P1-choice": "regular", "P1-line": "On call"})
    assert response.status_code == 409
    assert [form.row.item.code for form in response.context["table"].keeping_marks] == ["P1"]
    assert "so the boxes are ticked below" in response.content.decode()
    again = shown_values(response)
    assert again[f"P1-{mark}"] == "on"
    second.post(address(assessment), again)
    row = assessment.choices.get()
    assert (row.choice, row.line, getattr(row, mark)) == ("regular", "On call", True)
    # Whoever sees the tick and takes it away means it.
    seen = shown_values(first.get(address(assessment)))
    first.post(address(assessment), {name: value for name, value in seen.items() if name != f"P1-{mark}"})
    assert getattr(assessment.choices.get(), mark) is False


def test_other_rows_are_no_conflict(client_of, people, assessment):
    first, second = client_of(people.editor), client_of(people.lead)
    seen = shown_values(second.get(address(assessment)))
    first.post(address(assessment), shown_values(first.get(address(assessment))) | {"P1-choice": "retained"})
    assert second.post(address(assessment), seen | {"P2-choice": "regular"}).status_code == 302
    assert stored(assessment) == {"P1": ("retained", "", "", ""), "P2": ("regular", "", "", "")}


def test_ticked_row_in_conflict_does_not_bring_back_what_was_shown_before(client_of, people, assessment):
    first, second = client_of(people.editor), client_of(people.lead)
    seen = shown_values(second.get(address(assessment)))
    first.post(address(assessment), shown_values(first.get(address(assessment))) | {"P1-choice": "retained"})
    response = second.post(
        address(assessment), seen | {"ticked_rows": ["P1", "P2"], "for_ticked-choice": "regular"}
    )
    assert response.status_code == 409
    # Without the tick the row stays what the other made of it.
    second.post(address(assessment), shown_values(response) | {"ticked_rows": ["P2"]})
    assert stored(assessment) == {"P1": ("retained", "", "", ""), "P2": ("regular", "", "", "")}


def test_the_same_decision_twice_is_no_conflict(client_of, people, assessment):
    client = client_of(people.editor)
    data = shown_values(client.get(address(assessment))) | {"P1-choice": "retained"}
    assert [client.post(address(assessment), data).status_code for _ in range(2)] == [302, 302]
    assert AuditEvent.objects.filter(event="choices.saved").count() == 1


def test_shared_meanwhile_keeps_what_was_typed(client_of, people, assessment):
    client = client_of(people.editor)
    data = shown_values(client.get(address(assessment))) | {"P1-choice": "retained", "P1-line": "typed"}
    share(assessment)
    response = client.post(address(assessment), data)
    assert (response.status_code, stored(assessment)) == (409, {})
    assert b"can no longer be changed" in response.content
    assert shown_values(response)["P1-line"] == "typed"
    # The page itself is then read by everybody, and changed by nobody.
    assert client.get(address(assessment)).context["table"] is None
