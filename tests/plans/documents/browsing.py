"""Documents as a browser sends and fetches them: for the tests of those pages."""

import html
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse


def at(name: str, assessment, *arguments) -> str:
    return reverse(f"plans:{name}", args=[assessment.version.plan_id, *arguments])


def file(data: str | bytes, name: str = "plan.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def send(client, address: str, data=None, *, name: str = "plan.md", headers=None, **fields):
    """As the page does it: opened, filled in, sent. `data` None: no file chosen."""
    context = client.get(address).context
    document = context["document"]
    fields = {"submission": context["submission"], "kind": "plan"} | fields
    if document is not None:
        fields = {"revision": document.revision} | fields
    if data is not None:
        fields["file"] = file(data, name)
    return client.post(address, fields, headers=headers)


def text(response) -> str:
    """What can be read on the page, on one line."""
    body = response.content.decode().split("<main", 1)[-1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def said(response) -> list[str]:
    """The messages that the next page will show."""
    return [str(message) for message in response.wsgi_request._messages]
