"""What the tests of reviews share: a shared plan, its reviewers, and short words for their acts."""

from functools import cached_property

from plans.models import Assessment, ItemReview
from plans.services.concluding import finish_review
from plans.services.reviewing import JudgedDigit, confirm_items, review_item
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.plans.services.versioning import fresh

#: The items of `AssessmentFactory(elaborated=True)` that a reviewer knows of; T2 is wholly confidential.
KNOWN = ("P1", "P2", "P3", "T1")
#: Those of which some words are confidential: only reviewers with clearance read them.
SECRET = ("P2", "P3")


class Reviewed:
    """A shared plan and everybody around it, each made when first asked for."""

    def __init__(self, **fields) -> None:
        self.made = AssessmentFactory(**{"elaborated": True, "shared": True} | fields)

    @property
    def assessment(self) -> Assessment:
        """As another request would fetch it."""
        return fresh(self.made)

    @property
    def latest(self):
        """The newest version of the plan."""
        return self.made.version.plan.versions.last()

    @property
    def zone(self):
        return self.made.version.plan.zone

    @cached_property
    def reviewer(self):
        return UserFactory(coordinator_of=self.zone)

    @cached_property
    def cleared(self):
        return UserFactory(cleared_coordinator_of=self.zone)

    @cached_property
    def colleague(self):
        return UserFactory(cleared_coordinator_of=self.zone)

    @cached_property
    def editor(self):
        return UserFactory(editor_of=self.zone)

    @cached_property
    def lead(self):
        return UserFactory(lead_of=self.zone)

    def review(self, item: str, *judged: JudgedDigit, by=None, **fields) -> ItemReview:
        return review_item(
            assessment=self.assessment, item=item, judged=judged, by=by or self.who_reads(item), **fields
        )

    def who_reads(self, item: str):
        return self.cleared if item in SECRET else self.reviewer

    def read(self, *items: str, by=None, kind: str = "first") -> None:
        """Go through these items one by one and find nothing to remark; what was read before stays."""
        read = set(self.made.readings.filter(kind=kind).values_list("items__item__code", flat=True))
        declined = self.made.choices.filter(choice="not_retained").values_list("item__code", flat=True)
        for item in items:
            if item not in read:
                motivation = "no_remark" if kind == "first" and item in declined else ""
                self.review(item, by=by, kind=kind, motivation=motivation)

    def confirm(self, *items: str, by=None, **fields) -> list[str]:
        return confirm_items(assessment=self.assessment, items=items, by=by or self.reviewer, **fields)

    def finish(self, by=None):
        return finish_review(version=self.assessment.version, by=by or self.reviewer)

    def score(self, item: str):
        return self.made.scores.get(item__code=item)


def judged(criterion: str, digit: int, reason: str = "because", quote: str = "") -> JudgedDigit:
    return JudgedDigit(criterion, digit, reason, quote)
