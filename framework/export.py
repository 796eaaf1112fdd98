"""A stored edition in the form of its file (docs/edition-format.md): loading it again changes nothing.

What lives here: rows → plain values → JSON bytes. Not here: reading a file (parsing). Never writes.
"""

import json
from typing import Any

from framework.correspondences import stored_correspondences
from framework.models import Attachment, CriterionText, Edition, Item
from framework.parsing import FORMAT
from kiv.localized import LANGUAGES

STEPS = ("diagnosis", "objective", "action", "indicator")


def edition_as_json(edition: Edition) -> bytes:
    """UTF-8 JSON, always the same bytes for the same edition."""
    return json.dumps(edition_as_data(edition), ensure_ascii=False, indent=2).encode() + b"\n"


def edition_as_data(edition: Edition) -> dict[str, Any]:
    """A stored edition in the form of its file (docs/edition-format.md): loading it again changes nothing."""
    items = edition.items.prefetch_related("aspects")
    return {
        "format": FORMAT,
        "framework": {"code": edition.framework.code, "title": _text(edition.framework.title)},
        "code": edition.code,
        "predecessor": edition.predecessor.code if edition.predecessor else None,
        "period": [edition.first_year, edition.last_year],
        "approved": edition.approved.isoformat() if edition.approved else None,
        "title": _text(edition.title),
        "title_status": _text(edition.title_status),
        "subtitle": _text(edition.subtitle) or None,
        "introduction": _text(edition.introduction) or None,
        "attachments": [_attachment_data(attachment) for attachment in edition.attachments.all()],
        "criteria": [_criterion_data(criterion) for criterion in edition.criteria.all()],
        "items": [_item_data(item) for item in items],
        "correspondences": _correspondences_data(edition),
    }


def _correspondences_data(edition: Edition) -> list[dict[str, Any]] | None:
    """In the order of the predecessor's items; None when nothing was said of any."""
    if edition.predecessor_id is None:
        return None
    return [
        {
            "old": row.source.code,
            "new": row.target.code if row.target else None,
            "relation": row.relation,
            "confidence": row.confidence,
            "rationale": _text(row.rationale) or None,
            "decided": row.is_decided,
        }
        for row in stored_correspondences(edition)
    ] or None


def _attachment_data(attachment: Attachment) -> dict[str, Any]:
    return {
        "label": _text(attachment.label),
        "name": attachment.name,
        "language": attachment.language,
        "dated": attachment.dated.isoformat() if attachment.dated else None,
    }


def _criterion_data(criterion: CriterionText) -> dict[str, Any]:
    fields = ("name", "question", "earns_one", "earns_two")
    return {"code": criterion.code} | {name: _text(getattr(criterion, name)) for name in fields}


def _item_data(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "kind": item.kind,
        "title": _text(item.title),
        "title_status": _text(item.title_status),
        "short": _text(item.short),
        "summary": _text(item.summary),
        "example": {name: _text(item.example[name]) for name in STEPS if name in item.example} or None,
        "aspects": [
            {"code": a.code, "title": _text(a.title), "title_status": _text(a.title_status)}
            for a in item.aspects.all()
        ],
    }


def _text(text: dict[str, str]) -> dict[str, str]:
    """Always in the order of LANGUAGES: PostgreSQL keeps no order in JSON."""
    return {language: text[language] for language in LANGUAGES if language in text}
