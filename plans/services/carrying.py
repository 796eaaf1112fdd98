"""Carrying a plan over to the edition that follows: a second assessment of the same version (docs/adr/0016).

Nothing of the assessment before is written to. Not here: what people look at afterwards (services.looking),
the rows that are carried (services.carried_rows), doing it for all plans (services.leading_over).
"""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from framework import rules as framework_rules
from framework.models import Edition
from kiv.audit.services import record
from plans import rules
from plans.models import Assessment, CarriedItem, Carrying, PlanVersion
from plans.planformat.succession import Fate, Roads
from plans.selectors.carrying import Crossing, Obstacle, crossing_of, obstacle_to, withheld_entries
from plans.services.carried_rows import carry_reviewed, carry_rows, hide_relatives
from plans.services.editing import lock_version
from plans.services.scores import store_scores
from plans.services.suggesting import suggest_for_document
from plans.workflow import Act

WORDS: dict[Obstacle, Callable[[], str]] = {
    Obstacle.ALREADY: lambda: _("This version of the plan is checked under this edition already."),
    Obstacle.NOT_PUBLISHED: lambda: _("Plans are carried over to a published edition only."),
    Obstacle.NOT_AFTER: lambda: _(
        "This edition does not come after the one that the plan is checked under: nobody said what became of "
        "its items."
    ),
    Obstacle.UNFINISHED: lambda: _(
        "Some items of the edition before were not looked at yet. Finish that first; then the plan goes on."
    ),
}


class CannotCarry(rules.WrongMoment):
    """The text says why, to people; `obstacle` to programs."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(WORDS[obstacle]())
        self.obstacle = obstacle


@transaction.atomic
def carry_over(*, version: PlanVersion, edition: Edition, by) -> Carrying:
    """The zone checks the plan under the edition that follows: what holds there is carried in one step.

    Raises rules.NotAllowed, rules.WrongMoment for a version that is not the last one, and CannotCarry, also
    for the second of two clicks.
    """
    assessments = lock_version(version)
    rules.check_can(by, version, Act.CARRY_OVER)
    carrying, _roads = _carry(assessments, version, edition, by)
    return carrying


@transaction.atomic
def lead_over(*, version: PlanVersion, edition: Edition, by) -> Roads:
    """The same for any version, by a framework administrator, or an operator's command (`by` None).

    What became of its items. Raises framework.rules.NotAllowed and CannotCarry.
    """
    framework_rules.check_administrator(by)
    _carrying, roads = _carry(lock_version(version), version, edition, by)
    return roads


def carry_conclusion(source: Assessment) -> None:
    """A review was finished after the plan had gone on to later editions: its levels go there too.

    Inside the transaction that finished it.
    """
    for carrying in source.carried_to.select_related("assessment__edition"):
        carry_reviewed(crossing_of(source, carrying.assessment.edition), carrying.assessment)
        carry_conclusion(carrying.assessment)


def _carry(
    assessments: list[Assessment], version: PlanVersion, edition: Edition, by
) -> tuple[Carrying, Roads]:
    if (obstacle := obstacle_to(assessments, edition)) is not None:
        raise CannotCarry(obstacle)
    now, source = timezone.now(), assessments[-1]
    source.version = version
    crossing = crossing_of(source, edition)
    try:
        with transaction.atomic():
            assessment = Assessment.objects.create(
                version=version, edition=edition, withheld=withheld_entries(source)
            )
    except IntegrityError:
        # SQLite locks no rows: a second process may have come first.
        raise CannotCarry(Obstacle.ALREADY) from None
    carry_rows(crossing, assessment)
    hide_relatives(crossing, assessment)
    carrying = Carrying.objects.create(assessment=assessment, source=source, started_at=now)
    _store_fates(crossing, carrying)
    if version.is_in_preparation:
        for document in version.documents.all():
            suggest_for_document(assessment=assessment, document=document)
        version.changed_at = now
        version.save(update_fields=["changed_at"])
    store_scores(assessment=assessment)
    carry_reviewed(crossing, assessment)
    record(
        "assessment.carried_over",
        by=by,
        on=assessment,
        zone_id=version.plan.zone_id,
        plan=version.plan_id,
        number=version.number,
        edition=edition.code,
        source=source.edition.code,
        **{f"items_{fate}": len(crossing.roads.of(fate)) for fate in Fate},
    )
    return carrying, crossing.roads


def _store_fates(crossing: Crossing, carrying: Carrying) -> None:
    CarriedItem.objects.bulk_create(
        CarriedItem(carrying=carrying, item=crossing.new(road.item), fate=road.fate)
        for road in crossing.roads.items
    )
