"""Which plan an event is about: a column of its own, filled in for the events there were before it."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from kiv.audit.models import AuditEvent
from kiv.audit.services import record
from kiv.territory.models import PoliceZone
from tests.factories.plans import AssessmentFactory

BEFORE, LATEST = [("audit", "0002_append_only")], [("audit", "0004_sealed_batches")]


def plans_of_events():
    return list(AuditEvent.objects.order_by("id").values_list("event", "plan_id"))


@pytest.mark.django_db
def test_an_event_knows_its_plan():
    version = AssessmentFactory(shared=True).version
    record("objective.added", by=None, on=PoliceZone, plan=version.plan_id)
    record("zones.loaded", by=None, on=PoliceZone, added=1)
    assert plans_of_events() == [
        ("plan.created", version.plan_id),
        ("version.shared", version.plan_id),
        ("objective.added", version.plan_id),
        ("zones.loaded", None),
    ]


@pytest.mark.django_db(transaction=True)
def test_events_from_before_the_column_are_completed():
    version = AssessmentFactory().version
    old = [
        ("plan.created", "plans.plan", version.plan_id, {"cycle": "2026-2031"}),
        ("version.shared", "plans.planversion", version.pk, {"number": 1}),
        ("version.shared", "plans.planversion", 999_999, {"number": 1}),
        ("objective.removed", "plans.objective", 7, {"plan": version.plan_id}),
        ("zones.loaded", "territory.policezone", "", {"added": 3}),
    ]
    MigrationExecutor(connection).migrate(BEFORE)
    try:
        with connection.cursor() as cursor:
            for event, on_type, on_id, data in old:
                cursor.execute(
                    "INSERT INTO audit_auditevent (at, event, on_type, on_id, data)"
                    " VALUES (%s, %s, %s, %s, %s)",
                    [timezone.now(), event, on_type, str(on_id), json.dumps(data)],
                )
    finally:
        MigrationExecutor(connection).migrate(LATEST)
    own = version.plan_id
    assert plans_of_events()[-5:] == [
        ("plan.created", own),
        ("version.shared", own),
        ("version.shared", None),
        ("objective.removed", own),
        ("zones.loaded", None),
    ]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.update(plan_id=None)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.all().delete()
