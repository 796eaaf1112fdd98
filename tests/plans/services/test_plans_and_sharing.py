"""Starting a plan and sharing it: who may, when, and once."""

import pytest
from django.utils import timezone

from kiv.accounts.access import forget_access
from plans import rules
from plans.models import Plan
from plans.services.plans import PlanExists, create_plan
from plans.services.sharing import share_version
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.plans import AssessmentFactory, CycleFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.services.acting import event_count, events_since, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    edition = EditionFactory(items=("P1", "P2"), themes=("T1",), published=True)
    return {"zone": ZoneFactory(), "cycle": CycleFactory(), "edition": edition, "language": "fr"}


@pytest.mark.parametrize("role", ["editor_of", "lead_of"])
def test_starting_a_plan(role, place):
    user = UserFactory(**{role: place["zone"]})
    mark = event_count()
    assessment = create_plan(**place, by=user)
    plan = assessment.version.plan
    assert (plan.kind, plan.language, plan.municipality) == ("zonal", "fr", None)
    assert (assessment.version.number, assessment.version.status) == (1, "preparation")
    assert [(row.item.code, row.state, row.level) for row in assessment.scores.all()] == [
        ("P1", "open", 0),
        ("P2", "open", 0),
        ("T1", "open", 0),
    ]
    data = {"cycle": "2026-2031", "edition": place["edition"].code}
    assert events_since(mark) == [
        ("plan.created", user.pk, "plans.plan", str(plan.pk), place["zone"].pk, data)
    ]


def test_a_local_plan_stands_beside_the_zonal_one(place):
    municipality = MunicipalityFactory(zone=place["zone"])
    zonal = create_plan(**place, by=None)
    local = create_plan(**place, municipality=municipality, by=UserFactory(editor_of=municipality))
    assert (zonal.version.plan.kind, local.version.plan.kind) == ("zonal", "local")
    assert local.version.plan.place_name == municipality.name


def test_a_second_plan_is_refused_and_the_first_is_told(place):
    first = create_plan(**place, by=None)
    before = stored()
    with pytest.raises(PlanExists) as refused:
        create_plan(**place, by=None)
    assert (refused.value.plan, stored()) == (first.version.plan, before)
    create_plan(**place | {"cycle": CycleFactory(first_year=2032)}, by=None)
    assert Plan.objects.count() == 2


def test_a_municipality_starts_no_zonal_plan_and_a_zone_no_local_one(place):
    municipality = MunicipalityFactory(zone=place["zone"])
    with pytest.raises(rules.NotAllowed):
        create_plan(**place, by=UserFactory(lead_of=municipality))
    with pytest.raises(rules.NotAllowed):
        create_plan(**place, municipality=municipality, by=UserFactory(lead_of=place["zone"]))
    assert not Plan.objects.exists()


def test_the_lead_shares_once():
    assessment = AssessmentFactory(elaborated=True)
    version = assessment.version
    lead = UserFactory(lead_of=version.plan.zone)
    mark, start = event_count(), timezone.now()
    share_version(version=version, by=lead)
    version.refresh_from_db()
    assert (version.status, start <= version.shared_at <= timezone.now()) == ("shared", True)
    data = {"plan": assessment.version.plan_id, "number": 1, "editions": [assessment.edition.code]}
    event = ("version.shared", lead.pk, "plans.planversion", str(version.pk), version.plan.zone_id, data)
    assert events_since(mark) == [event]
    for by in (lead, None):
        with pytest.raises(rules.WrongMoment):
            share_version(version=version, by=by)
    assert events_since(mark) == [event]


def test_an_editor_does_not_share():
    version = AssessmentFactory().version
    editor = UserFactory(editor_of=version.plan.zone)
    before = stored()
    with pytest.raises(rules.NotAllowed):
        share_version(version=version, by=editor)
    assert stored() == before
    MembershipFactory(user=editor, role="zone_lead", zone=version.plan.zone)
    forget_access(editor)
    share_version(version=version, by=editor)


def test_a_double_click_shares_once():
    """The second click still believes the version is in preparation."""
    version = AssessmentFactory().version
    lead = UserFactory(lead_of=version.plan.zone)
    same = type(version).objects.get(pk=version.pk)
    share_version(version=version, by=lead)
    assert same.is_in_preparation
    before = stored()
    with pytest.raises(rules.WrongMoment):
        share_version(version=same, by=lead)
    assert stored() == before
