"""Laying the passages of a file over those that a document has, and evidence beside them.

A passage with the same text, headings and place among equals is the same passage, wherever it moved. Inside a
change only (services.documents).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from plans import extraction
from plans.enums import Verdict
from plans.models import Document, Passage, PassageEvidence, Suggestion
from plans.planformat import passage_identity
from plans.planformat.types import TEXT_LENGTH

#: What a new file may change about a passage that it still holds.
MOVING = ("position", "page", "kind", "header", "lead", "language")


@dataclass(frozen=True, slots=True)
class Laid:
    """`rows` as stored, by position; numbers of passages.

    `lost`: accepted for an item, and gone; `elsewhere` of them stand there with the same words under other
    headings. `secrets`: confidential, and gone, perhaps only in these words.
    """

    rows: list[Passage]
    kept: int
    added: int
    gone: int
    lost: int
    elsewhere: int
    secrets: int


def make_rows(document: Document, extracted: extraction.Document) -> list[Passage]:
    """The passages of a file as rows that are not stored yet; a language set by hand is taken over."""
    by_hand = {}
    if document.pk:
        by_hand = dict(document.passages.filter(is_language_by_hand=True).values_list("identity", "language"))
    return [
        Passage(
            document=document,
            identity=passage.identity,
            position=position,
            text=passage.text,
            kind=passage.kind.value,
            page=passage.page,
            heading_path=list(passage.heading_path),
            header=list(passage.header),
            lead=passage.lead,
            language=by_hand.get(passage.identity) or passage.language or extracted.language or "",
            is_language_by_hand=passage.identity in by_hand,
        )
        for position, passage in enumerate(extracted.passages)
    ]


def lay_passages(document: Document, wanted: Sequence[Passage]) -> Laid:
    """Store `wanted` as the passages of the document, keeping the rows of those it has already."""
    present = {row.identity: row for row in document.passages.all()}
    rows, fresh, kept, moved = [], [], [], []
    for row in wanted:
        stored = present.pop(row.identity, None)
        if stored is None:
            row.document = document
            fresh.append(row)
        else:
            kept.append(stored)
            if _move(stored, row):
                moved.append(stored)
        rows.append(stored or row)
    gone = [row.pk for row in present.values()]
    secrets = sum(row.is_confidential for row in present.values())
    _hand_over(gone)
    lost = list(PassageEvidence.objects.filter(source__in=gone).select_related("source"))
    elsewhere = _count_elsewhere([evidence.source for evidence in lost], rows)
    PassageEvidence.objects.filter(source__in=gone).update(source=None, is_gone=True)
    Passage.objects.filter(pk__in=gone).delete()
    # Not bulk_update: its CASE for every row and column takes ten times as long, while others wait.
    Passage.objects.bulk_create(
        moved, batch_size=500, update_conflicts=True, unique_fields=("id",), update_fields=MOVING
    )
    Passage.objects.bulk_create(fresh, batch_size=500)
    return Laid(
        rows,
        kept=len(kept),
        added=len(fresh),
        gone=len(gone),
        lost=len(lost),
        elsewhere=elsewhere,
        secrets=secrets,
    )


def _move(stored: Passage, row: Passage) -> bool:
    """Give a stored passage the place of the equal one in the new file; whether anything changed."""
    names = [name for name in MOVING if name != "language" or not stored.is_language_by_hand]
    changed = [name for name in names if getattr(stored, name) != getattr(row, name)]
    for name in changed:
        setattr(stored, name, getattr(row, name))
    return bool(changed)


def _count_elsewhere(lost: Sequence[Passage], rows: Sequence[Passage]) -> int:
    """How many of the lost passages stand in the new file under other headings, word for word."""
    if not lost:
        return 0
    paths: dict[str, set[tuple[str, ...]]] = {}
    for row in rows:
        paths.setdefault(row.text, set()).add(tuple(row.heading_path))
    return sum(bool(paths.get(one.text, set()) - {tuple(one.heading_path)}) for one in lost)


def _hand_over(gone: Sequence[int]) -> None:
    """Equal sentences of one page share a piece: one that stays, and was accepted too, goes on holding it."""
    heirs = (
        Suggestion.objects.filter(evidence__source__in=gone, verdict=Verdict.ACCEPTED)
        .exclude(passage__in=gone)
        .select_related("passage")
        .order_by("-passage__position")
    )
    for evidence_id, passage in {heir.evidence_id: heir.passage for heir in heirs}.items():
        PassageEvidence.objects.filter(pk=evidence_id).update(source=passage, identity=passage.identity)


def settle_evidence(document: Document, rows: Sequence[Passage]) -> None:
    """Bring accepted passages in line with the rows they come from.

    What was gone and is back is attached again; so are quotes from a plan file that name this document, and
    those of a document of this title that was removed. Page, identity and confidentiality follow the
    passage. What is gone keeps its page, and is confidential as soon as the document was once.
    """
    _attach(document, rows)
    by_key: dict[tuple[int, int, str], PassageEvidence] = {}
    for evidence in PassageEvidence.objects.filter(origin=document, source__isnull=False).select_related(
        "source"
    ):
        source = evidence.source
        evidence.page = source.page
        evidence.passage = passage_identity(document=document.title, page=source.page, quote=evidence.quote)
        evidence.is_confidential = source.is_confidential or document.is_confidential
        key = evidence.assessment_id, evidence.item_id, evidence.passage
        if key in by_key:
            _merge(by_key[key], evidence)
        else:
            by_key[key] = evidence
    _drop_replaced(document, by_key)
    _save(list(by_key.values()))
    if document.is_confidential:
        document.evidence.filter(is_gone=True).update(is_confidential=True)


def _attach(document: Document, rows: Sequence[Passage]) -> None:
    by_identity = {row.identity: row for row in rows}
    gone = PassageEvidence.objects.filter(origin=document, is_gone=True)
    for evidence in gone:
        if source := by_identity.get(evidence.identity):
            attach_evidence(evidence, source)
            mark_accepted(evidence, source)
    loose = PassageEvidence.objects.filter(
        assessment__version=document.version_id, document=document.title, origin=None
    )
    if not loose:
        return
    # Of equal sentences on one page the first is meant.
    by_text = {
        passage_identity(document=document.title, page=row.page, quote=quote_of(row)): row
        for row in reversed(rows)
    }
    for evidence in loose:
        if source := by_text.get(evidence.passage):
            attach_evidence(evidence, source)
            mark_accepted(evidence, source)


def attach_evidence(evidence: PassageEvidence, source: Passage) -> None:
    """The evidence stands on this passage from now on; where it was confidential, the passage is too."""
    if evidence.is_confidential and not source.is_confidential:
        source.is_confidential = True
        source.save(update_fields=["is_confidential"])
    evidence.source, evidence.origin_id, evidence.identity = source, source.document_id, source.identity
    evidence.is_gone = False
    evidence.save(update_fields=["source", "origin", "identity", "is_gone"])


def quote_of(passage: Passage) -> str:
    """The words of a passage as evidence quotes them."""
    return passage.text[:TEXT_LENGTH].strip()


def mark_accepted(evidence: PassageEvidence, source: Passage) -> None:
    """The suggestion that this evidence answers is decided; without one there is now a row that says so.

    By nobody: a file said so, whoever had said otherwise before.
    """
    Suggestion.objects.update_or_create(
        assessment_id=evidence.assessment_id,
        passage=source,
        item_id=evidence.item_id,
        defaults={
            "verdict": Verdict.ACCEPTED,
            "evidence": evidence,
            "moved_to": None,
            "decided_at": timezone.now(),
            "decided_by": None,
        },
    )


def _merge(kept: PassageEvidence, other: PassageEvidence) -> None:
    """Two equal sentences came to stand on one page: for a plan they are one piece with the ticks of both."""
    for name in ("aspects", "elements", "links"):
        setattr(kept, name, list(dict.fromkeys([*getattr(kept, name), *getattr(other, name)])))
    kept.is_confidential = kept.is_confidential or other.is_confidential
    other.suggestions.update(evidence=kept)
    other.delete()


def _drop_replaced(document: Document, held: Mapping[tuple[int, int, str], PassageEvidence]) -> None:
    """A piece that is gone, and stands again for the plan by another one, has nothing left to tell."""
    gone = PassageEvidence.objects.filter(
        assessment__version=document.version_id, is_gone=True, passage__in={key[2] for key in held}
    )
    for evidence in gone:
        if (evidence.assessment_id, evidence.item_id, evidence.passage) in held:
            evidence.delete()


def _save(changed: list[PassageEvidence]) -> None:
    """Two pieces may trade pages: the identities are freed first, so that none stands twice on the way."""
    for evidence in changed:
        PassageEvidence.objects.filter(pk=evidence.pk).exclude(passage=evidence.passage).update(
            passage=f"moving-{evidence.pk}"
        )
    PassageEvidence.objects.bulk_update(
        changed, ("page", "passage", "is_confidential", "aspects", "elements", "links"), batch_size=200
    )
