"""The text of a document: who reads it, and what whom is not shown."""

import re

import pytest
from django.urls import reverse

from plans.enums import Choice
from plans.models import Passage
from plans.services.choices import ChoiceChange, save_choices
from tests.factories.accounts import UserFactory
from tests.plans.cast import Cast
from tests.plans.documents.acting import accept
from tests.plans.documents.text_pages import hide, lines, share, text_url, words
from tests.plans.papers import EMPTY, passage_with, store_lexicon, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]


@pytest.fixture
def world():
    world = make_world(EMPTY)
    store_lexicon(world.edition)
    return world


def test_confidential_passages_are_for_the_zone_and_the_cleared(client_of, world):
    document = upload(world.assessment)
    hide(world, document, "drugshandel", "Wonen")
    share(world)
    cast = Cast(world.zone)
    for person in (cast.reader, cast.cleared):
        html = client_of(person).get(text_url(document)).content.decode()
        assert "drugshandel" in html
        assert html.count("confidential element") == 0
    response = client_of(cast.coordinator).get(text_url(document))
    html = response.content.decode()
    assert "drugshandel" not in html
    assert "Wonen" not in html
    assert html.count("confidential element") == 2
    assert len(lines(response)) == document.passages.count()
    pk = passage_with(document, "Mensenhandel").pk
    hidden = Passage.objects.filter(is_confidential=True).values_list("pk", flat=True)
    linked = {int(found) for found in re.findall(r"/passages/(\d+)/", html)}
    assert pk in linked
    assert linked.isdisjoint(hidden)


def test_a_confidential_head_of_a_table_is_not_repeated_beside_its_rows(client_of, world):
    long_cell = "Een lange cel met veel woorden. " * 12
    text = f"# Plan\n\n| Actie | GEHEIM |\n|---|---|\n| {long_cell} | {long_cell} tweede |\n"
    document = upload(world.assessment, text)
    assert document.passages.filter(header__isnull=False).exclude(header=[]).exists()
    hide(world, document, "GEHEIM")
    share(world)
    assert "GEHEIM" in client_of(world.lead).get(text_url(document)).content.decode()
    outside = client_of(UserFactory(coordinator_of=world.zone)).get(text_url(document))
    assert "GEHEIM" not in outside.content.decode()
    assert "Een lange cel" in outside.content.decode()


def test_a_search_never_reveals_confidential_words(client_of, world):
    document = upload(world.assessment)
    hide(world, document, "drugshandel")
    share(world)
    cast = Cast(world.zone)

    def finds(person, asked):
        response = client_of(person).get(text_url(document), {"q": asked})
        return response.context["page"].paginator.count, [words(line)[:4] for line in lines(response)]

    assert finds(cast.reader, "drugshandel") == (1, ["Onze"])
    assert finds(cast.cleared, "drugshandel") == (1, ["Onze"])
    assert finds(cast.coordinator, "drugshandel") == (0, [])
    assert finds(cast.coordinator, "drugs") == (3, ["Drug", "Wij ", "Indi"])


def test_a_wholly_confidential_item_is_not_named_outside_the_zone(client_of, world):
    document = upload(world.assessment)
    accept(world.assessment, document, "drugshandel", "A1")
    accept(world.assessment, document, "drugshandel", "B2")
    change = ChoiceChange("A1", 0, Choice.RETAINED, is_item_confidential=True)
    save_choices(assessment=world.assessment, by=world.lead, changes=[change])
    share(world)
    cast = Cast(world.zone)

    def named(person):
        return re.findall(r"accepted for (\w+)", client_of(person).get(text_url(document)).content.decode())

    assert named(cast.reader) == ["A1", "B2"]
    assert named(cast.cleared) == ["B2"]
    assert named(cast.coordinator) == ["B2"]


def test_who_reads_the_text(client, client_of, world):
    document = upload(world.assessment)
    cast = Cast(world.zone)

    def answers(*names):
        return [client_of(cast[name]).get(text_url(document)).status_code for name in names]

    assert answers(*Cast.INSIDE) == [200, 200, 200]
    assert answers(*Cast.READING_SHARED, *Cast.OUTSIDE) == [404] * 7
    assert client.get(text_url(document)).status_code == 302
    share(world)
    assert answers(*Cast.INSIDE, *Cast.READING_SHARED) == [200] * 5
    assert answers(*Cast.OUTSIDE) == [404] * 5
    assert client_of(cast.lead).post(text_url(document)).status_code == 405


def test_a_confidential_document_has_no_text_for_the_uncleared(client_of, world):
    document = upload(world.assessment, is_confidential=True)
    share(world)
    cast = Cast(world.zone)
    answers = [
        client_of(person).get(text_url(document)).status_code
        for person in (cast.reader, cast.cleared, cast.coordinator)
    ]
    assert answers == [200, 200, 404]


def test_only_the_zone_is_led_to_the_suggestions(client_of, world):
    document = upload(world.assessment)
    share(world)
    link = f'href="{reverse("plans:reading", args=[world.plan.pk, 1])}"'
    assert link in client_of(world.lead).get(text_url(document)).content.decode()
    outside = client_of(UserFactory(cleared_coordinator_of=world.zone)).get(text_url(document))
    assert link not in outside.content.decode()
