"""Rows that triggers protect are protected in tests too, and gone after a transactional test all the same."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from kiv.audit.models import AuditEvent

pytestmark = pytest.mark.django_db(transaction=True)


def delete_all_rows() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditevent")


def test_flush_empties_protected_tables_and_leaves_their_triggers_in_place():
    AuditEvent.objects.create(event="test.done", on_type="audit.auditevent", on_id="1")
    with pytest.raises(DatabaseError):
        delete_all_rows()

    call_command("flush", interactive=False, verbosity=0)

    assert AuditEvent.objects.count() == 0
    AuditEvent.objects.create(event="test.done", on_type="audit.auditevent", on_id="1")
    with pytest.raises(DatabaseError):
        delete_all_rows()
    assert AuditEvent.objects.count() == 1


def test_the_test_before_left_nothing():
    assert AuditEvent.objects.count() == 0
