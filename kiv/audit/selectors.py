"""Reading the trail as a whole: which events are settled, and whether the seals still hold.

Not here: who sees which event (that is the apps' own business) and what an event means.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max, Min, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from kiv.audit import sealing
from kiv.audit.models import AuditEvent, SealedBatch

EVENT_FIELDS = tuple(sealing.Event.__dataclass_fields__)
BATCH_FIELDS = tuple(sealing.Batch.__dataclass_fields__)
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Verification:
    """`events` are those the batches say they hold; `unsealed` came after the last batch.

    `digest` is that of the last batch, empty when nothing is sealed yet. `is_known` answers whether the
    digest that was asked for is in the chain; None when none was asked for.
    """

    batches: int
    events: int
    unsealed: int
    digest: str
    faults: tuple[sealing.Fault, ...]
    is_known: bool | None = None

    @property
    def is_sound(self) -> bool:
        return not self.faults and self.is_known is not False


def events_between(after_id: int, last_id: int) -> Iterator[sealing.Event]:
    """The events with ``after_id < id <= last_id``, by id, whatever gaps there are."""
    rows = AuditEvent.objects.filter(id__gt=after_id, id__lte=last_id).order_by("id")
    for row in rows.values_list(*EVENT_FIELDS).iterator(chunk_size=CHUNK):
        yield sealing.Event(*row)


def last_settled_id(after_id: int, *, older_than: timedelta) -> int | None:
    """The last id up to which no event can appear any more; None when nothing after `after_id` is settled.

    On PostgreSQL a number is given out when a row is written and seen when its transaction ends: a lower
    id can appear after a higher one. So everything from the first young event on waits, and, however long
    it takes, everything that an open transaction might still precede.
    """
    before = min(filter(None, (timezone.now(), _oldest_open_transaction()))) - older_than
    waiting = AuditEvent.objects.filter(id__gt=after_id)
    first_young = waiting.filter(at__gt=before).aggregate(first=Min("id"))["first"]
    if first_young is not None:
        waiting = waiting.filter(id__lt=first_young)
    return waiting.aggregate(last=Max("id"))["last"]


def _oldest_open_transaction() -> datetime | None:
    """When the oldest transaction of another connection began. SQLite has one writer: ids come in order."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend'"
            " AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def waiting_for_seal() -> int:
    """How many events came after the last batch, however young."""
    last = SealedBatch.objects.order_by("-last_id").values("last_id")[:1]
    return AuditEvent.objects.filter(id__gt=Coalesce(Subquery(last), sealing.BEFORE_ALL)).count()


def verify_trail(known_digest: str = "") -> Verification:
    """Compute every seal again. Reads the whole trail, in pieces."""
    batches = [
        sealing.Batch(*row) for row in SealedBatch.objects.order_by("number").values_list(*BATCH_FIELDS)
    ]
    return Verification(
        batches=len(batches),
        events=sum(batch.events for batch in batches),
        unsealed=waiting_for_seal(),
        digest=batches[-1].digest if batches else "",
        faults=tuple(sealing.find_faults(batches, events_between)),
        is_known=known_digest in {batch.digest for batch in batches} if known_digest else None,
    )
