"""What was shared stays: no service changes it, and starting, discarding and sharing are all or nothing.

The acts themselves are tried in test_who_and_when and documents/test_acts_service; here that no service is
forgotten there, and what breaks down half-way.
"""

import importlib
import inspect
import pkgutil

import pytest
from django.utils import timezone

import plans.services
from plans import models, rules
from plans.models import PlanVersion
from plans.services import versions
from plans.services.decisions import undo_last
from plans.services.plans import create_plan
from plans.services.rescoring import rescore
from plans.services.sharing import share_version
from plans.services.steps import record_step, remove_step
from plans.services.versions import discard_version, start_version
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.plans.documents import acting as documents
from tests.plans.services.acting import ACTS, NOT_EDITORS
from tests.plans.services.versioning import (
    add_edition,
    fresh,
    lead_of,
    rows_of,
    start,
    stored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]


@pytest.fixture
def shared(shared_full_plan):
    return shared_full_plan


#: What an act is about when it is about a plan's content.
SUBJECTS = {
    "version",
    "assessment",
    "entry",
    "document",
    "passage",
    "evidence",
    "suggestion",
    "step",
    "carrying",
}

#: Every service with `by` and one of SUBJECTS → why it changes nothing of a shared version.
SERVICES = {
    "choices.confirm_proposals": "refused",
    "choices.save_choices": "refused",
    "decisions.accept_passage": "refused",
    "decisions.decide": "refused",
    "decisions.remove_evidence": "refused",
    "decisions.take_back": "refused",
    "decisions.undo_last": "refused",
    "documents.add_document": "refused",
    "documents.change_document": "refused",
    "documents.remove_document": "refused",
    "documents.replace_document": "refused",
    "editing.change_of": "refused",
    "entries.add_entry": "refused",
    "entries.change_entry": "refused",
    "entries.remove_entry": "refused",
    "importing.import_plan": "refused",
    "passages.change_passage": "refused",
    "sharing.share_version": "refused",
    "versions.discard_version": "refused",
    "versions.start_version": "makes another",
    "steps.record_step": "a fact beside it",
    "steps.remove_step": "a fact beside it",
    "carrying.carry_over": "a second assessment beside it",
    "carrying.lead_over": "a second assessment beside it",
    "looking.finish_carrying": "of the second assessment only",
    "looking.look_at_item": "of the second assessment only",
    "rescoring.rescore": "the score follows the rubric",
    "copying.copy_forward": "refused",
    "assignments.assign_items": "the zone's own work beside it",
    "comments.add_comment": "the zone's own work beside it",
    "readings.ask_second_reading": "a reading beside it",
    "readings.complete_reading": "a reading beside it",
    "readings.settle_difference": "a reading beside it",
    "readings.withdraw_second_reading": "a reading beside it",
    "reviewing.confirm_items": "a reading beside it",
    "reviewing.reading_to_write": "a reading beside it",
    "reviewing.record_reading": "a reading beside it",
    "reviewing.review_item": "a reading beside it",
    "reviewing.reviewing": "a reading beside it",
    "reviewing.take_back": "a reading beside it",
    "concluding.finish_review": "reviewed levels beside the derived ones",
    "concluding.reopen_review": "reviewed levels beside the derived ones",
    "remarks.write_remark": "a remark beside it",
    "remarks.ask_clarification": "the state follows what is asked",
    "remarks.withdraw_clarification": "the state follows what is asked",
}

#: Those of SERVICES that are refused, as the acts that call them.
REFUSED = {
    **ACTS,
    **{f"document: {name}": act for name, (act, _event) in documents.ACTS.items()},
    "undo": lambda one, by: undo_last(assessment=one, document=documents.paper(one), by=by),
    "share": lambda one, by: share_version(version=one.version, by=by),
    "discard": lambda one, by: discard_version(version=one.version, by=by),
}


