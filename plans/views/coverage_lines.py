"""The rows of the matrix as HTML. Of thousands of cells a dozen look different, and rows differ by what
stands in them: each sort is rendered once by its template, with marks for texts, and filled in for each row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.template.loader import get_template
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from framework.models import Item
from plans.coverage_sentences import SHORT_STATES, MatrixWords, shift_sign
from plans.enums import Choice
from plans.forms.coverage import Layer
from plans.reports.coverage import row_states
from plans.selectors.coverage import Basis, Cell, PlanRow, Scope


def mark_for(name: str) -> SafeString:
    """Where a text goes: NUL, which no stored text holds and no template writes."""
    return SafeString(f"\0{name}\0")


MARKED = re.compile("\0([a-z]+)\0")
#: In the address of an item stand these, for no address holds a NUL; no plan and no item has such a name.
PLAN_IN_ADDRESS, ITEM_IN_ADDRESS = "9000000000000000009", "~item~"


@dataclass(frozen=True, slots=True)
class CellKind:
    """Cells that read the same aloud. `number` names its description on the page; in `html` plan and item
    are still marks."""

    number: str
    words: str
    html: str


class Fragment:
    """What a template makes once, to be filled in many times."""

    def __init__(self, template: str, context: Mapping[str, object]) -> None:
        self._parts = MARKED.split(get_template(template).render(dict(context)).strip())

    def fill(self, texts: Mapping[str, str]) -> str:
        """`texts` are HTML: whoever gives them has escaped them. A mark that is not given stays a mark."""
        parts = self._parts.copy()
        for at in range(1, len(parts), 2):
            parts[at] = texts.get(parts[at], f"\0{parts[at]}\0")
        return "".join(parts)


class LineWriter:
    """Writes the rows of one page. `kinds` are those that were used: their descriptions stand below it."""

    def __init__(self, scope: Scope, items: Sequence[Item], layer: Layer) -> None:
        self.scope, self.items, self.layer = scope, items, layer
        self.kinds: dict[tuple[Cell, str], CellKind] = {}
        self._words = MatrixWords()
        self._short_states = {state.value: str(words) for state, words in SHORT_STATES.items()}
        self._frames: dict[tuple, Fragment] = {}
        self._looks: dict[tuple, Fragment] = {}
        # By the cell's identity: equal cells are one object (selectors.coverage), and quicker to find so.
        self._cells: list[dict[int, str]] = [{} for _item in items]
        self._day_format = get_format("SHORT_DATE_FORMAT")
        self._days: dict[date, str] = {}

    def write(self, row: PlanRow) -> SafeString:
        """The whole row of the table."""
        key = bool(row.cells), row.standing, bool(row.other_edition)
        frame = self._frames.get(key) or self._frames.setdefault(key, self._frame(row))
        texts = {
            "plan": str(row.plan_id),
            "version": str(row.version),
            "name": escape(row.place_name),
            "day": self._day(row) if row.shared_at else "",
            "edition": escape(row.other_edition),
        }
        if row.cells:
            texts["short"] = escape(self._words.row(row))
            texts["cells"] = self._write_cells(row, texts)
            texts |= {state.replace("_", ""): str(number) for state, number in row_states(row).items()}
        return SafeString(frame.fill(texts))

    def _write_cells(self, row: PlanRow, texts: Mapping[str, str]) -> str:
        written = []
        for item, known, cell in zip(self.items, self._cells, row.cells, strict=True):
            text = known.get(id(cell))
            if text is None:
                text = known[id(cell)] = self._cell(cell, item)
            written.append(text)
        text = "".join(written).replace("\0plan\0", texts["plan"])
        return text.replace("\0version\0", texts["version"]) if self.scope.basis == Basis.REVIEWED else text

    def _cell(self, cell: Cell | None, item: Item) -> str:
        """With its item filled in; plan and version are still marks."""
        if cell is None:
            return self._look(None).fill({})
        kind = self.kinds.get((cell, item.kind))
        if kind is None:
            number = f"k{len(self.kinds) + 1}"
            html = self._look(cell).fill({"kind": number})
            kind = self.kinds[cell, item.kind] = CellKind(number, self._words.cell(cell, item.kind), html)
        return kind.html.replace("\0item\0", item.code)

    def _look(self, cell: Cell | None) -> Fragment:
        """What a cell shows, which for many cells is the same."""
        if cell is None:
            shown: dict[str, object] = {"is_hidden": True}
        elif self.layer == Layer.SHIFT:
            shown = {"words": shift_sign(cell.shift)}
        elif self.layer == Layer.STATE:
            shown = {"state": cell.state, "words": self._short_states[cell.state]}
        elif cell.state == "open":
            shown = {"state": cell.state, "words": ""}
        elif cell.choice == Choice.RETAINED:
            is_reviewed = self.scope.basis == Basis.REVIEWED and cell.reviewed is not None
            shown = {"level": str(cell.reviewed if is_reviewed else cell.level)}
        else:
            shown = {"words": self._short_states[cell.state]}
        key = tuple(shown.items())
        if key not in self._looks:
            marks = {name: mark_for(name) for name in ("plan", "item", "kind")}
            context = {"is_hidden": False, "state": "", "level": "", "words": "", "address": self._address()}
            self._looks[key] = Fragment("plans/coverage_cell.html", context | marks | shown)
        return self._looks[key]

    def _address(self) -> SafeString:
        address = reverse("plans:item", args=[int(PLAN_IN_ADDRESS), ITEM_IN_ADDRESS])
        address = address.replace(PLAN_IN_ADDRESS, mark_for("plan")).replace(
            ITEM_IN_ADDRESS, mark_for("item")
        )
        # Under this basis a later version may be shared than the one that is shown.
        asked = [f"version={mark_for('version')}"] if self.scope.basis == Basis.REVIEWED else []
        if getattr(self.scope.edition, "successor_exists", False):
            asked.append(f"edition={self.scope.edition.code}")
        return SafeString(f"{address}?{'&amp;'.join(asked)}" if asked else address)

    def _frame(self, row: PlanRow) -> Fragment:
        names = ("plan", "name", "short", "day", "edition", "cells")
        states = [mark_for(state.replace("_", "")) for state in row_states(row)]
        plan = reverse("plans:check", args=[int(PLAN_IN_ADDRESS)]).replace(PLAN_IN_ADDRESS, mark_for("plan"))
        context = {name: mark_for(name) for name in names} | {
            "has_cells": bool(row.cells),
            "standing": row.standing.value,
            "has_other_edition": bool(row.other_edition),
            "address": SafeString(plan),
            "states": states,
            "columns": str(len(self.items) + len(states) + 1),
        }
        return Fragment("plans/coverage_row.html", context)

    def _day(self, row: PlanRow) -> str:
        day = localtime(row.shared_at).date()
        if day not in self._days:
            self._days[day] = escape(format_date(day, self._day_format))
        return self._days[day]
