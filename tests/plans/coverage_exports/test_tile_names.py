"""What stands in a tile without a code: short, readable, and another for each zone where it can be."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plans.reports.tile_names import LENGTH, short_name, short_names

SHIPPED = Path("kiv/territory/data/zones.yaml")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("PZ Noord-Limburg", "N-L"),
        ("PZ Vlaamse Ardennen", "VA"),
        ("PZ Scheldewaas", "Schel."),
        ("PZ Tongeren-Borgloon/Heers/Herstappe/Wellen", "TBHHW"),
        ("ZP Val de l'Escaut", "VE"),
        ("ZP Braine-l’Alleud", "B-A"),
        ("ZP Jemeppe-sur-Sambre", "J-S"),
        ("ZP/PZ Midi / Zuid", "M/Z"),
        ("PZ Regio Rhode & Schelde", "RRS"),
        ("PZ HEKLA", "HEKLA"),
        ("PZ Gavere", "Gavere"),
        ("PZ Getevallei", "Getev."),
        ("la Mazerine", "Mazer."),
        ("noord limburg", "nl"),
        ("aaaaaaaaa", "aaaaa."),
        ("PZ", "PZ"),
        ("-------", ""),
    ],
)
def test_a_name_by_itself(name, short):
    assert short_name(name) == short


@given(st.lists(st.text(max_size=30), max_size=5))
def test_whatever_the_names_each_fits(names):
    short = short_names(names)
    assert set(short) == set(names)
    assert all(len(form) <= LENGTH for form in short.values())


def test_names_that_would_be_alike_get_more_letters_and_the_others_stay():
    assert short_names(["PZ Noord-Limburg", "PZ Nieuw-Leuven", "PZ Noord-Leuven", "PZ Oost-Limburg"]) == {
        "PZ Noord-Limburg": "No-Li",
        "PZ Nieuw-Leuven": "Ni-Le",
        "PZ Noord-Leuven": "No-Le",
        "PZ Oost-Limburg": "O-L",
    }


def test_where_there_is_no_room_they_stay_alike():
    assert short_names(["Scheldewaas", "Scheldeland"]) == {"Scheldewaas": "Schel.", "Scheldeland": "Schel."}


def test_the_shipped_zones_without_a_code_differ_within_their_province():
    zones = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["zones"]
    names = [(zone["province"], zone["name"]) for zone in zones if "code" not in zone]
    assert len(names) == 4
    for province in {province for province, _name in names}:
        short = short_names(name for where, name in names if where == province)
        assert len(set(short.values())) == len(short) == 2
