"""What an earlier plan offers: what is here already, what is lost between editions, which dates are past."""

import pytest

from plans.planformat import PlanContent
from plans.planformat.carrying import early_year, offer
from plans.planformat.carrying_types import Early, Lost

#: P1 (only its aspect "north") and T1 are the same in both editions; P4 is not.
SAME = {"P1": {"north"}, "T1": set()}


def plan(**parts) -> PlanContent:
    return PlanContent.model_validate({"plan": {"name": "a plan"}, "edition": "small", **parts})


def offered(source: dict, here: dict | None = None, first_year: int = 2026):
    return offer(plan(**source), plan(**(here or {})), SAME, first_year=first_year)


def first_objective(objective: dict, here: dict | None = None, **parts):
    return offered({"objectives": [objective], **parts}, here).objectives[0]


def named(entry) -> list[tuple]:
    return [(ref.item, ref.aspects) for ref in entry.items]


FULL = {
    "number": "3",
    "title": "Drugs",
    "items": [{"item": "P1", "aspects": ["north", "south"]}, "P4", "T1"],
    "due": "eind 2024",
    "actions": [{"title": "Visit", "items": ["P4"], "due": "2023-2025"}, {"title": "Lesson", "due": 2027}],
    "indicators": [{"title": "Visits", "items": ["T1", "P4"]}],
}


def test_items_that_are_the_same_come_along_and_the_others_are_listed():
    row = first_objective(FULL)
    assert named(row.entry) == [("P1", ("north",)), ("T1", ())]
    assert [named(part) for part in (*row.entry.actions, *row.entry.indicators)] == [[], [], [("T1", ())]]
    assert row.lost == (
        Lost("Drugs", "P1", "south"),
        Lost("Drugs", "P4"),
        Lost("Visit", "P4"),
        Lost("Visits", "P4"),
    )


@pytest.mark.parametrize(
    ("objective", "is_proposed"),
    [
        ({"items": ["P1"], "due": "2027"}, True),
        ({"items": ["P1"], "due": "2024"}, False),
        ({"items": ["P4"]}, False),
    ],
)
def test_what_asks_for_attention_is_not_proposed(objective, is_proposed):
    found = offered({"objectives": [{"title": "x"} | objective]})
    assert (len(found.free), len(found.ticked), found.is_partly_ticked) == (1, is_proposed, not is_proposed)


def test_due_dates_before_the_cycle_are_kept_and_listed():
    row = first_objective(FULL)
    assert row.early == (Early("Drugs", "eind 2024", 2024), Early("Visit", "2023-2025", 2025))
    assert [row.entry.due, *(action.due for action in row.entry.actions)] == [
        "eind 2024",
        "2023-2025",
        "2027",
    ]


@pytest.mark.parametrize(
    ("due", "year"),
    [
        ("2024", 2024),
        ("31/12/2025", 2025),
        ("2024-2027", None),
        ("2026", None),
        ("eind 2030", None),
        ("elk jaar", None),
        ("", None),
        ("12024", None),
        ("dossier 20245", None),
    ],
)
def test_which_due_dates_lie_before_2026(due, year):
    assert early_year(due, 2026) == year


def test_an_identical_objective_is_here_whatever_its_number_and_the_order_of_its_items():
    here = FULL | {
        "number": "9",
        "items": ["T1", {"item": "P1", "aspects": "north"}],
        "actions": [{"title": "Visit", "due": "2023-2025"}, {"title": "Lesson", "due": 2027}],
        "indicators": [{"title": "Visits", "items": ["T1"]}],
    }
    found = offered({"objectives": [FULL]}, {"objectives": [here]})
    assert [(row.here, row.namesake) for row in found.objectives] == [("9", "")]
    assert (found.free, found.ticked) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    "change",
    [{"due": "2027"}, {"items": ["T1"]}, {"actions": []}, {"indicators": []}, {"confidential": True}],
)
def test_what_differs_is_not_here_but_is_no_longer_proposed_under_the_same_title(change):
    found = offered(
        {"objectives": [FULL]}, {"objectives": [FULL | {"title": " drugs", "items": []} | change]}
    )
    (row,) = found.objectives
    assert (row.here, row.namesake, row.has_taken_number) == ("", "3", True)
    assert (found.free, found.ticked) == ({row.key}, frozenset())


