"""Copying from an earlier plan: all or nothing, once, by editors only, from what they may read wholly."""

import pytest
from hypothesis import HealthCheck, given, settings

from plans import rules
from plans.enums import Choice
from plans.models import ItemChoice, Objective
from plans.planformat.types import MAX_DIAGNOSES, MAX_OBJECTIVES
from plans.selectors.copying import copy_offer, same_items, source_of
from plans.selectors.scoring_input import plan_content
from plans.services.copying import Copied, StaleCopy, copy_forward, free_numbers
from plans.services.editing import TooMany
from plans.services.importing import import_plan
from plans.services.scores import differences
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.factories.accounts import UserFactory
from tests.factories.framework import AspectFactory, CorrespondenceFactory, EditionFactory, publish
from tests.factories.plans import AssessmentFactory, content_of
from tests.plans.copying import copy_all, make_earlier, without_passages
from tests.plans.planformat.strategies import contents
from tests.plans.services.acting import event_count, events_since, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return AssessmentFactory()


@pytest.fixture
def editor(assessment):
    return UserFactory(editor_of=assessment.version.plan.zone)


@pytest.fixture
def source(assessment):
    return make_earlier(assessment, elaborated=True)


def test_everything_arrives_as_one_change(assessment, source, editor):
    mark = event_count()
    copied = copy_all(assessment, source, editor)
    assert copied == Copied(objectives=3, actions=2, indicators=1, diagnoses=2, choices=4)
    assert without_passages(assessment) == without_passages(source)
    assert assessment.passages.count() == 0
    plan = assessment.version.plan
    data = {"plan": plan.pk, "source": source.version.plan_id, "objectives": 3, "actions": 2, "indicators": 1}
    assert events_since(mark) == [
        (
            "plan.copied_forward",
            editor.pk,
            "plans.planversion",
            str(assessment.version_id),
            plan.zone_id,
            data | {"diagnoses": 2, "decisions": 4},
        )
    ]
    assessment.refresh_from_db()
    assert list(differences(assessment)) == []


def test_the_earlier_plan_stays_as_it_was(assessment, source):
    before = plan_content(source)
    copy_all(assessment, source)
    assert plan_content(source) == before


def test_only_what_is_chosen_comes(assessment, source):
    offer = copy_offer(assessment, source)
    chosen = {offer.objectives[2].key, offer.diagnoses[0].key, "choice-P1"}
    copied = copy_forward(assessment=assessment, source=source, chosen=chosen, by=None)
    assert copied == Copied(objectives=1, diagnoses=1, choices=1)
    assert list(assessment.version.objectives.values_list("number", "title")) == [("3", "An own priority")]
    assert list(assessment.version.diagnoses.values_list("text", flat=True)) == ["Many burglaries"]
    assert list(assessment.choices.values_list("item__code", "choice")) == [("P1", "retained")]


def test_copying_twice_copies_once(assessment, source):
    chosen = copy_offer(assessment, source).free
    copy_forward(assessment=assessment, source=source, chosen=chosen, by=None)
    before = stored()["AuditEvent"], without_passages(assessment)
    again = copy_forward(assessment=assessment, source=source, chosen=chosen, by=None)
    assert again == Copied(skipped=len(chosen))
    assert (stored()["AuditEvent"], without_passages(assessment)) == before


@pytest.mark.parametrize(
    ("wanted", "taken", "expected"),
    [
        (["1", "2"], [], ["1", "2"]),
        (["1", "2", "4"], ["1"], ["5", "2", "4"]),
        (["1", "2.1"], ["1", "2.1", "7"], ["8", "9"]),
        (["1", "1"], [], ["1", "2"]),
        (["A"], ["A"], ["1"]),
        ([], ["1"], []),
    ],
)
def test_numbers_are_kept_where_they_are_free(wanted, taken, expected):
    assert free_numbers(wanted, taken) == expected


