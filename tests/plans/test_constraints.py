"""What may never be stored, whoever writes: the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from plans import models
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return AssessmentFactory(elaborated=True)


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


BLANKS = ["", " ", "   "]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize(
    ("model", "field"),
    [
        (models.Objective, "title"),
        (models.Objective, "number"),
        (models.Action, "title"),
        (models.Indicator, "title"),
        (models.Diagnosis, "text"),
        (models.PassageEvidence, "quote"),
    ],
)
def test_no_blank_words(model, field, blank, assessment):
    one = model.objects.first()
    refused(lambda: model.objects.filter(pk=one.pk).update(**{field: blank}))


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (models.Cycle, {"first_year": 2033}),
        (models.Plan, {"kind": "local"}),
        (models.PlanVersion, {"number": 0}),
        (models.PlanVersion, {"status": "shared"}),
        (models.PlanVersion, {"shared_at": timezone.now()}),
        (models.ItemChoice, {"choice": "perhaps"}),
        (models.ItemChoice, {"reason": "money"}),
        (models.ItemScore, {"level": 5}),
        (models.ItemScore, {"state": "fine"}),
    ],
)
def test_no_values_outside_the_lists(model, values, assessment):
    one = model.objects.first()
    refused(lambda: model.objects.filter(pk=one.pk).update(**values))


def test_one_plan_per_zone_or_municipality_and_cycle(assessment):
    plan = assessment.version.plan
    same = {"zone": plan.zone, "cycle": plan.cycle, "language": "nl"}
    refused(lambda: models.Plan.objects.create(**same, kind="zonal"))
    town = MunicipalityFactory(zone=plan.zone)
    models.Plan.objects.create(**same, kind="local", municipality=town)
    refused(lambda: models.Plan.objects.create(**same, kind="local", municipality=town))
    models.Plan.objects.create(**same, kind="local", municipality=MunicipalityFactory(zone=plan.zone))


def test_a_zonal_plan_has_no_municipality(assessment):
    town = MunicipalityFactory(zone=assessment.version.plan.zone)
    refused(lambda: models.Plan.objects.update(municipality=town))


def test_what_stands_once(assessment):
    version, item = assessment.version, assessment.edition.items.get(code="P1")
    plan_number = {"plan": version.plan, "number": version.number}
    refused(lambda: models.PlanVersion.objects.create(**plan_number))
    refused(lambda: models.Assessment.objects.create(version=version, edition=assessment.edition))
    refused(lambda: models.Objective.objects.create(version=version, number="1", title="x"))
    refused(lambda: models.ItemChoice.objects.create(assessment=assessment, item=item))
    score = {"state": "open", "level": 0, "digits": {}, "detail": {}}
    refused(lambda: models.ItemScore.objects.create(assessment=assessment, item=item, **score))
    passage = models.PassageEvidence.objects.get(item=item)
    again = {"assessment": assessment, "item": item, "passage": passage.passage, "quote": "x"}
    refused(lambda: models.PassageEvidence.objects.create(**again))


@pytest.mark.parametrize("source", ["objective", "action", "indicator", "diagnosis"])
def test_an_entry_names_an_item_once(source, assessment):
    link = models.ItemLink.objects.filter(**{f"{source}__isnull": False}).first()
    again = {"assessment": assessment, "item": link.item, source: getattr(link, source)}
    refused(lambda: models.ItemLink.objects.create(**again))


def test_a_link_has_exactly_one_source(assessment):
    link = models.ItemLink.objects.filter(objective__isnull=False).first()
    diagnosis = models.Diagnosis.objects.first()
    refused(lambda: models.ItemLink.objects.filter(pk=link.pk).update(objective=None))
    refused(lambda: models.ItemLink.objects.filter(pk=link.pk).update(diagnosis=diagnosis))
