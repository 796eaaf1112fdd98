"""What a mail says: which plan, what happened, the item's code and short name, how many, and a link.

Never a word of a plan, a motivation, a remark or a document: mail leaves the house. In the language of its
receiver. Templates: templates/plans/mail/.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from kiv.localized import localize
from plans.enums import NoticeKind
from plans.models import Notice, OutboxMail, Plan

#: A topic beside the kinds: a reviewer who went on about a remark wrote no other one.
REPLY = "reply"

#: What a subject says of a mail that tells things of one topic, so many of them, after the name of the plan.
SUBJECTS: Mapping[str, Callable[[int], str]] = {
    NoticeKind.SHARED: lambda n: pgettext("subject of a mail", "shared for review"),
    NoticeKind.REMARK: lambda n: npgettext(
        "subject of a mail", "remark of a reviewer", "%(count)s remarks of reviewers", n
    ),
    REPLY: lambda n: npgettext(
        "subject of a mail",
        "a reviewer went on about a remark",
        "reviewers went on about remarks, %(count)s times",
        n,
    ),
    NoticeKind.ANSWER: lambda n: npgettext(
        "subject of a mail", "answer of the zone", "%(count)s answers of the zone", n
    ),
    NoticeKind.REVIEWED: lambda n: pgettext("subject of a mail", "review finished"),
    NoticeKind.ASSIGNED: lambda n: pgettext("subject of a mail", "assigned to you"),
    NoticeKind.DEADLINE: lambda n: pgettext("subject of a mail", "deadline"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence and where it leads."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """What is told of one plan."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str


def write_letter(notices: Sequence[Notice], *, language: str, digest_on: date | None = None) -> Letter:
    """One mail about these notices (at least one), in `language`. `digest_on`: the day of a daily mail."""
    with translation.override(language):
        plans = _by_plan(notices)
        parts = [Part(_title(plan), tuple(_lines(plan, told))) for plan, told in plans]
        subject = _daily_subject(digest_on) if digest_on else _subject(*plans[0])
        context = {
            "subject": subject,
            "language": language,
            "parts": parts,
            "settings_url": _absolute("plans:notice_settings"),
        }
        return Letter(
            subject=" ".join(subject.split())[: OutboxMail._meta.get_field("subject").max_length],
            # The text is no HTML: what stands in it stands as it is.
            text=get_template("plans/mail/notices.txt").template.render(Context(context, autoescape=False)),
            html=get_template("plans/mail/notices.html").render(context),
        )


def _by_plan(notices: Iterable[Notice]) -> list[tuple[Plan, list[Notice]]]:
    """The plans in the order in which they are first told of."""
    told: dict[int, list[Notice]] = {}
    for notice in notices:
        told.setdefault(notice.version.plan_id, []).append(notice)
    return [(rows[0].version.plan, rows) for rows in told.values()]


def _title(plan: Plan) -> str:
    return f"{plan.get_kind_display()} {plan.cycle} · {plan.place_name}"


def _daily_subject(day: date) -> str:
    return _("Your notices of %(date)s") % {"date": date_format(day, "SHORT_DATE_FORMAT")}


def _subject(plan: Plan, notices: Sequence[Notice]) -> str:
    topics = {_topic(notice) for notice in notices}
    if len(topics) == 1:
        what = SUBJECTS[topics.pop()](len(notices)) % {"count": len(notices)}
    else:
        count = len(_alike(notices))
        what = ngettext("%(count)s notice", "%(count)s notices", count) % {"count": count}
    return f"{plan.place_name} {plan.cycle} · {what}"


def _lines(plan: Plan, notices: Iterable[Notice]) -> Iterable[Line]:
    for alike in _alike(notices):
        first = alike[0]
        yield Line(SENTENCES[_topic(first)](first, len(alike)), _url(plan, first))


def _topic(notice: Notice) -> str:
    return REPLY if notice.is_reply else notice.kind


