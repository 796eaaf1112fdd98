"""Short ways to write pieces and plans in the tables of these tests.

Items are named in one string ("P1 T2"), elements in another ("objective result due").
"""

from plans.scoring import (
    ChainLink,
    Choice,
    Decision,
    Element,
    Item,
    ItemKind,
    ItemScore,
    Naming,
    Piece,
    PieceKind,
    PlanInput,
    PlanScore,
    score_plan,
)

EDITION = (
    Item("P1", ItemKind.PRIORITY, 1, ("north", "south", "east")),
    Item("P2", ItemKind.PRIORITY, 2),
    Item("P3", ItemKind.PRIORITY, 3),
    Item("T1", ItemKind.THEME, 4),
    Item("T2", ItemKind.THEME, 5),
)
GOAL_2 = "objective result target_group due"
ACTION_2 = "action target_group chain_link"
FULL_ACTION = f"{ACTION_2} responsible due partner"
INDICATOR_2 = "indicator target_value frequency"


def _names(items):
    return tuple(Naming(code) for code in items.split())


def _piece(kind, ref, items, elements, links, **fields):
    return Piece(
        kind,
        ref,
        fields.pop("text", f"{kind} {ref}"),
        frozenset(Element(name) for name in elements.split()),
        _names(items),
        frozenset(ChainLink(name) for name in links.split()),
        **fields,
    )


def objective(number, items="P1", elements="objective", **fields):
    return _piece(PieceKind.OBJECTIVE, number, items, elements, "", objective=number, **fields)


def action(ref, items="P1", elements="action", links="", **fields):
    fields.setdefault("objective", ref.split(".")[0])
    return _piece(PieceKind.ACTION, ref, items, elements, links, **fields)


def indicator(ref, items="P1", elements="indicator", **fields):
    fields.setdefault("objective", ref.split(".")[0])
    return _piece(PieceKind.INDICATOR, ref, items, elements, "", **fields)


def diagnosis(ref, items="P1", elements="description", **fields):
    return _piece(PieceKind.DIAGNOSIS, ref, items, elements, "", **fields)


def passage(ref, items="P1", elements="description", links="", **fields):
    return _piece(PieceKind.PASSAGE, ref, items, elements, links, **fields)


def retained(*codes):
    return tuple(Decision(code, Choice.RETAINED) for code in codes)


def plan_of(*pieces, decisions=(), items=EDITION, **fields):
    return PlanInput("plan", "edition", items, tuple(pieces), tuple(decisions), **fields)


def score(*pieces, **fields) -> PlanScore:
    return score_plan(plan_of(*pieces, **fields))


def item_score(*pieces, item="P1", **fields) -> ItemScore:
    return next(one for one in score(*pieces, **fields).items if one.item == item)


def full_objective(number="1", items="P1"):
    """Pieces that together pass every gate of level 4 but the diagnosis."""
    return (
        objective(number, items, GOAL_2),
        action(f"{number}.1", items, FULL_ACTION, "prevention reaction"),
        indicator(f"{number}.1", items, INDICATOR_2),
    )
