"""The coverage as a spreadsheet: a cover that says what is shown, then the tables of coverage_grid."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plans.reports.as_xlsx import CONTENT_TYPE, Cover, Sheet, write_xlsx
from plans.reports.coverage import LEVELS
from plans.reports.coverage_grid import grids_of
from plans.reports.coverage_paper import CoveragePaper, level_words, state_words
from plans.scoring import State

__all__ = ["CONTENT_TYPE", "write_coverage_xlsx"]


def write_coverage_xlsx(paper: CoveragePaper) -> bytes:
    """The file, in the language of the paper, which is the active one."""
    sheets = [Sheet(grid.name, grid.heads, grid.rows, grid.fixed) for grid in grids_of(paper)]
    return write_xlsx(cover_of(paper), sheets, made_at=paper.made_at)


def cover_of(paper: CoveragePaper) -> Cover:
    return Cover(
        pgettext("sheet", "About"),
        paper.title,
        (
            (_("What is shown"), [(fact.label, fact.value) for fact in paper.facts]),
            (_("Number of plans"), [(fact.label, fact.value) for fact in paper.counts]),
            (_("What is not shown, and why"), [(note,) for note in paper.notes]),
            (_("Levels"), [(level_words(level),) for level in LEVELS]),
            (_("States"), [(state_words(state),) for state in State]),
            (_("Items"), [(head.code, head.title) for head in paper.heads]),
        ),
    )
