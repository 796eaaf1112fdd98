"""Sharing a version for review: from then on it stays as it is, and a snapshot proves it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kiv.audit.services import record
from plans import rules, scoring
from plans.enums import NoticeKind, VersionStatus
from plans.mail import notify
from plans.models import Assessment, Carrying, PlanVersion, Snapshot
from plans.planformat.snapshot import digest_of, make_snapshot
from plans.selectors.scoring_input import plan_content, scoring_items
from plans.services.editing import StaleEdit, lock_version


@transaction.atomic
def share_version(*, version: PlanVersion, by, seen: datetime | None = None) -> PlanVersion:
    """Share a version: from now on it is read by coordinators and changed by nobody. All are told.

    `seen` is when the version was changed last as far as the person knows: what cannot be undone is done
    knowingly. Raises rules.NotAllowed unless `by` leads the zone, rules.WrongMoment when it was shared
    already (a double click shares once), and StaleEdit when it was changed after `seen`. `by` None is an
    operator's command, bound by the moment only.
    """
    assessments = lock_version(version)
    if by is None:
        rules.check_in_preparation(version)
    else:
        rules.check_can_share(by, version)
    if seen is not None and version.changed_at != seen:
        raise StaleEdit(version)
    version.status = VersionStatus.SHARED
    version.shared_at = timezone.now()
    version.save(update_fields=["status", "shared_at"])
    # What was not looked at under a new edition is shared as it stands: said on the page before.
    Carrying.objects.filter(assessment__in=assessments, finished_at=None).update(
        finished_at=version.shared_at
    )
    for assessment in assessments:
        assessment.version = version
        keep_snapshot(assessment, version.shared_at)
    record(
        "version.shared",
        by=by,
        on=version,
        zone_id=version.plan.zone_id,
        plan=version.plan_id,
        number=version.number,
        editions=[assessment.edition.code for assessment in assessments],
    )
    notify(kind=NoticeKind.SHARED, version=version, by=by)
    return version


def keep_snapshot(assessment: Assessment, now: datetime) -> None:
    """The snapshot of one assessment of a shared version (SCORING section 6)."""
    edition = assessment.edition
    text = make_snapshot(
        plan_content(assessment), scoring_items(edition), has_successor=edition.has_successor
    )
    Snapshot.objects.create(assessment=assessment, **snapshot_values(text, now))


def snapshot_values(text: str, now: datetime) -> dict[str, Any]:
    """The columns of a snapshot that is made now."""
    return {
        "content": text,
        "sha256": digest_of(text),
        "rubric": scoring.RUBRIC_VERSION,
        "made_at": now,
    }
