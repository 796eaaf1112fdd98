"""The zones of a tile map: those of today in the reader's area, with their place on it."""

from kiv.accounts.access import access_of
from kiv.territory.models import PoliceZone
from plans.selectors.coverage import Scope


def zones_of_today(user, scope: Scope) -> list[PoliceZone]:
    """The zones of the area that `scope` asks for, whether or not they have a plan. One query."""
    scopes = access_of(user).coordinated_scopes()
    zones = PoliceZone.objects.current().select_related("province", "district")
    if not scopes.is_country:
        zones = zones.within(**scopes.as_filter())
    if scope.province_id is not None:
        zones = zones.filter(province=scope.province_id)
    if scope.district_id is not None:
        zones = zones.filter(district=scope.district_id)
    if scope.words.strip():
        zones = zones.filter(pk__in=PoliceZone.objects.search(scope.words).values("pk"))
    return list(zones.order_by("name", "pk"))
