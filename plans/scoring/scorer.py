"""`score_plan`: one plan and one edition in, one explained score out.

Only brings the rules of the other modules together. It works on all items and all evidence,
uncensored (docs/scoring.md §4): what a reader may see is decided where it is shown.
"""

from collections.abc import Iterable, Sequence

from plans.scoring.advice import Standing, advise
from plans.scoring.enums import Choice, ItemKind, LookReason, PieceKind
from plans.scoring.levels import best_of
from plans.scoring.numbering import in_plan_order, natural_key
from plans.scoring.objectives import (
    JudgedPiece,
    considered_objectives,
    evidence_for,
    judge,
    pieces_on_diagnosis,
)
from plans.scoring.reach import named_together, reach_of
from plans.scoring.states import proposal_for, state_of, worth_a_look
from plans.scoring.types import Decision, Item, ItemScore, Piece, PlanInput, PlanScore

# Raised by every change that can change the score of an input that could be scored before: a stored
# score names the rubric it was made with.
RUBRIC_VERSION = "1"


def score_plan(plan: PlanInput) -> PlanScore:
    """Scores a plan against its edition. Deterministic; the order of the input never matters."""
    items = sorted(plan.items, key=lambda item: (item.position, item.code))
    decisions = {decision.item: decision for decision in plan.decisions}
    choices = {item: decision.choice for item, decision in decisions.items()}
    # What its document no longer holds counts for nothing: no rule further down gets to see it.
    pieces = pieces_in_text(plan)
    gone = {naming.item for piece in plan.pieces if not piece.is_in_text for naming in piece.names}
    naming = pieces_by_item(items, pieces)
    grid = named_together(items, pieces)
    return PlanScore(
        plan=plan.plan,
        edition=plan.edition,
        rubric=RUBRIC_VERSION,
        items=tuple(
            _score_item(
                item,
                naming[item.code],
                decisions.get(item.code, Decision(item.code, Choice.UNDECIDED)),
                reach_of(item.code, grid, choices) if item.kind is ItemKind.THEME else None,
                has_gone_quote=item.code in gone,
            )
            for item in items
        ),
        own_priorities=own_priorities(pieces),
        grid=grid,
        worth_a_look=(LookReason.EDITION_SUPERSEDED,) if plan.has_successor else (),
    )


def pieces_in_text(plan: PlanInput) -> list[Piece]:
    return [piece for piece in plan.pieces if piece.is_in_text]


def pieces_by_item(items: Sequence[Item], pieces: Iterable[Piece]) -> dict[str, list[JudgedPiece]]:
    """Code of an item → the pieces that name it, in plan order; naming an item twice is naming it once."""
    naming: dict[str, list[JudgedPiece]] = {item.code: [] for item in items}
    for judged in map(judge, in_plan_order(pieces)):
        for code in {named.item for named in judged.piece.names}:
            naming[code].append(judged)
    return naming


def standing_of(item: Item, pieces: Sequence[JudgedPiece], decision: Decision) -> Standing:
    """Where an item stands by the pieces that name it."""
    considered = considered_objectives(item, pieces)
    return Standing(
        decision=decision,
        state=state_of(decision, considered[0].result.level, has_quote_in(pieces)),
        digits=best_of(one.result.digits for one in considered),
        considered=considered,
        on_diagnosis=pieces_on_diagnosis(pieces),
        has_evidence=bool(pieces),
    )


def has_quote_in(pieces: Iterable[JudgedPiece]) -> bool:
    return any(judged.piece.kind is PieceKind.PASSAGE for judged in pieces)


def own_priorities(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Numbers of the objectives where neither they nor any piece on them names an item (§3)."""
    numbers = {piece.objective for piece in pieces if piece.kind is PieceKind.OBJECTIVE}
    numbers -= {piece.objective for piece in pieces if piece.names}
    return tuple(sorted((str(number) for number in numbers), key=natural_key))


def _score_item(
    item: Item,
    pieces: Sequence[JudgedPiece],
    decision: Decision,
    reach: int | None,
    *,
    has_gone_quote: bool,
) -> ItemScore:
    standing = standing_of(item, pieces, decision)
    best, digits = standing.best.result, standing.digits
    return ItemScore(
        item=item.code,
        kind=item.kind,
        choice=decision.choice,
        state=standing.state,
        level=best.level,
        digits=digits,
        objective=best.number,
        objective_levels=tuple(one.result for one in standing.considered),
        aspects=_ticked_aspects(item, pieces),
        reach=reach,
        proposal=proposal_for(decision.choice, bool(pieces), digits),
        advice=advise(standing),
        evidence=evidence_for(item, pieces),
        worth_a_look=worth_a_look(
            decision,
            best.level,
            digits,
            has_quote=has_quote_in(pieces),
            has_gone_quote=has_gone_quote,
        ),
    )


def _ticked_aspects(item: Item, pieces: Sequence[JudgedPiece]) -> tuple[str, ...]:
    """The item's aspects that its pieces tick, in edition order. Never changes a level."""
    if not item.aspects:
        return ()
    ticked = {
        aspect
        for judged in pieces
        for naming in judged.piece.names
        if naming.item == item.code
        for aspect in naming.aspects
    }
    return tuple(aspect for aspect in item.aspects if aspect in ticked)
