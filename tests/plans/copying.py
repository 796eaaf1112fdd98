"""An earlier plan and what is copied from it: for the tests of copying."""

import re

from django.urls import reverse

from plans.selectors.copying import copy_offer
from plans.selectors.scoring_input import plan_content
from plans.services.copying import copy_forward
from tests.factories.plans import AssessmentFactory

EARLIER = {
    "objectives": [
        {
            "number": "2",
            "title": "Drugs",
            "items": [{"item": "P1", "aspects": "north"}, "P4"],
            "due": "eind 2024",
            "actions": [{"title": "Lesson", "items": "P4", "due": 2030}],
            "indicators": [{"title": "Pupils", "items": "P1"}],
        },
        {"number": "5", "title": "Computers"},
    ],
    "diagnosis": [{"text": "It rises", "items": "P1", "figure": "112", "source": "ANG"}],
    "choices": {
        "P1": "retained",
        "P4": {"choice": "not_retained", "reason": "capacity", "line": "No people"},
    },
}


def make_earlier(assessment, **parts):
    """A plan of the same zone for the cycle before, under the same edition unless told otherwise."""
    place = {"zone": assessment.version.plan.zone, "edition": assessment.edition, "cycle__first_year": 2020}
    return AssessmentFactory(**(place | parts))


def copy_all(assessment, source, by=None):
    chosen = copy_offer(assessment, source).free
    return copy_forward(assessment=assessment, source=source, chosen=chosen, by=by)


def without_passages(assessment):
    return plan_content(assessment).model_dump(mode="json", exclude={"plan", "passages"})


def address(assessment, earlier=None) -> str:
    url = reverse("plans:copy", args=[assessment.version.plan_id])
    return f"{url}?from={earlier.version.plan_id}" if earlier else url


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def sent(response, mark: str = " checked") -> dict:
    """What a browser would send back from the page without touching it."""
    html = response.content.decode()
    boxes = re.findall(rf'<input type="checkbox" name="(\w+)" value="([^"]+)" id="[^"]+"{mark}>', html)
    values: dict = {name: [value for other, value in boxes if other == name] for name, _value in boxes}
    return values | {"submission": response.context["submission"], "from": response.context["page"].plan.pk}


def all_ticked(response) -> dict:
    """What it would send back once every box is ticked."""
    return sent(response, mark="(?: checked)?")
