"""Numbers, dates and times of a spreadsheet as the text that a person reads in the cell, in Belgian notation.

A date that shows no day ("mm/yyyy", "yyyy") gives none: a program makes the first of the month of it.
"""

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS, STRIP_RE, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel


class Shape(StrEnum):
    """What sort of value a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    YES_NO = "yes_no"
    DATE = "date"
    #: A formula whose value was never stored; the text is the formula.
    FORMULA = "formula"
    #: A formula that failed; the text is its mark, such as #REF!
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is how people write the value: 2028, 12,5, 15%, 31/12/2027; of YES_NO "true" or "false"."""

    shape: Shape
    text: str


@dataclass(frozen=True, slots=True)
class Dates:
    """From which day a workbook counts its dates."""

    is_1904: bool = False

    def cell(self, value: float, code: str) -> Cell | None:
        """The date or time that the number is under this format; None when there is no such day."""
        try:
            moment = from_excel(value, MAC_EPOCH if self.is_1904 else WINDOWS_EPOCH)
        except (ValueError, OverflowError):
            return None
        if isinstance(moment, datetime.datetime):
            return Cell(Shape.DATE, moment.strftime(_pattern_of(code, has_time=bool(value % 1))))
        return Cell(Shape.DATE, moment.strftime("%H:%M"))

    def iso_cell(self, value: str) -> Cell:
        """A date written as text (2027-12-31); what is none stays as it stands."""
        try:
            moment = datetime.datetime.fromisoformat(value)
        except ValueError:
            return Cell(Shape.TEXT, value)
        has_time = moment.time() != datetime.time()
        return Cell(Shape.DATE, moment.strftime("%d/%m/%Y %H:%M" if has_time else "%d/%m/%Y"))


def number_cell(value: str, code: str, dates: Dates) -> Cell:
    """What the stored number is under this format. What is no number is an error."""
    try:
        number = float(value)
    except ValueError:
        return Cell(Shape.ERROR, value)
    if not math.isfinite(number):
        return Cell(Shape.ERROR, value)
    if is_date_format(code) and (cell := dates.cell(number, code)):
        return cell
    if "%" in STRIP_RE.sub("", code):
        return Cell(Shape.PERCENT, f"{_decimal(number * 100)}%")
    return Cell(Shape.NUMBER, _decimal(number))


def format_codes(elements: Iterable[Element]) -> list[str]:
    """The format of each cell style, from the elements numFmt and cellXfs of the styles."""
    own, codes = {}, []
    for element in elements:
        if element.tag.endswith("numFmt"):
            own[element.get("numFmtId")] = element.get("formatCode", "General")
        else:
            codes = [_code_of(child.get("numFmtId", "0"), own) for child in element]
    return codes


def _code_of(identifier: str, own: dict) -> str:
    known = BUILTIN_FORMATS.get(int(identifier), "General") if identifier.isdigit() else "General"
    return own.get(identifier, known)


def _pattern_of(code: str, *, has_time: bool) -> str:
    shown = STRIP_RE.sub("", code.split(";")[0]).lower()
    if "d" in shown or "y" not in shown:
        return "%d/%m/%Y %H:%M" if has_time else "%d/%m/%Y"
    return "%m/%Y" if "m" in shown else "%Y"


def _decimal(number: float) -> str:
    """Fifteen digits, as spreadsheets count; a comma before decimals, no exponent, no zeros at the end."""
    text = f"{Decimal(f'{number:.15g}'):f}"
    whole, _point, rest = text.partition(".")
    rest = rest.rstrip("0")
    return f"{whole},{rest}" if rest else ("0" if whole == "-0" else whole)
