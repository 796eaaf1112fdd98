"""Editions for tests. An edition begins as a draft; its items are added before `published` closes it.

EditionFactory(items=("A1", "A2"), themes=("B1",), published=True)
"""

from datetime import UTC, datetime

import factory

from framework.enums import CriterionCode, EditionStatus, ItemKind, TextStatus
from framework.models import (
    Aspect,
    Attachment,
    Correspondence,
    CriterionText,
    Edition,
    Framework,
    Item,
    Publication,
)

LANGUAGES = ("nl", "fr", "de", "en")
STATUS = {
    "nl": TextStatus.OFFICIAL.value,
    "fr": TextStatus.OFFICIAL.value,
    "de": TextStatus.TRANSLATION.value,
    "en": TextStatus.TRANSLATION.value,
}


def in_all_languages(text: str) -> dict[str, str]:
    """ "drugs" → {"nl": "drugs nl", "fr": "drugs fr", …}"""
    return {language: f"{text} {language}" for language in LANGUAGES}


def localized(template: str):
    return factory.LazyAttribute(lambda made: in_all_languages(template.format(made=made)))


class FrameworkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Framework
        django_get_or_create = ("code",)

    code = "kiv"
    title = localized("framework {made.code}")


class EditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Edition
        skip_postgeneration_save = True

    framework = factory.SubFactory(FrameworkFactory)
    code = factory.Sequence(lambda number: f"edition-{number}")
    first_year = 2022
    last_year = 2024
    title = localized("edition {made.code}")
    title_status = factory.LazyFunction(lambda: dict(STATUS))
    subtitle = localized("subtitle {made.code}")
    introduction = localized("introduction {made.code}")

    @factory.post_generation
    def items(edition, create, codes, **kwargs):
        """Codes of the priorities to make, in their order."""
        add_items(edition, codes or (), ItemKind.PRIORITY)

    @factory.post_generation
    def themes(edition, create, codes, **kwargs):
        """Codes of the themes to make, after the priorities."""
        add_items(edition, codes or (), ItemKind.THEME)

    @factory.post_generation
    def criteria(edition, create, wanted, **kwargs):
        """True: the texts of the six criteria."""
        for position, code in enumerate(CriterionCode.values if wanted else (), start=1):
            CriterionTextFactory(edition=edition, code=code, position=position)

    @factory.post_generation
    def attachments(edition, create, names, **kwargs):
        """Names of the attachments to make, each without its file."""
        for name in names or ():
            AttachmentFactory(edition=edition, name=name)

    @factory.post_generation
    def published(edition, create, moment, **kwargs):
        """True, or the moment: closes the edition; nothing can be added afterwards."""
        if moment:
            publish(edition, moment if isinstance(moment, datetime) else None)

    @factory.post_generation
    def archived(edition, create, wanted, **kwargs):
        if wanted:
            publish(edition)
            edition.status = EditionStatus.ARCHIVED
            edition.save()


def add_items(edition, codes, kind) -> None:
    first = next_position(Item, edition=edition) if codes else 1
    for position, code in enumerate(codes, start=first):
        ItemFactory(edition=edition, code=code, kind=kind, position=position)


def publish(edition, moment: datetime | None = None) -> None:
    """Close the edition as an operator does, as of 1 January 2024 unless told otherwise."""
    edition.status = EditionStatus.PUBLISHED
    edition.published_at = moment or datetime(2024, 1, 1, tzinfo=UTC)
    moments = {"asked_at": edition.published_at, "confirmed_at": edition.published_at}
    Publication.objects.get_or_create(edition=edition, defaults=moments)
    edition.save()


def next_position(model, **parent):
    return model.objects.filter(**parent).count() + 1


class ItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Item

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence(lambda number: f"A{number}")
    kind = ItemKind.PRIORITY
    position = factory.LazyAttribute(lambda made: next_position(Item, edition=made.edition))
    title = localized("title {made.code}")
    title_status = factory.LazyFunction(lambda: dict(STATUS))
    short = localized("short {made.code}")
    summary = localized("summary {made.code}")
    example = factory.LazyAttribute(
        lambda made: {
            step: in_all_languages(f"{step} {made.code}")
            for step in ("diagnosis", "objective", "action", "indicator")
        }
    )


class AspectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Aspect

    item = factory.SubFactory(ItemFactory)
    code = factory.Sequence(lambda number: f"aspect-{number}")
    position = factory.LazyAttribute(lambda made: next_position(Aspect, item=made.item))
    title = localized("aspect {made.code}")


class CriterionTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CriterionText

    edition = factory.SubFactory(EditionFactory)
    code = CriterionCode.DIAGNOSIS
    position = factory.LazyAttribute(lambda made: next_position(CriterionText, edition=made.edition))
    name = localized("criterion {made.code}")
    question = localized("question {made.code}")
    earns_one = localized("one {made.code}")
    earns_two = localized("two {made.code}")


class AttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attachment

    edition = factory.SubFactory(EditionFactory)
    position = factory.LazyAttribute(lambda made: next_position(Attachment, edition=made.edition))
    label = localized("label {made.name}")
    name = factory.Sequence(lambda number: f"NOTE_{number}")
    language = "nl"

    class Params:
        uploaded = factory.Trait(file="framework/1/1.pdf", sha256="0" * 64, size=4)


class CorrespondenceFactory(factory.django.DjangoModelFactory):
    """`old` and `new` are codes of items of the edition before and of this one; decided unless told."""

    class Meta:
        model = Correspondence
        exclude = ("old", "new", "is_decided")

    old = "A1"
    new = "A1"
    is_decided = True
    edition = factory.SubFactory(EditionFactory)
    source = factory.LazyAttribute(lambda made: made.edition.predecessor.items.get(code=made.old))
    target = factory.LazyAttribute(lambda made: made.new and made.edition.items.get(code=made.new))
    relation = factory.LazyAttribute(lambda made: "equal" if made.new else "none")
    confidence = "high"
    decided_at = factory.LazyAttribute(
        lambda made: datetime(2024, 1, 1, tzinfo=UTC) if made.is_decided else None
    )


def succeed(old, new, *, equal=()) -> None:
    """Make `new` the edition after `old`, with these codes decided as equal."""
    Edition.objects.filter(pk=new.pk).update(predecessor=old)
    new.predecessor = old
    for code in equal:
        CorrespondenceFactory(edition=new, old=code, new=code)
