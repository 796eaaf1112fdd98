"""Who copies from which plans: editors, from what they may read wholly. Everything else gives nothing."""

import pytest

from plans import rules
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.copying import copy_all, make_earlier, without_passages
from tests.plans.services.acting import NOT_EDITORS, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return AssessmentFactory()


@pytest.fixture
def editor(assessment):
    return UserFactory(editor_of=assessment.version.plan.zone)


@pytest.fixture
def source(assessment):
    return make_earlier(assessment, elaborated=True)


@pytest.mark.parametrize("who", NOT_EDITORS)
def test_others_copy_nothing(assessment, source, who):
    user = NOT_EDITORS[who](assessment.version.plan.zone)
    before = stored()
    with pytest.raises(rules.NotAllowed):
        copy_all(assessment, source, user)
    assert stored() == before


FOREIGN = {
    "another zone's": lambda plan: {"zone": ZoneFactory(), "cycle__first_year": 2020},
    "a successor's": lambda plan: {"zone": ZoneFactory(predecessors=[plan.zone]), "cycle__first_year": 2020},
    "a municipality's": lambda plan: {
        "municipality": MunicipalityFactory(zone=plan.zone),
        "zone": plan.zone,
        "cycle__first_year": 2020,
    },
    "a later one": lambda plan: {"zone": plan.zone, "cycle__first_year": 2032},
}


@pytest.mark.parametrize("whose", FOREIGN)
def test_nothing_comes_from_what_is_no_earlier_plan(assessment, editor, whose):
    place = FOREIGN[whose](assessment.version.plan)
    foreign = AssessmentFactory(edition=assessment.edition, elaborated=True, shared=True, **place)
    before = stored()
    with pytest.raises(rules.NotAllowed):
        copy_all(assessment, foreign, editor)
    assert stored() == before


def test_a_plan_that_the_lead_reads_as_coordinator_only_gives_nothing(assessment):
    """Shared, and even cleared: but not wholly theirs to read."""
    zone = assessment.version.plan.zone
    neighbour = AssessmentFactory(
        elaborated=True, shared=True, edition=assessment.edition, cycle__first_year=2020
    )
    user = UserFactory(editor_of=zone, cleared_coordinator_of=neighbour.version.plan.zone)
    with pytest.raises(rules.NotAllowed):
        copy_all(assessment, neighbour, user)


def test_a_predecessor_zone_gives_what_it_had():
    old = ZoneFactory()
    source = AssessmentFactory(zone=old, elaborated=True, cycle__first_year=2020)
    assessment = AssessmentFactory(zone=ZoneFactory(predecessors=[old]), edition=source.edition)
    copy_all(assessment, source, UserFactory(editor_of=assessment.version.plan.zone))
    assert without_passages(assessment) == without_passages(source)


def test_a_local_plan_gives_to_the_next_of_its_municipality():
    municipality = MunicipalityFactory()
    source = AssessmentFactory(local=True, municipality=municipality, elaborated=True, cycle__first_year=2020)
    assessment = AssessmentFactory(local=True, municipality=municipality, edition=source.edition)
    copy_all(assessment, source, UserFactory(editor_of=municipality))
    assert without_passages(assessment) == without_passages(source)
