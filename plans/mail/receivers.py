"""Who is told: by what happened and whose plan it is, and only who may know of it.

Nobody is written to on the strength of a role alone: `may_be_told` asks the same `visible_to` as every page,
and of a remark `readable_by`, as a mail leads to what its receiver can read. It is asked when a notice is
written and again when its mail leaves.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from framework.models import Item
from kiv.accounts.access import EDITING_ROLES
from kiv.accounts.enums import ZONE_ROLES, Role
from kiv.accounts.models import Membership, User
from kiv.territory.models import PoliceZone
from plans.enums import NoticeKind
from plans.models import ItemChoice, Plan, PlanVersion, Remark
from plans.selectors.disclosure import reader_of


def receivers_of(kind: NoticeKind, plan: Plan) -> QuerySet[User]:
    """Whom this concerns, whether or not they may know of it. ValueError for a kind that names its people."""
    match kind:
        case NoticeKind.SHARED:
            return _people(_zone_side(plan, ZONE_ROLES) | _coordinators(plan))
        case NoticeKind.REVIEWED:
            return _people(_zone_side(plan, ZONE_ROLES))
        case NoticeKind.REMARK | NoticeKind.DEADLINE:
            return _people(_zone_side(plan, EDITING_ROLES))
    raise ValueError(f"{kind} is told to named people: say `to`")


def may_be_told(
    user: User, version: PlanVersion, item: Item | None = None, remark: Remark | None = None
) -> bool:
    """Whether this person may know of the version, outside the zone of the item, and read the remark.

    Two to seven queries.
    """
    if not PlanVersion.objects.visible_to(user).filter(pk=version.pk).exists():
        return False
    if item is not None and _is_hidden(user, version, item):
        return False
    return remark is None or Remark.objects.readable_by(user).filter(pk=remark.pk).exists()


def _is_hidden(user: User, version: PlanVersion, item: Item) -> bool:
    choices = ItemChoice.objects.filter(assessment__version=version, item__code=item.code)
    is_item_confidential = choices.filter(is_item_confidential=True).exists()
    return is_item_confidential and reader_of(user, version.plan).hides_item(is_item_confidential=True)


def _people(memberships: Q) -> QuerySet[User]:
    held = Membership.objects.filter(memberships)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


def _zone_side(plan: Plan, roles: Iterable[Role]) -> Q:
    """The people of the zone and of the zones it was merged into; of a local plan its municipality's."""
    if plan.municipality_id:
        return Q(role__in=roles, municipality=plan.municipality_id)
    return Q(role__in=roles, zone__in=_zones_of(plan).values("pk"))


def _coordinators(plan: Plan) -> Q:
    zones = _zones_of(plan).values("pk")
    country = Q(zone=None, province=None, district=None)
    area = Q(zone__in=zones) | Q(province__zones__in=zones) | Q(district__zones__in=zones)
    return Q(role=Role.COORDINATOR) & (country | area)


def _zones_of(plan: Plan) -> QuerySet[PoliceZone]:
    """The plan's zone, and every zone that it became part of."""
    return PoliceZone.objects.filter(lineage__ancestor=plan.zone_id)
