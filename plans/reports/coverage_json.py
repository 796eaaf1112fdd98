"""The coverage as JSON, `kiv-coverage/1`: docs/coverage-exports.md describes every field.

Values are the stored ones, in no language; titles and `words` are the reader's.
"""

import json
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from kiv.templatetags.kiv_ui import LEVELS, STATES
from plans.reports.coverage import Column
from plans.reports.coverage_paper import STANDINGS, CoveragePaper, Head
from plans.selectors.coverage import Cell, PlanRow

CONTENT_TYPE = "application/json"
FORMAT = "kiv-coverage/1"


def write_coverage_json(paper: CoveragePaper) -> bytes:
    return json.dumps(coverage_data(paper), ensure_ascii=False, indent=1).encode()


def coverage_data(paper: CoveragePaper) -> dict[str, Any]:
    coverage, scope = paper.coverage, paper.coverage.scope
    codes = [head.code for head in paper.heads]
    return {
        "format": FORMAT,
        "language": paper.language,
        "title": paper.title,
        "made_at": paper.made_at.isoformat(timespec="seconds"),
        "cycle": scope.cycle.name,
        "edition": scope.edition.code,
        "basis": scope.basis.value,
        "kind": str(scope.kind),
        "shown": {fact.label: _plain(fact.value) for fact in paper.facts},
        "not_shown": list(paper.notes),
        "words": {
            "states": {state: str(words) for state, words in STATES.items()},
            "levels": {str(level): str(words) for level, words in LEVELS.items()},
            "standings": {standing.value: str(words) for standing, words in STANDINGS.items()},
        },
        "standings": {standing.value: number for standing, number in coverage.standings.items()},
        "items": [_item(head, column) for head, column in zip(paper.heads, coverage.columns, strict=True)],
        "plans": [_plan(row, codes) for row in coverage.rows],
    }


def _item(head: Head, column: Column) -> dict[str, Any]:
    return {
        "code": head.code,
        "kind": head.kind,
        "title": head.title,
        "plans": column.shown,
        "states": dict(column.states),
        "levels": _by_text(column.levels),
        "reviewed": _by_text(column.reviewed),
        "shifts": _by_text(column.shifts),
    }


def _plan(row: PlanRow, codes: list[str]) -> dict[str, Any]:
    zone = row.zone
    return {
        "zone": {
            "code": zone.code or None,
            "name": zone.shown_name,
            "province": zone.province.code if zone.province else None,
            "district": zone.district.code if zone.district else None,
        },
        "municipality": row.municipality.name if row.municipality else None,
        "plan": row.plan_id,
        "standing": row.standing.value,
        "version": row.version,
        "shared_at": localtime(row.shared_at).isoformat(timespec="seconds") if row.shared_at else None,
        "other_edition": row.other_edition or None,
        "items": {code: _cell(cell) for code, cell in zip(codes, row.cells, strict=True)}
        if row.cells
        else None,
    }


def _cell(cell: Cell | None) -> dict[str, Any] | None:
    """None: confidential as a whole."""
    if cell is None:
        return None
    return {
        "state": str(cell.state),
        "level": cell.level,
        "choice": str(cell.choice),
        "reviewed": cell.reviewed,
    }


def _by_text(counts) -> dict[str, int]:
    """JSON has no numbers as names."""
    return {str(value): number for value, number in counts.items()}


def _plain(value) -> str | int:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value
