"""The page of correspondences as one form: an item of the predecessor after the other, one Save.

An item carries marks of what it was shown with and of what was stored then: one that nobody touched is not
saved, so that it can neither overwrite nor be in conflict. Not here: one item (correspondence_forms), saving.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from framework.correspondence_forms import ItemForm
from framework.correspondences import Succession, digest_of
from framework.enums import CorrespondenceRelation
from framework.models import Item
from framework.services import Saying
from framework.succession import Contradiction, Link, contradictions
from kiv.localized import LANGUAGES, localize

#: The field that says in which language rationales were typed: the page's may be another one meanwhile.
LANGUAGE = "language"
EXPLAINED = {
    Contradiction.DOUBLE: gettext_lazy("This new item stands here twice."),
    Contradiction.NO_TARGET: gettext_lazy("Choose a new item, or “has no successor”."),
    Contradiction.TARGET_OF_NONE: gettext_lazy("An item without a successor has no new item: clear it."),
    Contradiction.ENDED: gettext_lazy("An item without a successor can have no other line."),
    Contradiction.SECOND_NEW: gettext_lazy("An item can be equal or equivalent to one new item only."),
    Contradiction.SECOND_OLD: gettext_lazy("Another old item is equal or equivalent to this new one."),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What was typed about an old item beside what somebody else stored meanwhile, in words."""

    label: str
    typed: str
    stored: str


class CorrespondenceTable:
    """The items of `olds` as forms. `data`: what was posted; `more`: the code of an item that gets a line."""

    def __init__(
        self, succession: Succession, olds: Iterable[Item], language: str, data=None, more=""
    ) -> None:
        self.succession = succession
        if data is not None and data.get(LANGUAGE) in LANGUAGES:
            language = data[LANGUAGE]
        self.language = language
        news = [
            (item.code, f"{item.code} {localize(item.short or item.title, language)}")
            for item in succession.news
        ]
        self.forms = [
            ItemForm(item, succession.links_of(item), news, language, data, more)
            for item in olds
            if data is None or f"{item.code}-seen" in data
        ]

    def is_valid(self) -> bool:
        """Also looks for links that contradict each other, or what is stored of items that are not here."""
        are_valid = [form.is_valid() for form in self.forms]
        if not all(are_valid):
            return False
        here = {form.item.code for form in self.forms}
        said: list[tuple[Any, Link]] = [
            (None, link) for link in self.succession.links if link.is_stored and link.old not in here
        ]
        for form in self.forms:
            if form.is_touched or not form.is_proposal:
                lines = [line for line in form.line_forms if line.cleaned_data["relation"]]
                said += zip(lines, form.typed, strict=True)
        found = list(contradictions([(link.old, link.new, link.relation) for _line, link in said]))
        for at, contradiction in found:
            line = said[at][0]
            if line is not None:
                line.add_error("new", EXPLAINED[contradiction])
        return not found

    @property
    def sayings(self) -> list[Saying]:
        """What a valid table asks to save: the items that were touched."""
        return [
            Saying(form.item.code, form.typed, form.cleaned_data["seen"])
            for form in self.forms
            if form.is_touched
        ]

    @property
    def errors(self) -> list[tuple[Any, str]]:
        """(field, message) for a summary."""
        fields = [field for form in self.forms for each in (form, *form.line_forms) for field in each]
        return [
            *((form["decided"], message) for form in self.forms for message in form.non_field_errors()),
            *((field, message) for field in fields for message in field.errors),
        ]

    def differences(self, stored: Mapping[str, Sequence[Link]]) -> list[Difference]:
        """For a stale save: typed beside stored, of the items that others saved."""
        return [
            Difference(form.item.code, words_of(form.typed), words_of(stored[form.item.code]))
            for form in self.forms
            if form.item.code in stored
        ]


def overwriting(data, stored: Mapping[str, Sequence[Link]]):
    """The posted data as read after what others stored, so that saving again is a deliberate overwrite."""
    data = data.copy()
    for code, links in stored.items():
        data[f"{code}-seen"] = digest_of(links)
    return data


def words_of(links: Sequence[Link]) -> str:
    """One line per link: relation, new item, whether decided."""
    lines = [
        " ".join(
            (
                str(CorrespondenceRelation(link.relation).label),
                link.new or "",
                f"({_('decided') if link.is_decided else _('not decided')})",
            )
        )
        for link in links
    ]
    return "\n".join(lines) or "–"
