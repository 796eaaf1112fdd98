"""Form fields that the forms of plans share: text without hidden signs, and the items an entry names."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from framework.models import Item
from kiv.localized import localize
from kiv.templatetags.kiv_ui import current_language
from kiv.typed_text import TypedTextField
from plans.planformat import ItemRef, has_forbidden_signs, is_blank

#: Between the codes of an item and of an aspect; neither can contain it (framework.models.is_code).
SEPARATOR = ":"


def validate_visible_signs(text: str) -> None:
    """Refuse what plan files refuse (planformat.signs)."""
    if has_forbidden_signs(text):
        raise ValidationError(
            _("This text holds invisible control characters. Type it again, or paste it as plain text."),
            code="control_characters",
        )


class VisibleTextField(TypedTextField):
    """Text as people type it. A line end counts as one sign, as it does in the browser's own count."""

    default_validators = [validate_visible_signs]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # NUL is a control character like the others: one sentence about it is enough.
        self.validators = [
            validator
            for validator in self.validators
            if not isinstance(validator, ProhibitNullCharactersValidator)
        ]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
        return self.empty_value if is_blank(text) and not has_forbidden_signs(text) else text


class ItemsField(forms.MultipleChoiceField):
    """Items with the aspects ticked: "P6" names the item, "P6:aspect" the aspect and thereby its item.

    Cleans to a tuple of ItemRef in the edition's order.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, items: Sequence[Item], **kwargs: Any) -> None:
        self.items = items
        language = current_language()
        choices = []
        for item in items:
            choices.append((item.code, f"{item.code} {localize(item.short or item.title, language)}"))
            choices += [
                (aspect_value(item.code, aspect.code), localize(aspect.title, language))
                for aspect in item.aspects.all()
            ]
        super().__init__(choices=choices, **kwargs)

    def to_python(self, value: Any) -> list[str]:
        """A select that offers "none" posts an empty value."""
        return [one for one in super().to_python(value) if one]

    def clean(self, value: Any) -> tuple[ItemRef, ...]:
        ticked = set(super().clean(value))
        return tuple(
            ItemRef(item=item.code, aspects=aspects)
            for item in self.items
            if (aspects := ticked_aspects(item, ticked)) or item.code in ticked
        )


class ChosenItemField(ItemsField):
    """The one item of a quick entry: an item, or `OWN` said on purpose; nothing chosen is asked again."""

    OWN = "own"

    def to_python(self, value: Any) -> list[str]:
        chosen = super().to_python(value)
        if not chosen:
            raise ValidationError(
                _("Choose a priority or theme, or say that it is an own priority."), code="required"
            )
        return [one for one in chosen if one != self.OWN]


def aspect_value(item: str, aspect: str) -> str:
    return f"{item}{SEPARATOR}{aspect}"


def ticked_aspects(item: Item, ticked: set[str]) -> tuple[str, ...]:
    return tuple(a.code for a in item.aspects.all() if aspect_value(item.code, a.code) in ticked)


def values_of(refs: Iterable[ItemRef]) -> list[str]:
    """The values of an ItemsField that name these items and aspects."""
    values = []
    for ref in refs:
        values += [ref.item, *(aspect_value(ref.item, aspect) for aspect in ref.aspects)]
    return values
