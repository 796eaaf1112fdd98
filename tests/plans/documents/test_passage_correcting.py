"""Correcting a passage while somebody else does, and what was made of a passage that becomes confidential."""

import re

import pytest

from plans.enums import Choice
from plans.models import Passage
from plans.services.choices import ChoiceChange, save_choices
from plans.services.editing import StaleEdit
from plans.services.passages import change_passage
from tests.factories.accounts import UserFactory
from tests.plans.documents.acting import accept, check_consistent, say, stored
from tests.plans.documents.text_pages import correct, hide, passage_url, text_of
from tests.plans.papers import EMPTY, passage_with, seen, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]

STALE = "Someone saved this in the meantime"
ENTRY = "An entry was made of this passage: see whether it must be confidential too. Objectives"
MOTIVATION = "The motivation of %s quotes this passage: see whether it must be confidential too. Choices"


@pytest.fixture
def document(world):
    return upload(world.assessment)


@pytest.fixture
def editing(client_of, world):
    return client_of(UserFactory(editor_of=world.zone))


def shown(editing, address):
    return editing.get(address).context["form"]["shown"].value()


def kept(passage):
    row = Passage.objects.get(pk=passage.pk)
    return row.language if row.is_language_by_hand else "", row.is_confidential


def change(world, passage, language, is_confidential):
    """What a colleague does meanwhile."""
    change_passage(
        assessment=world.assessment,
        passage=passage,
        language=language,
        is_confidential=is_confidential,
        by=world.lead,
        **seen(passage),
    )


def test_a_stale_form_does_not_take_confidentiality_away(world, document, editing):
    """Somebody chose a language in a form that was opened before a colleague hid the passage."""
    accept(world.assessment, document, "inbraak", "A2")
    passage = passage_with(document, "inbraak")
    address = passage_url(document, passage)
    sent = {"shown": shown(editing, address), "language": "fr"}
    hide(world, document, "inbraak")
    before = stored()
    response = editing.post(address, sent)
    assert response.status_code == 409
    assert [(row.name, row.stored, row.typed) for row in response.context["conflict"]] == [
        ("language", "as found: Nederlands", "French"),
        ("is_confidential", "yes", "no"),
    ]
    form = response.context["form"]
    assert [form[name].value() for name in ("language", "is_confidential", "shown")] == [
        "fr",
        True,
        ":confidential",
    ]
    assert response.context["keeps_mark"] is True
    assert STALE in text_of(response)
    assert stored() == before
    check_consistent(world.assessment)
    again = {"shown": form["shown"].value(), "language": "fr", "is_confidential": "on"}
    assert editing.post(address, again).status_code == 302
    assert kept(passage) == ("fr", True)


def test_a_language_that_somebody_said_meanwhile_is_kept_by_who_left_it(world, document, editing):
    passage = passage_with(document, "inbraak")
    address = passage_url(document, passage)
    sent = {"shown": shown(editing, address), "language": "", "is_confidential": "on"}
    change(world, passage, "fr", False)
    response = editing.post(address, sent)
    assert (response.status_code, kept(passage)) == (409, ("fr", False))
    assert [row.name for row in response.context["conflict"]] == ["is_confidential"]
    form = response.context["form"]
    assert (form["language"].value(), form["is_confidential"].value()) == ("fr", True)


def test_what_is_there_already_is_well(world, document, editing):
    """A second click, or a colleague who did the same."""
    passage = passage_with(document, "inbraak")
    address = passage_url(document, passage)
    sent = {"shown": shown(editing, address), "language": "fr", "is_confidential": "on"}
    change(world, passage, "fr", True)
    before = stored()
    response = editing.post(address, sent, follow=True)
    assert response.redirect_chain == [(address, 302)]
    assert "The passage was saved." in text_of(response)
    assert stored() == before


@pytest.mark.parametrize("sent", [None, "", "readable", "nl", "nl:", "fr:readable", ":confidential", "None"])
def test_a_form_that_does_not_say_what_it_showed_changes_nothing(document, editing, sent):
    passage = passage_with(document, "inbraak")
    fields = {"language": "fr"} | ({} if sent is None else {"shown": sent})
    assert editing.post(passage_url(document, passage), fields).status_code == 409
    assert kept(passage) == ("", False)


