"""One item across the plans of an area: what stands behind its cells, for the rows of one page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from framework.models import Item
from plans.models import ItemChoice, ItemLink, ItemScore, Objective
from plans.selectors.coverage import Cell, PlanRow
from plans.selectors.coverage_area import Area


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A plan that shows the item. Words that are hidden are empty; a reason code is a word too.

    `objective`: the title of the one that earned the level, derived or reviewed; empty: there is none.
    """

    row: PlanRow
    cell: Cell
    reason: str
    is_reason_hidden: bool
    objective: str
    is_objective_hidden: bool


def rows_with(area: Area, item: Item, state: str = "") -> list[PlanRow]:
    """The plans that show the item, by name of zone; `state`: those where it is so. No query."""
    return [
        row
        for row in area.rows
        if (cell := area.cell(row, item.pk)) is not None and state in ("", cell.state)
    ]


def item_lines(area: Area, item: Item, rows: Sequence[PlanRow]) -> list[ItemLine]:
    """These rows with what stands behind them. Four queries."""
    assessments = [row.assessment_id for row in rows]
    choices = {
        choice.assessment_id: choice
        for choice in ItemChoice.objects.filter(assessment__in=assessments, item=item)
    }
    earned = {
        assessment: (version, number if level is None else reviewed, withheld.get("objective", ()))
        for assessment, version, number, level, reviewed, withheld in ItemScore.objects.filter(
            assessment__in=assessments, item=item
        ).values_list(
            "assessment",
            "assessment__version",
            "objective",
            "reviewed_level",
            "reviewed_objective",
            "assessment__withheld",
        )
    }
    objectives = {
        (objective.version_id, objective.number): objective
        for objective in _objectives(assessments).filter(
            version__in={version for version, _number, _withheld in earned.values()},
            number__in={number for _version, number, _withheld in earned.values() if number},
        )
    }
    lines = []
    for row in rows:
        version, number, withheld = earned[row.assessment_id]
        choice, objective = choices.get(row.assessment_id), objectives.get((version, number))
        is_withheld = objective is not None and objective.pk in withheld
        lines.append(_line(area, row, item, choice, objective, is_withheld=is_withheld))
    return lines


def _objectives(assessments: Sequence[int]) -> QuerySet[Objective]:
    """With `is_named` and `is_named_openly`: names it an item, and one that is not wholly confidential?

    An objective of hidden items may carry an action for a shown one: then its words are hidden.
    """
    hidden = ItemChoice.objects.filter(
        assessment=OuterRef("assessment"), item=OuterRef("item"), is_item_confidential=True
    )
    links = ItemLink.objects.filter(objective=OuterRef("pk"), assessment__in=assessments)
    return Objective.objects.annotate(
        is_named=Exists(links), is_named_openly=Exists(links.filter(~Exists(hidden)))
    )


def _line(
    area: Area,
    row: PlanRow,
    item: Item,
    choice: ItemChoice | None,
    objective: Objective | None,
    *,
    is_withheld: bool,
) -> ItemLine:
    is_cleared = row.plan_id in area.cleared
    reason_hidden = choice is not None and choice.is_motivation_confidential and not is_cleared
    objective_hidden = objective is not None and (
        (objective.is_confidential and not is_cleared)
        or ((objective.is_named or is_withheld) and not objective.is_named_openly)
    )
    return ItemLine(
        row=row,
        cell=area.cell(row, item.pk),
        reason=choice.reason if choice and not reason_hidden else "",
        is_reason_hidden=reason_hidden,
        objective=objective.title if objective and not objective_hidden else "",
        is_objective_hidden=objective_hidden,
    )
