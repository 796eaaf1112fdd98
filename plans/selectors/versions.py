"""The versions of a plan as one reader may know them, with their formal steps."""

from dataclasses import dataclass

from plans.models import FormalStep, Plan, PlanVersion


@dataclass(frozen=True, slots=True)
class VersionLine:
    """`steps` in the order of their dates; `previous`: number of the visible one before it."""

    version: PlanVersion
    steps: tuple[FormalStep, ...]
    previous: int | None


def version_lines(plan: Plan, user) -> tuple[VersionLine, ...]:
    """The newest first. Two queries."""
    versions = list(PlanVersion.objects.visible_to(user).filter(plan=plan).prefetch_related("steps"))
    numbers = [None, *(version.number for version in versions)]
    lines = []
    for version, previous in zip(versions, numbers, strict=False):
        version.plan = plan
        lines.append(VersionLine(version, tuple(version.steps.all()), previous))
    return tuple(reversed(lines))
