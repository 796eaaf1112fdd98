"""Adding, changing and removing entries: what is stored and recorded, and what is refused with its reason."""

import pytest
from django.core.exceptions import ValidationError

from plans.models import Action, ItemLink
from plans.planformat import ItemRef
from plans.planformat.types import MAX_DIAGNOSES, MAX_OBJECTIVES, MAX_ON_OBJECTIVE
from plans.services.editing import StaleEdit, TooMany
from plans.services.entries import KINDS, add_entry, change_entry, remove_entry
from tests.factories.accounts import UserFactory
from tests.factories.framework import AspectFactory, EditionFactory, publish
from tests.factories.plans import AssessmentFactory
from tests.plans.services.acting import event_count, events_since, refs, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return AssessmentFactory(objectives=[{"title": "Drugs", "items": "P1"}])


@pytest.fixture
def editor(assessment):
    return UserFactory(editor_of=assessment.version.plan.zone)


def levels(assessment):
    return {row.item.code: row.level for row in assessment.scores.select_related("item")}


def links_of(**source):
    rows = ItemLink.objects.filter(**source).order_by("item__position")
    return [(row.item.code, row.aspects) for row in rows]


def test_an_objective_needs_a_title_and_an_item(assessment, editor):
    mark = event_count()
    entry = add_entry(
        assessment=assessment, kind="objective", by=editor, values={"title": "Verkeer"}, items=refs("P2")
    )
    assert (entry.number, entry.title, entry.revision) == ("2", "Verkeer", 1)
    assert links_of(objective=entry) == [("P2", [])]
    assert levels(assessment) == {"P1": 1, "P2": 1, "P3": 0, "T1": 0, "T2": 0}
    plan = assessment.version.plan
    assert events_since(mark) == [
        (
            "objective.added",
            editor.pk,
            "plans.objective",
            str(entry.pk),
            plan.zone_id,
            {"plan": plan.pk, "items": ["P2"]},
        )
    ]


@pytest.mark.parametrize(
    ("taken", "next_one"),
    [
        ((), "1"),
        (("1", "2"), "3"),
        (("2.1", "A"), "1"),
        (("7", "12"), "13"),
        (("3", "9" * 20), "4"),
    ],
)
def test_the_next_number(taken, next_one):
    assessment = AssessmentFactory(objectives=[{"title": "x", "number": number} for number in taken])
    entry = add_entry(assessment=assessment, kind="objective", by=None, values={"title": "y"})
    assert entry.number == next_one


@pytest.mark.parametrize("kind", ["action", "indicator"])
def test_parts_hang_on_an_objective_of_this_version(kind, assessment, editor):
    objective = assessment.version.objectives.get()
    foreign = AssessmentFactory(objectives=[{"title": "foreign"}]).version.objectives.get()
    mark = event_count()
    entry = add_entry(
        assessment=assessment,
        kind=kind,
        by=editor,
        values={"title": "x"},
        items=refs("P1", "T1"),
        objective=objective,
    )
    assert (entry.objective, links_of(**{kind: entry})) == (objective, [("P1", []), ("T1", [])])
    assert [event[0] for event in events_since(mark)] == [f"{kind}.added"]
    before = stored()
    for wrong in (foreign, None):
        with pytest.raises(ValidationError):
            add_entry(assessment=assessment, kind=kind, by=editor, values={"title": "x"}, objective=wrong)
    assert stored() == before


