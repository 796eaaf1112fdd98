"""The scorer's data as sentences in the reader's language: advice, reasons for a level, worth a look.

What a number means stands in plans.scoring; here are only the words.
"""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from plans.enums import Choice, Element, choice_label
from plans.enums import Criterion as CriterionWords
from plans.scoring import AdviceKind, Criterion, ItemKind, LookReason
from plans.selectors.shown import AdviceLine, ItemRow

CRITERION_PLACES = {
    Criterion.DIAGNOSIS: lambda: _("Diagnosis: add %(elements)s."),
    Criterion.GOAL: lambda: _("Objective %(number)s: add %(elements)s."),
    Criterion.ACTIONS: lambda: _("Actions of objective %(number)s: add %(elements)s."),
    Criterion.IMPLEMENTATION: lambda: _("Actions of objective %(number)s: add %(elements)s."),
    Criterion.MONITORING: lambda: _("Follow-up of objective %(number)s: add %(elements)s."),
    Criterion.CHAIN: lambda: _("Chain and partners of objective %(number)s: add %(elements)s."),
}
PASSAGE_PLACES = {
    Criterion.DIAGNOSIS: lambda: _("Diagnosis: add %(elements)s."),
    Criterion.GOAL: lambda: _("Write an objective with %(elements)s."),
    Criterion.ACTIONS: lambda: _("Write an action with %(elements)s."),
    Criterion.IMPLEMENTATION: lambda: _("Write down for an action: %(elements)s."),
    Criterion.MONITORING: lambda: _("Write down how this is followed up: %(elements)s."),
    Criterion.CHAIN: lambda: _("Chain and partners: add %(elements)s."),
}


