"""Short ways to the text of a document, one passage, and what stands there."""

import re

from django.urls import reverse

from plans.services.passages import change_passage
from plans.services.sharing import share_version
from tests.plans.papers import passage_with, seen


def passage_url(document, passage, query=""):
    return reverse("plans:passage", args=[document.version.plan_id, document.number, passage.pk]) + query


def text_url(document, query=""):
    return reverse("plans:document_text", args=[document.version.plan_id, document.number]) + query


def lines(response):
    return [line for group in response.context["groups"] for line in group.lines]


def words(line):
    return "".join(segment.text for segment in line.text)


def marked(response):
    return re.findall(r"<mark>(.*?)</mark>", response.content.decode())


def hide(world, document, *parts):
    for part in parts:
        passage = passage_with(document, part)
        change_passage(
            assessment=world.assessment,
            passage=passage,
            language="",
            is_confidential=True,
            by=None,
            **seen(passage),
        )


def correct(client, address, **fields):
    """The form of a passage as it is shown, sent with other values: opened, changed, saved."""
    form = client.get(address).context["form"]
    return client.post(address, {"shown": form["shown"].value(), **fields}, follow=True)


def share(world):
    share_version(version=world.assessment.version, by=world.lead)


def see(client_of, person, document, part, query=""):
    return client_of(person).get(passage_url(document, passage_with(document, part), query))


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
