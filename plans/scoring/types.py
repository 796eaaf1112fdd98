"""What goes into the scorer and what comes out: frozen dataclasses, integers only, no Django.

Input that contradicts itself (an unknown item, two decisions on one item, an action on an
objective that does not exist) raises ValueError on construction, so that no rule further down
has to guess. The rules themselves live in the other modules of this package.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from plans.scoring.enums import (
    AdviceKind,
    ChainLink,
    Choice,
    Criterion,
    Element,
    ItemKind,
    LookReason,
    PieceKind,
    Reason,
    State,
)

# The enumerations are offered here too: whoever builds an input imports from one module.
__all__ = [
    "Advice",
    "AdviceKind",
    "ChainLink",
    "Choice",
    "Criterion",
    "Decision",
    "Digits",
    "Element",
    "Evidence",
    "Item",
    "ItemKind",
    "ItemScore",
    "LookReason",
    "Naming",
    "ObjectiveLevel",
    "Piece",
    "PieceKind",
    "PlanInput",
    "PlanScore",
    "Reason",
    "State",
]

_ON_AN_OBJECTIVE = frozenset({PieceKind.OBJECTIVE, PieceKind.ACTION, PieceKind.INDICATOR})


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an edition. `position` orders the edition; `aspects` are in edition order."""

    code: str
    kind: ItemKind
    position: int
    aspects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """One item that a piece names, with the aspects of the item it ticks."""

    item: str
    aspects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence (docs/scoring.md §1).

    `ref` is its label in the plan ("1", "1.2"). `objective` is the number of the objective it
    hangs on (an objective entry: its own number; a diagnosis: none; a loose passage: none).
    `passage` is the identity of a passage's text: the same passage accepted for two items is two
    pieces with one identity. `is_confidential` is passed on and never influences a score.
    `is_in_text` is False for a passage that its document no longer holds: it counts for nothing and
    makes the items it names worth a look (§3).

    Links that are named tick CHAIN_LINK: saying which link is ticking it. Raises ValueError when
    the kind and the objective contradict each other, for a passage without any element (accepting
    needs at least one), and for anything but a passage that would not be in the text.
    """

    kind: PieceKind
    ref: str
    text: str
    elements: frozenset[Element]
    names: tuple[Naming, ...]
    links: frozenset[ChainLink] = frozenset()
    objective: str | None = None
    page: int | None = None
    passage: str = ""
    is_confidential: bool = False
    is_in_text: bool = True

    def __post_init__(self) -> None:
        if self.links and Element.CHAIN_LINK not in self.elements:
            object.__setattr__(self, "elements", self.elements | {Element.CHAIN_LINK})
        if self.kind in _ON_AN_OBJECTIVE and not self.objective:
            raise ValueError(f"{self.kind} {self.ref!r} needs the number of its objective")
        if self.kind is PieceKind.DIAGNOSIS and self.objective is not None:
            raise ValueError(f"diagnosis {self.ref!r} cannot hang on objective {self.objective!r}")
        if self.kind is PieceKind.PASSAGE and not self.elements:
            raise ValueError(f"passage {self.ref!r} was accepted without any element")
        if self.kind is not PieceKind.PASSAGE and not self.is_in_text:
            raise ValueError(f"{self.kind} {self.ref!r} stands in no document that could lose it")


@dataclass(frozen=True, slots=True)
class Decision:
    """What the zone decided about one item. `pointer` ("covered under which") is only shown.

    `has_open_clarification`: a reviewer asked something about it that the zone has not answered yet (§3).
    """

    item: str
    choice: Choice
    reason: Reason | None = None
    line: str = ""
    pointer: str = ""
    has_open_clarification: bool = False


@dataclass(frozen=True, slots=True)
class PlanInput:
    """One plan checked against one edition. Raises ValueError where it contradicts itself."""

    plan: str
    edition: str
    items: tuple[Item, ...]
    pieces: tuple[Piece, ...]
    decisions: tuple[Decision, ...] = ()
    has_successor: bool = False

    def __post_init__(self) -> None:
        _refuse_duplicates("item", (item.code for item in self.items))
        _refuse_duplicates("decision on item", (decision.item for decision in self.decisions))
        entries = (piece for piece in self.pieces if piece.kind is PieceKind.OBJECTIVE)
        numbers = _refuse_duplicates("objective", (str(entry.objective) for entry in entries))
        aspects = {item.code: frozenset(item.aspects) for item in self.items}
        for decision in self.decisions:
            if decision.item not in aspects:
                raise ValueError(f"decision on unknown item {decision.item!r}")
        for piece in self.pieces:
            if piece.objective is not None and piece.objective not in numbers:
                raise ValueError(f"{piece.kind} {piece.ref!r} hangs on unknown objective {piece.objective!r}")
            for naming in piece.names:
                if naming.item not in aspects:
                    raise ValueError(f"{piece.kind} {piece.ref!r} names unknown item {naming.item!r}")
                if naming.aspects and not aspects[naming.item].issuperset(naming.aspects):
                    unknown = sorted(set(naming.aspects) - aspects[naming.item])
                    raise ValueError(
                        f"{piece.kind} {piece.ref!r} ticks unknown aspects of"
                        f" {naming.item!r}: {', '.join(unknown)}"
                    )


def _refuse_duplicates(what: str, keys: Iterable[str]) -> set[str]:
    """The keys as a set; ValueError at the first that stands twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"duplicate {what} {key!r}")
        seen.add(key)
    return seen


