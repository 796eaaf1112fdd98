"""The tables of alignment and motivations, and what every table of the chapters is made with.

In the active language. Not here: the argumentation matrix (chapter_matrix).

What the reader may not see arrives here hidden already (selectors.check, selectors.entry_list).
"""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiv.localized import localize, shown_language
from kiv.templatetags.kiv_ui import LEVELS, STATES, colon, current_language
from plans.enums import Choice, Criterion, choice_label
from plans.reports.chapter_places import Places, hidden_piece, numbered, said
from plans.reports.chapter_sentences import chosen
from plans.reports.chapter_types import Cell, Column, Piece, Row, Table, clean
from plans.scoring import ItemKind
from plans.selectors.entry_list import ShownObjective
from plans.selectors.shown import Check, Group, ItemRow


def item_row(row: ItemRow, cells: Sequence[Cell]) -> Row:
    language = current_language()
    return Row(
        code=clean(row.item.code),
        title=clean(localize(row.item.title, language)),
        language=shown_language(row.item.title, language),
        cells=tuple(cells),
        is_confidential=row.is_item_confidential,
    )


def make_table(caption: str, columns: Sequence[Column], rows: Iterable[Row]) -> Table:
    """A table without the columns in which nothing stands."""
    rows = list(rows)
    kept = [at for at in range(len(columns) - 1) if any(row.cells[at] for row in rows)]
    return Table(
        caption=caption,
        columns=(columns[0], *(columns[at + 1] for at in kept)),
        rows=tuple(
            Row(row.code, row.title, row.language, tuple(row.cells[at] for at in kept), row.is_confidential)
            for row in rows
        ),
    )


def kind_words(kind: str) -> str:
    return _("Themes") if kind == ItemKind.THEME else _("Priorities")


def item_column(weight: int) -> Column:
    return Column(_("Item"), weight)


def alignment_table(group: Group, check: Check, places: Places) -> Table:
    has_levels = any(row.level and not row.is_hidden for row in check.rows)
    return make_table(
        kind_words(group.kind),
        [
            item_column(6),
            Column(_("Choice"), 4),
            Column(_("State"), 4),
            Column(_("Where in the plan"), 8),
            Column(_("Level"), 4),
        ],
        [
            item_row(
                row,
                [
                    _chosen(row, check),
                    said(STATES[row.state]),
                    _where(row, places),
                    _level(row) if has_levels and _asks_level(row) else (),
                ],
            )
            for row in group.rows
            if not row.is_hidden
        ],
    )


def _chosen(row: ItemRow, check: Check) -> Cell:
    note = ""
    if row.reach is not None and row.choice == Choice.RETAINED:
        reach = {"reach": row.reach, "total": check.retained_priorities}
        note = _("on %(reach)s of %(total)s retained priorities") % reach
    return said(choice_label(row.choice, row.item.kind), note)


def _level(row: ItemRow) -> Cell:
    """The derived level, and below it what a finished review made of it: both stay visible."""
    if row.reviewed is None:
        return said(LEVELS[row.level], "")
    if row.reviewed.level == row.level:
        return said(LEVELS[row.level], _("confirmed in review"))
    return said(LEVELS[row.level], _("after review: %(level)s") % {"level": LEVELS[row.reviewed.level]})


def _asks_level(row: ItemRow) -> bool:
    """A level that was earned, or that a retained item still has to earn."""
    return bool(row.level) or row.choice == Choice.RETAINED


def _where(row: ItemRow, places: Places) -> Cell:
    lines = [line for criterion in row.criteria for line in criterion.lines]
    objectives = tuple(_objective(*found) for found in places.objectives_for(row.item.code))
    found = objectives + places.passage_pieces(lines)
    # Something that is only described has a level too: it stands in the argumentation matrix.
    return found or (said(Criterion.DIAGNOSIS.label) if row.level else ())


def _objective(objective: ShownObjective, actions: int) -> Piece:
    before = numbered(objective.number)
    if objective.is_hidden:
        return hidden_piece(before)
    count = ngettext("%(n)s action", "%(n)s actions", actions) % {"n": actions} if actions else ""
    words = before + clean(objective.words)
    return Piece(f"{words} ({count})" if count else words, "", objective.is_confidential)


def own_pieces(check: Check, places: Places) -> Iterator[Piece]:
    confidential = {o.number for o in places.entries.objectives if o.is_confidential}
    for own in check.own_priorities:
        before = numbered(own.number)
        yield (
            hidden_piece(before)
            if own.is_hidden
            else Piece(before + clean(own.title), is_confidential=own.number in confidential)
        )


def motivation_tables(check: Check, places: Places) -> Iterator[Table]:
    """Per kind what was not retained, then what regular policing does for all kinds together."""
    for group in check.groups:
        if rows := chosen(group.rows, Choice.NOT_RETAINED):
            title = capfirst(str(choice_label(Choice.NOT_RETAINED, group.kind)))
            yield make_table(
                f"{title} · {kind_words(group.kind)}",
                [item_column(5), Column(_("Reason"), 5), Column(_("Motivation"), 10)],
                [item_row(row, [_reason(row), _line(row, ())]) for row in rows],
            )
    if rows := chosen(check.rows, Choice.REGULAR):
        yield make_table(
            capfirst(str(Choice.REGULAR.label)),
            [item_column(5), Column(_("What regular policing does"), 15)],
            [
                item_row(
                    row, [_line(row, places.passage_pieces(line for c in row.criteria for line in c.lines))]
                )
                for row in rows
            ],
        )


def reason_words(row: ItemRow) -> str:
    reason, pointer = row.motivation.reason, clean(row.motivation.pointer)
    return f"{reason}{colon()} {pointer}" if pointer else reason


def _reason(row: ItemRow) -> Cell:
    motivation = row.motivation
    if motivation.is_hidden:
        return (hidden_piece(),)
    if not motivation.reason:
        return said(_("still to be written"))
    return (Piece(capfirst(reason_words(row)), "", motivation.is_confidential),)


def _line(row: ItemRow, instead: Cell) -> Cell:
    """The zone's own line; `instead` is what else says it, such as a quote for regular policing."""
    motivation = row.motivation
    if motivation.is_hidden:
        return (hidden_piece(),)
    if line := clean(motivation.line):
        return (Piece(line, "", motivation.is_confidential),)
    return instead or said(_("still to be written"))
