"""The words of the scoring method as enumerations: criteria, elements, choices, states, reasons.

Values are stable: they are stored, exported and imported. Labels for people live in the
interface, not here. Rules live in the modules beside this one. The order of the members is the
order in which results list them.
"""

from enum import StrEnum


class ItemKind(StrEnum):
    """Kinds of item an edition of the framework holds."""

    PRIORITY = "priority"
    THEME = "theme"


class Criterion(StrEnum):
    """The six criteria, in the order D G A I M C (docs/scoring.md §1)."""

    DIAGNOSIS = "D"
    GOAL = "G"
    ACTIONS = "A"
    IMPLEMENTATION = "I"
    MONITORING = "M"
    CHAIN = "C"


class Element(StrEnum):
    """What a piece of evidence can hold (docs/scoring.md §1). `TARGET_GROUP` is group or area."""

    DESCRIPTION = "description"
    FIGURE = "figure"
    SOURCE = "source"
    OBJECTIVE = "objective"
    RESULT = "result"
    TARGET_GROUP = "target_group"
    DUE = "due"
    ACTION = "action"
    CHAIN_LINK = "chain_link"
    RESPONSIBLE = "responsible"
    CAPACITY = "capacity"
    INDICATOR = "indicator"
    TARGET_VALUE = "target_value"
    BASELINE = "baseline"
    FREQUENCY = "frequency"
    PARTNER = "partner"


class ChainLink(StrEnum):
    """The five links of the safety chain (what makes a policy *integral*)."""

    PROACTION = "proaction"
    PREVENTION = "prevention"
    PREPARATION = "preparation"
    REACTION = "reaction"
    AFTERCARE = "aftercare"


class PieceKind(StrEnum):
    """Kinds of evidence: four kinds of entry, and a passage that a person accepted."""

    DIAGNOSIS = "diagnosis"
    OBJECTIVE = "objective"
    ACTION = "action"
    INDICATOR = "indicator"
    PASSAGE = "passage"


class Choice(StrEnum):
    """What the zone decides about an item; for a theme retained reads "applied" (§3)."""

    RETAINED = "retained"
    REGULAR = "regular"
    NOT_RETAINED = "not_retained"
    UNDECIDED = "undecided"


class State(StrEnum):
    """Where an item stands: exactly one per item (docs/scoring.md §3)."""

    ELABORATED = "elaborated"
    TO_ELABORATE = "to_elaborate"
    REGULAR = "regular"
    MOTIVATED = "motivated"
    OPEN = "open"


class Reason(StrEnum):
    """Why an item is not retained (docs/scoring.md §3)."""

    NO_PHENOMENON = "no_phenomenon"
    COVERED_ELSEWHERE = "covered_elsewhere"
    OTHER_SERVICE = "other_service"
    CAPACITY = "capacity"
    OTHER = "other"


class LookReason(StrEnum):
    """Why an item, or the whole plan, is worth a look (docs/scoring.md §3)."""

    RETAINED_WITHOUT_OBJECTIVE = "retained_without_objective"
    NOT_RETAINED_BUT_ELABORATED = "not_retained_but_elaborated"
    REGULAR_WITHOUT_LINE = "regular_without_line"
    CLARIFICATION_ASKED = "clarification_asked"
    QUOTE_GONE = "quote_gone"
    EDITION_SUPERSEDED = "edition_superseded"


class AdviceKind(StrEnum):
    """What kind of next step an advice proposes (docs/scoring.md §3); AS_REVIEWED only after review (§5)."""

    BRING_TOGETHER = "bring_together"
    ACTION_PLAN = "action_plan"
    ELABORATE = "elaborate"
    AS_REVIEWED = "as_reviewed"
    CONFIRM_PROPOSAL = "confirm_proposal"
    CHOOSE = "choose"
    COMPLETE_MOTIVATION = "complete_motivation"
    ANSWER_CLARIFICATION = "answer_clarification"
    ADD_LINE = "add_line"
