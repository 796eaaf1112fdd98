"""Blocks → document: heading paths, pieces of bearable length, offsets, languages, places among equals.

Knows no format. Nothing here drops words: what a reader gives, a passage holds.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import replace

from plans.extraction.language import detect_languages
from plans.extraction.sentences import split_long
from plans.extraction.types import Block, Code, Document, Kind, Limits, Passage, Reading, Refused, Warn

_SPACE = re.compile(r"\s+")
#: Control letters, byte-order marks, zero-width spaces, soft hyphens: no part of any word.
_NOISE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]"
)
#: Letters of symbol fonts and halves of pairs: unknown outside their font.
_UNKNOWN = re.compile(r"[\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]")
_NESTED = (Kind.LIST_ITEM, Kind.TABLE_ROW, Kind.TABLE_HEADER, Kind.TABLE_CELL)
_LABEL = 160


def clean(text: str) -> str:
    """One line, composed letters (NFC), single spaces, nothing invisible. Ligatures are spelled out."""
    text = unicodedata.normalize("NFC", _UNKNOWN.sub("", _NOISE.sub("", text)))
    for ligature, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        if ligature in text:
            text = text.replace(ligature, letters)
    return _SPACE.sub(" ", text).strip()


def make_document(kind: str, reading: Reading, limits: Limits) -> Document:
    """Refuses what holds no letter (`no_text`) or more than the limits (`too_large`)."""
    if any(_UNKNOWN.search(block.text) for block in reading.blocks):
        reading.warnings.add(Warn.UNKNOWN_LETTERS)
    blocks = [replace(block, text=text) for block in reading.blocks if (text := clean(block.text))]
    if not any(letter.isalpha() for block in blocks for letter in block.text):
        raise Refused(Code.NO_TEXT)
    if sum(len(block.text) for block in blocks) > limits.characters:
        raise Refused(Code.TOO_LARGE, "characters")
    passages, texts = _lay_out(blocks, limits)
    if len(passages) > limits.passages:
        raise Refused(Code.TOO_LARGE, "passages")
    languages, main = detect_languages([passage.text for passage in passages])
    passages = [
        replace(passage, language=language, confidence=confidence)
        for passage, (language, confidence) in zip(passages, languages, strict=True)
    ]
    return Document(
        kind=kind,
        text="".join(texts),
        passages=tuple(_count_equals(passages)),
        pages=reading.pages,
        language=main,
        warnings=tuple(sorted(reading.warnings)),
        blank_pages=reading.blank_pages,
    )


def _lay_out(blocks: list[Block], limits: Limits) -> tuple[list[Passage], list[str]]:
    passages: list[Passage] = []
    texts: list[str] = []
    path: list[tuple[int, str]] = []
    place, lead, inside = 0, None, ""
    for block in blocks:
        if block.kind is Kind.HEADING:
            while path and path[-1][0] >= block.level:
                path.pop()
        if block.kind not in _NESTED:
            lead, inside = None, ""
        elif inside != (nest := "list" if block.kind is Kind.LIST_ITEM and not block.header else "table"):
            lead, inside = _find_lead(passages), nest
        above = tuple(text for _, text in path)
        for number, piece in enumerate(split_long(block.text, limits.passage)):
            if texts:
                texts.append(" " if number else "\n")
                place += 1
            texts.append(piece)
            passages.append(
                Passage(
                    text=piece,
                    kind=block.kind,
                    start=place,
                    end=place + len(piece),
                    page=block.page,
                    heading_path=above,
                    level=block.level,
                    group=block.group,
                    header=tuple(clean(cell)[:_LABEL] for cell in block.header),
                    lead=lead,
                )
            )
            place += len(piece)
        if block.kind is Kind.HEADING:
            path.append((block.level, block.text[:_LABEL]))
    return passages, texts


def _find_lead(passages: list[Passage]) -> int | None:
    """The paragraph just above a list or table, when it ends in a colon."""
    if passages and passages[-1].kind is Kind.PARAGRAPH and passages[-1].text.endswith((":", "…")):
        return len(passages) - 1
    return None


def _count_equals(passages: list[Passage]) -> list[Passage]:
    seen: Counter = Counter()
    counted = []
    for passage in passages:
        seen[passage.heading_path, passage.text] += 1
        counted.append(replace(passage, ordinal=seen[passage.heading_path, passage.text]))
    return counted
