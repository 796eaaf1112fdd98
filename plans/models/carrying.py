"""A plan that was checked under one edition, carried over to the next: what people are asked, what is done.

The carried rows themselves are ordinary rows of the new assessment (docs/adr/0016).
"""

from django.db import models
from django.db.models import F, Q

from plans.models.assessment import Assessment
from plans.planformat.succession import Fate


class Carrying(models.Model):
    """Where an assessment came from. Finished: all was looked at, or the version was shared as it stood.

    Under review is what stood there when the version was shared: the source, for what started later
    (querysets.AssessmentQuerySet.under_review).
    """

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="carrying")
    source = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="carried_to")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("assessment_id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(source=F("assessment")), name="assessments_are_not_carried_to_themselves"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} → {self.assessment_id}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def is_after_sharing(self) -> bool:
        """Whether what was shared, and is under review, is the assessment before."""
        shared_at = self.assessment.version.shared_at
        return shared_at is not None and self.started_at > shared_at


class CarriedItem(models.Model):
    """What became of an item of the new edition (planformat.succession.Fate); when a person looked at it."""

    carrying = models.ForeignKey(Carrying, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey("framework.Item", on_delete=models.PROTECT, related_name="+")
    fate = models.CharField(max_length=10)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("carrying_id", "item__position")
        constraints = (
            models.UniqueConstraint(fields=("carrying", "item"), name="items_carried_once"),
            models.CheckConstraint(
                condition=Q(fate__in=[fate.value for fate in Fate]), name="fates_are_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.fate}"
