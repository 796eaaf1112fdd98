"""The Choices tab as a form: one row per item, one Save, and one motivation for the ticked rows.

A row carries the revision it was read at and a digest of the values it was shown with: a row that
nobody touched is not saved, so that it can neither overwrite nor be in conflict.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from framework.models import Item
from plans.enums import Choice, Reason, choice_label
from plans.forms.fields import VisibleTextField
from plans.forms.marks import with_marks
from plans.models import ItemChoice
from plans.planformat.types import SHORT_LENGTH, TEXT_LENGTH
from plans.selectors.choices import ChoiceRow
from plans.services.choices import FIELDS, ChoiceChange

LABELS = {
    "choice": gettext_lazy("choice"),
    "reason": gettext_lazy("reason"),
    "pointer": gettext_lazy("which"),
    "line": gettext_lazy("motivation, or what regular policing does"),
    "is_motivation_confidential": gettext_lazy("motivation confidential"),
    "is_item_confidential": gettext_lazy("item wholly confidential"),
}
MARKS = ("is_motivation_confidential", "is_item_confidential")
#: Fields that a page fills in by itself.
HIDDEN = ("revision", "shown")
#: Codes of items hold no underscore, so that no item's fields can have these names.
TICK = "ticked_rows"
BULK = "for_ticked"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which somebody else stored another value meanwhile, in words."""

    label: str
    stored: str
    typed: str


def values_of(decision: ItemChoice | None) -> dict[str, Any]:
    """What a row shows for a stored decision; None is a row that was never saved."""
    decision = decision or ItemChoice()
    values = {name: getattr(decision, name) for name in FIELDS}
    return {name: _as_posted(value) if isinstance(value, str) else value for name, value in values.items()}


def _as_posted(text: str) -> str:
    """The text as it comes back from a browser and through VisibleTextField."""
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


