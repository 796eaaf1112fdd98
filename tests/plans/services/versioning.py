"""What the tests of sharing, versions and steps share: a plan with something of everything, shared.

assessment = make_full_plan()            in preparation: entries of all kinds, a read document, decisions
assessment = share_full_plan()           the same, shared
"""

import json

from django.db import connection

from plans import models
from plans.models import Assessment, PlanVersion
from plans.services.assignments import assign_items
from plans.services.carrying import carry_over
from plans.services.choices import ChoiceChange, save_choices
from plans.services.comments import add_comment
from plans.services.entries import add_entry
from plans.services.scores import store_scores
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory, publish
from tests.plans.documents.acting import accept, make_read_plan, paper, say
from tests.plans.documents.acting import stored as stored_content
from tests.plans.services.acting import as_they_lie, refs
from tests.plans.test_commands import run

REASON = "A decision of the council"
LATER_TABLES = (models.Snapshot, models.FormalStep, models.Carrying, models.CarriedItem)


def stored():
    """Everything that is stored about plans, documents, snapshots and steps, to compare before and after."""
    rows = stored_content()
    for model in LATER_TABLES:
        rows[model.__name__] = as_they_lie(model.objects.all())
    return rows


def fresh(assessment: Assessment) -> Assessment:
    """As another request would fetch it."""
    return Assessment.objects.select_related("edition", "version__plan__zone", "version__plan__cycle").get(
        pk=assessment.pk
    )


def make_full_plan(**zone) -> Assessment:
    """Entries of all four kinds, choices, a document read, and decisions of every sort on its passages."""
    assessment = make_read_plan(**zone)
    adding = {"assessment": assessment, "by": None}
    for title in ("Fewer drugs", "SECRET violence"):
        objective = add_entry(
            **adding, kind="objective", values={"title": title, "due": "2028"}, items=refs("A1", "B1")
        )
        parts = adding | {"objective": objective, "items": refs("A1")}
        add_entry(**parts, kind="action", values={"title": "Lessons", "links": ["prevention"]})
        add_entry(**parts, kind="indicator", values={"title": "Pupils", "target_value": "2000"})
    add_entry(
        **adding, kind="diagnosis", values={"text": "It rises", "is_confidential": True}, items=refs("A1")
    )
    changes = [
        ChoiceChange(item="A1", revision=0, choice="retained"),
        ChoiceChange(item="A3", revision=0, choice="not_retained", reason="capacity", line="SECRET"),
    ]
    save_choices(**adding, changes=changes)
    document = paper(assessment)
    accept(assessment, document, "drugshandel", "A1", objective=objective)
    accept(assessment, document, "camera", "A1", instead_of=assessment.edition.items.get(code="B1"))
    say(assessment, document, "inbraak", "A2", "rejected")
    colleague = UserFactory(editor_of=assessment.version.plan.zone)
    assign_items(assessment=assessment, items={"A1": None}, person_id=colleague.pk, by=None)
    add_comment(assessment=assessment, item=None, text="SECRET comment", by=colleague)
    return fresh(assessment)


def share_full_plan(**zone) -> Assessment:
    return share(make_full_plan(**zone))


def share(assessment: Assessment) -> Assessment:
    """The same, its version shared."""
    share_version(version=assessment.version, by=None)
    return fresh(assessment)


def start(assessment: Assessment, *, kind: str = "addendum", reason: str = REASON, by=None) -> Assessment:
    """The first assessment of the version that is started."""
    started = start_version(version=assessment.version, kind=kind, reason=reason, by=by)
    return fresh(started.assessments.first())


def add_edition(assessment: Assessment) -> Assessment:
    """The same version seen through a second edition."""
    edition = EditionFactory(items=("C1", "C2"), themes=(), published=True)
    second = Assessment.objects.create(version=assessment.version, edition=edition)
    objective = assessment.version.objectives.first()
    models.ItemLink.objects.create(assessment=second, item=edition.items.get(code="C1"), objective=objective)
    store_scores(assessment=second)
    return second


def add_carrying(assessment: Assessment) -> Assessment:
    """A third edition, to which what stands under the second is carried over; nothing was looked at yet."""
    second = add_edition(assessment)
    third = EditionFactory(items=("D1",), predecessor=second.edition)
    publish(third)
    carry_over(version=assessment.version, edition=third, by=None)
    return second


def lead_of(assessment: Assessment):
    return UserFactory(lead_of=assessment.version.plan.zone)


def rows_of(version: PlanVersion) -> dict[str, list]:
    """Everything that belongs to one version, as it lies in the tables."""
    return {
        "version": as_they_lie(PlanVersion.objects.filter(pk=version.pk)),
        **{
            model.__name__: as_they_lie(model.objects.filter(**{path: version.pk}))
            for model, path in PATHS.items()
        },
    }


#: From each table of a plan's content to its version.
PATHS = {
    models.Objective: "version",
    models.Diagnosis: "version",
    models.Action: "objective__version",
    models.Indicator: "objective__version",
    models.Document: "version",
    models.Passage: "document__version",
    models.Assessment: "version",
    models.ItemLink: "assessment__version",
    models.ItemChoice: "assessment__version",
    models.PassageEvidence: "assessment__version",
    models.Suggestion: "assessment__version",
    models.ItemAssignment: "assessment__version",
    models.Comment: "assessment__version",
    models.ItemScore: "assessment__version",
    models.Snapshot: "assessment__version",
    models.FormalStep: "version",
    models.Carrying: "assessment__version",
    models.CarriedItem: "carrying__assessment__version",
    models.Reading: "assessment__version",
    models.Remark: "assessment__version",
    models.Notice: "version",
}


def drop_triggers() -> None:
    """As somebody with the keys of the database could, in the transaction of the test."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='plans_snapshot'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            # What is checked at the end of a transaction is checked now: PostgreSQL alters no table before.
            connection.check_constraints()
            cursor.execute("ALTER TABLE plans_snapshot DISABLE TRIGGER USER")


def found():
    """What the command finds, and its exit status."""
    status, out, err = run("verify_snapshots", "--json")
    assert err == []
    return status, json.loads("\n".join(out))


def problem(assessment, code):
    version = assessment.version
    return {
        "plan": version.plan_id,
        "version": version.number,
        "edition": assessment.edition.code,
        "problem": code,
    }
