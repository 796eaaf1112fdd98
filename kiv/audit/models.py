"""The audit trail and the seals on it. Writing happens in `services` only.

No foreign keys: an event outlives what it tells about. Rows of both tables can be added, never changed or
removed: migrations 0002 and 0004 put database triggers behind that promise, on SQLite and on PostgreSQL.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One thing that happened, e.g. ``zone.changed``. `on_type` is a model label such as ``plans.plan``."""

    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    event = models.CharField(_("event"), max_length=100)
    actor_id = models.BigIntegerField(_("actor"), null=True, blank=True)
    on_type = models.CharField(_("kind of object"), max_length=100)
    on_id = models.CharField(_("object"), max_length=64, blank=True)
    zone_id = models.BigIntegerField(_("zone"), null=True, blank=True)
    plan_id = models.BigIntegerField(_("plan"), null=True, blank=True)
    data = models.JSONField(_("details"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["on_type", "on_id"], name="audit_on"),
            models.Index(fields=["zone_id"], name="audit_zone"),
            models.Index(fields=["plan_id", "-id"], name="audit_plan"),
            models.Index(fields=["actor_id"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.on_type} {self.on_id}"


class SealedBatch(models.Model):
    """One link of the hash chain over the trail (kiv.audit.sealing says what the digest is made of).

    It covers every event with an id after the batch before, up to `last_id`; `events` is how many there are.
    """

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    first_id = models.BigIntegerField(_("first event"))
    last_id = models.BigIntegerField(_("last event"))
    events = models.PositiveIntegerField(_("events"))
    digest = models.CharField(_("digest"), max_length=64)
    previous_digest = models.CharField(_("digest of the batch before"), max_length=64)
    sealed_at = models.DateTimeField(_("sealed at"))

    class Meta:
        verbose_name = _("sealed batch")
        verbose_name_plural = _("sealed batches")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="sealed_batches_from_one"),
            models.CheckConstraint(
                condition=Q(first_id__lte=F("last_id"), events__gte=1), name="sealed_batches_hold_events"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.events} events, {self.digest[:12]}"
