"""Which places go with which role, in words a person can act on. The database holds the same line."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kiv.accounts.enums import ADMINISTRATOR_ROLES, ZONE_ROLES, Role


def find_membership_problem(
    role: str,
    *,
    zone: Any = None,
    municipality: Any = None,
    province: Any = None,
    district: Any = None,
    has_clearance: bool = False,
) -> Any:
    """A sentence on what does not fit, or None."""
    places = [place for place in (zone, municipality, province, district) if place is not None]
    if has_clearance and role != Role.COORDINATOR:
        return _("Only a coordinator can be given clearance for confidential parts.")
    if role in ZONE_ROLES and (len(places) != 1 or places[0] not in (zone, municipality)):
        return _("For this role choose one police zone or one municipality, and nothing else.")
    if role == Role.COORDINATOR and (len(places) > 1 or municipality is not None):
        return _(
            "A coordinator has one police zone, one province or one judicial district. "
            "Choose none for the whole country."
        )
    if role in ADMINISTRATOR_ROLES and places:
        return _("An administrator has no zone, municipality, province or judicial district.")
    return None
