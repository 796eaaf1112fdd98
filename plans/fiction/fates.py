"""What a zone decides about each item, and how far it works it out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from plans.fiction.dice import Dice
from plans.fiction.files import DemoData, Style
from plans.scoring import Choice, Item

#: Items that hardly any list of priorities names: more often than others they stay undecided.
RARE_PERCENT = 5
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Fate:
    """One item in one plan.

    `depth` is the level its objective is written for (0: there is none). `is_explained`: with the line or the
    motivation its choice asks for. `is_late`: an addendum brought it in.
    """

    item: Item
    choice: Choice
    depth: int = 0
    is_explained: bool = True
    is_hidden: bool = False
    is_motivation_hidden: bool = False
    is_objective_hidden: bool = False
    is_late: bool = False


def draw_fates(
    items: Sequence[Item], data: DemoData, style: Style, dice: Dice, *, is_done: bool
) -> list[Fate]:
    """A fate per item, in the edition's order. `is_done`: the plan was shared; else some work is open."""
    return [_draw_fate(item, data, style, dice.of(item.code), is_done=is_done) for item in items]


def _draw_fate(item: Item, data: DemoData, style: Style, dice: Dice, *, is_done: bool) -> Fate:
    percent = min(97.0, max(1.5, 100 * data.retained[item.code] / data.lists))
    is_sensitive = item.code in data.sensitive
    if dice.chance(percent, "retained"):
        depth = dice.weighted(style.depths, "depth")
        # Written already, decided not yet: what the check page proposes to confirm.
        is_undecided = not is_done and dice.chance(35, "undecided")
        return Fate(
            item,
            Choice.UNDECIDED if is_undecided else Choice.RETAINED,
            depth=max(1, depth) if is_undecided else depth,
            is_hidden=is_sensitive and dice.chance(12, "hidden"),
            is_objective_hidden=is_sensitive and dice.chance(25, "hidden objective"),
        )
    undecided = (28 if percent <= RARE_PERCENT else 9) + (0 if is_done else 25)
    if dice.chance(undecided, "undecided"):
        return Fate(item, Choice.UNDECIDED)
    if dice.chance(42, "regular"):
        return Fate(item, Choice.REGULAR, is_explained=dice.chance(86, "explained"))
    return Fate(
        item,
        Choice.NOT_RETAINED,
        depth=2 if dice.chance(3, "elaborated all the same") else 0,
        is_explained=dice.chance(88, "explained"),
        is_hidden=is_sensitive and dice.chance(5, "hidden"),
        is_motivation_hidden=dice.chance(12 if is_sensitive else 1, "hidden motivation"),
    )


def with_addition(fates: Sequence[Fate], data: DemoData, dice: Dice) -> tuple[list[Fate], Fate]:
    """The fates of an addendum, and the one it changed: what was passed over is retained after all."""
    passed = [fate for fate in fates if fate.choice != Choice.RETAINED and not fate.depth] or list(fates)
    # The likeliest of the lists first: an addendum follows what other zones work on.
    likely = sorted(passed, key=lambda fate: -data.retained[fate.item.code])[:4]
    old = dice.pick(likely, "added")
    new = replace(
        Fate(old.item, Choice.RETAINED), depth=dice.between(2, DEEPEST, "depth of the added"), is_late=True
    )
    return [new if fate is old else fate for fate in fates], new