def join_words(words: Sequence[str]) -> str:
    """ "a, b and c" in the reader's language."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def element_words(elements: Sequence[str]) -> str:
    return join_words([str(Element(element).label) for element in elements])


def advice_sentence(advice: AdviceLine) -> str:
    """One sentence that says what to do."""
    match advice.kind:
        case AdviceKind.CHOOSE:
            return _("Choose, or motivate in one line.")
        case AdviceKind.COMPLETE_MOTIVATION:
            return _("Complete the motivation: a reason and one line.")
        case AdviceKind.ANSWER_CLARIFICATION:
            return _("Give the clarification that a reviewer asked.")
        case AdviceKind.ADD_LINE:
            return _("Say in one line what regular policing does.")
        case AdviceKind.CONFIRM_PROPOSAL:
            return _proposal_sentence(advice)
        case AdviceKind.ACTION_PLAN:
            return (
                _("Still to be elaborated in the action plan: an action for objective %(number)s.")
                % {"number": advice.objective}
                if advice.objective
                else _("Still to be elaborated in the action plan: an action.")
            )
        case AdviceKind.AS_REVIEWED:
            return _as_reviewed_sentence(advice)
        case AdviceKind.BRING_TOGETHER:
            return _bring_together_sentence(advice)
    return _missing_sentence(advice)


def _proposal_sentence(advice: AdviceLine) -> str:
    if advice.objective is None:
        return _("The plan says something about this: choose.")
    return _("Objective %(number)s names this: %(choice)s?") % {
        "number": advice.objective,
        "choice": choice_label(Choice.RETAINED, advice.item_kind),
    }


def _as_reviewed_sentence(advice: AdviceLine) -> str:
    """Nothing is missing by the rules: a reviewer gave less, and said why."""
    words = {"criterion": CriterionWords(advice.criterion).label, "number": advice.objective}
    if advice.objective is None:
        return capfirst(_("%(criterion)s: do what the review asks.") % words)
    return _("Objective %(number)s, %(criterion)s: do what the review asks.") % words


def _bring_together_sentence(advice: AdviceLine) -> str:
    numbers = [number for number in advice.objectives if number is not None]
    if len(numbers) < len(advice.objectives):
        return _("What level %(level)s asks is there, but partly in loose passages: bring it together.") % {
            "level": advice.level
        }
    return _("What level %(level)s asks is spread over objectives %(numbers)s: bring it together.") % {
        "level": advice.level,
        "numbers": join_words(numbers),
    }


def _missing_sentence(advice: AdviceLine) -> str:
    """An element that makes a piece exist is asked alone: the rest can follow."""
    criterion, missing = Criterion(advice.criterion), advice.missing
    words = {"number": advice.objective, "elements": _missing_words(criterion, missing)}
    if criterion == Criterion.GOAL and Element.OBJECTIVE in missing:
        if advice.objective is None or missing == (Element.OBJECTIVE,):
            return _("Add an objective that names this item.")
        return _("Let objective %(number)s name this item too.") % words
    if criterion == Criterion.ACTIONS and Element.ACTION in missing:
        if advice.objective is None:
            return _("Add an action that names this item.")
        return _("Add an action to objective %(number)s that names this item.") % words
    if advice.objective is None:
        return PASSAGE_PLACES[criterion]() % words
    if criterion == Criterion.MONITORING and Element.INDICATOR in missing and len(missing) > 1:
        others = tuple(element for element in missing if element != Element.INDICATOR)
        words["elements"] = _missing_words(criterion, others)
        return _("Add an indicator to objective %(number)s, with %(elements)s.") % words
    return CRITERION_PLACES[criterion]() % words


def _missing_words(criterion: Criterion, missing: Sequence[str]) -> str:
    """Chain and partners asks for links that differ; follow-up for a source or a frequency."""
    if criterion == Criterion.MONITORING and Element.SOURCE in missing:
        others = [str(Element(element).label) for element in missing]
        others[missing.index(Element.SOURCE)] = _("source or frequency")
        return join_words(others)
    if criterion == Criterion.CHAIN and Element.CHAIN_LINK in missing:
        others = [str(Element(element).label) for element in missing if element != Element.CHAIN_LINK]
        return join_words([*others, _("two different links of the safety chain")])
    return element_words(missing)


def level_sentence(row: ItemRow) -> str:
    """Why the item stands at this level, in one sentence."""
    number = {"number": row.objective}
    if row.level == 0:
        return _("Nothing in the plan names this item.")
    if row.level == 1:
        return _("The plan mentions this item; an objective with an action is not there yet.")
    if row.objective is None:
        return {
            2: _("Accepted passages hold an objective and an action."),
            3: _(
                "Accepted passages hold a full objective and action, somebody responsible, "
                "and partners or links."
            ),
            4: _("Accepted passages hold everything, follow-up included."),
        }[row.level]
    return {
        2: _("Objective %(number)s has an action for this item."),
        3: _(
            "Objective %(number)s and its action are complete, with somebody responsible, "
            "and partners or links."
        ),
        4: _("Objective %(number)s is complete, carried out with partners, and followed up."),
    }[row.level] % number


LOOKS = {
    LookReason.RETAINED_WITHOUT_OBJECTIVE: lambda: _("retained, but there is no objective for it"),
    LookReason.NOT_RETAINED_BUT_ELABORATED: lambda: _("not retained, but the plan elaborates it"),
    LookReason.REGULAR_WITHOUT_LINE: lambda: _("regular policing, without a line on what is done"),
    LookReason.CLARIFICATION_ASKED: lambda: _("a clarification is asked"),
    LookReason.QUOTE_GONE: lambda: _("a quote is no longer in the text"),
    LookReason.EDITION_SUPERSEDED: lambda: _("checked against an edition that has a successor"),
}


THEME_LOOKS = {
    LookReason.RETAINED_WITHOUT_OBJECTIVE: lambda: _("applied, but there is no objective for it"),
    LookReason.NOT_RETAINED_BUT_ELABORATED: lambda: _("not applied, but the plan elaborates it"),
}


def look_sentence(reason: str, kind: str = "") -> str:
    """Why something is worth a look; `kind` is that of the item, empty for the whole plan."""
    looks = LOOKS | THEME_LOOKS if kind == ItemKind.THEME else LOOKS
    return looks[LookReason(reason)]()


#: Per kind of item, because French and other languages let the word agree with what is counted.
STATE_COUNTS = {
    "priority": {
        "elaborated": lambda n: npgettext("priorities", "%(n)s elaborated", "%(n)s elaborated", n),
        "to_elaborate": lambda n: npgettext("priorities", "%(n)s to elaborate", "%(n)s to elaborate", n),
        "regular": lambda n: npgettext("priorities", "%(n)s regular policing", "%(n)s regular policing", n),
        "motivated": lambda n: npgettext("priorities", "%(n)s motivated", "%(n)s motivated", n),
        "open": lambda n: npgettext("priorities", "%(n)s still open", "%(n)s still open", n),
    },
    "theme": {
        "elaborated": lambda n: npgettext("themes", "%(n)s elaborated", "%(n)s elaborated", n),
        "to_elaborate": lambda n: npgettext("themes", "%(n)s to elaborate", "%(n)s to elaborate", n),
        "regular": lambda n: npgettext("themes", "%(n)s regular policing", "%(n)s regular policing", n),
        "motivated": lambda n: npgettext("themes", "%(n)s motivated", "%(n)s motivated", n),
        "open": lambda n: npgettext("themes", "%(n)s still open", "%(n)s still open", n),
    },
    "": {
        "elaborated": lambda n: npgettext("items", "%(n)s elaborated", "%(n)s elaborated", n),
        "to_elaborate": lambda n: npgettext("items", "%(n)s to elaborate", "%(n)s to elaborate", n),
        "regular": lambda n: npgettext("items", "%(n)s regular policing", "%(n)s regular policing", n),
        "motivated": lambda n: npgettext("items", "%(n)s motivated", "%(n)s motivated", n),
        "open": lambda n: npgettext("items", "%(n)s still open", "%(n)s still open", n),
    },
}


def state_count(state: str, n: int, kind: str = "") -> str:
    """ "5 elaborated": of the items of a kind, or of all items."""
    return STATE_COUNTS[kind][state](n) % {"n": n}


def group_heading(kind: str, total: int) -> str:
    """ "10 priorities" or "5 themes"."""
    if kind == "theme":
        return ngettext("%(n)s theme", "%(n)s themes", total) % {"n": total}
    return ngettext("%(n)s priority", "%(n)s priorities", total) % {"n": total}


def place_words(kind: str, where: str, page: int | None) -> str:
    """Where a piece stands: "objective 1", "action 1.2", "page 12"."""
    if kind == "passage":
        return _("page %(page)s") % {"page": page} if page else _("passage %(where)s") % {"where": where}
    return {
        "objective": _("objective %(where)s"),
        "action": _("action %(where)s"),
        "indicator": _("indicator %(where)s"),
        "diagnosis": _("diagnosis %(where)s"),
    }[kind] % {"where": where}
