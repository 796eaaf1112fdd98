"""The chain itself: whatever was sealed verifies, and whatever was changed is found where it was changed."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiv.audit.sealing import GENESIS, Batch, Event, Fault, FaultKind, find_faults, seal

AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
ids = st.none() | st.integers(min_value=-(2**63), max_value=2**63 - 1)
values = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
data = st.dictionaries(st.text(max_size=4), values | st.lists(values, max_size=3), max_size=3)


def make_event(id_=1, **changes):
    plain = Event(id_, AT, "zone.changed", 1, "territory.policezone", "5", 5, None, {"fields": ["code"]})
    return replace(plain, **changes)


@st.composite
def chains(draw, least=1):
    """(events, batches): ids with gaps, cut into batches, some events at the end not sealed."""
    numbers = draw(st.lists(st.integers(1, 500), unique=True, min_size=least, max_size=12).map(sorted))
    events = [
        Event(
            id=number,
            at=AT + timedelta(microseconds=draw(st.integers(0, 10**12))),
            event=draw(st.sampled_from(["zone.changed", "plan.created"])),
            actor_id=draw(ids),
            on_type="plans.plan",
            on_id=draw(st.text(max_size=4)),
            zone_id=draw(ids),
            plan_id=draw(ids),
            data=draw(data),
        )
        for number in numbers
    ]
    ends = sorted(draw(st.sets(st.sampled_from(numbers), min_size=least)))
    return events, seal_up_to(events, ends)


def seal_up_to(events, ends):
    batches, after, digest = [], 0, GENESIS
    for number, end in enumerate(ends, start=1):
        part = [event for event in events if after < event.id <= end]
        batches.append(seal(part, number=number, previous_digest=digest, sealed_at=AT))
        after, digest = end, batches[-1].digest
    return batches


def faults_of(events, batches):
    def between(after, last):
        return [event for event in sorted(events, key=lambda one: one.id) if after < event.id <= last]

    return list(find_faults(batches, between))


def where(faults):
    return [(fault.batch, fault.kind.value) for fault in faults]


def test_what_the_digest_is_made_of():
    batch = seal([make_event()], number=1, previous_digest=GENESIS, sealed_at=AT)
    lines = (
        '{"format":"kiv-audit-seal/1","number":1,"previous_digest":"' + "0" * 64 + '",'
        '"sealed_at":"2026-11-24T08:30:00.000000+00:00"}\n'
        '{"actor_id":1,"at":"2026-11-24T08:30:00.000000+00:00","data":{"fields":["code"]},'
        '"event":"zone.changed","id":1,"on_id":"5","on_type":"territory.policezone","plan_id":null,"zone_id":5}\n'
    )
    digest = hashlib.sha256(lines.encode()).hexdigest()
    assert batch == Batch(1, 1, 1, 1, digest, GENESIS, AT)


def test_without_events_there_is_no_batch():
    assert seal([], number=1, previous_digest=GENESIS, sealed_at=AT) is None
    assert faults_of([], []) == []


def test_the_time_zone_of_a_connection_makes_no_difference():
    brussels = timezone(timedelta(hours=1))
    events = [make_event()]
    batches = seal_up_to(events, [1])
    elsewhere = [replace(batches[0], sealed_at=AT.astimezone(brussels))]
    assert faults_of([make_event(at=AT.astimezone(brussels))], elsewhere) == []


@given(chains())
def test_what_was_sealed_verifies(chain):
    assert faults_of(*chain) == []


@given(chains(), st.data())
def test_a_changed_event_is_found_in_its_batch(chain, draw):
    events, batches = chain
    changed = draw.draw(st.sampled_from([event for event in events if event.id <= batches[-1].last_id]))
    field, value = draw.draw(
        st.sampled_from(
            [
                ("at", changed.at + timedelta(microseconds=1)),
                ("event", "other.event"),
                ("actor_id", 4711 if changed.actor_id != 4711 else None),
                ("on_type", "plans.other"),
                ("on_id", changed.on_id + "1"),
                ("zone_id", 4711 if changed.zone_id != 4711 else None),
                ("plan_id", 4711 if changed.plan_id != 4711 else None),
                ("data", {**changed.data, "more": 1} if "more" not in changed.data else {}),
            ]
        )
    )
    others = [event for event in events if event is not changed]
    batch = next(batch for batch in batches if changed.id <= batch.last_id)
    count = batch.events
    assert faults_of([*others, replace(changed, **{field: value})], batches) == [
        Fault(batch.number, FaultKind.EVENTS, count, count)
    ]


@given(chains(), st.data())
def test_a_removed_event_is_found_in_its_batch(chain, draw):
    events, batches = chain
    gone = draw.draw(st.sampled_from([event for event in events if event.id <= batches[-1].last_id]))
    batch = next(batch for batch in batches if gone.id <= batch.last_id)
    left = [event for event in events if event is not gone]
    assert faults_of(left, batches) == [Fault(batch.number, FaultKind.EVENTS, batch.events, batch.events - 1)]


@given(chains(), st.integers(-500, 500))
def test_an_event_slipped_in_is_found(chain, number):
    events, batches = chain
    assume(number <= batches[-1].last_id and number not in {event.id for event in events})
    batch = next(batch for batch in batches if number <= batch.last_id)
    assert faults_of([*events, make_event(number)], batches) == [
        Fault(batch.number, FaultKind.EVENTS, batch.events, batch.events + 1)
    ]


@given(chains(), st.integers(501, 600))
def test_what_comes_after_the_last_seal_is_no_fault(chain, number):
    events, batches = chain
    assert faults_of([*events, make_event(number)], batches) == []


@given(chains(least=2), st.data())
def test_a_missing_batch_is_named(chain, draw):
    events, batches = chain
    gone = draw.draw(st.sampled_from(batches[:-1] or batches))
    left = [batch for batch in batches if batch is not gone]
    expected = [(gone.number, "missing")] if left and gone.number < batches[-1].number else []
    assert where(faults_of(events, left)) == expected


@given(chains(), st.data())
def test_every_column_of_a_batch_is_held(chain, draw):
    events, batches = chain
    changed = draw.draw(st.sampled_from(batches))
    field, value = draw.draw(
        st.sampled_from(
            [
                ("events", changed.events + 1),
                ("digest", "f" * 64),
                ("previous_digest", "e" * 64),
                ("sealed_at", changed.sealed_at + timedelta(days=1)),
            ]
        )
    )
    others = [batch for batch in batches if batch is not changed]
    found = where(faults_of(events, [*others, replace(changed, **{field: value})]))
    assert (changed.number, "events") in found
    follows = {(changed.number + 1, "link")} if changed is not batches[-1] else set()
    assert set(found) == {
        (changed.number, "events"),
        *(follows if field == "digest" else ()),
        *([(changed.number, "link")] if field == "previous_digest" else ()),
    }


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (1, 2, [(1, "link"), (1, "events"), (2, "link"), (2, "order"), (2, "events"), (3, "link")]),
        (2, 3, [(2, "link"), (2, "events"), (3, "link"), (3, "order"), (3, "events")]),
    ],
)
def test_batches_in_another_order_are_found(first, second, expected):
    events = [make_event(number) for number in range(1, 7)]
    batches = {batch.number: batch for batch in seal_up_to(events, [2, 4, 6])}
    swapped = {first: second, second: first}
    moved = [replace(batch, number=swapped.get(number, number)) for number, batch in batches.items()]
    assert where(faults_of(events, moved)) == expected


def test_a_digest_computed_anew_breaks_the_next_link():
    events = [make_event(number) for number in range(1, 5)]
    batches = seal_up_to(events, [2, 4])
    forged = [make_event(1, actor_id=99), *events[1:]]
    batches[0] = seal(forged[:2], number=1, previous_digest=GENESIS, sealed_at=AT)
    assert where(faults_of(forged, batches)) == [(2, "link")]