def test_a_number_in_use_gives_way(assessment, source):
    content = content_of(assessment, objectives=[{"number": "1", "title": "Ours"}])
    import_plan(assessment=assessment, content=content, by=None)
    copy_all(assessment, source)
    rows = assessment.version.objectives.order_by("pk").values_list("number", "title")
    titles = ["Ours", "Fewer burglaries", "A secret objective", "An own priority"]
    assert list(rows) == list(zip(["1", "4", "2", "3"], titles, strict=True))


def test_decisions_made_here_stay(assessment, source):
    choices = {
        "P1": {"choice": "undecided", "line": "begun"},
        "P3": {"choice": "undecided", "item_confidential": True},
    }
    import_plan(assessment=assessment, content=content_of(assessment, choices=choices), by=None)
    revisions = dict(assessment.choices.values_list("item__code", "revision"))
    copy_all(assessment, source)
    rows = {row.item.code: row for row in assessment.choices.select_related("item")}
    assert (rows["P1"].choice, rows["P1"].line, rows["P1"].revision) == (
        "undecided",
        "begun",
        revisions["P1"],
    )
    assert (rows["P3"].choice, rows["P3"].is_motivation_confidential) == (Choice.NOT_RETAINED, True)
    assert (rows["P3"].is_item_confidential, rows["P3"].revision) == (True, revisions["P3"] + 1)


class TestOtherEdition:
    """P1 is a part of it in the new edition, P2 has another aspect and is equivalent; P3 is the same."""

    @pytest.fixture
    def old(self):
        edition = EditionFactory(items=("P1", "P2", "P3"))
        for code in ("north", "south"):
            AspectFactory(item=edition.items.get(code="P2"), code=code)
        publish(edition)
        return edition

    @pytest.fixture
    def assessment(self, old):
        edition = EditionFactory(items=("P1", "P2", "P3"), predecessor=old)
        for code, relation in (("P1", "subset"), ("P2", "equivalent"), ("P3", "equal")):
            CorrespondenceFactory(edition=edition, old=code, new=code, relation=relation)
        AspectFactory(item=edition.items.get(code="P2"), code="south")
        publish(edition)
        return AssessmentFactory(edition=edition)

    def test_only_the_same_items_and_aspects_are_named(self, assessment, old):
        objective = {"title": "x", "items": ["P1", {"item": "P2", "aspects": ["north", "south"]}, "P3"]}
        source = make_earlier(
            assessment, edition=old, objectives=[objective], choices={"P1": "retained", "P3": "retained"}
        )
        same = same_items(old, assessment.edition)
        assert {code: [each.code for each in item.aspects.all()] for code, item in same.items()} == {
            "P2": ["south"],
            "P3": [],
        }
        copy_all(assessment, source)
        links = assessment.links.order_by("item__position").values_list("item__code", "aspects")
        assert list(links) == [("P2", ["south"]), ("P3", [])]
        assert list(assessment.choices.values_list("item__code", flat=True)) == ["P3"]

    def test_an_equal_item_with_another_code_is_copied_too(self, old):
        """Also where its old code means another item now, and where it was wholly confidential."""
        edition = EditionFactory(items=("P2", "P1"), predecessor=old)
        CorrespondenceFactory(edition=edition, old="P1", new="P2", relation="equal")
        CorrespondenceFactory(edition=edition, old="P2", new="P1", relation="equivalent")
        publish(edition)
        assessment = AssessmentFactory(edition=edition)
        source = make_earlier(
            assessment,
            edition=old,
            objectives=[{"title": "x", "items": ["P1"], "actions": [{"title": "y", "items": ["P2"]}]}],
            choices={"P1": "retained", "P2": {"choice": "regular", "line": "z", "item_confidential": True}},
        )
        copied = copy_all(assessment, source)
        assert (copied.objectives, copied.choices) == (1, 2)
        links = assessment.links.order_by("pk").values_list("item__code", "objective__title", "action__title")
        assert list(links) == [("P2", "x", None), ("P1", None, "y")]
        rows = assessment.choices.order_by("pk").values_list("item__code", "choice", "is_item_confidential")
        assert sorted(rows) == [("P1", "regular", True), ("P2", "retained", False)]
        assert copy_offer(assessment, source).free == frozenset()

    def test_a_version_checked_under_both_is_read_under_the_same_edition(self, assessment, old, editor):
        source = make_earlier(assessment)
        type(source).objects.create(version=source.version, edition=old)
        assert source_of(assessment, source.version.plan, editor) == source


