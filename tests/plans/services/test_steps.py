"""Formal steps: dated facts in any order, for any version, each recorded once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from plans import rules
from plans.enums import StepKind
from plans.models import FormalStep, PlanVersion
from plans.services.editing import TooMany
from plans.services.steps import MAX_STEPS, record_step, remove_step
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.plans.services.acting import event_count, events_since
from tests.plans.services.versioning import start, stored

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 31)


@pytest.fixture
def version():
    return AssessmentFactory().version


def take(version, kind="sent", dated=DAY, reference="", by=None):
    return record_step(version=version, kind=kind, dated=dated, reference=reference, by=by)


def steps(version):
    return [(step.kind, step.dated, step.reference) for step in version.steps.all()]


class TestRecording:
    @pytest.mark.parametrize("role", ["editor_of", "lead_of"])
    def test_is_told_without_words(self, version, role):
        user, mark = UserFactory(**{role: version.plan.zone}), event_count()
        step = take(version, "municipal_council", reference=" Genk 12/3 ", by=user)
        assert steps(version) == [("municipal_council", DAY, "Genk 12/3")]
        plan = version.plan
        data = {"plan": plan.pk, "number": 1, "kind": "municipal_council", "dated": "2026-03-31"}
        assert events_since(mark) == [
            ("step.recorded", user.pk, "plans.formalstep", str(step.pk), plan.zone_id, data)
        ]

    @pytest.mark.parametrize("status", ["preparation", "shared", "reviewed"])
    def test_at_any_moment_and_in_any_order(self, status):
        version = AssessmentFactory(shared=status != "preparation").version
        PlanVersion.objects.update(status=status)
        days = {"municipal_council": 1, "ministers": 9, "sent": 5, "zonal_council": 7, "police_council": 3}
        for kind, day in days.items():
            take(version, kind, date(2026, 1, day))
        assert sorted(days) == sorted(StepKind.values)
        assert [kind for kind, _dated, _reference in steps(version)] == [
            "municipal_council",
            "police_council",
            "sent",
            "zonal_council",
            "ministers",
        ]

    def test_for_a_version_that_has_a_newer_one(self):
        assessment = AssessmentFactory(shared=True)
        newer = start(assessment).version
        take(assessment.version)
        assert (steps(assessment.version), steps(newer)) == ([("sent", DAY, "")], [])

    def test_nothing_else_changes(self, version):
        before = stored()
        take(version)
        after = stored()
        for name in ("FormalStep", "AuditEvent"):
            before.pop(name), after.pop(name)
        assert after == before

    def test_the_same_twice_is_recorded_once(self, version):
        first = take(version, reference="12/3")
        before = stored()
        assert take(version, reference=" 12/3") == first
        assert stored() == before
        take(version, reference="12/4")
        take(version, dated=date(2026, 4, 1), reference="12/3")
        assert version.steps.count() == 3

    def test_not_without_end(self, version):
        FormalStep.objects.bulk_create(
            FormalStep(version=version, kind="sent", dated=DAY, reference=str(at)) for at in range(MAX_STEPS)
        )
        before = stored()
        with pytest.raises(TooMany) as refused:
            take(version, reference="one more")
        assert (refused.value.limit, stored()) == (MAX_STEPS, before)
        take(version, reference="3")
        assert stored() == before

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "approved"},
            {"kind": ""},
            {"reference": "x" * 201},
            {"reference": "a\0b"},
            {"dated": None},
        ],
    )
    def test_what_is_no_step(self, version, wrong):
        before = stored()
        with pytest.raises(ValidationError):
            take(version, **wrong)
        assert stored() == before

    def test_the_database_knows_the_kinds_too(self, version):
        with pytest.raises(IntegrityError), transaction.atomic():
            FormalStep.objects.create(version=version, kind="approved", dated=DAY)
        take(version)
        with pytest.raises(IntegrityError), transaction.atomic():
            FormalStep.objects.create(version=version, kind="sent", dated=DAY)


class TestRemoving:
    def test_is_told(self, version):
        kept, step = take(version, "ministers"), take(version)
        user, mark, pk = UserFactory(editor_of=version.plan.zone), event_count(), step.pk
        remove_step(step=step, by=user)
        assert list(FormalStep.objects.all()) == [kept]
        data = {"plan": version.plan_id, "number": 1, "kind": "sent", "dated": "2026-03-31"}
        assert events_since(mark) == [
            ("step.removed", user.pk, "plans.formalstep", str(pk), version.plan.zone_id, data)
        ]

    def test_what_is_gone_is_gone(self, version):
        step = take(version)
        same = FormalStep.objects.get()
        remove_step(step=step, by=None)
        before = stored()
        remove_step(step=same, by=None)
        assert stored() == before

    def test_of_a_shared_version(self):
        version = AssessmentFactory(shared=True).version
        remove_step(step=take(version), by=None)
        assert steps(version) == []


@pytest.mark.parametrize("function", ["record", "remove"])
def test_all_or_nothing(version, function, monkeypatch):
    step = take(version, "ministers")
    before = stored()

    def break_down(*args, **fields):
        raise SystemExit("no pen today")

    monkeypatch.setattr("plans.services.steps.record", break_down)
    with pytest.raises(SystemExit):
        take(version) if function == "record" else remove_step(step=step, by=None)
    assert stored() == before


def test_reading_steps_of_a_version_that_is_not_visible():
    """A coordinator knows the steps of what was shared, and nothing of the draft that follows."""
    assessment = AssessmentFactory(shared=True)
    zone = assessment.version.plan.zone
    mine, draft = take(assessment.version), take(start(assessment).version)
    theirs = take(AssessmentFactory(shared=True).version)
    seen = {
        "reader": FormalStep.objects.visible_to(UserFactory(reader_of=zone)),
        "coordinator": FormalStep.objects.visible_to(UserFactory(coordinator_of=zone)),
        "country": FormalStep.objects.visible_to(UserFactory(coordinator_of="country")),
        "nobody": FormalStep.objects.visible_to(UserFactory()),
    }
    assert {who: set(found) for who, found in seen.items()} == {
        "reader": {mine, draft},
        "coordinator": {mine},
        "country": {mine, theirs},
        "nobody": set(),
    }


def test_a_removed_version_takes_no_step():
    assessment = AssessmentFactory(shared=True)
    version = start(assessment).version
    step = take(version)
    PlanVersion.objects.get(pk=version.pk).assessments.all().delete()
    PlanVersion.objects.get(pk=version.pk).delete()
    for act in (lambda: take(version), lambda: remove_step(step=step, by=None)):
        with pytest.raises(rules.WrongMoment):
            act()
    assert not FormalStep.objects.exists()
