"""What the beginning of a line tells: bullet, number, heading number, leader dots. Looks at text only."""

import re

from plans.extraction.types import Block, Kind

#: Bullets as typed or as symbol fonts leave them (the private-use letters of Wingdings and Symbol).
_BULLET = re.compile(r"\s*(?:[•●○▪▫■□◦‣⁃∙·➢➤►▶✓✔❖\-–—*»›\uf000-\uf0ff]|o(?=\s))\s*(?=\S)")
_HARD_BULLET = re.compile(r"\s*[•●○▪▫■□◦‣⁃∙➢➤►▶✓✔❖\uf000-\uf0ff]")
_SPACED = re.compile(r"\s*(?:[\-–—*·»›o]\s+)(?=\S)")
_NUMBER = re.compile(
    r"\s*\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s+(?=\S)|\s*\(?(?:\d{1,2}|[a-z])\)\s*(?=\S)"
)
_OUTLINE = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){1,5})\.?\s+(?=[^\W\d_])")
_CHAPTER = re.compile(r"\s*(?:\d{1,2}\.?|[IVX]{1,5}\.)\s+(?=[^\W\d_])")
_NAMED = re.compile(
    r"\s*(?:hoofdstuk|deel|bijlage|chapitre|partie|annexe|titre|kapitel|teil|anhang|abschnitt)\s+[\dIVXA-F]{1,4}\b",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}|·{4,}")
_TOC_TAIL = re.compile(r"(?:(?:\.\s?){4,}|…{2,}|_{4,}|·{4,})\s*(?:\d{1,4}|[ivxlc]{1,6})\s*$", re.IGNORECASE)


def strip_bullet(line: str) -> str | None:
    """The text after a bullet, or None. A hyphen, "o", star or dot counts only with a space behind it."""
    found = (_BULLET.match(line) if _HARD_BULLET.match(line) else None) or _SPACED.match(line)
    return line[found.end() :].strip() if found else None


def strip_number(line: str) -> str | None:
    """The text after "1.", "2)", "a)", "(iv)"; None for years, figures and outline numbers such as 2.1."""
    if _OUTLINE.match(line):
        return None
    found = _NUMBER.match(line)
    return line[found.end() :].strip() if found else None


def is_item(line: str) -> bool:
    return strip_bullet(line) is not None or strip_number(line) is not None


def outline_depth(line: str) -> int:
    """2 for "1.2 Title", 3 for "1.2.3 Title", 1 for "1. Title" or "Chapter 3"; 0 without such a number."""
    found = _OUTLINE.match(line)
    if found:
        return found.group(1).count(".") + 1
    return 1 if _CHAPTER.match(line) or _NAMED.match(line) else 0


def is_toc_line(line: str) -> bool:
    """ "Drugs ........ 12": leader dots and a page number."""
    return bool(_TOC_TAIL.search(line)) and any(letter.isalpha() for letter in line)


def strip_toc(line: str) -> str:
    return " ".join(_LEADERS.sub(" … ", line).split())


def split_typed_list(block: Block, group: int) -> list[Block]:
    """A paragraph in which someone typed a list, line under line, as its items; else the paragraph, in one
    line."""
    lines = [line.strip() for line in block.text.split("\n") if line.strip()]
    if block.kind is not Kind.PARAGRAPH:
        return [Block(block.kind, " ".join(lines), block.level, block.page, block.group, block.header)]
    blocks: list[Block] = []
    for line in lines:
        text = strip_bullet(line)
        if text is None:
            text = strip_number(line)
        if text is not None:
            blocks.append(Block(Kind.LIST_ITEM, text, 1, block.page, group))
        elif blocks and blocks[-1].kind is Kind.PARAGRAPH:
            last = blocks.pop()
            blocks.append(Block(Kind.PARAGRAPH, f"{last.text} {line}", 0, block.page))
        else:
            blocks.append(Block(Kind.PARAGRAPH, line, 0, block.page))
    return blocks
