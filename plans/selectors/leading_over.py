"""How far carrying all plans over to an edition is: what framework administrators see. Numbers, no plans."""

from dataclasses import dataclass

from django.db.models import Q

from framework.correspondences import editions_before
from framework.models import Edition
from plans.models import Assessment, Cycle
from plans.selectors.carrying import versions_to_carry


@dataclass(frozen=True, slots=True)
class Standing:
    """`total`: plans under an edition that this one follows, or under it; `done` of them are carried over.

    `waiting`: their zones still look at the edition before. `elsewhere`: plans that this is not about.
    `over`: those of the total whose cycle is over. They go along too, and nobody is asked to look at them.
    `resting`: not of the total; their cycle is over, and they stay half looked at under the edition before.
    """

    todo: tuple[tuple[int, ...], ...]
    done: int
    waiting: int
    elsewhere: int
    over: int
    resting: int

    @property
    def total(self) -> int:
        return self.done + len(self.todo) + self.waiting


def standing_of(edition: Edition) -> Standing:
    """Three queries, and one for each edition before this one."""
    before = {each.pk for each in editions_before(edition)}
    latest: dict[int, tuple[int, bool]] = {}
    is_over = Q(version__plan__cycle__in=Cycle.objects.over())
    rows = (
        Assessment.objects.annotate(is_over=is_over)
        .order_by("pk")
        .values_list(
            "version",
            "edition",
            "carrying__started_at",
            "carrying__finished_at",
            "is_over",
        )
    )
    known, past = set(), set()
    for version, under, started_at, finished_at, is_over in rows:
        latest[version] = under, started_at is not None and finished_at is None
        if under == edition.pk:
            known.add(version)
        if is_over:
            past.add(version)
    todo, done, waiting, elsewhere, over, resting = [], 0, 0, 0, 0, 0
    for versions in versions_to_carry():
        left = [version for version in versions if version not in known]
        follows = [version for version in left if latest[version][0] in before]
        ready = tuple(version for version in follows if not latest[version][1])
        is_past = versions[0] in past
        if ready:
            todo.append(ready)
        elif follows and is_past:
            resting += 1
        elif follows:
            waiting += 1
        elif left:
            elsewhere += 1
        else:
            done += 1
        over += (bool(ready) or not left) and is_past
    return Standing(tuple(todo), done, waiting, elsewhere, over, resting)
