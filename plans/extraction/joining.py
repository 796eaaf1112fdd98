"""Putting the lines of a paragraph back together. Knows letters only; layout is for pdf_layout.py."""

import re

#: "verkeers- en drugsbeleid", "Gewalt- und Drogendelikte": the hyphen belongs to the word.
_COORDINATED = re.compile(r"(?:en|of|et|ou|und|oder|bzw|tot|and|or)\b")
#: Soft hyphen, hyphen, and the mark that PDFium leaves for a hyphen at the end of a line.
_SURE = ("\u00ad", "\u2010", "\ufffe", "\x02")


def ends_in_hyphen(line: str) -> bool:
    return line.endswith(_SURE) or (line.endswith("-") and len(line) > 1 and line[-2].isalpha())


def join_lines(above: str, below: str) -> str:
    """One line of two. A hyphen at the end goes when the word goes on in small letters."""
    if not ends_in_hyphen(above):
        return f"{above} {below}"
    stem = above[:-1]
    if _COORDINATED.match(below):
        return f"{stem}- {below}"
    return stem + below if below[:1].islower() else f"{stem}-{below}"