def _alike(notices: Iterable[Notice]) -> list[list[Notice]]:
    """Those that are one line with their number together; by kind in the order of the list, then by item."""
    order = list(NoticeKind)

    def place(notice: Notice) -> tuple[int, bool, int, int]:
        position = notice.item.position if notice.item else 0
        return order.index(NoticeKind(notice.kind)), notice.is_reply, position, notice.deadline_id or 0

    return [list(alike) for _place, alike in groupby(sorted(notices, key=place), key=place)]


#: Of these the Review tab tells more than the page of the plan or of the item.
ON_REVIEW_TAB = frozenset({NoticeKind.REMARK, NoticeKind.ANSWER, NoticeKind.REVIEWED})


def _url(plan: Plan, notice: Notice) -> str:
    is_reading = notice.kind == NoticeKind.ASSIGNED and notice.item is None
    if notice.kind in ON_REVIEW_TAB or is_reading:
        return _absolute("plans:review", plan.pk)
    if notice.item:
        return _absolute("plans:item", plan.pk, notice.item.code)
    return _absolute("plans:check", plan.pk)


def _absolute(name: str, *arguments: object) -> str:
    return settings.SITE_URL + reverse(name, args=arguments)


def _item(notice: Notice) -> dict[str, str]:
    item = notice.item
    words = localize(item.short or item.title, translation.get_language() or "nl")
    return {"item": f"{item.code} {words}"}


def _shared(notice: Notice, count: int) -> str:
    return _("The plan was shared for review.")


def _remark(notice: Notice, count: int) -> str:
    if notice.item is None:
        text = ngettext(
            "A reviewer wrote a remark on the plan.", "Reviewers wrote %(count)s remarks on the plan.", count
        )
        return text % {"count": count}
    text = ngettext(
        "A reviewer wrote a remark on %(item)s.", "Reviewers wrote %(count)s remarks on %(item)s.", count
    )
    return text % {"count": count, **_item(notice)}


def _reply(notice: Notice, count: int) -> str:
    if notice.item is None:
        text = ngettext(
            "A reviewer went on about a remark on the plan.",
            "Reviewers went on %(count)s times about remarks on the plan.",
            count,
        )
        return text % {"count": count}
    text = ngettext(
        "A reviewer went on about a remark on %(item)s.",
        "Reviewers went on %(count)s times about remarks on %(item)s.",
        count,
    )
    return text % {"count": count, **_item(notice)}


def _answer(notice: Notice, count: int) -> str:
    if notice.item is None:
        # One remark can be answered more than once.
        text = ngettext("The zone answered a remark.", "The zone gave %(count)s answers to remarks.", count)
        return text % {"count": count}
    text = ngettext(
        "The zone answered a remark on %(item)s.",
        "The zone gave %(count)s answers to remarks on %(item)s.",
        count,
    )
    return text % {"count": count, **_item(notice)}


def _reviewed(notice: Notice, count: int) -> str:
    return _("The review of the plan is finished.")


def _assigned(notice: Notice, count: int) -> str:
    if notice.item is None:
        return _("You are asked for a second, blind reading of the plan.")
    return _("%(item)s was assigned to you.") % _item(notice)


def _deadline(notice: Notice, count: int) -> str:
    day = date_format(notice.deadline.date, "SHORT_DATE_FORMAT")
    text = _("Deadline on %(date)s: %(deadline)s. The plan is not shared for review yet.")
    return text % {"date": day, "deadline": notice.deadline.shown_name}


SENTENCES: Mapping[str, Callable[[Notice, int], str]] = {
    NoticeKind.SHARED: _shared,
    NoticeKind.REMARK: _remark,
    REPLY: _reply,
    NoticeKind.ANSWER: _answer,
    NoticeKind.REVIEWED: _reviewed,
    NoticeKind.ASSIGNED: _assigned,
    NoticeKind.DEADLINE: _deadline,
}
