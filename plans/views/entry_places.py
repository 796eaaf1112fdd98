"""Where an entry is edited, and the addresses of its pages. Not here: the pages (entry_pages)."""

from dataclasses import dataclass, replace

from django.urls import reverse

from plans.models import Assessment, Objective, PlanVersion
from plans.selectors.entries import SLUGS, Entry, anchor_of
from plans.selectors.origins import Origin


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which plan something is edited. `objective` is what an action or indicator hangs on.

    `origin`: the passage that a new entry is made of.
    """

    assessment: Assessment
    kind: str
    objective: Objective | None = None
    entry: Entry | None = None
    origin: Origin | None = None

    @property
    def version(self) -> PlanVersion:
        return self.assessment.version

    @property
    def plan_id(self) -> int:
        return self.version.plan_id

    def with_objective(self, objective: Objective | None) -> "Place":
        return replace(self, objective=objective)

    def with_entry(self, entry: Entry) -> "Place":
        return replace(self, entry=entry, objective=getattr(entry, "objective", None))

    @property
    def list_url(self) -> str:
        return reverse("plans:objectives", args=[self.plan_id])

    @property
    def back_url(self) -> str:
        """The list, at the entry or at the objective it hangs on."""
        anchor = self.entry or self.objective
        return f"{self.list_url}#{anchor_of(anchor)}" if anchor else self.list_url

    @property
    def add_url(self) -> str:
        if self.kind == "objective":
            return reverse("plans:objective_add", args=[self.plan_id])
        if self.kind == "diagnosis":
            return reverse("plans:diagnosis_add", args=[self.plan_id])
        return part_url(self.plan_id, self.objective, self.kind)


def part_url(plan_id: int, objective: Objective, kind: str) -> str:
    return reverse("plans:part_add", args=[plan_id, objective.pk, SLUGS[kind]])
