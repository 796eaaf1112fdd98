"""A plan's check as a spreadsheet: a cover, a row for each item, and what is worth a look."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kiv.templatetags.kiv_ui import CRITERIA
from plans.reports.as_xlsx import CONTENT_TYPE, Cover, Sheet, Value, write_xlsx
from plans.reports.check_paper import CheckPaper, Line
from plans.reports.coverage import LEVELS
from plans.reports.coverage_paper import level_words

__all__ = ["CONTENT_TYPE", "write_check_xlsx"]


def write_check_xlsx(paper: CheckPaper) -> bytes:
    """The file, in the language of the paper, which is the active one."""
    cover = Cover(
        pgettext("sheet", "About"),
        paper.title,
        (
            (_("What is shown"), [(fact,) for fact in paper.facts]),
            *((part.title, [(tally,) for tally in part.tallies]) for part in paper.parts),
            (_("Worth a look"), [(look,) for look in paper.looks or (_("Nothing stands out."),)]),
            (_("Own priorities, not compared"), [(f"{own.number}. {own.title}",) for own in paper.own]),
            (_("Levels"), [(level_words(level),) for level in LEVELS]),
            (_("Criteria, each 0, 1 or 2"), [(f"{letter} {name}",) for letter, name in CRITERIA.items()]),
        ),
    )
    heads = (
        _("Item"),
        _("Title"),
        _("Choice"),
        _("State"),
        _("Level"),
        *(f"{letter} {name}" for letter, name in CRITERIA.items()),
        _("Reach"),
        _("Reason"),
        _("Motivation"),
        _("Why this level"),
        _("Next step"),
    )
    rows = [_row(line) for line in paper.lines]
    sheet = Sheet(pgettext("sheet", "Items"), heads, rows, fixed=2)
    return write_xlsx(cover, [sheet], made_at=paper.saved_at)


def _row(line: Line) -> tuple[Value, ...]:
    if line.is_hidden:
        return (line.code, line.title, pgettext("cell", "confidential"), *(None,) * (len(CRITERIA) + 7))
    digits = dict(line.digits)
    texts = (line.reach, line.reason, line.motivation, line.why, line.next_step)
    return (
        line.code,
        line.title,
        line.choice,
        line.state_words,
        line.level,
        *(digits.get(letter) for letter in CRITERIA),
        *(text or None for text in texts),
    )
