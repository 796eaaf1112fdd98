"""For every act on documents and their passages: who may not, when not, what is told, and all or nothing."""

import pytest

from kiv.audit.models import AuditEvent
from plans import models, rules
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.territory import MunicipalityFactory
from tests.plans.documents.acting import ACTS, check_consistent, stored
from tests.plans.papers import PAPER
from tests.plans.services.acting import NOT_EDITORS, events_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline")]

DECISIONS = {"reject", "set aside", "enter"}


def zone_of(assessment):
    return assessment.version.plan.zone


@pytest.mark.parametrize("who", NOT_EDITORS)
def test_others_change_nothing(assessment, who):
    user = NOT_EDITORS[who](zone_of(assessment))
    before = stored()
    for name, (act, _event) in ACTS.items():
        with pytest.raises(rules.NotAllowed):
            act(assessment, user)
        assert stored() == before, name


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("role", ["editor_of", "lead_of", "operator"])
def test_editors_leads_and_operators_do_it_and_it_is_told_once_without_words(assessment, name, role):
    user = None if role == "operator" else UserFactory(**{role: zone_of(assessment)})
    act, event = ACTS[name]
    mark = AuditEvent.objects.count()
    act(assessment, user)
    check_consistent(assessment)
    [(told, actor, _type, _id, zone_id, data)] = events_since(mark)
    assert (told, actor, zone_id) == (event, user and user.pk, zone_of(assessment).pk)
    words = [str(value) for value in data.values() if not isinstance(value, (bool, int, type(None)))]
    assert set(words) <= {"A1", "A2", "A4", "annex", "nl", "fr", "accepted"}
    assert not any(word in str(data) for word in ("zwerfvuil", "drugs", "plan.md", *PAPER.split("\n\n")))


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("role", ["lead_of", "operator"])
@pytest.mark.parametrize("is_known", [True, False])
def test_nothing_changes_in_a_shared_version(assessment, name, role, is_known):
    """Nor when this process read the version before it was shared."""
    user = None if role == "operator" else UserFactory(**{role: zone_of(assessment)})
    same = models.Assessment.objects.select_related("version__plan").get(pk=assessment.pk)
    share_version(version=(assessment if is_known else same).version, by=None)
    before = stored()
    with pytest.raises(rules.WrongMoment):
        ACTS[name][0](assessment, user)
    assert stored() == before


def test_a_local_plan_belongs_to_its_municipality(assessment):
    plan = assessment.version.plan
    municipality = MunicipalityFactory(zone=plan.zone)
    plan.kind, plan.municipality = "local", municipality
    plan.save()
    before = stored()
    for name, (act, _event) in ACTS.items():
        with pytest.raises(rules.NotAllowed):
            act(assessment, UserFactory(lead_of=plan.zone))
        assert stored() == before, name
    ACTS["accept"][0](assessment, UserFactory(editor_of=municipality))


#: What the services call on their way, from the first write to the last.
STEPS = {
    "audit": [f"plans.services.{module}.record" for module in ("documents", "decisions", "passages")],
    "score": ["plans.services.editing.store_scores"],
    "evidence": [f"plans.services.{module}.settle_evidence" for module in ("documents", "passages")],
    "suggestions": [
        "plans.services.documents.store_answers",
        "plans.services.documents.suggest_for_document",
        "plans.services.passages.suggest_for_document",
    ],
    "passages": ["django.db.models.query.QuerySet.bulk_create"],
    "reopening": ["plans.services.decisions.reopen"],
}
REACHED = {
    "audit": set(ACTS),
    "score": set(ACTS) - DECISIONS,
    "evidence": {"add", "replace", "change", "change passage"},
    "suggestions": {"add", "replace", "change", "change passage"},
    "passages": {"add", "replace"},
    "reopening": {"take back", "remove evidence"},
}


@pytest.mark.parametrize(("step", "name"), [(step, name) for step in STEPS for name in sorted(REACHED[step])])
def test_a_breakdown_on_the_way_undoes_everything(assessment, step, name, monkeypatch):
    before = stored()

    def break_down(*args, **fields):
        raise RuntimeError("no luck today")

    for place in STEPS[step]:
        monkeypatch.setattr(place, break_down)
    with pytest.raises(RuntimeError, match="no luck today"):
        ACTS[name][0](assessment, UserFactory(editor_of=zone_of(assessment)))
    assert stored() == before


@pytest.mark.parametrize("name", sorted(set(ACTS) - DECISIONS))
def test_a_change_of_content_stamps_the_version(assessment, name):
    changed_at = models.PlanVersion.objects.get(pk=assessment.version_id).changed_at
    ACTS[name][0](assessment, None)
    assert models.PlanVersion.objects.get(pk=assessment.version_id).changed_at > changed_at
