"""What a heading proposes for the passages below it."""

import pytest

from tests.plans.matching.shipped import matches

TEXT = "Verkeersongevallen met fietsers"


def proposed(*headings: str, text: str = TEXT, language: str = "nl"):
    """Criterion and elements of an entry about road safety below these headings."""
    passage = matches(text, language, heading_path=headings, kind="list_item")
    (found,) = [one for one in passage if one.item == "P9"]
    return found.criterion, set(found.elements)


@pytest.mark.parametrize(
    ("heading", "criterion", "element"),
    [
        ("Acties", "A", "action"),
        ("Doelstellingen", "G", "objective"),
        ("Indicatoren", "M", "indicator"),
        ("Verantwoordelijken", "I", "responsible"),
    ],
)
def test_below_such_a_heading_each_entry_is_one(heading, criterion, element):
    without = proposed("Verkeersveiligheid")
    below = proposed("Verkeersveiligheid", heading)
    assert element not in without[1]
    assert below == (criterion, without[1] | {element})


@pytest.mark.parametrize(
    ("language", "heading", "text"),
    [
        ("fr", "Actions", "Accidents de la route avec cyclistes"),
        ("de", "Maßnahmen", "Verkehrsunfälle mit Radfahrern"),
    ],
)
def test_in_every_language(language, heading, text):
    assert "action" in proposed(heading, text=text, language=language)[1]


def test_only_the_nearest_heading_speaks():
    assert "action" not in proposed("Acties", "Verkeer")[1]


def test_a_long_heading_speaks_for_nothing():
    heading = "Welke acties de diensten van onze zone in de loop van de jaren allemaal ondernamen"
    assert "action" not in proposed(heading)[1]


def test_the_national_list_is_no_objective_of_the_zone():
    assert "objective" in proposed("Onze prioriteiten")[1]
    assert "objective" not in proposed("Kadernota", "Prioriteiten")[1]
