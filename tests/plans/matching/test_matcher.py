"""Passages and documents: offsets, tiers, headings, enumeration, languages, why not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.matching import MatchInput, Refusal, Rule, match, match_document, why_not
from plans.matching.language import guess_language
from tests.plans.matching.shipped import document, items, leads, matches, shipped

SNIPPETS = re.split(
    " ",
    "drugs handel overlast niet weerhouden geen prioriteit woninginbraken, ; : . - en -handel traite des "
    "êtres humains Einbruch mit der Polizei (on) vol d'oiseau 011 22 33 44 • \n",
)
TEXTS = st.text(max_size=200) | st.lists(
    st.sampled_from(SNIPPETS),
    max_size=40,
).map(" ".join)


def test_offsets_point_at_the_words():
    text = "Tegen 2028 pakken we de Woninginbraken en rondtrekkende dadergroepen aan."
    (found,) = matches(text)
    assert [text[hit.start : hit.end] for hit in found.hits] == [
        "Woninginbraken",
        "rondtrekkende dadergroepen",
    ]


def test_a_term_with_a_gap_has_one_span_for_each_piece():
    text = "De burgemeester kan na een controle laten sluiten."
    (found,) = matches(text)
    (hit,) = (hit for hit in found.hits if len(hit.spans) > 1)
    assert [text[start:end] for start, end in hit.spans] == ["burgemeester", "sluiten"]


def test_a_heading_carries_over_to_the_list_below():
    options = {"heading_path": ("Actieplan", "Woninginbraken"), "kind": "list_item"}
    (found,) = matches("Extra toezicht in de wijken tijdens de winter", **options)
    assert (found.item, str(found.tier), found.rule) == ("P7", "possible", Rule.HEADING)
    assert [(hit.heading, hit.heading[hit.start : hit.end]) for hit in found.hits] == [
        ("Woninginbraken", "Woninginbraken")
    ]


def test_only_the_nearest_heading_that_names_something_carries_over():
    found = items("Extra toezicht in de winter", heading_path=("Drugs", "Woninginbraken"), kind="list_item")
    assert found == {"P7": "possible"}


def test_below_the_heading_of_what_was_not_retained_stand_leads():
    options = {"heading_path": ("Motivering van de niet-weerhouden fenomenen",), "kind": "list_item"}
    assert (items("Mensenhandel", **options), leads("Mensenhandel", **options)) == ({}, {"P2"})


def test_the_sentence_before_a_list_works_as_its_nearest_heading():
    text = "Verkeer in en rond de dorpskernen van de hele zone"
    assert items(text, kind="list_item") == {}
    assert items(text, kind="list_item", lead="De zone koos deze prioriteiten:") == {"P9": "strong"}
    under = {"kind": "list_item", "lead": "Niet weerhouden werden:"}
    assert (items("Mensenhandel", **under), leads("Mensenhandel", **under)) == ({}, {"P2"})


def test_a_line_of_the_contents_is_a_mention_without_elements():
    (found,) = matches("3.2 Woninginbraken: doelstelling en acties", kind="toc")
    assert (str(found.tier), found.rule, found.elements) == ("possible", Rule.CONTENTS, ())


def test_own_priorities_make_a_word_strong():
    assert items("De zone volgt drugs op in de wijken van de stad en de dorpen") == {"P3": "possible"}
    assert items("Prioriteit: de zone volgt drugs op in de wijken van de stad") == {"P3": "strong"}


@pytest.mark.parametrize(
    ("language", "heading", "text", "item"),
    [
        ("nl", "Bijzondere aandachtspunten en reguliere werking", "Snelheid", "P9"),
        ("fr", "Points d'attention / fonctionnement régulier", "Vitesse", "P9"),
        ("de", "Besonderes Augenmerk und reguläre Arbeit", "Geschwindigkeit", "P9"),
    ],
)
def test_below_regular_work_only_the_words_count(language, heading, text, item):
    below = {"heading_path": ("Prioriteiten · Priorités · Prioritäten", heading), "kind": "list_item"}
    assert [(one.item, one.rule, one.score) for one in matches(text, language, **below)] == [
        (item, Rule.TERMS, 50)
    ]
    above = {"heading_path": (heading, "Prioriteiten · Priorités · Prioritäten"), "kind": "list_item"}
    assert [(one.item, one.rule) for one in matches(text, language, **above)] == [(item, Rule.PRIORITY_LIST)]


def test_a_sentence_that_sets_priorities_beside_regular_work_still_announces_priorities():
    lead = "Bovenop onze reguliere werking kiest de zone voor de komende zes jaar deze prioriteiten:"
    (found,) = matches("Snelheid in de dorpskernen van de hele zone", lead=lead, kind="list_item")
    assert found.rule is Rule.PRIORITY_LIST


@pytest.mark.parametrize("kind", ["heading", "table_header", "toc"])
def test_what_only_names_a_chapter_proposes_no_elements(kind):
    text = "Doelstelling: preventie en controles van woninginbraken, elke maand, met het OCMW"
    (paragraph,) = matches(text)
    assert (paragraph.criterion, len(paragraph.elements) > 3, len(paragraph.links) > 1) == ("G", True, True)
    (found,) = matches(text, kind=kind, heading_path=("Acties",))
    assert (found.item, found.criterion, found.elements, found.links) == ("P7", None, (), ())


NATIONAL = [
    "Radicalisering, gewelddadig extremisme en terrorisme",
    "Mensensmokkel en mensenhandel",
    "Geactualiseerd integraal en geïntegreerd drugsbeleid",
    "Sociale en fiscale fraude",
    "Cybercrime en cyber security",
    "Seksueel geweld en kindermisbruik",
    "Georganiseerde eigendomscriminaliteit en illegale goederentrafieken",
    "Leefmilieu",
    "Verkeersveiligheid",
    "Overlast",
    "De bestuurlijke handhaving en informatie-uitwisseling",
    "Het internet en ICT als facilitator",
    "Identiteitsfraude en domiciliefraude",
    "De buitgerichte aanpak",
    "De internationale samenwerking",
]


def entries(texts, heading):
    return [MatchInput(text, "nl", (heading,), "list_item") for text in texts]


def test_a_copy_of_the_national_list_is_a_mention_at_best():
    results = document(*entries(NATIONAL, "De kadernota integrale veiligheid"))
    found = [one for result in results for one in result]
    assert len({one.item for one in found}) >= 12
    assert {(str(one.tier), one.rule, one.elements, one.criterion) for one in found} == {
        ("possible", Rule.ENUMERATION, (), None)
    }


def test_three_official_titles_are_an_enumeration_too():
    results = document(*entries([NATIONAL[0], NATIONAL[2], NATIONAL[6]], "Kader"))
    assert {(one.rule, str(one.tier)) for result in results for one in result} == {
        (Rule.ENUMERATION, "possible")
    }


def test_under_own_priorities_a_list_is_the_decision_itself():
    results = document(*entries(NATIONAL, "Weerhouden prioriteiten van de zone"))
    assert {str(one.tier) for result in results for one in result} == {"strong"}


def test_six_own_priorities_are_no_enumeration():
    own = ["Drugs", "Woninginbraken", "Overlast", "Verkeersveiligheid", "Intrafamiliaal geweld", "Phishing"]
    results = document(*entries(own, "Waar we voor gaan"))
    assert [[(one.item, str(one.tier)) for one in result] for result in results] == [
        [(item, "strong")] for item in ("P3", "P7", "P10", "P9", "P6", "P5")
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De politie wil het aantal inbraken in de zone verminderen", "nl"),
        ("La zone veut réduire le nombre de cambriolages dans les quartiers", "fr"),
        ("Die Zone will die Zahl der Einbrüche in den Vierteln senken", "de"),
    ],
)
def test_the_language_is_found_from_the_words(text, language):
    assert guess_language(text) == language
    (found,) = match(MatchInput(text), shipped())
    assert (found.item, found.language) == ("P7", language)


def test_without_small_words_the_language_is_that_in_which_something_is_found():
    assert guess_language("Wohnungseinbrüche") is None
    assert [one.language for one in match(MatchInput("Wohnungseinbrüche"), shipped())] == ["de"]


def test_why_not_tells_the_word_that_stood_in_the_way():
    told = why_not(MatchInput("Met speekseltesten pakken we drugs aan het stuur aan.", "nl"), "P3", shipped())
    assert (told.tier, told.score) == (None, 0)
    assert {hit.refusal for hit in told.refused} == {Refusal.NEGATIVE_TERM}
    assert {hit.because for hit in told.refused if hit.because} != set()


def test_why_not_tells_the_missing_context():
    told = why_not(
        MatchInput("Het verkeer wordt geteld in de hele provincie dit jaar", "nl"), "P9", shipped()
    )
    assert {(hit.term, hit.refusal) for hit in told.refused} == {("verkeer", Refusal.NO_CONTEXT)}


def test_why_not_of_something_the_passage_does_not_name():
    told = why_not(MatchInput("De korpschef tekent de nota.", "nl"), "P4", shipped())
    assert (told.refused, told.counted, told.score, told.needed) == ((), (), 0, 40)


@pytest.mark.parametrize(
    ("language", "text", "criterion", "elements"),
    [
        (
            "nl",
            "We willen de woninginbraken tegen eind 2028 met 20 % verminderen in de stationsomgeving.",
            "G",
            {"objective", "result", "due", "target_group"},
        ),
        (
            "fr",
            "La zone organise chaque mois des contrôles contre les cambriolages.",
            "A",
            {"action", "frequency"},
        ),
        (
            "de",
            "Indikator: Zahl der Einbrüche, Zielwert höchstens 40, vierteljährlich gemessen.",
            "M",
            {"indicator", "target_value", "frequency"},
        ),
        (
            "nl",
            "Verantwoordelijke voor woninginbraken: de korpschef. Partners: het OCMW en de scholen.",
            "I",
            {"responsible", "partner"},
        ),
        (
            "nl",
            "In 2024 werden 212 woninginbraken vastgesteld (bron: veiligheidsmonitor).",
            "D",
            {"figure", "source"},
        ),
    ],
)
def test_elements_are_proposed_from_the_wording(language, text, criterion, elements):
    (found,) = matches(text, language)
    assert (found.criterion, elements - set(found.elements)) == (criterion, set())


def test_links_of_the_chain_are_proposed():
    (found,) = matches("Preventie en nazorg bij woninginbraken: we organiseren een herbezoek.")
    assert found.links == ("prevention", "aftercare")


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(["nl", "fr", "de", None, "xx"]))
def test_any_text_the_same_answer_twice_and_offsets_inside(text, language):
    passage = MatchInput(text, language, ("Prioriteiten", text[:20]), "list_item")
    first = match(passage, shipped())
    assert first == match(passage, shipped())
    for found in first:
        assert 1 <= found.score <= 100
        for hit in found.hits:
            assert 0 <= hit.start < hit.end <= len(text if hit.heading is None else hit.heading)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Drugs in de wijk.", "Woninginbraken.", "Wij tekenen.", "La police."]), max_size=6
    )
)
def test_passages_do_not_influence_each_other(texts):
    passages = [MatchInput(text, "nl", (f"Deel {place}",)) for place, text in enumerate(texts)]
    straight = match_document(passages, shipped())
    assert match_document(passages[::-1], shipped()) == straight[::-1]
    assert straight == tuple(match(passage, shipped()) for passage in passages)
