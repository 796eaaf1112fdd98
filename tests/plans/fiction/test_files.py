"""The phrases: complete for every item in every language, and nothing in them that is not filled in."""

import re
import string

import pytest

from plans import scoring
from plans.fiction import read_data, read_phrases
from tests.plans.fiction.drawing import EDITIONS, FOLDER

PHRASES = read_phrases(FOLDER)
CODES = {item.code: item.aspects for items in EDITIONS.values() for item in items}


def test_three_languages_and_every_item_of_every_edition():
    assert sorted(PHRASES) == ["de", "fr", "nl"]
    for language, phrases in PHRASES.items():
        assert phrases.language == language
        assert set(phrases.items) == set(CODES)
        assert set(phrases.expectations) == {
            "perception",
            "mayors",
            "prosecutor",
            "governor",
            "dirco",
            "dirjud",
        }
    data = read_data(FOLDER)
    assert set(data.retained) == set(CODES)
    assert data.sensitive < set(CODES)
    assert sum(style.share for style in data.styles.values()) == 100
    for cycle in data.cycles:
        assert sum(cycle.editions.values()) == 100
        assert set(cycle.editions) == set(EDITIONS)


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_what_is_left_open_is_what_is_filled_in(language):
    phrases = PHRASES[language]
    assert {name for text in phrases.due for name in fields(text)} == {"due"}
    assert fields(phrases.document) == {"cycle"}
    for texts in (phrases.addenda, *phrases.expectations.values()):
        assert [fields(text) for text in texts] == [{"name"}] * len(texts)
    plain = [*phrases.responsible, *phrases.frequencies, *phrases.capacities, *phrases.own_priorities]
    for item in phrases.items.values():
        for objective in item.objectives:
            assert fields(objective.title) | fields(objective.target) <= {"place"}
            plain.append(objective.result)
        assert all(fields(action.title) == set() for action in item.actions)
        for indicator in item.indicators:
            is_at_least = re.search("minstens|au moins|mindestens", indicator.target) is not None
            numbers = ({"m"}, {"n"}) if is_at_least else ({"n"}, {"m"})
            assert (fields(indicator.target), fields(indicator.baseline)) == numbers, (
                "the aim is the better one"
            )
        assert all(fields(entry.figure) <= {"n", "year"} for entry in item.diagnosis)
        plain += [item.name, *item.words, *item.regular, *(quote.text for quote in item.quotes)]
        plain += [text for one in item.motivations for text in (one.pointer, one.line)]
    assert [text for text in plain if fields(text)] == []


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_reviewers_have_words_for_every_criterion_and_reason(language):
    review = PHRASES[language].review
    assert set(review.lowered) == set(scoring.Criterion)
    assert set(review.clarifications) == set(scoring.Reason)
    about_items = [*review.remarks, *(one for asked in review.clarifications.values() for one in asked)]
    assert {name for one in about_items for name in fields(one.ask)} == {"name"}
    plain = [one.ask for one in review.general] + [one.answer for one in (*about_items, *review.general)]
    plain += [text for texts in (*review.lowered.values(), *review.raised.values()) for text in texts]
    assert [text for text in plain if fields(text)] == []


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_figures_say_that_they_are_invented(language):
    phrases = PHRASES[language]
    for item in phrases.items.values():
        assert [
            entry.source for entry in item.diagnosis if entry.figure and phrases.fictional not in entry.source
        ] == []


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_aspects_exist(language):
    for code, item in PHRASES[language].items.items():
        assert {aspect for objective in item.objectives for aspect in objective.aspects} <= set(CODES[code])
