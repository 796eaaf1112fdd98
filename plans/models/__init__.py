"""The stored form of plans. Rules, services and queries live elsewhere."""

from plans.models.assessment import Assessment, ItemChoice, ItemLink, ItemScore, PassageEvidence
from plans.models.document import Document, Passage, Suggestion
from plans.models.objective import Action, Diagnosis, Indicator, Objective
from plans.models.plan import Cycle, Plan, PlanVersion
from plans.models.review import DigitJudgement, ItemReview, Reading, Remark, RemarkEntry
from plans.models.saved_view import SavedView
from plans.models.sharing import FormalStep, Snapshot

__all__ = [
    "Action",
    "Assessment",
    "Cycle",
    "Diagnosis",
    "DigitJudgement",
    "Document",
    "FormalStep",
    "Indicator",
    "ItemChoice",
    "ItemLink",
    "ItemReview",
    "ItemScore",
    "Objective",
    "Passage",
    "PassageEvidence",
    "Plan",
    "PlanVersion",
    "Reading",
    "Remark",
    "RemarkEntry",
    "SavedView",
    "Snapshot",
    "Suggestion",
]
