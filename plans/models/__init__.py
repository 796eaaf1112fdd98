"""The stored form of plans. Rules, services and queries live elsewhere."""

from plans.models.assessment import Assessment, ItemChoice, ItemLink, ItemScore, PassageEvidence
from plans.models.carrying import CarriedItem, Carrying
from plans.models.deadline import Deadline
from plans.models.document import Document, Passage, Suggestion
from plans.models.good_example import GoodExample
from plans.models.notice import Notice, NoticeSetting, OutboxMail
from plans.models.objective import Action, Diagnosis, Indicator, Objective
from plans.models.plan import Cycle, Plan, PlanVersion
from plans.models.review import DigitJudgement, ItemReview, Reading, Remark, RemarkEntry
from plans.models.saved_view import SavedView
from plans.models.sharing import FormalStep, Snapshot
from plans.models.teamwork import Comment, ItemAssignment

__all__ = [
    "Action",
    "Assessment",
    "CarriedItem",
    "Carrying",
    "Comment",
    "Cycle",
    "Deadline",
    "Diagnosis",
    "DigitJudgement",
    "Document",
    "FormalStep",
    "GoodExample",
    "Indicator",
    "ItemAssignment",
    "ItemChoice",
    "ItemLink",
    "ItemReview",
    "ItemScore",
    "Notice",
    "NoticeSetting",
    "Objective",
    "OutboxMail",
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
