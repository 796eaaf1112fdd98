"""A draft that follows the edition of tests/plans/world.py, and what it says became of the items there."""

from framework.models import Edition
from plans.models import Cycle
from plans.reports.impact import Counting, PlanImpact
from plans.selectors.impact import ImpactScope
from tests.factories.framework import CorrespondenceFactory, EditionFactory
from tests.plans.world import World, make_world

#: Old item, new item, relation, whether it is decided. N6 comes from nothing.
BECAME = (
    ("A1", "N1", "equal", True),
    ("A2", "N2", "superset", True),
    ("A2", "N3", "superset", True),
    ("A3", "N4", "equivalent", False),
    ("A4", "N5", "subset", True),
    ("B1", None, "none", True),
    ("B2", "M1", "equal", True),
)
#: A plan that speaks of one item only.
SMALL = """
format: kiv-plan/1
plan: {name: Small}
edition: test-edition
choices:
  A1: {choice: regular, line: On call}
"""


def make_draft(old: Edition, code: str = "draft", became=BECAME) -> Edition:
    new = EditionFactory(
        code=code,
        predecessor=old,
        items=("N1", "N2", "N3", "N4", "N5", "N6"),
        themes=("M1",),
        criteria=True,
        first_year=2027,
        last_year=2030,
    )
    for before, after, relation, is_decided in became:
        CorrespondenceFactory(edition=new, old=before, new=after, relation=relation, is_decided=is_decided)
    return new


def make_impact_world() -> tuple[World, Edition]:
    """A zone that says something of everything, one that says little, and the draft. Both shared."""
    world = make_world(name="PZ Alpha", shared=True)
    make_world(SMALL, name="PZ Beta", shared=True)
    return world, make_draft(world.edition)


def scope_of(edition: Edition, **more) -> ImpactScope:
    return ImpactScope(edition, more.pop("cycles", tuple(Cycle.objects.all())), **more)


def rows_of(edition: Edition, **more) -> list[PlanImpact]:
    return list(Counting(scope_of(edition, **more)).plans())


def cells_of(row: PlanImpact) -> list[str]:
    """ "carried elaborated" for each item; "hidden" for one that is not shown."""
    return [f"{cell.fate} {cell.state}" if cell else "hidden" for cell in row.cells]
