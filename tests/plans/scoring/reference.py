"""The method once more, written naively from docs/scoring.md: what the scorer is compared with.

Shares only the words (enumerations and dataclasses) with plans.scoring, none of its rules.
"""

from plans.scoring import Element, ItemKind, PieceKind, PlanInput

E = Element


def _within(criterion, piece):
    has = piece.elements.__contains__
    one, two = {
        "D": (has(E.DESCRIPTION), has(E.FIGURE) and has(E.SOURCE)),
        "G": (has(E.OBJECTIVE), has(E.RESULT) and has(E.TARGET_GROUP) and has(E.DUE)),
        "A": (has(E.ACTION), has(E.TARGET_GROUP) and has(E.CHAIN_LINK)),
        "I": (has(E.RESPONSIBLE), has(E.DUE)),
        "M": (has(E.INDICATOR), has(E.TARGET_VALUE) and (has(E.SOURCE) or has(E.FREQUENCY))),
    }[criterion]
    kinds = {
        "D": PieceKind.DIAGNOSIS,
        "G": PieceKind.OBJECTIVE,
        "A": PieceKind.ACTION,
        "I": PieceKind.ACTION,
        "M": PieceKind.INDICATOR,
    }
    if piece.kind not in (kinds[criterion], PieceKind.PASSAGE) or not one:
        return 0
    return 2 if two else 1


def levels(plan: PlanInput, code: str) -> dict[str | None, tuple[int, str]]:
    """(level, digits) of every considered objective of the item."""
    (item,) = (item for item in plan.items if item.code == code)
    in_text = [piece for piece in plan.pieces if piece.is_in_text]
    naming = [piece for piece in in_text if any(named.item == code for named in piece.names)]
    numbers = {piece.objective for piece in naming} | {None}
    return {number: _level(item, number, naming) for number in numbers}


def _level(item, number, naming):
    if number is None:
        counted = [piece for piece in naming if piece.kind is PieceKind.PASSAGE]
    else:
        counted = [piece for piece in naming if piece.objective == number]
    digits = {"D": max((_within("D", piece) for piece in naming), default=0)}
    for criterion in "GAIM":
        digits[criterion] = max((_within(criterion, piece) for piece in counted), default=0)
    if item.kind is ItemKind.THEME and any(piece.kind is PieceKind.ACTION for piece in counted):
        digits["G"] = max(1, digits["G"])
    partner = any(E.PARTNER in piece.elements for piece in counted)
    two_links = len({link for piece in counted for link in piece.links}) >= 2
    digits["C"] = int(partner) + int(two_links)
    g, a, i, m, c, d = (digits[letter] for letter in "GAIMCD")
    level = 0
    if any(digits.values()):
        level = 1
    if g >= 1 and a >= 1:
        level = 2
    if g == 2 and a == 2 and i >= 1 and c >= 1:
        level = 3
        if i == 2 and m == 2 and c == 2 and d >= 1:
            level = 4
    return level, " ".join(f"{letter}{digits[letter]}" for letter in "DGAIMC")
