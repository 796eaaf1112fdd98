"""The one plan format (docs/plan-format.md): file ↔ plain objects → scorer input.

Import, export, scorer input and test data are all this. As a spreadsheet: `workbook` reads it, `sheet_rows`
gives what is written. Plain Python: no Django, no database.
"""

from plans.planformat.dump import dump_json, dump_plan
from plans.planformat.identity import passage_identity
from plans.planformat.read import read_plan
from plans.planformat.scoring_input import scoring_input
from plans.planformat.signs import has_forbidden_signs, is_blank
from plans.planformat.types import (
    FORMAT,
    ActionEntry,
    ChoiceEntry,
    DiagnosisEntry,
    IndicatorEntry,
    ItemRef,
    ObjectiveEntry,
    PassageEntry,
    PlanContent,
    PlanHeader,
)

__all__ = [
    "FORMAT",
    "ActionEntry",
    "ChoiceEntry",
    "DiagnosisEntry",
    "IndicatorEntry",
    "ItemRef",
    "ObjectiveEntry",
    "PassageEntry",
    "PlanContent",
    "PlanHeader",
    "dump_json",
    "dump_plan",
    "has_forbidden_signs",
    "is_blank",
    "passage_identity",
    "read_plan",
    "scoring_input",
]
