"""For every act on a plan's content: who may not, when not, and that a refusal leaves nothing behind."""

from copy import deepcopy

import pytest

from plans import rules
from plans.services.plans import create_plan
from plans.services.scores import differences
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import MunicipalityFactory
from tests.plans.services.acting import ACTS, NOT_EDITORS, event_count, stored

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(once_per_module):
    return once_per_module(
        lambda: (AssessmentFactory(elaborated=True), AssessmentFactory(elaborated=True, shared=True))
    )


@pytest.fixture
def assessment(made):
    """An elaborated plan in preparation."""
    return deepcopy(made[0])


@pytest.fixture
def shared(made):
    """An elaborated plan that was shared."""
    return deepcopy(made[1])


@pytest.mark.parametrize("who", NOT_EDITORS)
def test_others_change_nothing(assessment, who):
    user = NOT_EDITORS[who](assessment.version.plan.zone)
    before = stored()
    for name, act in ACTS.items():
        with pytest.raises(rules.NotAllowed):
            act(assessment, user)
        assert stored() == before, name
    with pytest.raises(rules.NotAllowed):
        share_version(version=assessment.version, by=user)
    assert stored() == before


@pytest.mark.parametrize("who", NOT_EDITORS)
def test_others_start_no_plan(who):
    other = AssessmentFactory()
    plan = other.version.plan
    user = NOT_EDITORS[who](plan.zone)
    cycle = AssessmentFactory(cycle__first_year=2032).version.plan.cycle
    before = stored()
    with pytest.raises(rules.NotAllowed):
        create_plan(zone=plan.zone, cycle=cycle, edition=other.edition, language="nl", by=user)
    assert stored() == before


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("role", ["editor_of", "lead_of", "operator"])
def test_editors_leads_and_operators_do_it_with_fresh_scores(assessment, name, role):
    user = None if role == "operator" else UserFactory(**{role: assessment.version.plan.zone})
    ACTS[name](assessment, user)
    assessment.refresh_from_db()
    assert list(differences(assessment)) == []


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("role", ["editor_of", "lead_of", "operator"])
def test_nothing_changes_in_a_shared_version(shared, name, role):
    user = None if role == "operator" else UserFactory(**{role: shared.version.plan.zone})
    before = stored()
    with pytest.raises(rules.WrongMoment):
        ACTS[name](shared, user)
    assert stored() == before


@pytest.mark.parametrize("name", ACTS)
def test_the_status_is_read_afresh(assessment, name):
    """Whoever opened the page before the version was shared is refused all the same."""
    user = UserFactory(lead_of=assessment.version.plan.zone)
    same = type(assessment).objects.get(pk=assessment.pk)
    share_version(version=same.version, by=user)
    assert assessment.version.is_in_preparation, "what this page still believes"
    before = stored()
    with pytest.raises(rules.WrongMoment):
        ACTS[name](assessment, user)
    assert stored() == before


@pytest.mark.parametrize("name", ACTS)
def test_a_local_plan_belongs_to_its_municipality(name):
    municipality = MunicipalityFactory()
    neighbour = MunicipalityFactory(zone=municipality.zone)
    assessment = AssessmentFactory(elaborated=True, local=True, municipality=municipality)
    before = stored()
    for user in (UserFactory(lead_of=municipality.zone), UserFactory(lead_of=neighbour)):
        with pytest.raises(rules.NotAllowed):
            ACTS[name](assessment, user)
    assert stored()["AuditEvent"] == before["AuditEvent"]
    ACTS[name](assessment, UserFactory(editor_of=municipality))


@pytest.mark.parametrize("name", ACTS)
def test_a_failing_score_undoes_everything(assessment, name, monkeypatch):
    user = UserFactory(editor_of=assessment.version.plan.zone)
    before = stored()

    def break_down(**fields):
        raise RuntimeError("no score today")

    monkeypatch.setattr("plans.services.editing.store_scores", break_down)
    with pytest.raises(RuntimeError, match="no score today"):
        ACTS[name](assessment, user)
    assert stored() == before


@pytest.mark.parametrize("name", sorted(set(ACTS) - {"confirm proposals"}))
def test_a_failing_audit_undoes_everything(assessment, name, monkeypatch):
    user = UserFactory(editor_of=assessment.version.plan.zone)
    before = stored()

    def break_down(*args, **fields):
        raise RuntimeError("no pen today")

    for module in ("entries", "choices", "importing"):
        monkeypatch.setattr(f"plans.services.{module}.record", break_down)
    with pytest.raises(RuntimeError, match="no pen today"):
        ACTS[name](assessment, user)
    assert stored() == before


@pytest.mark.parametrize("name", sorted(set(ACTS) - {"confirm proposals"}))
def test_every_act_records_one_event_and_stamps_the_version(assessment, name):
    user = UserFactory(editor_of=assessment.version.plan.zone)
    changed_at, mark = assessment.version.changed_at, event_count()
    ACTS[name](assessment, user)
    assert event_count() == mark + 1
    assessment.version.refresh_from_db()
    assert assessment.version.changed_at > changed_at
