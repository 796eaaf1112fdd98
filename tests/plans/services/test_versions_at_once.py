"""Two connections at once on PostgreSQL: one version is started, one is shared, and nothing by half."""

from datetime import date

import pytest

from kiv.audit.models import AuditEvent
from plans import rules
from plans.models import FormalStep, PlanVersion, Snapshot
from plans.selectors.scoring_input import plan_content
from plans.selectors.snapshots import verified_snapshots
from plans.services.entries import add_entry
from plans.services.scores import differences
from plans.services.sharing import share_version
from plans.services.steps import record_step, remove_step
from plans.services.versions import discard_version, start_version
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.plans.services.test_concurrency import at_once, fresh
from tests.plans.services.versioning import start

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def assessment():
    return AssessmentFactory(elaborated=True, shared=True)


@pytest.fixture
def leads(assessment):
    return [UserFactory(lead_of=assessment.version.plan.zone) for _ in range(2)]


def names(results):
    return sorted(type(result).__name__ for result in results)


def starting(assessment, user):
    return lambda: start_version(
        version=fresh(assessment).version, kind="plan", reason=f"by {user.pk}", by=user
    )


def check_whole(assessment):
    """Every version there is has all its rows and true scores, and every shared one its proof."""
    for version in PlanVersion.objects.filter(plan=assessment.version.plan):
        one = fresh(version.assessments.get())
        assert list(differences(one)) == []
        assert hasattr(one, "snapshot") is (version.shared_at is not None)
    assert {one.problems for one in verified_snapshots()} == {()}


@pytest.mark.parametrize("attempt", range(3))
def test_two_people_start_the_next_version(attempt, assessment, leads):
    results = at_once(*(starting(assessment, user) for user in leads))
    assert names(results) == ["PlanVersion", "WrongMoment"]
    assert AuditEvent.objects.filter(event="version.started").count() == 1
    assert list(assessment.version.plan.versions.values_list("number", flat=True)) == [1, 2]
    copy = fresh(PlanVersion.objects.get(number=2).assessments.get())
    assert plan_content(copy) == plan_content(fresh(assessment))
    check_whole(assessment)


@pytest.mark.parametrize("attempt", range(3))
def test_sharing_clicked_twice_keeps_one_snapshot(attempt, assessment, leads):
    draft = start(assessment)
    click = lambda: share_version(version=fresh(draft).version, by=leads[0])  # noqa: E731
    assert names(at_once(click, click)) == ["PlanVersion", "WrongMoment"]
    assert Snapshot.objects.count() == 2
    check_whole(assessment)


@pytest.mark.parametrize("attempt", range(3))
def test_sharing_and_discarding(attempt, assessment, leads):
    """Shared and there, or gone: never shared and gone."""
    draft = start(assessment)
    results = at_once(
        lambda: share_version(version=fresh(draft).version, by=leads[0]),
        lambda: discard_version(version=fresh(draft).version, by=leads[1]),
    )
    assert sum(isinstance(result, rules.WrongMoment) for result in results) == 1
    assert sum(isinstance(result, Exception) for result in results) == 1
    is_shared = isinstance(results[1], Exception)
    assert PlanVersion.objects.filter(number=2).exists() is is_shared
    assert Snapshot.objects.count() == (2 if is_shared else 1)
    check_whole(assessment)


@pytest.mark.parametrize("attempt", range(3))
def test_writing_and_discarding(attempt, assessment, leads):
    """What is typed is saved before it goes, or the writer is told; nothing is left behind."""
    draft = start(assessment)
    adding = {"kind": "objective", "values": {"title": "late"}, "by": leads[0]}
    read = fresh(draft)
    results = at_once(
        lambda: add_entry(assessment=read, **adding),
        lambda: discard_version(version=fresh(draft).version, by=leads[1]),
    )
    assert not isinstance(results[1], Exception)
    assert not isinstance(results[0], Exception) or isinstance(results[0], rules.WrongMoment)
    assert not PlanVersion.objects.filter(number=2).exists()
    check_whole(assessment)


@pytest.mark.parametrize("attempt", range(3))
def test_writing_and_sharing(attempt, assessment, leads):
    """The snapshot holds what was written, or the writer is told it came too late."""
    draft = start(assessment)
    results = at_once(
        lambda: add_entry(assessment=fresh(draft), kind="objective", values={"title": "late"}, by=leads[0]),
        lambda: share_version(version=fresh(draft).version, by=leads[1]),
    )
    assert not isinstance(results[1], Exception)
    is_late = isinstance(results[0], rules.WrongMoment)
    assert is_late or not isinstance(results[0], Exception)
    assert ("late" in Snapshot.objects.get(assessment=draft).content) is not is_late
    check_whole(assessment)


@pytest.mark.parametrize("attempt", range(3))
def test_discarding_clicked_twice(attempt, assessment, leads):
    draft = start(assessment)
    reads = [fresh(draft).version for _ in leads]
    results = at_once(
        *(lambda one=one: discard_version(version=one, by=leads[0]) for one in reads),
    )
    assert names(results) == ["NoneType", "WrongMoment"]
    assert AuditEvent.objects.filter(event="version.discarded").count() == 1
    check_whole(assessment)


@pytest.mark.parametrize("attempt", range(3))
def test_one_step_recorded_twice_and_removed_twice(attempt, assessment, leads):
    fields = {"kind": "sent", "dated": date(2026, 3, 31), "reference": "12/3"}

    def taking(user):
        return lambda: record_step(version=fresh(assessment).version, by=user, **fields)

    assert names(at_once(*map(taking, leads))) == ["FormalStep", "FormalStep"]
    assert AuditEvent.objects.filter(event="step.recorded").count() == FormalStep.objects.count() == 1
    found = [FormalStep.objects.select_related("version__plan").get() for _ in leads]

    def removing(step):
        return lambda: remove_step(step=step, by=leads[0])

    assert at_once(*map(removing, found)) == [None, None]
    assert AuditEvent.objects.filter(event="step.removed").count() == 1
