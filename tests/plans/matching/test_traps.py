"""The traps of the domain, one by one, in sentences of our own. `has`: must be there; `lacks`: must not."""

import pytest

from tests.plans.matching.shipped import items, leads, matches

TRAPS = [
    ("nl", "In het drugsmilieu van de stad voerden we twaalf huiszoekingen uit.", {"P3"}, {"P8"}),
    ("nl", "Het prostitutiemilieu rond het station wordt gevolgd.", set(), {"P8"}),
    ("nl", "Hij beweegt zich al jaren in een crimineel milieu.", set(), {"P8"}),
    ("nl", "Met speekseltesten pakken we drugs aan het stuur aan.", {"P9"}, {"P3"}),
    ("fr", "Nous luttons contre l'alcool et la drogue au volant.", {"P9"}, {"P3"}),
    ("de", "Wir gehen gegen Alkohol und Drogen am Steuer vor.", {"P9"}, {"P3"}),
    ("nl", "Fietsdiefstal: elke maand kunnen inwoners hun fiets laten graveren.", {"P7"}, {"T3"}),
    ("nl", "We willen het sluikstorten terugdringen.", {"P8"}, {"P10"}),
    (
        "nl",
        "Overlast door sluikstort en nachtlawaai pakken we samen met de GAS-ambtenaar aan.",
        {"P8", "P10"},
        set(),
    ),
    ("nl", "Geluidsoverlast van feestende groepen beperken.", {"P10"}, {"P8"}),
    ("nl", "Parkeeroverlast aan de schoolpoort aanpakken.", {"P9", "P10"}, set()),
    ("nl", "De officier van bestuurlijke politie leidt de voetbaldienst.", set(), {"T1"}),
    ("fr", "L'officier de police administrative dirige le service d'ordre.", set(), {"T1"}),
    (
        "nl",
        "De digitalisering van onze werking krijgt vorm met SharePoint en een nieuw intranet.",
        set(),
        {"T2", "P5"},
    ),
    (
        "nl",
        "Onze privacyverklaring legt uit hoe we volgens de GDPR persoonsgegevens verwerken.",
        set(),
        {"T2", "P5"},
    ),
    ("nl", "Een bodycam en een drone helpen bij de handhaving.", {"T2"}, set()),
    (
        "nl",
        "Bent u uw identiteitskaart verloren? Meld het verlies van de identiteitskaart bij de gemeente.",
        set(),
        {"T3"},
    ),
    ("nl", "Vermeld uw rijksregisternummer op het formulier.", set(), {"T3"}),
    ("nl", "De sociale recherche bestaat uit twee inspecteurs.", set(), {"P4"}),
    ("nl", "Integriteit is een kernwaarde van elke medewerker.", set(), {"P6"}),
    ("nl", "Bij de controle werd 2 kilo cannabis in beslag genomen.", {"P3"}, {"T4"}),
    ("nl", "Voertuigen worden in beslag genomen wegens onbetaalde boetes.", set(), {"T4"}),
    ("nl", "We laten crimineel vermogen in beslag nemen, met het COIV.", {"T4"}, set()),
    ("nl", "Bel vanuit het buitenland +32 2 555 00 00.", set(), {"T5"}),
    ("nl", "De interzonale samenwerking met onze buren wordt versterkt.", set(), {"T5"}),
    ("nl", "Gemengde patrouilles met de Nederlandse politie langs de grens.", {"T5"}, set()),
    ("fr", "L'analyse de l'environnement décrit notre territoire.", set(), {"P8"}),
    ("fr", "Un bon environnement de travail compte pour nous.", set(), {"P8"}),
    ("fr", "Le revenu cadastral détermine le précompte immobilier.", set(), {"P4"}),
    ("fr", "Le logo exprime l'identité du corps.", set(), {"T3"}),
    ("fr", "La zone s'étend à vol d'oiseau sur vingt kilomètres.", set(), {"P7"}),
    (
        "de",
        "Die Sicherheit beim Sport ist uns wichtig; wer sich anmeldet, bekommt Auskunft.",
        set(),
        {"P5", "P9"},
    ),
    ("nl", "Verkeersongevallen met letsel", {"P9"}, set()),
    ("nl", "drugs- en wapenhandel", {"P3", "P7"}, set()),
    ("nl", "mensensmokkel en -handel", {"P2"}, set()),
    ("de", "Wohnungseinbrüche", {"P7"}, set()),
    ("nl", "De brandweer rukte uit en wie wil afvallen, kan sporten.", set(), {"P8"}),
    ("nl", "Rijden onder invloed van cannabis: 31 pv's.", {"P9"}, {"P3"}),
    ("nl", "DOI: 64 pv's.", {"P9"}, {"P3"}),
    ("nl", "Rijden onder invloed, drugshandel", {"P3", "P9"}, set()),
    ("fr", "Conduite sous influence (stups) : 58 PV.", {"P9"}, {"P3"}),
    ("de", "Speicheltest: drei Fahrer positiv auf Cannabis.", {"P9"}, {"P3"}),
    ("nl", "Uw auto werd in beslag genomen omdat de boete openstaat. Hoe krijgt u hem terug?", set(), {"T4"}),
    ("fr", "Votre véhicule a été saisi pour une amende impayée ? Venez au greffe.", set(), {"T4"}),
    ("de", "Ihr Fahrzeug wurde wegen offener Bußgelder beschlagnahmt.", set(), {"T4"}),
    ("nl", "Drie luxewagens van de bende werden in beslag genomen.", {"T4"}, set()),
    ("nl", "De horecacontroles zijn gepland op vrijdag.", set(), {"T1"}),
    ("nl", "Horecacontroles tegen malafide uitbaters, met ARIEC.", {"T1"}, set()),
    ("nl", "Dubbelparkeren in de woonwijk beboeten.", {"P9", "P10"}, set()),
    ("nl", "Het concert op het terras van het politiehuis lokte veel volk.", set(), {"P10"}),
    ("nl", "De controles op het openbaar vervoer werden opgedreven.", set(), {"P9"}),
    ("fr", "La circulaire PLP 61 explique comment rédiger le plan.", set(), {"P7"}),
    ("de", "Die Zone sucht eine Buchhalterin.", set(), {"P3"}),
]


