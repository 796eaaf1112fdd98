"""Sharing a version for review. What follows after sharing comes with the review."""

from django.db import transaction
from django.utils import timezone

from kiv.audit.services import record
from plans import rules
from plans.enums import VersionStatus
from plans.models import PlanVersion
from plans.services.editing import lock_version


@transaction.atomic
def share_version(*, version: PlanVersion, by) -> PlanVersion:
    """Share a version: from now on it is read by coordinators and changed by nobody.

    Raises rules.NotAllowed unless `by` leads the zone, rules.WrongMoment when it was shared already
    (a double click shares once). `by` None is an operator's command, bound by the moment only.
    """
    assessments = lock_version(version)
    if by is None:
        rules.check_in_preparation(version)
    else:
        rules.check_can_share(by, version)
    version.status = VersionStatus.SHARED
    version.shared_at = timezone.now()
    version.save(update_fields=["status", "shared_at"])
    record(
        "version.shared",
        by=by,
        on=version,
        zone_id=version.plan.zone_id,
        number=version.number,
        editions=[assessment.edition.code for assessment in assessments],
    )
    return version
