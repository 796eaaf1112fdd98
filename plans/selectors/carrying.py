"""What becomes of a stored assessment under another edition, and which versions go along.

The comparing itself is plain Python (plans.planformat.succession). Not here: what the wizard shows of one
item (selectors.looking), writing anything (services.carrying).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from framework.correspondences import comes_after, correspondences_between
from framework.enums import EditionStatus
from framework.models import Edition, Item
from framework.succession import Link, carried
from plans.models import Assessment, Carrying, ItemLink, PlanVersion
from plans.models.assessment import SOURCES
from plans.planformat.succession import Roads, roads
from plans.selectors.scoring_input import plan_content

#: An entry: its kind and its id.
Key = tuple[str, int]


class Obstacle(StrEnum):
    """Why a version is not carried over. What is said of it: services.carrying."""

    ALREADY = "already"
    NOT_PUBLISHED = "not_published"
    NOT_AFTER = "not_after"
    UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Crossing:
    """From one assessment to another edition. `links`: all between their items, also proposed ones."""

    source: Assessment
    edition: Edition
    olds: tuple[Item, ...]
    news: tuple[Item, ...]
    links: tuple[Link, ...]

    @cached_property
    def same(self) -> dict[int, Item]:
        """Id of an old item → the new one for which everything said of it holds."""
        old, new = _by_code(self.olds), _by_code(self.news)
        return {old[before].pk: new[after] for before, after in carried(self.links).items()}

    @cached_property
    def roads(self) -> Roads:
        codes = [item.code for item in self.olds], [item.code for item in self.news]
        return roads(*codes, self.links, plan_content(self.source))

    def old(self, code: str) -> Item:
        return _by_code(self.olds)[code]

    def new(self, code: str) -> Item:
        return _by_code(self.news)[code]


def _by_code(items: Iterable[Item]) -> dict[str, Item]:
    return {item.code: item for item in items}


def crossing_of(source: Assessment, edition: Edition) -> Crossing:
    """`source` with its edition. At most fifteen queries, two more for each edition between them."""
    between = correspondences_between(source.edition, edition)
    return Crossing(source, edition, between.olds, between.news, between.links)


def aspects_of(item: Item, ticked: Iterable[str]) -> list[str]:
    """Those of the ticked aspects that the item has, in its own order; its aspects were fetched before."""
    ticked = set(ticked)
    return [aspect.code for aspect in item.aspects.all() if aspect.code in ticked]


def key_of(link: ItemLink) -> Key:
    """The entry that a link belongs to."""
    return next((name, pk) for name in SOURCES if (pk := getattr(link, f"{name}_id")) is not None)


def named_items(assessment: Assessment) -> dict[Key, set[int]]:
    """Entry → ids of the items it names under this assessment; entries that name none are left out."""
    named: dict[Key, set[int]] = defaultdict(set)
    for link in assessment.links.all():
        named[key_of(link)].add(link.item_id)
    return dict(named)


def withheld_entries(assessment: Assessment) -> dict[str, list[int]]:
    """Entries of which readers outside the zone know nothing here, or not the words: ids by kind.

    All they name is wholly confidential; for an objective also: all that hangs on it is. And those that were
    withheld before and name nothing since. Five queries at most.
    """
    hidden = set(assessment.choices.filter(is_item_confidential=True).values_list("item_id", flat=True))
    before = {(kind, pk) for kind, pks in assessment.withheld.items() for pk in pks}
    if not hidden and not before:
        return {}
    named = named_items(assessment)
    found = {key for key, items in named.items() if items <= hidden}
    found |= {key for key in before if not named.get(key)}
    for objective in assessment.version.objectives.prefetch_related("actions", "indicators"):
        parts = [("action", part.pk) for part in objective.actions.all()]
        parts += [("indicator", part.pk) for part in objective.indicators.all()]
        whole = named.get(("objective", objective.pk), set()).union(*(named.get(key, ()) for key in parts))
        whole |= set(
            assessment.passages.filter(objective=objective).order_by().values_list("item_id", flat=True)
        )
        if whole and whole <= hidden:
            found.add(("objective", objective.pk))
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, pk in sorted(found):
        by_kind[kind].append(pk)
    return dict(by_kind)


def edition_after(edition: Edition) -> Edition | None:
    """The last published edition that follows this one, where a plan goes on; None when there is none.

    A query for each edition that follows, and one more.
    """
    found, seen = None, {edition.pk}
    while True:
        next_one = (
            edition.successors.published().exclude(pk__in=seen).order_by("-published_at", "-pk").first()
        )
        if next_one is None:
            return found
        found = edition = next_one
        seen.add(next_one.pk)


def obstacle_to(assessments: Sequence[Assessment], edition: Edition) -> Obstacle | None:
    """Why a version cannot be carried over to this edition; `assessments` are its own, in their order.

    At most one query, and one for each edition between them.
    """
    if any(one.edition_id == edition.pk for one in assessments):
        return Obstacle.ALREADY
    if edition.status != EditionStatus.PUBLISHED:
        return Obstacle.NOT_PUBLISHED
    if not comes_after(edition, assessments[-1].edition):
        return Obstacle.NOT_AFTER
    if Carrying.objects.filter(assessment=assessments[-1], finished_at=None).exists():
        return Obstacle.UNFINISHED
    return None


def versions_to_carry() -> list[list[int]]:
    """Plan by plan the ids of the versions that go along with a new edition, earlier ones first. One query.

    The latest version, and the latest that was shared when that is an earlier one, so that readers outside
    the zone find the plan under the new edition too.
    """
    rows = PlanVersion.objects.order_by("plan", "number").values_list("plan", "pk", "shared_at")
    wanted: dict[int, dict[str, int]] = defaultdict(dict)
    for plan, pk, shared_at in rows:
        if shared_at is not None:
            wanted[plan]["shared"] = pk
        wanted[plan]["latest"] = pk
    return [sorted(set(versions.values())) for versions in wanted.values()]
