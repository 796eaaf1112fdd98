"""Which objectives are considered for an item, and what each earns (docs/scoring.md §1 and §2).

A piece counts only for the items it names itself, and only in the objective it hangs on; every
item has besides one implicit objective with all its accepted passages, hung or loose.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plans.scoring.criteria import chain_digit, earned_alone
from plans.scoring.enums import ChainLink, Criterion, Element, ItemKind, PieceKind
from plans.scoring.levels import level_of, rank_key
from plans.scoring.types import Digits, Evidence, Item, ObjectiveLevel, Piece


@dataclass(frozen=True, slots=True)
class JudgedPiece:
    """A piece with what it earns alone and how it stands as evidence, whatever the item."""

    piece: Piece
    digits: Digits
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ConsideredObjective:
    """An objective with the pieces on it that count for the item, in plan order."""

    result: ObjectiveLevel
    pieces: tuple[JudgedPiece, ...]

    @property
    def has_partner(self) -> bool:
        """Whether any of its pieces names a partner; how many does not matter (C)."""
        return any(Element.PARTNER in judged.piece.elements for judged in self.pieces)

    @property
    def links(self) -> frozenset[ChainLink]:
        """The different links its pieces name together (C)."""
        return frozenset().union(*(judged.piece.links for judged in self.pieces))


def judge(piece: Piece) -> JudgedPiece:
    """The piece with its digits and its evidence, one line per criterion it stands under."""
    digits, shown = earned_alone(piece.kind, piece.elements, len(piece.links))
    return JudgedPiece(piece, digits, tuple([_evidence(piece, *where) for where in shown]))


def gives_goal(item: Item, piece: Piece) -> bool:
    """Whether the piece gives its objective at least G = 1: an action entry naming a theme (§1)."""
    return item.kind is ItemKind.THEME and piece.kind is PieceKind.ACTION


def evidence_for(item: Item, pieces: Iterable[JudgedPiece]) -> tuple[Evidence, ...]:
    """The item's evidence by criterion (D G A I M C), within one in plan order.

    An action that gives a theme its goal stands under G as well, with its *action*: every digit
    has its evidence.
    """
    lines: dict[Criterion, list[Evidence]] = {criterion: [] for criterion in Criterion}
    for judged in pieces:
        for evidence in judged.evidence:
            lines[evidence.criterion].append(evidence)
        if gives_goal(item, judged.piece):
            lines[Criterion.GOAL].append(_evidence(judged.piece, Criterion.GOAL, (Element.ACTION,), 1))
    return tuple(evidence for criterion in Criterion for evidence in lines[criterion])


def _evidence(piece: Piece, criterion: Criterion, elements: tuple[Element, ...], digit: int) -> Evidence:
    return Evidence(
        criterion=criterion,
        elements=elements,
        quote=piece.text,
        where=piece.ref,
        kind=piece.kind,
        objective=piece.objective,
        page=piece.page,
        is_confidential=piece.is_confidential,
        digit=digit,
    )


def pieces_on_diagnosis(pieces: Iterable[JudgedPiece]) -> tuple[JudgedPiece, ...]:
    """The pieces that can earn D, which is the item's and not an objective's."""
    kinds = (PieceKind.DIAGNOSIS, PieceKind.PASSAGE)
    return tuple(judged for judged in pieces if judged.piece.kind in kinds)


def considered_objectives(item: Item, pieces: Sequence[JudgedPiece]) -> tuple[ConsideredObjective, ...]:
    """The item's objectives, best first, from the pieces that name it in plan order.

    The implicit objective (number None) is always among them, possibly empty.
    """
    grouped: dict[str | None, list[JudgedPiece]] = {None: []}
    diagnosis = 0
    for judged in pieces:
        piece = judged.piece
        diagnosis = max(diagnosis, judged.digits.D)
        if piece.objective is not None:
            grouped.setdefault(piece.objective, []).append(judged)
        if piece.kind is PieceKind.PASSAGE:
            grouped[None].append(judged)
    considered = [_consider(item, number, members, diagnosis) for number, members in grouped.items()]
    return tuple(sorted(considered, key=lambda one: rank_key(one.result)))


def _consider(
    item: Item, number: str | None, pieces: list[JudgedPiece], diagnosis: int
) -> ConsideredObjective:
    alone = [judged.digits for judged in pieces]
    goals = [*(digits.G for digits in alone), *(1 for one in pieces if gives_goal(item, one.piece))]
    has_partner = any(Element.PARTNER in judged.piece.elements for judged in pieces)
    links = frozenset().union(*[judged.piece.links for judged in pieces])
    digits = Digits(
        D=diagnosis,
        G=max(goals, default=0),
        A=max([digits.A for digits in alone], default=0),
        I=max([digits.I for digits in alone], default=0),
        M=max([digits.M for digits in alone], default=0),
        C=chain_digit(has_partner, len(links)),
    )
    return ConsideredObjective(ObjectiveLevel(number, level_of(digits), digits), tuple(pieces))