def services():
    """`module.function` of every public service that acts for somebody on one of SUBJECTS."""
    for info in pkgutil.iter_modules(plans.services.__path__):
        module = importlib.import_module(f"plans.services.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or function.__module__ != module.__name__:
                continue
            parameters = set(inspect.signature(function).parameters)
            if "by" in parameters and parameters & SUBJECTS:
                yield f"{info.name}.{name}"


def test_every_service_is_thought_of():
    assert set(services()) == set(SERVICES)


@pytest.mark.parametrize("status", ["shared", "reviewed"])
@pytest.mark.parametrize("has_newer", [False, True])
def test_nothing_of_it_changes(status, has_newer):
    """Also when a newer version in preparation exists, which may be changed."""
    plan, read = AssessmentFactory(elaborated=True, shared=True), documents.make_read_plan()
    share_version(version=read.version, by=None)
    PlanVersion.objects.exclude(shared_at=None).update(status=status)
    for one in (plan, read):
        if has_newer:
            start(fresh(one))
    before = stored()
    for name, act in REFUSED.items():
        one = fresh(read if name.startswith("document: ") or name == "undo" else plan)
        for by in (None, lead_of(one)):
            with pytest.raises(rules.WrongMoment):
                act(one, by)
    assert stored() == before


def test_what_may_still_be_done_leaves_its_content(shared):
    assessment = shared
    kept = {models.FormalStep.__name__, models.ItemScore.__name__, models.Assessment.__name__}
    before = {name: rows for name, rows in rows_of(assessment.version).items() if name not in kept}
    lead = lead_of(assessment)
    start_version(version=assessment.version, kind="plan", reason="x", by=lead)
    step = record_step(version=assessment.version, kind="sent", dated=timezone.localdate(), by=lead)
    remove_step(step=step, by=lead)
    assessment.scores.update(level=0)
    rescore(assessment=assessment, by=None)
    after = {name: rows for name, rows in rows_of(assessment.version).items() if name not in kept}
    assert after == before


VERSION_ACTS = {
    "start": lambda one, by: start_version(version=one.version, kind="plan", reason="x", by=by),
    "discard": lambda one, by: discard_version(version=one.version, by=by),
    "step": lambda one, by: record_step(version=one.version, kind="sent", dated=timezone.localdate(), by=by),
    "no step": lambda one, by: remove_step(step=one.version.steps.get(), by=by),
}


@pytest.mark.parametrize("who", NOT_EDITORS)
def test_others_start_discard_and_record_nothing(shared, who):
    user = NOT_EDITORS[who](shared.version.plan.zone)
    draft = start(shared)
    for one in (shared, draft):
        record_step(version=one.version, kind="ministers", dated=timezone.localdate(), by=None)
    before = stored()
    for name, act in VERSION_ACTS.items():
        for one in (shared, draft):
            with pytest.raises(rules.NotAllowed):
                act(fresh(one), user)
        assert stored() == before, name


def test_an_editor_starts_and_does_not_discard(shared):
    editor = UserFactory(editor_of=shared.version.plan.zone)
    draft = start(shared, by=editor)
    before = stored()
    with pytest.raises(rules.NotAllowed):
        discard_version(version=draft.version, by=editor)
    assert stored() == before


class PowerCut(BaseException):
    """Nothing catches this."""


def breaking_at(monkeypatch, owner, name, turn):
    """The `turn`th call of a function breaks down; the list of calls there were."""
    real, calls = getattr(owner, name), []

    def call(*args, **fields):
        calls.append(name)
        if len(calls) == turn:
            raise PowerCut
        return real(*args, **fields)

    monkeypatch.setattr(owner, name, call)
    return calls


@pytest.mark.parametrize(
    ("name", "turns"), [("_copy", 18), ("_copy_assessment", 2), ("store_scores", 2), ("record", 1)]
)
def test_starting_is_all_or_nothing(full_plan, name, turns, monkeypatch):
    """Whichever write it breaks down before, with two editions."""
    assessment = full_plan
    add_edition(assessment)
    share_version(version=assessment.version, by=None)
    before = stored()
    for turn in range(1, turns + 1):
        with monkeypatch.context() as patch:
            breaking_at(patch, versions, name, turn)
            with pytest.raises(PowerCut):
                start(fresh(assessment))
        assert stored() == before, turn
    with monkeypatch.context() as patch:
        calls = breaking_at(patch, versions, name, turns + 1)
        start(fresh(assessment))
    assert len(calls) == turns


@pytest.mark.parametrize("model", [models.Assessment, models.Objective, models.Passage, PlanVersion])
def test_discarding_is_all_or_nothing(shared, model, monkeypatch):
    draft = start(shared)
    before = stored()
    from django.db.models.deletion import Collector

    real = Collector.delete

    def delete(collector):
        done = real(collector)
        if model in collector.data or any(query.model is model for query in collector.fast_deletes):
            raise PowerCut
        return done

    with monkeypatch.context() as patch:
        patch.setattr(Collector, "delete", delete)
        with pytest.raises(PowerCut):
            discard_version(version=draft.version, by=None)
    assert stored() == before
    discard_version(version=fresh(draft).version, by=None)
    assert list(PlanVersion.objects.values_list("number", flat=True)) == [1]


def test_a_new_plan_has_nothing_to_do_with_it():
    """Plans of other cycles are no versions."""
    assessment = AssessmentFactory(shared=True)
    plan = assessment.version.plan
    cycle = AssessmentFactory(cycle__first_year=2032).version.plan.cycle
    create_plan(zone=plan.zone, cycle=cycle, edition=assessment.edition, language="nl", by=None)
    assert start(assessment).version.number == 2
