"""Remarks on a version as pages show them: whose turn it is, and only the words that the reader may know.

Which remarks exist for somebody is in querysets; what may be done with one, in rules and services.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from framework.models import Item
from plans.enums import RemarkKind, RemarkSide, RemarkStatus
from plans.models import Assessment, Remark, RemarkEntry
from plans.querysets import RemarkQuerySet
from plans.selectors.disclosure import Reader


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """What one side wrote; no text when `is_hidden`. `who` is empty for somebody whose account was erased."""

    side: str
    text: str
    is_hidden: bool
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShownRemark:
    """A remark with what was written under it. `item` None: the plan.

    `is_hidden`: confidential to the reader, who then reads only the entries they wrote themselves.
    `is_confidential` by itself, or because the motivation it is about is.
    """

    pk: int
    number: int
    item: Item | None
    kind: str
    status: str
    is_confidential: bool
    is_hidden: bool
    entries: tuple[ShownEntry, ...]

    @property
    def anchor(self) -> str:
        """A clarification is found by its item: advice knows no numbers."""
        if self.is_clarification and not self.is_closed:
            return f"clarification-{self.item.code}"
        return f"remark-{self.number}"

    @property
    def is_clarification(self) -> bool:
        return self.kind == RemarkKind.CLARIFICATION

    @property
    def waits_for_zone(self) -> bool:
        return self.status == RemarkStatus.OPEN

    @property
    def waits_for_reviewer(self) -> bool:
        return self.status == RemarkStatus.ANSWERED

    @property
    def is_closed(self) -> bool:
        return self.status == RemarkStatus.CLOSED


@dataclass(frozen=True, slots=True)
class Remarks:
    """Those of one version, each group in the order of their numbers."""

    waiting: tuple[ShownRemark, ...] = ()
    answered: tuple[ShownRemark, ...] = ()
    closed: tuple[ShownRemark, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.waiting or self.answered or self.closed)

    def __iter__(self):
        return iter((*self.waiting, *self.answered, *self.closed))

    @property
    def to_read(self) -> tuple[ShownRemark, ...]:
        """The answers that this reader may read; the others wait for a reviewer with clearance."""
        return tuple(remark for remark in self.answered if not remark.is_hidden)

    @property
    def open_clarifications(self) -> int:
        return sum(remark.is_clarification for remark in self.waiting)

    def clarification_about(self, item: Item) -> ShownRemark | None:
        """The last one that was asked about the item's motivation."""
        asked = [remark for remark in self.about(item) if remark.is_clarification]
        return max(asked, key=lambda remark: remark.number, default=None)

    def about(self, item: Item) -> "Remarks":
        return grouped(remark for remark in self if remark.item is not None and remark.item.pk == item.pk)


def remarks_of(assessment: Assessment, user, reader: Reader) -> Remarks:
    """The remarks on this version that exist for `user`. At most two queries."""
    return grouped(_shown(Remark.objects.visible_to(user).filter(assessment=assessment), user, reader))


def remark_of(remark: Remark, user, reader: Reader) -> ShownRemark:
    """One of them, fetched through visibility. Two queries."""
    (shown,) = _shown(Remark.objects.filter(pk=remark.pk), user, reader)
    return shown


def grouped(remarks: Iterable[ShownRemark]) -> Remarks:
    found = sorted(remarks, key=lambda remark: remark.number)
    return Remarks(
        waiting=tuple(remark for remark in found if remark.waits_for_zone),
        answered=tuple(remark for remark in found if remark.waits_for_reviewer),
        closed=tuple(remark for remark in found if remark.is_closed),
    )


def _shown(remarks: RemarkQuerySet, user, reader: Reader) -> list[ShownRemark]:
    entries = RemarkEntry.objects.select_related("written_by")
    rows = remarks.with_secrecy().select_related("item").prefetch_related(Prefetch("entries", entries))
    return [_remark(row, user, reader) for row in rows]


def _remark(row: Remark, user, reader: Reader) -> ShownRemark:
    """`row` with its `is_secret`. Whose words are hidden is `RemarkQuerySet.readable_by` again, by reader."""
    is_hidden = reader.hides_words(is_confidential=row.is_secret)
    return ShownRemark(
        pk=row.pk,
        number=row.number,
        item=row.item,
        kind=row.kind,
        status=row.status,
        is_confidential=row.is_secret,
        is_hidden=is_hidden,
        entries=tuple(
            _entry(entry, is_hidden=is_hidden and entry.written_by_id != user.pk)
            for entry in row.entries.all()
        ),
    )


def _entry(entry: RemarkEntry, *, is_hidden: bool) -> ShownEntry:
    person = entry.written_by
    return ShownEntry(
        side=RemarkSide(entry.side).value,
        text="" if is_hidden else entry.text,
        is_hidden=is_hidden,
        who="" if person is None or person.erased_at else str(person),
        at=entry.written_at,
    )
