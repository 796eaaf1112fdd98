"""What a reader is shown of a plan: confidential words and wholly confidential items (SCORING section 4).

The scorer works on everything; what is left out is left out here, once, for every page and export.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from kiv.accounts.access import access_of
from plans import rules
from plans.models import Plan, Reading


@dataclass(frozen=True, slots=True)
class Reader:
    """`is_inside`: of the plan's own zone or municipality. `has_clearance`: may read confidential words.

    `is_blind`: still reads a version of the plan blind, and knows nothing of what other reviewers asked.
    """

    is_inside: bool
    has_clearance: bool
    is_blind: bool = False

    def hides_words(self, *, is_confidential: bool) -> bool:
        """Whether this reader sees "confidential element" instead of the words."""
        return is_confidential and not self.has_clearance

    def hides_item(self, *, is_item_confidential: bool) -> bool:
        """Whether an item shows nothing but its name and stays out of every count."""
        return is_item_confidential and not self.is_inside


#: What may be published: nothing confidential.
ANYBODY = Reader(is_inside=False, has_clearance=False)


def reader_of(user: Any, plan: Plan) -> Reader:
    """At most two queries; none for members of the plan's own zone."""
    if access_of(user).is_member_of(plan.zone_id) or rules.is_inside(user, plan):
        return Reader(is_inside=True, has_clearance=True)
    blind = Reading.objects.blind_for(user).filter(assessment__version__plan=OuterRef("pk"))
    cleared = Plan.objects.cleared_for(user).filter(pk=OuterRef("pk"))
    known = Plan.objects.filter(pk=plan.pk).values_list(Exists(cleared), Exists(blind)).first()
    has_clearance, is_blind = known or (False, False)
    return Reader(is_inside=False, has_clearance=has_clearance, is_blind=is_blind)
