"""Writing notices, inside the transaction of what they tell: what is undone was never told.

Not here: words, mails and sending (plans.mail.letters, plans.mail.composing, plans.mail.sending).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from framework.models import Item
from kiv.accounts.models import User
from kiv.audit.services import NotInTransaction
from plans.enums import NoticeKind
from plans.mail.receivers import may_be_told, receivers_of
from plans.models import Deadline, Notice, PlanVersion, Remark
from plans.models.deadline import MAX_DAYS_BEFORE

#: A reminder that nobody sent within these days is not sent any more: the next one is.
#: Shorter than sent mails are kept, so that a reminder whose mail was cleared away is not made again.
DAYS_TO_REMIND = 7


def notify(
    *,
    kind: NoticeKind,
    version: PlanVersion,
    by: Any,
    item: Item | None = None,
    remark: Remark | None = None,
    is_reply: bool = False,
    to: Iterable[User] | None = None,
) -> None:
    """Tell everybody whom it concerns, but not `by`: one notice for each who may know of it now.

    `to` names the people; ANSWER and ASSIGNED need it (ValueError without), for the other kinds it is the
    zone's people, or for SHARED also the coordinators of its area. `by` None is an operator's command.
    `remark` is what they are told of, as it is stored by now; `is_reply` when a reviewer went on about it.
    Must run inside the transaction of what happened, otherwise NotInTransaction. Reminders of deadlines are
    made by `remind` (ValueError here).
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{kind} must be told inside transaction.atomic()")
    if kind == NoticeKind.DEADLINE:
        raise ValueError("reminders are made by plans.mail.telling.remind")
    if to is None:
        people = receivers_of(kind, version.plan)
    else:
        # Read afresh: what somebody passed on may have been read before a role was taken away.
        people = User.objects.filter(is_active=True, pk__in={user.pk for user in to}).order_by("pk")
    Notice.objects.bulk_create(
        Notice(receiver=user, kind=kind, version=version, item=item, remark=remark, is_reply=is_reply)
        for user in people.exclude(pk=getattr(by, "pk", None))
        if may_be_told(user, version, item, remark)
    )


def remind(*, today: date) -> int:
    """Make the reminders that fell due, of plans not shared yet; how many. May be repeated at will."""
    made = 0
    for deadline in Deadline.objects.filter(date__range=(today, today + timedelta(days=MAX_DAYS_BEFORE))):
        days = find_days_due(deadline, today)
        if days is not None:
            made += _remind_of(deadline, days)
    return made


def find_days_due(deadline: Deadline, today: date) -> int | None:
    """Which reminder of the deadline is to be made today: the latest due, if not too long ago."""
    left = (deadline.date - today).days
    due = [days for days in deadline.days_before if 0 <= days - left < DAYS_TO_REMIND]
    return min(due) if left >= 0 and due else None


@transaction.atomic
def _remind_of(deadline: Deadline, days: int) -> int:
    """Two commands at once make each reminder once: the database refuses the second, silently."""
    told = set(deadline.notices.filter(days_before=days).values_list("receiver", "version"))
    versions = PlanVersion.objects.never_shared().filter(plan__cycle=deadline.cycle_id)
    reminders = [
        Notice(receiver=user, kind=NoticeKind.DEADLINE, version=version, deadline=deadline, days_before=days)
        for version in versions.select_related("plan")
        for user in receivers_of(NoticeKind.DEADLINE, version.plan)
        if (user.pk, version.pk) not in told and may_be_told(user, version)
    ]
    Notice.objects.bulk_create(reminders, ignore_conflicts=True)
    return len(reminders)
