"""The rubric as tables: which elements earn 1 and 2 under each criterion (docs/scoring.md §1).

The same tables give the digits, what is missing for the next one, and which elements of a piece
stand under a criterion. D to M are judged within one piece; C over all pieces of one objective
that count for the item. What an objective earns as a whole is in levels.py.
"""

from functools import lru_cache

from plans.scoring.enums import Criterion, Element, PieceKind
from plans.scoring.types import Digits

# A need is met by any one of its elements; the first is the one that advice asks for. SOURCE
# stands before FREQUENCY because a source also serves the diagnosis.
Need = tuple[Element, ...]

NEEDS: dict[Criterion, tuple[Need, tuple[Need, ...]]] = {
    # criterion: (needed for 1, needed besides for 2)
    Criterion.DIAGNOSIS: ((Element.DESCRIPTION,), ((Element.FIGURE,), (Element.SOURCE,))),
    Criterion.GOAL: (
        (Element.OBJECTIVE,),
        ((Element.RESULT,), (Element.TARGET_GROUP,), (Element.DUE,)),
    ),
    Criterion.ACTIONS: ((Element.ACTION,), ((Element.TARGET_GROUP,), (Element.CHAIN_LINK,))),
    Criterion.IMPLEMENTATION: ((Element.RESPONSIBLE,), ((Element.DUE,),)),
    Criterion.MONITORING: (
        (Element.INDICATOR,),
        ((Element.TARGET_VALUE,), (Element.SOURCE, Element.FREQUENCY)),
    ),
}

# All elements of a row, in its own order: what is shown under the criterion.
ROWS: dict[Criterion, tuple[Element, ...]] = {
    Criterion.DIAGNOSIS: (Element.DESCRIPTION, Element.FIGURE, Element.SOURCE),
    Criterion.GOAL: (Element.OBJECTIVE, Element.RESULT, Element.TARGET_GROUP, Element.DUE),
    Criterion.ACTIONS: (Element.ACTION, Element.TARGET_GROUP, Element.CHAIN_LINK),
    Criterion.IMPLEMENTATION: (Element.RESPONSIBLE, Element.DUE, Element.CAPACITY),
    Criterion.MONITORING: (
        Element.INDICATOR,
        Element.TARGET_VALUE,
        Element.BASELINE,
        Element.SOURCE,
        Element.FREQUENCY,
    ),
    Criterion.CHAIN: (Element.PARTNER, Element.CHAIN_LINK),
}

# Ticked once, counting in several rows: alone they do not put a piece under a criterion, or a
# deadline would make an objective evidence of implementation. C has nothing but its own two.
SHARED = frozenset({Element.SOURCE, Element.TARGET_GROUP, Element.DUE, Element.CHAIN_LINK})
OWN: dict[Criterion, frozenset[Element]] = {
    criterion: frozenset(row) - (SHARED if criterion is not Criterion.CHAIN else frozenset())
    for criterion, row in ROWS.items()
}

# What each kind of piece can be evidence of. An entry yields only its own kind's elements; a
# passage whatever a person ticked. So an action never earns a goal, whatever it is given.
_JUDGED_UNDER: dict[PieceKind, tuple[Criterion, ...]] = {
    PieceKind.DIAGNOSIS: (Criterion.DIAGNOSIS,),
    PieceKind.OBJECTIVE: (Criterion.GOAL, Criterion.CHAIN),
    PieceKind.ACTION: (Criterion.ACTIONS, Criterion.IMPLEMENTATION, Criterion.CHAIN),
    PieceKind.INDICATOR: (Criterion.MONITORING, Criterion.CHAIN),
    PieceKind.PASSAGE: tuple(Criterion),
}


def criteria_of(kind: PieceKind) -> tuple[Criterion, ...]:
    """The criteria under which a piece of this kind is judged, in the order D G A I M C."""
    return _JUDGED_UNDER[kind]


def digit_within(criterion: Criterion, elements: frozenset[Element]) -> int:
    """0, 1 or 2 that one piece holding these elements earns under D, G, A, I or M (§1)."""
    first, rest = NEEDS[criterion]
    if elements.isdisjoint(first):
        return 0
    return 1 if any(elements.isdisjoint(need) for need in rest) else 2


def chain_digit(has_partner: bool, links: int) -> int:
    """0, 1 or 2 under C, from "is a partner named" and the number of different links (§1)."""
    if has_partner:
        return 2 if links >= 2 else 1
    return 1 if links >= 2 else 0


def missing_within(criterion: Criterion, elements: frozenset[Element], digit: int) -> tuple[Element, ...]:
    """What a piece holding these elements lacks for `digit` (1 or 2) under D, G, A, I or M."""
    first, rest = NEEDS[criterion]
    needs = (first, *rest) if digit == 2 else (first,)
    return tuple(need[0] for need in needs if elements.isdisjoint(need))


def missing_for_chain(has_partner: bool, links: int, digit: int) -> tuple[Element, ...]:
    """What the pieces of an objective lack together for `digit` under C.

    For 1 a partner is asked rather than a second link: it also counts for 2. CHAIN_LINK is
    named once, whether one link is missing or two.
    """
    if chain_digit(has_partner, links) >= digit:
        return ()
    missing = () if has_partner else (Element.PARTNER,)
    return (*missing, Element.CHAIN_LINK) if digit == 2 and links < 2 else missing


def digits_alone(kind: PieceKind, elements: frozenset[Element], links: int) -> Digits:
    """What a piece of this kind, with these elements and this many different links, earns alone."""
    digits = {
        criterion.value: digit_within(criterion, elements)
        for criterion in criteria_of(kind)
        if criterion is not Criterion.CHAIN
    }
    if Criterion.CHAIN in criteria_of(kind):
        digits["C"] = chain_digit(Element.PARTNER in elements, links)
    return Digits(**digits)


@lru_cache(maxsize=4096)
def earned_alone(
    kind: PieceKind, elements: frozenset[Element], links: int
) -> tuple[Digits, tuple[tuple[Criterion, tuple[Element, ...], int], ...]]:
    """The digits of such a piece, and the criteria under which it stands, each with the piece's elements in
    the row's order and its digit there.

    A piece stands under a criterion when it is judged there and holds an element of the row that
    no other row shares. Kept for the next piece: real plans repeat the same few combinations.
    """
    digits = digits_alone(kind, elements, links)
    shown = (criterion for criterion in criteria_of(kind) if not elements.isdisjoint(OWN[criterion]))
    return digits, tuple(
        (
            criterion,
            tuple(element for element in ROWS[criterion] if element in elements),
            getattr(digits, criterion),
        )
        for criterion in shown
    )
