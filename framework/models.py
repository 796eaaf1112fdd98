"""Editions of a framework note: items, aspects, what the criteria ask, attachments.

What lives here: the tables and what may never be stored. Not here: what may never change once an edition
is published — database triggers do that (migrations/0002), on both databases and for every way of writing.
Texts are JSON objects by language (docs/adr/0007-localised-texts-as-json.md).
"""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from framework.enums import CriterionCode, EditionStatus, ItemKind
from framework.querysets import AttachmentQuerySet, EditionQuerySet, ItemQuerySet, LexiconQuerySet
from framework.records import PERSON, Erratum, Publication, TextChange, TextPart
from framework.succession_models import Correspondence
from kiv.localized import localize

__all__ = [
    "Aspect",
    "Attachment",
    "Correspondence",
    "CriterionText",
    "Edition",
    "Erratum",
    "Framework",
    "Item",
    "LexiconVersion",
    "Publication",
    "TextChange",
    "TextPart",
    "is_code",
]

CODE_LENGTH = 20
ASPECT_CODE_LENGTH = 60
EDITION_CODE_LENGTH = 50
NAME_LENGTH = 200
NOTE_LENGTH = 500

is_code = RegexValidator(r"\A[A-Za-z0-9.-]+\Z", _("Use letters, digits, dots and hyphens."))


class Framework(models.Model):
    """A series of notes, such as the framework note on integral security or the national security plan."""

    code = models.SlugField(_("code"), max_length=CODE_LENGTH, unique=True)
    title = models.JSONField(_("title"), default=dict)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class Edition(models.Model):
    """One note of a series. `title_status` says per language where the title comes from (TextStatus)."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="editions")
    code = models.SlugField(_("code"), max_length=EDITION_CODE_LENGTH, unique=True)
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    approved = models.DateField(_("approved on"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=EditionStatus, default=EditionStatus.DRAFT)
    published_at = models.DateTimeField(_("published on"), null=True, blank=True)
    title = models.JSONField(_("title"), default=dict)
    title_status = models.JSONField(default=dict, blank=True)
    subtitle = models.JSONField(_("subtitle"), default=dict, blank=True)
    introduction = models.JSONField(_("introduction"), default=dict, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-first_year", "code")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=EditionStatus.values), name="edition_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status=EditionStatus.DRAFT, published_at__isnull=True)
                | (~Q(status=EditionStatus.DRAFT) & Q(published_at__isnull=False)),
                name="edition_published_at_unless_draft",
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="edition_period_is_in_order"
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("id")),
                name="edition_does_not_precede_itself",
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def is_draft(self) -> bool:
        return self.status == EditionStatus.DRAFT

    @property
    def has_successor(self) -> bool:
        """Whether another published edition names this one as its predecessor."""
        known = getattr(self, "successor_exists", None)
        if known is not None:
            return known
        return self.successors.filter(status=EditionStatus.PUBLISHED).exists()


class Item(models.Model):
    """A priority or theme. `example` holds diagnosis, objective, action and indicator, each by language."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(_("code"), max_length=CODE_LENGTH, validators=[is_code])
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.JSONField(_("title"), default=dict)
    title_status = models.JSONField(default=dict, blank=True)
    short = models.JSONField(_("short title"), default=dict, blank=True)
    summary = models.JSONField(_("summary"), default=dict, blank=True)
    example = models.JSONField(_("worked example"), default=dict, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("edition_id", "position")
        constraints = (
            models.UniqueConstraint(fields=("edition", "code"), name="item_code_once_per_edition"),
            models.UniqueConstraint(fields=("edition", "position"), name="item_position_once_per_edition"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_is_known"),
            models.CheckConstraint(condition=~Q(code=""), name="item_has_a_code"),
        )

    def __str__(self) -> str:
        return f"{self.code} {localize(self.short or self.title, 'nl')}"

    @property
    def is_priority(self) -> bool:
        return self.kind == ItemKind.PRIORITY


class Aspect(models.Model):
    """A part of an item that an entry of a plan can tick."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="aspects")
    code = models.CharField(_("code"), max_length=ASPECT_CODE_LENGTH, validators=[is_code])
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.JSONField(_("title"), default=dict)
    title_status = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("item_id", "position")
        constraints = (
            models.UniqueConstraint(fields=("item", "code"), name="aspect_code_once_per_item"),
            models.UniqueConstraint(fields=("item", "position"), name="aspect_position_once_per_item"),
            models.CheckConstraint(condition=~Q(code=""), name="aspect_has_a_code"),
        )

    def __str__(self) -> str:
        return self.code


class CriterionText(models.Model):
    """What an edition says about one criterion: the question, what earns a 1 and what earns a 2."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(_("code"), max_length=1, choices=CriterionCode)
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.JSONField(_("name"), default=dict)
    question = models.JSONField(_("question"), default=dict)
    earns_one = models.JSONField(_("earns 1"), default=dict)
    earns_two = models.JSONField(_("earns 2"), default=dict)

    class Meta:
        ordering = ("edition_id", "position")
        constraints = (
            models.UniqueConstraint(fields=("edition", "code"), name="criterion_once_per_edition"),
            models.UniqueConstraint(fields=("edition", "position"), name="criterion_position_once"),
            models.CheckConstraint(
                condition=Q(code__in=CriterionCode.values), name="criterion_code_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.code


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """The stored name comes from the row, never from the uploader's file name."""
    return f"framework/{attachment.edition_id}/{attachment.pk or 'new'}.pdf"


class Attachment(models.Model):
    """A document that belongs to an edition. Its file may be missing, and is then given once.

    `size` in bytes and `sha256` in hexadecimal describe the file, and are empty while it is missing.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField(_("position"))
    label = models.JSONField(_("label"), default=dict)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    language = models.CharField(_("language"), max_length=2)
    dated = models.DateField(_("dated"), null=True, blank=True)
    file = models.FileField(_("file"), upload_to=attachment_path, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ("edition_id", "position")
        constraints = (
            models.UniqueConstraint(fields=("edition", "name"), name="attachment_name_once_per_edition"),
            models.UniqueConstraint(fields=("edition", "position"), name="attachment_position_once"),
            models.CheckConstraint(
                condition=Q(file="", sha256="", size__isnull=True)
                | (~Q(file="") & ~Q(sha256="") & Q(size__isnull=False)),
                name="attachment_file_is_described",
            ),
        )

    def __str__(self) -> str:
        return self.name


class LexiconVersion(models.Model):
    """One numbered version of an edition's lexicon; version 1 is what the product ships.

    `content` holds per language what a lexicon file says (plans.matching reads it); `sha256` identifies it.
    Until it is put in force it is a draft, of which an edition has one at most; then it never changes
    (migrations/0008). The latest one put in force is used. `based_on` is the number of the version it started
    from, of `based_on_edition` where that is another one; nobody's name: a command of an operator.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="lexicons")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    based_on = models.PositiveSmallIntegerField(null=True, blank=True)
    based_on_edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    in_force_since = models.DateTimeField(null=True, blank=True)
    put_in_force_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)

    objects = LexiconQuerySet.as_manager()

    class Meta:
        ordering = ("edition_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("edition", "number"), name="lexicon_numbers_unique"),
            models.UniqueConstraint(
                fields=("edition",), condition=Q(in_force_since=None), name="one_lexicon_draft_per_edition"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="lexicon_numbers_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.edition} · {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.in_force_since is None
