"""How colleagues of one zone share the work on a plan: who has which item, and what they say to each other.

Neither is content of the plan: plan files, scores and snapshots know nothing of it, and nobody outside the
zone reads it.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kiv.accounts.models import KeptForPerson
from plans.models.assessment import Assessment
from plans.planformat.types import TEXT_LENGTH
from plans.querysets import InsideQuerySet


class ItemAssignment(KeptForPerson):
    """Who has an item. No row: nobody. Rows of who left the zone stay until somebody else gets the item."""

    person_field = "person"

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assignments")
    item = models.ForeignKey("framework.Item", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects = InsideQuerySet.as_manager()

    class Meta:
        ordering = ("assessment_id", "item__position")
        constraints = (models.UniqueConstraint(fields=("assessment", "item"), name="one_person_per_item"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.person_id}"

    def as_personal_data(self) -> dict[str, Any]:
        return {"plan": self.assessment.version.plan_id, "item": self.item.code}


class Comment(models.Model):
    """What somebody of the zone says about an item (None: about the whole plan). Never edited.

    A removed one keeps its place and loses its words.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="comments")
    item = models.ForeignKey(
        "framework.Item", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("comment"), max_length=TEXT_LENGTH, blank=True)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = InsideQuerySet.as_manager()

    class Meta:
        ordering = ("assessment_id", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=(Q(removed_at=None) & ~Q(text__trim="")) | Q(removed_at__isnull=False, text=""),
                name="comments_have_words_until_removed",
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]
