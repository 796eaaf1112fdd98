"""Every plan of the fiction, drawn without a database. As a script: prints the digest of them all."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import yaml

from plans.fiction import Course, Place, language_of, plan_course, read_data, read_phrases
from tests.plans.planformat.editions import shipped_editions

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "plans" / "demo"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
YEARS = {"2020-2025": (2020, 2025), "2026-2031": (2026, 2031)}


@cache
def places() -> tuple[Place, ...]:
    """The zones of today, from their data file."""
    zones = yaml.safe_load((ROOT / "kiv" / "territory" / "data" / "zones.yaml").read_text(encoding="utf-8"))
    return tuple(
        Place(
            zone["key"],
            zone.get("code", ""),
            zone["name"],
            tuple(zone["languages"]),
            tuple(sorted(zone["municipalities"].values())),
        )
        for zone in zones["zones"]
    )


EDITIONS = shipped_editions()


@cache
def courses(cycle: str) -> dict[str, Course | None]:
    """Key of each zone → its plan in the cycle."""
    data, phrases = read_data(FOLDER), read_phrases(FOLDER)
    (shares,) = [each for each in data.cycles if each.name == cycle]
    return {
        place.key: plan_course(
            place,
            phrases[language_of(place, phrases)],
            shares,
            YEARS[cycle],
            data=data,
            editions=EDITIONS,
            now=NOW,
        )
        for place in places()
    }


def digest() -> str:
    made = hashlib.sha256()
    for cycle in YEARS:
        for key, course in courses(cycle).items():
            made.update(f"{cycle} {key} {course!r}\n".encode())
    return made.hexdigest()


if __name__ == "__main__":
    print(digest())
