"""Plans for tests, made through the services of every day, with nothing in them that a test did not ask for.

    AssessmentFactory()                             an empty plan in preparation, under an edition of its own
    AssessmentFactory(shared=True, zone=zone)
    AssessmentFactory(objectives=[{"title": "Drugs", "items": "P1"}], choices={"P1": "retained"})

`version`, `version.plan` and `edition` are reached from the assessment.
"""

import factory
from django.conf import settings
from django.core.management import call_command
from factory.django import DjangoModelFactory

from plans.models import Assessment, Cycle
from plans.planformat import PlanContent
from plans.services.importing import import_plan
from plans.services.plans import create_plan
from plans.services.sharing import share_version
from tests.factories.framework import EditionFactory
from tests.factories.territory import ZoneFactory

#: What `elaborated=True` puts in: level 4 on P1, and something confidential of every sort.
ELABORATED = {
    "objectives": [
        {
            "title": "Fewer burglaries",
            "items": ["P1", "T1"],
            "result": "a fifth fewer",
            "target_group": "the north",
            "due": 2029,
            "actions": [
                {
                    "title": "Advice at the door",
                    "items": ["P1"],
                    "target_group": "tenants",
                    "links": ["prevention", "reaction"],
                    "responsible": "prevention",
                    "due": 2027,
                    "partners": ["municipality"],
                }
            ],
            "indicators": [
                {"title": "Burglaries", "items": "P1", "target_value": 80, "source": "recorded crime"}
            ],
        },
        {
            "title": "A secret objective",
            "items": "P2",
            "confidential": True,
            "actions": [{"title": "A secret action", "items": "P2", "confidential": True}],
        },
        {"title": "An own priority"},
    ],
    "diagnosis": [
        {"text": "Many burglaries", "items": "P1"},
        {"text": "A secret diagnosis", "items": "P2", "confidential": True},
    ],
    "choices": {
        "P1": "retained",
        "P2": {"choice": "retained"},
        "P3": {
            "choice": "not_retained",
            "reason": "other",
            "line": "a secret motivation",
            "confidential": True,
        },
        "T2": {"choice": "regular", "line": "a secret item", "item_confidential": True},
    },
    "passages": [
        {"item": "P1", "elements": ["due"], "quote": "By 2029.", "page": 3, "objective": "1"},
        {"item": "P3", "elements": ["description"], "quote": "A secret passage.", "confidential": True},
    ],
}


class CycleFactory(DjangoModelFactory):
    class Meta:
        model = Cycle
        django_get_or_create = ("name",)

    first_year = 2026
    last_year = factory.LazyAttribute(lambda made: made.first_year + 5)
    name = factory.LazyAttribute(lambda made: f"{made.first_year}-{made.last_year}")


class AssessmentFactory(factory.Factory):
    """The assessment of a new plan. `objectives`, `diagnosis`, `choices`, `passages` as in a plan file."""

    class Meta:
        model = Assessment

    zone = factory.SubFactory(ZoneFactory)
    municipality = None
    cycle = factory.SubFactory(CycleFactory)
    edition = factory.SubFactory(
        EditionFactory, items=("P1", "P2", "P3"), themes=("T1", "T2"), published=True
    )
    language = "nl"
    objectives = ()
    diagnosis = ()
    choices = factory.LazyFunction(dict)
    passages = ()
    is_shared = False

    class Params:
        shared = factory.Trait(is_shared=True)
        elaborated = factory.Trait(**ELABORATED)
        #: A local plan: give the municipality; its zone follows.
        local = factory.Trait(zone=factory.SelfAttribute("municipality.zone"))

    @classmethod
    def _create(cls, model_class, *args, is_shared, objectives, diagnosis, choices, passages, **place):
        assessment = create_plan(**place, by=None)
        content = content_of(
            assessment,
            objectives=list(objectives),
            diagnosis=list(diagnosis),
            choices=dict(choices),
            passages=list(passages),
        )
        if objectives or diagnosis or choices or passages:
            import_plan(assessment=assessment, content=content, by=None)
        if is_shared:
            share_version(version=assessment.version, by=None)
        return assessment


def content_of(assessment: Assessment, **parts) -> PlanContent:
    """A plan file's content for the edition of this assessment."""
    return PlanContent.model_validate(
        {"plan": {"name": "a plan"}, "edition": assessment.edition.code, **parts}
    )


def make_plan(**fields) -> Assessment:
    """`AssessmentFactory` for those who prefer a verb."""
    return AssessmentFactory(**fields)


def load_shipped_editions() -> None:
    """The product's own editions, for tests that are about them; the predecessor first."""
    for path in sorted((settings.BASE_DIR / "framework" / "data").glob("kiv-*.yaml")):
        call_command("load_edition", str(path), publish=True, verbosity=0)
