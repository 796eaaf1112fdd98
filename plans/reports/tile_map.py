"""Where the hexagons of a tile map lie: whole numbers in, whole numbers out. No Django, no colours, no words.

Pointy-top tiles; odd rows are shifted half a tile to the right; row 0 is the north. Every corner of a tile is
a corner of its neighbours, so that tiles touch and never overlap.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

#: Of a tile, in units of the drawing. A row lies three quarters of a height below the one before it.
WIDTH, HEIGHT, STEP = 52, 60, 45
#: Free around the drawing, and between the tile that is drawn and its place.
MARGIN, INSET = 4, 2

Place = tuple[int, int]
Point = tuple[int, int]
#: From the top, clockwise; side n lies between corner n and the next.
CORNERS = (
    (0, -HEIGHT // 2),
    (WIDTH // 2, -HEIGHT // 4),
    (WIDTH // 2, HEIGHT // 4),
    (0, HEIGHT // 2),
    (-WIDTH // 2, HEIGHT // 4),
    (-WIDTH // 2, -HEIGHT // 4),
)
#: Per side the neighbour there: columns and rows away, for even and for odd rows.
NEIGHBOURS = (
    ((0, -1), (1, 0), (0, 1), (-1, 1), (-1, 0), (-1, -1)),
    ((1, -1), (1, 0), (1, 1), (0, 1), (-1, 0), (0, -1)),
)


@dataclass(frozen=True, slots=True)
class Box:
    """The part of the drawing that is shown."""

    x: int
    y: int
    width: int
    height: int


def centre_of(place: Place) -> Point:
    """The middle of the tile at (column, row)."""
    column, row = place
    return WIDTH * column + WIDTH // 2 * (row % 2), STEP * row


def corners_of(place: Place, inset: int = 0) -> tuple[Point, ...]:
    """The six corners, from the top clockwise; each drawn `inset` towards the middle, across and down."""
    x, y = centre_of(place)
    return tuple(
        (x + across - _sign(across) * inset, y + down - _sign(down) * inset) for across, down in CORNERS
    )


def neighbours_of(place: Place) -> tuple[Place, ...]:
    """The six places around a tile, side by side."""
    column, row = place
    return tuple((column + across, row + down) for across, down in NEIGHBOURS[row % 2])


def box_of(places: Iterable[Place]) -> Box:
    """Around all these tiles. Without tiles: an empty box of one tile."""
    centres = [centre_of(place) for place in places] or [(0, 0)]
    left, right = min(x for x, _ in centres), max(x for x, _ in centres)
    top, bottom = min(y for _, y in centres), max(y for _, y in centres)
    return Box(
        x=left - WIDTH // 2 - MARGIN,
        y=top - HEIGHT // 2 - MARGIN,
        width=right - left + WIDTH + 2 * MARGIN,
        height=bottom - top + HEIGHT + 2 * MARGIN,
    )


def borders_of(areas: Mapping[Place, object]) -> Iterator[tuple[Point, Point]]:
    """The sides between tiles of different areas and along the outside, each once."""
    for place, area in areas.items():
        corners = corners_of(place)
        for side, other in enumerate(neighbours_of(place)):
            # Between two tiles the one that comes first draws the side.
            if other not in areas or (areas[other] != area and place < other):
                yield corners[side], corners[(side + 1) % 6]


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
