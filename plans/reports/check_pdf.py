"""A plan's check as a tagged PDF: what typst/check.typ is given. The words: check_paper."""

from dataclasses import asdict

from django.utils.translation import gettext as _

from kiv.templatetags.kiv_ui import CRITERIA, LEVELS, colon
from plans.reports.check_paper import CheckPaper
from plans.reports.showable import replaced_sentence, showable
from plans.reports.typesetting import typeset

CONTENT_TYPE = "application/pdf"
#: The symbols of the levels and states: what a page draws, a PDF writes.
LEVEL_SIGNS = ("–", "◔", "◑", "◕", "●")
STATE_SIGNS = {
    "elaborated": "■",
    "to_elaborate": "◪",
    "regular": "=",
    "motivated": "¶",
    "open": "○",
}


def write_check_pdf(paper: CheckPaper) -> bytes:
    """The file's bytes; the same paper gives the same bytes. Raises NotTypeset."""
    data = showable(asdict(paper) | {"saved_at": "", "labels": _labels()})
    for part in data["parts"]:
        for line in part["lines"]:
            line["state_sign"] = STATE_SIGNS.get(line["state"], "")
            line["level_sign"] = "" if line["level"] is None else LEVEL_SIGNS[line["level"]]
    data["replaced"] = replaced_sentence(data)
    return typeset("check.typ", data, paper.saved_at)


def _labels() -> dict[str, object]:
    return {
        "colon": colon(),
        "item": _("Item"),
        "choice": _("Choice and state"),
        "level": _("Level"),
        "why": _("Why, and next step"),
        "hidden": _("confidential: not shown and not counted"),
        "mark": _("confidential"),
        "motivation": _("The zone writes"),
        "next": _("Next step"),
        "looks": _("Worth a look"),
        "no_looks": _("Nothing stands out."),
        "own": _("Own priorities, not compared"),
        "own_said": _(
            "Objectives that belong to no item of the framework note are legitimate content of the plan. "
            "They are kept and not compared."
        ),
        "legend": _("What the marks mean"),
        "levels": [f"{sign} {level} {LEVELS[level]}" for level, sign in enumerate(LEVEL_SIGNS)],
        "criteria_title": _("Criteria, each 0, 1 or 2"),
        "criteria": [f"{letter} {name}" for letter, name in CRITERIA.items()],
    }
