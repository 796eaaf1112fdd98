"""Coverage of an area: counts per item over all plans, and the plans themselves page by page."""

from datetime import datetime

from pydantic import Field

from framework.enums import ItemKind
from kiv.api.answers.shared import Answer, Page
from kiv.api.answers.zones import MunicipalityAnswer, ZoneName, municipality_answer, zone_name
from plans.enums import Choice, PlanKind
from plans.reports.coverage import Column, Coverage
from plans.scoring import State
from plans.selectors.coverage import Basis, PlanRow, Standing


class States(Answer):
    """How many plans are in each state."""

    elaborated: int = Field(description="Retained, level 2 or more.")
    to_elaborate: int = Field(description="Retained, level 0 or 1.")
    regular: int = Field(description="Regular policing, with a line or a quote.")
    motivated: int = Field(description="Not retained, with a complete motivation.")
    open: int = Field(description="Everything else.")


class Standings(Answer):
    """How many plans stand where."""

    no_plan: int = Field(description="Zones of today without a plan in the cycle.")
    preparation: int = Field(description="Plans of which no version was shared yet.")
    shared: int = Field(description="Plans of which the latest shared version is not reviewed yet.")
    reviewed: int = Field(description="Plans of which the latest shared version was reviewed.")


class ItemCounts(Answer):
    """One item over all plans of the area that show it: counts, never means."""

    code: str = Field(description="Code of the item.")
    kind: ItemKind = Field(description="Priority or theme.")
    shown: int = Field(description="How many plans are counted here.")
    states: States = Field(description="Plans by state.")
    levels: dict[str, int] = Field(description="Derived level (0 to 4) → number of plans.")
    reviewed_levels: dict[str, int] = Field(description="Level after review (0 to 4) → number of plans.")
    shifts: dict[str, int] = Field(description="Reviewed less derived level → number of plans.")


class CellAnswer(Answer):
    """An item of a plan."""

    code: str = Field(description="Code of the item.")
    state: State = Field(description="Where the item stands.")
    level: int = Field(ge=0, le=4, description="Derived level.")
    choice: Choice = Field(description="What the zone decided; of a theme, retained means applied.")
    reviewed_level: int | None = Field(description="Level after review; null until the review is finished.")


class CoverageRow(Answer):
    """A plan of the area, or a zone without one."""

    zone: ZoneName = Field(description="The police zone.")
    municipality: MunicipalityAnswer | None = Field(
        description="Of a local plan its municipality, else null."
    )
    plan: int | None = Field(description="Id of the plan; null without one.")
    standing: Standing = Field(description="What is known of the plan.")
    version: int | None = Field(description="Number of the version shown.")
    shared_at: datetime | None = Field(description="When that version was shared.")
    other_edition: str | None = Field(
        description="Code of the edition that it was checked under, when that is not the one asked for."
    )
    items: list[CellAnswer] = Field(
        description="Its items, in the order of the edition; wholly confidential ones are left out."
    )


class CoverageAnswer(Page):
    """Coverage of your area. Counts are of the whole area that was asked for, whatever the page."""

    cycle: str = Field(description="Name of the cycle.")
    edition: str = Field(description="Code of the edition.")
    basis: Basis = Field(description="Which version counts.")
    kind: PlanKind = Field(description="Plans of zones, or of municipalities.")
    standings: Standings = Field(description="The plans, by where they stand.")
    items: list[ItemCounts] = Field(description="Counts per item, in the order of the edition.")
    results: list[CoverageRow] = Field(description="Plans, and zones without one, by name of zone.")


def coverage_answer(coverage: Coverage, page: dict) -> CoverageAnswer:
    """`page`: the fields of a page, `results` still rows of the report."""
    scope, codes = coverage.scope, [item.code for item in coverage.items]
    return CoverageAnswer(
        **page | {"results": [_row(row, codes) for row in page["results"]]},
        cycle=scope.cycle.name,
        edition=scope.edition.code,
        basis=scope.basis,
        kind=scope.kind,
        standings=Standings(**coverage.standings),
        items=[_counts(column) for column in coverage.columns],
    )


def _counts(column: Column) -> ItemCounts:
    return ItemCounts(
        code=column.item.code,
        kind=column.item.kind,
        shown=column.shown,
        states=States(**column.states),
        levels=_named(column.levels),
        reviewed_levels=_named(column.reviewed),
        shifts=_named(column.shifts),
    )


def _named(counts) -> dict[str, int]:
    return {str(number): count for number, count in counts.items()}


def _row(row: PlanRow, codes: list[str]) -> CoverageRow:
    cells = zip(codes, row.cells, strict=True) if row.cells else ()
    return CoverageRow(
        zone=zone_name(row.zone),
        municipality=municipality_answer(row.municipality),
        plan=row.plan_id,
        standing=row.standing,
        version=row.version,
        shared_at=row.shared_at,
        other_edition=row.other_edition or None,
        items=[
            CellAnswer(
                code=code,
                state=cell.state,
                level=cell.level,
                choice=cell.choice,
                reviewed_level=cell.reviewed,
            )
            for code, cell in cells
            if cell
        ],
    )
