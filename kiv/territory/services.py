"""Changing zones: the lines of descent after a load, and what an administrator completes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from kiv.audit.services import record
from kiv.localized import LANGUAGES
from kiv.territory.models import JudicialDistrict, PoliceZone, Province, ZoneLineage

COMPLETED_FIELDS = ("code", "name", "names", "province", "district")


class ZoneChanged(Exception):
    """Somebody saved the zone since the form was opened. `zone` holds what is stored now."""

    def __init__(self, zone: PoliceZone) -> None:
        self.zone = zone
        super().__init__(f"zone {zone.pk} is at revision {zone.revision}")


@transaction.atomic
def complete_zone(
    *,
    zone: PoliceZone,
    by: Any,
    revision: int,
    code: str,
    name: str,
    names: Mapping[str, str],
    province: Province | None,
    district: JudicialDistrict | None,
) -> PoliceZone:
    """Store what an administrator knows about a zone; the loader never changes these fields afterwards.

    Raises ZoneChanged when `revision` is no longer the stored one, ValidationError for a wrong value.
    A save that changes nothing leaves no trace.
    """
    stored = PoliceZone.objects.select_for_update().get(pk=zone.pk)
    if stored.revision != revision:
        raise ZoneChanged(stored)
    names = {language: names[language] for language in LANGUAGES if names.get(language)}
    wanted = {"code": code, "name": name, "names": names, "province": province, "district": district}
    changed = [field for field in COMPLETED_FIELDS if getattr(stored, field) != wanted[field]]
    if not changed:
        return stored
    for field in changed:
        setattr(stored, field, wanted[field])
    stored.edited_fields = sorted({*stored.edited_fields, *changed})
    stored.revision += 1
    stored.full_clean(exclude={"successors"})
    stored.save(update_fields=[*changed, "edited_fields", "revision"])
    record("zone.changed", by=by, on=stored, fields=changed, revision=stored.revision)
    return stored


@transaction.atomic
def rebuild_lineage() -> tuple[int, int]:
    """Make ZoneLineage the closure of the stored predecessors; numbers of added and removed lines."""
    parents: dict[int, set[int]] = defaultdict(set)
    for zone_id, successor_id in PoliceZone.successors.through.objects.values_list(
        "from_policezone_id", "to_policezone_id"
    ):
        parents[successor_id].add(zone_id)
    wanted = closure(PoliceZone.objects.values_list("pk", flat=True), parents)
    stored = {
        (zone_id, ancestor_id): pk
        for pk, zone_id, ancestor_id in ZoneLineage.objects.values_list("pk", "zone_id", "ancestor_id")
    }
    surplus = [stored[pair] for pair in stored.keys() - wanted]
    missing = sorted(wanted - stored.keys())
    if surplus:
        ZoneLineage.objects.filter(pk__in=surplus).delete()
    ZoneLineage.objects.bulk_create(
        [ZoneLineage(zone_id=zone_id, ancestor_id=ancestor_id) for zone_id, ancestor_id in missing],
        batch_size=500,
    )
    return len(missing), len(surplus)


def closure(zone_ids: Iterable[int], parents: Mapping[int, set[int]]) -> set[tuple[int, int]]:
    """Every (zone, ancestor), each zone being its own ancestor. A circle in the data does no harm."""
    pairs = set()
    for zone_id in zone_ids:
        waiting, seen = [zone_id], {zone_id}
        while waiting:
            for parent in parents.get(waiting.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        pairs |= {(zone_id, ancestor) for ancestor in seen}
    return pairs
