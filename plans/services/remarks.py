"""Remarks of reviewers and the zone's answers: open, answered, closed (SCORING section 5).

A clarification that is open keeps its item open; every change of one scores the assessment again, in the same
transaction. Remarks are written by reviewers while a version is under review, and answered by the zone then
and later.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from framework.models import Item
from kiv.accounts.models import User
from kiv.audit.services import record
from plans import rules
from plans.enums import NoticeKind, RemarkKind, RemarkSide, RemarkStatus
from plans.mail import notify
from plans.models import Assessment, Remark, RemarkEntry
from plans.planformat import is_blank
from plans.planformat.types import TEXT_LENGTH
from plans.selectors.reviewed import judgeable_items
from plans.services.editing import TooMany, check_storable, lock_version
from plans.services.scores import store_scores
from plans.workflow import Act

#: More is a conversation that belongs elsewhere.
MAX_REMARKS = 500
MAX_ENTRIES = 100


class RemarkClosed(Exception):
    """A remark that was closed is answered no more; a reviewer can go on with it."""


class Overtaken(Exception):
    """Somebody else wrote under the remark since it was read; nothing was done."""


class PartlyConfidential(Exception):
    """Some of the words are confidential to this person: a reviewer with clearance reads them."""


@transaction.atomic
def write_remark(
    *, assessment: Assessment, item: str | None, text: str, is_confidential: bool = False, by
) -> Remark:
    """A reviewer's remark about an item, or about the whole plan (None).

    Raises rules.NotAllowed (also for an item that does not exist for reviewers, and for whoever still reads
    blind: remarks are no part of that), rules.WrongMoment, TooMany and ValidationError for a text that is
    blank or too long.
    """
    lock_version(assessment.version)
    rules.check_can(by, assessment.version, Act.REVIEW)
    if assessment.readings.blind_for(by).exists():
        raise rules.NotAllowed
    found = None
    if item is not None:
        found = next((score.item for score in judgeable_items(assessment) if score.item.code == item), None)
        if found is None:
            raise rules.NotAllowed
    return _write(assessment, found, RemarkKind.REMARK, text, is_confidential, by)


@transaction.atomic
def answer_remark(
    *, remark: Remark, text: str, is_confidential: bool = False, seen: int | None = None, by
) -> Remark:
    """The zone answers; a clarification is then no longer open. `is_confidential` hides it from now on.

    `seen`: how many texts stood there when it was read; None where nobody read it before. Raises
    rules.NotAllowed, rules.WrongMoment, RemarkClosed, Overtaken, TooMany and ValidationError.
    """
    with _changing(remark, Act.ANSWER, by, seen=seen) as stored:
        if stored.status == RemarkStatus.CLOSED:
            raise RemarkClosed
        stored.is_confidential = stored.is_confidential or is_confidential
        _add(stored, RemarkSide.ZONE, text, by)
        stored.status = RemarkStatus.ANSWERED
        _record("remark.answered", stored, by)
    # Who may read it follows from what is stored by now: the answer may have made it confidential.
    asked = stored.entries.filter(side=RemarkSide.REVIEWER).values("written_by")
    _tell(NoticeKind.ANSWER, stored, by, to=User.objects.filter(pk__in=asked))
    return stored


@transaction.atomic
def reply_to_remark(*, remark: Remark, text: str, seen: int | None = None, by) -> Remark:
    """The reviewer goes on: the remark is open again, whatever it was. `seen` as in `answer_remark`.

    Raises as `write_remark`, and Overtaken and PartlyConfidential.
    """
    with _changing(remark, Act.REVIEW, by, seen=seen) as stored:
        _check_readable(stored, by)
        _add(stored, RemarkSide.REVIEWER, text, by)
        stored.status = RemarkStatus.OPEN
        _record("remark.replied", stored, by)
    _tell(NoticeKind.REMARK, stored, by, is_reply=True)
    return stored


@transaction.atomic
def close_remark(*, remark: Remark, seen: int | None = None, by) -> Remark:
    """Nothing more is asked. Closing what is closed changes nothing. `seen` as in `answer_remark`.

    Raises rules.NotAllowed, rules.WrongMoment, and Overtaken and PartlyConfidential: nobody closes an answer
    unread.
    """
    with _changing(remark, Act.CLOSE_REMARK, by, seen=seen) as stored:
        _check_readable(stored, by)
        if stored.status != RemarkStatus.CLOSED:
            stored.status = RemarkStatus.CLOSED
            _record("remark.closed", stored, by)
    return stored


def ask_clarification(
    *, assessment: Assessment, item: Item, text: str, is_confidential: bool = False, by
) -> Remark:
    """Ask about a motivation, inside a review; what was asked before and is not closed is asked on.

    As confidential as the motivation is, or when `is_confidential` says so. Raises PartlyConfidential, and
    ValidationError under `clarification` for a text that is blank or too long.
    """
    pending = _pending(assessment, item)
    if pending is not None and pending.status == RemarkStatus.OPEN and is_blank(text):
        return pending
    if pending is None:
        is_confidential = (
            is_confidential or assessment.choices.filter(item=item, is_motivation_confidential=True).exists()
        )
        remark = _write(
            assessment, item, RemarkKind.CLARIFICATION, text, is_confidential, by, field="clarification"
        )
    else:
        remark = pending
        _check_readable(remark, by)
        _add(remark, RemarkSide.REVIEWER, text, by, field="clarification")
        remark.is_confidential = remark.is_confidential or is_confidential
        remark.status, remark.changed_at = RemarkStatus.OPEN, timezone.now()
        remark.save()
        _record("remark.replied", remark, by)
        _tell(NoticeKind.REMARK, remark, by, is_reply=True)
    store_scores(assessment=assessment)
    return remark


def asks_nothing_new(*, assessment: Assessment, item: Item, text: str) -> bool:
    """Whether `text` is what was asked last about the item already, or nothing: a second click."""
    if is_blank(text):
        return True
    pending = _pending(assessment, item)
    last = pending.entries.last() if pending is not None else None
    return last is not None and (last.side, last.text) == (RemarkSide.REVIEWER, text.strip())


def withdraw_clarification(*, assessment: Assessment, item: Item, by) -> None:
    """Close what is still asked about a motivation, inside a review. Raises PartlyConfidential."""
    pending = _pending(assessment, item)
    if pending is not None:
        _check_readable(pending, by)
        pending.status, pending.changed_at = RemarkStatus.CLOSED, timezone.now()
        pending.save()
        _record("remark.closed", pending, by)
        store_scores(assessment=assessment)


def _pending(assessment: Assessment, item: Item) -> Remark | None:
    asked = assessment.remarks.filter(kind=RemarkKind.CLARIFICATION, item=item)
    return asked.exclude(status=RemarkStatus.CLOSED).select_related("assessment", "item").first()


def _check_readable(remark: Remark, by) -> None:
    """A reviewer does not write over what they cannot read."""
    if not Remark.objects.readable_by(by).filter(pk=remark.pk).exists():
        raise PartlyConfidential


@contextmanager
def _changing(remark: Remark, act: Act, by, *, seen: int | None) -> Iterator[Remark]:
    """The remark as it stands under the lock, saved and scored afterwards."""
    assessment = remark.assessment
    lock_version(assessment.version)
    rules.check_can(by, assessment.version, act)
    stored = Remark.objects.select_related("item").get(pk=remark.pk)
    stored.assessment = assessment
    if seen is not None:
        writers = stored.entries.order_by("pk").values_list("written_by", flat=True)
        if any(writer != by.pk for writer in list(writers)[seen:]):
            raise Overtaken
    before = stored.status
    yield stored
    if stored.status != before or stored.is_confidential != remark.is_confidential:
        stored.changed_at = timezone.now()
        stored.save()
    if stored.kind == RemarkKind.CLARIFICATION:
        store_scores(assessment=assessment)


def _write(assessment, item, kind, text, is_confidential, by, *, field: str = "text") -> Remark:
    if assessment.remarks.count() >= MAX_REMARKS:
        raise TooMany(MAX_REMARKS)
    last = assessment.remarks.aggregate(last=Max("number"))["last"] or 0
    remark = Remark.objects.create(
        assessment=assessment,
        number=last + 1,
        item=item,
        kind=kind,
        is_confidential=is_confidential,
        changed_at=timezone.now(),
    )
    _add(remark, RemarkSide.REVIEWER, text, by, field=field)
    _record("remark.written", remark, by)
    _tell(NoticeKind.REMARK, remark, by)
    return remark


def _add(remark: Remark, side: str, text: str, by, *, field: str = "text") -> None:
    check_storable({field: text})
    if is_blank(text) or len(text) > TEXT_LENGTH:
        raise ValidationError({field: "a text, of at most the bound of plan texts"})
    if remark.entries.count() >= MAX_ENTRIES:
        raise TooMany(MAX_ENTRIES)
    RemarkEntry.objects.create(
        remark=remark, side=side, text=text.strip(), written_by=by, written_at=timezone.now()
    )


def _tell(
    kind: NoticeKind, remark: Remark, by, *, is_reply: bool = False, to: Iterable[User] | None = None
) -> None:
    """The other side is told that something was written, never what, and only who may read it."""
    version, item = remark.assessment.version, remark.item
    notify(kind=kind, version=version, by=by, item=item, remark=remark, is_reply=is_reply, to=to)


def _record(event: str, remark: Remark, by) -> None:
    version = remark.assessment.version
    data = {"item": remark.item.code} if remark.item else {}
    record(
        event,
        by=by,
        on=remark,
        zone_id=version.plan.zone_id,
        plan=version.plan_id,
        number=version.number,
        remark=remark.number,
        **data,
    )
