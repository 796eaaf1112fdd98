"""Sealing and verifying what is in the database, on both of them, and what an operator reads of it."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kiv.audit.models import AuditEvent, SealedBatch
from kiv.audit.sealing import GENESIS, Fault, FaultKind
from kiv.audit.selectors import verify_trail
from kiv.audit.services import record, seal_events
from kiv.territory.models import PoliceZone
from tests.flushing import triggers_set_aside

pytestmark = pytest.mark.django_db
NOW = timedelta(0)
HOUR = timedelta(hours=1)


def run(*arguments):
    """(exit status, lines of standard output)"""
    out = StringIO()
    try:
        call_command(*arguments, stdout=out)
        status = 0
    except SystemExit as end:
        status = end.code
    return status, out.getvalue().splitlines()


def add(number=1, **data):
    """That many events; the last of them."""
    for _ in range(number):
        event = record("zones.loaded", by=None, on=PoliceZone, **{"added": 1, "changed": 0, **data})
    return event


def sealed(*sizes):
    """A chain with batches of these sizes."""
    return [(add(size), seal_events(older_than=NOW))[1] for size in sizes]


def tamper(sql, *params):
    """As somebody with the database in hands, who removes the triggers first."""
    with triggers_set_aside(connection), connection.cursor() as cursor:
        cursor.execute(sql, params)


def faults():
    return list(verify_trail().faults)


def test_batches_follow_each_other_and_verify():
    first, second = sealed(3, 2)
    assert (first.number, first.events, first.previous_digest) == (1, 3, GENESIS)
    assert (second.number, second.events, second.previous_digest) == (2, 2, first.digest)
    assert second.first_id > first.last_id
    add(1)
    found = verify_trail()
    assert (found.batches, found.events, found.unsealed, found.digest) == (2, 5, 1, second.digest)
    assert (found.faults, found.is_sound) == ((), True)


def test_nothing_new_makes_no_batch():
    assert seal_events(older_than=NOW) is None
    sealed(1)
    assert seal_events(older_than=NOW) is None
    assert SealedBatch.objects.count() == 1


def test_every_kind_of_detail_comes_back_as_it_was_sealed():
    add(1, text="é€\u2028\ud7ff“=1”", numbers=[1, 2.5, -0.0, 10**18], nothing=None, deep={"b": {"a": True}})
    seal_events(older_than=NOW)
    assert faults() == []


def test_young_events_wait_and_all_that_came_after_them():
    with time_machine.travel(timezone.now() - HOUR, tick=False):
        add(2)
    young = add(1)
    with time_machine.travel(timezone.now() - HOUR, tick=False):
        add(1)  # an old moment above a young id: a clock that was set back
    batch = seal_events(older_than=timedelta(minutes=15))
    assert (batch.events, batch.last_id) == (2, young.pk - 1)
    assert seal_events(older_than=timedelta(minutes=15)) is None
    assert verify_trail().unsealed == 2


def test_gaps_in_the_ids_are_no_fault():
    add(1)
    with transaction.atomic():
        add(3)
        transaction.set_rollback(True)
    with triggers_set_aside(connection):
        AuditEvent.objects.create(
            id=AuditEvent.objects.latest("id").pk + 1000, event="x.y", on_type="plans.plan"
        )
    assert seal_events(older_than=NOW).events == 2
    assert faults() == []


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        (
            "UPDATE audit_auditevent SET actor_id = 7 WHERE id = (SELECT max(id) FROM audit_auditevent) - 2",
            [Fault(2, FaultKind.EVENTS, 2, 2)],
        ),
        (
            "UPDATE audit_auditevent SET data = '{\"added\": 2}'"
            " WHERE id = (SELECT min(id) FROM audit_auditevent)",
            [Fault(1, FaultKind.EVENTS, 2, 2)],
        ),
        (
            "DELETE FROM audit_auditevent WHERE id = (SELECT max(id) FROM audit_auditevent)",
            [Fault(3, FaultKind.EVENTS, 2, 1)],
        ),
        ("DELETE FROM audit_auditevent", [Fault(number, FaultKind.EVENTS, 2, 0) for number in (1, 2, 3)]),
        (
            "INSERT INTO audit_auditevent (id, at, event, on_type, on_id, data)"
            " SELECT -1, at, event, on_type, on_id, data FROM audit_auditevent"
            " WHERE id = (SELECT min(id) FROM audit_auditevent)",
            [Fault(1, FaultKind.EVENTS, 2, 3)],
        ),
        ("DELETE FROM audit_sealedbatch WHERE number = 2", [Fault(2, FaultKind.MISSING)]),
        ("UPDATE audit_sealedbatch SET number = 4 WHERE number = 3", None),
        ("UPDATE audit_sealedbatch SET sealed_at = '2020-01-01 00:00:00+00' WHERE number = 1", None),
    ],
    ids=["change", "details", "remove", "empty", "slip-in", "batch-gone", "batch-moved", "batch-dated-back"],
)
def test_tampering_is_found(sql, expected):
    sealed(2, 2, 2)
    tamper(sql)
    found = faults()
    assert found if expected is None else found == expected
    assert run("verify_audit")[0] == 1


def test_what_was_cut_off_is_found_by_a_digest_noted_elsewhere():
    first, last = sealed(2, 2)
    tamper("DELETE FROM audit_sealedbatch WHERE number = 2")
    tamper("DELETE FROM audit_auditevent WHERE id > %s", first.last_id)
    assert run("verify_audit")[0] == 0
    assert run("verify_audit", "--known", first.digest)[0] == 0
    status, lines = run("verify_audit", "--known", last.digest.upper())
    assert (status, lines[0]) == (1, "the digest noted earlier is not in the chain")


REPLACE = (
    "INSERT OR REPLACE INTO audit_sealedbatch SELECT number, first_id, last_id, events, 'f', previous_digest,"
    " sealed_at FROM audit_sealedbatch"
    if connection.vendor == "sqlite"
    else "INSERT INTO audit_sealedbatch SELECT * FROM audit_sealedbatch"
    " ON CONFLICT (number) DO UPDATE SET digest = 'f'"
)


@pytest.mark.parametrize(
    "attack",
    [
        lambda batch: SealedBatch.objects.update(digest="f"),
        lambda batch: SealedBatch.objects.all().delete(),
        lambda batch: batch.save(),
        lambda batch: batch.delete(),
        lambda batch: connection.cursor().execute("DELETE FROM audit_sealedbatch"),
        lambda batch: connection.cursor().execute(REPLACE),
    ],
    ids=["update", "delete", "save", "object-delete", "sql-delete", "sql-replace"],
)
def test_a_seal_cannot_be_changed_or_removed(attack):
    [batch] = sealed(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attack(batch)
    assert SealedBatch.objects.get().digest == batch.digest


@pytest.mark.django_db(transaction=True)
def test_a_seal_that_cannot_be_stored_leaves_nothing(monkeypatch):
    with transaction.atomic():
        add(2)

    def stop(**fields):
        SealedBatch(**fields).save(force_insert=True)
        raise RuntimeError("power cut")

    monkeypatch.setattr(SealedBatch.objects, "create", stop)
    with pytest.raises(RuntimeError):
        seal_events(older_than=NOW)
    monkeypatch.undo()
    assert SealedBatch.objects.count() == 0
    assert seal_events(older_than=NOW).events == 2


class TestCommands:
    def test_sealing_says_what_it_sealed(self):
        add(2)
        assert run("seal_audit") == (0, ["nothing to seal now: 2 events wait for a later seal"])
        assert run("verify_audit") == (
            0,
            ["0 batches, 0 events sealed: as sealed", "2 events wait for a later seal"],
        )
        status, lines = run("seal_audit", "--minutes", "0")
        batch = SealedBatch.objects.get()
        assert (status, lines) == (
            0,
            [f"batch 1: 2 events, {batch.first_id} to {batch.last_id}", batch.digest],
        )
        assert run("seal_audit", "--minutes", "0") == (0, ["nothing to seal: all is sealed"])
        assert run("verify_audit") == (0, ["1 batches, 2 events sealed: as sealed", batch.digest])
        with pytest.raises(CommandError):
            run("seal_audit", "--minutes", "-1")

    def test_verifying_an_untouched_trail(self):
        assert run("verify_audit") == (0, ["0 batches, 0 events sealed: as sealed"])
        [batch] = sealed(2)
        add(3)
        assert run("verify_audit") == (
            0,
            [
                "1 batches, 2 events sealed: as sealed",
                "3 events wait for a later seal",
                batch.digest,
            ],
        )
        status, lines = run("verify_audit", "--json")
        assert (status, json.loads("\n".join(lines))) == (
            0,
            {
                "sound": True,
                "batches": 1,
                "events": 2,
                "unsealed": 3,
                "digest": batch.digest,
                "known": None,
                "faults": [],
            },
        )

    def test_verifying_says_which_batch(self):
        sealed(1, 1, 1)
        tamper("DELETE FROM audit_auditevent WHERE id = (SELECT min(id) FROM audit_auditevent)")
        tamper("DELETE FROM audit_sealedbatch WHERE number = 2")
        status, lines = run("verify_audit")
        assert (status, lines[:3]) == (
            1,
            [
                "batch 1: differs from what was sealed (1 events sealed, 0 found)",
                "batch 2: missing",
                "2 batches, 2 events sealed: not as sealed",
            ],
        )
        status, lines = run("verify_audit", "--json")
        assert (status, json.loads("\n".join(lines))["faults"]) == (
            1,
            [
                {"batch": 1, "kind": "events", "sealed": 1, "found": 0},
                {"batch": 2, "kind": "missing", "sealed": None, "found": None},
            ],
        )


def test_verifying_costs_the_same_however_many_events(django_assert_num_queries):
    sealed(1)
    with django_assert_num_queries(3):  # batches, unsealed, the one batch's events
        verify_trail()
    tamper("DELETE FROM audit_sealedbatch")
    add(2)
    sealed(1)
    with django_assert_num_queries(3):
        verify_trail()
