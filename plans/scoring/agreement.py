"""How far two readers agree: Krippendorff's alpha for ordered values (docs/scoring.md §5).

Integers and fractions only, so that a band never depends on rounding. Source of the method:
K. Krippendorff, Content Analysis, chapter on reliability; a value of 1 is perfect agreement, 0 is what
chance would give, and below 0 is systematic disagreement. Not here: which readings are compared (services).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from plans.scoring.enums import Criterion
from plans.scoring.types import Digits

MIN_ITEMS = 30
GOOD_FROM = Fraction(800, 1000)
TENTATIVE_FROM = Fraction(667, 1000)
#: Both bounds have three decimals, so a value cut off at three stands in the same band as the exact one.
DECIMALS = 3


class Band(StrEnum):
    """What an alpha allows: conclusions, tentative ones (shown with a warning), or none."""

    GOOD = "good"
    TENTATIVE = "tentative"
    LOW = "low"


class NoAlpha(StrEnum):
    """Why there is no alpha."""

    TOO_FEW_ITEMS = "too_few_items"
    NO_VARIATION = "no_variation"


@dataclass(frozen=True, slots=True)
class Alpha:
    """Agreement over `items` items that were read twice; either `value` or `reason` is None."""

    items: int
    value: Fraction | None = None
    reason: NoAlpha | None = None

    @property
    def band(self) -> Band | None:
        """The band of the exact value; None without a value."""
        if self.value is None:
            return None
        if self.value >= GOOD_FROM:
            return Band.GOOD
        return Band.TENTATIVE if self.value >= TENTATIVE_FROM else Band.LOW

    @property
    def shown(self) -> Decimal | None:
        """The value cut off (never rounded up) at three decimals: a shown bound is a reached bound."""
        if self.value is None:
            return None
        thousandths = self.value * 10**DECIMALS // 1
        return Decimal(thousandths).scaleb(-DECIMALS)


def alpha_per_criterion(readings: Iterable[tuple[Digits, Digits]]) -> dict[Criterion, Alpha]:
    """The agreement under each criterion, in the order D G A I M C.

    `readings`: per item the digits that the first and the second reader gave it.
    """
    read = list(readings)
    return {
        criterion: ordinal_alpha([(getattr(one, criterion), getattr(two, criterion)) for one, two in read])
        for criterion in Criterion
    }


def ordinal_alpha(pairs: Sequence[tuple[int, int]]) -> Alpha:
    """Krippendorff's alpha of two readers over ordered values, exact.

    `pairs`: per item the value of each reader. Who is first does not matter, nor does the order of the
    items, nor how far apart the values lie: only their order counts. Without a value, with the reason,
    for fewer than MIN_ITEMS items and where both readers gave every item one same value: nothing could have
    been confused.
    """
    if len(pairs) < MIN_ITEMS:
        return Alpha(len(pairs), reason=NoAlpha.TOO_FEW_ITEMS)
    given = Counter(value for pair in pairs for value in pair)
    if len(given) < 2:
        return Alpha(len(pairs), reason=NoAlpha.NO_VARIATION)
    distance = _distances(given)
    observed = sum(distance[min(pair), max(pair)] for pair in pairs if pair[0] != pair[1])
    expected = sum(given[low] * given[high] * apart for (low, high), apart in distance.items())
    # Coincidences and chance are symmetric in the two values: half of each is summed, lower value first.
    return Alpha(len(pairs), value=1 - Fraction((given.total() - 1) * observed, expected))


def _distances(given: Mapping[int, int]) -> dict[tuple[int, int], int]:
    """(lower, higher) → four times the squared ordinal distance, of all values that were given.

    The distance counts the values given from the lower to the higher, the two ends by half. Twice the
    distance is whole; the factor falls out of alpha.
    """
    values = sorted(given)
    return {
        (low, high): (
            2 * sum(given[value] for value in values if low <= value <= high) - given[low] - given[high]
        )
        ** 2
        for low, high in combinations(values, 2)
    }
