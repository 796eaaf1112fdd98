"""A stored edition in the form of its file (docs/edition-format.md): loading it again changes nothing.

What lives here: rows → plain values → bytes. Not here: reading a file (parsing). Never writes.
"""

import hashlib
import json
from typing import Any

import yaml

from framework.correspondences import stored_correspondences
from framework.models import Aspect, Attachment, CriterionText, Edition, Item
from framework.parsing import FORMAT
from framework.texts import STEPS
from kiv.localized import LANGUAGES


def edition_as_json(edition: Edition) -> bytes:
    """UTF-8 JSON, always the same bytes for the same edition."""
    return json_of(edition_as_data(edition))


def edition_as_yaml(edition: Edition) -> bytes:
    """UTF-8 YAML with the same content, for people; always the same bytes for the same edition."""
    return yaml_of(edition_as_data(edition))


def json_of(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"


def yaml_of(data: dict[str, Any]) -> bytes:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)
    return text.encode()


def digest_of(data: Any) -> str:
    """SHA-256 (hexadecimal) of plain values: says whether what somebody read is what is stored now."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def edition_digest(edition: Edition) -> str:
    """What stands for everything an edition says, the bytes of its attachments included."""
    files = list(edition.attachments.values_list("name", "sha256"))
    return digest_of([edition_as_data(edition), files])


def edition_as_data(edition: Edition) -> dict[str, Any]:
    """A stored edition in the form of its file (docs/edition-format.md): loading it again changes nothing."""
    items = edition.items.prefetch_related("aspects")
    return {
        "format": FORMAT,
        "framework": {"code": edition.framework.code, "title": _text(edition.framework.title)},
        "code": edition.code,
        "predecessor": edition.predecessor.code if edition.predecessor else None,
        **facts_data(edition),
        "attachments": [attachment_data(attachment) for attachment in edition.attachments.all()],
        "criteria": [criterion_data(criterion) for criterion in edition.criteria.all()],
        "items": [
            item_data(item) | {"aspects": [aspect_data(aspect) for aspect in item.aspects.all()]}
            for item in items
        ],
        "correspondences": _correspondences_data(edition),
    }


def facts_data(edition: Edition) -> dict[str, Any]:
    """What the edition says of itself, without its parts."""
    return {
        "period": [edition.first_year, edition.last_year],
        "approved": edition.approved.isoformat() if edition.approved else None,
        "title": _text(edition.title),
        "title_status": _text(edition.title_status),
        "subtitle": _text(edition.subtitle) or None,
        "introduction": _text(edition.introduction) or None,
    }


def facts_read(edition: Edition) -> dict[str, Any]:
    """What the form of the facts shows: those, and which edition comes before."""
    return facts_data(edition) | {"predecessor": edition.predecessor.code if edition.predecessor else None}


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


def attachment_data(attachment: Attachment) -> dict[str, Any]:
    return {
        "label": _text(attachment.label),
        "name": attachment.name,
        "language": attachment.language,
        "dated": attachment.dated.isoformat() if attachment.dated else None,
    }


def criterion_data(criterion: CriterionText) -> dict[str, Any]:
    fields = ("name", "question", "earns_one", "earns_two")
    return {"code": criterion.code} | {name: _text(getattr(criterion, name)) for name in fields}


def item_data(item: Item) -> dict[str, Any]:
    """Without its aspects."""
    return {
        "code": item.code,
        "kind": item.kind,
        "title": _text(item.title),
        "title_status": _text(item.title_status),
        "short": _text(item.short),
        "summary": _text(item.summary),
        "example": {name: _text(item.example[name]) for name in STEPS if name in item.example} or None,
    }


def aspect_data(aspect: Aspect) -> dict[str, Any]:
    return {
        "code": aspect.code,
        "title": _text(aspect.title),
        "title_status": _text(aspect.title_status),
    }


def _text(text: dict[str, str]) -> dict[str, str]:
    """Always in the order of LANGUAGES: PostgreSQL keeps no order in JSON."""
    return {language: text[language] for language in LANGUAGES if language in text}
