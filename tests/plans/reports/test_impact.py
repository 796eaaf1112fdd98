"""What an edition would do to the shared plans: which plans, which figures, and what nobody may know."""

import pytest
from django.utils.timezone import localdate

from framework.models import Edition
from plans.models import Assessment, ItemChoice
from plans.planformat.succession import Fate
from plans.reports.impact import Counting, impact_of
from plans.scoring import State
from plans.selectors.impact import EVERY_CYCLE, UnknownCycle, cycles_asked, shared_content
from plans.selectors.scoring_input import plan_content
from plans.services.versions import start_version
from tests.factories.framework import EditionFactory
from tests.factories.plans import AssessmentFactory, CycleFactory
from tests.factories.territory import ProvinceFactory
from tests.plans.reports.impacting import SMALL, cells_of, make_draft, make_impact_world, rows_of, scope_of
from tests.plans.world import make_edition, make_world

pytestmark = pytest.mark.django_db


def test_each_plan_is_told_what_becomes_of_it():
    _world, draft = make_impact_world()
    full, small = rows_of(draft)
    assert cells_of(full) == [
        "carried elaborated",
        "look open",
        "look open",
        "look open",
        "hidden",
        "new open",
        "carried open",
    ]
    assert cells_of(small) == [
        "carried regular",
        "new open",
        "new open",
        "new open",
        "new open",
        "new open",
        "carried open",
    ]
    assert (full.ended, small.ended) == (("B1",), ())


def test_counts_over_all_plans_leave_out_what_is_wholly_confidential():
    _world, draft = make_impact_world()
    impact = impact_of(scope_of(draft))
    assert (impact.plans, impact.already, impact.apart, impact.has_hidden) == (2, 0, 0, True)
    assert impact.figures.fates == {Fate.CARRIED: 4, Fate.LOOK: 3, Fate.NEW: 6}
    assert impact.figures.states == {
        State.ELABORATED: 1,
        State.TO_ELABORATE: 0,
        State.REGULAR: 1,
        State.MOTIVATED: 0,
        State.OPEN: 11,
    }
    fates = {row.item.code: tuple(row.figures.fates.values()) for row in impact.items}
    assert fates == {
        "N1": (2, 0, 0),
        "N2": (0, 1, 1),
        "N3": (0, 1, 1),
        "N4": (0, 1, 1),
        "N5": (0, 0, 1),
        "N6": (0, 0, 2),
        "M1": (2, 0, 0),
    }
    assert [(row.item.code, row.plans, row.is_decided) for row in impact.ended] == [("B1", 1, True)]
    assert [item.code for item in impact.undecided] == [item.code for item in impact.proposed] == ["A3"]


def test_a_wholly_confidential_item_that_ends_is_not_told():
    text = SMALL.replace("{choice: regular, line: On call}", "{choice: retained, item_confidential: true}")
    world = make_world(text, shared=True)
    draft = make_draft(world.edition, became=[("A1", None, "none", True)])
    (row,) = rows_of(draft)
    assert row.ended == ()
    assert impact_of(scope_of(draft)).ended == ()


def test_what_nobody_decided_and_no_proposal_reaches_ends_and_says_so():
    world = make_world(SMALL, shared=True)
    draft = make_draft(world.edition, became=[("A2", "N1", "equal", True)])
    draft.items.update(title={"nl": "geheel anders"}, summary={})
    impact = impact_of(scope_of(draft))
    assert [(row.item.code, row.is_decided) for row in impact.ended] == [("A1", False)]
    # Nothing decided, and nothing proposed: it is not said to be looked at.
    assert "A1" in [item.code for item in impact.undecided]
    assert "A1" not in [item.code for item in impact.proposed]


def test_only_the_version_shared_last_counts():
    world = make_world(SMALL, shared=True)
    make_world(SMALL)  # in preparation
    start_version(version=world.assessment.version, kind="addendum", reason="More", by=world.lead)
    draft = make_draft(world.edition)
    assert [(row.plan, row.version) for row in rows_of(draft)] == [(world.plan, 1)]


