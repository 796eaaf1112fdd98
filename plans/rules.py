"""What one may do with a plan. One rule, two faces: `check_…` raises with the reason, `can_…` answers.

*Who* may (membership) is kept apart from *when* (status): the first is answered as if the object did
not exist, the second with a sentence. What *exists* for somebody is `querysets.visible_to`.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from kiv.accounts.access import access_of
from plans.models import Plan, PlanVersion


class NotAllowed(Exception):
    """This person may not do this, whenever."""


class WrongMoment(Exception):
    """This cannot be done now; the text says why and what can be done."""


def check_may_edit(user, plan: Plan) -> None:
    """Who: an editor or lead of the zone itself; for a local plan, of that municipality."""
    if not access_of(user).can_edit_in(plan.zone_id, plan.municipality_id):
        raise NotAllowed


def check_may_share(user, plan: Plan) -> None:
    """Who: the lead of the zone itself; for a local plan, of that municipality."""
    if not access_of(user).can_share_in(plan.zone_id, plan.municipality_id):
        raise NotAllowed


def check_in_preparation(version: PlanVersion) -> None:
    """When: a version that was shared stays as it was shared."""
    if not version.is_in_preparation:
        raise WrongMoment(
            _(
                "This version was shared for review and can no longer be changed. "
                "What you typed was not saved."
            )
        )


def check_can_edit(user, version: PlanVersion) -> None:
    check_may_edit(user, version.plan)
    check_in_preparation(version)


def check_can_share(user, version: PlanVersion) -> None:
    check_may_share(user, version.plan)
    if not version.is_in_preparation:
        raise WrongMoment(_("This version was already shared for review."))


def can_edit(user, version: PlanVersion) -> bool:
    return _passes(check_can_edit, user, version)


def can_share(user, version: PlanVersion) -> bool:
    return _passes(check_can_share, user, version)


def is_inside(user, plan: Plan) -> bool:
    """Whether nothing of the plan is hidden: the plan of one's own zone or municipality."""
    return Plan.objects.inside_of(user).filter(pk=plan.pk).exists()


def has_clearance(user, plan: Plan) -> bool:
    """Whether the words of confidential parts may be read."""
    return Plan.objects.cleared_for(user).filter(pk=plan.pk).exists()


def _passes(check: Callable, user, version: PlanVersion) -> bool:
    try:
        check(user, version)
    except (NotAllowed, WrongMoment):
        return False
    return True
