"""The chapters as a tagged PDF: what its template is given.

Not here: words (plan_chapters), which signs can be shown (showable), how they are set (typst/chapters.typ)
and by what process (typesetting).
"""

from dataclasses import asdict

from django.utils.translation import override

from plans.reports.chapter_types import Chapters
from plans.reports.showable import replaced_sentence, showable
from plans.reports.typesetting import typeset

CONTENT_TYPE = "application/pdf"
#: Signs in all tables together: more than two hundred pages. A plan of every day has ten thousand.
MOST_SIGNS = 500_000


class TooLong(Exception):
    """More than a PDF can be made of within its time; the DOCX has no such bound."""


def write_pdf(chapters: Chapters) -> bytes:
    """The file's bytes; the same chapters give the same bytes. Raises TooLong or NotTypeset."""
    if chapters.length > MOST_SIGNS:
        raise TooLong
    data = showable(
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
        data["replaced"] = replaced_sentence(data)
    return typeset("chapters.typ", data, chapters.saved_at)
