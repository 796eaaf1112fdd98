"""Who has which item of a plan, and how much colleagues said about it: for readers inside the zone only.

Callers ask only for such readers (selectors.disclosure); the words of comments: selectors.comments.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import BooleanField, Count, Exists, F, OuterRef, QuerySet, Subquery

from framework.models import Item
from kiv.accounts.access import EDITING_ROLES
from kiv.accounts.models import Membership, User
from plans.enums import VersionStatus
from plans.models import Assessment, Comment, ItemAssignment, Plan
from plans.scoring import State
from plans.selectors.shown import Group

#: An item in one of these states still asks work of whoever has it.
UNFINISHED = (State.OPEN.value, State.TO_ELABORATE.value)


@dataclass(frozen=True, slots=True)
class ItemWork:
    """One item. `name` is empty when nobody has it; `is_former`: who has it can no longer edit the plan.

    `comments` counts those that were not removed.
    """

    person_id: int | None
    name: str
    is_former: bool
    is_mine: bool
    comments: int


@dataclass(frozen=True, slots=True)
class Teamwork:
    """The whole plan, by the id of the item. `comments`: about the plan as a whole, not removed."""

    items: Mapping[int, ItemWork]
    comments: int

    def of(self, item: Item) -> ItemWork:
        return self.items[item.pk]

    @property
    def mine(self) -> frozenset[int]:
        """The items that the reader has."""
        return frozenset(pk for pk, work in self.items.items() if work.is_mine)

    def only_mine(self, group: Group) -> Group:
        """The group with the reader's own items alone; its counts stay those of the plan."""
        return replace(group, rows=tuple(row for row in group.rows if row.item.pk in self.mine))

    @property
    def is_divided(self) -> bool:
        """Whether anybody has an item."""
        return any(work.person_id for work in self.items.values())

    @property
    def shares(self) -> list[tuple[ItemWork, int]]:
        """Everybody who has items, once, with how many; by name."""
        counts = Counter(work.person_id for work in self.items.values() if work.person_id)
        people = {work.person_id: work for work in self.items.values() if work.person_id}
        return sorted(((people[pk], n) for pk, n in counts.items()), key=lambda share: share[0].name)

    @property
    def unassigned(self) -> int:
        """The number of items that nobody has."""
        return sum(work.person_id is None for work in self.items.values())


def colleagues_of(plan: Plan) -> QuerySet[User]:
    """Who may have an item: whoever may edit the plan (rules.check_may_edit), by name."""
    place = {"municipality": plan.municipality_id} if plan.municipality_id else {"zone": plan.zone_id}
    editing = Membership.objects.filter(role__in=sorted(EDITING_ROLES), **place)
    return User.objects.filter(is_active=True, pk__in=editing.values("user")).order_by("name", "pk")


def teamwork_of(assessment: Assessment, user) -> Teamwork:
    """Who has what and how many comments there are, for a reader inside the zone. One query."""
    assigned = ItemAssignment.objects.filter(assessment=assessment, item=OuterRef("pk"))
    still_here = colleagues_of(assessment.version.plan).filter(pk=OuterRef("person"))
    said = Comment.objects.filter(assessment=assessment, removed_at=None).order_by().values("item")
    said = said.annotate(number=Count("pk")).values("number")
    rows = assessment.edition.items.order_by("position").values_list(
        "pk",
        Subquery(assigned.values("person")),
        Subquery(assigned.values("person__name")),
        Subquery(assigned.values(is_here=Exists(still_here)), output_field=BooleanField()),
        Subquery(said.filter(item=OuterRef("pk"))),
        Subquery(said.filter(item=None)),
    )
    items, about_the_plan = {}, 0
    for item_id, person_id, name, is_here, comments, whole in rows:
        about_the_plan = whole or 0
        items[item_id] = ItemWork(
            person_id=person_id,
            name=name or "",
            is_former=person_id is not None and not is_here,
            is_mine=person_id == user.pk,
            comments=comments or 0,
        )
    return Teamwork(items, about_the_plan)


def unfinished_assignments(user) -> QuerySet[ItemAssignment]:
    """Items of plans in preparation that somebody gave this person, and that still ask work."""
    later = Assessment.objects.filter(version=OuterRef("assessment__version"), pk__gt=OuterRef("assessment"))
    return (
        ItemAssignment.objects.filter(
            person=user.pk,
            assessment__version__status=VersionStatus.PREPARATION,
            assessment__scores__item=F("item"),
            assessment__scores__state__in=UNFINISHED,
        )
        # Of a version that is checked under two editions, pages show the later assessment.
        .exclude(Exists(later))
    )
