"""The words of a lexicon as people type them: groups of terms of an item, and lists of words, by language.

Three languages side by side, each form one part of the lexicon (selectors.lexicon_content). Not here:
starting drafts and taking in files (lexicons), what is wrong with the words as a whole (lexicon_findings).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from framework.models import Aspect
from kiv.http import LANGUAGE_NAMES
from kiv.localized import localize
from kiv.templatetags.kiv_ui import current_language
from plans import lexicon_sentences
from plans.forms.entry_form import Difference
from plans.forms.fields import VisibleTextField
from plans.matching import Scope, TermKind, is_readable
from plans.matching.lexicon import MAX_WEIGHT
from plans.matching.lexicon_file import LANGUAGES
from plans.selectors.lexicon_content import Part, PartName, part_digest, part_of
from plans.selectors.lexicon_findings import Placed

#: Bounds on one form; the format of the file has its own for each list.
MAX_GROUPS, MAX_TEXT, MAX_TERM, MAX_LINES = 60, 60_000, 120, 2_000


class LinesField(VisibleTextField):
    """One term on each line. Cleans to a list, each once, white space put right."""

    #: Characters on a line.
    longest = MAX_TERM

    def __init__(self, *, language: str, has_terms: bool = True, rows: int = 4, **kwargs: Any) -> None:
        self.language, self.has_terms = language, has_terms
        attrs = {"rows": rows, "lang": language, "spellcheck": "false"}
        super().__init__(required=False, max_length=MAX_TEXT, widget=forms.Textarea(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def clean(self, value: Any) -> list[str]:
        lines = list(dict.fromkeys(" ".join(line.split()) for line in super().clean(value).split("\n")))
        lines = [line for line in lines if line]
        if len(lines) > MAX_LINES:
            raise ValidationError(_("There is room for %(limit)s, and no more.") % {"limit": MAX_LINES})
        if long := [line for line in lines if len(line) > self.longest]:
            raise ValidationError(
                _("At most %(limit)s characters on a line: “%(text)s”.")
                % {"limit": self.longest, "text": f"{long[0][:40]}…"}
            )
        unread = [line for line in lines if self.has_terms and not is_readable(line, self.language)]
        if unread:
            raise ValidationError(
                _("This cannot be read: %(terms)s. See how a term is written.")
                % {"terms": ", ".join(f"“{line}”" for line in unread)}
            )
        return lines


class StemsField(LinesField):
    """A word, a colon and its forms on each line. Cleans to word → forms."""

    longest = 2_000

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(has_terms=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        lines = (f"{word}: {', '.join(forms)}" if forms else word for word, forms in value.items())
        return "\n".join(lines)

    def clean(self, value: Any) -> dict[str, list[str]]:
        stems: dict[str, list[str]] = {}
        for line in super().clean(value):
            word, _colon, rest = line.partition(":")
            if not word.strip() or word.strip() in stems:
                raise ValidationError(_("Each word once, before the colon: “%(text)s”.") % {"text": line})
            stems[word.strip()] = [form.strip() for form in rest.split(",") if form.strip()]
        return stems


class NamesField(VisibleTextField):
    """Names separated by commas. Cleans to a list, each once."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else ", ".join(value)

    def clean(self, value: Any) -> list[str]:
        names = (" ".join(name.split()) for name in super().clean(value).split(","))
        return list(dict.fromkeys(name for name in names if name))


class GroupForm(forms.Form):
    """Terms that share weight, kind and context. Without terms the group goes."""

    use_required_attribute = False

    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=MAX_WEIGHT, initial=80)
    kind = forms.ChoiceField(
        label=_("What the terms do"),
        choices=list(lexicon_sentences.KINDS.items()),
        initial=TermKind.POSITIVE,
    )
    scope = forms.ChoiceField(
        label=_("How far"), choices=list(lexicon_sentences.SCOPES.items()), initial=Scope.PASSAGE
    )
    context = NamesField(label=_("Near which words"), required=False, max_length=500)
    aspect = forms.ChoiceField(label=_("Aspect"), required=False)

    def __init__(self, *args: Any, language: str, aspects: Sequence[Aspect], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"] = LinesField(label=_("Terms, one on each line"), language=language)
        reader = current_language()
        choices = [("", "–"), *((aspect.code, localize(aspect.title, reader)) for aspect in aspects)]
        stored = self.initial.get("aspect", "")
        if stored and stored not in dict(choices):
            choices.append((stored, stored))
        self.fields["aspect"].choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("terms") or self.errors:
            return cleaned
        needs = cleaned["kind"] == TermKind.NEEDS_CONTEXT
        if needs and not cleaned["context"]:
            self.add_error("context", _("Name the words near which these terms count."))
        if not needs and cleaned["context"]:
            self.add_error(
                "context", _("Only terms that count near other words name them. Leave this empty.")
            )
        return cleaned

    def wanted(self) -> dict[str, Any] | None:
        """The group as it is stored; None without terms."""
        cleaned = self.cleaned_data
        if not cleaned.get("terms"):
            return None
        return {name: cleaned[name] for name in ("terms", "weight", "kind", "aspect", "context", "scope")}


GroupFormSet = forms.formset_factory(
    GroupForm, extra=1, max_num=MAX_GROUPS, absolute_max=MAX_GROUPS, validate_max=True
)


@dataclass(frozen=True, slots=True)
class Column:
    """One language of an item: its groups, each with what is found about it, and what is about no group."""

    language: str
    formset: Any
    groups: tuple[tuple[GroupForm, tuple[Placed, ...]], ...]
    findings: tuple[Placed, ...]


class TermsForm:
    """The groups of one item in all languages; `seen` tells whether somebody saved in the meantime."""

    error_title = _("The terms were not saved")

    def __init__(
        self, data, *, content: Mapping[str, Any], name: PartName, aspects: Sequence[Aspect]
    ) -> None:
        self.name = name
        self.seen = data.get("seen", "") if data is not None else part_digest(content, name)
        part = part_of(content, name)
        self.formsets = {
            language: GroupFormSet(
                data,
                prefix=language,
                initial=part[language],
                form_kwargs={"language": language, "aspects": aspects},
            )
            for language in LANGUAGES
        }

    def is_valid(self) -> bool:
        """Every language is looked at, so that every error is told at once."""
        valid = {language: formset.is_valid() for language, formset in self.formsets.items()}
        return all(valid.values())

    def wanted(self) -> Part:
        return {
            language: [group for form in formset if (group := form.wanted())]
            for language, formset in self.formsets.items()
        }

    def columns(self, findings: Iterable[Placed]) -> list[Column]:
        """What was typed is shown without findings: they are about what is stored."""
        findings = list(findings)
        return [
            Column(
                language,
                formset,
                tuple(
                    (form, tuple(one for one in findings if one.language == language and one.group == place))
                    for place, form in enumerate(formset)
                ),
                tuple(one for one in findings if one.language == language and one.group is None),
            )
            for language, formset in self.formsets.items()
        ]

    def differences(self, stored: Part) -> list[Difference]:
        return [
            Difference(language, LANGUAGE_NAMES[language], _lines(stored[language]), _lines(typed))
            for language, typed in self.wanted().items()
            if typed != stored[language]
        ]


def _lines(groups: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(lexicon_sentences.group_words(group) for group in groups)
