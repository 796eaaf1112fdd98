"""Offering an item of a shared plan to other zones as a good example, and withdrawing it."""

from django.db import transaction
from django.utils import timezone

from framework.models import Item
from kiv.audit.services import record
from plans import rules
from plans.models import GoodExample, Plan
from plans.selectors.good_examples import WhyNot, latest_shared, offer_of
from plans.services.editing import lock_version
from plans.workflow import Act


class CannotBeShown(Exception):
    """Nothing of this item could be shown to other zones; `why` says what stands in the way."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def offer_example(*, plan: Plan, item: Item, by) -> bool:
    """Let other zones see the item of the latest shared version; False when it was offered already.

    Raises rules.NotAllowed unless `by` leads the zone, rules.WrongMoment when nothing was shared under the
    item's edition, and CannotBeShown.
    """
    _lock(plan, item, by)
    offer = offer_of(plan, item)
    if offer.is_offered:
        return False
    if offer.why_not is not None:
        raise CannotBeShown(offer.why_not)
    example = GoodExample.objects.create(plan=plan, item=item, offered_at=timezone.now())
    _record("example.offered", example, offer.assessment.version.number, by)
    return True


@transaction.atomic
def withdraw_example(*, plan: Plan, item: Item, by) -> bool:
    """From now on other zones see nothing of it; False when it was not offered. Raises as `offer_example`."""
    number = _lock(plan, item, by)
    example = GoodExample.objects.filter(plan=plan, item=item).select_related("plan", "item").first()
    if example is None:
        return False
    _record("example.withdrawn", example, number, by)
    example.delete()
    return True


def _lock(plan: Plan, item: Item, by) -> int:
    """Lock the latest shared version and check who and when; its number."""
    rules.check_may(by, plan, Act.OFFER_EXAMPLE)
    assessment = latest_shared(plan, item)
    if assessment is None:
        raise rules.WrongMoment(rules.MOMENTS[Act.OFFER_EXAMPLE]())
    lock_version(assessment.version)
    rules.check_can(by, assessment.version, Act.OFFER_EXAMPLE)
    return assessment.version.number


def _record(event: str, example: GoodExample, number: int, by) -> None:
    plan = example.plan
    record(
        event, by=by, on=example, zone_id=plan.zone_id, plan=plan.pk, number=number, item=example.item.code
    )
