"""What the tests of changing editions share: a published edition, one change, and what was recorded."""

from framework.services.parts import change_part, digest_of_part
from kiv.audit.models import AuditEvent
from tests.factories.framework import AspectFactory, EditionFactory, publish

PDF = b"%PDF-1.7\n%%EOF\n"
ITEM = {
    "code": "Z.9",
    "kind": "theme",
    "title": {"nl": "Samen", "fr": "Ensemble"},
    "title_status": {"nl": "official", "fr": "translation"},
    "short": {"nl": "samen"},
    "summary": {"nl": "over samen"},
    "example": None,
}


def published_edition():
    """One item with one aspect, of which the Dutch title is official, and an attachment without its file."""
    edition = EditionFactory(code="public", items=("A1",), criteria=True, attachments=("NOTE",))
    statuses = {"nl": "official", "fr": "translation", "de": "translation", "en": "translation"}
    AspectFactory(item=edition.items.get(), code="one", title_status=statuses)
    publish(edition)
    return edition


def change(part, by, **values):
    """Change a part as somebody who has just read it."""
    return change_part(part, by=by, seen=digest_of_part(part), values=values)


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))
