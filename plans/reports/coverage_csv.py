"""The coverage as a CSV file: a row for each item of each plan (coverage_grid.long_grid)."""

from datetime import date

from plans.reports.as_csv import write_csv
from plans.reports.coverage_grid import Value, long_grid
from plans.reports.coverage_paper import CoveragePaper

CONTENT_TYPE = "text/csv; charset=utf-8"


def write_coverage_csv(paper: CoveragePaper) -> bytes:
    """Days as 2026-03-31, which no setting of a spreadsheet misreads."""
    grid = long_grid(paper)
    return write_csv([grid.heads, *([_text(value) for value in row] for row in grid.rows)])


def _text(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
