"""What the forms of the four kinds of entry share: layout, the items named, comparing with what is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from framework.enums import ItemKind
from framework.models import Item
from plans.forms.fields import ItemsField, aspect_value, values_of
from plans.planformat import ItemRef

ITEM_KIND_HEADINGS = {ItemKind.PRIORITY: _("Priorities"), ItemKind.THEME: _("Transversal themes")}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which the stored value is not the typed one; both as people read them."""

    name: str
    label: Any
    stored: str
    typed: str


class EntryForm(forms.ModelForm):
    """What the four forms share. `items` are those of the edition, `refs` those ticked to begin with."""

    items_field: ClassVar[type[ItemsField]] = ItemsField
    items_help: ClassVar[Any]
    heading_new: ClassVar[Any]
    heading_change: ClassVar[Any]
    heading_remove: ClassVar[Any]
    save_and_add: ClassVar[Any]
    added: ClassVar[Any]
    saved: ClassVar[Any]
    removed: ClassVar[Any]
    too_many: ClassVar[Any]
    closing_note: ClassVar[Any] = ""
    essential: ClassVar[tuple[str, ...]]
    rest: ClassVar[tuple[Any, ...]]

    def __init__(self, *args, items: Sequence[Item], refs: Iterable[ItemRef] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["items"] = values_of(refs)
        self.fields["items"] = self.items_field(
            items, required=False, label=_("Priorities and themes"), help_text=self.items_help
        )

    def _post_clean(self) -> None:
        """The service validates the stored object; the instance that was read stays as it was read."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(
            *self.essential,
            Field("items", template="plans/part_items_field.html"),
            Fieldset(_("When you know more"), *self.rest),
        )
        return helper

    def item_groups(self) -> list[dict[str, Any]]:
        """The checkboxes of the items, by kind; an item with a ticked aspect is ticked."""
        ticked = set(self["items"].value() or ())
        groups: dict[str, list[dict[str, Any]]] = {}
        for item in self.fields["items"].items:
            aspects = [
                {"value": value, "title": aspect.title, "is_ticked": value in ticked}
                for aspect in item.aspects.all()
                for value in [aspect_value(item.code, aspect.code)]
            ]
            is_ticked = item.code in ticked or any(aspect["is_ticked"] for aspect in aspects)
            groups.setdefault(item.kind, []).append(
                {"item": item, "is_ticked": is_ticked, "aspects": aspects}
            )
        return [{"heading": ITEM_KIND_HEADINGS[kind], "options": options} for kind, options in groups.items()]

    def values(self) -> dict[str, Any]:
        """The cleaned fields of the entry itself, as the services take them."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def refs(self) -> tuple[ItemRef, ...]:
        return self.cleaned_data["items"]

    def differences(self, stored, refs: Sequence[ItemRef]) -> list[Difference]:
        """Where a stored entry, naming `refs`, is not what was typed. The form is valid."""
        found = []
        for name in (*self.essential, "items", *_names(self.rest)):
            ours = self.cleaned_data[name]
            theirs = tuple(refs) if name == "items" else getattr(stored, name)
            if theirs != ours:
                words = self._words(name, theirs), self._words(name, ours)
                found.append(Difference(name, self[name].label, *words))
        return found

    def add_refusal(self, error: ValidationError) -> None:
        """Put what a service refused at its field; what belongs to no field of ours stands on top."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if name == "items":
            value = values_of(value)
        if isinstance(value, (list, tuple)):
            labels = dict(self.fields[name].choices)
            return ", ".join(str(labels.get(one, one)) for one in value) or pgettext("items", "none")
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value)) or gettext("(empty)")


def _names(layout: Iterable[Any]) -> Iterable[str]:
    """The names of the fields in a part of a layout."""
    for part in layout:
        if isinstance(part, str):
            yield part
        else:
            yield from _names(part.fields)
