"""Police zones: reference data that everybody with an account reads."""

from django.db.models.functions import Lower
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import P, PathEx, Query, Router
from pydantic import Field

from kiv.api.answers.zones import ZoneAnswer, ZonePage, zone_answer, zone_line
from kiv.api.asking import Paged, Word, find, page_of
from kiv.api.problems import responses
from kiv.territory.models import JudicialDistrict, PoliceZone, Province

router = Router()


class ZonesAsked(Paged):
    province: Word = Field("", description="Code of a province.")
    district: Word = Field("", description="Code of a judicial district.")
    words: Word = Field("", description="Words in the name, the code or a municipality; all of them.")
    discontinued: bool = Field(False, description="Zones that no longer exist too.")


@router.get(
    "zones",
    response=responses(ZonePage),
    summary="List zones",
    openapi_extra={"x-example": "/api/v1/zones?words=gent"},
)
def list_zones(request: HttpRequest, asked: Query[ZonesAsked]):
    """Police zones of today, or all there ever were."""
    zones = PoliceZone.objects.search(asked.words)
    if not asked.discontinued:
        zones = zones.current()
    if asked.province:
        zones = zones.filter(province=find(Province.objects.all(), "province", code=asked.province))
    if asked.district:
        zones = zones.filter(district=find(JudicialDistrict.objects.all(), "district", code=asked.district))
    rows = zones.with_place().order_by("is_discontinued", Lower("name"), "id")
    page = page_of(request, rows, asked, total=zones.count())
    return ZonePage(**page | {"results": [zone_line(zone) for zone in page["results"]]})


@router.get(
    "zones/{int:zone_id}",
    response=responses(ZoneAnswer, may_miss=True),
    summary="One zone",
    openapi_extra={"x-example": "/api/v1/zones/1"},
)
def get_zone(request: HttpRequest, zone_id: PathEx[int, P(description="Id of the zone.")]):
    """A police zone, with the zones it was formed from and those formed from it."""
    zones = PoliceZone.objects.with_place().prefetch_related("predecessors", "successors")
    return zone_answer(get_object_or_404(zones, pk=zone_id))
