"""The coverage as a tagged PDF on wide pages: what typst/coverage.typ is given. The words: coverage_paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kiv.templatetags.kiv_ui import colon
from plans.coverage_sentences import SHORT_STATES
from plans.enums import Choice
from plans.reports.check_pdf import LEVEL_SIGNS, STATE_SIGNS
from plans.reports.coverage import LEVELS
from plans.reports.coverage_paper import (
    STANDINGS,
    CoveragePaper,
    Fact,
    confidential_word,
    level_words,
    shared_on,
    state_words,
)
from plans.reports.showable import replaced_sentence, showable
from plans.reports.typesetting import typeset
from plans.scoring import State
from plans.selectors.coverage import Basis, Cell, PlanRow, Standing

CONTENT_TYPE = "application/pdf"
#: Rows of the matrix: more than eight times the country. A spreadsheet has no such bound.
MOST_ROWS = 1_500


class TooManyRows(Exception):
    """More rows than a PDF is made of."""


def write_coverage_pdf(paper: CoveragePaper) -> bytes:
    """The file's bytes; the same paper gives the same bytes. Raises TooManyRows or NotTypeset."""
    if len(paper.coverage.rows) > MOST_ROWS:
        raise TooManyRows
    coverage = paper.coverage
    is_reviewed = coverage.scope.basis == Basis.REVIEWED
    data = showable(
        {
            "title": paper.title,
            "place": "KIV-toets",
            "language": paper.language,
            "facts": [f"{_label(fact)} {_text(fact)}" for fact in paper.facts],
            "standings": [f"{_label(fact)} {fact.value}" for fact in paper.counts],
            "notes": paper.notes,
            "items": [
                {"code": head.code, "title": head.title, "language": head.language} for head in paper.heads
            ],
            "counts": [
                [column.shown, *column.states.values(), *_levels(column, is_reviewed=is_reviewed)]
                for column in coverage.columns
            ],
            "rows": [_row(row, is_reviewed=is_reviewed) for row in coverage.rows],
            "labels": _labels(is_reviewed=is_reviewed),
        }
    )
    data["replaced"] = replaced_sentence(data)
    return typeset("coverage.typ", data, paper.made_at)


def _levels(column, *, is_reviewed: bool) -> Sequence[int]:
    return (column.reviewed if is_reviewed else column.levels).values()


def _row(row: PlanRow, *, is_reviewed: bool) -> dict[str, Any]:
    cells = [_cell(cell, is_reviewed=is_reviewed) for cell in row.cells]
    return {"name": row.place_name, "status": _status(row), "cells": cells}


def _status(row: PlanRow) -> str:
    """Beside items a date is enough; elsewhere it says why there are none."""
    words = {
        "day": date_format(shared_on(row), "SHORT_DATE_FORMAT") if row.shared_at else "",
        "status": STANDINGS[row.standing],
        "edition": row.other_edition,
    }
    if row.other_edition:
        return _("shared on %(day)s, checked under %(edition)s only") % words
    if row.standing == Standing.REVIEWED and row.shared_at:
        return _("%(day)s, reviewed") % words
    if row.cells:
        return words["day"]
    return str(words["status"])


def _cell(cell: Cell | None, *, is_reviewed: bool) -> str:
    """As on the page: the level of what was retained, else the state in a word."""
    if cell is None:
        return _short_confidential()
    if cell.choice == Choice.RETAINED:
        level = cell.reviewed if is_reviewed and cell.reviewed is not None else cell.level
        return f"{LEVEL_SIGNS[level]} {level}"
    return str(SHORT_STATES[State(cell.state)])


def _short_confidential() -> str:
    return pgettext("short cell", "conf.")


def _labels(*, is_reviewed: bool) -> dict[str, Any]:
    return {
        "colon": colon(),
        "plans_title": _("Number of plans"),
        "counts_title": _("How many plans stand where, item by item"),
        "matrix_title": _("Plan by plan"),
        "shown_title": _("What is not shown, and why"),
        "item": _("Item"),
        "counted": _("Plans counted"),
        "states": [f"{STATE_SIGNS[state]} {state_words(state)}" for state in State],
        "levels": [f"{LEVEL_SIGNS[level]} {level_words(level)}" for level in LEVELS],
        "place": _("Zone"),
        "status": _("Shared on"),
        "levels_said": _("In the cells: the level after review, of what was retained")
        if is_reviewed
        else _("In the cells: the level of what was retained"),
        "others_said": _("Otherwise"),
        "others": [
            f"{SHORT_STATES[State.REGULAR]} = {state_words(State.REGULAR)}",
            f"{SHORT_STATES[State.MOTIVATED]} = {state_words(State.MOTIVATED)}",
            state_words(State.OPEN),
            f"{_short_confidential()} = {confidential_word()}",
        ],
        "none": _("There are no zones in this area."),
    }


def _label(fact: Fact) -> str:
    return f"{fact.label}{colon()}"


def _text(fact: Fact) -> str:
    is_moment = isinstance(fact.value, datetime)
    return date_format(fact.value, "SHORT_DATETIME_FORMAT") if is_moment else str(fact.value)
