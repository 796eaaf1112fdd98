"""What a comparison of two versions of a plan consists of: data for one reader, no format, no sentences.

What the reader may not know is not in here; hidden words are empty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from framework.models import Edition, Item
from kiv.word_diff import Run
from plans.models import PlanVersion

T = TypeVar("T")


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    #: Of a document: another file stands in its place.
    NEW_FILE = "new_file"


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """A value in the older and in the newer version."""

    old: T
    new: T

    @property
    def is_taken(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class ItemMove:
    """One item under both versions. Levels 0-4; digits by letter; states and choices by their values.

    `reviewed` are the levels after a finished review, None without one: said beside, they move nothing.
    """

    item: Item
    level: Step[int]
    digits: Step[dict[str, int]]
    state: Step[str]
    choice: Step[str]
    reviewed: Step[int | None] = Step(None, None)

    @property
    def has_moved(self) -> bool:
        return any(step.is_taken for step in (self.level, self.digits, self.state, self.choice))

    @property
    def is_within_level(self) -> bool:
        """Only digits or the state are other ones."""
        return self.has_moved and not (self.level.is_taken or self.choice.is_taken)

    @property
    def otherwise_reviewed(self) -> Step[int | None]:
        """The reviewed levels where they are not the derived ones; None where review said the same."""
        return Step(
            _unless(self.reviewed.old, self.level.old),
            _unless(self.reviewed.new, self.level.new),
        )


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field by its name in the models, and its words in both versions."""

    name: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """An item that is named, or one of its aspects that is ticked (empty: the item itself)."""

    item: str
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An objective, action, indicator, diagnosis entry or motivation that differs.

    `label`: the objective's number, the kind of a diagnosis entry, the item's code of a motivation; `was`:
    the number before, where it is another one. `words`: its heading now (gone: as it was). `fields` hold what
    differs, or all there is of what was added or removed; `reason` is of motivations. `parts`: actions and
    indicators that differ. When `is_hidden`, only `kind`, `change` and `label` say something, and `parts`
    where the entry hides because of the items it names.
    """

    kind: str
    change: Change
    label: str
    was: str = ""
    words: str = ""
    fields: tuple[FieldChange, ...] = ()
    reason: Step[str] | None = None
    named: tuple[Naming, ...] = ()
    unnamed: tuple[Naming, ...] = ()
    links: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    confidential: Step[bool] = Step(False, False)
    is_hidden: bool = False
    parts: tuple["EntryChange", ...] = ()

    @property
    def text_has_changed(self) -> bool:
        """The heading of a diagnosis entry is its text, which then stands among the fields."""
        return any(field.name == "text" for field in self.fields)


@dataclass(frozen=True, slots=True)
class PassageChange:
    """An accepted passage. `ticks` and `unticked` hold elements and links.

    `objective`: the number of the one it hangs on; `in_text`: whether its document holds it.
    """

    change: Change
    item: str
    quote: str
    document: str
    page: int | None
    ticks: tuple[str, ...] = ()
    unticked: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    unticked_aspects: tuple[str, ...] = ()
    objective: Step[str | None] = Step(None, None)
    in_text: Step[bool] = Step(True, True)
    confidential: Step[bool] = Step(False, False)
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document by its number in the newer version, or in the older one when it is gone."""

    change: Change
    number: int
    title: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """`edition` is the one both are compared under; None: they share none, and then nothing that depends on
    an edition is compared (movement, items named, motivations, passages). `items` are those of the edition
    that the reader may know, by code.
    """

    older: PlanVersion
    newer: PlanVersion
    edition: Edition | None
    items: dict[str, Item]
    movement: tuple[ItemMove, ...] = ()
    objectives: tuple[EntryChange, ...] = ()
    diagnoses: tuple[EntryChange, ...] = ()
    motivations: tuple[EntryChange, ...] = ()
    passages: tuple[PassageChange, ...] = ()
    documents: tuple[DocumentChange, ...] = ()

    @property
    def moved(self) -> tuple[ItemMove, ...]:
        return tuple(move for move in self.movement if move.has_moved)

    @property
    def unmoved(self) -> tuple[ItemMove, ...]:
        return tuple(move for move in self.movement if not move.has_moved)

    @property
    def has_words(self) -> bool:
        return bool(self.objectives or self.diagnoses or self.motivations or self.passages)


def _unless(level: int | None, derived: int) -> int | None:
    return None if level == derived else level


def count_of(changes: Iterable, change: Change) -> int:
    return sum(each.change == change for each in changes)
