"""What a reviewer's judgements make of a score: reviewed digits and level (docs/scoring.md §5).

The derived score is never changed: both stay visible. Not here: who may review, reasons and quotes
(services), and the agreement of two readers (agreement.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from plans.scoring.enums import Criterion
from plans.scoring.levels import best_of, level_of, rank_key
from plans.scoring.numbering import natural_key
from plans.scoring.types import Digits, ItemScore, ObjectiveLevel

DIGITS = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The digit that a reviewer gives an objective of an item under one criterion.

    `objective` None is the implicit objective; under D, which is the item's and no objective's, it is
    always None. Raises ValueError for a digit other than 0, 1 or 2, and for a D that names an objective.
    """

    objective: str | None
    criterion: Criterion
    digit: int

    def __post_init__(self) -> None:
        if self.digit not in DIGITS:
            raise ValueError(f"{self.criterion} of {_named(self.objective)}: {self.digit!r} is not 0, 1 or 2")
        if self.criterion == Criterion.DIAGNOSIS and self.objective is not None:
            raise ValueError(f"D is the item's: it cannot be judged for {_named(self.objective)}")


@dataclass(frozen=True, slots=True)
class ChangedDigit:
    """A digit that review gave another value. `objective` is None under D, as in Judgement."""

    objective: str | None
    criterion: Criterion
    derived: int
    reviewed: int

    @property
    def is_raised(self) -> bool:
        """Whether it went up, which needs a quote (§5)."""
        return self.reviewed > self.derived


@dataclass(frozen=True, slots=True)
class ReviewedItem:
    """An item as reviewed; the fields mean what they mean in ItemScore.

    `changed` holds the digits that review changed, D first, then objective by objective in the plan's
    order (the implicit one last); a judgement that repeats the derived digit changes nothing.
    """

    level: int
    digits: Digits
    objective: str | None
    objective_levels: tuple[ObjectiveLevel, ...]
    changed: tuple[ChangedDigit, ...]


def review_item(score: ItemScore, judgements: Iterable[Judgement]) -> ReviewedItem:
    """The item with the judged digits in place of the derived ones; the order of `judgements` never matters.

    The gates run again over every objective and the best one is chosen anew, by the rules of §2. Without
    judgements it is the item as derived. Raises ValueError for an objective that is not considered for
    the item, and for two judgements on the same digit.
    """
    return review_objectives(score.objective_levels, judgements)


def review_objectives(considered: Sequence[ObjectiveLevel], judgements: Iterable[Judgement]) -> ReviewedItem:
    """As `review_item`, from the item's considered objectives alone, which is what a stored score keeps."""
    judged = _by_digit(considered, judgements)
    derived = {one.number: one.digits for one in considered}
    reviewed = {number: _replaced(digits, number, judged) for number, digits in derived.items()}
    levels = (ObjectiveLevel(number, level_of(digits), digits) for number, digits in reviewed.items())
    ranked = tuple(sorted(levels, key=rank_key))
    return ReviewedItem(
        level=ranked[0].level,
        digits=best_of(reviewed.values()),
        objective=ranked[0].number,
        objective_levels=ranked,
        changed=_changed(derived, reviewed),
    )


def _by_digit(
    considered: Sequence[ObjectiveLevel], judgements: Iterable[Judgement]
) -> dict[tuple[str | None, Criterion], int]:
    numbers = {one.number for one in considered}
    judged: dict[tuple[str | None, Criterion], int] = {}
    for one in judgements:
        if one.criterion != Criterion.DIAGNOSIS and one.objective not in numbers:
            raise ValueError(f"{_named(one.objective)} is not considered for the item")
        key = (one.objective, one.criterion)
        if key in judged:
            raise ValueError(f"{one.criterion} of {_named(one.objective)} is judged twice")
        judged[key] = one.digit
    return judged


def _replaced(digits: Digits, number: str | None, judged: dict[tuple[str | None, Criterion], int]) -> Digits:
    given = {
        criterion.value: judged[place]
        for criterion in Criterion
        if (place := _place(number, criterion)) in judged
    }
    return replace(digits, **given)


def _place(number: str | None, criterion: Criterion) -> tuple[str | None, Criterion]:
    """Where a digit of this objective is judged: D for the item, so in all its objectives at once."""
    return (None if criterion is Criterion.DIAGNOSIS else number, criterion)


def _changed(
    derived: dict[str | None, Digits], reviewed: dict[str | None, Digits]
) -> tuple[ChangedDigit, ...]:
    changed = {}
    for number in sorted(derived, key=lambda number: (number is None, natural_key(number or ""))):
        for criterion in Criterion:
            before, after = getattr(derived[number], criterion), getattr(reviewed[number], criterion)
            if before != after:
                place = _place(number, criterion)
                changed[place] = ChangedDigit(*place, before, after)
    # Sorting keeps the order within: only what is the item's comes forward.
    return tuple(sorted(changed.values(), key=lambda one: one.criterion is not Criterion.DIAGNOSIS))


def _named(objective: str | None) -> str:
    return "the implicit objective" if objective is None else f"objective {objective!r}"
