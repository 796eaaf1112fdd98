"""The argumentation matrix: item × what is known and expected × choice. In the active language.

What the reader may not see arrives here hidden already (selectors.check, selectors.entry_list).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plans.enums import Choice, DiagnosisKind, Element, choice_label
from plans.reports.chapter_places import Places, hidden_piece, names
from plans.reports.chapter_tables import item_column, item_row, kind_words, make_table, reason_words
from plans.reports.chapter_types import Cell, Column, Piece, Table, clean
from plans.selectors.entry_list import ShownDiagnosis
from plans.selectors.shown import Check, Group, ItemRow

#: A diagnosis longer than this (in signs) is written out for the first item it names; then "see P3".
LONG = 400


@dataclass(slots=True)
class MatrixColumns:
    """The columns that hold something for an item this reader knows, and the names of those that do not.

    `written` notes for which item a long entry was written out.
    """

    labels: list[str]
    left_out: list[str]
    entries: list[tuple[ShownDiagnosis, ...]]
    places: Places
    written: dict[int, str] = field(default_factory=dict)

    @property
    def has_entries(self) -> bool:
        return bool(self.labels)

    def cells(self, row: ItemRow) -> Iterator[Cell]:
        for entries in self.entries:
            yield tuple(self._piece(entry, row.item.code) for entry in entries if names(entry, row.item.code))

    def _piece(self, entry: ShownDiagnosis, code: str) -> Piece:
        if entry.is_hidden:
            return hidden_piece()
        if len(entry.words) > LONG and self.written.setdefault(entry.pk, code) != code:
            return Piece(_("see %(item)s") % {"item": self.written[entry.pk]}, "", entry.is_confidential)
        note = " · ".join(clean(fact.value) for fact in entry.facts)
        return Piece(clean(entry.words), note, entry.is_confidential)


def matrix_columns(check: Check, places: Places) -> MatrixColumns:
    codes = {row.item.code for row in check.rows if not row.is_hidden}
    by_label = {str(label): entries for label, entries in places.entries.diagnoses}
    labels, entries, left_out = [], [], []
    for kind in DiagnosisKind:
        label = str(kind.label)
        naming = tuple(e for e in by_label.get(label, ()) if codes & {item.code for item in e.items})
        if naming:
            labels.append(capfirst(label))
            entries.append(naming)
        else:
            left_out.append(label)
    return MatrixColumns(labels, left_out, entries, places)


def matrix_table(group: Group, columns: MatrixColumns) -> Table:
    described = [row for row in group.rows if not row.is_hidden]
    return make_table(
        kind_words(group.kind),
        [
            item_column(5),
            *(Column(label, 6) for label in columns.labels),
            Column(_("In the text of the plan"), 4),
            Column(_("Choice"), 5),
        ],
        [
            item_row(row, [*columns.cells(row), _described(row, columns.places), _choice_cell(row)])
            for row in described
        ],
    )


def _described(row: ItemRow, places: Places) -> Cell:
    """Passages that describe the phenomenon."""
    diagnosis = {Element.DESCRIPTION, Element.FIGURE, Element.SOURCE}
    return places.passage_pieces(line for line in row.diagnosis.lines if diagnosis & set(line.elements))


def _choice_cell(row: ItemRow) -> Cell:
    """The choice with its short reason."""
    word = capfirst(str(choice_label(row.choice, row.item.kind)))
    if row.choice != Choice.NOT_RETAINED:
        return (Piece(word),)
    if row.motivation.is_hidden:
        return (Piece(word), hidden_piece())
    if not row.motivation.reason:
        return (Piece(word),)
    return (Piece(word), Piece(capfirst(reason_words(row)), "", row.motivation.is_confidential))
