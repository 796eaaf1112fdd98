"""The product's own file of zones: its shape and its inner consistency. Pure: no database.

Shape (YAML): `format`, `provinces`, `districts`, `zones` and `former_zones`. A zone has a `key` that never
changes, what is known of it, its municipalities as NIS code → name; a former zone names its successors by
key. Unknown facts are left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiv.datafile import FileProblem, FileRefused, Loaded, Path, load, problem_at, validate

Key = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
Code = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
NisCode = Annotated[str, Field(pattern=r"^[0-9]{5}$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
# Not strict: decimals arrive as the text that was written (kiv.datafile).
Degrees = Annotated[Decimal, Field(strict=False, ge=-180, le=180, max_digits=7, decimal_places=4)]
TileIndex = Annotated[int, Field(ge=0, le=1000)]
Language = Literal["nl", "fr", "de", "en"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Area(Part):
    """A province or a judicial district."""

    code: Key
    name: dict[Language, Name] = Field(min_length=1)


class ZoneEntry(Part):
    key: Key
    code: Code = ""
    name: Name
    names: dict[Language, Name] = {}
    province: Key | None = None
    district: Key | None = None
    languages: list[Language] = []
    facility_languages: list[Language] = []
    formed_from: str = Field("", max_length=200)
    since: str = Field("", max_length=50)
    position: list[Degrees] | None = Field(None, min_length=2, max_length=2)
    tile: list[TileIndex] | None = Field(None, min_length=2, max_length=2)
    municipalities: dict[NisCode, Annotated[str, Field(min_length=1, max_length=100)]] = {}


class FormerEntry(Part):
    key: Key
    code: Code = ""
    name: Name
    successors: list[Key] = Field(min_length=1)


class ZoneFile(Part):
    format: Literal["kiv-zones/1"]
    provinces: list[Area]
    districts: list[Area]
    zones: list[ZoneEntry]
    former_zones: list[FormerEntry] = []


def parse_zones(data: bytes) -> ZoneFile:
    """The file's content, or FileRefused with every error and its place."""
    loaded = load(data)
    file: ZoneFile = validate(ZoneFile, loaded)
    if problems := list(_inconsistencies(file, loaded)):
        raise FileRefused(problems)
    return file


def _inconsistencies(file: ZoneFile, loaded: Loaded) -> Iterable[FileProblem]:
    lists: Mapping[str, list] = {"zones": file.zones, "former_zones": file.former_zones}
    every = [(part, number, entry) for part, entries in lists.items() for number, entry in enumerate(entries)]
    yield from _repeated(loaded, "key", [((part, n, "key"), entry.key) for part, n, entry in every])
    yield from _repeated(
        loaded, "code", [((p, n, "code"), entry.code) for p, n, entry in every if entry.code]
    )
    for part in ("provinces", "districts"):
        areas = [((part, n, "code"), area.code) for n, area in enumerate(getattr(file, part))]
        yield from _repeated(loaded, "code", areas)
    yield from _repeated(
        loaded,
        "NIS code",
        [
            (("zones", n, "municipalities", nis), nis)
            for n, e in enumerate(file.zones)
            for nis in e.municipalities
        ],
    )
    keys = {entry.key for _, _, entry in every}
    known = {
        "province": {area.code for area in file.provinces},
        "district": {area.code for area in file.districts},
    }
    for number, entry in enumerate(file.zones):
        for field, codes in known.items():
            value = getattr(entry, field)
            if value is not None and value not in codes:
                expected = f"a {field} of this file"
                yield problem_at(loaded, ("zones", number, field), "unknown_reference", expected, value)
    for number, entry in enumerate(file.former_zones):
        for position, key in enumerate(entry.successors):
            place = ("former_zones", number, "successors", position)
            if key not in keys:
                yield problem_at(loaded, place, "unknown_reference", "the key of a zone of this file", key)
            elif key == entry.key or _leads_back(file, key, entry.key):
                yield problem_at(loaded, place, "circle", "a zone that does not lead back to this one", key)


def _repeated(loaded: Loaded, what: str, values: list[tuple[Path, str]]) -> Iterable[FileProblem]:
    counts = Counter(value for _, value in values)
    seen = set()
    for path, value in values:
        if counts[value] > 1 and value in seen:
            yield problem_at(loaded, path, "duplicate", f"each {what} once", value)
        seen.add(value)


def _leads_back(file: ZoneFile, start: str, target: str) -> bool:
    onward = {entry.key: entry.successors for entry in file.former_zones}
    waiting, seen = [start], {start}
    while waiting:
        for key in onward.get(waiting.pop(), ()):
            if key == target:
                return True
            if key not in seen:
                seen.add(key)
                waiting.append(key)
    return False
