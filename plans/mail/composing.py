"""From notices that wait to mails in the outbox: at once one per plan, daily one per person."""

from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from kiv.accounts.models import User
from plans.enums import Frequency, NoticeKind
from plans.mail.letters import write_letter
from plans.mail.receivers import may_be_told
from plans.models import Notice, OutboxMail
from plans.selectors.notices import frequencies_of


def compose_mails(*, now: datetime) -> int:
    """Put what is due into the outbox; how many mails. What may not or need not be told is dropped."""
    waiting = Notice.objects.filter(mail=None).order_by("receiver").values_list("receiver", flat=True)
    return sum(_compose_for(receiver_id, now) for receiver_id in waiting.distinct())


@transaction.atomic
def _compose_for(receiver_id: int, now: datetime) -> int:
    # One command at a time for one person; erasing somebody takes the same row.
    rows = User.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    receiver = rows.filter(pk=receiver_id).first()
    if receiver is None:
        return 0
    frequencies = frequencies_of(receiver)
    notices = keep_tellable(
        receiver,
        _with_plan(Notice.objects.filter(receiver=receiver, mail=None)),
        unwanted={kind for kind, frequency in frequencies.items() if frequency == Frequency.NEVER},
        now=now,
    )
    at_once = [notice for notice in notices if frequencies[notice.kind] == Frequency.AT_ONCE]
    daily = [notice for notice in notices if frequencies[notice.kind] == Frequency.DAILY]
    made = 0
    by_plan = sorted(at_once, key=_plan_of)
    for _plan, told in groupby(by_plan, key=_plan_of):
        _put_into_outbox(OutboxMail(receiver=receiver, created_at=now, next_try_at=now), list(told))
        made += 1
    today = localtime(now)
    if daily and today.hour >= settings.DIGEST_HOUR:
        day = today.date()
        if not OutboxMail.objects.filter(receiver=receiver, digest_on=day).exists():
            mail = OutboxMail(receiver=receiver, created_at=now, next_try_at=now, digest_on=day)
            _put_into_outbox(mail, daily)
            made += 1
    return made


def notices_in(mail: OutboxMail, *, now: datetime) -> list[Notice]:
    """What the mail may still tell its receiver; the other notices are dropped."""
    return keep_tellable(mail.receiver, _with_plan(mail.notices.all()), now=now)


def keep_tellable(receiver: User, rows, *, now: datetime, unwanted=frozenset()) -> list[Notice]:
    """The notices that may be told now. The others are removed: their moment does not come back."""
    today = localtime(now).date()
    kept, dropped = [], []
    # Several notices about one item or remark ask the same.
    answers: dict[tuple[int, int | None, int | None], bool] = {}
    for notice in rows:
        is_told = notice.kind not in unwanted and _is_needed(notice, today)
        if is_told:
            about = notice.version_id, notice.item_id, notice.remark_id
            if about not in answers:
                answers[about] = may_be_told(receiver, notice.version, notice.item, notice.remark)
            is_told = answers[about]
        (kept if is_told else dropped).append(notice)
    if dropped:
        Notice.objects.filter(pk__in=[notice.pk for notice in dropped]).delete()
    return kept


def _is_needed(notice: Notice, today) -> bool:
    """A reminder is moot once the day is past or the plan is shared."""
    if notice.kind != NoticeKind.DEADLINE:
        return True
    return notice.deadline.date >= today and notice.version.is_in_preparation


def _put_into_outbox(mail: OutboxMail, notices: list[Notice]) -> None:
    letter = write_letter(notices, language=mail.receiver.language, digest_on=mail.digest_on)
    mail.subject, mail.text, mail.html = letter.subject, letter.text, letter.html
    mail.save()
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mail=mail)


def _plan_of(notice: Notice) -> int:
    return notice.version.plan_id


def _with_plan(notices):
    return notices.select_related(
        "item",
        "remark",
        "deadline",
        "version__plan__zone",
        "version__plan__municipality",
        "version__plan__cycle",
    ).order_by("pk")
