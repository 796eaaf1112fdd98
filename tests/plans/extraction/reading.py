"""Short forms of what was read, for comparison."""

from plans.extraction import Document
from plans.extraction.inline import extract_inline


def read(data: bytes | str, name: str) -> Document:
    return extract_inline(data.encode() if isinstance(data, str) else data, name=name)


def outline(document: Document) -> list[tuple[str, str]]:
    """(kind, text) in order."""
    return [(passage.kind.value, passage.text) for passage in document.passages]


def paths(document: Document) -> dict[str, tuple[str, ...]]:
    """Text → heading path."""
    return {passage.text: passage.heading_path for passage in document.passages}
