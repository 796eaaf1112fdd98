"""Scoring a stored assessment again: an operator's deliberate act, never a side effect."""

from django.db import transaction

from kiv.audit.services import record
from plans.models import Assessment
from plans.services.editing import lock_version
from plans.services.scores import Difference, differences, store_scores


@transaction.atomic
def rescore(*, assessment: Assessment, by) -> list[Difference]:
    """Store afresh what the scorer says now; the differences there were. Without any nothing is written.

    Shared versions too: their content stays as it was shared, the score follows the rubric in force.
    """
    locked = {one.pk: one for one in lock_version(assessment.version)}
    current = locked[assessment.pk]
    current.version = assessment.version
    found = list(differences(current))
    if found:
        store_scores(assessment=current)
        record(
            "assessment.rescored",
            by=by,
            on=current,
            zone_id=assessment.version.plan.zone_id,
            plan=assessment.version.plan_id,
            rubric=current.rubric,
            items=[difference.item for difference in found],
        )
    return found
