"""What an earlier plan offers to a plan that is being made, as its editor reads it before and after copying.

The comparing itself is plain Python (plans.planformat.carrying). Which plans can be copied from is said by
`earlier_plans` (plans.selectors.choices): only those of which the user may read everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framework.correspondences import carried_items
from framework.models import Edition, Item
from plans.enums import DiagnosisKind
from plans.models import Assessment, Plan
from plans.planformat.carrying import offer
from plans.planformat.carrying_types import Offer, Offered, OfferedChoice
from plans.selectors.choices import earlier_plans
from plans.selectors.entries import edition_items
from plans.selectors.scoring_input import plan_content


@dataclass(frozen=True, slots=True)
class CopyPage:
    """`source` is the assessment that is copied from; `items` are those of its edition, by code.

    `here` are the items, and `first_year` is that of the cycle, of the plan that is copied to.
    """

    source: Assessment
    offer: Offer
    items: Mapping[str, Item]
    here: Mapping[str, Item]
    first_year: int

    @property
    def plan(self) -> Plan:
        return self.source.version.plan

    @property
    def objectives(self) -> list[tuple[Any, list[Offered]]]:
        """As `diagnoses`: one group without a word."""
        return [("", list(self.offer.objectives))] if self.offer.objectives else []

    @property
    def diagnoses(self) -> list[tuple[Any, list[Offered]]]:
        """The word for a kind with its entries; kinds without entries are left out."""
        kinds = [
            (kind.label, [each for each in self.offer.diagnoses if each.entry.kind == kind])
            for kind in DiagnosisKind
        ]
        return [(label, entries) for label, entries in kinds if entries]

    @property
    def to_look_at(self) -> list[Offered]:
        """What stands in the plan as it was copied and asks something of a person."""
        return [offered for offered in self._entries if offered.here and offered.needs_attention]

    @property
    def exposed(self) -> list[OfferedChoice]:
        """Items that were wholly confidential, and are not in this plan although it has something on them."""
        named = {
            ref.item
            for offered in self._entries
            if offered.here
            for part in _parts(offered)
            for ref in part.items
        }
        return [choice for choice in self.offer.choices if choice.is_exposed and choice.into in named]

    @property
    def has_figures(self) -> bool:
        """Whether a figure of the earlier plan stands in this one as it was copied."""
        return any(offered.here and offered.entry.figure for offered in self.offer.diagnoses)

    @property
    def _entries(self) -> tuple[Offered, ...]:
        return (*self.offer.objectives, *self.offer.diagnoses)


def source_of(assessment: Assessment, plan: Plan, user) -> Assessment | None:
    """The latest version of an earlier plan that `user` may read, preferably under the same edition.

    One query; `plan` must be one of `earlier_plans`.
    """
    found = (
        Assessment.objects.visible_to(user)
        .filter(version__plan=plan)
        .select_related(
            "edition", "version__plan__zone", "version__plan__municipality", "version__plan__cycle"
        )
        .order_by("-version__number", "-pk")
    )
    candidates = list(found)
    latest = [each for each in candidates if each.version_id == candidates[0].version_id]
    same = [each for each in latest if each.edition_id == assessment.edition_id]
    return next(iter(same or latest), None)


def may_be_copied(assessment: Assessment, source: Assessment, user) -> bool:
    """Whether `source` belongs to a plan that this one can be copied from, for this user."""
    return source.version.plan in earlier_plans(assessment.version.plan, user)


def copy_page(assessment: Assessment, source: Assessment) -> CopyPage:
    """Everything that `source` offers to the plan. At most 21 queries, whatever their size."""
    items = {item.code: item for item in edition_items(source.edition)}
    is_same = source.edition_id == assessment.edition_id
    return CopyPage(
        source=source,
        offer=copy_offer(assessment, source),
        items=items,
        here=items if is_same else {item.code: item for item in edition_items(assessment.edition)},
        first_year=assessment.version.plan.cycle.first_year,
    )


def copy_offer(assessment: Assessment, source: Assessment) -> Offer:
    same = same_items(source.edition, assessment.edition)
    return offer(
        plan_content(source),
        plan_content(assessment),
        {code: frozenset(aspect.code for aspect in item.aspects.all()) for code, item in same.items()},
        first_year=assessment.version.plan.cycle.first_year,
        renamed={code: item.code for code, item in same.items() if item.code != code},
    )


def same_items(old: Edition, new: Edition) -> dict[str, Item]:
    """Code in `old` → the item of `new` that is the same, with its aspects.

    The same item is the item itself, or what it became, decided, one to one, whatever its code is there.
    """
    known = {item.pk: item for item in edition_items(new)}
    carried = carried_items(old, new)
    same = ((item.code, known.get(carried.get(item.pk, item.pk))) for item in old.items.all())
    return {code: item for code, item in same if item is not None}


def _parts(offered: Offered):
    entry = offered.entry
    return (entry, *getattr(entry, "actions", ()), *getattr(entry, "indicators", ()))
