"""Fields of entries to elements (docs/scoring.md §1)."""

import datetime

import pytest

from plans.scoring import (
    Element,
    action_elements,
    diagnosis_elements,
    indicator_elements,
    objective_elements,
)
from plans.scoring.elements import is_filled


@pytest.mark.parametrize("value", ["x", " x ", 0, 0.0, 5, datetime.date(2027, 1, 1), ["x"], ("", "x"), {"x"}])
def test_filled(value):
    assert is_filled(value)


@pytest.mark.parametrize(
    "value", [None, "", " ", "\n\t\u00a0", [], (), set(), frozenset(), [" "], ["", None]]
)
def test_not_filled(value):
    assert not is_filled(value)


FIELDS = [
    (objective_elements, "title", Element.OBJECTIVE),
    (objective_elements, "result", Element.RESULT),
    (objective_elements, "target_group", Element.TARGET_GROUP),
    (objective_elements, "due", Element.DUE),
    (action_elements, "title", Element.ACTION),
    (action_elements, "target_group", Element.TARGET_GROUP),
    (action_elements, "links", Element.CHAIN_LINK),
    (action_elements, "responsible", Element.RESPONSIBLE),
    (action_elements, "due", Element.DUE),
    (action_elements, "capacity", Element.CAPACITY),
    (action_elements, "partners", Element.PARTNER),
    (indicator_elements, "title", Element.INDICATOR),
    (indicator_elements, "target_value", Element.TARGET_VALUE),
    (indicator_elements, "baseline", Element.BASELINE),
    (indicator_elements, "source", Element.SOURCE),
    (indicator_elements, "frequency", Element.FREQUENCY),
    (diagnosis_elements, "text", Element.DESCRIPTION),
    (diagnosis_elements, "figure", Element.FIGURE),
    (diagnosis_elements, "source", Element.SOURCE),
]


@pytest.mark.parametrize(("function", "field", "element"), FIELDS)
def test_each_field_yields_its_element(function, field, element):
    first = "text" if function is diagnosis_elements else "title"
    assert function(**{first: "", field: "x"}) == {element}
    assert function(**{first: "", field: 0}) == {element}
    assert function(**{first: "", field: " "}) == frozenset()


def test_a_title_is_enough():
    assert objective_elements("t") == {Element.OBJECTIVE}
    assert action_elements("t") == {Element.ACTION}
    assert indicator_elements("t") == {Element.INDICATOR}
    assert diagnosis_elements("t") == {Element.DESCRIPTION}


def test_fields_in_their_order():
    assert objective_elements("t", "r", "g", "d") == {
        Element.OBJECTIVE,
        Element.RESULT,
        Element.TARGET_GROUP,
        Element.DUE,
    }
    assert action_elements("t", "", ["reaction"], "", "", 0, ["school"]) == {
        Element.ACTION,
        Element.CHAIN_LINK,
        Element.CAPACITY,
        Element.PARTNER,
    }
    assert indicator_elements("t", 0, None, "", "yearly") == {
        Element.INDICATOR,
        Element.TARGET_VALUE,
        Element.FREQUENCY,
    }
    assert diagnosis_elements("t", 0, "") == {Element.DESCRIPTION, Element.FIGURE}
