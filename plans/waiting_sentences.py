"""What waits for somebody as sentences in their language: the lines of the strip "waits for you"."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.selectors.waiting import Kind, Waiting

WAITING = {
    Kind.DEADLINE: lambda n: ngettext(
        "%(count)s plan to share for review by %(date)s: %(name)s",
        "%(count)s plans to share for review by %(date)s: %(name)s",
        n,
    ),
    Kind.LEAD_SHARES: lambda n: ngettext(
        "%(count)s plan must be ready by %(date)s; its lead shares it for review: %(name)s",
        "%(count)s plans must be ready by %(date)s; their leads share them for review: %(name)s",
        n,
    ),
    Kind.REMARKS: lambda n: ngettext(
        "%(count)s remark of a reviewer to answer, since %(date)s: %(name)s",
        "%(count)s remarks of reviewers to answer, the first since %(date)s: %(name)s",
        n,
    ),
    Kind.ASSIGNED: lambda n: ngettext(
        "%(count)s item assigned to you: %(name)s", "%(count)s items assigned to you: %(name)s", n
    ),
    Kind.TO_LOOK: lambda n: ngettext(
        "%(count)s item to look at under a new edition: %(name)s",
        "%(count)s items to look at under a new edition: %(name)s",
        n,
    ),
    Kind.TO_REVIEW: lambda n: ngettext(
        "%(count)s plan to review, shared on %(date)s",
        "%(count)s plans to review, the first shared on %(date)s",
        n,
    ),
    Kind.TO_READ: lambda n: ngettext(
        "%(count)s plan to read a second time, blind, asked on %(date)s",
        "%(count)s plans to read a second time, blind, the first asked on %(date)s",
        n,
    ),
    Kind.ANSWERS: lambda n: ngettext(
        "%(count)s answer of a zone to look at, since %(date)s",
        "%(count)s answers of zones to look at, the first since %(date)s",
        n,
    ),
    Kind.TO_CONFIRM: lambda n: ngettext(
        "%(count)s publication to confirm, asked by a colleague on %(date)s: %(name)s",
        "%(count)s publications to confirm, the first asked by a colleague on %(date)s: %(name)s",
        n,
    ),
    Kind.DRAFT_EDITIONS: lambda n: ngettext(
        "%(count)s edition to publish", "%(count)s editions to publish", n
    ),
    Kind.OLD_EDITION: lambda n: ngettext(
        "%(count)s plan is checked against an edition that has a successor",
        "%(count)s plans are checked against an edition that has a successor",
        n,
    ),
    Kind.FAILED_MAILS: lambda n: ngettext(
        "%(count)s mail could not be sent, made on %(date)s",
        "%(count)s mails could not be sent, the first made on %(date)s",
        n,
    ),
    Kind.UNUSED_LINKS: lambda n: ngettext(
        "%(count)s person never used the link to sign in, added on %(date)s",
        "%(count)s people never used the link to sign in, the first added on %(date)s",
        n,
    ),
}


def waiting_sentence(entry: Waiting) -> str:
    """What waits, how much of it, and since or until when."""
    day = date_format(entry.since, "SHORT_DATE_FORMAT") if entry.since else ""
    line = WAITING[entry.kind](entry.count) % {"count": entry.count, "date": day, "name": entry.name}
    return _("%(line)s (its cycle is over)") % {"line": line} if entry.is_over else line