@pytest.mark.parametrize(("language", "text", "has", "lacks"), TRAPS)
def test_traps(language, text, has, lacks):
    found = set(items(text, language))
    assert (has - found, lacks & found) == (set(), set())


@pytest.mark.parametrize(
    ("language", "text", "item"),
    [
        ("nl", "Drugs", "P3"),
        ("nl", "Milieu", "P8"),
        ("nl", "Verkeer", "P9"),
        ("fr", "Stupéfiants", "P3"),
        ("fr", "Environnement", "P8"),
        ("fr", "Roulage", "P9"),
        ("de", "Drogen", "P3"),
        ("de", "Umwelt", "P8"),
        ("de", "Verkehr", "P9"),
    ],
)
def test_one_word_is_a_whole_entry(language, text, item):
    assert items(text, language) == {item: "strong"}


@pytest.mark.parametrize(
    "text",
    [
        "Digitalisering van onze werking",
        "Welzijn van de medewerkers",
        "Rekrutering en personeelsbeleid",
        "Een sterke organisatiecultuur",
        "HRM",
        "Interne communicatie",
    ],
)
def test_internal_priorities_give_nothing(text):
    assert matches(text, heading_path=("Interne prioriteiten",), kind="list_item") == ()


@pytest.mark.parametrize(
    ("language", "text", "item"),
    [
        ("nl", "Mensenhandel is geen prioriteit.", "P2"),
        ("nl", "Mensenhandel werd niet weerhouden.", "P2"),
        ("nl", "Radicalisering: er is nog geen cel opgericht.", "P1"),
        ("fr", "La traite des êtres humains n'est pas retenue.", "P2"),
        ("fr", "La cybercriminalité n'est pas une priorité.", "P5"),
        ("de", "Menschenhandel ist kein Schwerpunkt.", "P2"),
        ("de", "Der Menschenhandel wurde nicht zurückbehalten.", "P2"),
        ("nl", "Een eigen cel voor cybercrime hebben we niet.", "P5"),
        ("nl", "Mensenhandel komt bij ons niet voor.", "P2"),
        ("nl", "Domiciliefraude is bij ons geen prioriteit.", "T3"),
        ("nl", "Illegale wapenhandel doet zich in onze landelijke zone niet voor.", "P7"),
        ("fr", "Une cellule cybercriminalité n'existe pas chez nous.", "P5"),
        ("fr", "La traite des êtres humains ne constitue pas une priorité.", "P2"),
        ("fr", "La cybersécurité n'est pas abordée dans ce plan.", "P5"),
        ("de", "Für Cyberkriminalität gibt es in unserer Zone keine eigene Stelle.", "P5"),
        ("de", "Eine Zelle für Cyberkriminalität ist nicht vorgesehen.", "P5"),
        ("de", "Menschenhandel spielt in den fünf Gemeinden keine Rolle.", "P2"),
    ],
)
def test_negation_is_a_lead_and_no_coverage(language, text, item):
    assert (items(text, language), leads(text, language)) == ({}, {item})


