"""What an old item became in the edition after it, as a person or an edition file said it.

What lives here: the table and what may never be stored in it. Not here: proposals of the program, which
follow from the two editions and are never stored (proposing); when a row may change (services).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from framework.enums import CorrespondenceConfidence, CorrespondenceRelation

ONE_TO_ONE = Q(relation__in=(CorrespondenceRelation.EQUAL, CorrespondenceRelation.EQUIVALENT))


class Correspondence(models.Model):
    """`source`, of the predecessor, stands in `relation` to `target`, of `edition`; without one it has ended.

    Decided when it has a date; `decided_by` is empty when a file decided, or somebody who was erased. That
    source and target are of the right editions is checked where rows are written.
    """

    edition = models.ForeignKey("framework.Edition", on_delete=models.CASCADE, related_name="correspondences")
    source = models.ForeignKey("framework.Item", on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(
        "framework.Item", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    relation = models.CharField(_("relation"), max_length=10, choices=CorrespondenceRelation)
    confidence = models.CharField(_("confidence"), max_length=10, choices=CorrespondenceConfidence)
    rationale = models.JSONField(_("rationale"), default=dict, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("edition_id", "source__position", "target__position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "source", "target"), name="correspondence_once_per_pair"
            ),
            models.UniqueConstraint(
                fields=("edition", "source"),
                condition=Q(target__isnull=True),
                name="correspondence_ends_once",
            ),
            models.UniqueConstraint(
                fields=("edition", "source"), condition=ONE_TO_ONE, name="correspondence_one_equal_target"
            ),
            models.UniqueConstraint(
                fields=("edition", "target"), condition=ONE_TO_ONE, name="correspondence_one_equal_source"
            ),
            models.CheckConstraint(
                condition=Q(relation__in=CorrespondenceRelation.values),
                name="correspondence_relation_known",
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=CorrespondenceConfidence.values),
                name="correspondence_confidence_is_known",
            ),
            models.CheckConstraint(
                condition=Q(relation=CorrespondenceRelation.NONE, target__isnull=True)
                | (~Q(relation=CorrespondenceRelation.NONE) & Q(target__isnull=False)),
                name="correspondence_to_nothing_has_no_target",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(decided_at__isnull=False),
                name="correspondence_decided_by_has_a_date",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None
