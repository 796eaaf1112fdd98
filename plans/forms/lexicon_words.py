"""The words around the terms of a lexicon: a table with a row for each name and a column for each language.

Rows are named (contexts, cues, titles) or there is just one (stems, parts, everyday words).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kiv.http import LANGUAGE_NAMES
from plans.forms.entry_form import Difference
from plans.forms.fields import VisibleTextField
from plans.forms.lexicon_terms import MAX_TERM, LinesField, StemsField
from plans.lexicon_sentences import CUES
from plans.matching import Cue, in_order
from plans.matching.lexicon_file import LANGUAGES
from plans.selectors.lexicon_content import Part, PartName, part_digest, part_of

MAX_ROWS = 100
MAX_TITLE = 500
CONTEXTS, CUE_WORDS, STEMS, TITLES = "contexts", "cues", "stems", "titles"
NAMED = (CONTEXTS, CUE_WORDS, TITLES)


def _field(section: str, language: str) -> forms.Field:
    label = LANGUAGE_NAMES[language]
    if section == TITLES:
        attrs = {"rows": 2, "lang": language}
        return VisibleTextField(
            label=label, required=False, max_length=MAX_TITLE, widget=forms.Textarea(attrs=attrs)
        )
    if section == STEMS:
        return StemsField(label=label, language=language, rows=14)
    is_long = section not in NAMED
    return LinesField(label=label, language=language, has_terms=not is_long, rows=14 if is_long else 4)


class RowForm(forms.Form):
    """One name with its words in each language. Without words in any language the row goes."""

    use_required_attribute = False

    name = VisibleTextField(label=_("Name of the list"), required=False, max_length=MAX_TERM)

    def __init__(self, *args: Any, section: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        if section != CONTEXTS:
            self.fields["name"].widget = forms.HiddenInput()
        for language in LANGUAGES:
            self.fields[language] = _field(section, language)

    @property
    def label(self) -> str:
        """What the row is called on the page."""
        name = str(self["name"].value() or "")
        return str(CUES[Cue(name)]) if self.section == CUE_WORDS and name in set(Cue) else name

    @property
    def cells(self) -> list[tuple[str, forms.BoundField]]:
        return [(language, self[language]) for language in LANGUAGES]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if self.section == CUE_WORDS and name not in set(Cue):
            raise ValidationError(_("There are no such words."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        has_words = any(cleaned.get(language) for language in LANGUAGES)
        if self.section == CONTEXTS and has_words and not cleaned.get("name") and not self.has_error("name"):
            self.add_error("name", _("Give this list a name."))
        return cleaned


class _BaseRows(forms.BaseFormSet):
    def clean(self) -> None:
        names = [form.cleaned_data.get("name", "") for form in self.forms if form.is_valid()]
        doubles = sorted({name for name in names if name and names.count(name) > 1})
        if doubles:
            raise ValidationError(
                _("Two lists have the same name: %(names)s.") % {"names": ", ".join(doubles)}
            )


class WordsForm:
    """One section in all languages. `items` are the codes that can have a title."""

    error_title = _("The words were not saved")

    def __init__(
        self, data, *, content: Mapping[str, Any], name: PartName, items: Sequence[str] = ()
    ) -> None:
        self.section = name.section
        self.seen = data.get("seen", "") if data is not None else part_digest(content, name)
        part = part_of(content, name)
        rows_class = forms.formset_factory(
            RowForm,
            formset=_BaseRows,
            extra=1 if self.section == CONTEXTS else 0,
            max_num=MAX_ROWS,
            absolute_max=MAX_ROWS,
            validate_max=True,
        )
        self.rows = rows_class(
            data,
            prefix="rows",
            initial=_initial(self.section, part, items),
            form_kwargs={"section": self.section},
        )

    def is_valid(self) -> bool:
        return self.rows.is_valid()

    def wanted(self) -> Part:
        """As it is stored: what has no words is left out."""
        rows = [form.cleaned_data for form in self.rows if form.cleaned_data]
        if self.section in NAMED:
            return {
                language: {row["name"]: row[language] for row in rows if row[language]}
                for language in LANGUAGES
            }
        empty: Any = {} if self.section == STEMS else []
        return {language: rows[0][language] if rows else empty for language in LANGUAGES}

    def differences(self, stored: Part) -> list[Difference]:
        return [
            Difference(language, LANGUAGE_NAMES[language], _lines(stored[language]), _lines(typed))
            for language, typed in self.wanted().items()
            if typed != stored[language]
        ]


def _initial(section: str, part: Part, items: Sequence[str]) -> list[dict[str, Any]]:
    if section not in NAMED:
        return [{"name": "", **part}]
    names = in_order({name: None for own in part.values() for name in own})
    if section == CUE_WORDS:
        names = dict.fromkeys(map(str, Cue))
    if section == TITLES:
        names = dict.fromkeys([*items, *names])
    return [{"name": name, **{language: own.get(name) for language, own in part.items()}} for name in names]


def _lines(words: Any) -> str:
    if isinstance(words, Mapping):
        return "\n".join(f"{name}: {_lines(own)}" for name, own in words.items())
    return words if isinstance(words, str) else ", ".join(words)
