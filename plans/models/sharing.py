"""What is kept of a version beside its content: snapshots made when it was shared, and its formal steps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.enums import StepKind
from plans.models.assessment import Assessment
from plans.models.plan import PlanVersion
from plans.planformat.types import SHORT_LENGTH
from plans.querysets import FormalStepQuerySet


class Snapshot(models.Model):
    """The scorer's input and output when a version was shared (planformat.snapshot).

    Added once, never changed: the database refuses. `sha256` is that of `content`, the canonical JSON.
    """

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="snapshot")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    rubric = models.CharField(max_length=10)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("assessment_id",)

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.sha256[:12]}"


class FormalStep(models.Model):
    """A dated fact of the procedure, in any order; the same kind may happen more than once."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=30, choices=StepKind)
    dated = models.DateField(_("date"))
    reference = models.CharField(_("reference"), max_length=SHORT_LENGTH, blank=True)

    objects = FormalStepQuerySet.as_manager()

    class Meta:
        ordering = ("version_id", "dated", "id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="steps_are_known"),
            models.UniqueConstraint(
                fields=("version", "kind", "dated", "reference"), name="steps_recorded_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.dated}"
