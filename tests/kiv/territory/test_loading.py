"""The product's file of zones and its loader."""

from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from kiv.audit.models import AuditEvent
from kiv.datafile import FileRefused
from kiv.territory.loading import load_zones
from kiv.territory.management.commands.load_zones import OWN_FILE
from kiv.territory.models import Municipality, PoliceZone, ZoneLineage
from kiv.territory.services import complete_zone
from kiv.territory.zonefile import parse_zones
from tests.factories.accounts import UserFactory
from tests.factories.territory import DistrictFactory, ZoneFactory

SMALL = """
format: kiv-zones/1
provinces:
  - {code: limburg, name: {nl: Limburg, fr: Limbourg}}
districts:
  - {code: limburg, name: {nl: Limburg}}
zones:
  - key: "5907"
    code: "5907"
    name: PZ Limburg Regio Hoofdstad
    province: limburg
    district: limburg
    languages: [nl]
    position: [50.9357, 5.2819]
    tile: [14, 6]
    municipalities: {"71022": Hasselt, "71066": Zonhoven}
  - key: noord-limburg
    name: PZ Noord-Limburg
    languages: [nl]
    municipalities: {"72020": Lommel}
former_zones:
  - {key: "5370", code: "5370", name: HAZODI, successors: ["5907"]}
  - {key: "5300", code: "5300", name: Older, successors: ["5370", noord-limburg]}
"""


def load(text: str):
    return load_zones(data=text.encode(), by=None)


def snapshot():
    return (
        list(PoliceZone.objects.order_by("pk").values()),
        list(Municipality.objects.order_by("pk").values()),
        sorted(PoliceZone.successors.through.objects.values_list()),
        sorted(ZoneLineage.objects.values_list()),
        AuditEvent.objects.count(),
    )


def test_the_own_file_is_complete():
    file = parse_zones(OWN_FILE.read_bytes())
    assert len(file.zones) == 176
    assert sum(len(zone.municipalities) for zone in file.zones) == 565
    assert len(file.former_zones) == 37
    assert len(file.provinces) == 11
    assert [zone.key for zone in file.zones if not zone.code] == [
        "noord-limburg",
        "scheldewaas",
        "tongeren-borgloon-heers-herstappe-wellen",
        "vlaamse-ardennen",
    ]
    assert {zone.province for zone in file.zones if zone.district is None} == {"hainaut"}
    assert all(zone.tile and zone.position for zone in file.zones)
    assert len({tuple(zone.tile) for zone in file.zones}) == 176


@pytest.mark.django_db
def test_loading_the_own_file_fills_the_tables():
    call_command("load_zones", verbosity=0)
    assert PoliceZone.objects.current().count() == 176
    assert PoliceZone.objects.filter(is_discontinued=True).count() == 37
    assert Municipality.objects.count() == 565
    scheldewaas = PoliceZone.objects.get(name="PZ Scheldewaas")
    ancestors = PoliceZone.objects.within(zone_ids=[scheldewaas.pk]).exclude(pk=scheldewaas.pk)
    # 5904 is itself discontinued, and was formed from 5430 and 5431.
    assert set(ancestors.values_list("code", flat=True)) == {"5346", "5433", "5904", "5430", "5431"}


@pytest.mark.django_db
def test_the_loaded_values_are_those_of_the_file():
    load(SMALL)
    zone = PoliceZone.objects.get(key="5907")
    assert (zone.code, zone.name, zone.province.code, zone.district.code) == (
        "5907",
        "PZ Limburg Regio Hoofdstad",
        "limburg",
        "limburg",
    )
    assert (str(zone.latitude), str(zone.longitude), zone.tile_column, zone.tile_row) == (
        "50.9357",
        "5.2819",
        14,
        6,
    )
    assert sorted(zone.municipalities.values_list("nis_code", "name")) == [
        ("71022", "Hasselt"),
        ("71066", "Zonhoven"),
    ]
    unknown = PoliceZone.objects.get(key="noord-limburg")
    assert (unknown.code, unknown.province, unknown.district, unknown.latitude) == ("", None, None, None)


@pytest.mark.django_db
def test_the_second_run_changes_nothing():
    first = load(SMALL)
    assert (first.zones, first.municipalities, first.changed) == (4, 3, 0)
    before = snapshot()
    second = load(SMALL)
    assert (second.added, second.changed, second.kept) == (0, 0, 0)
    assert snapshot() == before


@pytest.mark.django_db
def test_what_an_administrator_completed_stays_and_the_rest_follows_the_file():
    load(SMALL)
    zone, district = PoliceZone.objects.get(key="noord-limburg"), DistrictFactory(code="tongeren")
    complete_zone(
        zone=zone,
        by=UserFactory(),
        revision=1,
        code="5915",
        name=zone.name,
        names={"fr": "ZP Limbourg-Nord"},
        province=None,
        district=district,
    )
    result = load(SMALL.replace("name: PZ Noord-Limburg", "name: PZ Noord Limburg\n    province: limburg"))
    zone.refresh_from_db()
    assert (zone.code, zone.names, zone.district) == ("5915", {"fr": "ZP Limbourg-Nord"}, district)
    assert (zone.name, zone.province.code) == ("PZ Noord Limburg", "limburg")
    assert zone.revision == 3
    assert (result.changed, result.kept) == (1, 3)


