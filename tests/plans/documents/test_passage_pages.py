"""One passage in its place: what stands there for whom, and correcting it."""

import re

import pytest

from plans.models import Passage
from plans.services.decisions import Ticks
from plans.services.documents import replace_document
from tests.factories.accounts import UserFactory
from tests.plans.documents.acting import accept, say
from tests.plans.documents.text_pages import correct, passage_url, see, share, text_of, text_url
from tests.plans.papers import PAPER, passage_with, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]


@pytest.fixture
def document(world):
    return upload(world.assessment)


@pytest.fixture
def editor(world):
    return UserFactory(editor_of=world.zone)


def ticked(response, name):
    return [tick.value for tick in getattr(response.context["boxes"], name) if tick.is_ticked]


def test_it_stands_below_its_headings_between_its_neighbours(client_of, document, editor):
    place = see(client_of, editor, document, "inbraak").context["place"]
    assert place.number == 7
    assert place.headings == ("Plan", "Wonen")
    assert [(one.number, one.text[:6]) for one in place.before] == [
        (3, "Onze d"),
        (4, "Wij or"),
        (5, "Indica"),
        (6, "Wonen"),
    ]
    assert [(one.number, one.text[:6]) for one in place.after] == [
        (8, "Er lig"),
        (9, "Mensen"),
        (10, "Dienst"),
        (11, "Het on"),
    ]
    first = client_of(editor).get(passage_url(document, document.passages.get(position=0)))
    assert (first.context["place"].before, len(first.context["place"].after)) == ((), 4)


def test_it_says_for_what_it_was_accepted_and_offers_to_take_it_back(client_of, world, document, editor):
    ticks = Ticks(elements=["action", "responsible"], links=["prevention"])
    accept(world.assessment, document, "controles", "A1", ticks=ticks)
    passage = passage_with(document, "controles")
    response = see(client_of, editor, document, "controles")
    marks = response.context["place"].marks
    assert [mark.item.code for mark in marks] == ["A1"]
    html = response.content.decode()
    shown = re.search(r'<ul class="elements">(.*?)</ul>', html, re.DOTALL)[1]
    assert re.findall(r"</svg>\s*(\w+)", shown) == ["action", "responsible", "prevention"]
    assert f'href="/plans/{world.plan.pk}/items/A1/"' in html
    assert html.count('value="take_back"') == 1
    answer = client_of(editor).post(
        f"{passage_url(document, passage)}decide/",
        {"item": "A1", "verdict": "take_back", "next": passage_url(document, passage)},
    )
    assert (answer.status_code, answer.url) == (302, passage_url(document, passage))
    assert world.assessment.passages.count() == 0


def test_it_says_what_is_suggested_and_why(client_of, document, editor):
    response = see(client_of, editor, document, "inbraak")
    suggested = response.context["place"].suggested
    assert [(one.suggestion.item.code, one.suggestion.tier, one.words) for one in suggested] == [
        ("A2", "strong", ("inbraak",)),
        ("B1", "strong", ("camera",)),
    ]
    assert re.findall(r"<mark>(.*?)</mark>", response.content.decode()) == ["inbraak", "camera"]
    text = text_of(response)
    assert text.count("strong indication") == 2
    assert text.count("These words stand in the passage itself.") == 2


def test_what_was_turned_down_says_so_and_can_be_taken_back(client_of, world, document, editor):
    say(world.assessment, document, "inbraak", "B1", "rejected")
    response = see(client_of, editor, document, "inbraak")
    assert "Not about this item" in text_of(response)
    assert response.content.decode().count('value="take_back"') == 1
    assert re.findall(r"<mark>(.*?)</mark>", response.content.decode()) == ["inbraak"]


def test_the_boxes_are_those_of_the_likeliest_item_until_another_is_asked_for(
    client_of, world, document, editor
):
    response = see(client_of, editor, document, "drugshandel")
    assert response.context["boxes"].item.code == "A1"
    assert ticked(response, "elements") == ["objective", "due", "partner"]
    other = see(client_of, editor, document, "drugshandel", "?for=B2")
    assert other.context["boxes"].item.code == "B2"
    assert ticked(other, "elements") == ["objective", "due", "partner"]
    accept(world.assessment, document, "drugshandel", "A1")
    assert see(client_of, editor, document, "drugshandel").context["boxes"] is None
    assert see(client_of, editor, document, "drugshandel", "?for=A1").context["boxes"] is None


def test_aspects_are_those_of_the_item(client_of, world, editor):
    document = upload(world.assessment, "# Plan\n\nWij bestrijden drugs en cannabis.\n")
    response = see(client_of, editor, document, "cannabis")
    assert [(tick.value, tick.is_ticked) for tick in response.context["boxes"].aspects] == [
        ("supply", False),
        ("demand", True),
    ]
    assert see(client_of, editor, document, "cannabis", "?for=A2").context["boxes"].aspects == ()


