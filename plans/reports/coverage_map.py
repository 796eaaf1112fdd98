"""The coverage on a tile map: of each zone one mark for one item, or for where its plan stands.

The same rows as the matrix (plans.reports.coverage). Geometry: tile_map. How it looks: the template.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from framework.models import Item
from kiv.templatetags.kiv_ui import LEVELS, STATES
from kiv.territory.models import PoliceZone
from plans.coverage_sentences import SHORT_STATES
from plans.enums import Choice
from plans.reports import tile_map
from plans.reports.coverage import Coverage
from plans.reports.coverage_paper import STANDINGS, confidential_word
from plans.reports.tile_names import short_names
from plans.scoring import State
from plans.selectors.coverage import Basis, Cell, PlanRow, Standing


class MapLayer(StrEnum):
    """What a tile says of the item, or of the plan as a whole."""

    LEVEL = "level"
    STATE = "state"
    STANDING = "standing"


LAYERS = {
    MapLayer.LEVEL: gettext_lazy("level"),
    MapLayer.STATE: pgettext_lazy("of an item", "state"),
    MapLayer.STANDING: gettext_lazy("where the plan stands"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a tile shows. `key` is told apart by its tint, `symbol` (of components/symbols.html) by its form,
    `sign` is a digit or a word that fits, and `words` are read aloud.
    """

    key: str
    symbol: str
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class MapZone:
    """A zone, or a former one that still has a plan in the cycle. `row` is None for a zone whose plans are
    those of its predecessors; `place` for one that is not on the map. `label` is what fits in the tile.
    """

    zone: PoliceZone
    row: PlanRow | None
    cell: Cell | None
    mark: Mark
    place: tile_map.Place | None
    label: str

    @property
    def centre(self) -> tile_map.Point:
        return tile_map.centre_of(self.place)

    @property
    def points(self) -> str:
        """The corners as SVG wants them."""
        return " ".join(f"{x},{y}" for x, y in tile_map.corners_of(self.place, tile_map.INSET))


@dataclass(frozen=True)
class TileMap:
    """`zones` in the order of the matrix; `legend` the marks that occur, each with its number of zones."""

    item: Item | None
    layer: MapLayer
    zones: tuple[MapZone, ...]
    legend: tuple[tuple[Mark, int], ...]

    @property
    def placed(self) -> list[MapZone]:
        return [zone for zone in self.zones if zone.place is not None]

    @property
    def unplaced(self) -> list[MapZone]:
        return [zone for zone in self.zones if zone.place is None]

    @property
    def box(self) -> tile_map.Box:
        return tile_map.box_of(zone.place for zone in self.placed)

    @property
    def borders(self) -> str:
        """The outlines of the provinces as one path."""
        areas = {zone.place: zone.zone.province_id for zone in self.placed}
        sides = tile_map.borders_of(areas)
        return "".join(f"M{x} {y}L{to_x} {to_y}" for (x, y), (to_x, to_y) in sides)


def map_of(coverage: Coverage, zones: Iterable[PoliceZone], item: Item | None, layer: MapLayer) -> TileMap:
    """`zones`: those of today (selectors.coverage_map). Of two that claim one place the second is listed."""
    at = coverage.items.index(item) if item in coverage.items else None
    rows = {row.zone.pk: row for row in coverage.rows}
    basis, taken, found = coverage.scope.basis, set(), []
    zones = list(zones)
    today = {zone.pk for zone in zones}
    zones += [row.zone for row in coverage.rows if row.zone.pk not in today]
    labels = _labels(zones)
    for zone in zones:
        row = rows.get(zone.pk)
        place = (zone.tile_column, zone.tile_row) if zone.pk in today else None
        if place is not None and (None in place or place in taken):
            place = None
        taken.add(place)
        cell = row.cells[at] if row and row.cells and at is not None else None
        mark = _mark(row, cell, layer, basis, has_item=at is not None)
        found.append(MapZone(zone, row, cell, mark, place, labels[zone.pk]))
    counts = Counter(zone.mark for zone in found)
    legend = sorted(counts.items(), key=lambda counted: ORDER.index(counted[0].key))
    return TileMap(item, layer, tuple(found), tuple(legend))


def _labels(zones: Iterable[PoliceZone]) -> dict[int, str]:
    """Zone's id → its code, or a short form of its name that no other zone of its province has."""
    labels, without = {}, defaultdict(list)
    for zone in zones:
        labels[zone.pk] = zone.code
        if not zone.code:
            without[zone.province_id].append(zone)
    for near in without.values():
        short = short_names(zone.shown_name for zone in near)
        labels |= {zone.pk: short[zone.shown_name] for zone in near}
    return labels


def _mark(row: PlanRow | None, cell: Cell | None, layer: MapLayer, basis: Basis, *, has_item: bool) -> Mark:
    if row is None:
        return Mark("former", "icon-info", "", _("the plans are those of the zones before the merger"))
    if layer == MapLayer.STANDING or not has_item or not row.cells:
        return _standing_mark(row, is_about_item=layer != MapLayer.STANDING)
    if cell is None:
        return Mark("hidden", "icon-lock", "", confidential_word())
    if layer == MapLayer.LEVEL and cell.choice == Choice.RETAINED:
        is_reviewed = basis == Basis.REVIEWED and cell.reviewed is not None
        level = cell.reviewed if is_reviewed else cell.level
        words = _("level %(level)s, %(words)s") % {"level": level, "words": LEVELS[level]}
        return Mark(f"level-{level}", f"level-{level}", str(level), words)
    state = State(cell.state)
    return Mark(f"state-{state}", f"state-{state}", str(SHORT_STATES[state]), str(STATES[state]))


def _standing_mark(row: PlanRow, *, is_about_item: bool) -> Mark:
    if is_about_item and row.other_edition:
        words = _("checked under %(edition)s only") % {"edition": row.other_edition}
        return Mark("other", "icon-info", "", words)
    return Mark(
        f"standing-{row.standing}",
        STANDING_SYMBOLS[row.standing],
        "",
        str(STANDINGS[row.standing]),
    )


STANDING_SYMBOLS = {
    Standing.NO_PLAN: "choice-not_retained",
    Standing.PREPARATION: "icon-edit",
    Standing.SHARED: "icon-arrow",
    Standing.REVIEWED: "icon-done",
}
#: The order of the legend.
ORDER: Sequence[str] = (
    *(f"level-{level}" for level in reversed(LEVELS)),
    *(f"state-{state}" for state in State),
    *(f"standing-{standing}" for standing in reversed(Standing)),
    "other",
    "former",
    "hidden",
)


def tile_words(zone: MapZone, about: str) -> str:
    """A tile read aloud: "5345 PZ Antwerpen, P3 drugs: level 2, objective and action"."""
    return pgettext("map", "%(zone)s, %(about)s: %(words)s") % {
        "zone": zone.zone.label,
        "about": about,
        "words": zone.mark.words,
    }
