"""What the page that copies from an earlier plan proposes beside what this plan holds already."""

import pytest

from plans.services.importing import import_plan
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory, content_of
from tests.plans.cast import in_english
from tests.plans.copying import address, all_ticked, sent, words

pytestmark = pytest.mark.django_db


def test_a_choice_that_contradicts_this_plan_is_not_proposed(client_of):
    """An objective of this plan names P1, which the earlier one did not retain; T1 is named nowhere."""
    assessment = AssessmentFactory()
    zone = assessment.version.plan.zone
    not_retained = {"choice": "not_retained", "reason": "capacity", "line": "No people"}
    AssessmentFactory(
        zone=zone,
        edition=assessment.edition,
        cycle__first_year=2020,
        choices={"P1": not_retained, "P2": "retained", "T1": not_retained},
    )
    named = [{"title": "Drugs", "items": "P1"}, {"title": "Noise", "items": "P2"}]
    import_plan(assessment=assessment, content=content_of(assessment, objectives=named), by=None)
    response = in_english(client_of)(UserFactory(editor_of=zone)).get(address(assessment))
    assert sent(response)["choices"] == ["choice-P2", "choice-T1"]
    assert all_ticked(response)["choices"] == ["choice-P1", "choice-P2", "choice-T1"]
    sentence = "This plan has an objective or action for P1. Tick this only if you do not retain it."
    assert words(response).count("Tick this only if you do not retain it.") == 1
    assert sentence in words(response)
