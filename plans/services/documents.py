"""Uploading a document, putting a new file in its place, changing what is said of it, removing it.

Reading and matching happen before the transaction: they take seconds, and nobody waits for a lock meanwhile.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone

from kiv.audit.services import record
from plans import extraction, rules
from plans.models import Document, Passage, PlanVersion
from plans.planformat.signs import has_forbidden_signs, is_blank
from plans.planformat.types import MAX_DOCUMENTS, SHORT_LENGTH
from plans.selectors.lexicons import lexicon_in_force
from plans.services.editing import StaleEdit, TooMany, change_of, check_revision, check_storable
from plans.services.laying import Laid, lay_passages, make_rows, settle_evidence
from plans.services.originals import store_original
from plans.services.suggesting import Answers, answers_of, store_answers, suggest_for_document

MAX_BYTES = extraction.Limits().bytes


class AlreadyThere(Exception):
    """The version holds this very file; `document` is the one that does."""

    def __init__(self, document: Document) -> None:
        super().__init__(str(document))
        self.document = document


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read and matched, before anything is stored. `answers`: by assessment, for each row."""

    extracted: extraction.Document
    rows: list[Passage]
    answers: dict[int, Sequence[Answers]]


def add_document(
    *, version: PlanVersion, kind: str, filename: str, data: bytes, by, is_confidential: bool = False
) -> Document:
    """Read a file, keep it, and store its passages with what they seem to address.

    Raises extraction.Refused when it cannot be read, AlreadyThere, TooMany, and what `change_of` raises; then
    nothing has changed.
    """
    _check_moment(version, by)
    document = Document(version=version, kind=kind, is_confidential=is_confidential)
    reading = _read(document, filename, data)
    digest = store_original(data)
    with change_of(version, by=by):
        _refuse_second(version, digest)
        numbers = version.documents.aggregate(last=Max("number"))["last"] or 0
        if version.documents.count() >= MAX_DOCUMENTS:
            raise TooMany(MAX_DOCUMENTS)
        document.number = numbers + 1
        document.title = _free_title(version, filename)
        _describe(document, reading, filename, data, digest)
        document.full_clean(exclude=["version"])
        document.save()
        rows = lay_passages(document, reading.rows).rows
        _suggest(version, document, rows, reading)
        settle_evidence(document, rows)
        _record("document.added", document, by, passages=len(rows))
    return document


def replace_document(*, document: Document, filename: str, data: bytes, revision: int | None, by) -> Laid:
    """Put a new file in the document's place; decisions on passages that it still holds stay.

    Accepted passages that it no longer holds stop counting and are listed; those that are back count
    again. Where a confidential passage is gone the document becomes confidential, until somebody says that
    its new words need not be. Raises StaleEdit, AlreadyThere, extraction.Refused and what `change_of` raises.
    """
    version = document.version
    _check_moment(version, by)
    reading = _read(document, filename, data)
    digest = store_original(data)
    with change_of(version, by=by):
        stored = _stored(document, revision)
        _refuse_second(version, digest)
        _describe(stored, reading, filename, data, digest)
        stored.revision += 1
        stored.save()
        laid = lay_passages(stored, reading.rows)
        if laid.secrets and not stored.is_confidential:
            # The same secret may stand there in other words: the file stays closed until somebody looked.
            stored.is_confidential = True
            stored.save(update_fields=["is_confidential"])
        _suggest(version, stored, laid.rows, reading)
        settle_evidence(stored, laid.rows)
        _record(
            "document.replaced", stored, by, kept=laid.kept, added=laid.added, gone=laid.gone, lost=laid.lost
        )
    return laid


def change_document(
    *, document: Document, kind: str, language: str, is_confidential: bool, revision: int | None, by
) -> Document:
    """Change what is said of a document. Raises StaleEdit and what `change_of` raises.

    Another language means that its passages are matched again. Evidence taken from it is as confidential as
    the document.
    """
    version = document.version
    with change_of(version, by=by):
        stored = _stored(document, revision)
        is_other_language = stored.language != language
        stored.kind, stored.language, stored.is_confidential = kind, language, is_confidential
        stored.revision += 1
        stored.full_clean(exclude=["version"])
        stored.save()
        if is_other_language:
            for assessment in version.assessments.select_related("edition"):
                suggest_for_document(assessment=assessment, document=stored)
        settle_evidence(stored, list(stored.passages.order_by("position")))
        _record("document.changed", stored, by, kind=kind, language=language, confidential=is_confidential)
    return stored