def test_a_refused_form_still_says_what_it_showed(world, document, editing):
    """So that it is stale when it comes again."""
    passage = passage_with(document, "inbraak")
    address = passage_url(document, passage)
    first = shown(editing, address)
    hide(world, document, "inbraak")
    response = editing.post(address, {"shown": first, "language": "en"})
    assert response.context["form"]["shown"].value() == first == ":readable"
    assert f'name="shown" value="{first}"' in response.content.decode()


@pytest.mark.parametrize(
    "eyes",
    [
        {"seen_language": None, "seen_confidential": False},
        {"seen_language": "", "seen_confidential": None},
        {"seen_language": "nl", "seen_confidential": False},
        {"seen_language": "", "seen_confidential": True},
    ],
)
def test_the_service_changes_only_what_was_seen(world, document, eyes):
    passage = passage_with(document, "inbraak")
    before = stored()
    with pytest.raises(StaleEdit) as stale:
        change_passage(
            assessment=world.assessment,
            passage=passage,
            language="fr",
            is_confidential=True,
            by=None,
            **eyes,
        )
    assert (stale.value.stored, stored()) == (passage, before)


def motivate(world, code, line, **values):
    change = ChoiceChange(item=code, revision=0, choice=Choice.NOT_RETAINED, reason="capacity", line=line)
    save_choices(assessment=world.assessment, by=world.lead, changes=[change])
    world.assessment.choices.filter(item__code=code).update(**values)


def warnings(response):
    return [
        " ".join(re.sub("<[^>]+>", " ", str(message)).split()) for message in response.context["messages"]
    ]


def hide_by_hand(editing, document, words):
    address = passage_url(document, passage_with(document, words))
    return correct(editing, address, language="", is_confidential="on")


def test_an_entry_made_of_it_is_to_be_looked_at(world, document, editing):
    say(world.assessment, document, "inbraak", "A2", "entered")
    response = hide_by_hand(editing, document, "inbraak")
    assert warnings(response) == ["The passage was saved.", ENTRY]
    html = response.content.decode()
    assert html.count(f'too. <a href="/plans/{world.plan.pk}/objectives/">Objectives</a>') == 1
    assert warnings(correct(editing, response.redirect_chain[0][0], language="fr", is_confidential="on")) == [
        "The passage was saved."
    ]


def test_motivations_that_quote_it_are_to_be_looked_at(world, document, editing):
    quote = "Mensenhandel wordt niet weerhouden."
    motivate(world, "A3", "Wij lezen:\r\nMensenhandel wordt  niet\nweerhouden. En meer.")
    motivate(world, "A4", quote, is_motivation_confidential=True)
    motivate(world, "B1", quote, is_item_confidential=True)
    motivate(world, "B2", "Mensenhandel wordt behandeld door anderen.")
    response = hide_by_hand(editing, document, "Mensenhandel")
    assert warnings(response) == ["The passage was saved.", MOTIVATION % "A3"]
    assert response.content.decode().count(f'<a href="/plans/{world.plan.pk}/choices/">Choices</a>') == 2


def test_what_was_made_of_another_passage_or_in_another_way_is_no_copy(world, document, editing):
    say(world.assessment, document, "drugshandel", "A1", "entered")
    accept(world.assessment, document, "inbraak", "A2")
    other = make_world(EMPTY)
    motivate(other, "A2", passage_with(document, "inbraak").text)
    assert warnings(hide_by_hand(editing, document, "inbraak")) == ["The passage was saved."]


def test_nothing_is_to_be_looked_at_when_it_is_opened(world, document, editing):
    say(world.assessment, document, "inbraak", "A2", "entered")
    hide(world, document, "inbraak")
    address = passage_url(document, passage_with(document, "inbraak"))
    assert warnings(correct(editing, address, language="")) == ["The passage was saved."]
