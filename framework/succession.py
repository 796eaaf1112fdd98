"""How the items of one edition stand to those of the next: items as they are compared, and what links them.

Plain values. Not here: the differences that follow (differences), guessing links (proposing), the rows
(succession_models). Knows no Django.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kiv.localized import FALLBACK_ORDER, localize
from kiv.word_diff import Run, RunKind, diff_words, has_same_words

Text = Mapping[str, str]


class Relation(StrEnum):
    """How an old item stands to a new one. `SUBSET`: the old is a part of it; `SUPERSET`: it contains it."""

    EQUAL = "equal"
    EQUIVALENT = "equivalent"
    SUBSET = "subset"
    SUPERSET = "superset"
    INTERSECTS = "intersects"
    NONE = "none"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Contradiction(StrEnum):
    """Why a link cannot stand beside the others. What it means for a reader is said where it is shown."""

    DOUBLE = "double"
    NO_TARGET = "no_target"
    TARGET_OF_NONE = "target_of_none"
    ENDED = "ended"
    SECOND_NEW = "second_new"
    SECOND_OLD = "second_old"


#: What was said about the old item holds for the new one as it stands.
CARRYING = frozenset({Relation.EQUAL, Relation.EQUIVALENT})
_MIRRORED = {Relation.SUBSET: Relation.SUPERSET, Relation.SUPERSET: Relation.SUBSET}


@dataclass(frozen=True, slots=True)
class ItemText:
    """An item as it is compared: `position` counts in its edition, aspects are (code, title)."""

    code: str
    kind: str
    position: int
    title: Text
    summary: Text = field(default_factory=dict)
    aspects: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One correspondence, by the codes of its items. `new` is None exactly when the relation is NONE.

    `is_stored`: a person or a file said it; otherwise the program proposes it. `is_decided` only when stored.
    """

    old: str
    new: str | None
    relation: Relation
    confidence: Confidence = Confidence.HIGH
    rationale: Text = field(default_factory=dict)
    is_stored: bool = False
    is_decided: bool = False

    def mirrored(self) -> "Link":
        """The same said from the new item to the old one. ValueError without a new item."""
        if self.new is None:
            raise ValueError(f"{self.old} corresponds to nothing")
        relation = _MIRRORED.get(self.relation, self.relation)
        return Link(
            self.new, self.old, relation, self.confidence, self.rationale, self.is_stored, self.is_decided
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """A text of both items, in one language when both have one; `language` is None when they share none."""

    old: str
    new: str
    language: str | None

    @property
    def is_same(self) -> bool:
        return has_same_words(self.old, self.new)

    @property
    def old_runs(self) -> tuple[Run, ...]:
        """The old text, with what is gone marked."""
        return self._without(RunKind.ADDED)

    @property
    def new_runs(self) -> tuple[Run, ...]:
        """The new text, with what was added marked."""
        return self._without(RunKind.REMOVED)

    def _without(self, kind: RunKind) -> tuple[Run, ...]:
        return tuple(run for run in diff_words(self.old, self.new) if run.kind != kind)


def wording(old: Text, new: Text, language: str) -> Wording:
    """Both texts in `language`, else in the first language that both have, else each as it can be read."""
    shared = next((each for each in (language, *FALLBACK_ORDER) if old.get(each) and new.get(each)), None)
    wanted = shared or language
    return Wording(localize(old, wanted), localize(new, wanted), shared)


def aspect_changes(old: ItemText, new: ItemText, language: str) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """The titles of the aspects that are gone and of those that are new; a reworded one stands in both."""
    before, after = dict(old.aspects), dict(new.aspects)
    kept = {
        code for code in before.keys() & after.keys() if wording(before[code], after[code], language).is_same
    }
    return (
        tuple(title for code, title in old.aspects if code not in kept),
        tuple(title for code, title in new.aspects if code not in kept),
    )


def carried(links: Iterable[Link]) -> dict[str, str]:
    """Old code → new code, where a decided link says equal or equivalent and neither has another link."""
    links = [link for link in links if link.is_stored]
    of_old = _counted(link.old for link in links)
    of_new = _counted(link.new for link in links if link.new is not None)
    return {
        link.old: link.new
        for link in links
        if link.new is not None
        and link.is_decided
        and link.relation in CARRYING
        and of_old[link.old] == of_new[link.new] == 1
    }


def is_all_decided(links: Iterable[Link]) -> bool:
    """Whether it is decided what became of an old item: of its links, all given, none is open."""
    links = tuple(links)
    return bool(links) and all(link.is_decided for link in links)


def _counted(codes: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for code in codes:
        counts[code] = counts.get(code, 0) + 1
    return counts


def contradictions(said: Sequence[tuple[str, str | None, str]]) -> Iterator[tuple[int, Contradiction]]:
    """Which of these (old code, new code, relation) cannot stand beside those before it: place and why."""
    pairs: set[tuple[str, str | None]] = set()
    relations: dict[str, set[str]] = {}
    new_of: dict[str, str] = {}
    old_of: dict[str, str] = {}
    for at, (old, new, relation) in enumerate(said):
        is_one_to_one = relation in CARRYING
        if relation == Relation.NONE and new is not None:
            yield at, Contradiction.TARGET_OF_NONE
        elif relation != Relation.NONE and new is None:
            yield at, Contradiction.NO_TARGET
        elif (old, new) in pairs:
            yield at, Contradiction.DOUBLE
        elif (others := relations.get(old)) and (relation == Relation.NONE or Relation.NONE in others):
            yield at, Contradiction.ENDED
        elif is_one_to_one and old in new_of:
            yield at, Contradiction.SECOND_NEW
        elif is_one_to_one and new in old_of:
            yield at, Contradiction.SECOND_OLD
        pairs.add((old, new))
        relations.setdefault(old, set()).add(relation)
        if is_one_to_one and new is not None:
            new_of.setdefault(old, new)
            old_of.setdefault(new, old)
