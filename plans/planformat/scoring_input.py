"""From a plan's content to the scorer's input: fields become elements, entries become pieces."""

from collections.abc import Iterator, Sequence

from plans.planformat.identity import passage_identity
from plans.planformat.types import ItemRef, ObjectiveEntry, PlanContent
from plans.scoring import Decision, Item, Naming, Piece, PieceKind, PlanInput
from plans.scoring.elements import (
    action_elements,
    diagnosis_elements,
    indicator_elements,
    objective_elements,
)


def scoring_input(content: PlanContent, items: Sequence[Item], *, has_successor: bool = False) -> PlanInput:
    """The scorer's input for `content` under the edition made of `items`.

    Raises ValueError when the content names what the edition does not have; `read_plan` and the
    services refuse that before.
    """
    return PlanInput(
        plan=content.plan.name,
        edition=content.edition,
        items=tuple(items),
        pieces=tuple(_pieces(content)),
        decisions=tuple(
            Decision(
                item=code,
                choice=entry.choice,
                reason=entry.reason,
                line=entry.line,
                pointer=entry.pointer,
                has_open_clarification=entry.clarification_open,
            )
            for code, entry in content.choices.items()
        ),
        has_successor=has_successor,
    )


def _pieces(content: PlanContent) -> Iterator[Piece]:
    confidential: dict[str, bool] = {}
    for position, objective in enumerate(content.objectives):
        number = content.objective_number(position)
        confidential[number] = objective.confidential
        yield from _objective_pieces(objective, number)
    for position, diagnosis in enumerate(content.diagnosis, 1):
        yield Piece(
            kind=PieceKind.DIAGNOSIS,
            ref=str(position),
            text=diagnosis.text,
            elements=diagnosis_elements(diagnosis.text, diagnosis.figure, diagnosis.source),
            names=_names(diagnosis.items),
            is_confidential=diagnosis.confidential,
        )
    for position, passage in enumerate(content.passages, 1):
        yield Piece(
            kind=PieceKind.PASSAGE,
            ref=str(position),
            text=passage.quote,
            elements=frozenset(passage.elements),
            names=(Naming(passage.item, passage.aspects),),
            links=frozenset(passage.links),
            objective=passage.objective,
            page=passage.page,
            passage=passage_identity(document=passage.document, page=passage.page, quote=passage.quote),
            is_confidential=passage.confidential or confidential.get(passage.objective or "", False),
            is_in_text=not passage.no_longer_in_text,
        )


def _objective_pieces(objective: ObjectiveEntry, number: str) -> Iterator[Piece]:
    """What hangs on a confidential objective is confidential too (SCORING section 4)."""
    yield Piece(
        kind=PieceKind.OBJECTIVE,
        ref=number,
        text=objective.title,
        elements=objective_elements(objective.title, objective.result, objective.target_group, objective.due),
        names=_names(objective.items),
        objective=number,
        is_confidential=objective.confidential,
    )
    for position, action in enumerate(objective.actions, 1):
        yield Piece(
            kind=PieceKind.ACTION,
            ref=f"{number}.{position}",
            text=action.title,
            elements=action_elements(
                action.title,
                action.target_group,
                action.links,
                action.responsible,
                action.due,
                action.capacity,
                action.partners,
            ),
            names=_names(action.items),
            links=frozenset(action.links),
            objective=number,
            is_confidential=action.confidential or objective.confidential,
        )
    for position, indicator in enumerate(objective.indicators, 1):
        yield Piece(
            kind=PieceKind.INDICATOR,
            ref=f"{number}.{position}",
            text=indicator.title,
            elements=indicator_elements(
                indicator.title,
                indicator.target_value,
                indicator.baseline,
                indicator.source,
                indicator.frequency,
            ),
            names=_names(indicator.items),
            objective=number,
            is_confidential=objective.confidential,
        )


def _names(refs: Sequence[ItemRef]) -> tuple[Naming, ...]:
    return tuple(Naming(ref.item, ref.aspects) for ref in refs)
