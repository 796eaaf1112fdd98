"""What a person may, read from their memberships in one query.

`Access` is plain data: ids and answers. Rules about plans and editions build on it in their own apps.
Not here: database models (this module stands below them).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kiv.accounts.enums import ADMINISTRATOR_ROLES, Role

Ids = frozenset[int]
EDITING_ROLES = frozenset({Role.ZONE_EDITOR, Role.ZONE_LEAD})


@dataclass(frozen=True, slots=True)
class Scopes:
    """The area of a coordinator: `is_country`, or any of the listed zones, provinces and districts."""

    is_country: bool = False
    zone_ids: Ids = frozenset()
    province_ids: Ids = frozenset()
    district_ids: Ids = frozenset()

    def __bool__(self) -> bool:
        return bool(self.is_country or self.zone_ids or self.province_ids or self.district_ids)

    def as_filter(self) -> dict[str, Ids]:
        """Arguments for `PoliceZone.objects.within`; means nothing when `is_country`."""
        return {
            "zone_ids": self.zone_ids,
            "province_ids": self.province_ids,
            "district_ids": self.district_ids,
        }


@dataclass(frozen=True, slots=True)
class Held:
    """One membership as plain data."""

    role: Role
    zone_id: int | None = None
    municipality_id: int | None = None
    province_id: int | None = None
    district_id: int | None = None
    has_clearance: bool = False


@dataclass(frozen=True, slots=True)
class Access:
    """The answers that follow from somebody's memberships. Without memberships every answer is no."""

    held: tuple[Held, ...] = field(default=())

    def zone_ids(self, *roles: Role) -> Ids:
        """Zones where one of these roles (none named: any zone role) is held. Predecessors not included."""
        return frozenset(h.zone_id for h in self._at_zones(roles) if h.zone_id is not None)

    def municipality_ids(self, *roles: Role) -> Ids:
        """Municipalities whose local plan one of these roles (none named: any) opens."""
        return frozenset(h.municipality_id for h in self._at_zones(roles) if h.municipality_id is not None)

    def is_member_of(self, zone_id: int) -> bool:
        return zone_id in self.zone_ids()

    def can_edit_in(self, zone_id: int, municipality_id: int | None = None) -> bool:
        """May write plans there: of the zone, or, with a municipality, that municipality's local plan."""
        return self._holds(EDITING_ROLES, zone_id, municipality_id)

    def can_share_in(self, zone_id: int, municipality_id: int | None = None) -> bool:
        """May share plans there for review: the lead only."""
        return self._holds((Role.ZONE_LEAD,), zone_id, municipality_id)

    def coordinated_scopes(self, *, with_clearance: bool = False) -> Scopes:
        """The area coordinated; `with_clearance` only that part where confidential parts may be seen."""
        coordinations = [
            h for h in self.held if h.role == Role.COORDINATOR and (h.has_clearance or not with_clearance)
        ]
        return Scopes(
            is_country=any(
                h.zone_id is None and h.province_id is None and h.district_id is None for h in coordinations
            ),
            zone_ids=frozenset(h.zone_id for h in coordinations if h.zone_id is not None),
            province_ids=frozenset(h.province_id for h in coordinations if h.province_id is not None),
            district_ids=frozenset(h.district_id for h in coordinations if h.district_id is not None),
        )

    @property
    def is_zone_member(self) -> bool:
        """Belongs to a zone or a municipality, in whatever role."""
        return any(True for _ in self._at_zones(()))

    @property
    def is_coordinator(self) -> bool:
        return any(h.role == Role.COORDINATOR for h in self.held)

    @property
    def is_framework_administrator(self) -> bool:
        return any(h.role == Role.FRAMEWORK_ADMINISTRATOR for h in self.held)

    @property
    def is_system_administrator(self) -> bool:
        return any(h.role == Role.SYSTEM_ADMINISTRATOR for h in self.held)

    def _at_zones(self, roles: Iterable[Role]) -> Iterable[Held]:
        wanted = frozenset(roles)
        return (
            h
            for h in self.held
            if h.role != Role.COORDINATOR
            and h.role not in ADMINISTRATOR_ROLES
            and (not wanted or h.role in wanted)
        )

    def _holds(self, roles: Iterable[Role], zone_id: int, municipality_id: int | None) -> bool:
        if municipality_id is None:
            return zone_id in self.zone_ids(*roles)
        return municipality_id in self.municipality_ids(*roles)


NO_ACCESS = Access()
KEPT_AS = "_kept_access"
_FIELDS = ("role", "zone_id", "municipality_id", "province_id", "district_id", "has_clearance")


def access_of(user: Any) -> Access:
    """The access of a user: one query, kept on the user object. Anonymous or inactive: none.

    Services that change memberships call `forget_access` for the person concerned.
    """
    if not user.is_authenticated or not user.is_active:
        return NO_ACCESS
    kept = getattr(user, KEPT_AS, None)
    if kept is None:
        rows = user.memberships.order_by("id").values(*_FIELDS)
        kept = Access(tuple(Held(**{**row, "role": Role(row["role"])}) for row in rows))
        # Through setattr, not __dict__: request.user is a lazy wrapper, and both must find what was kept.
        setattr(user, KEPT_AS, kept)
    return kept


def forget_access(user: Any) -> None:
    """Read the memberships again at the next question."""
    setattr(user, KEPT_AS, None)


class WholeCountry:
    """Stands for an operator's command where a user is asked: reads as a coordinator of the country does."""

    is_authenticated = is_active = True
    pk = None

    def __init__(self) -> None:
        setattr(self, KEPT_AS, Access((Held(Role.COORDINATOR),)))
