"""What goes on the agenda for one zone: the one report behind page and file. No format, no words.

The same entries as in the lists, of one zone: `agenda_of(area, zone)` with the area of plans.reports.
coverage_lists, which holds the zone. Everything is as readers outside the zone see it.
"""

from dataclasses import dataclass, replace

from kiv.territory.models import PoliceZone
from plans.reports.coverage import row_states
from plans.selectors.coverage import PlanRow, Scope
from plans.selectors.coverage_area import Area
from plans.selectors.coverage_lists import (
    LookEntry,
    OpenPoint,
    StaleEntry,
    look_entries,
    open_entries,
    open_points,
    stale_entries,
)
from plans.selectors.coverage_remarks import RemarkLine, remark_entries


@dataclass(frozen=True, slots=True)
class Agenda:
    """`row` None: the zone has no row in the cycle, because the zones it was formed from have its plans.

    `states`: state → number of items, empty where no item is shown. `looks` are of items that are not open.
    `stale`: the check that is outdated; None where the cycle is over, for nobody is asked to check anew.
    """

    zone: PoliceZone
    scope: Scope
    row: PlanRow | None
    states: dict[str, int]
    open: tuple[OpenPoint, ...]
    looks: tuple[LookEntry, ...]
    remarks: tuple[RemarkLine, ...]
    stale: StaleEntry | None

    @property
    def is_empty(self) -> bool:
        """Nothing in the plan asks for talk; what is not shared is another matter."""
        return not (self.open or self.looks or self.remarks or self.stale)


def agenda_of(area: Area, zone: PoliceZone) -> Agenda:
    """At most six queries, on top of those of the area."""
    rows = tuple(row for row in area.rows if row.zone.pk == zone.pk)[:1]
    alone = replace(area, rows=rows)
    looks = look_entries(alone)
    stale = () if area.scope.cycle.is_over else stale_entries(alone)
    points = tuple(open_points(open_entries(alone)))
    open_items = {point.entry.item for point in points}
    return Agenda(
        zone=zone,
        scope=area.scope,
        row=rows[0] if rows else None,
        states=dict(row_states(rows[0])) if rows and rows[0].cells else {},
        open=points,
        looks=tuple(look for look in looks if look.item not in open_items),
        remarks=tuple(remark_entries(alone)),
        stale=stale[0] if stale else None,
    )
