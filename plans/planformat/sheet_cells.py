"""What one cell of a workbook says, as the plan format has it; or what is wrong with it.

A cell that cannot be read gives `NOTHING` and its problem, so that the rest of the workbook is looked at too.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiv.datafile import FileProblem, quote
from plans.extraction.xlsx_values import Cell, Shape
from plans.planformat.sheet_layout import YES, Column, Holds, Words

#: Between codes or words in one cell.
_BETWEEN = re.compile(r"[,;\n]")


class _Nothing:
    """No value could be read here."""


NOTHING = _Nothing()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`meanings`: list → word in any of the languages, in small letters → its value.

    `shown`: list → its words in the reader's language, for messages.
    """

    meanings: Mapping[str, Mapping[str, str]]
    shown: Mapping[str, Sequence[str]]

    def meaning(self, words: str, text: str) -> str | None:
        """The value itself is understood, too."""
        known = self.meanings[words]
        word = fold(text)
        return known.get(word) or (word if word in known.values() else None)


def fold(word: str) -> str:
    """Capitals and white space make no other word."""
    return " ".join(word.split()).casefold()


@dataclass(slots=True)
class CellReader:
    """Reads cells; keeps what was wrong in `problems`.

    `codes`: the codes of the edition's items in small letters → as they are written.
    """

    vocabulary: Vocabulary
    codes: Mapping[str, str]
    problems: list[FileProblem] = field(default_factory=list)

    def read(self, column: Column, cell: Cell, place: str) -> Any:
        """The value as `types` takes it, or NOTHING."""
        if cell.shape is Shape.FORMULA:
            return self.refuse(place, "formula", "a value", cell.text)
        if cell.shape is Shape.ERROR:
            return self.refuse(place, "cell_error", "a value", cell.text)
        match column.holds:
            case Holds.REFERENCE:
                return self._reference(cell, place)
            case Holds.ITEMS:
                return self._items(cell.text)
            case Holds.LINKS:
                return self._links(cell.text, place)
            case Holds.LINES:
                return [line.strip() for line in cell.text.split("\n") if line.strip()]
            case Holds.YES_NO:
                return self._yes_no(cell, place)
            case Holds.WORD:
                return self._word(column.words, cell.text, place)
        return cell.text

    def code(self, text: str) -> str:
        """The code as the edition writes it; an unknown one as it stands, for the check of references."""
        return self.codes.get(fold(text), text.strip())

    def refuse(self, place: str, code: str, expected: str, found: str = "") -> _Nothing:
        self.problems.append(FileProblem(place, code, expected, quote(found) if found else ""))
        return NOTHING

    def _reference(self, cell: Cell, place: str) -> Any:
        """A spreadsheet may have taken 2.1 for a number, which is read, or for a day, which is refused."""
        if cell.shape in (Shape.DATE, Shape.PERCENT, Shape.YES_NO):
            return self.refuse(place, "not_objective_number", "the number as text, such as 2.1", cell.text)
        return cell.text.replace(",", ".") if cell.shape is Shape.NUMBER else cell.text.strip()

    def _items(self, text: str) -> list[dict[str, Any]]:
        """One naming per item, in the order of the cell; what stands twice stays twice, to be told."""
        refs: list[dict[str, Any]] = []
        for part in _parts(text):
            code, colon, aspect = part.partition(":")
            code = self.code(code)
            same = next((ref for ref in refs if ref["item"] == code), None)
            if same is None or not (colon or same["aspects"]):
                refs.append({"item": code, "aspects": [aspect.strip()] if colon else []})
            elif colon:
                same["aspects"].append(aspect.strip())
        return refs

    def _links(self, text: str, place: str) -> Any:
        links = [self._word(Words.CHAIN_LINK, part, place) for part in _parts(text)]
        return NOTHING if NOTHING in links else links

    def _yes_no(self, cell: Cell, place: str) -> Any:
        if cell.shape is Shape.YES_NO:
            return cell.text == "true"
        value = self._word(Words.YES_NO, cell.text, place)
        return value if value is NOTHING else value == YES

    def _word(self, words: str, text: str, place: str) -> Any:
        value = self.vocabulary.meaning(words, text)
        if value is None:
            shown = ", ".join(self.vocabulary.shown[words])
            return self.refuse(place, "not_a_word", f"one of {shown}", text)
        return value


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]
