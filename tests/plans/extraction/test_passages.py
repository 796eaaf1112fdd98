"""Offsets, pieces, places among equals, languages."""

import pytest

from plans.extraction import Limits
from plans.extraction.inline import extract_inline
from plans.extraction.language import detect_language, detect_languages
from plans.extraction.sentences import split_long, split_sentences
from tests.plans.extraction.making_pdf import write_plan
from tests.plans.extraction.making_zip import write_word_plan, write_writer_plan
from tests.plans.extraction.reading import read

SENTENCE = "De zone werkt in het jaar samen met alle partners aan de veiligheid van elke inwoner. "


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", write_plan()),
        ("a.docx", write_word_plan()),
        ("a.odt", write_writer_plan()),
        ("a.txt", SENTENCE * 60),
    ],
    ids=["pdf", "docx", "odt", "txt"],
)
def test_offsets_are_places_in_the_text(name, data):
    document = read(data, name)
    assert [document.text[item.start : item.end] for item in document.passages] == [
        item.text for item in document.passages
    ]
    ends = [item.end for item in document.passages]
    starts = [item.start for item in document.passages]
    assert [start - end for end, start in zip(ends, starts[1:], strict=False)] == [1] * (len(starts) - 1)


def test_long_text_is_split_at_sentences_and_nothing_is_lost():
    document = read(SENTENCE * 60, "a.txt")
    assert document.text == (SENTENCE * 60).strip()
    assert len(document.passages) > 3
    for passage in document.passages:
        assert len(passage.text) <= Limits().passage
        assert passage.text.endswith("inwoner.")


def test_a_sentence_without_end_is_cut_at_a_space():
    pieces = split_long("veiligheid " * 300, 1_200)
    assert " ".join(pieces) == ("veiligheid " * 300).strip()
    assert max(map(len, pieces)) <= 1_200
    assert max(map(len, split_long("v" * 5_000, 1_200))) == 1_200


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Zie art. 37 van de wet. Dat is zo.", 2),
        ("Cfr. blz. 12 en dhr. J. Peeters. Einde!", 2),
        ("Het daalt met 3.5 procent, d.w.z. Veel.", 1),
        ("Wirklich? Ja. Nein.", 3),
        ("« Vraiment. » Oui.", 2),
    ],
)
def test_abbreviations_do_not_end_sentences(text, count):
    assert len(split_sentences(text)) == count


def test_equal_passages_are_told_apart_by_place():
    document = read("# A\n- Drugs\n- Verkeer\n- Drugs\n# B\n- Drugs\n", "a.md")
    assert [(item.text, item.ordinal) for item in document.passages if item.text == "Drugs"] == [
        ("Drugs", 1),
        ("Drugs", 2),
        ("Drugs", 1),
    ]


def test_a_row_is_not_introduced_by_the_lead_of_a_list():
    document = read("Doelen:\n\n- een\n- twee\n\n| a | b |\n|---|---|\n| c | d |\n", "a.md")
    assert [item.lead for item in document.passages] == [None, 0, 0, None, None]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De politiezone werkt samen met de gemeenten aan een veilige buurt.", "nl"),
        ("La zone de police travaille avec les communes à la sécurité routière.", "fr"),
        ("Die Polizeizone arbeitet mit den Gemeinden an der Sicherheit.", "de"),
        ("The police zone works with the municipalities on road safety.", None),
        ("12 345", None),
        ("", None),
        ("Verkeersveiligheid", "nl"),
        ("Sécurité routière", "fr"),
        ("Verkehrssicherheit und Prävention", "de"),
    ],
)
def test_language(text, language):
    assert detect_language(text)[0] == language


def test_unclear_text_follows_what_stands_before_it():
    texts = [
        "Drugs",
        "De politiezone werkt samen met de gemeenten aan een veilige buurt voor iedereen.",
        "Milieu",
        "La zone de police travaille avec les communes à la sécurité routière de tous.",
        "Terrorisme",
    ]
    found, main = detect_languages(texts)
    assert [language for language, _ in found] == ["nl", "nl", "nl", "fr", "fr"]
    assert [confidence < 60 for _, confidence in found] == [True, False, True, False, True]
    assert main == "nl"


def test_limits_bound_passages():
    document = extract_inline((SENTENCE * 9).encode(), name="a.txt", limits=Limits(passage=200))
    assert max(len(item.text) for item in document.passages) <= 200
