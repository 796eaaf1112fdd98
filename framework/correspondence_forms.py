"""What is said about one old item, as a form: its lines of relation, new item, rationale and confidence.

Not here: all items together, and what contradicts what (correspondence_table).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from framework.correspondences import digest_of
from framework.enums import CorrespondenceConfidence, CorrespondenceRelation
from framework.models import Item
from framework.parsing import clean
from framework.succession import Confidence, Link, Relation, is_all_decided
from kiv.localized import LANGUAGES
from kiv.typed_text import TypedTextField

MOST_LINES = 20
RATIONALE_LENGTH = 2_000


def validate_signs(text: str) -> None:
    """Refuse what edition files refuse."""
    try:
        clean(text)
    except ValueError:
        raise ValidationError(
            _("This text holds invisible control characters. Type it again, or paste it as plain text.")
        ) from None


class LineForm(forms.Form):
    """One link of an old item; without a relation and a new item it is no link."""

    use_required_attribute = False

    relation = forms.ChoiceField(required=False)
    new = forms.ChoiceField(required=False)
    confidence = forms.ChoiceField(choices=CorrespondenceConfidence.choices)
    rationale = TypedTextField(
        required=False,
        max_length=RATIONALE_LENGTH,
        validators=[validate_signs],
        widget=forms.Textarea(attrs={"rows": 1, "cols": 30}),
    )

    def __init__(
        self,
        item: Item,
        number: int,
        news: Sequence[tuple[str, str]],
        language: str,
        link: Link | None,
        data=None,
    ) -> None:
        self.item, self.language, self.link = item, language, link
        initial = {"confidence": Confidence.MEDIUM}
        if link is not None:
            initial = {
                "relation": link.relation,
                "new": link.new or "",
                "confidence": link.confidence,
                "rationale": link.rationale.get(language, ""),
            }
        super().__init__(data, prefix=f"{item.code}_{number}", initial=initial)
        self.fields["relation"].choices = [
            ("", pgettext_lazy("correspondence", "choose")),
            *CorrespondenceRelation.choices,
        ]
        self.fields["new"].choices = [("", pgettext_lazy("new item", "none")), *news]
        labels = {
            "relation": _("%(item)s, line %(line)s: relation"),
            "new": _("%(item)s, line %(line)s: new item"),
            "confidence": _("%(item)s, line %(line)s: confidence"),
            "rationale": _("%(item)s, line %(line)s: rationale"),
        }
        for name, label in labels.items():
            self.fields[name].label = label % {"item": item.code, "line": number}

    def clean(self):
        data = self.cleaned_data
        if data.get("new") and not data.get("relation") and "relation" not in self.errors:
            self.add_error("relation", _("Say how the old item stands to this new one."))
        if data.get("rationale") and not data.get("relation") and not data.get("new"):
            self.add_error("relation", _("Say what the reason is for, or clear the reason."))
        return data

    def as_link(self, known: Mapping[str | None, Link], *, is_decided: bool) -> Link | None:
        """The typed link of a valid line. Words in other languages stay with the new item, or the line."""
        data = self.cleaned_data
        if not data["relation"]:
            return None
        before = known.get(data["new"] or None, self.link)
        words = dict(before.rationale) if before else {}
        words[self.language] = data["rationale"].replace("\r\n", "\n")
        return Link(
            self.item.code,
            data["new"] or None,
            Relation(data["relation"]),
            Confidence(data["confidence"]),
            {language: text for language, text in words.items() if text},
            is_stored=True,
            is_decided=is_decided,
        )

    @property
    def elsewhere(self) -> tuple[str, str] | None:
        """(language, words) of the rationale in another language, when this one has none."""
        words = self.link.rationale if self.link else {}
        if words.get(self.language):
            return None
        return next(((each, words[each]) for each in LANGUAGES if words.get(each)), None)


class ItemForm(forms.Form):
    """All that is said about one old item: its lines, and whether it is decided."""

    decided = forms.BooleanField(required=False)
    shown = forms.CharField(max_length=32, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=32, widget=forms.HiddenInput)
    lines = forms.IntegerField(min_value=1, max_value=MOST_LINES, widget=forms.HiddenInput)

    def __init__(
        self, item: Item, links: Sequence[Link], news, language: str, data=None, more: str = ""
    ) -> None:
        self.item, self.links = item, links
        stored = [link for link in links if link.is_stored]
        is_decided = is_all_decided(stored)
        before = [replace(link, is_decided=is_decided) for link in links]
        count = max(len(links), 1)
        super().__init__(
            data,
            prefix=item.code,
            initial={
                "decided": is_decided,
                "shown": digest_of(before),
                "seen": digest_of(stored),
                "lines": count,
            },
        )
        self.fields["decided"].label = _("%(item)s: decided") % {"item": item.code}
        if data is not None:
            count = self._posted_lines(count)
            if more == item.code and count < MOST_LINES:
                count += 1
                self.data = data = data.copy()
                data[f"{item.code}-lines"] = str(count)
        is_longer = more == item.code
        filled = [*links, *[None] * (count - len(links))][:count]
        self.line_forms = []
        for number, link in enumerate(filled, start=1):
            is_fresh = data is None or (is_longer and number == count)
            self.line_forms.append(LineForm(item, number, news, language, link, None if is_fresh else data))

    def clean(self):
        """What the page filled in by itself is nothing that a person can correct field by field."""
        broken = [self.errors.pop(name, None) for name in ("shown", "seen", "lines")]
        if any(broken):
            raise forms.ValidationError(
                _("This page is out of date. Load it again; copy what you typed first."), code="out_of_date"
            )
        return self.cleaned_data

    def _posted_lines(self, otherwise: int) -> int:
        sent = self.data.get(f"{self.item.code}-lines", "")
        is_number = sent.isascii() and sent.isdigit() and len(sent) <= len(str(MOST_LINES)) and int(sent)
        return min(int(sent), MOST_LINES) if is_number else otherwise

    @property
    def is_proposal(self) -> bool:
        return not any(link.is_stored for link in self.links)

    def is_valid(self) -> bool:
        are_valid = [line.is_valid() for line in self.line_forms]
        return super().is_valid() and all(are_valid)

    @cached_property
    def typed(self) -> tuple[Link, ...]:
        """The links of a valid item."""
        known = {link.new: link for link in self.links}
        links = [line.as_link(known, is_decided=self.cleaned_data["decided"]) for line in self.line_forms]
        return tuple(link for link in links if link is not None)

    @property
    def is_touched(self) -> bool:
        return digest_of(self.typed) != self.cleaned_data["shown"]
