"""The reading view as people use it, with and without scripts: decide, be refused, undo, go on."""

import pytest
from django.urls import reverse

from plans.enums import Verdict
from plans.models import PassageEvidence, Suggestion
from tests.factories.accounts import UserFactory
from tests.plans.papers import EMPTY, PAPER, passage_with, upload
from tests.plans.world import make_edition, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HTMX = {"HX-Request": "true"}


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


def test_it_opens_at_the_first_item_that_asks_something(client_of, world, document, editor):
    response = client_of(editor).get(page_url(document))
    reading = response.context["reading"]
    assert reading.current.item.code == "A1"
    assert [(p.item.code, p.seen, p.total) for p in reading.items] == [
        ("A1", 0, 3),
        ("A2", 0, 1),
        ("A3", 0, 0),
        ("A4", 0, 1),
        ("B1", 0, 1),
        ("B2", 0, 0),
    ]
    assert (reading.seen, reading.total) == (0, 6)
    blocks = [(b.criterion, b.digit, [c.passage.text[:5] for c in b.cards]) for b in reading.blocks]
    assert blocks == [
        ("G", 0, ["Onze "]),
        ("A", 0, ["Wij o"]),
        ("M", 0, ["Indic"]),
        ("", 0, []),
    ]
    assert ticked(cards(response)[0]) == ["objective", "due", "partner"]


def test_what_counted_is_marked_in_the_words_of_the_passage(client_of, document, editor):
    html = client_of(editor).get(page_url(document, "?item=A2")).content.decode()
    assert "Wij controleren op <mark>inbraak</mark> met een camera in de stationswijk." in html


def test_accepting_makes_evidence_and_goes_on(client_of, world, document, editor):
    passage = passage_with(document, "doelstelling")
    data = {"item": "A1", "verdict": "accepted", "elements": ["objective", "due"]}
    response = client_of(editor).post(decide_url(document, passage), data)
    assert response.status_code == 302
    assert response.url == page_url(document, "?item=A1#first")
    evidence = PassageEvidence.objects.get()
    assert (evidence.item.code, evidence.elements, evidence.source) == ("A1", ["objective", "due"], passage)
    assert world.assessment.scores.get(item__code="A1").level == 1
    page = client_of(editor).get(response.url)
    assert [card.passage.text[:5] for card in cards(page)] == ["Wij o", "Indic"]
    assert page.context["reading"].seen == 1


def test_the_last_passage_of_an_item_leads_to_the_next_item(client_of, document, editor):
    passage = passage_with(document, "inbraak")
    response = client_of(editor).post(decide_url(document, passage), {"item": "A2", "verdict": "rejected"})
    assert response.url == page_url(document, "?item=A4#first")


def test_under_htmx_the_part_that_changes_comes_back_with_what_happened(client_of, document, editor):
    passage = passage_with(document, "inbraak")
    client = client_of(editor)
    response = client.post(decide_url(document, passage), {"item": "A2", "verdict": "rejected"}, headers=HTMX)
    assert response.status_code == 200
    html = response.content.decode()
    assert "<html" not in html
    assert "Not about A2." in html
    assert response.context["reading"].current.item.code == "A4"
    assert html.count("autofocus") == 1


def test_an_enumeration_starts_with_nothing_ticked(client_of, world, editor):
    lines = "\n".join(
        f"* {word}" for word in ("drugs", "inbraak", "mensenhandel", "zwerfvuil", "camera", "gegevens")
    )
    document = upload(world.assessment, f"# Kadernota\n\n{lines}\n")
    rows = Suggestion.objects.filter(passage__document=document)
    assert {(row.tier, row.rule) for row in rows} == {("possible", "enumeration")}
    response = client_of(editor).get(page_url(document, "?item=A1"))
    assert [ticked(card) for card in cards(response)] == [[]]
    data = {"item": "A1", "verdict": "accepted"}
    passage = passage_with(document, "drugs")
    refused = client_of(editor).post(decide_url(document, passage), data)
    assert refused.status_code == 200
    assert b"Tick at least one thing that stands in the passage." in refused.content
    assert not PassageEvidence.objects.exists()


