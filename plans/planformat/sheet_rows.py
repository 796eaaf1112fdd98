"""From a PlanContent to the rows of a workbook: what each cell holds, without how it looks.

Words of closed lists come from outside, in the reader's language. Accepted passages and open clarifications
are not in a workbook.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plans.planformat.sheet_layout import (
    ABOUT,
    ABOUT_FIELDS,
    ACTIONS,
    CHOICES,
    DIAGNOSIS,
    INDICATORS,
    LAYOUTS,
    OBJECTIVES,
    YES,
    Column,
    Holds,
    Layout,
    Words,
)
from plans.planformat.types import ItemRef, PlanContent

#: List → value → its word.
WordsOf = Mapping[str, Mapping[str, str]]
Value = str | int
#: Spreadsheets keep fifteen digits of a number.
MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item of the edition as the workbook shows it; `aspects`: code → title."""

    code: str
    title: str
    is_theme: bool
    aspects: Mapping[str, str]


def plan_rows(
    content: PlanContent, items: Sequence[ListedItem], words: WordsOf, labels: Mapping[str, str]
) -> dict[str, list[list[Value]]]:
    """Name of a sheet → its rows below the heading, each with a value per column ("" is an empty cell).

    `labels`: what each of ABOUT_FIELDS is called. Raises KeyError when a closed list misses a word.
    """
    cells = _Cells(words)
    found: dict[str, list[list[Value]]] = {layout.name: [] for layout in LAYOUTS}
    header = content.plan.model_dump(mode="json")
    for field in ABOUT_FIELDS:
        value = header.get(field.removeprefix("plan."), "")
        if field in ("format", "edition"):
            value = getattr(content, field)
        elif field == "plan.kind":
            value = words[Words.PLAN_KIND][value]
        found[ABOUT.name].append([field, labels[field], value])
    for position, objective in enumerate(content.objectives):
        number = content.objective_number(position)
        values = objective.model_dump(mode="json") | {"items": objective.items}
        found[OBJECTIVES.name].append(cells.row(OBJECTIVES, values))
        for layout, entries in ((ACTIONS, objective.actions), (INDICATORS, objective.indicators)):
            for entry in entries:
                values = entry.model_dump(mode="json") | {"items": entry.items, "objective": number}
                found[layout.name].append(cells.row(layout, values))
    for diagnosis in content.diagnosis:
        values = diagnosis.model_dump(mode="json") | {"items": diagnosis.items}
        found[DIAGNOSIS.name].append(cells.row(DIAGNOSIS, values))
    for item in items:
        entry = content.choices.get(item.code)
        values = entry.model_dump(mode="json") if entry else {}
        values |= {"item": item.code, "item_title": item.title}
        if item.is_theme and entry:
            values["choice"] = words[Words.THEME_CHOICE][entry.choice]
        elif entry:
            values["choice"] = words[Words.CHOICE][entry.choice]
        found[CHOICES.name].append(cells.row(CHOICES, values))
    return found


@dataclass(frozen=True, slots=True)
class _Cells:
    words: WordsOf

    def row(self, layout: Layout, values: Mapping) -> list[Value]:
        return [self._value(column, values.get(column.field)) for column in layout.columns]

    def _value(self, column: Column, value) -> Value:
        if value is None or value == "":
            return ""
        match column.holds:
            case Holds.NUMBER | Holds.REFERENCE:
                return _number_or_text(value)
            case Holds.ITEMS:
                return ", ".join(_codes(value))
            case Holds.LINKS:
                return ", ".join(self.words[Words.CHAIN_LINK][link] for link in value)
            case Holds.LINES:
                return "\n".join(value)
            case Holds.YES_NO:
                return self.words[Words.YES_NO][YES] if value else ""
            case Holds.WORD if column.words != Words.CHOICE:
                return self.words[column.words][value]
        return value


def _codes(refs: Iterable[ItemRef]) -> Iterable[str]:
    """ "P3" names the item, "P3:supply" the aspect and thereby its item."""
    for ref in refs:
        if ref.aspects:
            yield from (f"{ref.item}:{aspect}" for aspect in ref.aspects)
        else:
            yield ref.item


def _number_or_text(text: str) -> Value:
    """A number where it is read back as the very same text: not 007, +5 or 1.10."""
    if len(text) > MOST_DIGITS or not text.removeprefix("-").isascii():
        return text
    return int(text) if text.removeprefix("-").isdigit() and str(int(text)) == text else text
