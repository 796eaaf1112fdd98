"""Documents and refusals as JSON between the child process and its parent. The parent trusts nothing it
reads."""

import json
from dataclasses import astuple, fields
from typing import Any

from plans.extraction.types import Code, Document, Kind, Limits, Passage, Refused, Warn

_PASSAGE_FIELDS = [field.name for field in fields(Passage)]
_LIMIT_FIELDS = [field.name for field in fields(Limits)]


class Malformed(ValueError):
    """What came is no answer of this module."""


def pack_request(data: bytes, name: str, limits: Limits) -> bytes:
    """One line of JSON, then the file."""
    head = {"name": name, "limits": astuple(limits)}
    return json.dumps(head).encode() + b"\n" + data


def unpack_request(request: bytes) -> tuple[bytes, str, Limits]:
    head, _, data = request.partition(b"\n")
    values = json.loads(head)
    return data, values["name"], Limits(*values["limits"])


def pack_document(document: Document) -> bytes:
    head = {
        "kind": document.kind,
        "text": document.text,
        "pages": document.pages,
        "language": document.language,
        "warnings": document.warnings,
        "blank_pages": document.blank_pages,
        # The text of a passage is where it says it is: not sent twice.
        "passages": [
            [getattr(passage, name) for name in _PASSAGE_FIELDS[1:]] for passage in document.passages
        ],
    }
    return json.dumps(head).encode()


def pack_refusal(refusal: Refused) -> bytes:
    return json.dumps({"refused": refusal.code, "detail": refusal.detail}).encode()


def unpack_answer(answer: bytes) -> Document:
    """The document, or raises the Refused that was packed. Malformed for anything else."""
    try:
        values = json.loads(answer)
        if "refused" in values:
            refusal = Refused(Code(values["refused"]), _take(values["detail"], str)[:200])
        else:
            refusal, document = None, _make_document(values)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise Malformed(type(error).__name__) from error
    if refusal:
        raise refusal
    return document


def _make_document(values: dict[str, Any]) -> Document:
    text = _take(values["text"], str)
    return Document(
        kind=_take(values["kind"], str),
        text=text,
        passages=tuple(_make_passage(row, text) for row in _take(values["passages"], list)),
        pages=_take(values["pages"], int, None),
        language=_take(values["language"], str, None),
        warnings=tuple(Warn(item) for item in _take(values["warnings"], list)),
        blank_pages=tuple(_take(item, int) for item in _take(values["blank_pages"], list)),
    )


def _make_passage(row: list, text: str) -> Passage:
    kind, start, end, page, path, level, group, header, lead, language, confidence, ordinal = row
    if not 0 <= _take(start, int) <= _take(end, int) <= len(text):
        raise Malformed("offsets")
    return Passage(
        text=text[start:end],
        kind=Kind(kind),
        start=start,
        end=end,
        page=_take(page, int, None),
        heading_path=tuple(_take(item, str) for item in path),
        level=_take(level, int),
        group=_take(group, int, None),
        header=tuple(_take(item, str) for item in header),
        lead=_take(lead, int, None),
        language=_take(language, str, None),
        confidence=_take(confidence, int),
        ordinal=_take(ordinal, int),
    )


def _take(value: Any, kind: type, *others: Any) -> Any:
    if type(value) is kind or value in others:
        return value
    raise Malformed(kind.__name__)
