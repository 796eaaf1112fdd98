"""What the tests of services share: every act on a plan's content, what was recorded, what is stored."""

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet

from kiv.audit.models import AuditEvent
from kiv.territory.services import rebuild_lineage
from plans import models
from plans.planformat import ItemRef
from plans.services.choices import ChoiceChange, confirm_proposals, save_choices
from plans.services.entries import add_entry, change_entry, remove_entry
from plans.services.importing import import_plan
from tests.factories.accounts import UserFactory
from tests.factories.plans import content_of
from tests.factories.territory import MunicipalityFactory, ZoneFactory

TABLES = (
    models.Plan,
    models.PlanVersion,
    models.Assessment,
    models.Objective,
    models.Action,
    models.Indicator,
    models.Diagnosis,
    models.ItemLink,
    models.ItemChoice,
    models.PassageEvidence,
    models.ItemScore,
    AuditEvent,
)


def refs(*codes):
    return [ItemRef(item=code) for code in codes]


def as_they_lie(rows: QuerySet) -> list[tuple]:
    """These rows as they lie in their table, unconverted: to compare before and after."""
    sql, parameters = rows.order_by("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def stored():
    """Everything that is stored about plans, to compare before and after."""
    return {model.__name__: as_they_lie(model.objects.all()) for model in TABLES}


def events_since(mark):
    """(event, actor, kind of object, its id, zone, data) of the events after `mark` of them."""
    rows = AuditEvent.objects.order_by("id").values_list(
        "event", "actor_id", "on_type", "on_id", "zone_id", "data"
    )
    return list(rows[mark:])


def event_count():
    return AuditEvent.objects.count()


def _first(assessment, name):
    return {
        "objective": assessment.version.objectives.first(),
        "diagnosis": assessment.version.diagnoses.first(),
        "action": models.Action.objects.filter(objective__version=assessment.version).first(),
        "indicator": models.Indicator.objects.filter(objective__version=assessment.version).first(),
    }[name]


def _adding(kind, values, hangs=False):
    def act(assessment, by):
        objective = _first(assessment, "objective") if hangs else None
        add_entry(assessment=assessment, kind=kind, by=by, values=values, objective=objective)

    return act


def _changing(kind):
    def act(assessment, by):
        entry = _first(assessment, kind)
        field = "text" if kind == "diagnosis" else "title"
        change_entry(
            assessment=assessment,
            entry=entry,
            by=by,
            revision=entry.revision,
            values={field: "new"},
            items=[],
        )

    return act


def _removing(kind):
    def act(assessment, by):
        entry = _first(assessment, kind)
        remove_entry(assessment=assessment, entry=entry, by=by, revision=entry.revision)

    return act


def _saving(assessment, by):
    change = ChoiceChange(item="P3", revision=1, choice="retained")
    save_choices(assessment=assessment, by=by, changes=[change])


def _importing(assessment, by):
    content = content_of(assessment, objectives=[{"title": "imported"}])
    import_plan(assessment=assessment, content=content, by=by, replace=True)


#: Every act on the content of a plan made with `elaborated=True`.
ACTS = {
    "add objective": _adding("objective", {"title": "x"}),
    "add action": _adding("action", {"title": "x"}, hangs=True),
    "add indicator": _adding("indicator", {"title": "x"}, hangs=True),
    "add diagnosis": _adding("diagnosis", {"text": "x"}),
    **{f"change {kind}": _changing(kind) for kind in ("objective", "action", "indicator", "diagnosis")},
    **{f"remove {kind}": _removing(kind) for kind in ("objective", "action", "indicator", "diagnosis")},
    "save choices": _saving,
    "confirm proposals": lambda assessment, by: confirm_proposals(assessment=assessment, by=by),
    "import": _importing,
}


def _successor_lead(zone):
    """Leads the zone that this one was merged into: reads its plans, changes none."""
    successor = ZoneFactory(predecessors=[zone])
    return UserFactory(lead_of=successor)


def _predecessor_lead(zone):
    old = ZoneFactory(is_discontinued=True)
    old.successors.add(zone)
    rebuild_lineage()
    return UserFactory(lead_of=old)


#: Everybody who may not change a zone's own plan.
NOT_EDITORS = {
    "nobody": lambda zone: UserFactory(),
    "visitor": lambda zone: AnonymousUser(),
    "reader": lambda zone: UserFactory(reader_of=zone),
    "closed account": lambda zone: UserFactory(lead_of=zone, is_active=False),
    "another zone's lead": lambda zone: UserFactory(lead_of=ZoneFactory()),
    "successor's lead": _successor_lead,
    "predecessor's lead": _predecessor_lead,
    "municipality's lead": lambda zone: UserFactory(lead_of=MunicipalityFactory(zone=zone)),
    "coordinator of the zone": lambda zone: UserFactory(coordinator_of=zone),
    "cleared coordinator": lambda zone: UserFactory(cleared_coordinator_of="country"),
    "framework administrator": lambda zone: UserFactory(is_framework_administrator=True),
    "system administrator": lambda zone: UserFactory(is_system_administrator=True),
}
