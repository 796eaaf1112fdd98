"""Editions: one loaded, one written and published by two, one corrected, one removed; their files."""

from types import SimpleNamespace

from framework.correspondences import digest_of as digest_of_links
from framework.export import digest_of, edition_digest, facts_read
from framework.models import Attachment, Edition, Item
from framework.services import (
    Saying,
    archive_edition,
    ask_publication,
    confirm_publication,
    decide_sure_proposals,
    delete_draft,
    load_edition,
    publish_edition,
    restore_edition,
    save_correspondences,
    withdraw_publication,
)
from framework.services.editing import change_facts
from framework.services.errata import add_erratum
from framework.services.files import give_file
from framework.services.parts import add_part, change_part, digest_of_part, move_part, remove_part
from framework.services.starting import start_edition
from plans.services.lexicons import load_shipped_lexicon
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.framework.changing import ITEM, PDF, published_edition
from tests.framework.sample import SAMPLE
from tests.framework.succeeding import link
from tests.killed.living import Act, Story

SHIPPED = "kiv-2022-2024"
NOTE = {"label": {"nl": "Nota"}, "name": "NOTE", "language": "nl", "dated": None}


def make_world() -> SimpleNamespace:
    """A published edition, `public`, and a draft that comes after it; two who administer them."""
    public = published_edition()
    EditionFactory(code="draft", items=("A1", "A2"), criteria=True, attachments=("NOTE",), predecessor=public)
    EditionFactory(code=SHIPPED)
    administrators = [UserFactory(is_framework_administrator=True) for _ in range(2)]
    return SimpleNamespace(by=administrators[0], second=administrators[1])


def edition(code: str) -> Edition:
    return Edition.objects.select_related("framework", "predecessor").get(code=code)


def item(code: str, of: str = "draft") -> Item:
    return Item.objects.select_related("edition").get(edition__code=of, code=code)


def attachment(of: str) -> Attachment:
    return Attachment.objects.select_related("edition").get(edition__code=of)


def of_edition(code: str):
    return lambda world: {"edition": edition(code), "by": world.by}


def starting(world) -> dict:
    public = edition("public")
    return {
        "code": "next",
        "framework": public.framework,
        "period": (2026, 2031),
        "title": {"nl": "De volgende"},
        "by": world.by,
        "copied_from": public,
    }


def changing(part, **values) -> dict:
    return {"part": part, "seen": digest_of_part(part), "values": values}


def changing_facts(world) -> dict:
    draft = edition("draft")
    return {
        "edition": draft,
        "seen": digest_of(facts_read(draft)),
        "values": {"subtitle": {"nl": "Samen"}},
        "predecessor": draft.predecessor,
        "by": world.by,
    }


def saying(world) -> dict:
    said = Saying("A1", (link("A1", "A1"),), seen=digest_of_links(()))
    return {"edition": edition("draft"), "by": world.by, "sayings": [said]}


def confirming(world) -> dict:
    return {"edition": edition("draft"), "by": world.second, "digest": edition_digest(edition("draft"))}


def giving(of: str, data: bytes) -> Act:
    return Act(
        give_file,
        lambda world: {"attachment": attachment(of), "data": data, "by": world.by},
        stores_file=True,
    )


def ask_again(world) -> None:
    ask_publication(edition=edition("draft"), by=world.by)


def add_attachment_with_file(world) -> None:
    add_part(Attachment, parent=edition("next"), by=world.by, values=NOTE)
    give_file(attachment=attachment("next"), data=PDF, by=world.by)


STORY = Story(
    "editions",
    make_world,
    (
        Act(load_edition, lambda world: {"data": SAMPLE.encode(), "by": world.by}),
        Act(publish_edition, lambda world: {"edition": edition("test-2030"), "by": None}),
        Act(
            load_edition,
            lambda world: {
                "data": SAMPLE.replace("over fietsen", "over de fiets").encode(),
                "by": world.by,
                "should_update_texts": True,
            },
        ),
        Act(load_shipped_lexicon, lambda world: {"edition": edition(SHIPPED), "by": None}),
        # A draft, part by part, until it is published by two.
        Act(
            add_part,
            lambda world: {"model": Item, "parent": edition("draft"), "by": world.by, "values": ITEM},
        ),
        Act(change_part, lambda world: changing(item("Z.9"), short={"nl": "saam"}) | {"by": world.by}),
        Act(move_part, lambda world: {"part": item("Z.9"), "by": world.by, "down": False}),
        Act(remove_part, lambda world: {"part": item("Z.9"), "by": world.by}),
        Act(change_facts, changing_facts),
        Act(save_correspondences, saying),
        giving("draft", PDF),
        giving("draft", PDF + b"% a later one\n"),
        Act(ask_publication, of_edition("draft")),
        Act(withdraw_publication, of_edition("draft")),
        ask_again,
        Act(confirm_publication, confirming),
        # What is published: corrected, given its missing file, put away.
        giving("public", PDF),
        Act(change_part, lambda world: changing(item("A1", "public"), short={"nl": "x"}) | {"by": world.by}),
        Act(
            add_erratum,
            lambda world: {
                "titled": item("A1", "public"),
                "language": "nl",
                "after": "Beter",
                "reason": "A slip",
                "by": world.by,
            },
        ),
        Act(archive_edition, of_edition("public")),
        Act(restore_edition, of_edition("public")),
        # A copy, thrown away with its files.
        Act(start_edition, starting),
        Act(decide_sure_proposals, of_edition("next")),
        add_attachment_with_file,
        Act(remove_part, lambda world: {"part": attachment("next"), "by": world.by}),
        add_attachment_with_file,
        Act(delete_draft, of_edition("next")),
    ),
)
