"""How fast the pure scorer is, and whether it grows with the plan and no faster.

Prints plans a second for a plan of 40 objectives, each with three actions and an indicator, and the
ratio of the time for 4 times as many pieces to 4 times the time.
"""

from timeit import repeat

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
    score_plan,
)

ITEMS = tuple(Item(f"I{n}", ItemKind.THEME if n > 10 else ItemKind.PRIORITY, n) for n in range(1, 16))


def make_plan(objectives: int) -> PlanInput:
    """A plan in which every piece names one item, as in real plans."""
    pieces = []
    for n in range(1, objectives + 1):
        number, names = str(n), (Naming(f"I{n % len(ITEMS) + 1}"),)
        goal = frozenset({Element.OBJECTIVE, Element.RESULT, Element.DUE})
        pieces.append(Piece(PieceKind.OBJECTIVE, number, "goal", goal, names, objective=number))
        for m in range(1, 4):
            work = frozenset({Element.ACTION, Element.RESPONSIBLE, Element.TARGET_GROUP})
            links = frozenset({ChainLink.PREVENTION, ChainLink.REACTION})
            pieces.append(
                Piece(PieceKind.ACTION, f"{n}.{m}", "work", work, names, links=links, objective=number)
            )
        measure = frozenset({Element.INDICATOR, Element.TARGET_VALUE})
        pieces.append(Piece(PieceKind.INDICATOR, f"{n}.1", "measure", measure, names, objective=number))
    decisions = tuple(Decision(item.code, Choice.RETAINED) for item in ITEMS)
    return PlanInput("plan", "edition", ITEMS, tuple(pieces), decisions)


def main() -> None:
    seconds = {}
    for objectives in (10, 40, 160):
        plan = make_plan(objectives)
        seconds[objectives] = min(repeat(lambda plan=plan: score_plan(plan), number=20, repeat=5)) / 20
    print(f"scoring, 40 objectives of 5 pieces: {1 / seconds[40]:.0f} plans a second")
    for small, large in ((10, 40), (40, 160)):
        print(f"growth {small} → {large} objectives: {seconds[large] / seconds[small] / 4:.2f} × linear")


if __name__ == "__main__":
    main()
