"""Plans stored in bulk: row by row what the services of every day make of the same contents."""

import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from kiv.audit.models import AuditEvent
from kiv.audit.services import NotInTransaction, record_all
from plans.models import Assessment, Plan, PlanVersion, Snapshot
from plans.selectors.scoring_input import published_items
from plans.selectors.snapshots import verified_snapshots
from plans.services.bulk import add_plans
from plans.services.cycles import load_cycles
from plans.services.demo import CYCLES, FOLDER
from plans.services.demo_zones import draw_plans
from plans.services.importing import import_plan
from plans.services.plans import create_plan
from plans.services.scores import differences
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.factories.accounts import UserFactory
from tests.factories.plans import load_shipped_editions
from tests.plans.services.acting import TABLES

pytestmark = pytest.mark.django_db

#: What differs by nature: when something happened, and who did it.
MOMENTS = {"created_at", "changed_at", "shared_at", "scored_at", "made_at", "at"}


@pytest.fixture
def drawn():
    """A sample of the demonstration: addenda shared and not, preparation, both editions, three languages."""
    load_shipped_editions()
    call_command("load_zones", verbosity=0)
    load_cycles(data=CYCLES.read_bytes(), by=None)
    plans = list(draw_plans(FOLDER, published_items(), timezone.now()))
    wanted = [
        lambda plan: len(plan.versions) == 2 and plan.versions[1].shared_at,
        lambda plan: len(plan.versions) == 2 and not plan.versions[1].shared_at,
        lambda plan: len(plan.versions) == 1 and not plan.versions[0].shared_at,
        *(lambda plan, code=code: plan.edition.code == code for code in ("kiv-2016-2019", "kiv-2022-2024")),
        *(lambda plan, language=language: plan.language == language for language in ("nl", "fr", "de")),
    ]
    sample = []
    for is_wanted in wanted:
        sample.append(next(plan for plan in plans if is_wanted(plan) and plan not in sample))
    return sample


def by_services(plans):
    for new in plans:
        assessment = create_plan(
            zone=new.zone, cycle=new.cycle, edition=new.edition, language=new.language, by=None
        )
        for number, version in enumerate(new.versions, 1):
            if number > 1:
                started = start_version(
                    version=assessment.version,
                    kind="addendum",
                    reason=version.reason,
                    by=UserFactory(lead_of=new.zone),
                )
                assessment = started.assessments.get()
            import_plan(assessment=assessment, content=version.content, by=None, replace=number > 1)
            if version.shared_at:
                share_version(version=assessment.version, by=None)


def kept():
    """Every row of every table; ids are places in the table, so that what points at what is compared too."""
    tables = (*TABLES[:-1], Snapshot)
    places = {
        model: {pk: at for at, pk in enumerate(model.objects.order_by("pk").values_list("pk", flat=True))}
        for model in tables
    }
    return {model.__name__: [_row(row, places) for row in model.objects.order_by("pk")] for model in tables}


def _row(row, places):
    values = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in MOMENTS:
            value = value is not None
        elif field.primary_key or field.related_model in places:
            value = value and places[field.related_model or type(row)][value]
        values[field.attname] = value
    return values


def events():
    """The events of plans as (name, kind of object, place of the object, zone, place of the plan, data)."""
    places = {
        "plans.plan": dict(
            zip(Plan.objects.order_by("pk").values_list("pk", flat=True), range(99), strict=False)
        ),
        "plans.planversion": dict(
            zip(PlanVersion.objects.order_by("pk").values_list("pk", flat=True), range(99), strict=False)
        ),
    }
    plans = places["plans.plan"]
    return [
        (
            row.event,
            row.on_type,
            places[row.on_type][int(row.on_id)],
            row.zone_id,
            plans[row.plan_id],
            json.dumps(
                row.data | ({"plan": plans[row.data["plan"]]} if "plan" in row.data else {}), sort_keys=True
            ),
        )
        for row in AuditEvent.objects.filter(on_type__startswith="plans.plan").order_by("id")
    ]


def test_rows_scores_snapshots_and_events_are_those_of_the_services(drawn):
    undone = transaction.savepoint()
    by_services(drawn)
    wanted, told = kept(), events()
    transaction.savepoint_rollback(undone)
    made = add_plans(plans=drawn, by=None)
    for table, rows in kept().items():
        assert rows == wanted[table], table
    # The trail is in the order in which things happened, not plan by plan.
    assert sorted(events()) == sorted(told)
    assert len(made) == Assessment.objects.count() == sum(len(plan.versions) for plan in drawn)
    assert [list(differences(one)) for one in Assessment.objects.all()] == [[]] * len(made)
    verified = list(verified_snapshots())
    assert len(verified) == sum(version.shared_at is not None for plan in drawn for version in plan.versions)
    assert {one.problems for one in verified} == {()}


def test_moments_are_those_that_were_given(drawn):
    made = add_plans(plans=drawn, by=None)
    given = [version for plan in drawn for version in plan.versions]
    for assessment, version in zip(made, given, strict=True):
        stored = PlanVersion.objects.get(pk=assessment.version_id)
        assert (stored.changed_at, stored.shared_at) == (version.changed_at, version.shared_at)
        assert Assessment.objects.get(pk=assessment.pk).scored_at == version.changed_at
    assert [plan.created_at for plan in Plan.objects.order_by("pk")] == [
        plan.versions[0].started_at for plan in drawn
    ]
    trail = list(AuditEvent.objects.filter(plan_id__isnull=False).order_by("id").values_list("at", flat=True))
    assert trail == sorted(trail)
    wanted = [
        moment
        for one in given
        for moment in (one.started_at, one.changed_at, one.shared_at)
        if moment is not None
    ]
    assert trail == sorted(wanted)
    assert set(AuditEvent.objects.filter(plan_id__isnull=False).values_list("actor_id", flat=True)) == {None}


def test_a_plan_that_exists_stores_nothing(drawn):
    add_plans(plans=drawn[:1], by=None)
    before = kept(), AuditEvent.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        add_plans(plans=drawn, by=None)
    assert (kept(), AuditEvent.objects.count()) == before


@pytest.mark.django_db(transaction=True)
def test_many_events_are_recorded_inside_a_transaction_only():
    with pytest.raises(NotInTransaction):
        record_all([AuditEvent(event="x", on_type="y")])
    assert AuditEvent.objects.count() == 0
