"""What one may do with a plan. One rule, two faces: `check_…` raises with the reason, `can_…` answers.

*Who* may (membership) is kept apart from *when* (status): the first is answered as if the object did
not exist, the second with a sentence. What *exists* for somebody is `querysets.visible_to`.
"""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from kiv.accounts.access import access_of
from kiv.audit.models import AuditEvent
from plans import workflow
from plans.models import Plan, PlanVersion
from plans.workflow import Act, Fact, Part, Refusal, Status


class NotAllowed(Exception):
    """This person may not do this, whenever."""


class WrongMoment(Exception):
    """This cannot be done now; the text says why and what can be done."""


#: What a reviewer does leaves these events on a plan; any other makes somebody a part of the zone's work.
REVIEWERS_EVENTS = (
    "reading.opened",
    "reading.consensus_opened",
    "reading.asked",
    "reading.withdrawn",
    "reading.completed",
    "item.reviewed",
    "item.reopened",
    "remark.written",
    "remark.replied",
    "remark.closed",
    "version.reviewed",
    "version.review_reopened",
)

#: What is said when an act comes at the wrong moment; by the act, or by the fact that forbids it.
MOMENTS: dict[Act | Refusal, Callable[[], str]] = {
    Act.EDIT: lambda: _(
        "This version was shared for review and can no longer be changed. What you typed was not saved."
    ),
    Act.SHARE: lambda: _("This version was already shared for review."),
    Act.START_VERSION: lambda: _(
        "This version is still in preparation: change it, there is no need for another."
    ),
    Act.DISCARD_VERSION: lambda: _("This version was shared for review and stays."),
    Act.REVIEW: lambda: _("This version is not under review now. What you typed was not saved."),
    Act.FINISH_REVIEW: lambda: _("This version is not under review now."),
    Act.REOPEN_REVIEW: lambda: _("The review of this version is not finished."),
    Act.ANSWER: lambda: _("This version was not shared for review yet."),
    Act.CLOSE_REMARK: lambda: _("There are no remarks to close: this version was not shared yet."),
    Act.OFFER_EXAMPLE: lambda: _("Only what was shared for review can be a good example."),
    Refusal.HAS_NEWER: lambda: _("A newer version of this plan was started already."),
    Refusal.IS_FIRST: lambda: _("This is the first version of the plan: it stays."),
}


def parts_of(user, plan: Plan) -> frozenset[Part]:
    """What somebody is to a plan: of the zone, or a reviewer, never both. At most one query."""
    parts = _parts_in_zone(user, plan)
    if not parts and access_of(user).is_coordinator and is_reviewer(user, plan):
        return frozenset({Part.REVIEWER})
    return parts


def _parts_in_zone(user, plan: Plan) -> frozenset[Part]:
    """Without a query."""
    access = access_of(user)
    parts = set()
    if access.can_edit_in(plan.zone_id, plan.municipality_id):
        parts.add(Part.EDITOR)
    if access.can_share_in(plan.zone_id, plan.municipality_id):
        parts.add(Part.LEAD)
    return frozenset(parts)


def is_reviewer(user, plan: Plan) -> bool:
    """Coordinators of the plan's area who are no part of it (SCORING section 5). One query."""
    return plans_to_review(user).filter(pk=plan.pk).exists()


def plans_to_review(user) -> QuerySet[Plan]:
    """Plans of the area without those of one's own zone, and those one once worked on for the zone.

    Who worked on a plan is read from its history: any event of theirs but a reviewer's own.
    """
    worked_on = AuditEvent.objects.filter(plan_id=OuterRef("pk"), actor_id=user.pk).exclude(
        event__in=REVIEWERS_EVENTS
    )
    outside = Plan.objects.coordinated_by(user).exclude(pk__in=Plan.objects.inside_of(user).values("pk"))
    return outside.exclude(Exists(worked_on))


def check_may(user, plan: Plan, act: Act) -> None:
    """Who: raises NotAllowed for somebody who never takes this act on this plan."""
    # Whether somebody reviews is asked only for acts of reviewers.
    asks_reviewer = Part.REVIEWER in workflow.TABLE[act].parts
    parts = parts_of(user, plan) if asks_reviewer else _parts_in_zone(user, plan)
    if not workflow.may(act, parts):
        raise NotAllowed


def may(user, plan: Plan, act: Act) -> bool:
    """Who: whether this person ever takes this act on this plan."""
    try:
        check_may(user, plan, act)
    except NotAllowed:
        return False
    return True


def check_moment(version: PlanVersion, act: Act) -> None:
    """When: raises WrongMoment with the reason. At most one query."""
    why = workflow.refusal(act, Status(version.status), facts_of(version, act))
    if why is not None:
        raise WrongMoment(MOMENTS[act if why is Refusal.WRONG_STATUS else why]())


def removed() -> WrongMoment:
    """For an act on a version that somebody removed since it was read."""
    return WrongMoment(_("This version was removed meanwhile. What you typed was not saved."))


def facts_of(version: PlanVersion, act: Act) -> set[Fact]:
    """What is so about a version, as far as the act asks for it."""
    asked = workflow.TABLE[act].unless
    facts = set()
    if Fact.IS_FIRST in asked and version.number == 1:
        facts.add(Fact.IS_FIRST)
    if Fact.HAS_NEWER in asked and version.plan.versions.filter(number__gt=version.number).exists():
        facts.add(Fact.HAS_NEWER)
    return facts


def check_can(user, version: PlanVersion, act: Act) -> None:
    """Who, then when. `user` None is an operator's command: bound by the moment only."""
    if user is not None:
        check_may(user, version.plan, act)
    check_moment(version, act)


def can(user, version: PlanVersion, act: Act) -> bool:
    try:
        check_can(user, version, act)
    except (NotAllowed, WrongMoment):
        return False
    return True


def acts_now(user, version: PlanVersion, *acts: Act) -> frozenset[Act]:
    """Which of these acts somebody can take now. At most two queries, for `HAS_NEWER` one more."""
    parts = parts_of(user, version.plan)
    return frozenset(
        act
        for act in acts
        if workflow.may(act, parts)
        and workflow.refusal(act, Status(version.status), facts_of(version, act)) is None
    )


def check_may_edit(user, plan: Plan) -> None:
    """An editor or lead of the zone itself; for a local plan, of that municipality."""
    check_may(user, plan, Act.EDIT)


def check_may_share(user, plan: Plan) -> None:
    """The lead of the zone itself; for a local plan, of that municipality."""
    check_may(user, plan, Act.SHARE)


def check_in_preparation(version: PlanVersion) -> None:
    """A version that was shared stays as it was shared."""
    check_moment(version, Act.EDIT)


def check_can_edit(user, version: PlanVersion) -> None:
    check_can(user, version, Act.EDIT)


def check_can_share(user, version: PlanVersion) -> None:
    check_can(user, version, Act.SHARE)


def can_edit(user, version: PlanVersion) -> bool:
    return can(user, version, Act.EDIT)


def can_share(user, version: PlanVersion) -> bool:
    return can(user, version, Act.SHARE)


def is_inside(user, plan: Plan) -> bool:
    """Whether nothing of the plan is hidden: the plan of one's own zone or municipality."""
    return Plan.objects.inside_of(user).filter(pk=plan.pk).exists()


def has_clearance(user, plan: Plan) -> bool:
    """Whether the words of confidential parts may be read."""
    return Plan.objects.cleared_for(user).filter(pk=plan.pk).exists()
