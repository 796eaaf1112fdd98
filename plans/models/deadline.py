"""The deadlines of a cycle: data, because they differ per cycle and no rule of the product knows them."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kiv.localized import localize
from plans.models.plan import Cycle

#: When people are reminded, unless said otherwise; in days before the deadline.
DAYS_BEFORE = (30, 7)
MAX_DAYS_BEFORE = 365
MAX_REMINDERS = 5
NAME_LENGTH = 150
CODE_LENGTH = 60


class Deadline(models.Model):
    """A day by which the plans of a cycle must be shared, with what is due on it.

    `name` is a text per language; `days_before` says how many days ahead people are reminded, the earliest
    first. `code` ties the row to the file it was loaded from; what was added in the product has none.
    `revision` grows by one per change.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="deadlines")
    code = models.SlugField(_("code"), max_length=CODE_LENGTH, blank=True)
    name = models.JSONField(_("name"), default=dict)
    date = models.DateField(_("date"))
    days_before = models.JSONField(_("reminders"), default=list, blank=True)
    revision = models.PositiveIntegerField(default=1, validators=[MaxValueValidator(2_000_000_000)])

    class Meta:
        ordering = ("cycle_id", "date", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("cycle", "code"), condition=~Q(code=""), name="deadline_code_once_per_cycle"
            ),
        )

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the language of this moment, else in one that has it."""
        return localize(self.name, get_language() or "nl")
