"""Whether what was kept when versions were shared still proves them. For operators: uncensored, read only."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from plans import scoring
from plans.models import Assessment
from plans.planformat import PlanContent
from plans.planformat.snapshot import problems_of
from plans.selectors.scoring_input import plan_content


@dataclass(frozen=True, slots=True)
class Verified:
    """A shared version under one edition, and what is wrong with its snapshot (codes; nothing: it stands).

    The codes of `planformat.snapshot.problems_of`, and `missing`: there is no snapshot; `content`: the
    stored version no longer holds what was shared.
    """

    plan: int
    version: int
    edition: str
    problems: tuple[str, ...]

    @property
    def has_snapshot(self) -> bool:
        return "missing" not in self.problems


def verified_snapshots() -> Iterator[Verified]:
    """Every version that was shared, one after the other: this may run while people work."""
    related = Assessment.objects.select_related(
        "edition",
        "snapshot",
        "version__plan__zone",
        "version__plan__municipality",
        "version__plan__cycle",
    )
    shared = Assessment.objects.filter(version__shared_at__isnull=False).order_by("version__plan", "pk")
    # What people still look at under a new edition is not kept yet (services.looking).
    shared = shared.exclude(carrying__isnull=False, carrying__finished_at=None)
    for pk in list(shared.values_list("pk", flat=True)):
        if assessment := related.filter(pk=pk).first():
            version = assessment.version
            problems = tuple(_problems(assessment))
            yield Verified(version.plan_id, version.number, assessment.edition.code, problems)


def _problems(assessment: Assessment) -> list[str]:
    snapshot = getattr(assessment, "snapshot", None)
    if snapshot is None:
        return ["missing"]
    if problems := problems_of(snapshot.content, snapshot.sha256):
        return problems
    kept = json.loads(snapshot.content)
    if kept["rubric"] != scoring.RUBRIC_VERSION:
        return []
    was = PlanContent.model_validate(kept["input"]["content"])
    return [] if _comparable(was) == _comparable(plan_content(assessment)) else ["content"]


def _comparable(content: PlanContent) -> PlanContent:
    """Without what may change after sharing: the names of the place, and clarifications that are asked."""
    choices = {
        code: choice.model_copy(update={"clarification_open": False})
        for code, choice in content.choices.items()
    }
    return content.model_copy(update={"plan": None, "choices": choices})
