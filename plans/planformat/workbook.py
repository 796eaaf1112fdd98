"""From the bytes of a workbook to a PlanContent, or FileRefused with every problem, its sheet and cell.

The cells become the plain values of a plan file and go through the same checks (`read`); only places differ.
A workbook holds no accepted passages: what is read has none.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiv.datafile import FileProblem, FileRefused, Loaded, Path
from plans.extraction import Refused
from plans.extraction.xlsx import LIMITS, Cell, Sheet, read_xlsx, row_and_column
from plans.planformat.read import Editions, read_loaded
from plans.planformat.sheet_cells import NOTHING, CellReader, Vocabulary, fold
from plans.planformat.sheet_layout import (
    ABOUT,
    ABOUT_FIELDS,
    ACTIONS,
    CHOICES,
    DIAGNOSIS,
    INDICATORS,
    OBJECTIVES,
    Column,
    Holds,
    Words,
)
from plans.planformat.sheet_tables import Table, find_tables
from plans.planformat.types import PlanContent

#: At most so many bytes.
MAX_BYTES = LIMITS.bytes
#: What is wrong with an objective that nobody made is no mistake of anybody.
_NOWHERE = "nowhere"
#: What is wrong in one way in many cells is told at the first; so many of the others are named.
MOST_CELLS_NAMED = 5
ALSO_IN = "; also in "
_ABOUT_VALUE = Column("value")
_ABOUT_COLUMNS = {"plan.kind": Column("value", Holds.WORD, words=Words.PLAN_KIND)}


def read_workbook(data: bytes, editions: Editions, vocabulary: Vocabulary) -> PlanContent:
    """Read a workbook. Raises FileRefused with every problem at once; changes nothing."""
    try:
        sheets = read_xlsx(data)
    except Refused as refused:
        expected = "a workbook that can be read"
        raise FileRefused([FileProblem("", f"workbook_{refused.code}", expected)]) from None
    return read_sheets(sheets, editions, vocabulary)


def read_sheets(sheets: list[Sheet], editions: Editions, vocabulary: Vocabulary) -> PlanContent:
    """The same from sheets of cells."""
    found = find_tables(sheets)
    # Without the edition nothing else can be judged.
    if ABOUT.name not in found.tables:
        raise FileRefused(found.problems)
    gathering = _Gathering(vocabulary, found.tables, found.problems)
    value = gathering.gather(editions)
    loaded = Loaded(value, {}, tuple(gathering.problems), gathering.places)
    try:
        return read_loaded(loaded, editions)
    except FileRefused as refused:
        raise FileRefused(_in_order(refused, gathering, sheets)) from None


def _in_order(refused: FileRefused, gathering: "_Gathering", sheets: list[Sheet]) -> list[FileProblem]:
    """As a reader meets them, sheet after sheet and row after row.

    A cell that could not be read holds nothing for the checks that follow: that is not told once more.
    """
    own = set(gathering.problems)
    told = {problem.place for problem in own} | {_NOWHERE}
    positions = {sheet.title: at for at, sheet in enumerate(sheets)}

    def order(problem: FileProblem) -> tuple[int, int, int]:
        if problem.place in positions or not problem.place:
            return positions.get(problem.place, -1), 0, 0
        title, _mark, place = problem.place.rpartition("!")
        return positions[title], *row_and_column(place)

    kept = (problem for problem in refused.problems if problem in own or problem.place not in told)
    return sorted(kept, key=order)


@dataclass(slots=True)
class _Gathering:
    """Rows → the plain values of a plan file; `places`: where each value stands."""

    vocabulary: Vocabulary
    tables: dict[str, Table]
    problems: list[FileProblem]
    places: dict[Path, str] = field(default_factory=dict)
    cells: CellReader = field(init=False)

    def gather(self, editions: Editions) -> dict[str, Any]:
        self.places[()] = ""
        self.cells = CellReader(self.vocabulary, {}, self.problems)
        value = self._about()
        items = editions.get(str(value.get("edition", "")), ())
        self.cells.codes = {fold(item.code): item.code for item in items}
        value["objectives"] = [entry for _row, entry in self._entries("objectives", OBJECTIVES.name)]
        self._hang(value["objectives"], ACTIONS.name)
        self._hang(value["objectives"], INDICATORS.name)
        value["diagnosis"] = [entry for _row, entry in self._entries("diagnosis", DIAGNOSIS.name)]
        value["choices"] = self._choices()
        for table in self.tables.values():
            for place, cell in table.stray_cells():
                self.cells.refuse(place, "stray_cell", "nothing", cell.text)
        return value

    def _about(self) -> dict[str, Any]:
        table = self.tables[ABOUT.name]
        value: dict[str, Any] = {"plan": {}}
        for name in ("plan", *ABOUT_FIELDS):
            self.places[tuple(name.split("."))] = table.sheet.title
        for row, cells in table.rows():
            name = cells["field"].text.strip() if "field" in cells else ""
            if name not in ABOUT_FIELDS or "value" not in cells:
                continue
            path = tuple(name.split("."))
            self.places[path] = place = table.place(row, "value")
            read = self.cells.read(_ABOUT_COLUMNS.get(name, _ABOUT_VALUE), cells["value"], place)
            if read is not NOTHING:
                (value["plan"] if path[0] == "plan" else value)[path[-1]] = read
        return value

    def _entries(self, path: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """(row, entry) of a list of the plan file, with the place of each field."""
        for at, (row, entry) in enumerate(self._rows(name)):
            self._note(name, row, (path, at))
            yield row, entry

    def _rows(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        table = self.tables.get(name)
        if table is None:
            return
        rows = list(table.rows())
        if len(rows) > table.layout.most:
            expected = f"at most {table.layout.most} entries"
            self.problems.append(FileProblem(table.sheet.title, "too_many", expected))
            return
        columns = {column.field: column for column in table.layout.columns}
        for row, cells in rows:
            yield row, self._entry(table, columns, row, cells)

    def _entry(
        self, table: Table, columns: Mapping[str, Column], row: int, cells: Mapping[str, Cell]
    ) -> dict[str, Any]:
        entry = {}
        for name, cell in cells.items():
            value = self.cells.read(columns[name], cell, table.place(row, name))
            if value is not NOTHING:
                entry[name] = value
        return entry

    def _note(self, name: str, row: int, path: Path) -> None:
        """Where the entry and its fields stand; what is wrong with all of it is told at its first cell."""
        table = self.tables[name]
        for column in table.columns:
            self.places[*path, column] = table.place(row, column)
        self.places[path] = table.place(row, min(table.columns, key=table.columns.__getitem__))

    def _hang(self, objectives: list[dict[str, Any]], name: str) -> None:
        """Put actions or indicators under the objective that they name by its number.

        Those that name none are looked at too, under an objective that nobody made: the plan is refused. A
        number that is not there is told once, with the other cells that say the same; not at all while the
        numbers of the objectives themselves cannot be known, which is told there.
        """
        numbers: dict[str, int] = {}
        for at, objective in enumerate(objectives):
            numbers.setdefault(objective.get("number") or str(at + 1), at)
        lost: list[tuple[int, dict[str, Any]]] = []
        unknown: dict[str | None, list[str]] = {}
        for row, entry in self._rows(name):
            number = entry.pop("objective", None)
            at = numbers.get(number or "")
            if at is None:
                unknown.setdefault(number, []).append(self.tables[name].place(row, "objective"))
                lost.append((row, entry))
                continue
            self._add(objectives, at, name, row, entry)
        self._tell_lost(unknown)
        if lost:
            self.places["objectives",] = self.places["objectives", len(objectives)] = _NOWHERE
            objectives.append({"number": f"{name}?", "title": "?"})
            for row, entry in lost:
                self._add(objectives, len(objectives) - 1, name, row, entry)

    def _add(self, objectives: list, at: int, name: str, row: int, entry: dict[str, Any]) -> None:
        entries = objectives[at].setdefault(name, [])
        self._note(name, row, ("objectives", at, name, len(entries)))
        entries.append(entry)

    def _tell_lost(self, unknown: Mapping[str | None, Sequence[str]]) -> None:
        """`unknown`: number → the cells in which it stands; None: cells without one, each to be filled in."""
        told = {problem.place for problem in self.problems}
        for place in unknown.get(None, ()):
            if place not in told:
                self.cells.refuse(place, "missing", "a value here")
        for number, (first, *others) in unknown.items():
            if number is None or not self._are_numbers_known(told):
                continue
            expected = "the number of an objective of this file"
            if others:
                cells = ", ".join(place.rpartition("!")[2] for place in others[:MOST_CELLS_NAMED])
                more = ", …" if len(others) > MOST_CELLS_NAMED else ""
                expected = f"{expected}{ALSO_IN}{cells}{more}"
            self.cells.refuse(first, "unknown_objective", expected, number)

    def _are_numbers_known(self, told: Collection[str]) -> bool:
        """Whether every objective of the workbook could be read as far as its number."""
        table = self.tables.get(OBJECTIVES.name)
        if table is None or table.sheet.title in told:
            return False
        column = table.columns["number"]
        return not any(table.sheet.at(row, column) in told for row, _cells in table.rows())

    def _choices(self) -> dict[str, Any]:
        choices: dict[str, Any] = {}
        for row, entry in self._rows(CHOICES.name):
            place = self.tables[CHOICES.name].place(row, "item")
            code = self.cells.code(str(entry.pop("item", "")))
            if not code:
                if not any(problem.place == place for problem in self.problems):
                    self.cells.refuse(place, "missing", "a value here")
                continue
            if code in choices:
                self.cells.refuse(place, "duplicate", "each item once", code)
                continue
            choices[code] = entry
            self._note(CHOICES.name, row, ("choices", code))
        return choices
