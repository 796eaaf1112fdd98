"""Why a document could not be read, and what to know of one that was: codes of plans.extraction as sentences.

Each refusal says what happened and what to do. That what was there stays is said above it, by the form.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plans.extraction import Code, Limits, Warn

LIMITS = Limits()
MEBIBYTE = 1024 * 1024
#: How many blank pages or rows of them are named.
NAMED_PAGES = 6

#: Code → sentence. %(size)s: MiB; %(pages)s: pages; %(seconds)s: seconds.
REFUSALS = {
    Code.EMPTY: gettext_lazy("This file is empty: it may not have been saved completely. Save it again."),
    Code.TOO_LARGE: gettext_lazy(
        "This document is larger than what can be read: %(size)s MiB or about a million words. "
        "Save it without pictures, or split it."
    ),
    Code.TOO_SLOW: gettext_lazy(
        "This document could not be read within %(seconds)s seconds. "
        "Print it to a new PDF and upload that, or split it."
    ),
    Code.TOO_MANY_PAGES: gettext_lazy(
        "This document has more than %(pages)s pages. Upload the plan without its annexes."
    ),
    Code.ENCRYPTED: gettext_lazy(
        "This document opens only with a password. Take the password off and upload it again."
    ),
    Code.TRUNCATED: gettext_lazy(
        "The end of this file is missing: the copy was cut off. Download or save it again, then upload it."
    ),
    Code.ZIP_BOMB: gettext_lazy(
        "This file unpacks to far more than a document holds. Save it again from the word processor."
    ),
    Code.FORBIDDEN_XML: gettext_lazy(
        "This file holds parts that no word processor writes. Save it again from the word processor."
    ),
    Code.NO_TEXT: gettext_lazy(
        "This document holds no text that can be read. If its pages are pictures, have their text recognised "
        "(OCR) or upload the document they were made from."
    ),
    Code.WRONG_KIND: gettext_lazy(
        "The content of this file is not what its name says. "
        "Save it again as PDF, DOCX or ODT, or correct the ending of its name."
    ),
    Code.UNSUPPORTED: gettext_lazy("Files of this kind are not read. Save the document as PDF, DOCX or ODT."),
    Code.UNREADABLE: gettext_lazy(
        "This file is damaged and cannot be read. Open it in the program that made it and save it again."
    ),
}
WARNINGS = {
    Warn.EXTERNAL_REFERENCES: gettext_lazy(
        "The document points to files elsewhere, such as pictures; they were not fetched."
    ),
    Warn.TRACKED_CHANGES: gettext_lazy(
        "The document holds tracked changes: what is proposed was read, what is struck out was not."
    ),
    Warn.GUESSED_ENCODING: gettext_lazy(
        "Accented letters may be wrong: the file does not say how they are written."
    ),
    Warn.UNKNOWN_LETTERS: gettext_lazy("Some letters could not be recognised and were left out."),
}


def refusal_sentence(code: Code) -> str:
    """What happened and what to do."""
    return str(REFUSALS[code]) % {
        "size": LIMITS.bytes // MEBIBYTE,
        "seconds": LIMITS.seconds,
        "pages": LIMITS.pages,
    }


def warning_sentences(warnings: Iterable[str], blank_pages: Sequence[int]) -> list[str]:
    """What a reader must know; `warnings` are stored values of Warn."""
    known = [Warn(warning) for warning in warnings]
    return [
        _blank_pages_sentence(blank_pages) if warning == Warn.PAGES_WITHOUT_TEXT else str(WARNINGS[warning])
        for warning in known
    ]


def _blank_pages_sentence(pages: Sequence[int]) -> str:
    if not pages:
        return _("Some pages hold no text, only pictures; what stands on them was not read.")
    words = page_numbers(pages)
    return ngettext(
        "Page %(pages)s holds no text, only pictures; what stands on it was not read.",
        "Pages %(pages)s hold no text, only pictures; what stands on them was not read.",
        len(pages),
    ) % {"pages": words}


def page_numbers(pages: Sequence[int]) -> str:
    """ "3, 7–9"; after NAMED_PAGES numbers or rows "…"."""
    rows: list[list[int]] = []
    for page in sorted(set(pages)):
        if rows and page == rows[-1][-1] + 1:
            rows[-1].append(page)
        else:
            rows.append([page])
    words = [str(row[0]) if len(row) == 1 else f"{row[0]}–{row[-1]}" for row in rows[:NAMED_PAGES]]
    return ", ".join([*words, "…"] if len(rows) > NAMED_PAGES else words)
