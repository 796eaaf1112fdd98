"""Sealing while others write, on PostgreSQL: a lower id may become visible after a higher one.

SQLite has one writer at a time: there the question does not arise.
"""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from kiv.audit.models import AuditEvent, SealedBatch
from kiv.audit.selectors import verify_trail
from kiv.audit.services import record, seal_events
from kiv.territory.models import PoliceZone

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NOW = timedelta(0)


def add():
    with transaction.atomic():
        return record("zones.loaded", by=None, on=PoliceZone, added=1, changed=0)


class SlowWriter:
    """Has written an event and has not committed yet."""

    def __init__(self):
        self.has_written, self.may_end = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._write)

    def _write(self):
        try:
            with transaction.atomic():
                record("zones.loaded", by=None, on=PoliceZone, added=2, changed=0)
                self.has_written.set()
                self.may_end.wait(timeout=20)
        finally:
            connection.close()

    def __enter__(self):
        self.thread.start()
        assert self.has_written.wait(timeout=20)
        return self

    def end(self):
        self.may_end.set()
        self.thread.join(timeout=20)

    def __exit__(self, *error):
        self.end()


def test_what_an_open_transaction_may_still_precede_is_not_sealed():
    before = add()
    with SlowWriter() as writer:
        after = add()
        assert seal_events(older_than=NOW).last_id == before.pk
        assert seal_events(older_than=NOW) is None
        writer.end()
    late = AuditEvent.objects.exclude(pk__in=[before.pk, after.pk]).get()
    assert before.pk < late.pk < after.pk
    assert seal_events(older_than=NOW).events == 2
    assert verify_trail().faults == ()


def test_two_at_once_seal_once():
    add()
    results, barrier = [], threading.Barrier(2, timeout=20)

    def seal():
        try:
            connection.ensure_connection()
            barrier.wait()
            results.append(seal_events(older_than=-timedelta(minutes=1)))
        finally:
            connection.close()

    threads = [threading.Thread(target=seal) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(results) == 2
    assert SealedBatch.objects.count() <= 1
    seal_events(older_than=NOW)
    assert SealedBatch.objects.count() == 1
    assert verify_trail().faults == ()
