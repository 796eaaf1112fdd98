"""Recording the formal steps of a version: dated facts, in any order, added and removed."""

from datetime import date

from django.db import transaction

from kiv.audit.services import record
from plans import rules
from plans.models import FormalStep, PlanVersion
from plans.services.editing import TooMany, check_storable, lock_version
from plans.workflow import Act

#: Every municipality's council may note a plan; no version has more steps than this.
MAX_STEPS = 100


@transaction.atomic
def record_step(*, version: PlanVersion, kind: str, dated: date, reference: str = "", by) -> FormalStep:
    """Record that a step was taken on a day. The same step twice is recorded once.

    Raises rules.NotAllowed, ValidationError for an unknown kind or a wrong reference, and TooMany.
    """
    lock_version(version)
    rules.check_can(by, version, Act.RECORD_STEP)
    check_storable({"reference": reference})
    step = FormalStep(version=version, kind=kind, dated=dated, reference=reference.strip())
    same = version.steps.filter(kind=kind, dated=dated, reference=step.reference).first()
    if same is not None:
        return same
    if version.steps.count() >= MAX_STEPS:
        raise TooMany(MAX_STEPS)
    step.full_clean()
    step.save()
    _record("step.recorded", step, by)
    return step


@transaction.atomic
def remove_step(*, step: FormalStep, by) -> None:
    """Remove a step that was recorded by mistake. What is gone already is gone."""
    version = step.version
    lock_version(version)
    rules.check_can(by, version, Act.RECORD_STEP)
    stored = version.steps.filter(pk=step.pk).first()
    if stored is None:
        return
    _record("step.removed", stored, by)
    stored.delete()


def _record(event: str, step: FormalStep, by) -> None:
    plan = step.version.plan
    record(
        event,
        by=by,
        on=step,
        zone_id=plan.zone_id,
        plan=plan.pk,
        number=step.version.number,
        kind=step.kind,
        dated=step.dated.isoformat(),
    )