@pytest.mark.django_db
def test_a_field_emptied_by_an_administrator_stays_empty():
    load(SMALL)
    zone = PoliceZone.objects.get(key="5907")
    complete_zone(
        zone=zone,
        by=None,
        revision=1,
        code="",
        name=zone.name,
        names={},
        province=zone.province,
        district=zone.district,
    )
    load(SMALL)
    zone.refresh_from_db()
    assert zone.code == ""


@pytest.mark.django_db
def test_codes_may_change_places_and_municipalities_may_move():
    load(SMALL)
    changed = SMALL.replace('code: "5907"', 'code: "XXXX"').replace('code: "5370"', 'code: "5907"')
    changed = changed.replace('code: "XXXX"', 'code: "5370"')
    changed = changed.replace(', "71066": Zonhoven', "").replace(
        '{"72020": Lommel}', '{"72020": Lommel, "71066": Zonhoven}'
    )
    load(changed)
    assert PoliceZone.objects.get(key="5907").code == "5370"
    assert PoliceZone.objects.get(key="5370").code == "5907"
    assert Municipality.objects.get(nis_code="71066").zone.key == "noord-limburg"


@pytest.mark.django_db
def test_successors_follow_the_file_and_the_lineage_with_them():
    load(SMALL)
    load(SMALL.replace('["5370", noord-limburg]', "[noord-limburg]"))
    older, newest = PoliceZone.objects.get(key="5300"), PoliceZone.objects.get(key="5907")
    assert [zone.key for zone in older.successors.all()] == ["noord-limburg"]
    assert not ZoneLineage.objects.filter(zone=newest, ancestor=older).exists()


@pytest.mark.django_db
def test_rows_the_file_does_not_name_are_left_alone():
    own = ZoneFactory(complete=True)
    load(SMALL)
    own.refresh_from_db()
    assert own.code
    assert ZoneLineage.objects.filter(zone=own, ancestor=own).count() == 1


@pytest.mark.django_db
def test_every_error_is_reported_at_once_and_nothing_is_changed(tmp_path: Path):
    load(SMALL)
    before = snapshot()
    bad = (
        SMALL.replace('["5907"]', '["nowhere"]')
        .replace("province: limburg", "province: luik")
        .replace('"72020": Lommel', '"71022": Lommel')
    )
    with pytest.raises(FileRefused) as refused:
        load(bad)
    assert [(problem.place, problem.code, problem.line) for problem in refused.value.problems] == [
        ("zones[2].municipalities.71022", "duplicate", 20),
        ("zones[1].province", "unknown_reference", 11),
        ("former_zones[1].successors[1]", "unknown_reference", 22),
    ]
    assert snapshot() == before


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ('code: "5907"', "code: 5907", "zones[1].code", "not_text"),
        ('code: "5907"', 'code: "597"', "zones[1].code", "pattern"),
        ("format: kiv-zones/1", "format: kiv-zones/9", "format", "not_one_of"),
        (
            "languages: [nl]\n    position",
            "languages: [xx]\n    position",
            "zones[1].languages[1]",
            "not_one_of",
        ),
        ("tile: [14, 6]", "tile: [14]", "zones[1].tile", "too_few"),
        ("tile: [14, 6]", "colour: red", "zones[1].colour", "unknown_field"),
        ('key: "5370", code: "5370"', 'key: "5907", code: "5370"', "former_zones[1].key", "duplicate"),
        ('successors: ["5907"]', 'successors: ["5300"]', "former_zones[1].successors[1]", "circle"),
        ('successors: ["5907"]', 'successors: ["5370"]', "former_zones[1].successors[1]", "circle"),
        ("[50.9357, 5.2819]", "[500.1, 5.2819]", "zones[1].position[1]", "too_big"),
        ("[50.9357, 5.2819]", "[north, 5.2819]", "zones[1].position[1]", "decimal_parsing"),
    ],
)
def test_each_kind_of_error_has_its_place(old, new, place, code):
    assert old in SMALL
    with pytest.raises(FileRefused) as refused:
        parse_zones(SMALL.replace(old, new).encode())
    assert (place, code) in {(problem.place, problem.code) for problem in refused.value.problems}


@pytest.mark.django_db
def test_a_code_given_away_in_the_product_is_reported_with_its_place():
    load(SMALL)
    other = PoliceZone.objects.get(key="noord-limburg")
    fresh = SMALL.replace('code: "5907"\n', 'code: "5950"\n')
    complete_zone(
        zone=other, by=None, revision=1, code="5950", name=other.name, names={}, province=None, district=None
    )
    before = snapshot()
    with pytest.raises(FileRefused) as refused:
        load(fresh)
    assert [(problem.place, problem.code) for problem in refused.value.problems] == [
        ("zones[1].code", "code_taken")
    ]
    assert snapshot() == before


@pytest.mark.django_db
def test_the_command_names_every_error_and_ends_with_2(tmp_path: Path, capsys):
    file = tmp_path / "zones.yaml"
    file.write_text(SMALL.replace("format: kiv-zones/1", "format: other"))
    with pytest.raises(CommandError) as error:
        call_command("load_zones", str(file))
    assert error.value.returncode == 2
    assert "zones.yaml: line 2, format: expected" in capsys.readouterr().err
    assert not PoliceZone.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_zones", str(tmp_path / "none.yaml"))


def test_the_file_is_plain_yaml():
    assert set(yaml.safe_load(OWN_FILE.read_text(encoding="utf-8"))) == {
        "format",
        "provinces",
        "districts",
        "zones",
        "former_zones",
    }
