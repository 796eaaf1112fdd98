"""The geometry of the tile map: tiles touch and never overlap, whatever their places."""

from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from plans.reports.tile_map import borders_of, box_of, centre_of, corners_of, neighbours_of

PLACES = st.tuples(st.integers(0, 40), st.integers(0, 40))
SHIPPED = Path("kiv/territory/data/zones.yaml")


def overlap(one, other) -> bool:
    """Whether two hexagons share more than a side: no side of the first has all of the second beyond it."""
    for at in range(6):
        (x, y), (to_x, to_y) = one[at], one[(at + 1) % 6]
        if all((to_x - x) * (py - y) - (to_y - y) * (px - x) <= 0 for px, py in other):
            return False
    return True


@given(PLACES, PLACES)
def test_no_two_tiles_overlap(one, other):
    assert overlap(corners_of(one), corners_of(other)) == (one == other)


@given(PLACES)
def test_neighbours_share_a_side_and_know_each_other(place):
    corners = corners_of(place)
    for side, other in enumerate(neighbours_of(place)):
        assert set(corners_of(other)) >= {corners[side], corners[(side + 1) % 6]}
        assert neighbours_of(other)[(side + 3) % 6] == place


def test_odd_rows_are_shifted_half_a_tile_to_the_right_and_north_is_up():
    assert centre_of((0, 0)) == (0, 0)
    assert centre_of((1, 0)) == (52, 0)
    assert centre_of((0, 1)) == (26, 45)
    assert centre_of((0, 2)) == (0, 90)


@given(st.sets(PLACES, max_size=30), st.integers(0, 5))
def test_everything_lies_in_the_box(places, inset):
    box = box_of(places)
    for place in places:
        for x, y in corners_of(place, inset):
            assert box.x < x < box.x + box.width
            assert box.y < y < box.y + box.height


def test_an_inset_tile_lies_within_its_place():
    assert corners_of((0, 0), 2) == ((0, -28), (24, -13), (24, 13), (0, 28), (-24, 13), (-24, -13))


def test_one_tile_has_six_borders_and_two_alike_have_ten():
    assert len(list(borders_of({(3, 3): "a"}))) == 6
    assert len(list(borders_of({(3, 3): "a", (4, 3): "a"}))) == 10
    # Between different areas there is one line, not two.
    assert len(list(borders_of({(3, 3): "a", (4, 3): "b"}))) == 11
    assert len(list(borders_of({(3, 3): None, (4, 3): None}))) == 10


@given(st.dictionaries(PLACES, st.sampled_from("ab"), max_size=30))
def test_no_border_is_drawn_twice(areas):
    drawn = [frozenset(side) for side in borders_of(areas)]
    assert len(drawn) == len(set(drawn))


def test_every_zone_of_the_data_file_has_a_place_of_its_own():
    zones = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["zones"]
    places = [tuple(zone["tile"]) for zone in zones]
    assert len(set(places)) == len(zones) > 170
    box = box_of(places)
    assert (box.width, box.height) == (970, 743)
