"""Draws that follow from a seed and a question, and from nothing else.

Each draw names its question. Asking one more question therefore changes no other answer: an addendum is the
plan before it but for what it adds.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dice:
    seed: str

    def of(self, *question: object) -> "Dice":
        """Dice for a part of the same seed."""
        return Dice("|".join((self.seed, *map(str, question))))

    def below(self, bound: int, *question: object) -> int:
        """A whole number from 0 to `bound` - 1; even enough for bounds up to a million."""
        text = "|".join((self.seed, *map(str, question)))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % bound

    def between(self, low: int, high: int, *question: object) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1, *question)

    def chance(self, percent: float, *question: object) -> bool:
        """True in so many cases of a hundred; tenths of a percent count."""
        return self.below(1000, *question) < percent * 10

    def pick(self, options: Sequence[T], *question: object) -> T:
        return options[self.below(len(options), *question)]

    def weighted(self, weights: Mapping[T, int], *question: object) -> T:
        """One of the names, as often as its weight says."""
        at = self.below(sum(weights.values()), *question)
        for name, weight in weights.items():
            if at < weight:
                return name
            at -= weight
        raise AssertionError("weights are positive")

    def shuffled(self, options: Sequence[T], *question: object) -> list[T]:
        """All of them, in an order of the seed's own; what is added later does not reorder the others."""
        return sorted(options, key=lambda option: (self.below(1_000_000, *question, option), str(option)))
