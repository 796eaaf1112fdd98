"""Choices and motivations: all or none, never over somebody else's, proposals confirmed at once."""

import pytest
from django.core.exceptions import ValidationError

from plans.services.choices import ChoiceChange, StaleChoices, confirm_proposals, save_choices
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.plans.services.acting import event_count, events_since, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return AssessmentFactory(choices={"P1": "retained"})


@pytest.fixture
def editor(assessment):
    return UserFactory(editor_of=assessment.version.plan.zone)


def chosen(assessment):
    rows = assessment.choices.select_related("item")
    return {row.item.code: (row.choice, row.reason, row.line, row.revision) for row in rows}


def states(assessment):
    return {row.item.code: row.state for row in assessment.scores.select_related("item")}


MOTIVATED = {"choice": "not_retained", "reason": "capacity", "line": "No capacity."}


def test_many_at_once(assessment, editor):
    mark = event_count()
    changes = [
        ChoiceChange(item="P1", revision=1, choice="retained"),
        ChoiceChange(item="P2", revision=0, **MOTIVATED),
        ChoiceChange(item="T1", revision=0, choice="regular", line="Every day."),
        ChoiceChange(item="T2", revision=0),
    ]
    assert save_choices(assessment=assessment, by=editor, changes=changes) == ["P2", "T1"]
    assert chosen(assessment) == {
        "P1": ("retained", "", "", 1),
        "P2": ("not_retained", "capacity", "No capacity.", 1),
        "T1": ("regular", "", "Every day.", 1),
    }
    assert states(assessment) == {
        "P1": "to_elaborate",
        "P2": "motivated",
        "P3": "open",
        "T1": "regular",
        "T2": "open",
    }
    plan = assessment.version.plan
    data = {"plan": plan.pk, "choices": {"P2": "not_retained", "T1": "regular"}}
    assert events_since(mark) == [
        ("choices.saved", editor.pk, "plans.planversion", str(assessment.version_id), plan.zone_id, data)
    ]


def test_saving_nothing_new_leaves_no_trace(assessment, editor):
    mark = event_count()
    changes = [ChoiceChange(item="P1", revision=1, choice="retained")]
    assert save_choices(assessment=assessment, by=editor, changes=changes) == []
    assert events_since(mark) == []


def test_stale_choices_are_all_told_and_nothing_is_saved(assessment, editor):
    theirs = [
        ChoiceChange(item="P1", revision=1, **MOTIVATED),
        ChoiceChange(item="P2", revision=0, choice="retained"),
    ]
    save_choices(assessment=assessment, by=editor, changes=theirs)
    before = stored()
    mine = [
        ChoiceChange(item="P1", revision=1, choice="regular"),
        ChoiceChange(item="P2", revision=0, choice="regular"),
        ChoiceChange(item="P3", revision=0, choice="regular"),
        ChoiceChange(item="T1", revision=4, choice="regular"),
    ]
    with pytest.raises(StaleChoices) as stale:
        save_choices(assessment=assessment, by=editor, changes=mine)
    found = {code: row and (row.choice, row.revision) for code, row in stale.value.stored.items()}
    assert found == {"P1": ("not_retained", 2), "P2": ("retained", 1), "T1": None}
    assert stored() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"item": "P9", "revision": 0},
        {"item": "P2", "revision": 0, "choice": "perhaps"},
        {"item": "P2", "revision": 0, "choice": "not_retained", "reason": "money"},
        {"item": "P2", "revision": 0, "choice": "regular", "line": "x" * 5_001},
        {"item": "P2", "revision": 0, "choice": "regular", "pointer": "x" * 201},
        {"item": "P2", "revision": 0, "choice": "regular", "line": "a\x00b"},
        {"item": "P3", "revision": 0, "choice": "regular"},
    ],
)
def test_wrong_choices_save_nothing(wrong, assessment, editor):
    """The last one stands twice."""
    before = stored()
    changes = [ChoiceChange(item="P3", revision=0, choice="retained"), ChoiceChange(**wrong)]
    with pytest.raises(ValidationError):
        save_choices(assessment=assessment, by=editor, changes=changes)
    assert stored() == before


@pytest.mark.parametrize(
    ("choice", "state"),
    [
        ({"choice": "retained"}, "to_elaborate"),
        ({"choice": "regular"}, "open"),
        ({"choice": "regular", "line": " \n "}, "open"),
        ({"choice": "regular", "line": "Daily."}, "regular"),
        ({"choice": "not_retained"}, "open"),
        ({"choice": "not_retained", "reason": "other"}, "open"),
        ({"choice": "not_retained", "line": "Because."}, "open"),
        ({"choice": "not_retained", "reason": "other", "line": "Because."}, "motivated"),
        ({"choice": "undecided", "reason": "other", "line": "Because."}, "open"),
    ],
)
def test_the_state_that_follows(choice, state, assessment, editor):
    save_choices(assessment=assessment, by=editor, changes=[ChoiceChange(item="P2", revision=0, **choice)])
    assert states(assessment)["P2"] == state


def test_proposals_are_confirmed_at_once():
    """P1 has an objective, P2 a diagnosis (its line is missing), P3 a quote, T1 an action; T2 is decided."""
    assessment = AssessmentFactory(
        objectives=[
            {"title": "a", "items": ["P1", "T2"], "actions": [{"title": "b", "items": "T1"}]},
        ],
        diagnosis=[{"text": "c", "items": "P2"}],
        passages=[{"item": "P3", "elements": ["description"], "quote": "d"}],
        choices={"T2": {"choice": "not_retained", "reason": "other", "line": "x"}},
    )
    editor = UserFactory(editor_of=assessment.version.plan.zone)
    mark = event_count()
    assert confirm_proposals(assessment=assessment, by=editor) == ["P1", "P3", "T1"]
    assert {code: row[0] for code, row in chosen(assessment).items()} == {
        "P1": "retained",
        "P3": "regular",
        "T1": "retained",
        "T2": "not_retained",
    }
    assert [(event[0], event[5]["choices"]) for event in events_since(mark)] == [
        ("choices.saved", {"P1": "retained", "P3": "regular", "T1": "retained"})
    ]
    assert confirm_proposals(assessment=assessment, by=editor) == []


def test_confirming_keeps_what_was_written_beside_an_undecided_choice():
    assessment = AssessmentFactory(
        objectives=[{"title": "a", "items": "P1"}],
        choices={"P1": {"choice": "undecided", "line": "to discuss", "item_confidential": True}},
    )
    assert confirm_proposals(assessment=assessment, by=None) == ["P1"]
    row = assessment.choices.get()
    assert (row.choice, row.line, row.is_item_confidential) == ("retained", "to discuss", True)
