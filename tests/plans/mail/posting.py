"""Mail for the tests of notices: telling in a transaction, a run of the command, servers that fail.

`FailingServer` is a mail backend that keeps what it took and refuses as `refusals` says.
"""

from datetime import timedelta
from io import StringIO

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import transaction

from plans.enums import NoticeKind
from plans.mail import notify
from plans.models import Notice, OutboxMail

BACKEND = f"{__name__}.FailingServer"


class FailingServer(EmailBackend):
    """`refusals`: the number of a handing-over, counted from 1 over all runs → the error it ends with."""

    refusals: dict = {}
    handed_over = 0

    def send_messages(self, messages):
        cls = type(self)
        cls.handed_over += 1
        error = cls.refusals.get(cls.handed_over) or cls.refusals.get("all")
        if error:
            raise error
        return super().send_messages(messages)


def tell(kind, assessment, *, by=None, item=None, to=None) -> None:
    item = assessment.edition.items.get(code=item) if item else None
    with transaction.atomic():
        notify(kind=NoticeKind(kind), version=assessment.version, by=by, item=item, to=to)


def told(**wanted) -> set[str]:
    """The addresses of who is told."""
    return {notice.receiver.email for notice in Notice.objects.filter(**wanted)}


def addresses(*people) -> set[str]:
    return {person.email for person in people}


def send() -> tuple[str, int]:
    """One run of the command: its one line, and its exit status."""
    out = StringIO()
    try:
        call_command("send_notices", stdout=out)
    except CommandError as error:
        return str(error), error.returncode
    return out.getvalue().strip(), 0


def sent_to() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def let_time_pass(**how_much) -> None:
    """As if the waiting mails had waited that long."""
    for waiting in OutboxMail.objects.filter(sent_at=None):
        waiting.next_try_at -= timedelta(**how_much)
        waiting.save()
