"""What must be in order before an edition is published, and what had better be: a list of small functions.

A check takes a `Subject` and gives findings; `register` adds one. What other apps have to say of an edition,
of its lexicon for one, they register themselves, in the `ready` of their app. Never writes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from framework.correspondences import correspondences_between
from framework.enums import CriterionCode, TextStatus
from framework.export import edition_as_data
from framework.models import Edition
from framework.texts import Text, list_texts
from kiv.http import LANGUAGE_NAMES


class Weight(StrEnum):
    """A blocker keeps an edition from being published; a warning is for people to weigh."""

    BLOCKER = "blocker"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about what is not in order. `page`: the view of framework.urls where it is put right."""

    weight: Weight
    sentence: str
    page: str = "framework:edition_edit"


class Subject:
    """The edition that is looked at; what several checks need is read once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def data(self) -> dict[str, Any]:
        return edition_as_data(self.edition)

    @cached_property
    def texts(self) -> list[Text]:
        return list(list_texts(self.data))


Check = Callable[[Subject], Iterable[Finding]]
_checks: list[Check] = []


def register(check: Check) -> Check:
    """A decorator; the list shows its findings after those of the checks registered before."""
    _checks.append(check)
    return check


def find_all(edition: Edition) -> list[Finding]:
    """Every finding, blockers first."""
    subject = Subject(edition)
    found = [finding for check in _checks for finding in check(subject)]
    return sorted(found, key=lambda finding: finding.weight != Weight.BLOCKER)


def find_blockers(edition: Edition) -> list[Finding]:
    return [finding for finding in find_all(edition) if finding.weight == Weight.BLOCKER]


def _blocker(sentence: str, page: str = "framework:edition_edit") -> Finding:
    return Finding(Weight.BLOCKER, sentence, page)


def _warning(sentence: str, page: str = "framework:edition_edit") -> Finding:
    return Finding(Weight.WARNING, sentence, page)


@register
def check_items(subject: Subject) -> Iterator[Finding]:
    if not subject.data["items"]:
        yield _blocker(_("This edition has no items yet."))


@register
def check_criteria(subject: Subject) -> Iterator[Finding]:
    if len(subject.data["criteria"]) != len(CriterionCode.values):
        yield _blocker(_("This edition does not explain all criteria yet."))


@register
def check_titles(subject: Subject) -> Iterator[Finding]:
    """A title is what people choose by: every reader gets it in a language of their own."""
    for text in subject.texts:
        if text.field == "title" and text.missing:
            names = {"title": _name_of(text), "languages": _languages(text.missing)}
            yield _blocker(_("A title is missing: %(title)s, %(languages)s.") % names, "framework:missing")


@register
def check_translations(subject: Subject) -> Iterator[Finding]:
    count = sum(len(text.missing) for text in subject.texts if text.field != "title")
    if count:
        sentence = ngettext(
            "%(n)d text is missing in one of the languages; readers see it in another.",
            "%(n)d texts are missing in one of the languages; readers see them in another.",
            count,
        )
        yield _warning(sentence % {"n": count}, "framework:missing")
    examples = [item["code"] for item in subject.data["items"] if not item["example"]]
    if examples:
        yield _warning(_("Without a worked example: %(items)s.") % {"items": ", ".join(examples)})


@register
def check_sources(subject: Subject) -> Iterator[Finding]:
    """Only official titles are fixed on publication."""
    unofficial = [
        _name_of(text)
        for text in subject.texts
        if text.statuses is not None and text.part != "aspect"
        if TextStatus.OFFICIAL not in text.statuses.values()
    ]
    if unofficial:
        yield _warning(
            _("No language has an official title: %(titles)s.") % {"titles": ", ".join(unofficial)},
            "framework:missing",
        )


@register
def check_same_titles(subject: Subject) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for item in subject.data["items"]:
        for language, title in item["title"].items():
            first = seen.setdefault((language, title.casefold()), item["code"])
            if first != item["code"]:
                names = {"first": first, "second": item["code"], "language": _languages([language])}
                yield _warning(_("%(first)s and %(second)s have the same title (%(language)s).") % names)


@register
def check_order(subject: Subject) -> Iterator[Finding]:
    """Codes mean nothing to the program; people expect 2 before 10, and one kind after the other."""
    items = subject.data["items"]
    for kind in dict.fromkeys(item["kind"] for item in items):
        codes = [item["code"] for item in items if item["kind"] == kind]
        if codes != sorted(codes, key=_natural):
            yield _warning(
                _("These codes do not stand in their order: %(codes)s.") % {"codes": ", ".join(codes)}
            )


@register
def check_predecessor(subject: Subject) -> Iterator[Finding]:
    edition = subject.edition
    others = edition.framework.editions.published().exclude(pk=edition.pk)
    if edition.predecessor_id is None and others.exists():
        yield _warning(
            _("No predecessor is named, though the series has published editions."), "framework:edition_facts"
        )
    if edition.predecessor is not None and edition.predecessor.is_draft:
        yield _blocker(_("The predecessor is still a draft. Publish that first."), "framework:edition_facts")
    if edition.approved is None:
        yield _warning(_("The date of approval is not known."), "framework:edition_facts")


@register
def check_correspondences(subject: Subject) -> Iterator[Finding]:
    """A warning: what was never decided can still be decided after publication, once."""
    edition = subject.edition
    if edition.predecessor is None:
        return
    undecided = correspondences_between(edition.predecessor, edition).undecided
    if undecided:
        sentence = _(
            "Not decided yet what became of: %(items)s. Until then nothing is carried over from them."
        )
        codes = ", ".join(item.code for item in undecided)
        yield _warning(sentence % {"items": codes}, "framework:correspondences")


@register
def check_attachments(subject: Subject) -> Iterator[Finding]:
    attachments = list(subject.edition.attachments.all())
    if not attachments:
        yield _warning(_("There is no attachment: readers cannot find the official document here."))
    missing = [attachment.name for attachment in attachments if not attachment.file]
    if missing:
        sentence = _("The file is still to be uploaded: %(names)s. It can be given after publication, once.")
        yield _warning(sentence % {"names": ", ".join(missing)})


@register
def check_lexicon(subject: Subject) -> Iterator[Finding]:
    if not subject.edition.lexicons.filter(in_force_since__isnull=False).exists():
        yield _warning(
            _("No word list of this edition is in force: nothing will be suggested in uploaded documents.")
        )


def _name_of(text: Text) -> str:
    return " ".join(filter(None, (text.code, text.aspect))) or _("the edition")


def _languages(codes: Iterable[str]) -> str:
    return ", ".join(LANGUAGE_NAMES[code] for code in codes)


def _natural(code: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"\d+|\D+", code)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
