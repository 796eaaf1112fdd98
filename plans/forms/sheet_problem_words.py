"""What a workbook should hold where a problem was found, in the reader's language.

Only what a workbook alone can have wrong; the rest is told as for every plan file (problem_words).
"""

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from kiv.datafile import FileProblem
from plans.extraction import Code
from plans.extraction.xlsx import MOST_CELLS
from plans.planformat import workbook
from plans.reports.sheet_words import HEADINGS, TITLES

MEBIBYTE = 1024 * 1024

#: Code → what is expected. %(name)s is the sheet, column or list of words that the English text names.
EXPECTED = {
    "not_a_word": _("one of: %(name)s"),
    "formula": _(
        "a value; the result of this formula was not saved: open the file in a spreadsheet and save it. "
        "Is it text? Then type an apostrophe before it"
    ),
    "unknown_objective": _("the number of an objective in this file; the same stands in %(name)s"),
    "cell_error": _("a value; this formula failed"),
    "not_objective_number": _("a number such as 2 or 2.1; format the cell as text and type it again"),
    "stray_cell": _("an empty cell; this column has no heading"),
    "not_a_template": _("a spreadsheet that was downloaded here; take that of this plan and fill it in"),
    "sheet_missing": _("the sheet “%(name)s”, which is missing; take the spreadsheet of this plan anew"),
    "sheet_twice": _("each sheet once; remove the copy"),
    "column_missing": _("the column “%(name)s”, which is missing; take the spreadsheet of this plan anew"),
    "column_twice": _("each column once; remove the copy"),
}
#: A workbook that could not be opened: code of plans.extraction → what was expected.
#: %(size)s: MiB; %(cells)s: how many.
UNREAD = {
    Code.EMPTY: _("a file that is not empty"),
    Code.TOO_LARGE: _(
        "a spreadsheet of at most %(size)s MiB and %(cells)s filled cells; "
        "remove sheets and formatting that do not belong to the plan"
    ),
    Code.ENCRYPTED: _("a spreadsheet without a password; take the password off"),
    Code.TRUNCATED: _("a whole file; the end of this one is missing: save it again"),
    Code.ZIP_BOMB: _("a spreadsheet; this file unpacks to far more than one holds"),
    Code.FORBIDDEN_XML: _("a spreadsheet; this file holds parts that no spreadsheet program writes"),
    Code.WRONG_KIND: _("a spreadsheet in the format .xlsx, whatever the name says; save it as that"),
    Code.UNREADABLE: _("a file that is not damaged; open it in a spreadsheet program and save it again"),
}
PREFIX = "workbook_"


def sheet_expected_words(problem: FileProblem) -> str | None:
    """What belongs there, or None for what is not told here."""
    if problem.code.startswith(PREFIX):
        code = Code(problem.code.removeprefix(PREFIX))
        return str(UNREAD[code]) % {
            "size": workbook.MAX_BYTES // MEBIBYTE,
            "cells": number_format(MOST_CELLS, force_grouping=True),
        }
    if problem.code not in EXPECTED or _is_told_for_every_file(problem):
        return None
    return str(EXPECTED[problem.code]) % {"name": _name_in(problem)}


def _is_told_for_every_file(problem: FileProblem) -> bool:
    return problem.code == "unknown_objective" and workbook.ALSO_IN not in problem.expected


def _name_in(problem: FileProblem) -> str:
    if problem.code == "unknown_objective":
        return problem.expected.partition(workbook.ALSO_IN)[2]
    if problem.code == "sheet_missing":
        return str(TITLES[problem.expected.removeprefix("the sheet ")])
    if problem.code == "column_missing":
        return str(HEADINGS[problem.expected])
    return problem.expected.removeprefix("one of ")