def test_the_nearest_edition_before_is_the_one_that_counts():
    first = EditionFactory(code="first", items=("A1",), published=True)
    second = make_edition("second")
    Edition.objects.filter(pk=second.pk).update(predecessor=None)
    draft = make_draft(second, became=[("A1", "N1", "equal", True)])
    AssessmentFactory(edition=first, shared=True, choices={"A1": "retained"})
    near = AssessmentFactory(edition=second, shared=True, choices={"A1": {"choice": "regular", "line": "x"}})
    far = Assessment.objects.create(version=near.version, edition=first)
    assert far.pk > near.pk
    impact = impact_of(scope_of(draft))
    assert (impact.plans, impact.apart) == (1, 1)
    assert [row.edition for row in rows_of(draft)] == [second]


def test_a_plan_that_went_along_is_not_counted_again():
    world = make_world(SMALL, shared=True)
    draft = make_draft(world.edition)
    Assessment.objects.create(version=world.assessment.version, edition=draft)
    impact = impact_of(scope_of(draft))
    assert (impact.plans, impact.already) == (0, 1)


def test_a_province_and_the_zones_of_none():
    province = ProvinceFactory()
    inside = make_world(SMALL, shared=True, province=province)
    outside = make_world(SMALL, shared=True, province=None)
    draft = make_draft(inside.edition)
    assert [row.plan for row in rows_of(draft, province=province)] == [inside.plan]
    assert [row.plan for row in rows_of(draft, is_nowhere=True)] == [outside.plan]
    places = impact_of(scope_of(draft)).places
    assert [(row.province, row.plans) for row in places] == [(province, 1), (None, 1)]


def test_cycles_that_are_over_are_asked_by_name():
    year = localdate().year
    over = CycleFactory(name="over", first_year=year - 6, last_year=year - 1)
    now = CycleFactory(name="now", first_year=year - 5, last_year=year)
    assert cycles_asked() == (now,)
    assert cycles_asked("over") == (over,)
    assert set(cycles_asked(EVERY_CYCLE)) == {over, now}
    with pytest.raises(UnknownCycle):
        cycles_asked("never")


def test_of_plans_whose_cycle_is_over_those_are_told_that_would_go_along(time_machine):
    time_machine.move_to("2026-12-01")
    world, draft = make_impact_world()
    plans = [
        AssessmentFactory(edition=world.edition, cycle__first_year=2020, shared=True) for _plan in range(3)
    ]
    Assessment.objects.create(version=plans[0].version, edition=draft)
    AssessmentFactory(cycle__first_year=2020, shared=True)
    AssessmentFactory(edition=world.edition, cycle__first_year=2020)
    AssessmentFactory(edition=world.edition, cycle__first_year=2025, shared=True)
    impact = impact_of(scope_of(draft, cycles=(world.cycle,)))
    assert (impact.plans, impact.already, impact.apart, impact.over) == (2, 0, 0, 2)


def test_what_was_shared_is_the_same_from_its_snapshot_and_from_rows():
    stored = Assessment.objects.get(pk=make_world(shared=True).assessment.pk)
    assert shared_content(stored, stored.snapshot.content) == plan_content(stored)


def test_an_assessment_without_a_snapshot_is_read_from_rows():
    world = make_world(SMALL, shared=True)
    edition = make_edition("second")
    without = Assessment.objects.create(version=world.assessment.version, edition=edition)
    ItemChoice.objects.create(assessment=without, item=edition.items.get(code="A2"), choice="retained")
    choices = shared_content(without, "").choices
    assert {code: entry.choice for code, entry in choices.items()} == {"A2": "retained"}


@pytest.mark.parametrize("more", [0, 2])
def test_queries_do_not_grow_with_the_plans(django_assert_num_queries, more):
    world, draft = make_impact_world()
    for _ in range(more):
        make_world(SMALL, shared=True)
    scope = scope_of(Edition.objects.select_related("predecessor").get(pk=draft.pk))
    with django_assert_num_queries(10):
        counting = Counting(scope)
        assert len(list(counting.plans())) == counting.total == 2 + more
        counting.result()
    assert world.edition == scope.edition.predecessor
