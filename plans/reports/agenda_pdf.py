"""The agenda of one zone as a tagged PDF, to take to the meeting: what typst/agenda.typ is given.

What stands on it: plans.reports.agenda. As long as it has to be; mostly one page.
"""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from framework.models import Item
from kiv.localized import localize
from kiv.templatetags.kiv_ui import colon, current_language
from plans.coverage_list_sentences import agenda_sentence, waiting_words, why_open
from plans.enums import RemarkKind, choice_label
from plans.reports.agenda import Agenda
from plans.reports.check_pdf import STATE_SIGNS
from plans.reports.coverage_paper import STANDINGS, shared_on, state_words
from plans.reports.showable import replaced_sentence, showable
from plans.reports.typesetting import typeset
from plans.selectors.coverage_lists import OpenPoint
from plans.selectors.coverage_remarks import RemarkLine
from plans.sentences import look_sentence

CONTENT_TYPE = "application/pdf"


def write_agenda_pdf(agenda: Agenda, *, made_at: datetime) -> bytes:
    """The file's bytes, in the language that is active. Raises NotTypeset."""
    data = showable(
        {
            "title": _("Agenda for %(zone)s") % {"zone": agenda.zone.label},
            "place": agenda.zone.label,
            "language": current_language(),
            "facts": _facts(agenda, localtime(made_at)),
            "said": _said(agenda),
            "states": [
                f"{STATE_SIGNS[state]} {n} {state_words(state)}" for state, n in agenda.states.items()
            ],
            "sections": [section for section in _sections(agenda) if section["lines"]],
        }
    )
    data["replaced"] = replaced_sentence(data)
    return typeset("agenda.typ", data, made_at)


def _facts(agenda: Agenda, made_at: datetime) -> list[str]:
    scope, row = agenda.scope, agenda.row
    facts = [
        f"{_('Cycle')}{colon()} {scope.cycle}",
        f"{_('Checked against')}{colon()} {_edition(scope.edition)}",
    ]
    if row is None:
        facts.append(_("no plan of its own in this cycle"))
    elif row.shared_at:
        words = {
            "number": row.version or "–",
            "day": date_format(shared_on(row), "SHORT_DATE_FORMAT"),
            "status": STANDINGS[row.standing],
        }
        facts.append(_("Version %(number)s, shared on %(day)s (%(status)s)") % words)
    else:
        facts.append(str(STANDINGS[row.standing]))
    if agenda.stale:
        facts.append(
            _("The plan was checked under an earlier edition: %(edition)s.")
            % {"edition": _edition(agenda.stale.edition)}
        )
    return [*facts, f"{_('Made on')}{colon()} {date_format(made_at, 'SHORT_DATETIME_FORMAT')}"]


def _edition(edition) -> str:
    return localize(edition.title, current_language()) or edition.code


def _said(agenda: Agenda) -> str:
    if agenda.states and agenda.is_empty:
        return _("Nothing asks for talk: every item has its choice, and no remark waits.")
    if agenda.states or not agenda.is_empty:
        return agenda_sentence(len(agenda.open), len(agenda.looks), len(agenda.remarks))
    if agenda.row and agenda.row.other_edition:
        return _("The plan was not checked under this edition: there are no items to talk about here.")
    return _("Nothing was shared in this cycle: ask the zone when it will be.")


def _sections(agenda: Agenda) -> list[dict[str, Any]]:
    return [
        {
            "title": _("Open items"),
            "lines": [
                {
                    "head": _name(point.entry.item),
                    "words": [" · ".join([_choice(point), *why_open(point)])],
                }
                for point in agenda.open
            ],
        },
        {
            "title": _("Worth a look"),
            "lines": [
                {"head": _name(look.item), "words": [look_sentence(look.reason, look.item.kind)]}
                for look in agenda.looks
            ],
        },
        {"title": _("Remarks without an answer"), "lines": [_remark(line) for line in agenda.remarks]},
    ]


def _choice(point: OpenPoint) -> str:
    return str(choice_label(point.entry.cell.choice, point.entry.item.kind))


def _remark(line: RemarkLine) -> dict[str, Any]:
    about = _name(line.item) if line.item else _("The whole plan")
    words = {"kind": RemarkKind(line.kind).label, "number": line.number, "version": line.version}
    return {
        "head": about,
        "words": [
            _("%(kind)s %(number)s on version %(version)s") % words,
            waiting_words(line.days),
            _("confidential element") if line.is_hidden else line.text,
        ],
    }


def _name(item: Item) -> str:
    return f"{item.code} {localize(item.short or item.title, current_language())}"
