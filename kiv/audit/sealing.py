"""The hash chain over batches of audit events: computing a seal, and finding where a chain is broken.

Plain Python: events and batches come in as dataclasses, faults go out as data. Not here: reading and storing
rows (selectors, services), words for people (the command).

The digest of a batch is the SHA-256 of lines of canonical JSON (sorted keys, no spaces, ASCII), each ended
by a line feed: first the batch's head, which holds the digest of the batch before, then every event by id.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

FORMAT = "kiv-audit-seal/1"
#: What the first batch has in place of the digest before.
GENESIS = "0" * 64
#: Below every id, negative ones that somebody might slip in included.
BEFORE_ALL = -(2**63)


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the trail. `at` is aware; `data` is what JSON gives back."""

    id: int
    at: datetime
    event: str
    actor_id: int | None
    on_type: str
    on_id: str
    zone_id: int | None
    plan_id: int | None
    data: Any


@dataclass(frozen=True, slots=True)
class Batch:
    """All events with ids after the batch before and up to `last_id`; `events` is how many."""

    number: int
    first_id: int
    last_id: int
    events: int
    digest: str
    previous_digest: str
    sealed_at: datetime


class FaultKind(StrEnum):
    MISSING = "missing"  # no batch has this number, and a later one exists
    LINK = "link"  # names another digest than that of the batch before
    ORDER = "order"  # holds ids that the batch before holds, or should
    EVENTS = "events"  # the events of its range, or its own columns, are not those that were sealed


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one batch. `sealed` and `found` count its events; None when nothing was read."""

    batch: int
    kind: FaultKind
    sealed: int | None = None
    found: int | None = None


#: (after this id, up to and with this id) → the events between, by id.
EventsBetween = Callable[[int, int], Iterable[Event]]


def seal(events: Iterable[Event], *, number: int, previous_digest: str, sealed_at: datetime) -> Batch | None:
    """The batch that these events (by id) make; None without events."""
    digest = hashlib.sha256(_line(_head(number, previous_digest, sealed_at)))
    first_id = last_id = None
    count = 0
    for event in events:
        digest.update(_line(_fields(event)))
        first_id = event.id if first_id is None else first_id
        last_id = event.id
        count += 1
    if first_id is None or last_id is None:
        return None
    return Batch(number, first_id, last_id, count, digest.hexdigest(), previous_digest, sealed_at)


def find_faults(batches: Sequence[Batch], events_between: EventsBetween) -> Iterator[Fault]:
    """Every fault, by batch. A batch is judged by what it says of itself: one change is one fault.

    What this cannot see: that the newest batches were removed together with all that came after, or that
    somebody computed the whole chain anew. For that a digest must be known from elsewhere.
    """
    before: Batch | None = None
    expected, reached = 1, BEFORE_ALL
    for batch in sorted(batches, key=lambda one: one.number):
        yield from (Fault(number, FaultKind.MISSING) for number in range(expected, batch.number))
        is_next = batch.number == expected
        if is_next and batch.previous_digest != (before.digest if before else GENESIS):
            yield Fault(batch.number, FaultKind.LINK)
        if before is not None and batch.first_id <= before.last_id:
            yield Fault(batch.number, FaultKind.ORDER)
        # What was slipped in between two batches falls to the later one, which was not sealed so. After a
        # missing batch nobody knows where the next one began, but that it began with its first event.
        start = reached if is_next and reached < batch.first_id else batch.first_id - 1
        found = seal(
            events_between(start, batch.last_id),
            number=batch.number,
            previous_digest=batch.previous_digest,
            sealed_at=batch.sealed_at,
        )
        if found != batch:
            yield Fault(batch.number, FaultKind.EVENTS, batch.events, found.events if found else 0)
        before, expected = batch, batch.number + 1
        reached = max(reached, batch.last_id)


def _head(number: int, previous_digest: str, sealed_at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "number": number,
        "previous_digest": previous_digest,
        "sealed_at": _moment(sealed_at),
    }


def _fields(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": _moment(event.at),
        "event": event.event,
        "actor_id": event.actor_id,
        "on_type": event.on_type,
        "on_id": event.on_id,
        "zone_id": event.zone_id,
        "plan_id": event.plan_id,
        "data": event.data,
    }


def _moment(at: datetime) -> str:
    """In UTC with microseconds: the same whatever time zone a connection gives it in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _line(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.encode("ascii") + b"\n"
