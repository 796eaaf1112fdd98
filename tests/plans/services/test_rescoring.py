"""Stored scores are those the scorer gives, whatever acts led to them; a tampered one is found."""

import random

import pytest
from django.core.exceptions import ValidationError

from plans.models import ItemScore
from plans.services.choices import StaleChoices
from plans.services.rescoring import rescore
from plans.services.scores import differences
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.plans.services.acting import ACTS, event_count, events_since, stored

pytestmark = pytest.mark.django_db

#: Nothing left to change, or a choice that was read before.
IMPOSSIBLE = (AttributeError, ValidationError, StaleChoices)


@pytest.mark.parametrize("seed", range(8))
def test_any_sequence_of_acts_leaves_no_difference(seed):
    dice = random.Random(seed)
    assessment = AssessmentFactory(elaborated=True)
    editor = UserFactory(editor_of=assessment.version.plan.zone)
    done = 0
    for name in dice.choices(sorted(ACTS), k=25):
        try:
            ACTS[name](assessment, editor)
        except IMPOSSIBLE:
            continue
        done += 1
        assessment.refresh_from_db()
        assert list(differences(assessment)) == [], name
    assert done > 5


def test_nothing_to_rescore_writes_nothing():
    assessment = AssessmentFactory(elaborated=True, shared=True)
    before = stored()
    assert rescore(assessment=assessment, by=None) == []
    assert stored() == before


def test_a_tampered_score_is_found_and_renewed():
    assessment = AssessmentFactory(elaborated=True, shared=True)
    other = AssessmentFactory(elaborated=True)
    right = list(assessment.scores.values())
    assessment.scores.filter(item__code="P1").update(level=0)
    ItemScore.objects.get(assessment=assessment, item__code="T2").delete()
    mark = event_count()
    found = rescore(assessment=assessment, by=None)
    assert [(difference.item, difference.stored and difference.stored["level"]) for difference in found] == [
        ("P1", 0),
        ("T2", None),
    ]
    renewed = list(assessment.scores.order_by("item__position").values())
    assert [row | {"id": 0} for row in renewed] == [row | {"id": 0} for row in right]
    plan = assessment.version.plan
    data = {"plan": plan.pk, "rubric": "1", "items": ["P1", "T2"]}
    assert events_since(mark) == [
        ("assessment.rescored", None, "plans.assessment", str(assessment.pk), plan.zone_id, data)
    ]
    other.refresh_from_db()
    assert list(differences(other)) == []
