"""A zone as far as its plan needs to know it."""

from collections.abc import Container
from dataclasses import dataclass

from plans.fiction.dice import Dice


@dataclass(frozen=True, slots=True)
class Place:
    """`key` ties the zone to the data file for good, and is the seed. `languages` are those of the area."""

    key: str
    code: str
    label: str
    languages: tuple[str, ...]
    municipalities: tuple[str, ...]

    @property
    def dice(self) -> Dice:
        return Dice(f"kiv-demo/1|{self.key}")


def language_of(place: Place, known: Container[str]) -> str:
    """The language a zone writes in: its own; where it has two, one of them, for all its plans."""
    return place.dice.pick([language for language in place.languages if language in known], "language")
