"""What people are told by mail: what each chose, what happened, and the outbox (docs/adr/0011).

A notice and a mail are there for their receiver alone: they go with the person, and after a while anyway.
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiv.accounts.models import KeptForPerson
from plans.enums import Frequency, MailFault, NoticeKind
from plans.models.deadline import Deadline
from plans.models.plan import PlanVersion
from plans.models.review import Remark


class NoticeSetting(KeptForPerson):
    """How often one person wants to hear of one kind of thing. No row: plans.selectors.notices.DEFAULTS."""

    person_field = "user"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    frequency = models.CharField(max_length=10, choices=Frequency)

    class Meta:
        ordering = ("user_id", "kind")
        constraints = (
            models.UniqueConstraint(fields=("user", "kind"), name="notice_setting_once_per_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.values, frequency__in=Frequency.values),
                name="notice_settings_are_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.frequency}"

    def as_personal_data(self) -> dict[str, Any]:
        return {"kind": self.kind, "frequency": self.frequency}


class OutboxMail(KeptForPerson):
    """One mail to one person: waiting until `sent_at`, then kept a while as the record that it went.

    `digest_on` is the day of a daily mail: there is one per person and day. `message_id` is the same at
    every attempt. `next_try_at` waits longer after each failure.
    """

    person_field = "receiver"

    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    digest_on = models.DateField(null=True, blank=True)
    message_id = models.UUIDField(default=uuid.uuid4, unique=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(_("what is wrong"), max_length=10, choices=MailFault, blank=True)
    next_try_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("receiver", "digest_on"), name="one_daily_mail_per_day"),
            models.CheckConstraint(
                condition=Q(last_error="") | Q(last_error__in=MailFault.values), name="mail_fault_is_known"
            ),
        )
        indexes = (models.Index(fields=("next_try_at",), condition=Q(sent_at=None), name="mail_waiting"),)

    def __str__(self) -> str:
        return f"{self.pk} to {self.receiver_id}"

    def as_personal_data(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "text": self.text,
            "made_at": self.created_at.isoformat(),
            "sent_at": self.sent_at and self.sent_at.isoformat(),
        }


class Notice(KeptForPerson):
    """One thing one person is told: ids only, the words are made when the mail is.

    Without `mail` it waits for one. `remark` was written or answered, or a reviewer went on about it
    (`is_reply`). A reminder of a deadline is made once per receiver, deadline, plan and number of days ahead.
    """

    person_field = "receiver"

    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="notices")
    item = models.ForeignKey(
        "framework.Item", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    remark = models.ForeignKey(
        Remark, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )
    is_reply = models.BooleanField(default=False)
    deadline = models.ForeignKey(
        Deadline, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )
    days_before = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    mail = models.ForeignKey(
        OutboxMail, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=NoticeKind.DEADLINE, deadline__isnull=False, days_before__isnull=False)
                | (~Q(kind=NoticeKind.DEADLINE) & Q(deadline=None, days_before=None)),
                name="reminders_have_a_deadline",
            ),
            models.CheckConstraint(
                condition=Q(is_reply=False) | Q(kind=NoticeKind.REMARK, remark__isnull=False),
                name="replies_are_under_a_remark",
            ),
            models.UniqueConstraint(
                fields=("receiver", "deadline", "version", "days_before"), name="reminded_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.receiver_id}"

    def as_personal_data(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "version_id": self.version_id,
            "item_id": self.item_id,
            "remark_id": self.remark_id,
            "is_reply": self.is_reply,
            "made_at": self.created_at.isoformat(),
        }
