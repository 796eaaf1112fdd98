"""One passage in its place: who reads it, and what whom is not shown."""

import pytest

from plans.enums import Choice
from plans.services.choices import ChoiceChange, save_choices
from tests.factories.accounts import UserFactory
from tests.plans.cast import Cast
from tests.plans.documents.acting import accept
from tests.plans.documents.text_pages import hide, passage_url, see, share, text_of
from tests.plans.papers import EMPTY, item_of, passage_with, store_lexicon, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]


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


def test_readers_of_the_zone_read_along(client_of, world, document):
    accept(world.assessment, document, "inbraak", "A2")
    reader = UserFactory(reader_of=world.zone)
    response = see(client_of, reader, document, "inbraak", "?why=B1&for=B1")
    assert [one.suggestion.item.code for one in response.context["place"].suggested] == ["A2", "B1"]
    assert response.context["why"].counted == ("camera",)
    main = response.content.decode().split("<main")[1]
    assert 'method="post"' not in main
    assert client_of(reader).post(passage_url(document, passage_with(document, "inbraak"))).status_code == 404


def test_outside_the_zone_there_are_marks_and_no_suggestions(client_of, world, document):
    accept(world.assessment, document, "inbraak", "A2")
    share(world)
    cast = Cast(world.zone)
    for person in (cast.cleared, cast.coordinator):
        response = see(client_of, person, document, "inbraak", "?why=B1&for=B1")
        place = response.context["place"]
        assert ([mark.item.code for mark in place.marks], place.suggested) == (["A2"], ())
        text = text_of(response)
        for inside in ("Suggested", "indication", "B1", "Why not", "Correct this"):
            assert inside not in text
        assert "<mark>" not in response.content.decode()


def test_confidential_words_beside_it_are_not_shown_to_the_uncleared(client_of, world, document):
    hide(world, document, "zwerfvuil", "Wonen")
    share(world)
    cast = Cast(world.zone)
    assert {"zwerfvuil", "Wonen"} <= set(text_of(see(client_of, cast.cleared, document, "inbraak")).split())
    response = see(client_of, cast.coordinator, document, "inbraak")
    text = text_of(response)
    assert "zwerfvuil" not in text
    assert "Wonen" not in text
    # The heading above it, and two neighbours.
    assert text.count("confidential element") == 3
    assert see(client_of, cast.coordinator, document, "zwerfvuil").status_code == 404
    assert see(client_of, cast.cleared, document, "zwerfvuil").status_code == 200


def test_a_long_confidential_heading_is_hidden_where_its_beginning_is_repeated(client_of, world):
    heading = "GEHEIM " + " ".join(f"woord{n}" for n in range(40))
    document = upload(world.assessment, f"# Plan\n\n## {heading}\n\nEronder staat dit.\n")
    assert len(passage_with(document, "Eronder").heading_path[1]) < len(heading)
    hide(world, document, "GEHEIM")
    share(world)
    cast = Cast(world.zone)
    assert "GEHEIM" in text_of(see(client_of, cast.cleared, document, "Eronder"))
    assert "GEHEIM" not in text_of(see(client_of, cast.coordinator, document, "Eronder"))


def test_a_wholly_confidential_item_is_not_named_outside_the_zone(client_of, world, document):
    accept(world.assessment, document, "inbraak", "A2")
    accept(world.assessment, document, "inbraak", "B1")
    change = ChoiceChange("A2", 0, Choice.RETAINED, is_item_confidential=True)
    save_choices(assessment=world.assessment, by=world.lead, changes=[change])
    share(world)
    cast = Cast(world.zone)
    short = str(item_of(world.assessment, "A2").short["nl"])

    def named(person):
        response = see(client_of, person, document, "inbraak")
        return [mark.item.code for mark in response.context["place"].marks], short in text_of(response)

    assert named(cast.reader)[0] == ["A2", "B1"]
    assert named(cast.cleared)[0] == ["B1"]
    assert "A2" not in text_of(see(client_of, cast.cleared, document, "inbraak"))


def test_who_reads_a_passage(client, client_of, world, document):
    cast = Cast(world.zone)

    def answers(*names):
        return [see(client_of, cast[name], document, "inbraak").status_code for name in names]

    assert answers(*Cast.INSIDE) == [200, 200, 200]
    assert answers(*Cast.READING_SHARED, *Cast.OUTSIDE) == [404] * 7
    assert client.get(passage_url(document, passage_with(document, "inbraak"))).status_code == 302
    share(world)
    assert answers(*Cast.INSIDE, *Cast.READING_SHARED) == [200] * 5
    assert answers(*Cast.OUTSIDE) == [404] * 5
