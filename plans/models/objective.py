"""What a version contains: diagnosis, objectives, actions and indicators.

Every text field may stay empty but the one that makes the entry exist; a one-word objective is normal.
`revision` counts saves, so that a stale save is refused instead of overwriting (services.editing).
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Trim
from django.utils.translation import gettext_lazy as _

from plans.enums import DiagnosisKind
from plans.models.plan import PlanVersion
from plans.planformat.types import SHORT_LENGTH, TEXT_LENGTH, TITLE_LENGTH

models.CharField.register_lookup(Trim)
models.TextField.register_lookup(Trim)


class Entry(models.Model):
    """What the four kinds of entries share."""

    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Objective(Entry):
    """`number` is the plan's own numbering ("1", "2.3"); ties between objectives are settled by it."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="objectives")
    number = models.CharField(_("number"), max_length=20)
    title = models.CharField(_("objective"), max_length=TITLE_LENGTH)
    result = models.TextField(_("intended result"), max_length=TEXT_LENGTH, blank=True)
    target_group = models.CharField(_("target group or area"), max_length=TITLE_LENGTH, blank=True)
    due = models.CharField(_("due date"), max_length=SHORT_LENGTH, blank=True)
    is_confidential = models.BooleanField(_("confidential"), default=False)

    class Meta:
        ordering = ("version_id", "id")
        constraints = (
            models.UniqueConstraint(fields=("version", "number"), name="objective_numbers_unique"),
            models.CheckConstraint(condition=~Q(title__trim=""), name="objectives_have_a_title"),
            models.CheckConstraint(condition=~Q(number__trim=""), name="objectives_have_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Action(Entry):
    """`links` is a list of chain link values; `partners` holds one partner a line."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="actions")
    title = models.CharField(_("action"), max_length=TITLE_LENGTH)
    target_group = models.CharField(_("target group or area"), max_length=TITLE_LENGTH, blank=True)
    links = models.JSONField(_("links of the safety chain"), default=list, blank=True)
    responsible = models.CharField(_("responsible"), max_length=SHORT_LENGTH, blank=True)
    due = models.CharField(_("due date"), max_length=SHORT_LENGTH, blank=True)
    capacity = models.CharField(_("capacity"), max_length=SHORT_LENGTH, blank=True)
    partners = models.TextField(_("partners outside the police"), max_length=TEXT_LENGTH, blank=True)
    is_confidential = models.BooleanField(_("confidential"), default=False)

    class Meta:
        ordering = ("objective_id", "id")
        constraints = (models.CheckConstraint(condition=~Q(title__trim=""), name="actions_have_a_title"),)

    def __str__(self) -> str:
        return self.title


class Indicator(Entry):
    """Hangs on an objective and is as confidential as that objective."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="indicators")
    title = models.CharField(_("indicator"), max_length=TITLE_LENGTH)
    target_value = models.CharField(_("target value"), max_length=SHORT_LENGTH, blank=True)
    baseline = models.CharField(_("baseline"), max_length=SHORT_LENGTH, blank=True)
    source = models.CharField(_("source"), max_length=SHORT_LENGTH, blank=True)
    frequency = models.CharField(_("frequency"), max_length=SHORT_LENGTH, blank=True)

    class Meta:
        ordering = ("objective_id", "id")
        constraints = (models.CheckConstraint(condition=~Q(title__trim=""), name="indicators_have_a_title"),)

    def __str__(self) -> str:
        return self.title


class Diagnosis(Entry):
    """One column's worth of the argumentation matrix for the items it names."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="diagnoses")
    kind = models.CharField(_("kind"), max_length=20, choices=DiagnosisKind, default=DiagnosisKind.FIGURE)
    text = models.TextField(_("description"), max_length=TEXT_LENGTH)
    figure = models.CharField(_("figure"), max_length=SHORT_LENGTH, blank=True)
    source = models.CharField(_("source"), max_length=SHORT_LENGTH, blank=True)
    is_confidential = models.BooleanField(_("confidential"), default=False)

    class Meta:
        ordering = ("version_id", "id")
        constraints = (models.CheckConstraint(condition=~Q(text__trim=""), name="diagnoses_have_a_text"),)

    def __str__(self) -> str:
        return self.text[:80]
