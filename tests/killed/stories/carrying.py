"""A plan goes on to the edition that follows: by its zone, or with all; looked at, and finished."""

from functools import partial
from types import SimpleNamespace

from framework.models import Edition
from plans.models import Assessment, Carrying
from plans.selectors.looking import look_at
from plans.services.carrying import carry_over, lead_over
from plans.services.choices import ChoiceChange
from plans.services.leading_over import lead_plan_over
from plans.services.looking import finish_carrying, look_at_item
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.plans import AssessmentFactory
from tests.killed.living import Act, Story
from tests.plans.carrying.succeeding import FATES, follow, fresh_carrying, make_plan_to_carry

CODE = "invented"
CHOICES = {"N2": "retained", "N3": "retained", "N4": "retained", "N5": "retained", "M2": "retained"}


def make_world() -> SimpleNamespace:
    """Three plans of one edition, one of them shared, the edition that follows, and who may do what."""
    first = make_plan_to_carry()
    plans = [first, *(AssessmentFactory(edition=first.edition) for _ in range(2))]
    share_version(version=first.version, by=None)
    follow(first.edition, code=CODE)
    return SimpleNamespace(
        plans=[plan.pk for plan in plans],
        lead=UserFactory(lead_of=first.version.plan.zone).pk,
        administrator=UserFactory(is_framework_administrator=True).pk,
    )


def person(pk: int):
    return UserFactory._meta.model.objects.get(pk=pk)


def version(world, at: int):
    related = Assessment.objects.select_related(
        "version__plan__zone", "version__plan__municipality", "version__plan__cycle"
    )
    return related.get(pk=world.plans[at]).version


def following(**more) -> dict:
    return {"edition": Edition.objects.get(code=CODE)} | more


def carrying(world) -> Carrying:
    return fresh_carrying(Carrying.objects.get(source=world.plans[0]))


def looking(code: str, world) -> dict:
    seen = look_at(carrying(world), code)
    return {
        "carrying": carrying(world),
        "change": ChoiceChange(item=code, revision=0, choice=CHOICES[code]),
        "links": [one.key for one in seen.entries],
        "evidence": [one.key for one in seen.passages],
        "mark": seen.mark,
        "by": person(world.lead),
    }


def look(code: str, world) -> None:
    look_at_item(**looking(code, world))


FIRST, *OTHERS = [code for code, fate in FATES.items() if fate != "carried"]

STORY = Story(
    "carrying",
    make_world,
    (
        Act(carry_over, lambda world: following(version=version(world, 0), by=person(world.lead))),
        Act(lead_over, lambda world: following(version=version(world, 1), by=person(world.administrator))),
        Act(
            lead_plan_over,
            lambda world: following(versions=[version(world, 2).pk], by=person(world.administrator)),
        ),
        Act(look_at_item, partial(looking, FIRST)),
        *(partial(look, code) for code in OTHERS),
        Act(finish_carrying, lambda world: {"carrying": carrying(world), "by": person(world.lead)}),
    ),
)
