"""Internal priorities are never compared: nothing below their headings, and nothing a label announces."""

import pytest

from plans.matching import MatchInput, Refusal, why_not
from tests.plans.matching.shipped import document, items, matches, shipped

INTERNAL = [
    ("nl", "Interne prioriteiten", "Cyberveiligheid van onze eigen systemen"),
    ("nl", "Interne prioriteiten van de stadsdiensten", "Welzijn: opvang na agressie"),
    ("nl", "6 Interne werking", "Vorming integriteit en omgaan met geweld"),
    ("nl", "Interne strategische doelstellingen 2026-2031", "Drugstesten bij aanwerving"),
    ("nl", "Prioriteiten voor onze interne werking", "Diefstal uit de kleedkamers voorkomen"),
    ("fr", "Priorités internes", "Accueil du personnel après agression"),
    ("fr", "Fonctionnement interne", "Cybersécurité de nos serveurs"),
    ("fr", "4. Objectifs stratégiques internes", "Harcèlement au travail"),
    ("de", "Interne Prioritäten", "Wohlbefinden der Mitarbeiter nach Gewalt im Einsatz"),
    ("de", "Interne Arbeitsweise", "Cybersicherheit der eigenen Server"),
    ("de", "Interne Schwerpunkte", "Digitalisierung und Kameraüberwachung der Gebäude"),
]


@pytest.mark.parametrize(("language", "heading", "text"), INTERNAL)
def test_below_a_heading_of_internal_priorities_nothing_is_suggested(language, heading, text):
    options = {"kind": "list_item"}
    assert matches(text, language, heading_path=("Plan", heading), **options) == ()
    assert matches(text, language, heading_path=("Plan",), lead=f"{heading}:", **options) == ()
    assert matches(text, language, heading_path=(heading, "Agressie · Drugs · Drogen"), **options) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Geweld tegen personeel is geen prioriteit."),
        ("fr", "La cybercriminalité n'est pas retenue."),
        ("de", "Cyberkriminalität ist kein Schwerpunkt."),
    ],
)
def test_there_is_no_lead_either(language, text):
    assert matches(text, language) != ()
    headings = ("Interne prioriteiten · Priorités internes · Interne Prioritäten",)
    assert matches(text, language, heading_path=headings) == ()


def test_the_heading_above_the_internal_one_hands_nothing_down():
    text = "Elke medewerker krijgt tweemaal per jaar een gesprek met de leidinggevende"
    assert set(items(text, heading_path=("Drugs",), kind="list_item")) == {"P3"}
    assert matches(text, heading_path=("Drugs", "Interne werking"), kind="list_item") == ()


@pytest.mark.parametrize(
    "heading",
    [
        "Externe en interne prioriteiten",
        "Interne en externe prioriteiten",
        "Interne werking en prioriteiten",
        "Internationale prioriteiten",
    ],
)
def test_a_heading_of_both_silences_nothing(heading):
    assert set(items("Drugs", heading_path=(heading,), kind="list_item")) == {"P3"}


def test_an_external_heading_below_it_speaks_again():
    path = ("Interne werking", "Externe prioriteiten")
    assert items("Drugs", heading_path=path, kind="list_item") == {"P3": "strong"}
    path = ("Interne werking", "Externe communicatie")
    assert items("Cyberveiligheid", heading_path=path, kind="list_item") == {}


@pytest.mark.parametrize("kind", ["heading", "toc", "table_header"])
def test_such_a_heading_names_nothing_itself(kind):
    assert matches("6.2 Interne prioriteiten: cyberveiligheid en agressie", kind=kind) == ()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "Interne prioriteiten: welzijn, cyberveiligheid en agressie.", set()),
        ("nl", "Externe prioriteiten: drugs. Interne prioriteiten: welzijn na agressie.", {"P3"}),
        ("nl", "Interne prioriteiten: welzijn na agressie. Externe prioriteiten: drugs.", {"P3"}),
        ("fr", "Priorités internes : cybersécurité et gestion des agressions", set()),
        ("de", "Interne Schwerpunkte: Cybersicherheit, Gewalt gegen Beamte", set()),
        ("nl", "Naast de interne werking pakken we woninginbraken aan.", {"P7"}),
    ],
)
def test_a_label_in_the_text_reaches_to_the_next_priorities(language, text, expected):
    assert set(items(text, language)) == expected


def test_why_not_says_that_it_is_internal():
    passage = MatchInput("Agressie en cyberveiligheid", "nl", ("Interne prioriteiten",), "list_item")
    told = why_not(passage, "P5", shipped())
    assert (told.tier, told.score, {hit.refusal for hit in told.refused}) == (None, 0, {Refusal.INTERNAL})


def test_the_rest_of_the_document_is_untouched():
    heading = ("Externe prioriteiten",), ("Interne prioriteiten",)
    results = document(*(MatchInput("Cyberveiligheid", "nl", path, "list_item") for path in heading))
    assert [[one.item for one in result] for result in results] == [["P5"], []]