def test_a_refused_decision_keeps_what_was_ticked(client_of, document, editor):
    passage = passage_with(document, "doelstelling")
    data = {"item": "A1", "verdict": "move", "elements": ["result"], "links": ["aftercare"]}
    response = client_of(editor).post(decide_url(document, passage), data)
    assert b"Choose the item that this passage is about." in response.content
    card = cards(response)[0]
    assert card.passage == passage
    assert ticked(card) == ["result"]
    assert [tick.value for tick in card.links if tick.is_ticked] == ["aftercare"]


def test_a_passage_is_accepted_for_another_item(client_of, world, document, editor):
    passage = passage_with(document, "inbraak")
    data = {"item": "A2", "verdict": "move", "other": "B2", "elements": ["action"]}
    client_of(editor).post(decide_url(document, passage), data)
    assert PassageEvidence.objects.get().item.code == "B2"
    row = Suggestion.objects.get(passage=passage, item__code="A2")
    assert (row.verdict, row.moved_to.code) == (Verdict.MOVED, "B2")


def test_a_criterion_at_two_folds_the_rest_away(client_of, world, editor):
    more = "".join(
        f"\nIndicator {n}: aantal dossiers drugs, doel {n} procent, jaarlijks.\n" for n in range(10, 15)
    )
    document = upload(world.assessment, PAPER + "\n## Drugs\n" + more)
    client = client_of(editor)
    before = client.get(page_url(document, "?item=A1"))
    block = next(block for block in before.context["reading"].blocks if block.criterion == "M")
    assert (len(block.cards), block.more_total) == (3, 3)
    data = {"item": "A1", "verdict": "accepted", "elements": ["indicator", "target_value", "frequency"]}
    client.post(decide_url(document, block.cards[0].passage), data)
    after = client.get(page_url(document, "?item=A1"))
    block = next(block for block in after.context["reading"].blocks if block.criterion == "M")
    assert (block.digit, block.cards, block.more_total) == (2, (), 5)
    assert after.content.count(b'id="first"') == 1
    assert b"More evidence is not needed (5 more passages)" in after.content
    opened = client.get(page_url(document, f"?item=A1&open={block.more[0].passage.pk}"))
    block = next(block for block in opened.context["reading"].blocks if block.criterion == "M")
    assert (len(block.cards), block.more_total) == (1, 4)


def test_at_most_three_of_a_criterion_are_ever_asked(client_of, world, editor):
    more = "".join(f"\nWij organiseren drugs controles, deel {word}.\n" for word in "abcdefgh")
    document = upload(world.assessment, "# Drugs\n" + more)
    client = client_of(editor)
    decided = 0
    while asked := cards(client.get(page_url(document, "?item=A1"))):
        data = {"item": "A1", "verdict": "rejected"}
        client.post(decide_url(document, asked[0].passage), data)
        decided += 1
    assert decided == 3
    reading = client.get(page_url(document, "?item=A1")).context["reading"]
    assert (reading.seen, reading.total, reading.blocks[0].more_total) == (3, 3, 5)


def test_undo_goes_back_step_by_step(client_of, world, document, editor):
    client = client_of(editor)
    first, second = passage_with(document, "doelstelling"), passage_with(document, "inbraak")
    client.post(decide_url(document, first), {"item": "A1", "verdict": "accepted", "elements": ["objective"]})
    client.post(decide_url(document, second), {"item": "A2", "verdict": "set_aside"})
    undo = reverse("plans:decision_undo", args=[world.plan.pk, document.number])
    assert client.post(undo).url == page_url(document, f"?item=A2&open={second.pk}#first")
    assert client.post(undo).url == page_url(document, f"?item=A1&open={first.pk}#first")
    assert not PassageEvidence.objects.exists()
    assert not Suggestion.objects.exclude(verdict=Verdict.OPEN).exists()
    page = client.post(undo, headers=HTMX)
    assert "There is nothing of yours to undo here." in page.content.decode()


