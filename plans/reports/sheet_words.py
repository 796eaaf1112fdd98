"""The words of a workbook: titles of sheets, headings, what to know of a column, closed lists.

Written in the reader's language; read back in any of the four. What a column holds stands in
plans.planformat.sheet_layout.
"""

from collections.abc import Mapping
from functools import cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from kiv.localized import LANGUAGES
from plans import enums
from plans.planformat.sheet_cells import Vocabulary, fold
from plans.planformat.sheet_layout import ABOUT_FIELDS, LISTS, NO, YES, Words

#: At most 31 signs, none of [ ] : * ? / \ and no two alike: a spreadsheet takes no others.
TITLES = {
    "about": pgettext_lazy("sheet", "Read me"),
    "objectives": pgettext_lazy("sheet", "Objectives"),
    "actions": pgettext_lazy("sheet", "Actions"),
    "indicators": pgettext_lazy("sheet", "Indicators"),
    "diagnosis": pgettext_lazy("sheet", "Diagnosis"),
    "choices": pgettext_lazy("sheet", "Choices"),
    LISTS: pgettext_lazy("sheet", "Lists"),
}
HEADINGS = {
    "about.field": pgettext_lazy("column", "Field"),
    "about.label": pgettext_lazy("column", "This workbook"),
    "about.value": pgettext_lazy("column", "Holds"),
    "objectives.number": pgettext_lazy("column", "Number"),
    "objectives.title": pgettext_lazy("column", "Objective"),
    "objectives.items": pgettext_lazy("column", "Priorities and themes"),
    "objectives.result": pgettext_lazy("column", "Intended result"),
    "objectives.target_group": pgettext_lazy("column", "Target group or area"),
    "objectives.due": pgettext_lazy("column", "Due date"),
    "objectives.confidential": pgettext_lazy("column", "Confidential"),
    "actions.objective": pgettext_lazy("column", "Number of the objective"),
    "actions.title": pgettext_lazy("column", "Action"),
    "actions.items": pgettext_lazy("column", "Priorities and themes"),
    "actions.target_group": pgettext_lazy("column", "Target group or area"),
    "actions.links": pgettext_lazy("column", "Links of the safety chain"),
    "actions.responsible": pgettext_lazy("column", "Responsible"),
    "actions.due": pgettext_lazy("column", "Due date"),
    "actions.capacity": pgettext_lazy("column", "Capacity"),
    "actions.partners": pgettext_lazy("column", "Partners outside the police"),
    "actions.confidential": pgettext_lazy("column", "Confidential"),
    "indicators.objective": pgettext_lazy("column", "Number of the objective"),
    "indicators.title": pgettext_lazy("column", "Indicator"),
    "indicators.items": pgettext_lazy("column", "Priorities and themes"),
    "indicators.target_value": pgettext_lazy("column", "Target value"),
    "indicators.baseline": pgettext_lazy("column", "Baseline"),
    "indicators.source": pgettext_lazy("column", "Source"),
    "indicators.frequency": pgettext_lazy("column", "Frequency"),
    "diagnosis.kind": pgettext_lazy("column", "Kind"),
    "diagnosis.text": pgettext_lazy("column", "Description"),
    "diagnosis.items": pgettext_lazy("column", "Priorities and themes"),
    "diagnosis.figure": pgettext_lazy("column", "Figure"),
    "diagnosis.source": pgettext_lazy("column", "Source"),
    "diagnosis.confidential": pgettext_lazy("column", "Confidential"),
    "choices.item": pgettext_lazy("column", "Code"),
    "choices.item_title": pgettext_lazy("column", "Priority or theme"),
    "choices.choice": pgettext_lazy("column", "Choice"),
    "choices.reason": pgettext_lazy("column", "Reason"),
    "choices.pointer": pgettext_lazy("column", "Which"),
    "choices.line": pgettext_lazy("column", "Motivation, or what regular policing does"),
    "choices.confidential": pgettext_lazy("column", "Motivation confidential"),
    "choices.item_confidential": pgettext_lazy("column", "Item wholly confidential"),
    "lists.item": pgettext_lazy("column", "Code"),
    "lists.item_title": pgettext_lazy("column", "Priority, theme or aspect"),
}
#: Shown beside a cell while it is filled in; at most 255 signs.
HINTS = {
    "objectives.number": _(
        "The plan's own number, such as 2 or 2.3. Left empty, it is the place in the list."
    ),
    "items": _(
        "Codes with commas between them; an aspect after its item and a colon. All stand on the last sheet."
    ),
    "objective": _("The number of an objective on the sheet of objectives."),
    "links": _(
        "One or more, with commas between them: prevention, aftercare. The words stand on the last sheet."
    ),
    "partners": _("One partner per line (Alt and Enter)."),
    "due": _("For example “end of 2027” or “31/12/2027”."),
}
ABOUT = {
    "format": _("Format"),
    "edition": _("Edition"),
    "plan.name": _("Plan"),
    "plan.zone": _("Zone"),
    "plan.municipality": _("Municipality"),
    "plan.cycle": _("Cycle"),
    "plan.kind": pgettext_lazy("plan", "Kind"),
    "plan.language": _("Language"),
}
EXPLANATION = (
    _(
        "Fill in the sheets, save the workbook and import it on the page of your plan. "
        "It goes into the plan from which you import it, whatever stands above."
    ),
    _(
        "One row per objective, action, indicator or piece of the diagnosis. "
        "A title is enough; other cells may stay empty."
    ),
    _(
        "Give every objective a number. "
        "Actions and indicators say in their first column to which objective they belong."
    ),
    _("An action or indicator counts only for the priorities and themes that it names itself."),
    _(
        "Name priorities and themes by their code, with commas between them, and an aspect after its item "
        "and a colon. All codes stand on the last sheet, as they are written."
    ),
    _("Write one partner per line in a cell (Alt and Enter)."),
    _(
        "Choices: one row per priority or theme. A row without a choice stays open. "
        "Give a reason and a motivation for what you do not retain."
    ),
    _("Write “yes” in a column of confidential things to hide the words from readers outside the zone."),
    _(
        "The import replaces objectives, actions, indicators, diagnosis and choices. Accepted passages of "
        "documents are not in the workbook: they stay, on the objective of the same number."
    ),
    _(
        "Do not remove sheets or columns, nor the hidden first row. "
        "Sheets and columns that you add with a heading of their own are not read."
    ),
)
#: Beside a cell that holds another word than those of its list.
NOT_IN_LIST = _("Choose one of the words of the list.")
NO_OBJECTIVE = _("No objective has this number yet. Keep it only when you add that objective later.")
TOO_LONG = _("At most %(number)s characters.")

