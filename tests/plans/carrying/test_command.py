"""`manage.py carry_over` as an operator meets it: a dry run says what the real one does, plan by plan."""

import json

import pytest
from django.core.management import CommandError

from plans.models import Assessment, Carrying
from plans.services import leading_over
from plans.services.versions import start_version
from tests.factories.framework import EditionFactory, publish
from tests.factories.plans import AssessmentFactory
from tests.plans.carrying.succeeding import CONTENT, follow, make_plan_to_carry
from tests.plans.services.versioning import stored
from tests.plans.test_commands import run

pytestmark = pytest.mark.django_db


def make_plans():
    """A plan in preparation, a shared one with a version started after it, an empty one, one elsewhere."""
    first = make_plan_to_carry()
    old = first.edition
    shared = AssessmentFactory(edition=old, is_shared=True, **CONTENT)
    start_version(version=shared.version, kind="addendum", reason="x", by=None)
    AssessmentFactory(edition=old)
    AssessmentFactory()
    return old


def figures(*arguments):
    status, out, err = run("carry_over", "--edition", "invented", "--json", *arguments)
    assert status == 0
    return json.loads("\n".join(out)), err


def test_all_plans_as_foreseen():
    follow(make_plans())
    before = stored()
    foreseen, _progress = figures("--dry-run")
    assert stored() == before
    done, progress = figures()
    assert done == foreseen
    assert done == {
        "edition": "invented",
        "plans": 3,
        "over": 0,
        "versions": 4,
        "carried": 8,
        "look": 12,
        "new": 8,
        "ended": 3,
        "skipped": {"already": 0, "not_published": 0, "not_after": 1, "unfinished": 0},
    }
    assert progress == [f"{n} of 4 plans" for n in (1, 2, 3, 4)]
    assert Carrying.objects.count() == 4
    again, _progress = figures()
    assert (again["plans"], again["skipped"]["already"]) == (0, 4)


def test_in_words():
    follow(make_plan_to_carry().edition)
    status, out, _err = run("carry_over", "--edition", "invented", "--dry-run")
    assert (status, out) == (
        0,
        [
            "1 plans, 1 versions would be carried over",
            "items carried as they are: 2",
            "items to look at: 4",
            "items of which nothing is said yet: 1",
            "old items that lead nowhere: 1",
        ],
    )
    assert run("carry_over", "--edition", "invented")[1][0] == "1 plans, 1 versions carried over"


def test_plans_of_cycles_that_are_over_are_told_apart(time_machine):
    time_machine.move_to("2026-12-01")
    old = make_plan_to_carry().edition
    past = AssessmentFactory(edition=old, cycle__first_year=2020, **CONTENT)
    edition = follow(old)
    foreseen, _progress = figures("--dry-run")
    assert (foreseen["plans"], foreseen["over"]) == (2, 1)
    _status, out, _err = run("carry_over", "--edition", "invented")
    assert out[:2] == [
        "2 plans, 2 versions carried over",
        "plans of cycles that are over, where nobody is asked to look: 1",
    ]
    assert past.version.assessments.filter(edition=edition).exists()


def test_what_is_still_looked_at_waits():
    middle = follow(make_plan_to_carry().edition)
    figures()
    publish(EditionFactory(code="last", predecessor=middle, items=("N1",)))
    for arguments in (("--dry-run",), ()):
        status, out, _err = run("carry_over", "--edition", "last", *arguments)
        assert (status, out[0], out[-1]) == (
            0,
            f"0 plans, 0 versions {'would be ' if arguments else ''}carried over",
            "1 versions left: the zone still looks at the edition before",
        )


def test_what_stops_in_between_is_gone_on_with(monkeypatch):
    old = make_plan_to_carry().edition
    AssessmentFactory(edition=old)
    edition = follow(old)
    real, calls = leading_over.lead_over, []

    def breaking(**given):
        calls.append(given)
        if len(calls) == 2:
            raise MemoryError
        return real(**given)

    with monkeypatch.context() as patch:
        patch.setattr(leading_over, "lead_over", breaking)
        with pytest.raises(MemoryError):
            figures()
    assert Assessment.objects.filter(edition=edition).count() == 1
    done, _progress = figures()
    assert (done["plans"], done["skipped"]["already"]) == (1, 1)


@pytest.mark.parametrize("code", ["unknown", "a-draft"])
def test_only_a_published_edition(code):
    EditionFactory(code="a-draft")
    before = stored()
    with pytest.raises(CommandError, match=f"{code}: there is no published edition"):
        run("carry_over", "--edition", code)
    assert stored() == before
