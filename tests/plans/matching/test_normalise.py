"""Words, offsets, sentences; stems and their traps; compounds."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.matching.compounds import Splitter
from plans.matching.normalise import LANGUAGES, fold, tokenise
from plans.matching.stems import Stems


def words(text, language="nl"):
    return [token.word for token in tokenise(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "De camera's", ["cameras"]),
        ("nl", "Verkeers(on)veiligheid", ["verkeersonveiligheid"]),
        ("nl", "intra-familiaal", ["intrafamiliaal"]),
        ("nl", "verkeers-\nongevallen", ["verkeersongevallen"]),
        ("nl", "kern\u00adtaak", ["kerntaak"]),
        ("fr", "l'identité d’un élève", ["identite", "eleve"]),
        ("fr", "SÉCURITÉ ROUTIÈRE", ["securite", "routiere"]),
        ("fr", "main-d’œuvre", ["maind", "oeuvre"]),
        ("de", "Straße über die Brücke", ["strasse", "uber", "brucke"]),
        ("nl", "1.250 feiten", ["1", "250", "feiten"]),
    ],
)
def test_words(language, text, expected):
    assert words(text, language) == expected


def test_sentences_and_entries_of_a_list():
    tokens = tokenise("Drugs; verkeer. Milieu, enz. in de stad", "nl")
    assert [(token.word, token.sentence) for token in tokens] == [
        ("drugs", 0),
        ("verkeer", 1),
        ("milieu", 2),
        ("enz", 2),
        ("in", 2),
        ("stad", 2),
    ]


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_offsets_point_at_the_word(text, language):
    last = 0
    for token in tokenise(text, language):
        assert last <= token.start < token.end <= len(text)
        last = token.end
        if not token.pieces and "(" not in text[token.start : token.end]:
            assert fold(text[token.start : token.end].replace("'", "").replace("’", "")) == token.word


@pytest.mark.parametrize("sign", ["a-", "(a)", "a'", "-\n", "a(b)", "l'", "- en ", "é", ". "])
def test_time_grows_with_the_length_and_no_faster(sign):
    def seconds(times):
        start = perf_counter()
        tokenise(sign * times, "fr")
        return perf_counter() - start

    seconds(1_000)
    assert seconds(40_000) < 2


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("nl", "diefstal", "diefstallen"),
        ("nl", "dief", "dieven"),
        ("nl", "inbraak", "inbraken"),
        ("fr", "cambriolage", "cambriolages"),
        ("fr", "aborde", "abordees"),
        ("fr", "saisi", "saisie"),
        ("de", "einbruch", "einbruche"),
    ],
)
def test_inflections_share_a_stem(language, one, other):
    stems = Stems(language)
    assert stems.of(one) == stems.of(other)


@pytest.mark.parametrize(
    ("language", "protected", "trap"),
    [
        ("nl", {}, ("geweld", "wel")),
        ("nl", {}, ("gezin", "zin")),
        ("de", {"sicherheit": ()}, ("sicherheit", "sich")),
        ("fr", {"traite": ()}, ("traite", "traiter")),
        ("fr", {"environnement": ()}, ("environnement", "environ")),
        ("fr", {"vol": ("vols",)}, ("vols", "voler")),
        ("fr", {"arme": ("armes",)}, ("armee", "armes")),
    ],
)
def test_traps_of_the_stemmer(language, protected, trap):
    stems = Stems(language, protected)
    assert stems.of(trap[0]) != stems.of(trap[1])


@pytest.mark.parametrize(
    ("language", "parts", "word", "expected"),
    [
        ("nl", ["verkeer", "ongeval"], "verkeersongevallen", ("verkeer", "ongevallen")),
        ("nl", ["drugs", "handel"], "drugshandel", ("drugs", "handel")),
        (
            "nl",
            ["woning", "inbraak", "preventie"],
            "woninginbraakpreventie",
            ("woning", "inbraak", "preventie"),
        ),
        ("de", ["wohnung", "einbruch"], "wohnungseinbruch", ("wohnung", "einbruch")),
        ("nl", ["brand", "afval"], "brandweer", ()),
        ("nl", ["afval"], "afvallen", ()),
        ("fr", ["trafic", "drogue"], "traficdrogue", ()),
    ],
)
def test_compounds_come_apart_when_every_part_is_known(language, parts, word, expected):
    assert Splitter(language, Stems(language), parts).split(word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("drugs- en wapenhandel", ["drugshandel", "en", "wapenhandel"]),
        ("mensensmokkel en -handel", ["mensensmokkel", "en", "mensenhandel"]),
        ("voet- en fietsers", ["voet", "en", "fietsers"]),
    ],
)
def test_the_half_that_two_words_share_is_filled_in(text, expected):
    splitter = Splitter("nl", Stems("nl"), ["drugs", "wapen", "handel", "mensen", "smokkel"])
    assert [token.word for token in splitter.complete(tokenise(text, "nl"))] == expected
