"""The stored form of plans. Rules, services and queries live elsewhere."""

from plans.models.assessment import Assessment, ItemChoice, ItemLink, ItemScore, PassageEvidence
from plans.models.objective import Action, Diagnosis, Indicator, Objective
from plans.models.plan import Cycle, Plan, PlanVersion

__all__ = [
    "Action",
    "Assessment",
    "Cycle",
    "Diagnosis",
    "Indicator",
    "ItemChoice",
    "ItemLink",
    "ItemScore",
    "Objective",
    "PassageEvidence",
    "Plan",
    "PlanVersion",
]
