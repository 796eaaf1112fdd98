"""From digits to levels, and which objective is the best (docs/scoring.md §2).

Gates instead of averages: one weak principle holds the level down, whatever the others earn.
"""

from collections.abc import Iterable
from functools import lru_cache

from plans.scoring.enums import Criterion
from plans.scoring.numbering import natural_key
from plans.scoring.types import Digits, ObjectiveLevel

MAX_LEVEL = 4

# Level -> the digits it asks for; a higher level asks at least as much. Criteria stand in the
# order in which advice names them: what the others build on first. Level 1 is not here, any
# digit at all earns it.
_GATES: dict[int, dict[Criterion, int]] = {
    2: {Criterion.GOAL: 1, Criterion.ACTIONS: 1},
    3: {
        Criterion.GOAL: 2,
        Criterion.ACTIONS: 2,
        Criterion.IMPLEMENTATION: 1,
        Criterion.CHAIN: 1,
    },
    4: {
        Criterion.GOAL: 2,
        Criterion.ACTIONS: 2,
        Criterion.IMPLEMENTATION: 2,
        Criterion.CHAIN: 2,
        Criterion.MONITORING: 2,
        Criterion.DIAGNOSIS: 1,
    },
}


def gates_of(level: int) -> dict[Criterion, int]:
    """The lowest digit per criterion that the level asks for.

    Level 1 asks for any criterion; it is given as a goal, the step that leads on to level 2.
    Raises KeyError outside 1-4.
    """
    return {Criterion.GOAL: 1} if level == 1 else dict(_GATES[level])


@lru_cache(maxsize=3**6)
def level_of(digits: Digits) -> int:
    """Level 0-4: the highest whose gates the digits pass (§2)."""
    level = 1 if any(getattr(digits, criterion) for criterion in Criterion) else 0
    for higher, gates in _GATES.items():
        if all(getattr(digits, criterion) >= least for criterion, least in gates.items()):
            level = higher
    return level


def best_of(digits: Iterable[Digits]) -> Digits:
    """The best of each digit; all zeros when there are none."""
    d = g = a = i = m = c = 0
    for one in digits:
        d, g, a = max(d, one.D), max(g, one.G), max(a, one.A)
        i, m, c = max(i, one.I), max(m, one.M), max(c, one.C)
    return Digits(d, g, a, i, m, c)


def rank_key(objective: ObjectiveLevel) -> tuple[object, ...]:
    """Sorts objectives best first: level, digits G A I C M, structured first, numbering (§2)."""
    digits, number = objective.digits, objective.number
    return (
        -objective.level,
        -digits.G,
        -digits.A,
        -digits.I,
        -digits.C,
        -digits.M,
        number is None,
        natural_key(number or ""),
    )
