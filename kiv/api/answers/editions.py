"""Editions of the framework note."""

from datetime import date, datetime

from pydantic import Field

from framework.enums import CriterionCode, EditionStatus, ItemKind
from framework.models import Aspect, CriterionText, Edition, Item
from kiv.api.answers.shared import Answer, Page, Text


class EditionLine(Answer):
    """An edition in a list."""

    code: str = Field(description="Identifies the edition, for good.")
    framework: str = Field(description="Code of the series of notes it belongs to.")
    title: Text = Field(description="Title.")
    status: EditionStatus = Field(description="Draft, published or archived.")
    first_year: int = Field(description="First year of its period.")
    last_year: int = Field(description="Last year of its period.")
    approved_on: date | None = Field(description="Day on which it was approved.")
    published_at: datetime | None = Field(description="When it was published here.")
    predecessor: str | None = Field(description="Code of the edition before it.")


class EditionPage(Page):
    """A page of editions."""

    results: list[EditionLine] = Field(description="Editions, the latest period first.")


class AspectAnswer(Answer):
    """A part of an item that an entry of a plan can tick."""

    code: str = Field(description="Identifies the aspect within its item.")
    title: Text = Field(description="Title.")


class ItemAnswer(Answer):
    """A priority or theme."""

    code: str = Field(description="Identifies the item within its edition.")
    kind: ItemKind = Field(description="Priority or theme.")
    title: Text = Field(description="Title.")
    short: Text = Field(description="Short title.")
    summary: Text = Field(description="What it covers.")
    aspects: list[AspectAnswer] = Field(description="Its aspects, in order.")


class CriterionAnswer(Answer):
    """One of the six things that a plan is read for."""

    code: CriterionCode = Field(description="Its letter.")
    name: Text = Field(description="Name.")
    question: Text = Field(description="What is asked.")
    earns_one: Text = Field(description="What earns a 1.")
    earns_two: Text = Field(description="What earns a 2.")


class EditionAnswer(EditionLine):
    """An edition with its items."""

    introduction: Text = Field(description="Introduction.")
    items: list[ItemAnswer] = Field(description="Priorities and themes, in the order of the edition.")
    criteria: list[CriterionAnswer] = Field(description="What the criteria ask, in order.")


def edition_line(edition: Edition) -> EditionLine:
    return EditionLine(**_line(edition))


def edition_answer(edition: Edition) -> EditionAnswer:
    """Of an edition with items, aspects and criteria at hand."""
    return EditionAnswer(
        **_line(edition),
        introduction=Text.of(edition.introduction),
        items=[_item(item) for item in edition.items.all()],
        criteria=[_criterion(criterion) for criterion in edition.criteria.all()],
    )


def _line(edition: Edition) -> dict:
    return {
        "code": edition.code,
        "framework": edition.framework.code,
        "title": Text.of(edition.title),
        "status": edition.status,
        "first_year": edition.first_year,
        "last_year": edition.last_year,
        "approved_on": edition.approved,
        "published_at": edition.published_at,
        "predecessor": edition.predecessor.code if edition.predecessor else None,
    }


def _item(item: Item) -> ItemAnswer:
    return ItemAnswer(
        code=item.code,
        kind=item.kind,
        title=Text.of(item.title),
        short=Text.of(item.short),
        summary=Text.of(item.summary),
        aspects=[_aspect(aspect) for aspect in item.aspects.all()],
    )


def _aspect(aspect: Aspect) -> AspectAnswer:
    return AspectAnswer(code=aspect.code, title=Text.of(aspect.title))


def _criterion(criterion: CriterionText) -> CriterionAnswer:
    fields = ("name", "question", "earns_one", "earns_two")
    texts = {name: Text.of(getattr(criterion, name)) for name in fields}
    return CriterionAnswer(code=criterion.code, **texts)
