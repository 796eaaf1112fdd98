"""What the Review tab shows: which items were read, what a reading makes of each, what is still lacking.

Only what the reader may know (plans.querysets: a second reading is blind; plans.selectors.disclosure:
confidential words). Not here: remarks (selectors.remarks), two readings side by side (selectors.differences).
"""

from dataclasses import dataclass
from datetime import datetime

from plans.enums import Choice, Criterion, MotivationVerdict, ReadingKind
from plans.models import Assessment, ItemReview, ItemScore, Reading
from plans.selectors.check import check_of
from plans.selectors.disclosure import Reader
from plans.selectors.reviewed import (
    considered,
    derived_digits,
    judgeable_items,
    reviewed_item,
    settled_reviews,
)
from plans.selectors.shown import ItemRow, Standing


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A digit as somebody read it, beside the derived one. `reason` and `quote` are empty when hidden."""

    criterion: str
    derived: int
    digit: int
    reason: str
    quote: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item as one reading has it. `who` is empty for somebody who is no longer known."""

    standing: Standing
    judged: tuple[JudgedLine, ...]
    motivation: str
    is_confidential: bool
    is_hidden: bool
    revision: int
    who: str
    at: datetime

    @property
    def asks_clarification(self) -> bool:
        return self.motivation == MotivationVerdict.CLARIFICATION


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One item of the review: as the zone has it, and as it was read (None: not yet).

    `derived` holds the digits that a reviewer judges: those of the objective that earned the level.
    `asks_motivation`: this reading says something of why the zone did not retain it.
    """

    row: ItemRow
    score: ItemScore
    read: ReadItem | None
    asks_motivation: bool

    @property
    def derived(self) -> Standing:
        return Standing(self.score.level, derived_digits(self.score), self.score.objective or None)

    @property
    def is_unreadable(self) -> bool:
        """Whether words are hidden from this reader, who then judges nothing of the item.

        As selectors.reviewed.items_hidden_from judges it.
        """
        lines = (line for criterion in self.row.criteria for line in criterion.lines)
        return self.row.motivation.is_hidden or any(line.is_hidden for line in lines)

    @property
    def is_ready_to_confirm(self) -> bool:
        """Whether it can be confirmed together with others; a motivation is read one by one."""
        return self.read is None and not self.asks_motivation and not self.is_unreadable

    @property
    def has_confidential(self) -> bool:
        """Whether something was shown here that not everybody may read."""
        lines = (line for criterion in self.row.criteria for line in criterion.lines)
        return self.row.motivation.is_confidential or any(line.is_confidential for line in lines)


@dataclass(frozen=True, slots=True)
class Desk:
    """A review as one reader has it before them.

    `kind`: of the reading shown, the reader's own. `second`: the second reading there is, whoever may see
    what stands in it, and how many items its reader has come to. How far the reading is, is counted over the
    items that the reader can read; `unreadable` are the others.
    """

    kind: str
    lines: tuple[ReviewLine, ...]
    reading: Reading | None
    second: Reading | None
    second_read: int
    is_first_complete: bool

    @property
    def readable(self) -> tuple[ReviewLine, ...]:
        return tuple(line for line in self.lines if not line.is_unreadable)

    @property
    def unreadable(self) -> tuple[ReviewLine, ...]:
        return tuple(line for line in self.lines if line.is_unreadable)

    @property
    def left_out(self) -> tuple[ReviewLine, ...]:
        """What nobody with clearance has read: finished now, it gets no reviewed level."""
        return tuple(line for line in self.unreadable if line.read is None)

    @property
    def unread(self) -> tuple[ReviewLine, ...]:
        return tuple(line for line in self.readable if line.read is None)

    @property
    def motivations(self) -> tuple[ReviewLine, ...]:
        """Those still to read of which a motivation is judged: one by one."""
        return tuple(line for line in self.unread if line.asks_motivation)

    @property
    def has_ready_to_confirm(self) -> bool:
        return any(line.is_ready_to_confirm for line in self.lines)

    @property
    def read(self) -> int:
        return len(self.readable) - len(self.unread)

    @property
    def is_all_read(self) -> bool:
        return not self.unread

    @property
    def is_complete(self) -> bool:
        """Nothing in the reader's own reading changes any more."""
        return self.reading is not None and self.reading.completed_at is not None

    @property
    def are_both_complete(self) -> bool:
        has_second = self.second is not None and self.second.completed_at is not None
        return has_second and self.is_first_complete

    def line(self, code: str) -> ReviewLine | None:
        return next((line for line in self.lines if line.row.item.code == code), None)

    def next_unread(self, code: str) -> ReviewLine | None:
        """The next item after this one that was not read yet, beginning anew at the end."""
        at = next((at for at, line in enumerate(self.lines) if line.row.item.code == code), -1)
        after = (*self.lines[at + 1 :], *self.lines[:at])
        return next((line for line in after if line.read is None and not line.is_unreadable), None)