def test_the_latest_version_is_copied(assessment, source, editor):
    share_version(version=source.version, by=None)
    lead = UserFactory(lead_of=source.version.plan.zone)
    started = start_version(version=source.version, kind="addendum", reason="x", by=lead)
    assert source_of(assessment, source.version.plan, editor).version == started


def test_items_without_official_titles_are_the_same_within_one_edition(assessment):
    edition = EditionFactory(items=("P1",))
    edition.items.update(title_status={})
    assert same_items(edition, edition) == {"P1": edition.items.get()}


@pytest.mark.parametrize("by", ["editor", "operator"])
def test_a_shared_version_stays(assessment, source, editor, by):
    share_version(version=assessment.version, by=None)
    before = stored()
    with pytest.raises(rules.WrongMoment):
        copy_all(assessment, source, editor if by == "editor" else None)
    assert stored() == before


def test_a_change_of_the_earlier_plan_is_noticed(assessment, source, editor):
    chosen = copy_offer(assessment, source).free
    Objective.objects.filter(version=source.version, number="2").update(title="Changed meanwhile")
    before = stored()
    with pytest.raises(StaleCopy):
        copy_forward(assessment=assessment, source=source, chosen=chosen, by=editor)
    assert stored() == before


@pytest.mark.parametrize(
    ("parts", "limit"),
    [
        ({"objectives": [{"title": f"o{n}"} for n in range(MAX_OBJECTIVES)]}, MAX_OBJECTIVES),
        ({"diagnosis": [{"text": f"d{n}"} for n in range(MAX_DIAGNOSES)]}, MAX_DIAGNOSES),
    ],
    ids=["objectives", "diagnosis"],
)
def test_a_plan_holds_no_more_than_it_holds(source, parts, limit):
    assessment = AssessmentFactory(
        zone=source.version.plan.zone, edition=source.edition, cycle__first_year=2032, **parts
    )
    before = assessment.version.objectives.count(), assessment.version.diagnoses.count()
    with pytest.raises(TooMany) as refusal:
        copy_all(assessment, source)
    assert refusal.value.limit == limit
    assert (assessment.version.objectives.count(), assessment.version.diagnoses.count()) == before


def test_a_copy_that_breaks_leaves_nothing(assessment, source, editor, monkeypatch):
    before = stored()

    def break_down(self):
        raise RuntimeError("no choices today")

    monkeypatch.setattr(ItemChoice, "save", lambda self, **options: break_down(self))
    with pytest.raises(RuntimeError):
        copy_all(assessment, source, editor)
    assert stored() == before


@pytest.fixture
def small():
    """An earlier plan and an empty one, under the edition that the arbitrary contents are written for."""
    edition = EditionFactory(code="small", items=("P1", "P2"), themes=("T1",))
    for code in ("north", "south"):
        AspectFactory(item=edition.items.get(code="P1"), code=code)
    publish(edition)
    assessment = AssessmentFactory(edition=edition)
    return make_earlier(assessment), assessment


def held(assessment):
    """What a plan holds but for passages; an item of which nothing is known is as one without a row."""
    content = without_passages(assessment)
    blank = {"choice": "undecided", "reason": None, "pointer": "", "line": "", "confidential": False}
    blank |= {"item_confidential": False, "clarification_open": False}
    content["choices"] = {code: row for code, row in content["choices"].items() if row != blank}
    return content


@given(content=contents())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_copying_everything_into_an_empty_plan_gives_the_same_plan(small, content):
    source, assessment = small
    import_plan(assessment=source, content=content, by=None, replace=True)
    import_plan(assessment=assessment, content=content_of(assessment), by=None, replace=True)
    copy_all(assessment, source)
    assert held(assessment) == held(source)
    assert copy_offer(assessment, source).free == frozenset()
    assessment.refresh_from_db()
    assert list(differences(assessment)) == []
