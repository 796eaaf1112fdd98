"""Arbitrary editions and plans: any number of items with odd codes, any mixture of pieces."""

import dataclasses

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from plans.scoring import (
    ChainLink,
    Choice,
    Decision,
    Element,
    Item,
    ItemKind,
    Naming,
    Piece,
    PieceKind,
    PlanInput,
    Reason,
)

modest = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
NUMBERS = ("1", "2", "3", "10", "1.2", "A", "01", "ä b")
CODES = st.one_of(
    st.sampled_from(["P1", "T1", "P10", "5", "", " ", "theme", "€", "10", "priority-15"]),
    st.text(max_size=4),
)
LINES = st.sampled_from(["", " ", "a line"])
# Pieces rich enough that all levels occur, and arbitrary ones.
ELEMENTS = st.one_of(
    st.frozensets(st.sampled_from(Element), min_size=1),
    st.frozensets(st.sampled_from(Element), max_size=3).map(lambda some: frozenset(Element) - some),
)
LINKS = st.frozensets(st.sampled_from(ChainLink), max_size=2)


@st.composite
def editions(draw) -> tuple[Item, ...]:
    codes = draw(st.lists(CODES, min_size=1, max_size=6, unique=True))
    positions = draw(st.lists(st.integers(-9, 99), min_size=len(codes), max_size=len(codes), unique=True))
    return tuple(
        Item(
            code,
            draw(st.sampled_from(ItemKind)),
            position,
            tuple(draw(st.lists(st.sampled_from("abc"), unique=True, max_size=3))),
        )
        for code, position in zip(codes, positions, strict=True)
    )


@st.composite
def namings(draw, items: tuple[Item, ...], at_most: int = 3) -> tuple[Naming, ...]:
    named = draw(st.lists(st.sampled_from(items), max_size=at_most, unique=True))
    return tuple(
        Naming(item.code, tuple(draw(st.sets(st.sampled_from(item.aspects))) if item.aspects else ()))
        for item in named
    )


@st.composite
def pieces(draw, items, numbers, kinds=tuple(PieceKind)) -> Piece:
    """One piece that is no objective entry, hanging on one of the numbers where it must."""
    kind = draw(st.sampled_from([kind for kind in kinds if kind is not PieceKind.OBJECTIVE]))
    if not numbers and kind in (PieceKind.ACTION, PieceKind.INDICATOR):
        kind = PieceKind.PASSAGE
    objective = None
    if kind is PieceKind.PASSAGE:
        objective = draw(st.sampled_from((None, *numbers)))
    elif kind is not PieceKind.DIAGNOSIS:
        objective = draw(st.sampled_from(numbers))
    return Piece(
        kind,
        draw(st.sampled_from(["1", "2", "1.1", "1.10"])),
        draw(st.sampled_from(["text", "other text"])),
        draw(ELEMENTS),
        draw(namings(items)),
        draw(LINKS),
        objective,
        draw(st.sampled_from([None, 1, 2])),
        draw(st.sampled_from(["", "x", "y"])),
        draw(st.booleans()),
        # Mostly still in the text, so that the plans stay rich.
        kind is not PieceKind.PASSAGE or draw(st.sampled_from((True, True, True, False))),
    )


@st.composite
def objective_entries(draw, items, number: str) -> Piece:
    return Piece(PieceKind.OBJECTIVE, number, "text", draw(ELEMENTS), draw(namings(items)), objective=number)


@st.composite
def decisions(draw, items) -> tuple[Decision, ...]:
    decided = draw(st.lists(st.sampled_from(items), unique=True))
    return tuple(
        Decision(
            item.code,
            draw(st.sampled_from(Choice)),
            draw(st.sampled_from([None, *Reason])),
            draw(LINES),
            draw(LINES),
            draw(st.booleans()),
        )
        for item in decided
    )


@st.composite
def plans(draw) -> PlanInput:
    items = draw(editions())
    numbers = tuple(draw(st.lists(st.sampled_from(NUMBERS), unique=True, max_size=3)))
    entries = [draw(objective_entries(items, number)) for number in numbers]
    others = draw(st.lists(pieces(items, numbers), max_size=6))
    return PlanInput(
        "plan", "edition", items, (*entries, *others), draw(decisions(items)), draw(st.booleans())
    )


def numbers_of(plan: PlanInput) -> tuple[str, ...]:
    return tuple(piece.objective for piece in plan.pieces if piece.kind is PieceKind.OBJECTIVE)


def replaced(plan, place, piece):
    changed = (*plan.pieces[:place], piece, *plan.pieces[place + 1 :])
    return dataclasses.replace(plan, pieces=changed)


def pick(data, plan) -> tuple[int, Piece]:
    assume(plan.pieces)
    place = data.draw(st.integers(0, len(plan.pieces) - 1))
    return place, plan.pieces[place]
