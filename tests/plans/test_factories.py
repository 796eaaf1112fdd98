"""The factory of plans does what it says."""

import pytest

from tests.factories.plans import AssessmentFactory
from tests.factories.territory import MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_nothing_is_in_a_new_plan():
    assessment = AssessmentFactory()
    version = assessment.version
    assert (version.status, version.plan.kind, version.plan.language) == ("preparation", "zonal", "nl")
    assert (version.objectives.count(), version.diagnoses.count(), assessment.choices.count()) == (0, 0, 0)
    assert [score.level for score in assessment.scores.all()] == [0, 0, 0, 0, 0]


def test_traits():
    municipality = MunicipalityFactory()
    assessment = AssessmentFactory(elaborated=True, shared=True, local=True, municipality=municipality)
    version = assessment.version
    assert (version.status, version.plan.kind, version.plan.zone) == ("shared", "local", municipality.zone)
    levels = {score.item.code: (score.level, score.state) for score in assessment.scores.all()}
    assert levels == {
        "P1": (4, "elaborated"),
        "P2": (2, "elaborated"),
        "P3": (1, "motivated"),
        "T1": (1, "open"),
        "T2": (0, "regular"),
    }
