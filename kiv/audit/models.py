"""The one table of the audit trail. Writing happens in `services.record` only.

No foreign keys: an event outlives what it tells about. Rows can be added, never changed or removed:
migration 0002 puts database triggers behind that promise, on SQLite and on PostgreSQL.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
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
    data = models.JSONField(_("details"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["on_type", "on_id"], name="audit_on"),
            models.Index(fields=["zone_id"], name="audit_zone"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.on_type} {self.on_id}"
