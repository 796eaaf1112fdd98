"""The matrix as it is asked for: narrowed, in an order, in groups, a page at a time; counts of all pages.

Format-free like plans.reports.coverage, with which its figures agree.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from math import ceil

from framework.models import Item
from kiv.territory.models import JudicialDistrict, Province
from plans.reports.coverage import Column, columns_of, count_standings, tally
from plans.scoring import State
from plans.selectors.coverage import (
    SHARED_STANDINGS,
    PlanRow,
    Scope,
    Standing,
    count_cells,
    row_heads,
    with_cells,
)

#: Rows on a page of the matrix: the whole country is one page.
PAGE_LENGTH = 500


class Sort(StrEnum):
    NAME = "name"
    CODE = "code"
    SHARED = "shared"
    OPEN = "open"


class Grouping(StrEnum):
    NONE = "none"
    PROVINCE = "province"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which rows of the scope are listed, in which order. `state` is that of `Scope.item`."""

    province: Province | None = None
    district: JudicialDistrict | None = None
    standing: str = ""
    state: str = ""
    sort: Sort = Sort.NAME
    grouping: Grouping = Grouping.NONE
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        """Whether rows of the area asked for are left out."""
        return bool(self.standing or self.state)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one province or district on this page; the counts are those of all pages.

    `place` is None for zones of which it is not known.
    """

    place: Province | JudicialDistrict | None
    rows: tuple[PlanRow, ...]
    total: int
    shared: int


@dataclass(frozen=True)
class CoveragePage:
    """`area`: the rows of the place asked for; `listed`: those of them that narrowing leaves, in order, both
    without cells. `rows`: those of this page, with cells. `columns` and `standings` count all that is listed.
    """

    scope: Scope
    items: tuple[Item, ...]
    area: tuple[PlanRow, ...]
    listed: tuple[PlanRow, ...]
    rows: tuple[PlanRow, ...]
    columns: tuple[Column, ...]
    narrowing: Narrowing
    number: int
    pages: int

    @cached_property
    def standings(self) -> Mapping[Standing, int]:
        return count_standings(self.listed)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """In their order; one group without a place when none is asked for."""
        place_of = PLACES[self.narrowing.grouping]
        totals = Counter(place_of(row) for row in self.listed)
        shared = Counter(place_of(row) for row in self.listed if row.standing in SHARED_STANDINGS)
        by_place: dict = {}
        for row in self.rows:
            by_place.setdefault(place_of(row), []).append(row)
        return tuple(
            Group(place, tuple(rows), totals[place], shared[place]) for place, rows in by_place.items()
        )


#: Grouping → what a row is grouped by.
PLACES: dict[Grouping, Callable[[PlanRow], Province | JudicialDistrict | None]] = {
    Grouping.NONE: lambda row: None,
    Grouping.PROVINCE: lambda row: row.zone.province,
    Grouping.DISTRICT: lambda row: row.zone.district,
}

#: Sort → the key of a row, after which its name decides. What is not known comes last.
KEYS: dict[Sort, Callable[[PlanRow], tuple]] = {
    Sort.NAME: lambda row: (),
    Sort.CODE: lambda row: (not row.zone.code, row.zone.code),
    Sort.SHARED: lambda row: (-row.shared_at.timestamp() if row.shared_at else float("inf"),),
    Sort.OPEN: lambda row: (row.assessment_id is None, -row.open_items),
}


def heads_of(user, scope: Scope, sort: Sort) -> list[PlanRow]:
    """All rows of the scope, before narrowing; what a form offers to narrow by comes from them. One query."""
    return row_heads(user, replace(scope, counts_open=sort == Sort.OPEN))


def page_of(
    scope: Scope,
    items: Sequence[Item],
    heads: Iterable[PlanRow],
    narrowing: Narrowing,
    *,
    length: int | None = None,
) -> CoveragePage:
    """The page asked for, or the last one there is.

    A query for its cells; where there are more pages, another for the counts of all of them.
    """
    length = length or PAGE_LENGTH
    area = tuple(row for row in heads if _is_in_place(row, narrowing))
    listed = tuple(sorted((row for row in area if _is_listed(row, narrowing)), key=_order_of(narrowing)))
    pages = max(1, ceil(len(listed) / length))
    number = min(max(1, narrowing.page), pages)
    rows = tuple(with_cells(listed[(number - 1) * length : number * length], items))
    return CoveragePage(
        scope=scope,
        items=tuple(items),
        area=area,
        listed=listed,
        rows=rows,
        columns=columns_of(items, tally(items, rows) if pages == 1 else count_cells(listed)),
        narrowing=narrowing,
        number=number,
        pages=pages,
    )


def _is_in_place(row: PlanRow, narrowing: Narrowing) -> bool:
    province, district = narrowing.province, narrowing.district
    return (province is None or row.zone.province_id == province.pk) and (
        district is None or row.zone.district_id == district.pk
    )


def _is_listed(row: PlanRow, narrowing: Narrowing) -> bool:
    return (not narrowing.standing or row.standing == narrowing.standing) and (
        not narrowing.state or row.item_state == narrowing.state
    )


def _order_of(narrowing: Narrowing) -> Callable[[PlanRow], tuple]:
    """Rows come by name, and sorting keeps the order of equals."""
    key, place_of = KEYS[narrowing.sort], PLACES[narrowing.grouping]

    def order(row: PlanRow) -> tuple:
        place = place_of(row)
        return (place is None, str(place or ""), *key(row))

    return order


def open_most_often(page: CoveragePage) -> Column | None:
    """The column with most plans that leave it open, the first of equals; None where nothing is open."""
    column = max(page.columns, key=lambda column: column.states[State.OPEN], default=None)
    return column if column and column.states[State.OPEN] else None
