"""A closed edition with a draft beside it, and the one question asked of them: is this attempt refused?"""

import pytest
from django.db import IntegrityError, connection, transaction

from framework.models import Aspect, Attachment, CriterionText, Edition, Framework, Item
from tests.factories.framework import (
    AspectFactory,
    AttachmentFactory,
    CriterionTextFactory,
    EditionFactory,
    ItemFactory,
    publish,
)

CHILDREN = {Item: "item", Aspect: "aspect", CriterionText: "criterion", Attachment: "attachment"}


class World:
    """One closed edition and one draft beside it, each with one row of every kind."""

    def __init__(self, status: str) -> None:
        self.edition = EditionFactory(code="closed")
        self.item = ItemFactory(edition=self.edition, code="A1")
        self.aspect = AspectFactory(item=self.item, code="a", title_status={"nl": "official"})
        self.criterion = CriterionTextFactory(edition=self.edition, code="D")
        self.attachment = AttachmentFactory(edition=self.edition, name="ONE")
        publish(self.edition)
        Edition.objects.filter(pk=self.edition.pk).update(status=status)
        self.edition.refresh_from_db()
        self.draft = EditionFactory(code="draft")
        self.draft_item = ItemFactory(edition=self.draft, code="B1")
        self.draft_aspect = AspectFactory(item=self.draft_item, code="b")
        self.draft_criterion = CriterionTextFactory(edition=self.draft, code="G")
        self.draft_attachment = AttachmentFactory(edition=self.draft, name="TWO")


def state() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Framework, Edition, *CHILDREN)]


def is_refused(attempt) -> None:
    """The attempt ends in an IntegrityError of the database and leaves everything as it was."""
    before = state()
    with pytest.raises(IntegrityError, match="published edition cannot change"), transaction.atomic():
        attempt()
    assert state() == before


def sql(statement: str, *values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def with_text(title: dict, language: str, text: str) -> dict:
    return {**title, language: text}
