"""What stands in the fields behind the elements of an item's evidence, for who judges it on one page.

The evidence of a score names elements and quotes the entry's heading; the other words are read here from the
entries themselves, found by their place in the plan as the scorer numbers them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from plans.enums import ChainLink, Element
from plans.models import Assessment
from plans.scoring import PieceKind
from plans.selectors.scoring_input import in_plan_order
from plans.selectors.shown import EvidenceLine, ItemRow

#: (kind of piece, its place in the plan) → element → the words that earned it.
Values = Mapping[tuple[str, str], Mapping[str, str]]

#: Kind of entry → the element of each field that holds words beside the heading, which is quoted anyway.
FIELDS: Mapping[PieceKind, Mapping[Element, str]] = {
    PieceKind.OBJECTIVE: {
        Element.RESULT: "result",
        Element.TARGET_GROUP: "target_group",
        Element.DUE: "due",
    },
    PieceKind.ACTION: {
        Element.TARGET_GROUP: "target_group",
        Element.CHAIN_LINK: "links",
        Element.RESPONSIBLE: "responsible",
        Element.DUE: "due",
        Element.CAPACITY: "capacity",
        Element.PARTNER: "partners",
    },
    PieceKind.INDICATOR: {
        Element.TARGET_VALUE: "target_value",
        Element.BASELINE: "baseline",
        Element.SOURCE: "source",
        Element.FREQUENCY: "frequency",
    },
    PieceKind.DIAGNOSIS: {Element.FIGURE: "figure", Element.SOURCE: "source"},
    PieceKind.PASSAGE: {Element.CHAIN_LINK: "links"},
}


def with_values(row: ItemRow, assessment: Assessment) -> ItemRow:
    """The row with, in each line, the words of its elements. Five queries; hidden lines stay empty."""
    values = _values_of(assessment)
    criteria = (
        replace(criterion, lines=tuple(_valued(line, values) for line in criterion.lines))
        for criterion in row.criteria
    )
    return replace(row, criteria=tuple(criteria))


def _valued(line: EvidenceLine, values: Values) -> EvidenceLine:
    if line.is_hidden:
        return line
    known = values.get((line.kind, line.where), {})
    said = tuple((element, known[element]) for element in line.elements if element in known)
    return replace(line, values=said)


def _values_of(assessment: Assessment) -> Values:
    return {(kind.value, where): _filled(entry, kind) for kind, where, entry in _placed_entries(assessment)}


def _placed_entries(assessment: Assessment) -> Iterator[tuple[PieceKind, str, object]]:
    """Everything that can be evidence, with its place as planformat.scoring_input numbers it."""
    version = assessment.version
    for objective in in_plan_order(version.objectives.prefetch_related("actions", "indicators")):
        yield PieceKind.OBJECTIVE, objective.number, objective
        parts = chain(
            _counted(PieceKind.ACTION, objective.actions.all()),
            _counted(PieceKind.INDICATOR, objective.indicators.all()),
        )
        for kind, position, part in parts:
            yield kind, f"{objective.number}.{position}", part
    yield from _counted(PieceKind.DIAGNOSIS, version.diagnoses.all())
    yield from _counted(PieceKind.PASSAGE, assessment.passages.all())


def _counted(kind: PieceKind, entries: Iterable) -> Iterator[tuple[PieceKind, str, object]]:
    return ((kind, str(position), entry) for position, entry in enumerate(entries, 1))


def _filled(entry: object, kind: PieceKind) -> dict[str, str]:
    words = {element.value: _as_text(getattr(entry, field)) for element, field in FIELDS[kind].items()}
    return {element: text for element, text in words.items() if text}


def _as_text(value: str | list[str]) -> str:
    if isinstance(value, str):
        return value.strip()
    return ", ".join(str(ChainLink(link).label) for link in value)