def test_undo_leaves_what_others_decided(client_of, world, document, editor):
    passage = passage_with(document, "inbraak")
    client_of(world.lead).post(decide_url(document, passage), {"item": "A2", "verdict": "rejected"})
    client_of(editor).post(reverse("plans:decision_undo", args=[world.plan.pk, document.number]))
    assert Suggestion.objects.get(passage=passage, item__code="A2").verdict == Verdict.REJECTED


def test_what_was_decided_can_be_taken_back_from_its_list(client_of, document, editor):
    client, passage = client_of(editor), passage_with(document, "inbraak")
    client.post(decide_url(document, passage), {"item": "A2", "verdict": "rejected"})
    page = client.get(page_url(document, "?item=A2"))
    assert [card.passage for card in page.context["reading"].decided] == [passage]
    client.post(decide_url(document, passage), {"item": "A2", "verdict": "take_back"})
    assert Suggestion.objects.get(passage=passage, item__code="A2").verdict == Verdict.OPEN


def test_two_people_who_decide_differently_are_told(client_of, world, document, editor):
    passage = passage_with(document, "inbraak")
    client_of(world.lead).post(decide_url(document, passage), {"item": "A2", "verdict": "rejected"})
    data = {"item": "A2", "verdict": "accepted", "elements": ["action"]}
    response = client_of(editor).post(decide_url(document, passage), data, headers=HTMX)
    assert response.status_code == 409
    assert "Somebody decided on this passage meanwhile." in response.content.decode()
    assert not PassageEvidence.objects.exists()


def test_a_lead_offers_its_words_as_a_motivation(client_of, document, editor):
    passage = passage_with(document, "Mensenhandel")
    html = client_of(editor).get(page_url(document, "?item=A3")).content.decode()
    assert "The text seems to say that A3 was not retained:" in html
    address = reverse("plans:choices", args=[document.version.plan_id])
    assert f'href="{address}?lead={passage.pk}&amp;item=A3#item-A3"' in html


def test_passages_of_other_documents_are_not_there(client_of, world, document, editor):
    other = make_world(EMPTY)
    foreign = passage_with(upload(other.assessment), "inbraak")
    data = {"item": "A2", "verdict": "rejected"}
    response = client_of(editor).post(decide_url(document, foreign), data, headers=HTMX)
    assert response.status_code == 409
    assert not Suggestion.objects.exclude(verdict=Verdict.OPEN).exists()
    address = reverse("plans:passage_decide", args=[other.plan.pk, 1, foreign.pk])
    assert client_of(editor).post(address, data).status_code == 404


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"item": "A2"},
        {"item": "Z9", "verdict": "rejected"},
        {"item": "A2", "verdict": "confirm_all"},
    ],
)
def test_what_no_page_sends_is_not_there(client_of, document, editor, data):
    passage = passage_with(document, "inbraak")
    assert client_of(editor).post(decide_url(document, passage), data).status_code == 404


def test_an_item_of_another_edition_cannot_be_named(client_of, world, document, editor):
    make_edition("other")
    passage = passage_with(document, "inbraak")
    data = {"item": "A2", "verdict": "move", "other": "Z9", "elements": ["action"]}
    response = client_of(editor).post(decide_url(document, passage), data)
    assert b"Choose an item." in response.content
    assert not PassageEvidence.objects.exists()


def test_after_a_decision_elsewhere_one_is_back_there(client_of, document, editor):
    passage = passage_with(document, "inbraak")
    data = {"item": "A2", "verdict": "rejected", "next": "/plans/"}
    assert client_of(editor).post(decide_url(document, passage), data).url == "/plans/"
    data = {"item": "A2", "verdict": "take_back", "next": "https://elsewhere.example/"}
    assert client_of(editor).post(decide_url(document, passage), data).url.startswith(page_url(document))


def test_a_document_without_suggestions_says_so(client_of, world, editor):
    document = upload(world.assessment, "# Onthaal\n\nHet onthaal is elke dag open.\n")
    response = client_of(editor).get(page_url(document))
    assert b"Nothing in this document seems to be about A1." in response.content
    assert (response.context["reading"].seen, response.context["reading"].total) == (0, 0)
