"""A plan's check to take along: what the check page says to this reader, as words and numbers in rows.

Behind its PDF and its spreadsheet. In the reader's language, as the page is; what the zone wrote itself is in
the plan's. What the reader may know is decided in plans.selectors.disclosure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from framework.models import Item
from kiv.localized import localize, shown_language
from kiv.templatetags.kiv_ui import CRITERIA, LEVELS, STATES, colon, current_language
from plans.enums import Choice, choice_label
from plans.models import Assessment
from plans.reports.chapter_sentences import disclosure_sentences, version_sentence
from plans.reports.chapter_types import clean
from plans.scoring import State
from plans.selectors.check import check_of
from plans.selectors.disclosure import Reader
from plans.selectors.shown import Check, Group, ItemRow, Motivation
from plans.sentences import (
    advice_sentence,
    group_heading,
    level_sentence,
    look_sentence,
    state_count,
)


@dataclass(frozen=True, slots=True)
class Line:
    """An item. When `is_hidden` only code and title are filled. `motivation` is in the plan's language."""

    code: str
    title: str
    title_language: str
    kind: str
    is_hidden: bool
    is_confidential: bool
    choice: str = ""
    reach: str = ""
    state: str = ""
    state_words: str = ""
    level: int | None = None
    level_words: str = ""
    digits: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    motivation: str = ""
    why: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The items of one kind: "10 priorities", what they come to, and each of them."""

    title: str
    tallies: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """An objective that is not compared; hidden ones have no title."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class CheckPaper:
    """`facts`: which plan, edition and version, and for whom; `looks`: what is worth a look."""

    language: str
    plan_language: str
    title: str
    place: str
    saved_at: datetime
    facts: tuple[str, ...]
    parts: tuple[Part, ...]
    looks: tuple[str, ...]
    own: tuple[Own, ...]

    @property
    def lines(self) -> Iterator[Line]:
        return (line for part in self.parts for line in part.lines)


def check_paper_of(assessment: Assessment, reader: Reader) -> CheckPaper:
    """In the language that is active. At most seven queries, those of `check_of`."""
    check = check_of(assessment, reader)
    version, language = assessment.version, current_language()
    plan = version.plan
    saved = localtime(version.shared_at or version.changed_at)
    parts = tuple(_part(group, check) for group in check.groups)
    lines = [line for part in parts for line in part.lines]
    return CheckPaper(
        language=language,
        plan_language=plan.language,
        title=clean(
            _("Check: %(kind)s %(cycle)s · %(place)s")
            % {"kind": plan.get_kind_display(), "cycle": plan.cycle, "place": plan.place_name}
        ),
        place=clean(plan.place_name),
        saved_at=saved,
        facts=(
            clean(localize(assessment.edition.title, language) or assessment.edition.code),
            version_sentence(version, date_format(saved, "SHORT_DATETIME_FORMAT")),
            *disclosure_sentences(
                has_confidential=any(line.is_confidential for line in lines),
                is_withheld=_is_withheld(check),
            ),
        ),
        parts=parts,
        looks=tuple(_look(item, reason) for item, reason in check.worth_a_look),
        own=tuple(
            Own(own.number, clean(hidden_words() if own.is_hidden else own.title))
            for own in check.own_priorities
        ),
    )


def hidden_words() -> str:
    return _("confidential element")


def _is_withheld(check: Check) -> bool:
    return any(row.is_hidden or row.motivation.is_hidden for row in check.rows) or any(
        own.is_hidden for own in check.own_priorities
    )


def _part(group: Group, check: Check) -> Part:
    return Part(
        title=group_heading(group.kind, group.total),
        tallies=tuple(state_count(state, n, group.kind) for state, n in group.states.items() if n),
        lines=tuple(_line(row, check) for row in group.rows),
    )


def _line(row: ItemRow, check: Check) -> Line:
    item = row.item
    named = {
        "code": item.code,
        "title": clean(localize(item.title, current_language())),
        "title_language": shown_language(item.title, current_language()),
        "kind": item.kind,
    }
    if row.is_hidden:
        return Line(**named, is_hidden=True, is_confidential=False)
    reason, motivation = _motivation(row.motivation)
    return Line(
        **named,
        is_hidden=False,
        is_confidential=row.is_item_confidential
        or (row.motivation.is_confidential and not row.motivation.is_hidden),
        choice=str(choice_label(row.choice, item.kind)),
        reach=_reach(row, check),
        state=str(row.state),
        state_words=str(STATES[State(row.state).value]),
        level=row.level,
        level_words=str(LEVELS[row.level]),
        # In the order of the criteria: PostgreSQL keeps another.
        digits=tuple((letter, row.digits[letter]) for letter in CRITERIA),
        reason=reason,
        motivation=motivation,
        why=level_sentence(row),
        next_step=advice_sentence(row.next_step) if row.next_step else "",
    )


def _reach(row: ItemRow, check: Check) -> str:
    if row.reach is None or row.choice != Choice.RETAINED:
        return ""
    return _("on %(reach)s of %(total)s retained priorities") % {
        "reach": row.reach,
        "total": check.retained_priorities,
    }


def _motivation(motivation: Motivation) -> tuple[str, str]:
    """The reason in the reader's language, and the zone's own words."""
    if motivation.is_hidden:
        return hidden_words(), ""
    words = [motivation.pointer.strip(), motivation.line.strip()]
    return motivation.reason, clean(" · ".join(word for word in words if word))


def _look(item: Item | None, reason: str) -> str:
    if item is None:
        return f"{_('The whole plan:')} {look_sentence(reason)}"
    name = clean(localize(item.short or item.title, current_language()))
    return f"{item.code} {name}{colon()} {look_sentence(reason, item.kind)}"
