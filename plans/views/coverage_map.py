"""The coverage on a tile map: one hexagon a zone, one item or the status of the plans at a time."""

from dataclasses import dataclass, replace

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kiv.http import only_for
from plans.forms.coverage_filter import item_label
from plans.forms.coverage_map import CoverageMapForm
from plans.reports.coverage import Coverage
from plans.reports.coverage_map import MapLayer, MapZone, TileMap, map_of, tile_words
from plans.reports.coverage_page import heads_of, page_of
from plans.selectors.coverage import Basis
from plans.selectors.coverage_links import item_address
from plans.selectors.coverage_map import zones_of_today
from plans.selectors.coverage_menu import coverage_menu


@dataclass(frozen=True, slots=True)
class Tile:
    """A zone with where its tile leads, and how it is read aloud."""

    shown: MapZone
    address: str
    words: str


@require_safe
@only_for("is_coordinator")
def coverage_map(request):
    """What is asked stands in the address."""
    menu = coverage_menu(request.user)
    if menu.cycle is None or menu.edition is None:
        return render(request, "plans/coverage_empty.html")
    form = CoverageMapForm(request.GET, menu=menu)
    heads = heads_of(request.user, form.scope, form.sort_asked)
    form.offer_places(heads)
    narrowing = form.narrowing()
    page = page_of(form.scope, form.items, heads, narrowing, length=len(heads))
    scope = replace(
        form.scope,
        province_id=narrowing.province.pk if narrowing.province else None,
        district_id=narrowing.district.pk if narrowing.district else None,
    )
    coverage = Coverage(scope, page.items, page.rows)
    drawn = map_of(coverage, zones_of_today(request.user, scope), form.item_asked, form.layer_asked)
    about = _about(drawn)
    context = {
        "tab": "map",
        "form": form,
        "scope": scope,
        "drawn": drawn,
        "about": about,
        "tiles": [_tile(zone, drawn, about, scope.basis) for zone in drawn.placed],
        "lines": [_tile(zone, drawn, about, scope.basis) for zone in drawn.zones],
    }
    return render(request, "plans/coverage_map.html", context)


def _about(drawn: TileMap) -> str:
    if drawn.layer == MapLayer.STANDING or drawn.item is None:
        return _("status of the plan")
    return item_label(drawn.item)


def _tile(zone: MapZone, drawn: TileMap, about: str, basis: Basis) -> Tile:
    return Tile(zone, _address(zone, drawn, basis), tile_words(zone, about))


def _address(zone: MapZone, drawn: TileMap, basis: Basis) -> str:
    """The item in the plan, else the plan as far as it may be read, else the zone."""
    row = zone.row
    if row is None or row.version is None:
        return reverse("territory:zone_detail", args=[zone.zone.pk])
    # The latest shared version may be a later one than what is shown.
    version = f"?version={row.version}" if basis == Basis.REVIEWED else ""
    if zone.cell is None or drawn.layer == MapLayer.STANDING:
        return reverse("plans:check", args=[row.plan_id]) + version
    return item_address(row.plan_id, drawn.item, **({"version": row.version} if version else {}))
