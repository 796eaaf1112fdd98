"""Everyday words and adverbs of administrative prose: alone or in a neutral sentence they suggest nothing.

The lists are our own. They stand apart from `common:` in the lexicon files, which keeps out terms that share
a stem with an everyday word.
"""

import pytest

from tests.plans.matching.shipped import DATA, items, leads

NEUTRAL = {
    "nl": "In de nota van het secretariaat staat ook iets over {}.",
    "fr": "La note du secrétariat parle aussi de {} à la page deux.",
    "de": "In der Notiz des Sekretariats steht auch etwas über {}.",
}


def words(language):
    return (DATA / "everyday" / f"{language}.txt").read_text().split()


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_everyday_words_suggest_nothing(language):
    own = words(language)
    assert (len(own) >= 300, len(set(own))) == (True, len(own))
    texts = [text for word in own for text in (word, NEUTRAL[language].format(word))]
    told = {text: found for text in texts if (found := {**items(text, language), **leads_of(text, language)})}
    assert told == {}


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_nor_among_own_priorities(language):
    headings = ("Prioriteiten · Priorités · Prioritäten",)
    assert {word for word in words(language) if items(word, language, heading_path=headings)} == set()


def leads_of(text, language):
    return dict.fromkeys(leads(text, language), "lead")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Il est extrêmement important de préparer la réunion à temps."),
        ("fr", "Une page blanche est prévue pour les remarques de nos amis du comité."),
        ("fr", "La station de radio du bâtiment perturbe parfois les réunions."),
        ("fr", "La sanction disciplinaire est notifiée par écrit."),
        ("fr", "Le projet suscite un vif intérêt et dépend du budget."),
        ("fr", "Un sac à dos a été retrouvé dans la salle d'attente."),
        ("fr", "La qualité du papier se dégrade avec les années."),
        ("fr", "Le centre islamique et la paroisse ont été invités à la fête du quartier."),
        ("de", "Die Belastung der Mitarbeiter ist hoch, der Dienst ist belastend."),
        ("de", "Der Rat wird im Herbst einen Beschluss fassen."),
        ("de", "Die Anwerbung verläuft schleppend, natürlich auch wegen der Löhne."),
        ("de", "Im Frühling werden wir in das neue Gebäude einziehen."),
        ("de", "Frau Müller mäht den Rasen im Park der Dienststelle."),
        ("de", "Bitte nicht stören, die Sitzung läuft."),
        ("de", "Die Unterlagen sind vom Wetter abhängig gelagert und vom Blitz getroffen worden."),
        ("nl", "De drugstore op de hoek is een adverteerder van het infoblad."),
        ("nl", "De prijs van het gas is dit jaar fors gestegen."),
        ("nl", "De toestellen verkeren in goede staat, en niemand was afwezig."),
        ("nl", "We sluiten een deal met de leverancier van het papier."),
        ("nl", "Dat ondermijnt het vertrouwen van de medewerkers."),
        ("nl", "We willen niemand de kans ontnemen om te reageren."),
        ("nl", "De werken hinderen de bezoekers van het onthaal niet."),
    ],
)
def test_neutral_sentences_suggest_nothing(language, text):
    assert (items(text, language), leads(text, language)) == ({}, set())


@pytest.mark.parametrize(
    ("language", "text", "has", "lacks"),
    [
        ("fr", "Un vol de drones est prévu pour filmer la manifestation.", {"T2"}, {"P7"}),
        ("fr", "Le plan de vol et les heures de vol des pilotes de drone", {"T2"}, {"P7"}),
        ("fr", "Vols dans les véhicules", {"P7"}, set()),
        ("fr", "L'islamisme et l'extrémisme violent", {"P1"}, set()),
        ("fr", "Prise en charge des VIF", {"P6"}, set()),
        ("fr", "Le blanchiment de l'argent de la drogue", {"T4"}, set()),
        ("fr", "Dégradations et agressions dans le quartier", {"P6", "P10"}, set()),
        ("fr", "Véhicules mal stationnés : stationnement gênant", {"P9"}, set()),
        ("de", "Belästigungen rund um den Bahnhof", {"P10"}, set()),
        ("de", "Passanten werden belästigt", {"P10"}, set()),
        ("de", "Schleuser und Schlepper", {"P2"}, set()),
        ("de", "Drohnen und Blitzer", {"T2", "P9"}, set()),
        ("de", "Fässer mit Chemikalien im Wald", {"P8"}, set()),
        ("nl", "Meer GAS uitschrijven voor lawaai in de wijk", {"P10"}, set()),
        ("nl", "Ondermijnende criminaliteit", {"T1"}, set()),
        ("nl", "Drugsgebruik op straat", {"P3"}, set()),
    ],
)
def test_the_words_of_the_field_are_still_found(language, text, has, lacks):
    found = set(items(text, language))
    assert (has - found, lacks & found) == (set(), set())
