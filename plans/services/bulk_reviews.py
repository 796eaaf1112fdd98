"""Reviews of many versions at once: what `reviewing`, `remarks` and `concluding` would have stored of them.

Part of `services.bulk`: each item is read in the first reading, those with something to say one by one, the
others confirmed in one step; then remarks, answers, what is closed, and the end.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from framework.models import Item
from kiv.accounts.models import User
from kiv.audit.models import AuditEvent
from kiv.audit.services import event_of
from plans import scoring
from plans.enums import Choice, MotivationVerdict, ReadingKind, RemarkKind, RemarkSide, RemarkStatus
from plans.fiction import PlannedRemark, PlannedReview
from plans.models import Assessment, DigitJudgement, ItemReview, ItemScore, Reading, Remark, RemarkEntry
from plans.planformat import PlanContent
from plans.planformat.snapshot import plain_score

BATCH = 500


@dataclass(frozen=True, slots=True)
class NewReview:
    """A review by a coordinator of the area. `zone_person` answers for the zone; None: nobody known."""

    planned: PlannedReview
    reviewer: User
    zone_person: User | None = None


@dataclass(slots=True)
class ReviewRows:
    """Rows that are not stored yet, of many assessments."""

    readings: list[Reading] = field(default_factory=list)
    items: list[ItemReview] = field(default_factory=list)
    judgements: list[DigitJudgement] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    entries: list[RemarkEntry] = field(default_factory=list)

    def add(
        self, assessment: Assessment, new: NewReview, content: PlanContent, items: Mapping[str, Item]
    ) -> tuple[Reading, list[Remark]]:
        """Make the rows; returns those that events will be about. `items` by code."""
        planned = new.planned
        reading = Reading(
            assessment=assessment,
            kind=ReadingKind.FIRST,
            reader=new.reviewer,
            opened_at=planned.opened_at,
            completed_at=planned.finished_at,
        )
        self.readings.append(reading)
        for one in planned.items:
            row = self._read(reading, items[one.item], content, one.at, new.reviewer)
            if one.clarification is not None:
                row.motivation = MotivationVerdict.CLARIFICATION
            self.judgements += [
                DigitJudgement(
                    item_review=row,
                    objective="" if judged.criterion is scoring.Criterion.DIAGNOSIS else one.objective or "",
                    criterion=judged.criterion,
                    digit=judged.digit,
                    reason=judged.reason,
                    quote=judged.quote,
                )
                for judged in one.judged
            ]
        for code in planned.confirmed:
            self._read(reading, items[code], content, planned.confirmed_at, new.reviewer)
        return reading, self._add_remarks(assessment, new, items)

    def save(self) -> None:
        """Store everything; what points at another row comes after it."""
        for model, rows in (
            (Reading, self.readings),
            (ItemReview, self.items),
            (DigitJudgement, self.judgements),
            (Remark, self.remarks),
            (RemarkEntry, self.entries),
        ):
            model.objects.bulk_create(rows, batch_size=BATCH)

    def _read(self, reading: Reading, item: Item, content: PlanContent, at: datetime, by: User) -> ItemReview:
        choice = content.choices.get(item.code)
        is_asked = choice is not None and choice.choice == Choice.NOT_RETAINED
        row = ItemReview(
            reading=reading,
            item=item,
            motivation=MotivationVerdict.NO_REMARK if is_asked else "",
            reviewed_by=by,
            reviewed_at=at,
        )
        self.items.append(row)
        return row

    def _add_remarks(self, assessment: Assessment, new: NewReview, items: Mapping[str, Item]) -> list[Remark]:
        remarks, asked, answered = [], [], []
        for number, (planned, is_asked) in enumerate(new.planned.all_remarks(), 1):
            remark = Remark(
                assessment=assessment,
                number=number,
                item=items[planned.item] if planned.item else None,
                kind=RemarkKind.CLARIFICATION if is_asked else RemarkKind.REMARK,
                status=_status(planned),
                changed_at=planned.closed_at or planned.answered_at or planned.asked_at,
            )
            remarks.append(remark)
            asked.append(_entry(remark, RemarkSide.REVIEWER, planned.ask, new.reviewer, planned.asked_at))
            if planned.answered_at is not None:
                answered.append(
                    _entry(remark, RemarkSide.ZONE, planned.answer, new.zone_person, planned.answered_at)
                )
        self.remarks += remarks
        self.entries += asked + answered
        return remarks


def content_under_review(content: PlanContent, review: NewReview | None) -> PlanContent:
    """The content as the scorer reads it now: with the clarifications that wait for the zone."""
    asked = review.planned.clarifying() if review else set()
    if not asked:
        return content
    choices = {
        code: choice.model_copy(update={"clarification_open": True}) if code in asked else choice
        for code, choice in content.choices.items()
    }
    return content.model_copy(update={"choices": choices})


def scored_at(review: NewReview | None, before: datetime) -> datetime:
    """When the version was scored last: each word about a clarification scores it again."""
    moments = [before]
    for remark, is_asked in review.planned.all_remarks() if review else ():
        if is_asked:
            moments += [at for at in (remark.asked_at, remark.answered_at, remark.closed_at) if at]
    return max(moments)


def set_reviewed(
    rows: Sequence[ItemScore], score: scoring.PlanScore, planned: PlannedReview, given: scoring.PlanInput
) -> list[str]:
    """Put what a finished review makes of the items beside their rows, which are in the order of `score`.

    Returns the codes of those with another level now. `given` is what was scored. Nothing is put while the
    review is going on.
    """
    if planned.finished_at is None:
        return []
    judged = {one.item: one.judgements() for one in planned.items}
    read = {*judged, *planned.confirmed}
    advice = scoring.reviewed_advice(given, {code: some for code, some in judged.items() if some})
    changed = []
    for row, item in zip(rows, score.items, strict=True):
        if item.item not in read:
            continue
        reviewed = scoring.review_item(item, judged.get(item.item, ()))
        row.reviewed_level, row.reviewed_objective = reviewed.level, reviewed.objective or ""
        row.reviewed_digits = reviewed.digits.as_dict()
        if item.item in advice:
            row.reviewed_advice = [plain_score(one) for one in advice[item.item]]
        if reviewed.level != item.level:
            changed.append(item.item)
    return changed


def review_events(
    new: NewReview, reading: Reading, remarks: list[Remark], changed: list[str]
) -> Iterator[tuple[datetime, AuditEvent]]:
    """What the services would have recorded, with its moment. `changed`: items with another level now."""
    planned, version = new.planned, reading.assessment.version
    whose = {"zone_id": version.plan.zone_id, "plan": version.plan_id, "number": version.number}
    mine = {"by": new.reviewer, "on": reading, **whose, "reading": reading.kind}
    yield planned.opened_at, event_of("reading.opened", **mine)
    for remark, (asked, _is_asked) in zip(remarks, planned.all_remarks(), strict=True):
        about = {"on": remark, **whose, "remark": remark.number}
        if remark.item is not None:
            about["item"] = remark.item.code
        yield asked.asked_at, event_of("remark.written", by=new.reviewer, **about)
        if asked.answered_at is not None:
            yield asked.answered_at, event_of("remark.answered", by=new.zone_person, **about)
        if asked.closed_at is not None:
            yield asked.closed_at, event_of("remark.closed", by=new.reviewer, **about)
    for one in planned.items:
        yield one.at, event_of("item.reviewed", **mine, items=[one.item])
    if planned.confirmed:
        yield planned.confirmed_at, event_of("item.reviewed", **mine, items=list(planned.confirmed))
    if planned.finished_at is not None:
        finished = event_of("version.reviewed", by=new.reviewer, on=version, **whose, items=changed)
        yield planned.finished_at, finished


def _status(planned: PlannedRemark) -> RemarkStatus:
    if planned.closed_at is not None:
        return RemarkStatus.CLOSED
    return RemarkStatus.ANSWERED if planned.answered_at is not None else RemarkStatus.OPEN


def _entry(remark: Remark, side: RemarkSide, text: str, by: User | None, at: datetime) -> RemarkEntry:
    return RemarkEntry(remark=remark, side=side, text=text, written_by=by, written_at=at)
