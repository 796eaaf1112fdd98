"""Carrying over as a whole: what becomes of each item, how far people have looked, and what falls away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from framework.models import Edition, Item
from framework.succession import Link
from plans.models import (
    Assessment,
    CarriedItem,
    Carrying,
    Cycle,
    ItemChoice,
    ItemLink,
    PassageEvidence,
    PlanVersion,
)
from plans.planformat.succession import Fate
from plans.selectors.carrying import Crossing, crossing_of, key_of
from plans.selectors.looking import ENTRIES, entry_of


@dataclass(frozen=True, slots=True)
class Step:
    """One item of the new edition; `olds` lead to it. `seen_at` None: nobody looked, or nothing is asked."""

    item: Item
    fate: Fate
    olds: tuple[tuple[Link, Item], ...]
    seen_at: datetime | None = None

    @property
    def is_carried(self) -> bool:
        return self.fate == Fate.CARRIED

    @property
    def is_new(self) -> bool:
        return self.fate == Fate.NEW


@dataclass(frozen=True, slots=True)
class Overview:
    """All steps in the edition's order; `ended`: old items that the plan says something of and that end."""

    steps: tuple[Step, ...]
    ended: tuple[Item, ...]

    @property
    def carried(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.is_carried)

    @property
    def asked(self) -> tuple[Step, ...]:
        """The steps at which somebody looks."""
        return tuple(step for step in self.steps if not step.is_carried)

    @property
    def to_look(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.fate == Fate.LOOK)

    @property
    def new(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.is_new)

    @property
    def unseen(self) -> tuple[Step, ...]:
        return tuple(step for step in self.asked if step.seen_at is None)

    @property
    def seen(self) -> int:
        return len(self.asked) - len(self.unseen)

    def around(self, code: str) -> tuple[Step | None, Step | None]:
        """The steps before and after this one, of those that are asked."""
        asked = self.asked
        at = next(at for at, step in enumerate(asked) if step.item.code == code)
        return asked[at - 1] if at else None, asked[at + 1] if at + 1 < len(asked) else None

    def next_unseen(self, code: str) -> Step | None:
        """The next step nobody looked at, after this one, beginning anew at the end."""
        asked = self.asked
        at = next((at for at, step in enumerate(asked) if step.item.code == code), -1)
        ordered = (*asked[at + 1 :], *asked[: at + 1])
        return next((step for step in ordered if step.seen_at is None and step.item.code != code), None)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many items went along, at how many somebody looks, and at how many somebody did."""

    carried: int
    asked: int
    seen: int

    @property
    def left(self) -> int:
        return self.asked - self.seen


@dataclass(frozen=True, slots=True)
class EndedItem:
    """An old item that leads to no new one, with what the plan said of it."""

    item: Item
    choice: ItemChoice | None
    entries: tuple[object, ...]
    passages: tuple[PassageEvidence, ...]


def foreseen(source: Assessment, edition: Edition) -> Overview:
    """What would become of the plan; nothing is carried over yet. At most 15 queries."""
    return _overview(crossing_of(source, edition), {})


def overview_of(carrying: Carrying) -> Overview:
    """At most 16 queries."""
    rows = {
        code: (Fate(fate), seen_at)
        for code, fate, seen_at in carrying.items.values_list("item__code", "fate", "seen_at")
    }
    return _overview(crossing_of(carrying.source, carrying.assessment.edition), rows)


def _overview(crossing: Crossing, rows: dict[str, tuple[Fate, datetime | None]]) -> Overview:
    steps = []
    for road in crossing.roads.items:
        fate, seen_at = rows.get(road.item, (road.fate, None))
        olds = tuple((link, crossing.old(link.old)) for link in road.links)
        steps.append(Step(crossing.new(road.item), fate, olds, seen_at))
    return Overview(tuple(steps), tuple(crossing.old(code) for code in crossing.roads.ended))


def progress_of(carrying: Carrying) -> Progress:
    """One query."""
    asked = ~Q(fate=Fate.CARRIED)
    counted = carrying.items.aggregate(
        carried=Count("pk", filter=Q(fate=Fate.CARRIED)),
        asked=Count("pk", filter=asked),
        seen=Count("pk", filter=asked & Q(seen_at__isnull=False)),
    )
    return Progress(**counted)


def unseen_in_plans() -> QuerySet[CarriedItem]:
    """What nobody looked at yet, of the latest version of each plan of a cycle that is not over."""
    version = "carrying__assessment__version"
    newer = PlanVersion.objects.filter(
        plan=OuterRef(f"{version}__plan"), number__gt=OuterRef(f"{version}__number")
    )
    unseen = CarriedItem.objects.filter(
        carrying__finished_at=None,
        seen_at=None,
        **{f"{version}__plan__cycle__in": Cycle.objects.running()},
    ).exclude(fate=Fate.CARRIED)
    return unseen.filter(~Exists(newer)).order_by()


def unseen_items(assessment: Assessment) -> list[Item]:
    """The items that nobody looked at yet under a new edition. No query for a plan that was not carried over.

    `assessment` knows where it came from (selectors.readable).
    """
    carrying = getattr(assessment, "carrying", None)
    if carrying is None or carrying.is_finished:
        return []
    rows = carrying.items.filter(seen_at=None).exclude(fate=Fate.CARRIED)
    return [row.item for row in rows.select_related("item").order_by("item__position")]


def ended_items(source: Assessment, items: Iterable[Item]) -> list[EndedItem]:
    """What the plan said of these old items. Three queries."""
    items = list(items)
    choices = {row.item_id: row for row in source.choices.filter(item__in=items)}
    entries: dict[int, dict[tuple[str, int], object]] = {}
    row: ItemLink
    for row in source.links.filter(item__in=items).select_related(*ENTRIES):
        entries.setdefault(row.item_id, {})[key_of(row)] = entry_of(row)
    passages: dict[int, list[PassageEvidence]] = {}
    for passage in source.passages.filter(item__in=items):
        passages.setdefault(passage.item_id, []).append(passage)
    return [
        EndedItem(
            item,
            choices.get(item.pk),
            tuple(entries.get(item.pk, {}).values()),
            tuple(passages.get(item.pk, ())),
        )
        for item in items
    ]
