"""Writing the audit trail. The only way in is `record`, from inside the transaction it tells about."""

from typing import Any

from django.db import connection, models

from kiv.audit.models import AuditEvent


class NotInTransaction(RuntimeError):
    """An event was recorded outside a transaction: it could be kept while its change was undone."""


def record(event: str, *, by: Any, on: models.Model | type[models.Model], **data: Any) -> AuditEvent:
    """Add an event about `on`, done by the user `by` (None: a command of an operator).

    `on` is the object; a model class when the event is about many rows of it at once.

    Must run inside the transaction of the change itself, otherwise NotInTransaction. `zone_id` may be
    given as data; without it the object's own `zone_id` is taken, or its id when it is a zone.
    `data` holds ids, codes and counts: never names, addresses or texts people wrote.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{event} must be recorded inside transaction.atomic()")
    is_object = isinstance(on, models.Model)
    zone_id = data.pop("zone_id", None)
    if zone_id is None and is_object:
        zone_id = on.pk if on._meta.label_lower == "territory.policezone" else getattr(on, "zone_id", None)
    return AuditEvent.objects.create(
        event=event,
        actor_id=getattr(by, "pk", None),
        on_type=on._meta.label_lower,
        on_id=str(on.pk) if is_object else "",
        zone_id=zone_id,
        data=data,
    )
