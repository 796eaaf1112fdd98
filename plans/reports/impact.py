"""What an edition would do to the plans that are shared: computed, not stored, before anything is published.

How to use it: make a `Counting(scope)`, go through its `plans()`, show of each what is asked, and take
`result()`. Only counts are kept: a country takes hardly more memory than a batch of its plans. Page, command
and JSON are made of the same. Everything is as readers outside the zone may know it (docs/scoring.md §4).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from framework.correspondences import correspondences_between, editions_before
from framework.models import Edition, Item
from framework.succession import Link, carried
from kiv.territory.models import Province
from plans import scoring
from plans.models import Plan
from plans.planformat import PlanContent, scoring_input
from plans.planformat.succession import Fate, carried_content, roads
from plans.scoring import State
from plans.selectors.impact import ImpactScope, shared_contents, sources_of
from plans.selectors.scoring_input import scoring_items


@dataclass(frozen=True, slots=True)
class Cell:
    """An item of the new edition in one plan: what becomes of it, and where it would stand."""

    fate: Fate
    state: State


@dataclass(frozen=True)
class PlanImpact:
    """One plan. `cells` in the order of the new items; None for one that a wholly confidential item leads to.

    `ended`: codes of items of `edition`, under which it is checked now, of which it says something and that
    lead to none.
    """

    plan: Plan
    version: int
    edition: Edition
    cells: tuple[Cell | None, ...]
    ended: tuple[str, ...]

    @cached_property
    def figures(self) -> "Figures":
        counted = Tally()
        counted.add(self.cells)
        return counted.figures()

    @property
    def has_hidden(self) -> bool:
        return None in self.cells


@dataclass(frozen=True, slots=True)
class Figures:
    """How many items have which fate and state; every fate and state is there, at 0 too."""

    fates: Mapping[Fate, int]
    states: Mapping[State, int]

    @property
    def items(self) -> int:
        return sum(self.fates.values())


@dataclass(frozen=True, slots=True)
class ItemImpact:
    """An item of the new edition over all plans. `links` lead to it from the edition before."""

    item: Item
    links: tuple[Link, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class EndedImpact:
    """An old item that leads to no new one, and in how many plans something is said of it."""

    edition: Edition
    item: Item
    plans: int
    is_decided: bool


@dataclass(frozen=True, slots=True)
class PlaceImpact:
    """The plans of a province; None for zones of which no province is known."""

    province: Province | None
    plans: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Impact:
    """The whole. `undecided`: old items of the edition before of which not everything is decided.

    `over`: plans that are not counted, because their cycle is over, and would be carried over all the same.
    """

    scope: ImpactScope
    plans: int
    already: int
    apart: int
    over: int
    has_hidden: bool
    figures: Figures
    items: tuple[ItemImpact, ...]
    ended: tuple[EndedImpact, ...]
    places: tuple[PlaceImpact, ...]
    undecided: tuple[Item, ...]

    @property
    def proposed(self) -> tuple[Item, ...]:
        """Those of the undecided that the program leads to a new item: these are looked at, the rest ends."""
        led = {link.old for item in self.items for link in item.links}
        return tuple(item for item in self.undecided if item.code in led)


class Tally:
    """Fates and states, counted."""

    def __init__(self) -> None:
        self.plans = 0
        self._fates: Counter[Fate] = Counter()
        self._states: Counter[State] = Counter()

    def add(self, cells: Collection[Cell | None]) -> None:
        self.plans += 1
        for cell in cells:
            if cell is not None:
                self._fates[cell.fate] += 1
                self._states[cell.state] += 1

    def figures(self) -> Figures:
        return Figures(
            {fate: self._fates[fate] for fate in Fate}, {state: self._states[state] for state in State}
        )


class Way:
    """From one earlier edition to the new one: read once, the same for every plan. Some fifteen queries."""

    def __init__(self, old: Edition, new: Edition, items: Sequence[scoring.Item]) -> None:
        between = correspondences_between(old, new)
        self.edition = old
        self.olds = {item.code: item for item in between.olds}
        self.links = between.links
        self.undecided = between.undecided
        self._to = new.code
        self._items = tuple(items)
        self._same = carried(self.links)
        self._aspects = {item.code: item.aspects for item in items}

    def links_to(self, code: str) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.new == code)

    def is_decided(self, code: str) -> bool:
        return self.olds[code] not in self.undecided

    def follow(self, content: PlanContent) -> tuple[tuple[Cell | None, ...], tuple[str, ...]]:
        """The cells of a plan and the old items that end, without what is wholly confidential."""
        found = roads(list(self.olds), [item.code for item in self._items], self.links, content)
        hidden = {code for code, choice in content.choices.items() if choice.item_confidential}
        moved = carried_content(content, self._to, self._same, self._aspects)
        score = scoring.score_plan(scoring_input(moved, self._items))
        states = {item.item: item.state for item in score.items}
        cells = tuple(
            None if road.comes_from(hidden) else Cell(road.fate, states[road.item]) for road in found.items
        )
        return cells, tuple(code for code in found.ended if code not in hidden)


class Counting:
    """Goes through the plans of a scope once and counts them. Some five queries at first."""

    def __init__(self, scope: ImpactScope) -> None:
        edition = scope.edition
        before = editions_before(edition)
        self.scope = scope
        self._sources = sources_of(scope, before)
        self._editions = {each.pk: each for each in before}
        self._scored = scoring_items(edition)
        self._ways: dict[int, Way] = {}
        self._items = [Tally() for _item in self._scored]
        self._places: dict[Province | None, Tally] = {}
        self._ended: Counter[tuple[int, str]] = Counter()
        self._whole = Tally()
        self._has_hidden = False

    @property
    def total(self) -> int:
        return len(self._sources.compared)

    def plans(self) -> Iterator[PlanImpact]:
        """Plan by plan, by name of zone, each counted once it was yielded; one is held at a time."""
        old_of = dict(self._sources.compared)
        for assessment, content in shared_contents(list(old_of)):
            way = self._way(old_of[assessment.pk])
            version = assessment.version
            impact = PlanImpact(version.plan, version.number, way.edition, *way.follow(content))
            self._add(impact)
            yield impact

    def result(self) -> Impact:
        """What was counted so far; the plans that were yielded are in it."""
        predecessor = self.scope.edition.predecessor_id
        near = self._way(predecessor) if predecessor in self._editions else None
        items = self.scope.edition.items.order_by("position")
        return Impact(
            scope=self.scope,
            plans=self._whole.plans,
            already=self._sources.already,
            apart=self._sources.apart,
            over=self._sources.over,
            has_hidden=self._has_hidden,
            figures=self._whole.figures(),
            items=tuple(
                ItemImpact(item, near.links_to(item.code) if near else (), tally.figures())
                for item, tally in zip(items, self._items, strict=True)
            ),
            ended=tuple(self._ended_items()),
            places=tuple(
                PlaceImpact(province, tally.plans, tally.figures())
                for province, tally in sorted(self._places.items(), key=lambda pair: _place_key(pair[0]))
            ),
            undecided=near.undecided if near else (),
        )

    def _add(self, impact: PlanImpact) -> None:
        self._whole.add(impact.cells)
        self._places.setdefault(impact.plan.zone.province, Tally()).add(impact.cells)
        for tally, cell in zip(self._items, impact.cells, strict=True):
            tally.add((cell,))
        self._ended.update((impact.edition.pk, code) for code in impact.ended)
        self._has_hidden = self._has_hidden or impact.has_hidden

    def _way(self, edition_id: int) -> Way:
        if edition_id not in self._ways:
            self._ways[edition_id] = Way(self._editions[edition_id], self.scope.edition, self._scored)
        return self._ways[edition_id]

    def _ended_items(self) -> Iterator[EndedImpact]:
        """The nearest edition first, its items in their order."""
        for edition_id in self._editions:
            way = self._ways.get(edition_id)
            for code, item in way.olds.items() if way else ():
                if plans := self._ended[edition_id, code]:
                    yield EndedImpact(way.edition, item, plans, way.is_decided(code))


def impact_of(scope: ImpactScope) -> Impact:
    """All at once, for callers that show nothing of the way."""
    counting = Counting(scope)
    for _plan in counting.plans():
        pass
    return counting.result()


def _place_key(province: Province | None) -> tuple[bool, str]:
    return province is None, province.code if province else ""