def test_twins_stay_twins():
    twins = {"objectives": [{"title": "x"}, {"title": "x"}], "diagnosis": [{"text": "y"}, {"text": "y"}]}
    found = offered(twins, {"objectives": [{"number": "2", "title": "x"}], "diagnosis": [{"text": "y"}]})
    assert [row.here for row in found.objectives] == ["2", ""]
    assert sorted(row.here for row in found.diagnoses) == ["", "1"]
    assert len(offered(twins).free) == 4


def test_diagnosis_entries_are_told_apart_by_all_they_hold():
    entry = {"text": "It rises", "kind": "figure", "figure": "12", "source": "ANG", "items": ["P1"]}
    changes = [{}, {"kind": "perception"}, {"figure": "13"}, {"source": ""}, {"items": []}]
    found = offered({"diagnosis": [entry | change for change in changes]}, {"diagnosis": [entry]})
    assert [row.here for row in found.diagnoses] == ["1", "", "", "", ""]


def test_a_key_follows_what_the_entry_says():
    def key(**change):
        return first_objective({"title": "x", "number": "1"} | change).key

    assert key() == key()
    assert len({key(), key(title="y"), key(number="2"), key(actions=[{"title": "z"}])}) == 4


MOTIVATED = {"choice": "not_retained", "reason": "capacity", "pointer": "PJF", "line": "No people."}


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        ({}, "free"),
        ({"P1": "undecided"}, "free"),
        ({"P1": {"choice": "undecided", "confidential": True}}, "free"),
        ({"P1": {"choice": "undecided", "line": "begun"}}, "decided"),
        ({"P1": "retained"}, "decided"),
        ({"P1": MOTIVATED | {"line": "Other words."}}, "decided"),
        ({"P1": MOTIVATED}, "here"),
    ],
)
def test_choices_come_only_where_nothing_was_decided(present, expected):
    (row,) = offered({"choices": {"P1": MOTIVATED}}, {"choices": present}).choices
    assert {"free": row.is_free, "decided": row.is_decided, "here": row.is_here} == {
        name: name == expected for name in ("free", "decided", "here")
    }


def test_a_choice_about_an_item_without_counterpart_stays_behind():
    found = offered({"choices": {"P4": "retained", "T1": "undecided"}})
    assert [(row.item, row.is_lost, row.is_free) for row in found.choices] == [("P4", True, False)]
    assert found.free == frozenset()


def test_nothing_becomes_less_confidential():
    secret = {"confidential": True, "item_confidential": True}
    source = {"objectives": [{"title": "x", "confidential": True}], "choices": {"P1": MOTIVATED}}
    found = offered(source, {"choices": {"P1": {"choice": "undecided", **secret}}})
    assert found.objectives[0].entry.confidential is True
    assert (found.choices[0].entry.confidential, found.choices[0].entry.item_confidential) == (True, True)


def test_a_wholly_confidential_item_that_is_open_here_is_told():
    source = {"choices": {"P1": {"choice": "retained", "item_confidential": True}}}
    exposed = [
        offered(source, {"choices": here}).choices[0].is_exposed
        for here in ({}, {"P1": "retained"}, {"P1": {"choice": "regular", "item_confidential": True}})
    ]
    assert exposed == [True, True, False]


HIDDEN = {"P4": {"choice": "retained", "item_confidential": True}, "P1": "retained"}


@pytest.mark.parametrize(
    ("objective", "flags"),
    [
        ({"items": ["P4"]}, (True, True, False)),
        ({"items": ["P4", "P1"]}, (False, False, False)),
        ({"items": []}, (False, False, False)),
        ({"items": ["P1"], "actions": [{"title": "y", "items": ["P4"]}]}, (True, False, True)),
        ({"items": ["P1"], "indicators": [{"title": "y", "items": ["P4"]}]}, (True, True, False)),
    ],
)
def test_what_only_a_lost_item_hid_arrives_as_confidential(objective, flags):
    row = first_objective({"title": "x"} | objective, choices=HIDDEN)
    actions = any(action.confidential for action in row.entry.actions)
    assert (row.is_sealed, row.entry.confidential, actions) == flags


def test_a_diagnosis_that_a_lost_item_hid_arrives_as_confidential():
    found = offered({"diagnosis": [{"text": "x", "items": "P4"}, {"text": "y"}], "choices": HIDDEN})
    assert [row.entry.confidential for row in found.diagnoses] == [True, False]


def test_passages_are_never_offered():
    passage = {"item": "P1", "elements": ["objective"], "quote": "By 2029.", "objective": "1"}
    assert offered({"objectives": [], "passages": [passage | {"objective": None}]}).keys == frozenset()
