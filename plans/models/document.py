"""Documents of a version, their passages, and what the matcher suggests for them until a person decides.

The file itself lies in the document store under its SHA-256 (services.originals). A suggestion is never
evidence: only the row of PassageEvidence that an accepting decision makes is (docs/adr/0008).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.enums import DocumentKind, Verdict
from plans.models.plan import PlanVersion
from plans.planformat.types import SHORT_LENGTH
from plans.querysets import DocumentQuerySet, PassageQuerySet

TEXT_LANGUAGES = [(code, name) for code, name in settings.LANGUAGES if code != "en"]


class Document(models.Model):
    """One uploaded file of a version. A new file in its place keeps the row, its number and its title.

    `size` in bytes; `pages` None for formats without pages; `warnings` are values of extraction.Warn;
    `language` by hand counts for every passage whose own language was not corrected.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="documents")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind, default=DocumentKind.PLAN)
    title = models.CharField(_("title"), max_length=SHORT_LENGTH)
    filename = models.CharField(max_length=SHORT_LENGTH)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    words = models.PositiveIntegerField()
    warnings = models.JSONField(default=list, blank=True)
    blank_pages = models.JSONField(default=list, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES, blank=True)
    is_confidential = models.BooleanField(_("confidential"), default=False)
    uploaded_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("version_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("version", "number"), name="document_numbers_unique"),
            models.UniqueConstraint(fields=("version", "title"), name="document_titles_unique"),
            models.UniqueConstraint(fields=("version", "sha256"), name="document_files_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="document_kinds_are_known"
            ),
            models.CheckConstraint(condition=~Q(title__trim=""), name="documents_have_a_title"),
        )

    def __str__(self) -> str:
        return self.title


class Passage(models.Model):
    """A piece of a document that a person can judge (extraction.Passage, without offsets).

    `identity` (SHA-256 of text, heading path and place among equals) recognises it in the next file put
    in the document's place. `lead` is the position of the sentence that introduces its list.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    identity = models.CharField(max_length=64)
    position = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=20)
    page = models.PositiveIntegerField(null=True, blank=True)
    heading_path = models.JSONField(default=list, blank=True)
    header = models.JSONField(default=list, blank=True)
    lead = models.PositiveIntegerField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=TEXT_LANGUAGES, blank=True)
    is_language_by_hand = models.BooleanField(default=False)
    is_confidential = models.BooleanField(_("confidential"), default=False)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ("document_id", "position")
        constraints = (
            models.UniqueConstraint(fields=("document", "identity"), name="passages_once_per_document"),
        )
        indexes = (models.Index(fields=("document", "position"), name="passages_in_order"),)

    def __str__(self) -> str:
        return self.text[:80]


class Suggestion(models.Model):
    """One item in one passage: what the matcher says, and what a person decided about it.

    `tier` is empty for a lead to a motivation and for what a person found without the matcher. Once decided
    a row is no longer touched by the matcher, so that it keeps what the person had before them. `detail`
    holds hits (with offsets), aspects, elements and links as JSON; `lexicon` and `matcher` are the versions
    that said so.
    """

    assessment = models.ForeignKey("plans.Assessment", on_delete=models.CASCADE, related_name="suggestions")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="suggestions")
    item = models.ForeignKey("framework.Item", on_delete=models.PROTECT, related_name="+")
    lexicon = models.ForeignKey(
        "framework.LexiconVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    matcher = models.CharField(max_length=40, blank=True)
    tier = models.CharField(max_length=10, blank=True)
    score = models.PositiveSmallIntegerField(default=0)
    rule = models.CharField(max_length=20, blank=True)
    criterion = models.CharField(max_length=1, blank=True)
    is_lead = models.BooleanField(default=False)
    detail = models.JSONField(default=dict)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.OPEN)
    moved_to = models.ForeignKey(
        "framework.Item", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence = models.ForeignKey(
        "plans.PassageEvidence", on_delete=models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("assessment_id", "item__position", "passage__position", "id")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "passage", "item"), name="one_suggestion_per_item"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="verdicts_are_known"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.OPEN, decided_at=None)
                | (~Q(verdict=Verdict.OPEN) & Q(decided_at__isnull=False)),
                name="decided_suggestions_have_a_date",
            ),
        )
        indexes = (models.Index(fields=("assessment", "item", "verdict"), name="suggestions_to_decide"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.tier or 'lead'} {self.verdict}"
