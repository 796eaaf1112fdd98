"""The impact of an edition as JSON, `kiv-impact/1` (docs/editions-impact.md), written plan by plan.

Codes and numbers only, in no language; no word of any plan.
"""

import json
from collections.abc import Iterator
from typing import Any

from framework.succession import Link
from plans.reports.impact import Counting, Figures, Impact, PlanImpact

FORMAT = "kiv-impact/1"


def write_impact_json(counting: Counting) -> Iterator[str]:
    """The text in pieces: one for each plan, at last the counts over all of them."""
    scope = counting.scope
    head = {
        "format": FORMAT,
        "edition": scope.edition.code,
        "status": scope.edition.status,
        "predecessor": scope.edition.predecessor.code,
        "cycles": [cycle.name for cycle in scope.cycles],
    }
    yield f'{_json(head)[:-1]}, "by_plan": ['
    for at, plan in enumerate(counting.plans()):
        yield f"{',' if at else ''}\n{_json(_plan(plan))}"
    yield f"\n], {_json(totals(counting.result()))[1:]}\n"


def totals(impact: Impact) -> dict[str, Any]:
    """The counts that stand on the page."""
    return {
        "plans": impact.plans,
        "already": impact.already,
        "apart": impact.apart,
        "over": impact.over,
        "undecided": [item.code for item in impact.undecided],
        **_figures(impact.figures),
        "by_item": [
            {
                "code": row.item.code,
                "kind": row.item.kind,
                "from": [_link(link) for link in row.links],
                **_figures(row.figures),
            }
            for row in impact.items
        ],
        "ended": [
            {
                "edition": row.edition.code,
                "code": row.item.code,
                "plans": row.plans,
                "decided": row.is_decided,
            }
            for row in impact.ended
        ],
        "by_province": [
            {
                "province": row.province.code if row.province else None,
                "plans": row.plans,
                **_figures(row.figures),
            }
            for row in impact.places
        ],
    }


def _plan(row: PlanImpact) -> dict[str, Any]:
    zone = row.plan.zone
    return {
        "plan": row.plan.pk,
        "zone": zone.code or None,
        "name": row.plan.place_name,
        "province": zone.province.code if zone.province else None,
        "cycle": row.plan.cycle.name,
        "version": row.version,
        "edition": row.edition.code,
        **_figures(row.figures),
        "not_shown": row.cells.count(None),
        "ended": list(row.ended),
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "fates": {fate.value: n for fate, n in figures.fates.items()},
        "states": {state.value: n for state, n in figures.states.items()},
    }


def _link(link: Link) -> dict[str, Any]:
    return {"old": link.old, "relation": link.relation.value, "decided": link.is_decided}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
