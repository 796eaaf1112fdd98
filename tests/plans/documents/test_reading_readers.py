"""Who may read and decide in the reading view, and what it costs."""

import pytest
from django.urls import reverse

from plans.models import PassageEvidence
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.plans.papers import EMPTY, PAPER, passage_with, store_lexicon, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def world():
    world = make_world(EMPTY)
    store_lexicon(world.edition)
    return world


@pytest.fixture
def document(world):
    return upload(world.assessment)


@pytest.fixture
def editor(world):
    return UserFactory(editor_of=world.zone)


def page_url(document, query=""):
    return reverse("plans:reading", args=[document.version.plan_id, document.number]) + query


def decide_url(document, passage):
    return reverse("plans:passage_decide", args=[document.version.plan_id, document.number, passage.pk])


def cards(response):
    return [card for block in response.context["reading"].blocks for card in block.cards]


def ticked(card):
    return [tick.value for tick in card.elements if tick.is_ticked]


def test_readers_of_the_zone_read_along(client_of, world, document):
    response = client_of(UserFactory(reader_of=world.zone)).get(page_url(document))
    assert response.status_code == 200
    assert len(cards(response)) == 3
    assert b"<form" not in response.content.split(b'<main id="main"')[1].split(b"</main>")[0]


@pytest.mark.parametrize("shared", [False, True])
def test_suggestions_are_the_zones_own(client_of, world, document, shared):
    if shared:
        share_version(version=world.assessment.version, by=world.lead)
    for person in (
        UserFactory(coordinator_of=world.zone),
        UserFactory(cleared_coordinator_of=world.zone),
        UserFactory(lead_of=make_world(EMPTY).zone),
        UserFactory(is_framework_administrator=True),
    ):
        assert client_of(person).get(page_url(document)).status_code == 404


def test_nothing_is_decided_once_the_plan_is_shared(client_of, world, document, editor):
    share_version(version=world.assessment.version, by=world.lead)
    passage = passage_with(document, "inbraak")
    page = client_of(editor).get(page_url(document))
    assert page.context["may_edit"] is False
    data = {"item": "A2", "verdict": "accepted", "elements": ["action"]}
    response = client_of(editor).post(decide_url(document, passage), data)
    assert response.status_code == 409
    assert b"can no longer be changed" in response.content
    assert not PassageEvidence.objects.exists()


@pytest.mark.parametrize("times", [1, 3])
def test_queries_do_not_grow(client_of, world, editor, times, django_assert_num_queries):
    text = "".join(f"\n# Deel {n}\n{PAPER}" for n in range(times))
    document = upload(world.assessment, text)
    passage = document.passages.filter(text__contains="doelstelling").first()
    client = client_of(editor)
    data = {"item": "A1", "verdict": "accepted", "elements": ["objective"]}
    client.post(decide_url(document, passage), data)
    client.get(page_url(document, "?item=A1"))
    with django_assert_num_queries(12):
        client.get(page_url(document, "?item=A1"))
