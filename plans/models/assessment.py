"""A version seen through one edition: which items each entry names, choices, evidence, scores.

One version can be assessed under two editions; each assessment stays as it was made (docs/adr/0002).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans import scoring
from plans.enums import Choice, Reason
from plans.models.document import Document, Passage
from plans.models.objective import Action, Diagnosis, Indicator, Objective
from plans.models.plan import PlanVersion
from plans.planformat.types import SHORT_LENGTH, TEXT_LENGTH
from plans.querysets import AssessmentQuerySet

SOURCES = ("objective", "action", "indicator", "diagnosis")
STATES = [state.value for state in scoring.State]


def exactly_one_source() -> Q:
    """Each link belongs to one entry and to one only."""
    condition = Q()
    for chosen in SOURCES:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in SOURCES})
    return condition


class Assessment(models.Model):
    """`summary` holds what the scorer says of the whole plan (selectors.check reads it).

    `withheld`: ids of entries by kind that name nothing here and that readers outside the zone do not know
    of, because all they named under the edition before was wholly confidential (docs/adr/0016).
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="assessments")
    edition = models.ForeignKey("framework.Edition", on_delete=models.PROTECT, related_name="assessments")
    rubric = models.CharField(max_length=10, blank=True)
    summary = models.JSONField(default=dict)
    scored_at = models.DateTimeField(null=True, blank=True)
    withheld = models.JSONField(default=dict, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ("version_id", "id")
        constraints = (
            models.UniqueConstraint(fields=("version", "edition"), name="one_assessment_per_edition"),
        )

    def __str__(self) -> str:
        return f"{self.version} · {self.edition}"

    def withholds(self, kind: str, pk: int) -> bool:
        """Whether readers outside the zone do not know of an entry as long as it names nothing here."""
        return pk in self.withheld.get(kind, ())


class ItemLink(models.Model):
    """An entry names an item, with the aspects of it that it ticks (a list of aspect codes)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="links")
    item = models.ForeignKey("framework.Item", on_delete=models.PROTECT, related_name="+")
    aspects = models.JSONField(default=list, blank=True)
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, null=True, related_name="item_links")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, null=True, related_name="item_links")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, null=True, related_name="item_links")
    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, null=True, related_name="item_links")

    class Meta:
        ordering = ("assessment_id", "item__position", "id")
        constraints = (
            models.CheckConstraint(condition=exactly_one_source(), name="links_have_one_source"),
            *(
                models.UniqueConstraint(
                    fields=("assessment", "item", name),
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"{name}_names_an_item_once",
                )
                for name in SOURCES
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id}"


class ItemChoice(models.Model):
    """What the zone decides about an item. No row means undecided."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="choices")
    item = models.ForeignKey("framework.Item", on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(_("choice"), max_length=20, choices=Choice, default=Choice.UNDECIDED)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    pointer = models.CharField(_("which"), max_length=SHORT_LENGTH, blank=True)
    line = models.TextField(_("line"), max_length=TEXT_LENGTH, blank=True)
    is_motivation_confidential = models.BooleanField(_("motivation confidential"), default=False)
    is_item_confidential = models.BooleanField(_("item wholly confidential"), default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("assessment_id", "item__position")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "item"), name="one_choice_per_item"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="choices_are_known"),
            models.CheckConstraint(condition=Q(reason__in=["", *Reason.values]), name="reasons_are_known"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.choice}"


class PassageEvidence(models.Model):
    """A passage of a document that a person accepted for one item. It outlives the document.

    `passage` identifies the text (SHA-256 of document, page and quote), so that one passage accepted
    for two items is recognised as one. `elements` and `links` are lists of their values. `source` is the
    passage it was accepted from (None: entered in a plan file) and `identity` what recognises that passage;
    when a new file no longer holds it, the evidence `is_gone`: kept, listed, and counted for nothing.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="passages")
    item = models.ForeignKey("framework.Item", on_delete=models.PROTECT, related_name="+")
    objective = models.ForeignKey(
        Objective, on_delete=models.SET_NULL, null=True, blank=True, related_name="passages"
    )
    passage = models.CharField(max_length=64)
    document = models.CharField(max_length=SHORT_LENGTH, blank=True)
    page = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(max_length=TEXT_LENGTH)
    aspects = models.JSONField(default=list, blank=True)
    elements = models.JSONField(default=list)
    links = models.JSONField(default=list, blank=True)
    is_confidential = models.BooleanField(_("confidential"), default=False)
    source = models.ForeignKey(
        Passage, on_delete=models.SET_NULL, null=True, blank=True, related_name="evidence"
    )
    origin = models.ForeignKey(
        Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="evidence"
    )
    identity = models.CharField(max_length=64, blank=True)
    is_gone = models.BooleanField(default=False)

    class Meta:
        ordering = ("assessment_id", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("assessment", "item", "passage"), name="passage_accepted_once_per_item"
            ),
            models.CheckConstraint(
                condition=Q(is_gone=False) | Q(source=None), name="gone_passages_have_no_source"
            ),
            models.CheckConstraint(condition=~Q(quote__trim=""), name="passages_have_a_quote"),
        )

    def __str__(self) -> str:
        return self.quote[:80]


class ItemScore(models.Model):
    """The stored score of an item: columns for what is counted and filtered, `detail` for the rest.

    `detail` is the scorer's own JSON for the item (advice, evidence, aspects, objectives considered).
    The `reviewed_` columns are empty until the review of the version is finished (services.reviewing); then
    they hold what review made of the item, beside what was derived.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    item = models.ForeignKey("framework.Item", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()
    objective = models.CharField(max_length=20, blank=True)
    reach = models.PositiveSmallIntegerField(null=True)
    digits = models.JSONField()
    detail = models.JSONField()
    reviewed_level = models.PositiveSmallIntegerField(null=True, blank=True)
    reviewed_objective = models.CharField(max_length=20, blank=True)
    reviewed_digits = models.JSONField(null=True, blank=True)
    #: Advice under the reviewed digits, as `detail` holds the derived one; null where that one still holds.
    reviewed_advice = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("assessment_id", "item__position")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "item"), name="one_score_per_item"),
            models.CheckConstraint(condition=Q(level__gte=0, level__lte=4), name="levels_from_0_to_4"),
            models.CheckConstraint(
                condition=Q(reviewed_level=None, reviewed_digits=None)
                | Q(reviewed_level__lte=4, reviewed_digits__isnull=False),
                name="reviewed_levels_from_0_to_4",
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="states_are_known"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.level}"