def digest_of(values: Mapping[str, Any]) -> str:
    """A short mark of the values of a row, the same whenever they are the same."""
    text = json.dumps([values[name] for name in FIELDS])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class ChoiceRowForm(forms.Form):
    """One item's row. Every control's label names the item, because the table has many of each."""

    use_required_attribute = False

    choice = forms.ChoiceField()
    reason = forms.ChoiceField(required=False)
    pointer = VisibleTextField(required=False, max_length=SHORT_LENGTH)
    line = VisibleTextField(
        required=False, max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 2, "cols": 40})
    )
    is_motivation_confidential = forms.BooleanField(required=False)
    is_item_confidential = forms.BooleanField(required=False)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    shown = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def __init__(self, row: ChoiceRow, data=None, *, taken_over: ItemChoice | None = None) -> None:
        self.row = row
        self.is_taken_over = taken_over is not None
        self.differences: list[Difference] = []
        self.keeps_mark = False
        initial = values_of(taken_over or row.decision) | {
            "revision": row.decision.revision,
            "shown": digest_of(values_of(row.decision)),
        }
        super().__init__(data, prefix=row.item.code, initial=initial)
        self.fields["choice"].choices = [
            (value, choice_label(value, row.item.kind)) for value in Choice.values
        ]
        self.fields["reason"].choices = [("", pgettext("reason", "no reason yet")), *Reason.choices]
        for name, label in LABELS.items():
            self.fields[name].label = _("%(item)s: %(field)s") % {"item": row.item.code, "field": label}

    def clean(self):
        """What the page filled in by itself is nothing that a person can correct field by field."""
        if any(self.errors.pop(name, None) for name in HIDDEN):
            raise forms.ValidationError(
                _("This page is out of date. Load it again; copy what you typed first."), code="out_of_date"
            )
        return self.cleaned_data

    @property
    def values(self) -> dict[str, Any]:
        """The typed values of a valid row."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def is_touched(self) -> bool:
        """Whether a person changed this row; one that cannot be read was."""
        return not self.is_valid() or digest_of(self.values) != self.cleaned_data["shown"]


class TickedForm(forms.Form):
    """What the ticked rows become at the same Save; an empty field leaves the rows as they are."""

    use_required_attribute = False

    choice = forms.ChoiceField(label=gettext_lazy("Choice"), required=False)
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    line = VisibleTextField(
        label=gettext_lazy("Motivation, or what regular policing does"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )

    def __init__(self, data=None, *, is_ticked: bool = False) -> None:
        super().__init__(data, prefix=BULK)
        self.is_ticked = is_ticked
        as_is = ("", pgettext_lazy("ticked rows", "leave as it is"))
        both = [
            (Choice.RETAINED, _("retained / applied")),
            (Choice.NOT_RETAINED, _("not retained / not applied")),
        ]
        labels = dict(Choice.choices) | dict(both)
        self.fields["choice"].choices = [as_is, *((value, labels[value]) for value in Choice.values)]
        self.fields["reason"].choices = [as_is, *Reason.choices]

    def clean(self):
        if any(self.cleaned_data.values()) and not self.is_ticked:
            raise forms.ValidationError(
                _("You filled in something for the ticked rows, but no row is ticked. Tick the rows first.")
            )
        return self.cleaned_data

    @property
    def values(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value}


class ChoiceTable:
    """All rows and the ticked rows' form. `data` is what was posted; `kept` limits it to these items.

    `taken_over`: code → an earlier plan's decision, shown in the row but not saved.
    """

    def __init__(
        self,
        rows: Sequence[ChoiceRow],
        data=None,
        *,
        kept: Iterable[str] | None = None,
        taken_over: Mapping[str, ItemChoice] | None = None,
    ) -> None:
        self.data = data
        self.ticked = set(data.getlist(TICK)) if data is not None else set()
        self.bulk = TickedForm(data, is_ticked=bool(self.ticked))
        kept = self._posted(rows) if kept is None else set(kept)
        self.forms = [
            ChoiceRowForm(
                row,
                data if row.item.code in kept else None,
                taken_over=(taken_over or {}).get(row.item.code),
            )
            for row in rows
        ]

    def _posted(self, rows: Sequence[ChoiceRow]) -> set[str]:
        """The items that stood on the page that was sent."""
        return {
            row.item.code
            for row in rows
            if self.data is not None and f"{row.item.code}-revision" in self.data
        }

    def is_valid(self) -> bool:
        is_bulk_valid = self.bulk.is_valid()
        return all(form.is_valid() for form in self._bound) and is_bulk_valid

    @property
    def changes(self) -> list[ChoiceChange]:
        """What a valid table asks to save: the rows that were touched or ticked."""
        return [
            ChoiceChange(item=form.row.item.code, revision=form.cleaned_data["revision"], **values)
            for form, values in self._wanted.items()
            if digest_of(values) != form.cleaned_data["shown"]
        ]

    @property
    def taken_over(self) -> list[ChoiceRowForm]:
        return [form for form in self.forms if form.is_taken_over]

    @property
    def with_errors(self) -> list[ChoiceRowForm]:
        return [form for form in self._bound if form.errors]

    @property
    def general_errors(self) -> list[str]:
        """What belongs to no single field, each sentence once."""
        told = [error for form in (self.bulk, *self._bound) for error in form.non_field_errors()]
        return list(dict.fromkeys(told))

    @property
    def in_conflict(self) -> list[ChoiceRowForm]:
        return [form for form in self.forms if form.differences]

    @property
    def keeping_marks(self) -> list[ChoiceRowForm]:
        """Rows in conflict whose boxes were ticked, because what is stored is confidential."""
        return [form for form in self.forms if form.keeps_mark]

    def refreshed(
        self, rows: Sequence[ChoiceRow], stored: Mapping[str, ItemChoice | None] | None = None
    ) -> "ChoiceTable":
        """The table to show after a refused save: what was typed stays, the rest is as stored in `rows`.

        Rows in `stored` were saved by somebody else: they get the stored revision, so that saving again
        is a deliberate overwrite, and the differences in words. Their marks of confidentiality stay ticked.
        """
        stored = stored or {}
        marks = [
            f"{code}-{name}"
            for code, decision in stored.items()
            for name in MARKS
            if decision and getattr(decision, name)
        ]
        data = with_marks(self.data, marks)
        for code, decision in stored.items():
            data[f"{code}-revision"] = str(decision.revision if decision else 0)
            data[f"{code}-shown"] = digest_of(values_of(decision))
        table = ChoiceTable(rows, data, kept=[form.row.item.code for form in self._bound if form.is_touched])
        wanted = {form.row.item.code: values for form, values in self._wanted.items()} if stored else {}
        for form in table.forms:
            code = form.row.item.code
            if code in stored:
                values = values_of(stored[code])
                form.differences = list(differences(form.row.item, values, wanted[code]))
                form.keeps_mark = any(values[name] and not wanted[code][name] for name in MARKS)
        return table

    @cached_property
    def _bound(self) -> list[ChoiceRowForm]:
        return [form for form in self.forms if form.is_bound]

    @cached_property
    def _wanted(self) -> dict[ChoiceRowForm, dict[str, Any]]:
        """The values each sent row is to have, the ticked ones with those of the ticked rows' form."""
        return {
            form: form.values | (self.bulk.values if form.row.item.code in self.ticked else {})
            for form in self._bound
        }


def differences(item: Item, stored: Mapping[str, Any], typed: Mapping[str, Any]) -> Iterable[Difference]:
    for name, label in LABELS.items():
        if stored[name] != typed[name]:
            yield Difference(str(label), words(item, name, stored[name]), words(item, name, typed[name]))


def words(item: Item, name: str, value: Any) -> str:
    """A value of a row as people read it."""
    match name:
        case "choice":
            return str(choice_label(value, item.kind))
        case "reason":
            return str(Reason(value).label) if value else "–"
        case _ if name in MARKS:
            return _("yes") if value else _("no")
    return value or "–"
