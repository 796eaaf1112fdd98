"""The versions of a plan as one reader may know them, with their formal steps."""

from dataclasses import dataclass

from django.db.models import Prefetch

from framework.models import Edition
from plans.models import Assessment, FormalStep, Plan, PlanVersion


@dataclass(frozen=True, slots=True)
class VersionLine:
    """`steps` in the order of their dates; `previous`: number of the visible one before it.

    `editions`: those the version was checked against before the one it stands under now.
    """

    version: PlanVersion
    steps: tuple[FormalStep, ...]
    previous: int | None
    editions: tuple[Edition, ...] = ()


def version_lines(plan: Plan, user) -> tuple[VersionLine, ...]:
    """The newest first. Three queries."""
    assessments = Assessment.objects.select_related("edition").order_by("pk")
    visible = PlanVersion.objects.visible_to(user).filter(plan=plan)
    versions = list(visible.prefetch_related("steps", Prefetch("assessments", assessments)))
    numbers = [None, *(version.number for version in versions)]
    lines = []
    for version, previous in zip(versions, numbers, strict=False):
        version.plan = plan
        *before, _now = (assessment.edition for assessment in version.assessments.all())
        lines.append(VersionLine(version, tuple(version.steps.all()), previous, tuple(before)))
    return tuple(reversed(lines))
