"""What exists for a user: the only way the rest of the app fetches plans.

A zone's members see the plans of their zone and of the zones it came from; a municipality's members see
that municipality's local plans only; coordinators see that a plan exists in their scope, and the content
of what was shared. Everything else does not exist (404).
"""

from django.db.models import Q, QuerySet

from kiv.accounts.access import Scopes, access_of
from kiv.territory.models import PoliceZone

NOTHING = Q(pk__in=[])


def inside(user, prefix: str = "") -> Q:
    """Plans the user belongs to: as a member of the zone, a successor zone, or the municipality."""
    access = access_of(user)
    condition = NOTHING
    if zone_ids := access.zone_ids():
        zones = PoliceZone.objects.within(zone_ids=zone_ids)
        condition |= Q(**{f"{prefix}zone__in": zones.values("pk")})
    if municipality_ids := access.municipality_ids():
        condition |= Q(**{f"{prefix}municipality__in": sorted(municipality_ids)})
    return condition


def in_scope(scopes: Scopes, prefix: str = "") -> Q:
    """Plans in the area of a coordinator."""
    if scopes.is_country:
        return Q(**{f"{prefix}zone__isnull": False})
    if not scopes:
        return NOTHING
    zones = PoliceZone.objects.within(**scopes.as_filter())
    return Q(**{f"{prefix}zone__in": zones.values("pk")})


def coordinated(user, prefix: str = "") -> Q:
    return in_scope(access_of(user).coordinated_scopes(), prefix)


class PlanQuerySet(QuerySet):
    def visible_to(self, user) -> "PlanQuerySet":
        """Plans whose existence the user may know."""
        return self.filter(inside(user) | coordinated(user))

    def inside_of(self, user) -> "PlanQuerySet":
        """Plans of the user's own zone or municipality, predecessors included."""
        return self.filter(inside(user))

    def cleared_for(self, user) -> "PlanQuerySet":
        """Plans of which the user may read confidential parts: insiders, coordinators with clearance."""
        cleared = access_of(user).coordinated_scopes(with_clearance=True)
        return self.filter(inside(user) | in_scope(cleared))


class PlanVersionQuerySet(QuerySet):
    def visible_to(self, user) -> "PlanVersionQuerySet":
        """Versions whose content the user may read: a coordinator only what was shared."""
        return self.filter(
            inside(user, "plan__") | (coordinated(user, "plan__") & Q(shared_at__isnull=False))
        )


class AssessmentQuerySet(QuerySet):
    def visible_to(self, user) -> "AssessmentQuerySet":
        """Assessments of versions that are visible."""
        return self.filter(
            inside(user, "version__plan__")
            | (coordinated(user, "version__plan__") & Q(version__shared_at__isnull=False))
        )
