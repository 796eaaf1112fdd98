"""Publishing by two, archiving, removing a draft: who, when, and what the database refuses in any case."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from framework import rules
from framework.correspondences import digest_of
from framework.export import edition_digest
from framework.models import Edition, Item, Publication
from framework.services import (
    CannotPublish,
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
from framework.services.parts import change_part, digest_of_part
from kiv.audit.models import AuditEvent
from plans.models import Assessment
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory, succeed
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import ZoneFactory
from tests.framework.closed import sql
from tests.framework.sample import SAMPLE
from tests.framework.succeeding import link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def draft():
    return EditionFactory(code="draft", items=("A1", "A2"), criteria=True)


@pytest.fixture
def first():
    return UserFactory(is_framework_administrator=True)


@pytest.fixture
def second():
    return UserFactory(is_framework_administrator=True)


def events() -> list[tuple]:
    return list(AuditEvent.objects.order_by("pk").values_list("event", "actor_id"))


def confirm(edition, by):
    return confirm_publication(edition=edition, by=by, digest=edition_digest(edition))


def decide_by_hand(*, edition, by):
    said = Saying("A1", (link("A1", "A1"),), digest_of(()))
    save_correspondences(edition=edition, by=by, sayings=[said])


def test_one_asks_and_another_publishes(draft, first, second):
    ask_publication(edition=draft, by=first)
    ask_publication(edition=draft, by=first)
    published = confirm(draft, second)
    assert (published.status, published.publication.asked_by, published.publication.confirmed_by) == (
        "published",
        first,
        second,
    )
    assert published.published_at == published.publication.confirmed_at
    assert events() == [("edition.publication_asked", first.pk), ("edition.published", second.pk)]


def test_nobody_publishes_alone(draft, first, second):
    with pytest.raises(CannotPublish, match="Nobody has asked"):
        confirm(draft, first)
    ask_publication(edition=draft, by=first)
    with pytest.raises(CannotPublish, match="A second framework administrator"):
        confirm(draft, first)
    with pytest.raises(CannotPublish, match="A colleague has asked"):
        ask_publication(edition=draft, by=second)
    with pytest.raises(rules.NotAllowed):
        publish_edition(edition=draft, by=first)
    assert Edition.objects.get().is_draft


@pytest.mark.parametrize("make", [UserFactory, lambda: UserFactory(lead_of=ZoneFactory()),
                                  lambda: UserFactory(is_system_administrator=True)])  # fmt: skip
def test_only_framework_administrators_publish(draft, first, make):
    other = make()
    ask_publication(edition=draft, by=first)
    for attempt in (
        lambda: ask_publication(edition=draft, by=other),
        lambda: confirm(draft, other),
        lambda: withdraw_publication(edition=draft, by=other),
        lambda: archive_edition(edition=draft, by=other),
        lambda: delete_draft(edition=draft, by=other),
        lambda: load_edition(data=SAMPLE.encode(), by=other),
    ):
        with pytest.raises(rules.NotAllowed):
            attempt()
    assert Publication.objects.get().asked_by == first


def test_a_change_in_between_withdraws_what_was_asked(draft, first, second):
    ask_publication(edition=draft, by=first)
    read = edition_digest(draft)
    item = draft.items.first()
    values = {"short": {"nl": "anders"}}
    change_part(item, by=second, seen=digest_of_part(item), values=values)
    assert not Publication.objects.exists()
    with pytest.raises(CannotPublish, match="Nobody has asked"):
        confirm(draft, second)
    with pytest.raises(CannotPublish, match="the request for publication lapsed"):
        confirm_publication(edition=draft, by=second, digest=read)
    assert [event for event, _ in events()] == [
        "edition.publication_asked",
        "edition.changed",
        "edition.publication_withdrawn",
    ]


@pytest.mark.parametrize("decide", [decide_by_hand, decide_sure_proposals])
def test_deciding_what_became_of_items_withdraws_what_was_asked(draft, first, second, decide):
    succeed(EditionFactory(code="before", items=("A1",), published=True), draft)
    ask_publication(edition=draft, by=first)
    for _ in range(2):
        decide(edition=draft, by=second)
    assert not Publication.objects.filter(edition=draft).exists()
    assert [event for event, _ in events()] == [
        "edition.publication_asked",
        "edition.publication_withdrawn",
        "edition.correspondences_saved",
    ]


def test_a_change_that_passed_by_the_services_counts_too(draft, first, second):
    ask_publication(edition=draft, by=first)
    Item.objects.filter(edition=draft, code="A1").update(short={"nl": "anders"})
    with pytest.raises(CannotPublish, match="was changed after publication was asked"):
        confirm(draft, second)
    ask_publication(edition=draft, by=second)
    assert confirm(draft, first).status == "published"


def test_one_publishes_what_one_has_read(draft, first, second):
    read = edition_digest(draft)
    Item.objects.filter(edition=draft, code="A1").update(short={"nl": "anders"})
    ask_publication(edition=draft, by=first)
    with pytest.raises(CannotPublish, match="since you opened this page"):
        confirm_publication(edition=draft, by=second, digest=read)


def test_withdrawing(draft, first, second):
    ask_publication(edition=draft, by=first)
    for _ in range(2):
        withdraw_publication(edition=draft, by=second)
    assert [event for event, _ in events()] == ["edition.publication_asked", "edition.publication_withdrawn"]


def test_blockers_are_told_when_asking_and_when_confirming(draft, first, second):
    ask_publication(edition=draft, by=first)
    draft.items.all().delete()
    for attempt in (lambda: ask_publication(edition=draft, by=first), lambda: confirm(draft, second)):
        with pytest.raises(CannotPublish, match="This edition has no items yet"):
            attempt()


def refused(attempt, match: str) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        attempt()


def test_the_database_publishes_nothing_that_one_person_wants(draft, first, second):
    rows = Edition.objects.filter(pk=draft.pk)
    published = {"status": "published", "published_at": timezone.now()}
    refused(lambda: rows.update(**published), "published by two people")
    ask_publication(edition=draft, by=first)
    refused(lambda: rows.update(**published), "published by two people")
    asked = Publication.objects.filter(edition=draft)
    now = timezone.now()
    refused(lambda: asked.update(confirmed_by=first, confirmed_at=now), "publication_needs_two_people")
    refused(lambda: asked.update(confirmed_at=now), "publication_needs_two_people")
    refused(lambda: asked.update(asked_by=None, confirmed_at=now), "cannot change")
    refused(lambda: asked.update(asked_by=second, confirmed_by=first, confirmed_at=now), "cannot change")
    refused(lambda: EditionFactory(**published), "published by two people")
    assert rows.get().is_draft


def test_a_confirmed_publication_stays(draft, first, second):
    ask_publication(edition=draft, by=first)
    confirm(draft, second)
    rows = Publication.objects.filter(edition=draft)
    refused(lambda: rows.update(confirmed_by=None, confirmed_at=None), "cannot change")
    refused(lambda: rows.delete(), "cannot change")
    refused(lambda: sql("DELETE FROM framework_publication"), "cannot change")


def test_archived_and_restored(first):
    edition = EditionFactory(code="old", items=("A1",), published=True)
    for _ in range(2):
        archive_edition(edition=edition, by=first)
    assert Edition.objects.get().status == "archived"
    restore_edition(edition=edition, by=first)
    assert Edition.objects.get().status == "published"
    assert [event for event, _ in events()] == ["edition.archived", "edition.restored"]


def test_an_archived_edition_stays_while_a_plan_refers_to_it(first):
    assessment = AssessmentFactory(shared=True)
    edition = archive_edition(edition=assessment.edition, by=first)
    with pytest.raises(rules.WrongMoment):
        delete_draft(edition=edition, by=first)
    with pytest.raises(ProtectedError):
        edition.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"DELETE FROM framework_edition WHERE id = {edition.pk}")
    assert Edition.objects.get(pk=edition.pk).status == "archived"
    assert Assessment.objects.get(pk=assessment.pk).edition == edition


def test_only_what_is_no_draft_is_archived_and_only_drafts_are_removed(draft, first):
    published = EditionFactory(code="old", items=("A1",), published=True)
    with pytest.raises(rules.WrongMoment):
        archive_edition(edition=draft, by=first)
    with pytest.raises(rules.WrongMoment):
        delete_draft(edition=published, by=first)
    delete_draft(edition=draft, by=first)
    assert list(Edition.objects.all()) == [published]


def test_a_draft_that_another_edition_names_stays(draft, first):
    EditionFactory(code="after", predecessor=draft)
    with pytest.raises(rules.WrongMoment, match="refers to this draft"):
        delete_draft(edition=draft, by=first)
    assert Edition.objects.filter(code="draft").exists()
    assert not AuditEvent.objects.exists()
