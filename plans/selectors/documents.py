"""What the Documents tab shows of a plan to one reader, and what came of reading a file.

What a reader may not see is left out or emptied here. Not here: passages and their suggestions (suggestions).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from plans.enums import DocumentKind
from plans.models import Assessment, Document, ItemScore, Passage, PassageEvidence
from plans.selectors.contained import NAMING_ONLY, contained_of
from plans.selectors.disclosure import Reader
from plans.selectors.lexicons import lexicon_in_force

#: A language that fewer passages than this part of a document speak is a quotation, not its language.
SMALL_PART = 0.05


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document as this reader may see it; when `is_hidden`, nothing but that it is there.

    `languages` are codes, the most spoken first; `seen` of `total` decisions as in the reading view
    (inside only).
    """

    number: int
    is_hidden: bool
    is_confidential: bool = False
    title: str = ""
    kind: Any = ""
    pages: int | None = None
    words: int = 0
    uploaded_at: datetime | None = None
    languages: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    blank_pages: tuple[int, ...] = ()
    can_download: bool = False
    seen: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class DocumentList:
    """`gone`: accepted quotes that count no longer; `loose`: accepted quotes that came without a document.

    Both are for readers inside the zone only.
    """

    documents: tuple[ShownDocument, ...]
    gone: tuple[PassageEvidence, ...]
    loose: tuple[PassageEvidence, ...]

    @property
    def first_to_decide(self) -> int | None:
        """Number of the first document with suggestions that are not decided."""
        return next((one.number for one in self.documents if one.seen < one.total), None)


def document_list(assessment: Assessment, reader: Reader, user) -> DocumentList:
    """The documents of the version by number. Five queries inside the zone, three outside."""
    version = assessment.version_id
    documents = list(Document.objects.filter(version=version).order_by("number"))
    languages = _languages(version)
    if reader.is_inside:
        progress = contained_of(assessment, _standing(assessment)).progress
        open_files = {document.pk for document in documents}
        evidence = list(assessment.passages.filter(source=None).select_related("item"))
    else:
        progress, evidence = {}, []
        open_files = set(
            Document.objects.downloadable_by(user).filter(version=version).values_list("pk", flat=True)
        )
    return DocumentList(
        documents=tuple(
            _shown(document, reader, languages, progress, can_download=document.pk in open_files)
            for document in documents
        ),
        gone=tuple(one for one in evidence if one.is_gone),
        loose=tuple(one for one in evidence if not one.is_gone),
    )


def _shown(document: Document, reader: Reader, languages, progress, *, can_download: bool) -> ShownDocument:
    if reader.hides_words(is_confidential=document.is_confidential):
        return ShownDocument(number=document.number, is_hidden=True, is_confidential=True)
    seen, total = progress.get(document.number, (0, 0))
    return ShownDocument(
        number=document.number,
        is_hidden=False,
        is_confidential=document.is_confidential,
        title=document.title,
        kind=DocumentKind(document.kind).label,
        pages=document.pages,
        words=document.words,
        uploaded_at=document.uploaded_at,
        languages=(document.language,) if document.language else languages.get(document.pk, ()),
        warnings=tuple(document.warnings),
        blank_pages=tuple(document.blank_pages),
        can_download=can_download,
        seen=seen,
        total=total,
    )


def _languages(version: int) -> dict[int, tuple[str, ...]]:
    """Document → the languages of its passages, the most spoken first. One query."""
    spoken: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = (
        Passage.objects.filter(document__version=version)
        .exclude(language="")
        .order_by()
        .values_list("document", "language")
        .annotate(n=Count("pk"))
    )
    for document, language, n in rows:
        spoken[document].append((n, language))
    return {
        document: tuple(
            language
            for n, language in sorted(found, key=lambda one: (-one[0], one[1]))
            if n >= SMALL_PART * sum(count for count, _language in found)
        )
        for document, found in spoken.items()
    }


def _standing(assessment: Assessment) -> dict[int, ItemScore]:
    """Id of each item → its stored score. One query."""
    return {score.item_id: score for score in assessment.scores.defer("detail")}


def _suggested(assessment: Assessment) -> QuerySet:
    """As the check page counts: no leads to a motivation, nothing that only names an item."""
    return assessment.suggestions.exclude(tier="").exclude(rule__in=NAMING_ONLY)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading a document: items it seems to address, of all items of the edition."""

    has_lexicon: bool
    addressed: int
    items: int


def reading_outcome(assessment: Assessment, document: Document) -> Outcome:
    """Of one document. At most four queries."""
    return Outcome(
        has_lexicon=lexicon_in_force(assessment.edition) is not None,
        addressed=_suggested(assessment)
        .filter(passage__document=document)
        .aggregate(n=Count("item", distinct=True))["n"],
        items=assessment.edition.items.count(),
    )


def quotes_taken_from(document: Document) -> int:
    """How many accepted quotes would count no longer without this document. One query."""
    return document.evidence.filter(is_gone=False).count()
