"""Loading the file of zones into the database: one transaction, the same result however often it runs.

What an administrator completed in the product (`PoliceZone.edited_fields`) is never overwritten. Rows that
the file does not name are left alone: plans may hang on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from kiv.audit.services import record
from kiv.datafile import FileProblem, FileRefused
from kiv.territory.models import JudicialDistrict, Municipality, PoliceZone, Province
from kiv.territory.services import rebuild_lineage
from kiv.territory.zonefile import Area, FormerEntry, ZoneEntry, ZoneFile, parse_zones


@dataclass(frozen=True, slots=True)
class LoadResult:
    """Numbers of rows. `kept` counts fields that differ from the file because somebody completed them."""

    zones: int = 0
    municipalities: int = 0
    added: int = 0
    changed: int = 0
    kept: int = 0


@transaction.atomic
def load_zones(*, data: bytes, by: Any) -> LoadResult:
    """Bring the database in line with the file. FileRefused, and nothing changed, when it has an error."""
    file = parse_zones(data)
    list(PoliceZone.objects.select_for_update().order_by("pk").values_list("pk"))
    areas: dict[str, Mapping[str, models.Model]] = {}
    added = changed = 0
    for field, model, entries in (
        ("province", Province, file.provinces),
        ("district", JudicialDistrict, file.districts),
    ):
        areas[field], new, other = _load_areas(model, entries)
        added, changed = added + new, changed + other
    zones, new, other, kept = _load_zone_rows(file, areas)
    added, changed = added + new, changed + other
    new, other = _load_municipalities(file, zones)
    added, changed = added + new, changed + other
    new, other = _load_successors(file, zones)
    added, changed = added + new, changed + other
    rebuild_lineage()
    if added or changed:
        record("zones.loaded", by=by, on=PoliceZone, added=added, changed=changed)
    return LoadResult(
        zones=len(file.zones) + len(file.former_zones),
        municipalities=sum(len(entry.municipalities) for entry in file.zones),
        added=added,
        changed=changed,
        kept=kept,
    )


def _load_areas(model: type[models.Model], entries: list[Area]) -> tuple[dict, int, int]:
    stored = {row.code: row for row in model.objects.all()}
    added = changed = 0
    for entry in entries:
        row = stored.get(entry.code)
        if row is None:
            stored[entry.code] = model.objects.create(code=entry.code, name=dict(entry.name))
            added += 1
        elif row.name != entry.name:
            row.name = dict(entry.name)
            row.save(update_fields=["name"])
            changed += 1
    return stored, added, changed


def _zone_values(entry: ZoneEntry | FormerEntry, areas: Mapping[str, Mapping]) -> dict[str, Any]:
    """The fields the file speaks of. A former zone keeps what was known of it while it existed."""
    values: dict[str, Any] = {"code": entry.code, "name": entry.name}
    if isinstance(entry, FormerEntry):
        return values | {"is_discontinued": True}
    latitude, longitude = entry.position or (None, None)
    column, row = entry.tile or (None, None)
    return values | {
        "names": dict(entry.names),
        "province": areas["province"][entry.province] if entry.province else None,
        "district": areas["district"][entry.district] if entry.district else None,
        "languages": list(entry.languages),
        "facility_languages": list(entry.facility_languages),
        "formed_from": entry.formed_from,
        "since": entry.since,
        "latitude": latitude,
        "longitude": longitude,
        "tile_column": column,
        "tile_row": row,
        "is_discontinued": False,
    }


def _load_zone_rows(file: ZoneFile, areas: Mapping) -> tuple[dict[str, PoliceZone], int, int, int]:
    rows = PoliceZone.objects.exclude(key="").select_related("province", "district")
    stored = {zone.key: zone for zone in rows}
    new: list[PoliceZone] = []
    changes: list[tuple[PoliceZone, list[str]]] = []
    kept = 0
    for entry in (*file.zones, *file.former_zones):
        values = _zone_values(entry, areas)
        zone = stored.get(entry.key)
        if zone is None:
            stored[entry.key] = zone = PoliceZone(key=entry.key, **values)
            new.append(zone)
            continue
        different = [field for field, value in values.items() if getattr(zone, field) != value]
        fields = [field for field in different if field not in zone.edited_fields]
        kept += len(different) - len(fields)
        for field in fields:
            setattr(zone, field, values[field])
        if fields:
            changes.append((zone, fields))
    _refuse_taken_codes(file, stored)
    # Codes may move between zones within one file: free them before giving them away.
    moving = [zone.pk for zone, fields in changes if "code" in fields]
    if moving:
        PoliceZone.objects.filter(pk__in=moving).update(code="")
    for zone, fields in changes:
        zone.revision += 1
        zone.save(update_fields=[*fields, "revision"])
    PoliceZone.objects.bulk_create(new)
    return stored, len(new), len(changes), kept


def _refuse_taken_codes(file: ZoneFile, zones: Mapping[str, PoliceZone]) -> None:
    """A code of the file may meanwhile have been given to another zone in the product."""
    owner = {zone.code: zone for zone in PoliceZone.objects.filter(key="").exclude(code="")}
    owner |= {zone.code: zone for zone in zones.values() if zone.code and "code" in zone.edited_fields}
    problems = []
    for part, entries in (("zones", file.zones), ("former_zones", file.former_zones)):
        for number, entry in enumerate(entries, 1):
            other = owner.get(entry.code)
            if other is not None and other is not zones[entry.key] and zones[entry.key].code == entry.code:
                expected = f"a code that was not given to another zone in the product (id {other.pk})"
                problems.append(FileProblem(f"{part}[{number}].code", "code_taken", expected, entry.code))
    if problems:
        raise FileRefused(problems)


def _load_municipalities(file: ZoneFile, zones: Mapping[str, PoliceZone]) -> tuple[int, int]:
    stored = {row.nis_code: row for row in Municipality.objects.all()}
    new, changed = [], 0
    for entry in file.zones:
        zone = zones[entry.key]
        for nis_code, name in entry.municipalities.items():
            row = stored.get(nis_code)
            if row is None:
                new.append(Municipality(nis_code=nis_code, name=name, zone=zone))
            elif (row.name, row.zone_id) != (name, zone.pk):
                row.name, row.zone = name, zone
                row.save(update_fields=["name", "zone"])
                changed += 1
    Municipality.objects.bulk_create(new)
    return len(new), changed


def _load_successors(file: ZoneFile, zones: Mapping[str, PoliceZone]) -> tuple[int, int]:
    """Make the successors of the file's zones those it names; numbers of new and removed links."""
    link = PoliceZone.successors.through
    ours = {zones[entry.key].pk for entry in (*file.zones, *file.former_zones)}
    wanted = {(zones[entry.key].pk, zones[key].pk) for entry in file.former_zones for key in entry.successors}
    stored = {
        (row.from_policezone_id, row.to_policezone_id): row.pk
        for row in link.objects.filter(from_policezone_id__in=ours)
    }
    surplus = [pk for pair, pk in stored.items() if pair not in wanted]
    missing = sorted(wanted - stored.keys())
    if surplus:
        link.objects.filter(pk__in=surplus).delete()
    link.objects.bulk_create(
        [link(from_policezone_id=zone, to_policezone_id=successor) for zone, successor in missing]
    )
    return len(missing), len(surplus)
