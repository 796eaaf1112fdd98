"""Many plans at once: everything that the services of every day would have stored, in one go per table.

For loads into a database where nobody works: nothing is locked, nobody's rights are asked. Tests hold the
rows equal to those of `create_plan`, `import_plan`, `share_version`, `start_version`, of a review
(`bulk_reviews`) and of `offer_example`. Nobody is told by mail.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from framework.models import Edition, Item
from kiv.audit.models import AuditEvent
from kiv.audit.services import event_of, record_all
from kiv.territory.models import PoliceZone
from plans import scoring
from plans.enums import PlanKind, VersionKind, VersionStatus
from plans.models import (
    Assessment,
    Cycle,
    GoodExample,
    ItemScore,
    Plan,
    PlanVersion,
    Reading,
    Remark,
    Snapshot,
)
from plans.planformat import PlanContent, scoring_input
from plans.planformat.snapshot import make_snapshot, plain_score
from plans.selectors.scoring_input import header_of, scoring_items
from plans.services.bulk_reviews import (
    NewReview,
    ReviewRows,
    content_under_review,
    review_events,
    scored_at,
    set_reviewed,
)
from plans.services.content_rows import ContentRows
from plans.services.entries import items_of_edition
from plans.services.scores import new_row, set_summary
from plans.services.sharing import snapshot_values

BATCH = 500


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version as it will stand. `content` in the order in which a stored plan reads back (`plan_content`).

    `shared_at` None: in preparation. Every version after a plan's first is an addendum with a `reason`.
    """

    content: PlanContent
    started_at: datetime
    changed_at: datetime
    shared_at: datetime | None = None
    reason: str = ""
    review: NewReview | None = None


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A zonal plan that does not exist yet. All versions but the last were shared.

    `examples` are codes of items of the latest shared version, offered to other zones at `offered_at`.
    """

    zone: PoliceZone
    cycle: Cycle
    edition: Edition
    language: str
    versions: tuple[NewVersion, ...]
    examples: tuple[str, ...] = ()
    offered_at: datetime | None = None


@dataclass(slots=True)
class _Job:
    """A version on its way into the database; `content` has the plan's own header.

    `reading`, `remarks` and `changed` (items of which review changed the level) are what its events need.
    """

    new: NewVersion
    assessment: Assessment
    content: PlanContent
    reading: Reading | None = None
    remarks: list[Remark] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def version(self) -> PlanVersion:
        return self.assessment.version

    @property
    def plan(self) -> Plan:
        return self.version.plan


@dataclass(frozen=True, slots=True)
class _Known:
    """An edition, read once for all its plans."""

    items: dict[str, Item]
    for_scorer: tuple[scoring.Item, ...]
    has_successor: bool

    @classmethod
    def of(cls, assessment: Assessment) -> "_Known":
        edition = assessment.edition
        return cls(items_of_edition(assessment), scoring_items(edition), edition.has_successor)

    def given(self, content: PlanContent) -> scoring.PlanInput:
        return scoring_input(content, self.for_scorer, has_successor=self.has_successor)


@transaction.atomic
def add_plans(*, plans: Sequence[NewPlan], by) -> list[Assessment]:
    """Store the plans; returns the assessment of each version, in the order of `plans` and their versions.

    Each event is dated when its act is said to have happened, and they stand in the trail in that order.
    IntegrityError when a zone has a plan for the cycle already, ValidationError when content names what its
    edition does not have; then nothing is stored.
    """
    jobs = [job for plan in plans for job in _jobs(plan)]
    samples = {job.assessment.edition: job.assessment for job in jobs}
    known = {edition: _Known.of(assessment) for edition, assessment in samples.items()}
    scores, snapshots, rows, reviews = [], [], ContentRows(), ReviewRows()
    for job in jobs:
        edition = known[job.assessment.edition]
        rows.add(job.assessment, job.content, edition.items, revision=job.version.number)
        score = scoring.score_plan(edition.given(job.content))
        plain = plain_score(score)
        if moment := job.new.shared_at:
            text = make_snapshot(
                job.content, edition.for_scorer, has_successor=edition.has_successor, output=plain
            )
            snapshots.append(Snapshot(assessment=job.assessment, **snapshot_values(text, moment)))
        content = content_under_review(job.content, job.new.review)
        if content is not job.content:
            score = scoring.score_plan(edition.given(content))
            plain = plain_score(score)
        scores += _score_rows(job, score, plain, edition.items)
        if job.new.review is not None:
            job.changed = set_reviewed(
                scores[-len(score.items) :], score, job.new.review.planned, edition.given(content)
            )
        if job.new.review is not None:
            job.reading, job.remarks = reviews.add(job.assessment, job.new.review, job.content, edition.items)
    _store_frames(jobs)
    rows.save()
    ItemScore.objects.bulk_create(scores, batch_size=BATCH)
    Snapshot.objects.bulk_create(snapshots, batch_size=BATCH)
    reviews.save()
    events = [event for job in jobs for event in _events(job, by)]
    events += _offer(plans, jobs, known)
    record_all(sorted(events, key=lambda event: event.at))
    return [job.assessment for job in jobs]


def _jobs(new: NewPlan) -> Iterator[_Job]:
    """The unsaved plan, versions and assessments, each pointing at the one above it."""
    plan = Plan(zone=new.zone, cycle=new.cycle, kind=PlanKind.ZONAL, language=new.language)
    for number, version in enumerate(new.versions, 1):
        stored = PlanVersion(
            plan=plan,
            number=number,
            kind=VersionKind.PLAN if number == 1 else VersionKind.ADDENDUM,
            reason=version.reason,
            status=_status(version),
            shared_at=version.shared_at,
        )
        assessment = Assessment(version=stored, edition=new.edition)
        content = version.content.model_copy(update={"plan": header_of(assessment)})
        yield _Job(version, assessment, content)


def _status(new: NewVersion) -> VersionStatus:
    if new.shared_at is None:
        return VersionStatus.PREPARATION
    is_reviewed = new.review is not None and new.review.planned.finished_at is not None
    return VersionStatus.REVIEWED if is_reviewed else VersionStatus.SHARED


def _score_rows(
    job: _Job, score: scoring.PlanScore, plain: dict[str, Any], items: dict[str, Item]
) -> list[ItemScore]:
    """The rows of the score as it stands now."""
    set_summary(job.assessment, score, scored_at(job.new.review, job.new.changed_at))
    return [new_row(job.assessment, one, items[one["item"]].pk) for one in plain["items"]]


def _offer(
    plans: Sequence[NewPlan], jobs: Sequence[_Job], known: dict[Edition, _Known]
) -> Iterator[AuditEvent]:
    """Store what zones offer as good examples; an event for each."""
    latest = {(job.plan.zone_id, job.plan.cycle_id): job for job in jobs if job.new.shared_at}
    examples = [
        (
            GoodExample(
                plan=latest[new.zone.pk, new.cycle.pk].plan,
                item=known[new.edition].items[code],
                offered_at=new.offered_at,
            ),
            latest[new.zone.pk, new.cycle.pk].version.number,
        )
        for new in plans
        for code in new.examples
    ]
    GoodExample.objects.bulk_create([example for example, _number in examples], batch_size=BATCH)
    for example, number in examples:
        plan = example.plan
        event = event_of(
            "example.offered",
            by=None,
            on=example,
            zone_id=plan.zone_id,
            plan=plan.pk,
            number=number,
            item=example.item.code,
        )
        yield _at(example.offered_at, event)


def _store_frames(jobs: Sequence[_Job]) -> None:
    """Plans, versions, assessments. The moments that the database stamps itself are set right afterwards."""
    first = [job for job in jobs if job.version.number == 1]
    plans, versions = [job.plan for job in first], [job.version for job in jobs]
    Plan.objects.bulk_create(plans, batch_size=BATCH)
    PlanVersion.objects.bulk_create(versions, batch_size=BATCH)
    Assessment.objects.bulk_create([job.assessment for job in jobs], batch_size=BATCH)
    for job in first:
        job.plan.created_at = job.new.started_at
    for job in jobs:
        job.version.changed_at = job.new.changed_at
    Plan.objects.bulk_update(plans, ["created_at"], batch_size=100)
    PlanVersion.objects.bulk_update(versions, ["changed_at"], batch_size=100)


def _events(job: _Job, by) -> Iterator[AuditEvent]:
    """What the services would have recorded, each at its own moment."""
    new, version, plan, edition = job.new, job.version, job.plan, job.assessment.edition
    whose = {"by": by, "zone_id": plan.zone_id, "plan": plan.pk}
    if version.number == 1:
        created = event_of("plan.created", by=by, on=plan, cycle=plan.cycle.name, edition=edition.code)
        yield _at(new.started_at, created)
    else:
        number, kind = version.number, version.kind
        yield _at(new.started_at, event_of("version.started", on=version, number=number, kind=kind, **whose))
    imported = event_of(
        "plan.imported",
        on=version,
        objectives=len(job.content.objectives),
        passages=len(job.content.passages),
        replaced=version.number > 1,
        **whose,
    )
    yield _at(new.changed_at, imported)
    if new.shared_at:
        editions = [edition.code]
        shared = event_of("version.shared", on=version, number=version.number, editions=editions, **whose)
        yield _at(new.shared_at, shared)
    if new.review is not None:
        for moment, event in review_events(new.review, job.reading, job.remarks, job.changed):
            yield _at(moment, event)


def _at(moment: datetime, event: AuditEvent) -> AuditEvent:
    event.at = moment
    return event
