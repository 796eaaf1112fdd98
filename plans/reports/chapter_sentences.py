"""The sentences of the chapters, computed from counts. Spoken in the active language: that of the plan.

No number and no kind of item stands in them: an edition may have any.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiv.localized import localize
from kiv.templatetags.kiv_ui import colon, current_language
from plans.enums import Choice
from plans.models import PlanVersion
from plans.reports.chapter_types import clean
from plans.scoring import ItemKind
from plans.selectors.shown import Check, Group, ItemRow
from plans.sentences import group_heading, join_words, state_count


def item_words(rows: Iterable[ItemRow]) -> str:
    """ "Drugs (P3) and Road safety (P9)"."""
    names = [(row.item.code, localize(row.item.short or row.item.title, current_language())) for row in rows]
    return clean(join_words([f"{name} ({code})" for code, name in names]))


def chosen(rows: Iterable[ItemRow], choice: str) -> list[ItemRow]:
    """The rows with this choice that the reader may know of."""
    return [row for row in rows if row.choice == choice and not row.is_hidden]


def version_sentence(version: PlanVersion, when: str) -> str:
    """Which state of the plan this is."""
    words = {"number": version.number, "status": version.get_status_display(), "when": when}
    return _("Version %(number)s, %(status)s, as saved on %(when)s") % words


def disclosure_sentences(*, has_confidential: bool, is_withheld: bool) -> Iterable[str]:
    if has_confidential:
        yield _("Holds confidential parts: not for publication")
    if is_withheld and has_confidential:
        yield _("Wholly confidential items are not included")
    elif is_withheld:
        yield _("Confidential parts are not included")


def matrix_sentence(edition: str, *, has_diagnosis: bool) -> str:
    if has_diagnosis:
        text = _(
            "For every item of the %(edition)s this matrix sets what is known and what is expected "
            "beside the choice that was made."
        )
    else:
        text = _("For every item of the %(edition)s this matrix gives the choice that was made.")
    return text % {"edition": edition}


def choice_sentences(check: Check) -> Iterable[str]:
    """Per kind of item, what was retained and what was not."""
    for group in check.groups:
        if group.total:
            yield " ".join(_choices_of(group))


def _choices_of(group: Group) -> Iterable[str]:
    is_theme = group.kind == ItemKind.THEME
    words = {"total": group.total}
    if len(chosen(group.rows, Choice.UNDECIDED)) == group.total:
        if is_theme:
            yield _("No choice was made yet for the transversal themes.")
        else:
            yield _("No choice was made yet for the policy priorities.")
        return
    if rows := chosen(group.rows, Choice.RETAINED):
        words |= {"n": len(rows), "items": item_words(rows)}
        if is_theme:
            yield _("Of %(total)s transversal themes the plan applies %(n)s: %(items)s.") % words
        else:
            yield _("Of %(total)s policy priorities the plan retains %(n)s: %(items)s.") % words
    elif is_theme:
        yield _("Of %(total)s transversal themes the plan applies none.") % words
    else:
        yield _("Of %(total)s policy priorities the plan retains none.") % words
    for choice, say in FURTHER_CHOICES[is_theme].items():
        if rows := chosen(group.rows, choice):
            yield say(len(rows)) % {"n": len(rows), "items": item_words(rows)}


def _regular(n: int) -> str:
    return ngettext(
        "%(n)s is part of regular policing: %(items)s.", "%(n)s are part of regular policing: %(items)s.", n
    )


def _undecided(n: int) -> str:
    return ngettext(
        "%(n)s is still to be decided: %(items)s.", "%(n)s are still to be decided: %(items)s.", n
    )


#: Whether it is a theme → choice → the sentence, by number.
FURTHER_CHOICES = {
    False: {
        Choice.REGULAR: _regular,
        Choice.NOT_RETAINED: lambda n: ngettext(
            "%(n)s is not retained: %(items)s.", "%(n)s are not retained: %(items)s.", n
        ),
        Choice.UNDECIDED: _undecided,
    },
    True: {
        Choice.REGULAR: _regular,
        Choice.NOT_RETAINED: lambda n: ngettext(
            "%(n)s is not applied: %(items)s.", "%(n)s are not applied: %(items)s.", n
        ),
        Choice.UNDECIDED: _undecided,
    },
}


def left_out_sentences(labels: Sequence[str], *, has_diagnosis: bool) -> Iterable[str]:
    """Which columns are not there, because nobody filled them in."""
    if not has_diagnosis:
        yield _("The plan records no objective picture, perception or expectations for these items.")
    elif labels:
        yield _("These headings have nothing to show and are left out: %(headings)s.") % {
            "headings": join_words(labels)
        }


def alignment_sentences(check: Check, edition: str) -> Iterable[str]:
    yield _("This table shows where the plan deals with each item of the %(edition)s, and how far.") % {
        "edition": edition
    }
    for group in check.groups:
        states = [state_count(state, n, group.kind) for state, n in group.states.items() if n]
        if states:
            yield f"{group_heading(group.kind, group.total)}{colon()} {join_words(states)}."
    if any(row.level and not row.is_hidden for row in check.rows):
        yield _(
            "The level says how far the plan works an item out. It is no mark: what is not retained "
            "needs no level."
        )
    else:
        yield _("No objective, action or passage of the plan names an item yet.")


def own_sentence() -> str:
    return _("The plan holds these objectives besides. They belong to no item and are not compared.")


def motivation_sentences(check: Check) -> Iterable[str]:
    shown = [row for row in check.rows if not row.is_hidden]
    left, regular = chosen(shown, Choice.NOT_RETAINED), chosen(shown, Choice.REGULAR)
    if left:
        yield (
            ngettext(
                "Of %(total)s items, %(n)s is not retained or not applied. The reason stands below.",
                "Of %(total)s items, %(n)s are not retained or not applied. The reasons stand below.",
                len(left),
            )
            % {"total": len(shown), "n": len(left)}
        )
    else:
        yield _("No item was left unretained or unapplied.")
    if regular:
        yield (
            ngettext(
                "%(n)s item is part of regular policing, without an action plan of its own.",
                "%(n)s items are part of regular policing, without action plans of their own.",
                len(regular),
            )
            % {"n": len(regular)}
        )
    if undecided := chosen(shown, Choice.UNDECIDED):
        yield _("Still to be decided: %(items)s.") % {"items": item_words(undecided)}
