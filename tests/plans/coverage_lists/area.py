"""A small area for the tests of lists: plans made through the services of every day, and short questions."""

from kiv.territory.models import PoliceZone
from plans.models import Assessment, RemarkEntry
from plans.reports.coverage_lists import Narrowed, area_of, entries_of
from plans.selectors.coverage import Scope
from plans.services.remarks import write_remark
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import ZoneFactory
from tests.plans.cast import make_cycle

#: An objective that reaches level 2: it has an action.
OBJECTIVE = {"title": "Fewer burglaries", "items": "P1", "actions": [{"title": "Advice", "items": "P1"}]}
SECRET = {"choice": "not_retained", "reason": "capacity", "line": "SECRET words", "confidential": True}
#: One plan with something for every list. Open: P2 (nothing chosen) and T1 (no line); T2 exists for nobody.
FULL = {
    "objectives": [OBJECTIVE],
    "choices": {
        "P1": "retained",
        "P3": {"choice": "not_retained", "reason": "capacity", "line": "Too few people"},
        "T1": "regular",
        "T2": {
            "choice": "not_retained",
            "reason": "capacity",
            "line": "SECRET item",
            "item_confidential": True,
        },
    },
}


def lay(name: str, edition, zone: PoliceZone | None = None, **parts) -> Assessment:
    """A shared plan of a zone with this name."""
    zone = zone or ZoneFactory(name=name)
    return AssessmentFactory(**{"zone": zone, "edition": edition, "shared": True} | parts)


def scope_of(edition, **values) -> Scope:
    return Scope(make_cycle(), edition, **values)


def area(user, edition, **values):
    return area_of(user, scope_of(edition, **values))


def entries(user, edition, name: str, **asked):
    return entries_of(name, area(user, edition), Narrowed(**asked))


def ask(assessment: Assessment, by, *, item: str | None = "P1", text="Why?", at=None, **values):
    """A reviewer's remark, written at a moment."""
    remark = write_remark(assessment=assessment, item=item, text=text, by=by, **values)
    if at is not None:
        RemarkEntry.objects.filter(remark=remark).update(written_at=at)
    return remark
