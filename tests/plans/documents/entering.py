"""How a browser uses the forms that begin with a passage: for the tests of those pages."""

from django.urls import reverse

from plans.planformat import ItemRef
from plans.services.entries import add_entry
from plans.services.passages import change_passage
from tests.plans.entries.pages import typed
from tests.plans.papers import passage_with, seen

#: The first passage of PAPER.
GOAL = "Onze doelstelling: tegen 2028 willen wij drugshandel rond de scholen terugdringen."


def passage(document, words="drugshandel"):
    return passage_with(document, words)


def hang(world, **values):
    values = {"title": "Drugs"} | values
    return add_entry(
        assessment=world.assessment, kind="objective", by=None, values=values, items=[ItemRef(item="A2")]
    )


def address(world, kind, objective=None) -> str:
    if kind in ("objective", "diagnosis"):
        return reverse(f"plans:{kind}_add", args=[world.plan.pk])
    return reverse("plans:part_add", args=[world.plan.pk, objective.pk, f"{kind}s"])


def begin(client, world, kind, passage, item="A1", objective=None, **more):
    return client.get(address(world, kind, objective), {"passage": passage.pk, "item": item, **more})


def sent(response, **more) -> dict:
    """What a browser sends back from such a form, hidden fields included."""
    origin = response.context["place"].origin
    hidden = {"passage": origin.passage.pk, "passage_item": origin.item.code} if origin else {}
    after = response.context["next"]
    return typed(response) | hidden | ({"next": after} if after else {}) | more


def verdict(world, words="drugshandel", item="A1") -> str | None:
    row = world.assessment.suggestions.filter(passage__text__contains=words, item__code=item).first()
    return row and row.verdict


def make_confidential(world, passage) -> None:
    change_passage(
        assessment=world.assessment,
        passage=passage,
        language="",
        is_confidential=True,
        by=world.lead,
        **seen(passage),
    )
