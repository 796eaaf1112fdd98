"""The chapters as a tagged PDF: what its template is given, in signs that it can show.

Not here: words (plan_chapters), how they are set (typst/chapters.typ) and by what process (typesetting).
"""

import json
import re
import unicodedata
from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import override

from plans.reports.chapter_types import Chapters
from plans.reports.typesetting import typeset

CONTENT_TYPE = "application/pdf"
#: Signs in all tables together: more than two hundred pages. A plan of every day has ten thousand.
MOST_SIGNS = 500_000
#: What the typefaces inside typst can show from left to right: Latin, Greek, Cyrillic, and common symbols.
#: PDF/UA refuses a sign without a shape, and typst 0.15 breaks down over some mixtures of directions.
SHOWN = re.compile(
    r"[\n\t\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0300-\u036f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1fff"
    r"\u2010-\u2015\u2018-\u2027\u2030-\u203a\u20ac\u2116\u2122\u2190-\u22ff\u25a0-\u25ff]"
)
INSTEAD = "□"
#: Longer words may break anywhere: a column is narrower than they are.
LONG_WORD = re.compile(r"\S{24}(?=\S{4})")
BREAK = "\u200b"


class TooLong(Exception):
    """More than a PDF can be made of within its time; the DOCX has no such bound."""


def write_pdf(chapters: Chapters) -> bytes:
    """The file's bytes; the same chapters give the same bytes. Raises TooLong or NotTypeset."""
    if chapters.length > MOST_SIGNS:
        raise TooLong
    data = _showable(
        {
            "title": chapters.title,
            "place": chapters.place,
            "language": chapters.language,
            "facts": chapters.facts,
            "mark": chapters.mark,
            "runs": [
                {"is_wide": is_wide, "chapters": [asdict(chapter) for chapter in run]}
                for is_wide, run in chapters.runs
            ],
        }
    )
    with override(chapters.language):
        data["replaced"] = (
            _("%(sign)s stands for a sign that this file cannot show.") % {"sign": INSTEAD}
            if INSTEAD in json.dumps(data, ensure_ascii=False)
            else ""
        )
    return typeset("chapters.typ", data, chapters.saved_at)


def _showable(value):
    """The same structure with texts that can be set."""
    if isinstance(value, str):
        return LONG_WORD.sub(rf"\g<0>{BREAK}", "".join(map(_sign, unicodedata.normalize("NFC", value))))
    if isinstance(value, dict):
        return {key: _showable(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_showable(part) for part in value]
    return value


def _sign(sign: str) -> str:
    if SHOWN.match(sign) and unicodedata.category(sign) != "Cn":
        return sign
    # Format characters show nothing by themselves: joiners, soft hyphens, marks of direction.
    return "" if unicodedata.category(sign) == "Cf" else INSTEAD
