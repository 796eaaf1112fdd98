"""Plans somebody knows of, with the versions they may read; the assessment that a reader is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from framework.models import Edition
from plans.enums import VersionStatus
from plans.models import Assessment, Plan, PlanVersion
from plans.selectors.plans import in_list_order


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What review made of an item; `objective` None for its passages alone."""

    level: int
    digits: Mapping[str, int]
    objective: str | None


def readable_plans(user) -> QuerySet[Plan]:
    """Plans the user knows of, in the order of lists, with `readable_status` to filter by.

    `versions` are those whose content the user may read, the first one first, with assessments and editions.
    Three queries.
    """
    versions = PlanVersion.objects.visible_to(user)
    latest = versions.filter(plan=OuterRef("pk")).order_by("-number").values("status")[:1]
    assessments = Assessment.objects.select_related("edition").order_by("pk")
    return (
        in_list_order(Plan.objects.visible_to(user))
        .annotate(readable_status=Coalesce(Subquery(latest), Value(VersionStatus.PREPARATION.value)))
        .prefetch_related(
            Prefetch(
                "versions",
                versions.order_by("number").prefetch_related(Prefetch("assessments", assessments)),
            )
        )
    )


def assessment_for(
    user, plan_id: int, *, version: int | None = None, edition: str = "", is_shared: bool = False
) -> Assessment | None:
    """The latest assessment of the latest version of the plan that this person may read. One query.

    With its version, plan, zone, municipality, cycle, where it was carried over from, and its edition, which
    knows whether it has a successor. `is_left`: the version went on to a later edition.
    `version` and `edition` ask for others, `is_shared` only for what was shared: as it was shared.
    """
    assessments = Assessment.objects.visible_to(user).filter(version__plan__pk=plan_id)
    if version is not None:
        assessments = assessments.filter(version__number=version)
    if edition:
        assessments = assessments.filter(edition__code=edition)
    if is_shared:
        assessments = assessments.under_review()
    successors = Edition.objects.published().filter(predecessor=OuterRef("edition"))
    later = Assessment.objects.filter(version=OuterRef("version"), pk__gt=OuterRef("pk"))
    assessment = (
        assessments.select_related(
            "edition",
            "version__plan__zone",
            "version__plan__municipality",
            "version__plan__cycle",
            "carrying__source__edition",
        )
        .annotate(successor_exists=Exists(successors), is_left=Exists(later))
        .order_by("-version__number", "-pk")
        .first()
    )
    if assessment is not None:
        assessment.edition.successor_exists = assessment.successor_exists
    return assessment


def reviewed_scores(assessment: Assessment) -> dict[int, Reviewed]:
    """Item id → what review made of it, as stored when the review was finished. One query."""
    rows = assessment.scores.filter(reviewed_level__isnull=False).values_list(
        "item", "reviewed_level", "reviewed_digits", "reviewed_objective"
    )
    return {item: Reviewed(level, digits, objective or None) for item, level, digits, objective in rows}
