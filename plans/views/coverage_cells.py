"""The cells of the matrix as HTML. Of thousands of cells only a few dozen differ: each of those is rendered
once by its template, with marks where plan and item go, and copied.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString

from framework.models import Item
from plans.coverage_sentences import SHORT_STATES, cell_words, shift_sign
from plans.enums import Choice
from plans.forms.coverage import Layer
from plans.selectors.coverage import Basis, Cell, PlanRow, Scope

#: Marks that stand in a fragment for the plan's id, the version's number and the item's code: no plan reaches
#: such an id, and none of the three stands anywhere else in a fragment.
PLAN, VERSION, ITEM = "9000000000000000009", "8000000000000000008", "~item~"


@dataclass(frozen=True, slots=True)
class CellKind:
    """Cells that read the same aloud. `number` names its description on the page."""

    number: int
    cell: Cell
    words: str


class CellWriter:
    """Writes the cells of one page. `kinds` are those that were used: their descriptions stand below it."""

    def __init__(self, scope: Scope, items: Sequence[Item], layer: Layer) -> None:
        self.scope, self.items, self.layer = scope, items, layer
        self.kinds: dict[tuple[Cell, str], CellKind] = {}
        self._template = get_template("plans/coverage_cell.html")
        self._fragments: dict[tuple[Cell | None, str], str] = {}
        self._at: list[dict[Cell | None, str]] = [{} for _item in items]
        self._address = reverse("plans:item", args=[int(PLAN), ITEM])
        if scope.basis == Basis.REVIEWED:
            # The latest shared version may be a later one than what is shown.
            self._address += f"?version={VERSION}"

    def write(self, row: PlanRow) -> SafeString:
        """All cells of a row that has cells."""
        written = []
        for item, known, cell in zip(self.items, self._at, row.cells, strict=True):
            text = known.get(cell)
            if text is None:
                text = known[cell] = self._fragment(cell, item.kind).replace(ITEM, item.code)
            written.append(text)
        text = "".join(written).replace(PLAN, str(row.plan_id))
        if self.scope.basis == Basis.REVIEWED:
            text = text.replace(VERSION, str(row.version))
        # A template's output, with numbers and codes in it that need no escaping (framework.models.is_code).
        return SafeString(text)

    def _fragment(self, cell: Cell | None, item_kind: str) -> str:
        key = cell, item_kind
        if key not in self._fragments:
            self._fragments[key] = self._template.render(
                {"cell": None} if cell is None else self._context(cell, item_kind)
            ).strip()
        return self._fragments[key]

    def _context(self, cell: Cell, item_kind: str) -> dict[str, object]:
        kind = self.kinds.setdefault(
            (cell, item_kind), CellKind(len(self.kinds) + 1, cell, cell_words(cell, item_kind))
        )
        is_reviewed = self.scope.basis == Basis.REVIEWED and cell.reviewed is not None
        return {
            "cell": cell,
            "kind": kind,
            "level": cell.reviewed if is_reviewed else cell.level,
            "layer": self.layer.value,
            "is_retained": cell.choice == Choice.RETAINED,
            "short_state": SHORT_STATES[cell.state],
            "shift": shift_sign(cell.shift),
            "address": self._address,
            "plan": PLAN,
            "item": ITEM,
        }
