"""Which proposals can be confirmed as they are (SCORING section 3)."""

from collections.abc import Mapping
from typing import Any

from plans.enums import Choice
from plans.scoring import PieceKind


def is_ready(detail: Mapping[str, Any]) -> bool:
    """Whether the proposal in a stored score's `detail` would leave nothing to ask.

    An item with an objective is retained; regular policing needs a line, unless an accepted passage
    already shows what is done.
    """
    if detail["proposal"] == Choice.REGULAR:
        return any(piece["kind"] == PieceKind.PASSAGE for piece in detail["evidence"])
    return detail["proposal"] == Choice.RETAINED
