"""The base of the forms of an edition: texts in the four languages side by side, with their origin."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from framework.enums import TextStatus
from framework.export import digest_of
from framework.parsing import clean
from framework.texts import MISSING, OURS
from kiv.http import LANGUAGE_NAMES
from kiv.localized import LANGUAGES
from kiv.typed_text import TypedTextField


class WordsField(TypedTextField):
    """Text as people type it; a line end counts as one sign. Control signs are refused, as in files."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = [
            each for each in self.validators if not isinstance(each, ProhibitNullCharactersValidator)
        ]

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n").strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            try:
                clean(value)
            except ValueError:
                raise ValidationError(
                    _(
                        "This text holds invisible control characters. "
                        "Type it again, or paste it as plain text."
                    )
                ) from None


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text of the form in four fields; `name` as in the edition file, "example.action" below another.

    With `has_status` each language has a second field: where its title comes from.
    """

    name: str
    label: Any
    limit: int
    rows: int = 2
    help: Any = ""
    has_status: bool = False
    is_optional: bool = False

    def field(self, language: str) -> str:
        return f"{self.name.replace('.', '_')}_{language}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One language of a text on the page. `status` is that of what is stored."""

    language: str
    field: forms.BoundField
    status_field: forms.BoundField | None
    status: str

    @property
    def is_locked(self) -> bool:
        return self.field.field.disabled


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of components/conflict.html."""

    label: Any
    typed: str
    stored: str


class EditionForm(forms.Form):
    """`data_now`: the stored values in the form of the file, None for what is being added.

    Once the edition is published, fixed fields and official titles are shown and not asked.
    """

    texts: ClassVar[tuple[LocalText, ...]]
    #: Fields that never change once the edition is published.
    fixed: ClassVar[tuple[str, ...]] = ()
    use_required_attribute = False

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, data=None, *, data_now: Mapping[str, Any] | None = None, is_published: bool = False, **more
    ) -> None:
        self.data_now = data_now or {}
        initial = self.initial_of(self.data_now) | {"seen": digest_of(data_now) if data_now else ""}
        super().__init__(data, initial=initial, **more)
        for text in self.texts:
            for language in LANGUAGES:
                self._add_text(text, language, is_published=is_published)
        for name in self.fixed if is_published else ():
            self.fields[name].disabled = True

    def _add_text(self, text: LocalText, language: str, *, is_published: bool) -> None:
        name = text.field(language)
        label = gettext("%(text)s, %(language)s") % {"text": text.label, "language": LANGUAGE_NAMES[language]}
        widget = forms.Textarea(attrs={"rows": text.rows, "lang": language})
        self.fields[name] = WordsField(label=label, required=False, max_length=text.limit, widget=widget)
        if text.has_status:
            label = gettext("Where it comes from, %(language)s") % {"language": LANGUAGE_NAMES[language]}
            self.fields[f"{name}_status"] = forms.ChoiceField(
                label=label, required=False, choices=TextStatus.choices, initial=OURS
            )
            status = self.data_now.get("title_status", {}).get(language)
            if is_published and status == TextStatus.OFFICIAL:
                self.fields[name].disabled = self.fields[f"{name}_status"].disabled = True

    def text_rows(self) -> list[dict[str, Any]]:
        """The texts with their cells, as the template sets them."""
        return [
            {"text": text, "cells": [self._cell(text, language) for language in LANGUAGES]}
            for text in self.texts
        ]

    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that are no texts."""
        names = {text.field(language) for text in self.texts for language in LANGUAGES}
        return [
            field
            for field in self
            if field.name not in names | {f"{name}_status" for name in names} and not field.is_hidden
        ]

    def _cell(self, text: LocalText, language: str) -> Cell:
        name = text.field(language)
        stored = self.initial.get(name)
        status = self.data_now.get("title_status", {}).get(language, OURS) if text.has_status else OURS
        status_field = self[f"{name}_status"] if text.has_status else None
        return Cell(language, self[name], status_field, status if stored else MISSING)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for text in self.texts:
            names = [text.field(language) for language in LANGUAGES]
            if not text.is_optional and not any(cleaned.get(name) or self.has_error(name) for name in names):
                self.add_error(names[0], _("Give this text in at least one language."))
        return cleaned

    @classmethod
    def initial_of(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Stored values as those of the fields."""
        initial: dict[str, Any] = {}
        for text in cls.texts:
            words = _find(data, text.name)
            for language in LANGUAGES:
                initial[text.field(language)] = words.get(language, "")
                if text.has_status:
                    status = data.get("title_status", {}).get(language, OURS)
                    initial[f"{text.field(language)}_status"] = status
        return initial

    def wanted(self) -> dict[str, Any]:
        """The texts as the services take them: those of a valid form."""
        values: dict[str, Any] = {}
        for text in self.texts:
            words = {
                language: self.cleaned_data[text.field(language)]
                for language in LANGUAGES
                if self.cleaned_data[text.field(language)]
            }
            if text.has_status:
                values["title_status"] = {
                    language: self.cleaned_data[f"{text.field(language)}_status"] or OURS
                    for language in words
                }
            above, _dot, below = text.name.rpartition(".")
            if above:
                values.setdefault(above, {})[below] = words
            else:
                values[text.name] = words or (None if text.is_optional else {})
        return values

    def differences(self, stored: Mapping[str, Any]) -> list[Difference]:
        """What was typed beside what is stored now, for every field in which they differ."""
        theirs = self.initial_of(stored)
        return [
            Difference(self.fields[name].label, str(self.cleaned_data.get(name) or ""), str(value or ""))
            for name, value in theirs.items()
            if name in self.fields and str(self.cleaned_data.get(name) or "") != str(value or "")
        ]

    def add_refusal(self, error: ValidationError) -> None:
        """Put what a service refused at its field; what belongs to no field of ours stands on top."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


def _find(data: Mapping[str, Any], name: str) -> Mapping[str, str]:
    value: Any = data
    for part in name.split("."):
        value = (value or {}).get(part)
    return value or {}


TITLE = LocalText("title", pgettext_lazy("edition text", "Title"), 500, has_status=True)