def desk_of(assessment: Assessment, user, reader: Reader) -> Desk:
    """The review of a shared version for a reader outside the zone. At most fifteen queries."""
    rows = {row.item.pk: row for row in check_of(assessment, reader).rows}
    scores = judgeable_items(assessment)
    readings = {one.kind: one for one in assessment.readings.select_related("reader")}
    second, first = readings.get(ReadingKind.SECOND), readings.get(ReadingKind.FIRST)
    is_second_reader = second is not None and second.reader_id == user.pk
    kind = ReadingKind.SECOND if is_second_reader else ReadingKind.FIRST
    seen = seen_items(assessment, user)
    own = seen.get(kind, {})
    return Desk(
        kind=kind.value,
        lines=tuple(
            _line(rows[score.item_id], score, own.get(score.item_id), reader, kind) for score in scores
        ),
        reading=readings.get(kind),
        second=second,
        second_read=second.items.count() if second else 0,
        is_first_complete=first is not None and first.completed_at is not None,
    )


def seen_items(assessment: Assessment, user) -> dict[str, dict[int, ItemReview]]:
    """Kind of reading → item id → what was said of it, of the readings this person may know.

    At most three queries.
    """
    readings = Reading.objects.visible_to(user).filter(assessment=assessment)
    kinds = dict(readings.order_by().values_list("pk", "kind"))
    found: dict[str, dict[int, ItemReview]] = {kind: {} for kind in kinds.values()}
    if kinds:
        rows = ItemReview.objects.filter(reading__in=kinds).select_related("reviewed_by")
        for row in rows.prefetch_related("judgements"):
            found[kinds[row.reading_id]][row.item_id] = row
    return found


def settled_items(assessment: Assessment, user, reader: Reader) -> dict[str, ReadItem]:
    """Item code → what a finished review says of it, as services.concluding stores it; nothing before.

    At most four queries.
    """
    settled = settled_reviews(seen_items(assessment, user))
    if not settled:
        return {}
    return {
        score.item.code: read_item(score, settled[score.item_id], reader)
        for score in judgeable_items(assessment)
        if score.item_id in settled
    }


def read_item(score: ItemScore, review: ItemReview, reader: Reader) -> ReadItem:
    """What a reading makes of an item, its words only for those who may read them."""
    result = reviewed_item(score, review)
    is_hidden = reader.hides_words(is_confidential=review.is_confidential)
    # D is the item's: the same in every objective, so in the implicit one too.
    derived = {number: one.digits.as_dict() for number, one in considered(score).items()}
    order = list(Criterion.values)
    return ReadItem(
        standing=Standing(result.level, result.digits.as_dict(), result.objective),
        judged=tuple(
            JudgedLine(
                criterion=row.criterion,
                derived=derived[row.objective or None][row.criterion],
                digit=row.digit,
                reason="" if is_hidden else row.reason,
                quote="" if is_hidden else row.quote,
                is_hidden=is_hidden,
            )
            for row in sorted(review.judgements.all(), key=lambda row: order.index(row.criterion))
        ),
        motivation=review.motivation,
        is_confidential=review.is_confidential,
        is_hidden=is_hidden,
        revision=review.revision,
        who=_name(review.reviewed_by),
        at=review.reviewed_at,
    )


def _line(row: ItemRow, score: ItemScore, review: ItemReview | None, reader: Reader, kind: str) -> ReviewLine:
    return ReviewLine(
        row,
        score,
        None if review is None else read_item(score, review, reader),
        asks_motivation=kind == ReadingKind.FIRST and row.choice == Choice.NOT_RETAINED,
    )


def _name(person) -> str:
    return "" if person is None or person.erased_at else str(person)
