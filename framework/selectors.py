"""How pages and exports get an edition, in a fixed number of queries. Never writes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from framework.enums import ItemKind, TextStatus
from framework.export import edition_as_data
from framework.models import Aspect, CriterionText, Edition, Erratum, Item, TextPart
from framework.texts import Text, list_texts
from kiv.localized import LANGUAGES

PARTS = {
    "items": "items",
    "aspects": "items__aspects",
    "criteria": "criteria",
    "attachments": "attachments",
    "successors": Prefetch("successors", Edition.objects.published(), to_attr="published_successors"),
}
#: The steps of a worked example, and the criteria a reader judges each by.
EXAMPLE_STEPS = {"diagnosis": ("D",), "objective": ("G",), "action": ("A", "I", "C"), "indicator": ("M",)}


@dataclass(frozen=True, slots=True)
class ExampleStep:
    """One step of a worked example: its text by language and the criteria it is read for."""

    name: str
    text: dict[str, str]
    criteria: tuple[CriterionText, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item, what surrounds it in its edition, and its example step by step."""

    item: Item
    aspects: tuple[Aspect, ...]
    previous: Item | None
    next: Item | None
    steps: tuple[ExampleStep, ...]


@dataclass(frozen=True, slots=True)
class EditionRow:
    """A line of the list of editions. `translations` gives per language how many titles have which status."""

    edition: Edition
    items: int
    priorities: int
    themes: int
    translations: tuple[tuple[str, dict[str, int]], ...]
    attachments: int
    files: int


def editions_to_show(user, *parts: str) -> QuerySet[Edition]:
    """The editions that exist for the user, with these parts of them ready to read."""
    return (
        Edition.objects.visible_to(user)
        .select_related("framework", "predecessor")
        .prefetch_related(*(PARTS[part] for part in parts))
    )


def find_item_page(item: Item) -> ItemPage:
    """Everything of an item's page; `item` comes with its edition. Three queries."""
    siblings = list(
        Item.objects.filter(edition=item.edition_id).only("code", "kind", "short", "title", "edition_id")
    )
    at = next(at for at, sibling in enumerate(siblings) if sibling.pk == item.pk)
    criteria = {criterion.code: criterion for criterion in item.edition.criteria.all()}
    return ItemPage(
        item=item,
        aspects=tuple(item.aspects.all()),
        previous=siblings[at - 1] if at else None,
        next=siblings[at + 1] if at + 1 < len(siblings) else None,
        steps=tuple(
            ExampleStep(name, item.example[name], tuple(criteria[code] for code in codes if code in criteria))
            for name, codes in EXAMPLE_STEPS.items()
            if item.example.get(name)
        ),
    )


def list_edition_rows(user) -> list[EditionRow]:
    """Every edition that exists for the user, latest first, with how complete its translations are."""
    editions = editions_to_show(user, "items", "attachments").with_successor()
    return [_edition_row(edition) for edition in editions]


def _edition_row(edition: Edition) -> EditionRow:
    items = list(edition.items.all())
    attachments = list(edition.attachments.all())
    return EditionRow(
        edition=edition,
        items=len(items),
        priorities=sum(item.kind == ItemKind.PRIORITY for item in items),
        themes=sum(item.kind == ItemKind.THEME for item in items),
        translations=tuple((language, _count_statuses(items, language)) for language in LANGUAGES),
        attachments=len(attachments),
        files=sum(bool(attachment.file) for attachment in attachments),
    )


def _count_statuses(items: list[Item], language: str) -> dict[str, int]:
    """How many item titles in this language are official, partial, translated, or missing."""
    counts = dict.fromkeys((*TextStatus.values, "missing"), 0)
    for item in items:
        counts[item.title_status.get(language, "missing")] += 1
    return counts


def missing_texts(edition: Edition) -> list[Text]:
    """The texts that are not there in every language, in the order of the edition."""
    return [text for text in list_texts(edition_as_data(edition)) if text.missing]


def languages_left(texts: list[Text]) -> list[tuple[str, int]]:
    """How many of these texts are missing in each language; languages in which none is are left out."""
    counts = ((language, sum(language in text.missing for text in texts)) for language in LANGUAGES)
    return [(language, count) for language, count in counts if count]


def errata_of(titled: Edition | Item, errata: Iterable[Erratum]) -> dict[str, Erratum]:
    """Language → the last erratum about this title, of those of its edition in their order."""
    part, code = (TextPart.ITEM, titled.code) if isinstance(titled, Item) else (TextPart.EDITION, "")
    return {each.language: each for each in errata if (each.part, each.code) == (part, code)}
