"""The next version of a plan: a copy of the last one that was shared, made to be changed.

A version is always the whole plan (docs/adr/0002); what it changed is read by comparing.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from kiv.audit.services import record
from plans import rules
from plans.enums import VersionKind
from plans.models import (
    Action,
    Assessment,
    CarriedItem,
    Carrying,
    Indicator,
    ItemLink,
    Passage,
    PassageEvidence,
    PlanVersion,
    Suggestion,
)
from plans.models.assessment import SOURCES
from plans.planformat import is_blank
from plans.services.editing import check_storable, lock_version
from plans.services.scores import store_scores
from plans.workflow import Act

#: Old id → new object, per model.
Copies = dict[type[models.Model], dict[int, models.Model]]
REASON_LENGTH = 2_000


@transaction.atomic
def start_version(*, version: PlanVersion, kind: str, reason: str, by) -> PlanVersion:
    """Start the next version as a copy of the plan's last one. `reason` says why, in words for people.

    Raises rules.NotAllowed, rules.WrongMoment (also for the second of two clicks) and ValidationError for an
    unknown kind or a blank reason. Nothing of the copied version changes.
    """
    assessments = lock_version(version)
    rules.check_can(by, version, Act.START_VERSION)
    check_storable({"reason": reason})
    reason = reason.strip()
    if kind not in VersionKind.values or is_blank(reason) or len(reason) > REASON_LENGTH:
        raise ValidationError("a kind of version, and a reason of at most 2000 signs")
    started = PlanVersion.objects.create(
        plan=version.plan, number=version.number + 1, kind=kind, reason=reason, changed_at=timezone.now()
    )
    copies: Copies = {}
    _copy_content(version, started, copies)
    # Under an edition from which the plan was carried over, all of it looked at, it does not go on.
    left = Carrying.objects.filter(source__in=assessments).exclude(finished_at=None).values("source_id")
    gone = {row["source_id"] for row in left}
    going_on = [assessment for assessment in assessments if assessment.pk not in gone]
    for assessment in going_on:
        assessment.version = version
        _copy_assessment(assessment, started, copies)
    _copy(Carrying.objects.filter(source__in=going_on, finished_at=None), copies)
    _copy(CarriedItem.objects.filter(carrying__assessment__in=going_on, carrying__finished_at=None), copies)
    record(
        "version.started",
        by=by,
        on=started,
        zone_id=version.plan.zone_id,
        plan=version.plan_id,
        number=started.number,
        kind=kind,
    )
    return started


@transaction.atomic
def discard_version(*, version: PlanVersion, by) -> None:
    """Remove a version in preparation that was started by mistake; the one before it is the last again.

    Raises rules.NotAllowed and rules.WrongMoment. The plan's first version is never removed.
    """
    lock_version(version)
    rules.check_can(by, version, Act.DISCARD_VERSION)
    record(
        "version.discarded",
        by=by,
        on=version,
        zone_id=version.plan.zone_id,
        plan=version.plan_id,
        number=version.number,
    )
    # Links and evidence point at entries and passages: what points goes first.
    version.assessments.all().delete()
    version.delete()


def _copy_content(version: PlanVersion, started: PlanVersion, copies: Copies) -> None:
    _copy(version.objectives.all(), copies, version=started)
    _copy(version.diagnoses.all(), copies, version=started)
    _copy(Action.objects.filter(objective__version=version), copies)
    _copy(Indicator.objects.filter(objective__version=version), copies)
    _copy(version.documents.all(), copies, version=started)
    _copy(Passage.objects.filter(document__version=version), copies)


def _copy_assessment(assessment: Assessment, started: PlanVersion, copies: Copies) -> None:
    withheld = {
        kind: [copies[model][pk].pk for pk in pks if pk in copies[model]]
        for kind, pks in assessment.withheld.items()
        if (model := ItemLink._meta.get_field(kind).related_model) in copies
    }
    fresh = Assessment.objects.create(version=started, edition=assessment.edition, withheld=withheld)
    copies.setdefault(Assessment, {})[assessment.pk] = fresh
    _copy(assessment.choices.all(), copies, assessment=fresh)
    # Who has an item goes on with it; what was said stays with the version it was said about.
    _copy(assessment.assignments.all(), copies, assessment=fresh)
    _copy(assessment.links.all(), copies, assessment=fresh)
    _copy(assessment.passages.all(), copies, assessment=fresh)
    _copy(assessment.suggestions.all(), copies, assessment=fresh)
    store_scores(assessment=fresh)


#: Where a copied row points into what was copied before it.
POINTERS: dict[type[models.Model], tuple[str, ...]] = {
    Action: ("objective",),
    Indicator: ("objective",),
    Passage: ("document",),
    ItemLink: SOURCES,
    PassageEvidence: ("objective", "source", "origin"),
    Suggestion: ("passage", "evidence"),
    Carrying: ("assessment", "source"),
    CarriedItem: ("carrying",),
}


def _copy(rows: Iterable[models.Model], copies: Copies, **changed: models.Model) -> None:
    """Store copies of rows of one model, with `changed` fields and pointers to the copies made before."""
    olds, news = [], []
    for row in rows:
        olds.append(row.pk)
        for name in POINTERS.get(type(row), ()):
            if (target := getattr(row, f"{name}_id")) is not None:
                setattr(row, name, copies[row._meta.get_field(name).related_model][target])
        for name, value in changed.items():
            setattr(row, name, value)
        row.pk, row._state.adding = None, True
        news.append(row)
    if news:
        model = type(news[0])
        model.objects.bulk_create(news, batch_size=500)
        copies[model] = copies.get(model, {}) | dict(zip(olds, news, strict=True))
