"""The audit trail: in the transaction of the change, and never altered afterwards."""

import pytest
from django.db import DatabaseError, connection, transaction

from kiv.audit.models import AuditEvent
from kiv.audit.services import NotInTransaction, record, record_all
from kiv.territory.models import PoliceZone
from tests.factories.accounts import UserFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory

COLUMNS = "at, actor_id, on_type, on_id, zone_id, data"
#: Writing a row over another: each vendor has its own way.
REPLACE = (
    f"INSERT OR REPLACE INTO audit_auditevent (id, event, {COLUMNS})"
    f" SELECT %s, 'other', {COLUMNS} FROM audit_auditevent WHERE id = %s"
    if connection.vendor == "sqlite"
    else f"INSERT INTO audit_auditevent (id, event, {COLUMNS})"
    f" SELECT %s, 'other', {COLUMNS} FROM audit_auditevent WHERE id = %s"
    " ON CONFLICT (id) DO UPDATE SET event = EXCLUDED.event"
)


@pytest.mark.django_db
def test_an_event_holds_actor_object_zone_and_data():
    user, zone = UserFactory(), ZoneFactory()
    event = record("zone.changed", by=user, on=zone, fields=["code"])
    event.refresh_from_db()
    assert (event.event, event.actor_id, event.on_type, event.on_id, event.zone_id, event.data) == (
        "zone.changed",
        user.pk,
        "territory.policezone",
        str(zone.pk),
        zone.pk,
        {"fields": ["code"]},
    )


@pytest.mark.django_db
def test_the_zone_is_found_through_the_object_or_given():
    municipality, other = MunicipalityFactory(), ZoneFactory()
    assert record("x.y", by=None, on=municipality).zone_id == municipality.zone_id
    assert record("x.y", by=None, on=municipality, zone_id=other.pk).zone_id == other.pk
    assert record("x.y", by=None, on=UserFactory()).zone_id is None


@pytest.mark.django_db
def test_an_event_may_be_about_a_whole_table():
    event = record("zones.loaded", by=None, on=PoliceZone, added=3)
    assert (event.on_type, event.on_id, event.actor_id) == ("territory.policezone", "", None)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_recording_is_refused():
    zone = ZoneFactory()
    with pytest.raises(NotInTransaction):
        record("zone.changed", by=None, on=zone)
    assert AuditEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_many_are_refused_too():
    with pytest.raises(NotInTransaction):
        record_all([AuditEvent(event="x", on_type="y")])
    assert AuditEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_undone_change_leaves_no_event():
    zone = ZoneFactory()
    with transaction.atomic():
        record("zone.changed", by=None, on=zone)
        transaction.set_rollback(True)
    assert AuditEvent.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attack",
    [
        lambda event: AuditEvent.objects.filter(pk=event.pk).update(event="other"),
        lambda event: AuditEvent.objects.filter(pk=event.pk).delete(),
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: connection.cursor().execute("DELETE FROM audit_auditevent"),
        lambda event: connection.cursor().execute("UPDATE audit_auditevent SET actor_id = 1"),
        lambda event: connection.cursor().execute(REPLACE, [event.pk, event.pk]),
    ],
    ids=["update", "delete", "save", "object-delete", "sql-delete", "sql-update", "sql-replace"],
)
def test_an_event_cannot_be_changed_or_removed(attack):
    event = record("zone.changed", by=None, on=ZoneFactory())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attack(event)
    assert AuditEvent.objects.get().event == "zone.changed"
