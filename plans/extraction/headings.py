"""When a paragraph without a heading style is a heading all the same. Knows no format."""

import re

from plans.extraction.lists import outline_depth

#: Deeper than any styled heading, so that a bold line never ends a chapter.
BOLD_LEVEL = 9
LONGEST = 120
_ENDS_SENTENCE = re.compile(r"[.;,…!]$|\b(?:en|of|et|ou|und|oder|de|het|van|du|des)$")


def is_heading_text(text: str) -> bool:
    """Short, with letters, and not the end of a sentence. A colon at the end is allowed."""
    text = text.strip()
    return (
        2 < len(text) <= LONGEST
        and text[-1] != ","
        and sum(map(str.isalpha, text)) > 1
        and not (_ENDS_SENTENCE.search(text))
    )


def level_of_bold(text: str) -> int:
    """Level of a short bold line: by its outline number ("2.1 …" is 2), else below all others."""
    return outline_depth(text) or BOLD_LEVEL