def test_a_diagnosis(assessment, editor):
    values = {"kind": "mayors", "text": "They ask for patrols.", "figure": "0", "source": "council"}
    entry = add_entry(assessment=assessment, kind="diagnosis", by=editor, values=values, items=refs("P3"))
    assert {name: getattr(entry, name) for name in values} == values
    digits = assessment.scores.get(item__code="P3").digits
    assert digits == {"D": 2, "G": 0, "A": 0, "I": 0, "M": 0, "C": 0}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("objective", {"title": ""}),
        ("objective", {"title": "   "}),
        ("objective", {"title": "x" * 501}),
        ("objective", {"title": "x", "number": "1"}),
        ("objective", {"title": "x", "colour": "red"}),
        ("objective", {"title": "x", "revision": 5}),
        ("diagnosis", {"text": ""}),
        ("diagnosis", {"text": "x", "kind": "rumour"}),
        ("diagnosis", {"text": "x", "figure": "y" * 201}),
        ("diagnosis", {"text": "x" * 5_001}),
        ("objective", {"title": "x", "result": "y" * 5_001}),
        ("objective", {"title": "x\x07"}),
    ],
)
def test_wrong_values_store_nothing(kind, values, assessment, editor):
    before = stored()
    with pytest.raises(ValidationError):
        add_entry(assessment=assessment, kind=kind, by=editor, values=values)
    assert stored() == before


@pytest.mark.parametrize(
    "items", [refs("P9"), refs("p1"), refs("P1", "P1"), [ItemRef(item="P1", aspects=("x",))]]
)
def test_items_are_those_of_the_edition_each_once(items, assessment, editor):
    before = stored()
    with pytest.raises(ValidationError):
        add_entry(assessment=assessment, kind="objective", by=editor, values={"title": "x"}, items=items)
    assert stored() == before


def test_aspects_are_kept_in_the_order_of_the_edition():
    edition = EditionFactory(items=("P1",))
    for code in ("north", "south", "east"):
        AspectFactory(item=edition.items.get(), code=code)
    publish(edition)
    assessment = AssessmentFactory(edition=edition)
    entry = add_entry(
        assessment=assessment,
        kind="objective",
        by=None,
        values={"title": "x"},
        items=[ItemRef(item="P1", aspects=("east", "north"))],
    )
    assert links_of(objective=entry) == [("P1", ["north", "east"])]
    assert assessment.scores.get().detail["aspects"] == ["north", "east"]


def test_changing_counts_saves_and_names_the_changed_fields(assessment, editor):
    entry = assessment.version.objectives.get()
    link = ItemLink.objects.get(objective=entry)
    mark = event_count()
    changed = change_entry(
        assessment=assessment,
        entry=entry,
        by=editor,
        revision=1,
        values={"title": "Drugs", "due": "2029", "result": "less"},
        items=refs("P1", "P2"),
    )
    assert (changed.revision, changed.due, changed.result) == (2, "2029", "less")
    assert links_of(objective=entry) == [("P1", []), ("P2", [])]
    assert ItemLink.objects.get(objective=entry, item__code="P1") == link, "what stays is not made anew"
    plan = assessment.version.plan
    data = {"plan": plan.pk, "fields": ["due", "result"], "items": ["P1", "P2"]}
    assert events_since(mark) == [
        ("objective.changed", editor.pk, "plans.objective", str(entry.pk), plan.zone_id, data)
    ]


def test_naming_another_item_lets_go_of_the_first(assessment, editor):
    entry = assessment.version.objectives.get()
    change_entry(assessment=assessment, entry=entry, by=editor, revision=1, values={}, items=refs("T2"))
    assert links_of(objective=entry) == [("T2", [])]
    assert levels(assessment) == {"P1": 0, "P2": 0, "P3": 0, "T1": 0, "T2": 1}


@pytest.mark.parametrize("kind", KINDS)
def test_a_stale_edit_is_refused_with_what_is_stored(kind):
    assessment = AssessmentFactory(elaborated=True)
    editor = UserFactory(editor_of=assessment.version.plan.zone)
    model = KINDS[kind].model
    entry = model.objects.first()
    field = "text" if kind == "diagnosis" else "title"
    change_entry(
        assessment=assessment, entry=entry, by=editor, revision=1, values={field: "theirs"}, items=[]
    )
    before = stored()
    with pytest.raises(StaleEdit) as stale:
        change_entry(
            assessment=assessment, entry=entry, by=editor, revision=1, values={field: "mine"}, items=[]
        )
    assert (getattr(stale.value.stored, field), stale.value.stored.revision) == ("theirs", 2)
    with pytest.raises(StaleEdit):
        remove_entry(assessment=assessment, entry=entry, by=editor, revision=1)
    assert stored() == before