def remove_document(*, document: Document, revision: int | None, by) -> None:
    """Remove a document with its passages; what was accepted from it stays listed and counts no more."""
    version = document.version
    with change_of(version, by=by):
        stored = _stored(document, revision)
        _record("document.removed", stored, by)
        stored.evidence.update(source=None, is_gone=True)
        stored.delete()


def _check_moment(version: PlanVersion, by) -> None:
    """Before seconds of reading; asked again under the lock."""
    if by is None:
        rules.check_in_preparation(version)
    else:
        rules.check_can_edit(by, version)


def _read(document: Document, filename: str, data: bytes) -> Reading:
    """Raises extraction.Refused. Matched with the lexicon of each edition the version is checked against."""
    check_storable({"filename": filename})
    extracted = extraction.extract(data, name=filename)
    rows = make_rows(document, extracted)
    answers = {}
    for assessment in document.version.assessments.select_related("edition"):
        if lexicon := lexicon_in_force(assessment.edition):
            answers[assessment.pk] = answers_of(document, rows, lexicon)
    return Reading(extracted, rows, answers)


def _suggest(version: PlanVersion, document: Document, rows: list[Passage], reading: Reading) -> None:
    for assessment in version.assessments.select_related("edition"):
        if assessment.pk in reading.answers:
            store_answers(assessment, document, rows, reading.answers[assessment.pk])


def _refuse_second(version: PlanVersion, digest: str) -> None:
    if same := version.documents.filter(sha256=digest).first():
        raise AlreadyThere(same)


def _describe(document: Document, reading: Reading, filename: str, data: bytes, digest: str) -> None:
    document.filename = _short_name(filename)
    document.sha256, document.size = digest, len(data)
    document.pages, document.words = reading.extracted.pages, reading.extracted.words
    document.warnings = [str(warning) for warning in reading.extracted.warnings]
    document.blank_pages = list(reading.extracted.blank_pages)
    document.uploaded_at = _after(document.uploaded_at)


def _after(last: datetime.datetime | None) -> datetime.datetime:
    now = timezone.now()
    return now if last is None else max(now, last)


def _bare_name(filename: str) -> PurePath:
    """The name without folders, and without signs that a plan file could not hold or nobody could see."""
    name = "".join(sign for sign in filename if sign.isspace() or not has_forbidden_signs(sign))
    name = " ".join(name.replace("\\", "/").rsplit("/", 1)[-1].split())
    return PurePath("document" if is_blank(name) else name)


def _short_name(filename: str) -> str:
    """The name with its ending, shortened before it."""
    path = _bare_name(filename)
    suffix = path.suffix[:SHORT_LENGTH]
    return f"{path.stem[: SHORT_LENGTH - len(suffix)]}{suffix}"


def _free_title(version: PlanVersion, filename: str) -> str:
    """The file's name without its ending; with a number when the version has that title already."""
    stem = _bare_name(filename).stem[: SHORT_LENGTH - 5].strip()
    stem = "document" if is_blank(stem) else stem
    taken = set(version.documents.values_list("title", flat=True))
    tries = (stem, *(f"{stem} ({number})" for number in range(2, MAX_DOCUMENTS + 2)))
    return next(title for title in tries if title not in taken)


def _stored(document: Document, revision: int | None) -> Document:
    """The document as it stands under the lock; gone or newer means the edit is stale."""
    stored = Document.objects.select_related("version__plan").filter(pk=document.pk).first()
    if stored is None:
        raise StaleEdit(document)
    if stored.version_id != document.version_id:
        raise ValidationError("the document belongs to another version")
    check_revision(stored, revision)
    return stored


def _record(event: str, document: Document, by, **data) -> None:
    plan = document.version.plan
    record(event, by=by, on=document, zone_id=plan.zone_id, plan=plan.pk, number=document.number, **data)
