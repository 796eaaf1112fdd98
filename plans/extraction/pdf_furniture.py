"""Takes away what stands on most pages at the same height: running heads, feet, page numbers."""

import re
from collections import defaultdict

from plans.extraction.pdf_text import Line

#: Part of the page's height, at the top and at the bottom, where such lines stand.
ZONE = 0.11
#: On this share of the pages, and at least on this many (left and right pages may differ).
SHARE, PAGES = 0.3, 3
_FIGURES = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[\s\-–—|]*(?:(?:pagina|blz\.?|page|seite|p\.)\s*)?(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:/|van|sur|von|of|de)\s*\d{1,4})?[\s\-–—|]*",
    re.IGNORECASE,
)


def drop_furniture(pages: list[tuple[list[Line], float]]) -> list[list[Line]]:
    """The pages' lines without it. Takes (lines, height) per page."""
    seen: dict[tuple[str, bool], set[int]] = defaultdict(set)
    for lines, height in pages:
        for line in lines:
            if (is_top := _zone(line, height)) is not None:
                seen[_FIGURES.sub("#", line.text), is_top].add(line.page)
    least = max(PAGES, SHARE * sum(bool(lines) for lines, _ in pages))
    common = {key for key, on in seen.items() if len(on) >= least}
    return [[line for line in lines if not _is_furniture(line, height, common)] for lines, height in pages]


def _zone(line: Line, height: float) -> bool | None:
    """True at the top, False at the bottom, None in between."""
    if line.bottom > height * (1 - ZONE):
        return True
    return False if line.top < height * ZONE else None


def _is_furniture(line: Line, height: float, common: set[tuple[str, bool]]) -> bool:
    is_top = _zone(line, height)
    if is_top is None:
        return False
    return bool(_NUMBER.fullmatch(line.text)) or (_FIGURES.sub("#", line.text), is_top) in common
