"""Starting a plan."""

from django.db import transaction

from framework.models import Edition
from kiv.audit.services import record
from kiv.territory.models import Municipality, PoliceZone
from plans import rules
from plans.enums import PlanKind
from plans.models import Assessment, Cycle, Plan, PlanVersion
from plans.selectors.scoring_input import no_content
from plans.services.scores import store_scores


class PlanExists(Exception):
    """There is one plan per zone (or municipality) and cycle; `plan` is the one there is."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(str(plan))
        self.plan = plan


@transaction.atomic
def create_plan(
    *,
    zone: PoliceZone,
    municipality: Municipality | None = None,
    cycle: Cycle,
    edition: Edition,
    language: str,
    by,
) -> Assessment:
    """Start a plan: its first version, in preparation, checked against one edition.

    Raises rules.NotAllowed for somebody who does not edit there and PlanExists for a second plan.
    `by` None is an operator's command.
    """
    kind = PlanKind.LOCAL if municipality else PlanKind.ZONAL
    plan = Plan(zone=zone, municipality=municipality, cycle=cycle, kind=kind, language=language)
    if by is not None:
        rules.check_may_edit(by, plan)
    # Two people starting the same plan at once: the second waits here and then finds the first's.
    PoliceZone.objects.select_for_update(of=("self",)).get(pk=zone.pk)
    existing = Plan.objects.filter(zone=zone, municipality=municipality, cycle=cycle).first()
    if existing:
        raise PlanExists(existing)
    plan.save()
    version = PlanVersion.objects.create(plan=plan, number=1)
    assessment = Assessment.objects.create(version=version, edition=edition)
    store_scores(assessment=assessment, content=no_content(assessment))
    record("plan.created", by=by, on=plan, cycle=cycle.name, edition=edition.code)
    return assessment
