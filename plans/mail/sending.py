"""Emptying the outbox: what is sent is marked, what is not sent waits for the next time and is never lost.

Each mail is a transaction of its own on its own locked row, so that two commands at once share the work. A
mail leaves before its row says so: stopped in between it is sent again, with the same Message-ID.
"""

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from plans.enums import MailFault
from plans.mail.composing import notices_in
from plans.mail.letters import write_letter
from plans.models import OutboxMail

#: Sent mails, and with them their notices, are kept this long. Longer than plans.mail.telling.DAYS_TO_REMIND.
KEPT = timedelta(days=30)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(days=1)
#: With these the next mail would fare no better, and would wait for the server's silence again.
STOPS = {MailFault.SERVER, MailFault.SIGN_IN}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`sent` in this run; `failed` were tried, now or before, and wait; `fault` is the last one seen."""

    sent: int
    failed: int
    fault: MailFault | None


def send_mails(*, now: datetime) -> Outcome:
    """Try every mail that is due, the oldest first. Stops at a server that does not answer."""
    due = OutboxMail.objects.filter(sent_at=None, next_try_at__lte=now).order_by("pk")
    connection = get_connection()
    sent, fault = 0, None
    try:
        for pk in list(due.values_list("pk", flat=True)):
            found = _send_one(pk, connection, now)
            sent += found == ""
            fault = found or fault
            if found in STOPS:
                break
    finally:
        connection.close()
    failed = OutboxMail.objects.filter(sent_at=None, attempts__gt=0).count()
    return Outcome(sent, failed, fault)


def remove_old_mails(*, now: datetime) -> int:
    """Remove what was sent long ago, with the notices it told; how many mails."""
    old = OutboxMail.objects.filter(sent_at__lt=now - KEPT)
    number = old.count()
    old.delete()
    return number


@transaction.atomic
def _send_one(pk: int, connection: BaseEmailBackend, now: datetime) -> MailFault | str | None:
    """Empty when it was sent, the fault when not, None when there was nothing to send (any more)."""
    rows = OutboxMail.objects.select_for_update(skip_locked=True, of=("self",)).select_related("receiver")
    mail = rows.filter(pk=pk, sent_at=None, next_try_at__lte=now).first()
    if mail is None:
        return None
    # Roles, choices and languages may have changed since the mail was made.
    notices = notices_in(mail, now=now)
    if not notices:
        mail.delete()
        return None
    letter = write_letter(notices, language=mail.receiver.language, digest_on=mail.digest_on)
    mail.subject, mail.text, mail.html = letter.subject, letter.text, letter.html
    mail.last_error = _try(mail, connection)
    if mail.last_error:
        mail.next_try_at = now + _wait_after(mail.attempts)
    else:
        mail.sent_at = now
    mail.attempts += 1
    mail.save()
    return mail.last_error


def _wait_after(attempts_before: int) -> timedelta:
    """Five minutes, ten, twenty … a day."""
    return min(FIRST_WAIT * 2 ** min(attempts_before, 10), LONGEST_WAIT)


def _try(mail: OutboxMail, connection: BaseEmailBackend) -> MailFault | str:
    """Hand the mail to the server; what went wrong, or nothing."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.receiver.email],
        connection=connection,
        headers={
            "Message-ID": f"<{mail.message_id}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.receiver.language,
        },
    )
    message.attach_alternative(mail.html, "text/html")
    try:
        connection.open()  # once for the whole run; does nothing while it is open
        connection.send_messages([message])
    except (OSError, ValueError) as error:
        return fault_of(error)
    return ""


def fault_of(error: OSError | ValueError) -> MailFault:
    """The word for what went wrong. What the server said can hold addresses and is not kept."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return MailFault.RECEIVER
        case smtplib.SMTPAuthenticationError():
            return MailFault.SIGN_IN
        case smtplib.SMTPDataError() | smtplib.SMTPSenderRefused():
            return MailFault.REFUSED
        case ValueError():
            return MailFault.ADDRESS
    return MailFault.SERVER
