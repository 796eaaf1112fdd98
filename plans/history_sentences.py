"""The events of the trail as one readable line each, in the reader's language.

Each event has forms from full to bare; the first of which every detail is known is said. Details are missing
where the reader may not know them, or where an old event did not hold them. What a reader may know is decided
in plans.selectors.history.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kiv.accounts.enums import Role
from plans.enums import Element, StepKind, VersionKind, choice_label
from plans.history_lines import SENTENCES
from plans.scoring import ItemKind
from plans.selectors.history import FORMER, OPERATOR, Entry
from plans.sentences import join_words

GROUP_LABELS = {
    "plan": _("plan and versions"),
    "steps": _("formal steps"),
    "review": _("review and remarks"),
    "entries": _("objectives and diagnosis"),
    "choices": _("choices"),
    "work": _("who does what"),
    "comments": _("comments"),
    "documents": _("documents"),
    "passages": _("passages"),
    "people": _("people and roles"),
    "zones": _("police zones"),
    "framework": _("framework notes and cycles"),
    "site": _("the site itself"),
}
FIELD_WORDS = {
    "number": _("number"),
    "title": _("title"),
    "text": _("text"),
    "kind": _("kind"),
    "links": _("links of the safety chain"),
    "partners": _("partners"),
    "is_confidential": _("confidentiality"),
    "code": _("code"),
    "name": _("name"),
    "names": _("name per language"),
    "province": _("province"),
    "district": _("judicial district"),
} | {
    element.value: element.label
    for element in (
        Element.RESULT,
        Element.TARGET_GROUP,
        Element.DUE,
        Element.RESPONSIBLE,
        Element.CAPACITY,
        Element.TARGET_VALUE,
        Element.BASELINE,
        Element.SOURCE,
        Element.FREQUENCY,
        Element.FIGURE,
    )
}
#: More choices than this at once are named by their items alone.
MAX_CHOICES = 8

UNKNOWN = _("Something else was recorded (%(event)s).")
_DETAIL = re.compile(r"%\((\w+)\)s")


def event_sentence(entry: Entry) -> str:
    """What happened, in one line."""
    words = _words(entry)
    for form in SENTENCES.get(entry.event, ()):
        text = str(form)
        if all(name in words for name in _DETAIL.findall(text)):
            return text % words
    return str(UNKNOWN) % {"event": entry.event}


def folded_sentence(entries: Sequence[Entry]) -> str:
    """What was read on one day of one review, in one line: how many different items."""
    items = {code for entry in entries for code in entry.data.get("items", ())}
    words = {"n": len(items), "number": entries[0].data.get("number", "")}
    return (
        ngettext(
            "In the review of version %(number)s, %(n)s item was read.",
            "In the review of version %(number)s, %(n)s items were read.",
            len(items),
        )
        % words
    )


def person_words(person: str, *, is_named: bool) -> str:
    """Who did it: a name, or what stands for those without one."""
    if is_named:
        return person
    return gettext("an operator") if person == OPERATOR else gettext("a former user")


def _words(entry: Entry) -> dict[str, str]:
    """The details that can be said, as text. What is not there, empty or not understood is left out."""
    words = {
        name: str(value)
        for name, value in entry.data.items()
        if isinstance(value, str | int) and value != "" and name not in READERS
    }
    if entry.number:
        words["number"] = entry.number
    if entry.concerns:
        words["somebody"] = person_words(entry.concerns, is_named=entry.concerns != FORMER)
    for name, read in READERS.items():
        if name in entry.data:
            words |= read(entry.data[name], entry)
    return words


def _items(codes: Any, entry: Entry) -> dict[str, str]:
    return {"items": join_words(codes)} if codes and isinstance(codes, list) else {}


def _fields(names: Any, entry: Entry) -> dict[str, str]:
    return {"fields": join_words([str(FIELD_WORDS.get(name, name)) for name in names])} if names else {}


def _choices(choices: Any, entry: Entry) -> dict[str, str]:
    if not choices:
        return {}
    decided = {"decided": join_words(list(choices))}
    if len(choices) > MAX_CHOICES:
        return decided
    named = [
        gettext("%(item)s %(choice)s")
        % {"item": code, "choice": choice_label(choice, entry.kinds.get(code, ItemKind.PRIORITY))}
        for code, choice in choices.items()
    ]
    return decided | {"choices": join_words(named)}


def _kind(kind: Any, entry: Entry) -> dict[str, str]:
    """A version's kind or a step's; a document's kind is not said."""
    for name, kinds in (("version_kind", VersionKind), ("step", StepKind)):
        if kind in kinds.values:
            return {name: str(kinds(kind).label)}
    return {}


def _dated(text: Any, entry: Entry) -> dict[str, str]:
    day = parse_date(text)
    return {"dated": date_format(day, "SHORT_DATE_FORMAT")} if isinstance(day, datetime.date) else {}


def _role(role: Any, entry: Entry) -> dict[str, str]:
    return {"role": str(Role(role).label)} if role in Role.values else {}


#: Details that are more than a word or a number.
READERS: Mapping[str, Callable[[Any, Entry], dict[str, str]]] = {
    "items": _items,
    "fields": _fields,
    "choices": _choices,
    "kind": _kind,
    "dated": _dated,
    "role": _role,
}