def test_an_edit_of_what_is_gone_is_stale(assessment, editor):
    entry = assessment.version.objectives.get()
    remove_entry(assessment=assessment, entry=entry, by=editor, revision=1)
    with pytest.raises(StaleEdit):
        change_entry(assessment=assessment, entry=entry, by=editor, revision=1, values={}, items=[])
    with pytest.raises(StaleEdit):
        remove_entry(assessment=assessment, entry=entry, by=editor, revision=1)


def test_an_entry_of_another_plan_is_not_changed_from_here(assessment, editor):
    """A person edits their own plan, and sends the number of a stranger's entry with it."""
    foreign = AssessmentFactory(elaborated=True).version
    objective = foreign.objectives.first()
    theirs = (objective, objective.actions.get(), objective.indicators.get(), foreign.diagnoses.first())
    before = stored()
    for entry in theirs:
        with pytest.raises(ValidationError):
            change_entry(assessment=assessment, entry=entry, by=editor, revision=1, values={}, items=[])
        with pytest.raises(ValidationError):
            remove_entry(assessment=assessment, entry=entry, by=editor, revision=1)
    assert stored() == before


def test_removing_takes_what_hangs_and_leaves_passages_loose():
    assessment = AssessmentFactory(elaborated=True)
    editor = UserFactory(editor_of=assessment.version.plan.zone)
    entry = assessment.version.objectives.get(number="1")
    mark = event_count()
    remove_entry(assessment=assessment, entry=entry, by=editor, revision=1)
    assert not Action.objects.filter(title="Advice at the door").exists()
    assert assessment.passages.get(item__code="P1").objective is None
    row = assessment.scores.get(item__code="P1")
    assert (row.level, row.objective) == (1, "")
    plan = assessment.version.plan
    assert events_since(mark) == [
        ("objective.removed", editor.pk, "plans.objective", str(entry.pk), plan.zone_id, {"plan": plan.pk})
    ]


@pytest.mark.parametrize(
    ("kind", "limit"),
    [("objective", MAX_OBJECTIVES), ("diagnosis", MAX_DIAGNOSES), ("action", MAX_ON_OBJECTIVE)],
)
def test_a_plan_is_bounded(kind, limit, assessment, editor):
    objective = assessment.version.objectives.get()
    model = KINDS[kind].model
    on = {"objective": objective} if kind == "action" else {"version": assessment.version}
    words = {"text": "x"} if kind == "diagnosis" else {"title": "x"}
    room = limit - model.objects.count() - 1
    numbers = ({"number": f"n{at}"} if kind == "objective" else {} for at in range(room))
    model.objects.bulk_create(model(**on, **words, **number) for number in numbers)
    add_entry(assessment=assessment, kind=kind, by=editor, values=words, objective=objective)
    with pytest.raises(TooMany) as refused:
        add_entry(assessment=assessment, kind=kind, by=editor, values=words, objective=objective)
    assert (refused.value.limit, model.objects.count()) == (limit, limit)


@pytest.mark.parametrize(
    "values",
    [
        {"links": ["arrest"]},
        {"links": "reaction!"},
        {"partners": "x" * 501},
        {"partners": "\n".join("abc" for _ in range(51))},
        {"due": "a\x00b"},
    ],
)
def test_what_a_plan_file_cannot_hold_is_not_stored(values, assessment, editor):
    objective = assessment.version.objectives.get()
    before = stored()
    with pytest.raises(ValidationError):
        add_entry(
            assessment=assessment,
            kind="action",
            by=editor,
            values={"title": "x"} | values,
            objective=objective,
        )
    assert stored() == before
