"""What reviewers say of a version that was shared: readings, judged digits, remarks (SCORING section 5).

The derived score stays as it is beside what is stored here. What judgements make of a level is computed by
plans.scoring.review; who may write, and when, is in rules and services.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.enums import Criterion, MotivationVerdict, ReadingKind, RemarkKind, RemarkSide, RemarkStatus
from plans.models.assessment import Assessment
from plans.planformat.types import TEXT_LENGTH
from plans.querysets import ReadingQuerySet, RemarkQuerySet

PERSON = {"on_delete": models.SET_NULL, "null": True, "blank": True, "related_name": "+"}


class Reading(models.Model):
    """One reading of an assessment, item by item.

    The first may be written by several reviewers, one after the other. The second is blind and its `reader`'s
    alone. `consensus` holds only items on which the two differ. Complete: nothing in it changes any more.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="readings")
    kind = models.CharField(max_length=10, choices=ReadingKind)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    opened_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ("assessment_id", "id")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "kind"), name="one_reading_of_each_kind"),
            models.CheckConstraint(condition=Q(kind__in=ReadingKind.values), name="reading_kinds_are_known"),
        )

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.kind}"


class ItemReview(models.Model):
    """An item as somebody read it. Without judgements it is confirmed as derived.

    `motivation` is said of what was not retained. `is_confidential` hides reasons and quotes of its
    judgements from readers without clearance.
    """

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey("framework.Item", on_delete=models.PROTECT, related_name="+")
    motivation = models.CharField(max_length=20, choices=MotivationVerdict, blank=True)
    is_confidential = models.BooleanField(_("confidential"), default=False)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    reviewed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("reading_id", "item__position")
        constraints = (
            models.UniqueConstraint(fields=("reading", "item"), name="items_reviewed_once_per_reading"),
            models.CheckConstraint(
                condition=Q(motivation__in=["", *MotivationVerdict.values]),
                name="motivation_verdicts_are_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reading_id} {self.item_id}"


class DigitJudgement(models.Model):
    """A digit in the place of the derived one. `objective` is its number; empty: the implicit one, or D."""

    item_review = models.ForeignKey(ItemReview, on_delete=models.CASCADE, related_name="judgements")
    objective = models.CharField(max_length=20, blank=True)
    criterion = models.CharField(max_length=1, choices=Criterion)
    digit = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=TEXT_LENGTH)
    quote = models.TextField(max_length=TEXT_LENGTH, blank=True)

    class Meta:
        ordering = ("item_review_id", "id")
        constraints = (
            models.UniqueConstraint(fields=("item_review", "criterion"), name="digits_judged_once"),
            models.CheckConstraint(condition=Q(digit__lte=2), name="judged_digits_from_0_to_2"),
            models.CheckConstraint(
                condition=Q(criterion__in=Criterion.values), name="judged_criteria_are_known"
            ),
            models.CheckConstraint(condition=~Q(reason__trim=""), name="judgements_have_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.criterion}{self.digit}"


class Remark(models.Model):
    """What a reviewer asks or notes about an item (None: about the plan), with the answers to it.

    `number` counts per assessment. A clarification that is open keeps its item open (SCORING section 3).
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="remarks")
    number = models.PositiveIntegerField()
    item = models.ForeignKey(
        "framework.Item", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=RemarkKind, default=RemarkKind.REMARK)
    status = models.CharField(max_length=10, choices=RemarkStatus, default=RemarkStatus.OPEN)
    is_confidential = models.BooleanField(_("confidential"), default=False)
    changed_at = models.DateTimeField()

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ("assessment_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "number"), name="remark_numbers_unique"),
            models.UniqueConstraint(
                fields=("assessment", "item"),
                condition=Q(kind=RemarkKind.CLARIFICATION) & ~Q(status=RemarkStatus.CLOSED),
                name="one_clarification_at_a_time",
            ),
            models.CheckConstraint(condition=Q(kind__in=RemarkKind.values), name="remark_kinds_are_known"),
            models.CheckConstraint(
                condition=Q(status__in=RemarkStatus.values), name="remark_statuses_are_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=RemarkKind.REMARK) | Q(item__isnull=False),
                name="clarifications_are_about_an_item",
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.number}"


class RemarkEntry(models.Model):
    """What one side wrote under a remark; the first entry is the remark itself."""

    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="entries")
    side = models.CharField(max_length=10, choices=RemarkSide)
    text = models.TextField(max_length=TEXT_LENGTH)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("remark_id", "id")
        constraints = (
            models.CheckConstraint(condition=Q(side__in=RemarkSide.values), name="remark_sides_are_known"),
            models.CheckConstraint(condition=~Q(text__trim=""), name="remarks_have_a_text"),
        )

    def __str__(self) -> str:
        return self.text[:80]
