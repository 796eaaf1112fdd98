"""From the fields of an entry to the elements it holds (docs/scoring.md §1).

A field yields its element when it holds more than white space; 0 is a value, a date counts, an
empty list is nothing (and so is a list of blanks). Passages are not here: their elements are
ticked by a person.
"""

from collections.abc import Collection

from plans.scoring.enums import Element


def is_filled(value: object) -> bool:
    """Whether a field holds more than white space. 0 is a value; None and empty lists are not."""
    if value is None:
        return False
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Collection):
        return any(is_filled(part) for part in value)
    return True


def _filled(fields: dict[Element, object]) -> frozenset[Element]:
    return frozenset(element for element, value in fields.items() if is_filled(value))


def objective_elements(
    title: object, result: object = None, target_group: object = None, due: object = None
) -> frozenset[Element]:
    """Elements of an objective entry: a title is enough for *objective*."""
    return _filled(
        {
            Element.OBJECTIVE: title,
            Element.RESULT: result,
            Element.TARGET_GROUP: target_group,
            Element.DUE: due,
        }
    )


def action_elements(
    title: object,
    target_group: object = None,
    links: object = None,
    responsible: object = None,
    due: object = None,
    capacity: object = None,
    partners: object = None,
) -> frozenset[Element]:
    """Elements of an action entry. Whether a partner is outside the police is not judged."""
    return _filled(
        {
            Element.ACTION: title,
            Element.TARGET_GROUP: target_group,
            Element.CHAIN_LINK: links,
            Element.RESPONSIBLE: responsible,
            Element.DUE: due,
            Element.CAPACITY: capacity,
            Element.PARTNER: partners,
        }
    )


def indicator_elements(
    title: object,
    target_value: object = None,
    baseline: object = None,
    source: object = None,
    frequency: object = None,
) -> frozenset[Element]:
    """Elements of an indicator entry: a target value or a baseline of 0 is a value."""
    return _filled(
        {
            Element.INDICATOR: title,
            Element.TARGET_VALUE: target_value,
            Element.BASELINE: baseline,
            Element.SOURCE: source,
            Element.FREQUENCY: frequency,
        }
    )


def diagnosis_elements(text: object, figure: object = None, source: object = None) -> frozenset[Element]:
    """Elements of a diagnosis entry: its text is a *description*, whatever its kind."""
    return _filled({Element.DESCRIPTION: text, Element.FIGURE: figure, Element.SOURCE: source})
