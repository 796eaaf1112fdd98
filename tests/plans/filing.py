"""A plan file, and how a browser sends and fetches one: for the tests of those pages."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plans.models import Objective

PLAN = """\
format: kiv-plan/1
plan: {name: Of somebody else, zone: "9999"}
edition: test-edition
objectives:
  - title: Fewer drugs
    items: [P1]
    due: 2028
    actions:
      - {title: Lessons, items: [P1, T1], links: [prevention], partners: [schools]}
  - {title: SECRET violence, items: [P2], confidential: true}
choices:
  P1: retained
  P2: {choice: not_retained, reason: capacity, line: "due: no capacity", item_confidential: true}
passages:
  - {item: T1, elements: [action], quote: Data are exchanged, page: 7, objective: "1"}
"""


def address(assessment) -> str:
    return reverse("plans:import", args=[assessment.version.plan_id])


def export_address(assessment, format: str = "yaml") -> str:
    return reverse("plans:export", args=[assessment.version.plan_id, format])


def send(client, assessment, text: str = "", *, file=None, **values):
    """As the page does it: opened, filled in, sent."""
    form = client.get(address(assessment)).context["form"]
    data = {"seen": form["seen"].value(), "text": text} | values
    return client.post(address(assessment), data | ({"file": file} if file else {}))


def upload(content: str | bytes, name: str = "plan.yaml"):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def titles() -> list[str]:
    return list(Objective.objects.order_by("number").values_list("title", flat=True))


def problems(response) -> list[tuple]:
    return [(p.line, p.place, expected, found) for p, expected, found in response.context["problems"]]
