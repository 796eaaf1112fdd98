"""The figures of the coverage pages as sentences and short words in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from kiv.templatetags.kiv_ui import LEVELS, STATES
from plans.enums import Choice, PlanKind, choice_label
from plans.scoring import State
from plans.selectors.coverage import Cell, PlanRow

#: The states as they fit in a cell; their full words stand in the legend.
SHORT_STATES = {
    State.ELABORATED: pgettext_lazy("short state", "elab."),
    State.TO_ELABORATE: pgettext_lazy("short state", "to el."),
    State.REGULAR: pgettext_lazy("short state", "regular"),
    State.MOTIVATED: pgettext_lazy("short state", "motiv."),
    State.OPEN: pgettext_lazy("short state", "open"),
}


def area_sentence(kind: str, total: int, shared: int, place: str = "") -> str:
    """ "Of 38 zones in Limburg 31 shared a plan." `place` is the name of a province or district, or empty."""
    if kind == PlanKind.LOCAL and place:
        said = ngettext(
            "Of %(total)s local plan in %(place)s %(shared)s are shared.",
            "Of %(total)s local plans in %(place)s %(shared)s are shared.",
            total,
        )
    elif kind == PlanKind.LOCAL:
        said = ngettext(
            "Of %(total)s local plan %(shared)s are shared.",
            "Of %(total)s local plans %(shared)s are shared.",
            total,
        )
    elif place:
        said = ngettext(
            "Of %(total)s zone in %(place)s %(shared)s shared a plan.",
            "Of %(total)s zones in %(place)s %(shared)s shared a plan.",
            total,
        )
    else:
        said = ngettext(
            "Of %(total)s zone %(shared)s shared a plan.",
            "Of %(total)s zones %(shared)s shared a plan.",
            total,
        )
    return said % {"total": total, "shared": shared, "place": place}


def open_sentence(code: str, number: int, shown: int) -> str:
    """ "P2 is open in 9 of the 31 plans shown." Without a code: no item is open. Empty without plans."""
    if not shown:
        return ""
    if not code:
        return _("No item is open in the plans shown.")
    if not number:
        said = ngettext(
            "%(item)s is open in none of the %(shown)s plan shown.",
            "%(item)s is open in none of the %(shown)s plans shown.",
            shown,
        )
    else:
        said = ngettext(
            "%(item)s is open in %(n)s of the %(shown)s plan shown.",
            "%(item)s is open in %(n)s of the %(shown)s plans shown.",
            shown,
        )
    return said % {"item": code, "n": number, "shown": shown}


def listed_sentence(listed: int, total: int) -> str:
    """Said when a part is listed."""
    return _("The table lists %(listed)s of %(total)s.") % {"listed": listed, "total": total}


def group_words(kind: str, total: int, shared: int) -> str:
    """Beside the name of a province: "14 zones, 11 shared"."""
    if kind == PlanKind.LOCAL:
        said = ngettext("%(n)s local plan, %(shared)s shared", "%(n)s local plans, %(shared)s shared", total)
    else:
        said = ngettext("%(n)s zone, %(shared)s shared", "%(n)s zones, %(shared)s shared", total)
    return said % {"n": total, "shared": shared}


class MatrixWords:
    """What is read aloud of rows and cells, in the language of the moment: each part is looked up once."""

    def __init__(self) -> None:
        self._zone = _("PZ %(code)s,")
        self._levels = [
            f"{_('level %(level)s') % {'level': level}}, {words}" for level, words in LEVELS.items()
        ]
        self._reviewed = [_("level %(level)s after review") % {"level": level} for level in LEVELS]
        self._states = {
            State.MOTIVATED.value: str(STATES[State.MOTIVATED]),
            State.OPEN.value: pgettext("state", "still open"),
        }
        self._choices: dict[tuple[str, str], str] = {}

    def row(self, row: PlanRow) -> str:
        """Before each cell of a row: "PZ 5345,"; the comma is heard as a pause."""
        if row.municipality is None and row.zone.code:
            return self._zone % {"code": row.zone.code}
        return f"{row.place_name},"

    def cell(self, cell: Cell, item_kind: str) -> str:
        """ "level 2, objective and action, retained" """
        parts = [self._levels[cell.level]]
        if cell.choice != Choice.UNDECIDED:
            parts.append(self._choice(cell.choice, item_kind))
        if cell.state in self._states:
            parts.append(self._states[cell.state])
        if cell.reviewed is not None:
            parts.append(self._reviewed[cell.reviewed])
        return ", ".join(parts)

    def _choice(self, choice: str, item_kind: str) -> str:
        key = choice, item_kind
        if key not in self._choices:
            self._choices[key] = str(choice_label(choice, item_kind))
        return self._choices[key]


def shift_sign(shift: int | None) -> str:
    """What review changed: "+1", "−2", "="; empty where it is not finished."""
    if shift is None:
        return ""
    if shift == 0:
        return "="
    return f"+{shift}" if shift > 0 else f"\u2212{-shift}"