def test_negation_reaches_no_further_than_its_clause():
    text = "Mensenhandel is niet weerhouden, maar drugshandel is een prioriteit."
    assert (items(text), leads(text)) == ({"P3": "strong"}, {"P2"})


@pytest.mark.parametrize(
    ("language", "text", "item"),
    [
        ("nl", "Drugsdealers zijn in onze zone niet welkom.", "P3"),
        ("nl", "Vandalisme tolereren we niet.", "P10"),
        ("nl", "Inbrekers krijgen bij ons geen kans.", "P7"),
        ("fr", "Les auteurs de vandalisme ne restent pas impunis.", "P10"),
        ("de", "Viele Opfer häuslicher Gewalt erstatten keine Anzeige.", "P6"),
    ],
)
def test_not_tolerating_something_is_no_negation(language, text, item):
    assert (set(items(text, language)), leads(text, language)) == ({item}, set())


@pytest.mark.parametrize(
    ("language", "text", "kept", "lead"),
    [
        ("nl", "Mensenhandel werd niet weerhouden, sociale fraude daarentegen wel.", "P4", "P2"),
        ("nl", "Een cel voor cybercrime hebben we niet, de drugshandel pakken we aan.", "P3", "P5"),
        ("fr", "Le terrorisme n'a pas été retenu, mais bien le trafic de stupéfiants.", "P3", "P1"),
        ("de", "Menschenhandel wurde nicht zurückbehalten, Verkehrssicherheit hingegen schon.", "P9", "P2"),
    ],
)
def test_negation_stops_where_the_other_half_begins(language, text, kept, lead):
    assert (set(items(text, language)), leads(text, language)) == ({kept}, {lead})


def test_regular_policing_is_no_negation():
    text = "Hangjongeren: geschrapt als prioriteit, blijft in de reguliere werking."
    assert (set(items(text)), leads(text)) == ({"P10"}, set())


def test_a_contact_page_names_phenomena_without_policy():
    page = "Dienst drugs en jeugd: tel. 011 22 33 44, e-mail info@voorbeeld.be, open van 9.00 tot 12.00 uur"
    assert items(page) == {}
    assert items("Contacteer de dienst drugs of de dienst diefstallen via het algemene nummer.") == {}
    assert "P3" in items("Dienst drugs en jeugd: ons actieplan wil het dealen aan scholen verminderen.")


def test_a_list_of_services_names_no_priorities():
    assert (
        items("Onthaal, interventie, wijkwerking, slachtofferbejegening, verkeer, milieu en lokale recherche")
        == {}
    )
