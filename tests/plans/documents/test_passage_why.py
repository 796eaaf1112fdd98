"""Why an item is not suggested for a passage, in sentences."""

import pytest

from plans.match_sentences import refusal_sentence, rule_sentence, shown_term, tier_words
from plans.matching import Refusal, Rule, Tier
from tests.factories.accounts import UserFactory
from tests.plans.documents.text_pages import see, text_of
from tests.plans.papers import EMPTY, store_lexicon, upload
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


@pytest.mark.parametrize(
    ("part", "code", "words", "sentences"),
    [
        ("onthaal", "A1", (), ["Not suggested: no word that counts for this item stands here."]),
        (
            "zwerfvuil",
            "A4",
            ("zwerfvuil",),
            [
                "This item is suggested here as a possible indication: the words weigh 50; "
                "a strong one asks 80."
            ],
        ),
        ("inbraak", "A2", ("inbraak",), ["This item is suggested here, as a strong indication."]),
        (
            "Mensenhandel",
            "A3",
            (),
            [
                "The text names this as not retained: it can help with the motivation, it is no evidence.",
                "It is denied: “niet weerhouden”.",
            ],
        ),
    ],
)
def test_why_not_answers_in_sentences(client_of, document, editor, part, code, words, sentences):
    response = see(client_of, editor, document, part, f"?why={code}")
    assert response.context["why"].counted == words
    for sentence in sentences:
        assert sentence in text_of(response)


def test_why_not_knows_the_sentence_above_a_list_however_far(client_of, world, editor):
    entries = "".join(f"- punt {n}\n" for n in range(9))
    document = upload(world.assessment, f"# Plan\n\nOver drugs zeggen wij:\n\n{entries}")
    response = see(client_of, editor, document, "punt 8", "?why=A1")
    why = response.context["why"]
    assert (why.tier, why.rule) == ("possible", "heading")
    assert response.context["place"].suggested[0].heading_words == ("drugs",)


def test_without_a_lexicon_the_answer_says_so(client_of):
    world = make_world(EMPTY)
    store_lexicon(world.edition, is_draft=True)
    editor = UserFactory(editor_of=world.zone)
    document = upload(world.assessment)
    response = see(client_of, editor, document, "drugshandel", "?why=A1")
    assert response.context["why"].has_lexicon is False
    assert "There are no word lists for this edition yet" in text_of(response)


def test_an_unknown_item_is_not_asked_about(client_of, document, editor):
    response = see(client_of, editor, document, "drugshandel", "?why=Z9&for=Z9")
    assert (response.status_code, response.context["why"]) == (200, None)
    assert response.context["boxes"].item.code == "A1"


CONTEXTS = """
format: kiv-lexicon/1
edition: %(edition)s
version: 2
language: nl
cues: {negation: [geen], question: [hoe vaak], priority: [onze prioriteiten]}
contexts: {street: [straat, plein, =weg]}
items:
  A1:
    - {terms: [handel], weight: 90, kind: needs_context, context: [street, "@priority", A2]}
    - {terms: [drugs], weight: 90}
  A2: [{terms: [inbraak .. woning], weight: 90}]
"""


@pytest.mark.parametrize(
    ("sentence", "word", "answer"),
    [
        (
            "De handel bloeit.",
            "handel",
            "By itself it can mean many things. It counts only near a word such as “straat”, “plein”, “weg”, "
            "“inbraak … woning” or among own or retained priorities.",
        ),
        (
            "Geen inbraak in een woning.",
            "inbraak … woning",
            "It is denied: “geen”.",
        ),
        (
            "Hoe vaak ziet u inbraak in een woning?",
            "inbraak … woning",
            "It stands in a question, as in a questionnaire.",
        ),
    ],
)
def test_a_word_that_does_not_count_says_why(client_of, world, editor, sentence, word, answer):
    store_lexicon(world.edition, CONTEXTS, number=2)
    document = upload(world.assessment, f"# Plan\n\n{sentence}\n")
    code = "A1" if word == "handel" else "A2"
    response = see(client_of, editor, document, sentence, f"?why={code}")
    why = response.context["why"]
    assert ([refused.word for refused in why.refused], why.counted) == ([word], ())
    assert answer in text_of(response)


def test_every_rule_refusal_and_tier_has_its_words(in_english):
    rules = {rule_sentence(rule) for rule in Rule}
    refusals = {refusal_sentence(refusal) for refusal in Refusal}
    tiers = [tier_words(tier) for tier in (*Tier, "")]
    assert (len(rules), len(refusals)) == (len(Rule), len(Refusal))
    assert tiers == ["strong indication", "possible indication", "possible motivation"]
    assert rule_sentence("") == ""


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ("~diefstal", "diefstal"),
        ("terror~", "terror"),
        ("=traite", "traite"),
        ("saisir .. capital", "saisir … capital"),
        ("fraude + uitkering", "fraude … uitkering"),
        ("milieu-", "milieu"),
        ("GAS-boete", "GAS-boete"),
    ],
)
def test_terms_are_shown_without_the_signs_of_the_lexicon(term, shown):
    assert shown_term(term) == shown