@dataclass(frozen=True, slots=True)
class Digits:
    """The six digits, each 0, 1 or 2, under the method's own letters (docs/scoring.md §1)."""

    D: int = 0
    G: int = 0
    A: int = 0
    I: int = 0  # noqa: E741 - the method's letter for implementation
    M: int = 0
    C: int = 0

    def __str__(self) -> str:
        return f"D{self.D} G{self.G} A{self.A} I{self.I} M{self.M} C{self.C}"

    def as_dict(self) -> dict[str, int]:
        """Digits by letter, in the order D G A I M C."""
        return {criterion.value: getattr(self, criterion) for criterion in Criterion}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece as it stands under one criterion. `digit` is what it earns there alone (0-2)."""

    criterion: Criterion
    elements: tuple[Element, ...]
    quote: str
    where: str
    kind: PieceKind
    objective: str | None
    page: int | None
    is_confidential: bool
    digit: int


@dataclass(frozen=True, slots=True)
class Advice:
    """One next step, as data; the interface makes a sentence of it.

    `level` is the level that the step serves, None where a choice is asked. `objective` None is
    the implicit objective, or the item itself (criterion D). `objectives` is for BRING_TOGETHER:
    the best objective first, then those that hold what it lacks.
    """

    kind: AdviceKind
    criterion: Criterion | None
    missing: tuple[Element, ...]
    objective: str | None
    level: int | None
    objectives: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectiveLevel:
    """What one considered objective earns for an item; `number` None is the implicit one."""

    number: str | None
    level: int
    digits: Digits


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item's result. `objective` earned the level and stands first in `objective_levels`.

    `level` 0-4, `digits` the best of each over the objectives, `reach` a number of retained
    priorities (None for a priority), `proposal` the choice to confirm (None when not asked).
    """

    item: str
    kind: ItemKind
    choice: Choice
    state: State
    level: int
    digits: Digits
    objective: str | None
    objective_levels: tuple[ObjectiveLevel, ...]
    aspects: tuple[str, ...]
    reach: int | None
    proposal: Choice | None
    advice: tuple[Advice, ...]
    evidence: tuple[Evidence, ...]
    worth_a_look: tuple[LookReason, ...]


@dataclass(frozen=True, slots=True)
class PlanScore:
    """One plan's result: items in edition order, never a total mark.

    `own_priorities` are numbers of objectives not compared; `grid` holds (theme, priority) codes
    named together, whatever was chosen.
    """

    plan: str
    edition: str
    rubric: str
    items: tuple[ItemScore, ...]
    own_priorities: tuple[str, ...]
    grid: tuple[tuple[str, str], ...]
    worth_a_look: tuple[LookReason, ...]

    def states(self, kind: ItemKind | None = None) -> dict[State, int]:
        """Number of items in each of the five states, all items or those of one kind."""
        counts = dict.fromkeys(State, 0)
        for score in self.items:
            if kind is None or score.kind is kind:
                counts[score.state] += 1
        return counts