def test_a_passage_is_accepted_from_its_page_for_an_item_nobody_suggested(client_of, world, document, editor):
    passage = passage_with(document, "onthaal")
    page = see(client_of, editor, document, "onthaal", "?for=A3")
    html = page.content.decode()
    action = re.search(r'action="([^"]*/decide/)"', html)[1]
    typed = {"item": "A3", "verdict": "accepted", "elements": ["action"], "links": ["reaction"]}
    answer = client_of(editor).post(action, typed | {"objective": "", "next": passage_url(document, passage)})
    assert (answer.status_code, answer.url) == (302, passage_url(document, passage))
    evidence = world.assessment.passages.get()
    assert (evidence.item.code, evidence.source_id, evidence.links) == ("A3", passage.pk, ["reaction"])
    again = see(client_of, editor, document, "onthaal")
    assert [mark.item.code for mark in again.context["place"].marks] == ["A3"]


def test_language_and_confidentiality_are_corrected(client_of, world, document, editor):
    accept(world.assessment, document, "inbraak", "A2")
    passage = passage_with(document, "inbraak")
    url = passage_url(document, passage)
    answer = correct(client_of(editor), url, language="fr", is_confidential="on")
    assert answer.redirect_chain == [(url, 302)]
    assert "The passage was saved." in text_of(answer)
    stored = Passage.objects.get(pk=passage.pk)
    assert (stored.language, stored.is_language_by_hand, stored.is_confidential) == ("fr", True, True)
    assert world.assessment.passages.get().is_confidential
    assert answer.context["form"].initial == {
        "language": "fr",
        "is_confidential": True,
        "shown": "fr:confidential",
    }
    assert [value for value, _ in answer.context["form"].fields["language"].choices] == ["nl", "fr", "de"]


def test_the_language_as_found_stays_when_only_confidentiality_changes(client_of, document, editor):
    passage = passage_with(document, "inbraak")
    correct(client_of(editor), passage_url(document, passage), language="", is_confidential="on")
    stored = Passage.objects.get(pk=passage.pk)
    assert (stored.language, stored.is_language_by_hand, stored.is_confidential) == (
        passage.language,
        False,
        True,
    )


def test_a_language_that_no_plan_has_is_refused(client_of, document, editor):
    passage = passage_with(document, "inbraak")
    response = client_of(editor).post(passage_url(document, passage), {"language": "en"})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["language"]
    assert Passage.objects.get(pk=passage.pk).is_language_by_hand is False


def test_a_passage_that_is_gone_leads_to_the_text(client_of, document, editor):
    url = passage_url(document, passage_with(document, "inbraak"))
    text = PAPER.replace("inbraak", "iets anders")
    replace_document(document=document, filename="plan.md", data=text.encode(), revision=1, by=None)
    response = client_of(editor).post(url, {"language": "fr"}, follow=True)
    assert response.redirect_chain == [(text_url(document), 302)]
    assert "This passage is no longer in the document. Nothing was changed." in text_of(response)
    assert client_of(editor).get(url).status_code == 404


def test_a_shared_version_is_not_corrected(client_of, world, document, editor):
    passage = passage_with(document, "inbraak")
    share(world)
    response = client_of(editor).post(passage_url(document, passage), {"is_confidential": "on"})
    assert response.status_code == 409
    assert "This version was shared for review and can no longer be changed." in text_of(response)
    assert Passage.objects.get(pk=passage.pk).is_confidential is False


def test_a_passage_belongs_to_its_document(client_of, world, document, editor):
    other = upload(world.assessment, "# Bijlage\n\nIets over drugs.\n", name="bijlage.md")
    passage = passage_with(document, "inbraak")
    assert client_of(editor).get(passage_url(other, passage)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_passage_costs_the_same_whatever_is_said_of_it(client_of, django_assert_num_queries, world, rows):
    words = ["drugs", "inbraak", "camera", "gegevens", "mensenhandel", "zwerfvuil"]
    text = "# Plan\n\n" + "Slot.\n\n" * rows + f"Wij werken aan {', '.join(words[: rows * 2])}.\n"
    document = upload(world.assessment, text)
    for code in ("A1", "A2", "B1")[:rows]:
        accept(world.assessment, document, "Wij werken", code)
    lead, coordinator = world.lead, UserFactory(coordinator_of=world.zone)
    url = passage_url(document, passage_with(document, "Wij werken"))
    client = client_of(lead)
    client.get(url + "?why=B2&for=B2")
    with django_assert_num_queries(12):
        client.get(url)
    with django_assert_num_queries(13):
        client.get(url + "?why=B2&for=B2")
    share(world)
    outside = client_of(coordinator)
    outside.get(url)
    with django_assert_num_queries(11):
        outside.get(url)
