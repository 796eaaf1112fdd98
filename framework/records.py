"""What is written down about an edition beside its texts: who published it, what was corrected, which errata.

What lives here: tables to which rows are added; triggers of migrations/0004 refuse to change or remove them.
Not here: the texts themselves (models).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PERSON = {"on_delete": models.PROTECT, "null": True, "blank": True, "related_name": "+"}
#: Long enough for the longest code of an item, an aspect or an attachment (framework.models).
PART_LENGTH = 200


class TextPart(models.TextChoices):
    """What of an edition a text belongs to."""

    FRAMEWORK = "framework", _("the series of notes")
    EDITION = "edition", _("the edition")
    ITEM = "item", _("an item")
    ASPECT = "aspect", _("an aspect")
    CRITERION = "criterion", _("a criterion")
    ATTACHMENT = "attachment", _("an attachment")


class Publication(models.Model):
    """Publishing by two: the first administrator asks, a second one confirms.

    `digest` is that of what the first one saw (framework.export.edition_digest): of anything else the
    publication cannot be confirmed. Asked by nobody: a command of an operator.
    """

    edition = models.OneToOneField("framework.Edition", on_delete=models.CASCADE, related_name="publication")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    asked_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "framework"
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, asked_by__isnull=True, confirmed_by__isnull=True)
                | (
                    Q(confirmed_at__isnull=False, asked_by__isnull=False, confirmed_by__isnull=False)
                    & ~Q(confirmed_by=F("asked_by"))
                ),
                name="publication_needs_two_people",
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition_id}"


class OnText(models.Model):
    """Which text, by codes: they never change once an edition is published. `aspect` is empty elsewhere."""

    part = models.CharField(max_length=10, choices=TextPart)
    code = models.CharField(max_length=PART_LENGTH, blank=True)
    aspect = models.CharField(max_length=PART_LENGTH, blank=True)
    language = models.CharField(max_length=2, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        abstract = True


class TextChange(OnText):
    """One editorial correction of one text of a published edition: the old text stays readable here.

    `field` is the name in the edition file ("summary", "example.action"); `language` is empty for what is no
    text, such as the period.
    """

    edition = models.ForeignKey("framework.Edition", on_delete=models.CASCADE, related_name="text_changes")
    field = models.CharField(max_length=40)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "framework"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=~Q(before=F("after")), name="text_changes_change_something"),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} {self.part} {self.code} {self.field}"


class Erratum(OnText):
    """A correction of an official title, which stays as it was published; the erratum stands beside it."""

    edition = models.ForeignKey("framework.Edition", on_delete=models.CASCADE, related_name="errata")
    number = models.PositiveSmallIntegerField(_("number"))
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "framework"
        ordering = ("edition_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("edition", "number"), name="errata_are_numbered"),
            models.CheckConstraint(condition=Q(number__gte=1), name="errata_are_numbered_from_one"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="errata_change_something"),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} · {self.number}"
