"""What an earlier plan offers to another one, as frozen dataclasses. How it is found: carrying."""

from dataclasses import dataclass

from plans.planformat.types import ChoiceEntry, DiagnosisEntry, ObjectiveEntry


@dataclass(frozen=True, slots=True)
class Lost:
    """An item, or with `aspect` only that aspect of it, that `title` named and that has no counterpart."""

    title: str
    item: str
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class Early:
    """A due date of the entry with this title that lies before the new plan begins."""

    title: str
    due: str
    year: int


@dataclass(frozen=True, slots=True)
class Offered:
    """An objective with what hangs on it, or a diagnosis entry. `entry` is as it would arrive.

    `key` names it in a form, and changes when the earlier plan changes. `here` is the number of the
    objective, or the place of the diagnosis entry (from 1), that is identical in the plan already; `namesake`
    the number of one that has the same title and is otherwise different. `has_taken_number`: another
    objective of the plan has its number. `is_sealed`: it arrives as confidential, because the wholly
    confidential item that hid it is lost.
    """

    key: str
    entry: ObjectiveEntry | DiagnosisEntry
    lost: tuple[Lost, ...] = ()
    early: tuple[Early, ...] = ()
    here: str = ""
    namesake: str = ""
    has_taken_number: bool = False
    is_sealed: bool = False

    @property
    def needs_attention(self) -> bool:
        return bool(self.lost or self.early or self.is_sealed)


@dataclass(frozen=True, slots=True)
class OfferedChoice:
    """What the earlier plan decided about an item. `entry` is as it would arrive, no less confidential.

    `into` is the item's code in this plan; a lost one keeps its own. `is_lost`: the item has no counterpart.
    `is_decided`: the plan has something else about it already. `is_exposed`: the item was wholly confidential
    in the earlier plan, and is not in this one. `contradicts`: it was not retained, and this plan has an
    objective or action for it.
    """

    item: str
    into: str
    entry: ChoiceEntry
    is_lost: bool = False
    is_decided: bool = False
    is_here: bool = False
    is_exposed: bool = False
    contradicts: bool = False

    @property
    def key(self) -> str:
        return f"choice-{self.item}"

    @property
    def is_free(self) -> bool:
        return not (self.is_lost or self.is_decided or self.is_here)


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything that an earlier plan holds, in its own order."""

    objectives: tuple[Offered, ...] = ()
    diagnoses: tuple[Offered, ...] = ()
    choices: tuple[OfferedChoice, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """Everything that can be named in a form."""
        return frozenset(offered.key for offered in (*self.objectives, *self.diagnoses, *self.choices))

    @property
    def free(self) -> frozenset[str]:
        """The keys of what can be copied: not here already, and not without a counterpart."""
        entries = (offered.key for offered in (*self.objectives, *self.diagnoses) if not offered.here)
        return frozenset(entries) | {choice.key for choice in self.choices if choice.is_free}

    @property
    def ticked(self) -> frozenset[str]:
        """What is proposed: everything that can be copied and about which nothing has to be said."""
        entries = {
            offered.key
            for offered in (*self.objectives, *self.diagnoses)
            if offered.namesake or offered.needs_attention
        }
        return self.free - entries - {choice.key for choice in self.choices if choice.contradicts}

    @property
    def is_partly_ticked(self) -> bool:
        """Whether something that can be copied is left for a person to tick."""
        return self.ticked != self.free
