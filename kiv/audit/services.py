"""Writing the audit trail. The only way in is `record` (`record_all` for many), from inside the transaction
it tells about.

Here too: sealing what was written (`seal_events`).
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from kiv.audit import sealing
from kiv.audit.models import AuditEvent, SealedBatch
from kiv.audit.selectors import BATCH_FIELDS, events_between, last_settled_id

#: How old an event must be before it is sealed: far longer than any transaction takes.
SETTLED_AFTER = timedelta(minutes=15)


class NotInTransaction(RuntimeError):
    """An event was recorded outside a transaction: it could be kept while its change was undone."""


def record(event: str, *, by: Any, on: models.Model | type[models.Model], **data: Any) -> AuditEvent:
    """Add an event about `on`, done by the user `by` (None: a command of an operator).

    `on` is the object; a model class when the event is about many rows of it at once.

    Must run inside the transaction of the change itself, otherwise NotInTransaction. `zone_id` may be
    given as data; without it the object's own `zone_id` is taken, or its id when it is a zone. In the same
    way `plan`, the id of the plan, stays in the data and becomes the event's `plan_id`.
    `data` holds ids, codes and counts: never names, addresses or texts people wrote.
    """
    _check_in_transaction(event)
    made = event_of(event, by=by, on=on, **data)
    made.save(force_insert=True)
    return made


def event_of(event: str, *, by: Any, on: models.Model | type[models.Model], **data: Any) -> AuditEvent:
    """The event that `record` would add, not stored: for `record_all`."""
    is_object = isinstance(on, models.Model)
    zone_id, plan_id = data.pop("zone_id", None), data.get("plan")
    if zone_id is None and is_object:
        zone_id = _id_of(on, "territory.policezone", "zone_id")
    if plan_id is None and is_object:
        plan_id = _id_of(on, "plans.plan", "plan_id")
    return AuditEvent(
        event=event,
        actor_id=getattr(by, "pk", None),
        on_type=on._meta.label_lower,
        on_id=str(on.pk) if is_object else "",
        zone_id=zone_id,
        plan_id=plan_id,
        data=data,
    )


def record_all(events: Sequence[AuditEvent]) -> None:
    """Add many events made by `event_of`, in their order: for loads that would write thousands one by one."""
    _check_in_transaction(f"{len(events)} events")
    AuditEvent.objects.bulk_create(events)


def _check_in_transaction(event: str) -> None:
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{event} must be recorded inside transaction.atomic()")


@transaction.atomic
def seal_events(*, older_than: timedelta = SETTLED_AFTER) -> SealedBatch | None:
    """Seal the events that are settled and not sealed yet, as one batch; None when there are none.

    Leaves no event, and so takes no `by`: the batch is the record, and an event about each seal would
    itself ask to be sealed. Two at once: the second waits, and finds nothing left.
    """
    if connection.vendor == "postgresql":
        # SQLite has one writer at a time; here nobody else may seal until this transaction ends.
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {SealedBatch._meta.db_table} IN EXCLUSIVE MODE")
    last = SealedBatch.objects.order_by("-number").first()
    after_id = last.last_id if last else sealing.BEFORE_ALL
    last_id = last_settled_id(after_id, older_than=older_than)
    if last_id is None:
        return None
    batch = sealing.seal(
        events_between(after_id, last_id),
        number=last.number + 1 if last else 1,
        previous_digest=last.digest if last else sealing.GENESIS,
        sealed_at=timezone.now(),
    )
    return batch and SealedBatch.objects.create(**{name: getattr(batch, name) for name in BATCH_FIELDS})


def _id_of(on: models.Model, label: str, field: str) -> Any:
    """The object's own id when it is of this kind, else what it points to."""
    return on.pk if on._meta.label_lower == label else getattr(on, field, None)
