"""What the check page shows, as dataclasses: nothing about how it looks, nothing the reader may not see.

`plans.selectors.check` fills them.
"""

from dataclasses import dataclass

from framework.models import Item
from plans.enums import Choice
from plans.scoring import AdviceKind, Criterion, State


@dataclass(frozen=True, slots=True)
class Source:
    """The passage that was accepted: the number of its document in the plan, and its id."""

    document: int
    passage: int


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A piece under one criterion. `quote` is empty when `is_hidden`; `digit` is what it earns alone.

    `source` is None for what stands in no document that the reader may read. `values` are the words behind
    elements, where they were asked for (plans.selectors.element_values).
    """

    criterion: str
    elements: tuple[str, ...]
    quote: str
    kind: str
    where: str
    objective: str | None
    page: int | None
    digit: int
    is_confidential: bool
    is_hidden: bool
    source: Source | None = None
    values: tuple[tuple[str, str], ...] = ()

    @property
    def bare_elements(self) -> tuple[str, ...]:
        """The elements of which the quote holds the words."""
        valued = dict(self.values)
        return tuple(element for element in self.elements if element not in valued)


@dataclass(frozen=True, slots=True)
class CriterionLines:
    """The evidence under one criterion; `digit` is the item's."""

    criterion: str
    digit: int
    lines: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One next step for one item, as data; `plans.sentences` words it."""

    item: str
    item_kind: str
    kind: str
    criterion: str | None
    missing: tuple[str, ...]
    objective: str | None
    level: int | None
    objectives: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Motivation:
    """What the zone wrote about its choice; hidden words are empty. `reason` in words, and its code."""

    reason: str
    pointer: str
    line: str
    is_confidential: bool
    is_hidden: bool
    reason_code: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.reason or self.line.strip())


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """What one considered objective earns; `number` None holds the accepted passages, if any."""

    number: str | None
    level: int
    digits: dict[str, int]
    lines: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A level 0-4 with its six digits by letter, and the number of the objective that earned it."""

    level: int
    digits: dict[str, int]
    objective: str | None = None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item. When `is_hidden` (wholly confidential to this reader) only `item` means anything.

    `level`, `digits` and `objective` are derived; `reviewed` is what a finished review made of them.
    """

    item: Item
    choice: str
    state: str
    level: int
    digits: dict[str, int]
    objective: str | None
    reach: int | None
    aspects: tuple[str, ...]
    is_ready_to_confirm: bool
    motivation: Motivation
    advice: tuple[AdviceLine, ...]
    criteria: tuple[CriterionLines, ...]
    objectives: tuple[ObjectiveLine, ...]
    worth_a_look: tuple[str, ...]
    is_item_confidential: bool
    is_hidden: bool
    reviewed: Standing | None = None

    @property
    def is_untouched(self) -> bool:
        """Nothing was decided or written about this item, and nothing in the plan names it."""
        return (
            self.choice == Choice.UNDECIDED
            and self.motivation.is_empty
            and not any(lines.lines for lines in self.criteria)
        )

    @property
    def next_step(self) -> AdviceLine | None:
        return self.advice[0] if self.advice else None

    @property
    def diagnosis(self) -> CriterionLines:
        """The diagnosis is the item's, whatever the objective."""
        return next(lines for lines in self.criteria if lines.criterion == Criterion.DIAGNOSIS)


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one kind in the edition's order, with their number in each state (shown items only)."""

    kind: str
    rows: tuple[ItemRow, ...]
    states: dict[str, int]
    retained: int

    @property
    def total(self) -> int:
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class GridRow:
    """A priority with, per theme in order, whether the theme is named together with it."""

    item: Item
    is_retained: bool
    themes: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class OwnPriority:
    """An objective that is not compared; the title is empty when it is hidden."""

    number: str
    title: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Check:
    """The check page. `worth_a_look` pairs an item (None: the whole plan) with a reason."""

    groups: tuple[Group, ...]
    worth_a_look: tuple[tuple[Item | None, str], ...]
    own_priorities: tuple[OwnPriority, ...]
    grid_themes: tuple[Item, ...]
    grid: tuple[GridRow, ...]
    to_confirm: tuple[ItemRow, ...]

    @property
    def retained_priorities(self) -> int:
        """What the reach of a theme is a part of."""
        return sum(row.is_retained for row in self.grid)

    @property
    def rows(self) -> tuple[ItemRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    def row(self, code: str) -> ItemRow | None:
        return next((row for row in self.rows if row.item.code == code), None)

    @property
    def is_empty(self) -> bool:
        """The plan holds nothing that says something about an item, nor an own priority."""
        return not self.own_priorities and all(row.is_untouched for row in self.rows)

    @property
    def is_decided(self) -> bool:
        """No item is open, so that nothing has to be decided before the plan is shared."""
        return not any(group.states[State.OPEN] for group in self.groups)

    @property
    def next_step(self) -> AdviceLine | None:
        """The most useful step of the whole plan: what is open first, then what is nearest to better."""
        steps = [row.next_step for row in self.rows if row.next_step and not row.is_hidden]
        return min(steps, key=lambda step: (STEP_ORDER.index(step.kind), step.level or 0), default=None)


STEP_ORDER = (
    AdviceKind.ANSWER_CLARIFICATION,
    AdviceKind.CHOOSE,
    AdviceKind.COMPLETE_MOTIVATION,
    AdviceKind.ADD_LINE,
    AdviceKind.CONFIRM_PROPOSAL,
    AdviceKind.AS_REVIEWED,
    AdviceKind.BRING_TOGETHER,
    AdviceKind.ELABORATE,
    AdviceKind.ACTION_PLAN,
)
