"""A text cut into what is marked and what is not, for templates that may not build markup."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    is_marked: bool


def segments(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Segment, ...]:
    """The text in order; overlapping spans are one mark, spans outside the text are cut off."""
    cut: list[Segment] = []
    place = 0
    for start, end in sorted((max(start, 0), min(end, len(text))) for start, end in spans):
        start = max(start, place)
        if end <= start:
            continue
        if start > place:
            cut.append(Segment(text[place:start], False))
        if cut and cut[-1].is_marked and start == place:
            cut[-1] = Segment(cut[-1].text + text[start:end], True)
        else:
            cut.append(Segment(text[start:end], True))
        place = end
    if place < len(text):
        cut.append(Segment(text[place:], False))
    return tuple(cut)


def hit_spans(hits: Iterable[dict[str, Any]]) -> list[tuple[int, int]]:
    """Where the words of a stored suggestion stand in the passage itself (not in its headings)."""
    return [
        (start, end)
        for hit in hits
        if hit["heading"] is None
        for start, end in (hit["spans"] or [(hit["start"], hit["end"])])
    ]


def heading_words(hits: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """The words of a stored suggestion that stand in a heading above the passage, each once."""
    words = (hit["heading"][hit["start"] : hit["end"]] for hit in hits if hit["heading"] is not None)
    return tuple(dict.fromkeys(" ".join(word.split()) for word in words))
