"""Plans stored in bulk: row by row what the services of every day make of the same contents."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from framework.models import Item
from kiv.accounts.models import User
from kiv.audit.models import AuditEvent
from plans.models import (
    Assessment,
    DigitJudgement,
    GoodExample,
    ItemReview,
    Plan,
    PlanVersion,
    Reading,
    Remark,
    RemarkEntry,
    Snapshot,
)
from plans.rules import REVIEWERS_EVENTS
from plans.selectors.good_examples import examples_of_plans
from plans.selectors.scoring_input import published_items
from plans.selectors.snapshots import verified_snapshots
from plans.services.bulk import add_plans
from plans.services.cycles import load_cycles
from plans.services.demo import CYCLES, FOLDER
from plans.services.demo_zones import draw_plans
from plans.services.scores import differences
from tests.factories.accounts import UserFactory
from tests.factories.plans import load_shipped_editions
from tests.plans.services.acting import TABLES
from tests.plans.services.everyday import by_services

pytestmark = pytest.mark.django_db

#: What differs by nature: when something happened, and who did it.
MOMENTS = {
    "created_at",
    "changed_at",
    "shared_at",
    "scored_at",
    "made_at",
    "at",
    "opened_at",
    "completed_at",
    "reviewed_at",
    "written_at",
    "offered_at",
}
REVIEW_TABLES = (Reading, ItemReview, DigitJudgement, Remark, RemarkEntry, GoodExample)


@pytest.fixture
def drawn(drawn_once):
    """A sample of the demonstration: every sort of plan, of review and of remark, three languages.

    Somebody of the zone answers remarks, as the services ask for.
    """
    return deepcopy(drawn_once)


@pytest.fixture(scope="module")
def drawn_once(once_per_module):
    return once_per_module(draw_sample)


def draw_sample():
    load_shipped_editions()
    call_command("load_zones", verbosity=0)
    load_cycles(data=CYCLES.read_bytes(), by=None)
    UserFactory(cleared_coordinator_of="country")
    plans = list(draw_plans(FOLDER, published_items(), timezone.now()))
    wanted = [
        lambda plan: len(plan.versions) == 2 and plan.versions[1].shared_at,
        lambda plan: len(plan.versions) == 2 and not plan.versions[1].shared_at,
        lambda plan: len(plan.versions) == 1 and not plan.versions[0].shared_at,
        *(lambda plan, code=code: plan.edition.code == code for code in ("kiv-2016-2019", "kiv-2022-2024")),
        *(lambda plan, language=language: plan.language == language for language in ("nl", "fr", "de")),
        lambda plan: len(reviews_of(plan)) == 2,
        lambda plan: any(review.finished_at is None and review.remarks for review in reviews_of(plan)),
        lambda plan: any(review.clarifying() for review in reviews_of(plan)),
        *(
            lambda plan, fate=fate: any(
                fate(remark)
                for review in reviews_of(plan)
                for remark, is_asked in review.all_remarks()
                if is_asked
            )
            for fate in (
                lambda remark: remark.closed_at is not None,
                lambda remark: remark.answered_at is not None and remark.closed_at is None,
            )
        ),
        *(
            lambda plan, digit=digit: any(
                judged.digit == digit
                for review in reviews_of(plan)
                for item in review.items
                for judged in item.judged
            )
            for digit in (1, 2)
        ),
        lambda plan: len(plan.examples) == 2,
    ]
    sample = []
    for is_wanted in wanted:
        if not any(map(is_wanted, sample)):
            sample.append(next(filter(is_wanted, plans)))
    return [answered_by_the_zone(plan) for plan in sample]


def reviews_of(plan):
    return [version.review.planned for version in plan.versions if version.review]


def answered_by_the_zone(plan):
    person = UserFactory(lead_of=plan.zone)
    versions = tuple(
        replace(version, review=version.review and replace(version.review, zone_person=person))
        for version in plan.versions
    )
    return replace(plan, versions=versions)


def kept():
    """Every row of every table; ids are places in the table, so that what points at what is compared too."""
    tables = (*TABLES[:-1], Snapshot, *REVIEW_TABLES)
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
    """The events of plans: name, object (kind, place), who of a review, zone, place of the plan, data."""
    models = (Plan, PlanVersion, Reading, Remark, GoodExample)
    places = {
        model._meta.label_lower: {
            pk: at for at, pk in enumerate(model.objects.order_by("pk").values_list("pk", flat=True))
        }
        for model in models
    }
    plans = places["plans.plan"]
    return [
        (
            row.event,
            row.on_type,
            places[row.on_type][int(row.on_id)],
            row.actor_id if row.event in (*REVIEWERS_EVENTS, "remark.answered") else None,
            row.zone_id,
            plans[row.plan_id],
            json.dumps(
                row.data | ({"plan": plans[row.data["plan"]]} if "plan" in row.data else {}), sort_keys=True
            ),
        )
        for row in AuditEvent.objects.filter(plan_id__isnull=False).order_by("id")
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
    assert sorted(events(), key=str) == sorted(told, key=str)
    assert len(made) == Assessment.objects.count() == sum(len(plan.versions) for plan in drawn)
    assert [list(differences(one)) for one in Assessment.objects.all()] == [[]] * len(made)
    verified = list(verified_snapshots())
    assert len(verified) == sum(version.shared_at is not None for plan in drawn for version in plan.versions)
    assert {one.problems for one in verified} == {()}
    offered = [(plan.zone.pk, code) for plan in drawn for code in plan.examples]
    reader = User.objects.get(memberships__role="coordinator")
    shown = examples_of_plans(reader, Plan.objects.values_list("pk", flat=True), Item.objects.all())
    assert sorted((one.plan.zone_id, one.item.code) for one in shown) == sorted(offered)


def test_moments_are_those_that_were_given(drawn):
    made = add_plans(plans=drawn, by=None)
    given = [version for plan in drawn for version in plan.versions]
    for assessment, version in zip(made, given, strict=True):
        stored = PlanVersion.objects.get(pk=assessment.version_id)
        assert (stored.changed_at, stored.shared_at) == (version.changed_at, version.shared_at)
        asked = [
            at
            for remark, is_asked in (version.review.planned.all_remarks() if version.review else ())
            if is_asked
            for at in moments_of(remark)
        ]
        assert Assessment.objects.get(pk=assessment.pk).scored_at == max([version.changed_at, *asked])
    assert [plan.created_at for plan in Plan.objects.order_by("pk")] == [
        plan.versions[0].started_at for plan in drawn
    ]
    trail = list(AuditEvent.objects.filter(plan_id__isnull=False).order_by("id").values_list("at", flat=True))
    assert trail == sorted(trail)
    wanted = [plan.offered_at for plan in drawn for _code in plan.examples]
    for one in given:
        wanted += [at for at in (one.started_at, one.changed_at, one.shared_at) if at is not None]
        if one.review:
            review = one.review.planned
            wanted += [review.opened_at, *(item.at for item in review.items), review.confirmed_at]
            wanted += [at for remark, _is_asked in review.all_remarks() for at in moments_of(remark)]
            wanted += [review.finished_at] if review.finished_at else []
    assert trail == sorted(wanted)
    rows = AuditEvent.objects.filter(plan_id__isnull=False).exclude(
        event__in=(*REVIEWERS_EVENTS, "remark.answered")
    )
    assert set(rows.values_list("actor_id", flat=True)) == {None}


def moments_of(remark):
    return [at for at in (remark.asked_at, remark.answered_at, remark.closed_at) if at is not None]


def test_what_waits_for_an_answer_waits_since_it_was_asked(drawn):
    add_plans(plans=drawn, by=None)
    asked = {
        (plan.zone.pk, remark.ask): remark.asked_at
        for plan in drawn
        for review in reviews_of(plan)
        for remark, _is_asked in review.all_remarks()
        if remark.is_open
    }
    assert asked
    for (zone, words), moment in asked.items():
        entry = RemarkEntry.objects.get(
            remark__assessment__version__plan__zone=zone, remark__status="open", text=words
        )
        assert entry.written_at == moment


def test_a_plan_that_exists_stores_nothing(drawn):
    add_plans(plans=drawn[:1], by=None)
    before = kept(), AuditEvent.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        add_plans(plans=drawn, by=None)
    assert (kept(), AuditEvent.objects.count()) == before