YES_NO_LABELS = {YES: _("yes"), NO: _("no")}
LABELS = {
    Words.CHOICE: dict(enums.Choice.choices),
    Words.THEME_CHOICE: dict(enums.Choice.choices) | enums.THEME_CHOICE_LABELS,
    Words.REASON: dict(enums.Reason.choices),
    Words.DIAGNOSIS_KIND: dict(enums.DiagnosisKind.choices),
    Words.PLAN_KIND: dict(enums.PlanKind.choices),
    Words.CHAIN_LINK: dict(enums.ChainLink.choices),
    Words.YES_NO: YES_NO_LABELS,
}


def words_of_lists() -> dict[str, dict[str, str]]:
    """List → value → word, in the active language."""
    return {words: {str(value): str(label) for value, label in LABELS[words].items()} for words in Words}


def vocabulary() -> Vocabulary:
    """The words of all languages, and those of the active one for messages."""
    shown = {words: list(labels.values()) for words, labels in words_of_lists().items()}
    shown[Words.CHOICE] = list(dict.fromkeys([*shown[Words.CHOICE], *shown[Words.THEME_CHOICE]]))
    return Vocabulary(_meanings(), shown)


@cache
def _meanings() -> Mapping[str, Mapping[str, str]]:
    """List → word in small letters → value. A word for a theme is understood for a priority too."""
    meanings: dict[str, dict[str, str]] = {words: {} for words in Words}
    for language in LANGUAGES:
        with override(language):
            for words, labels in words_of_lists().items():
                meanings[words] |= {fold(label): value for value, label in labels.items()}
    meanings[Words.CHOICE] |= meanings[Words.THEME_CHOICE]
    return meanings


def sheet_titles() -> dict[str, str]:
    """Name of a sheet → its title in the active language."""
    return {name: str(title) for name, title in TITLES.items()}


def about_labels() -> dict[str, str]:
    return {name: str(ABOUT[name]) for name in ABOUT_FIELDS}
