"""The lexicon: which words point to which item, per language, with weight and kind. Types only.

What lives here: the frozen dataclasses that the matcher takes, and their words. Not here: reading files
(lexicon_file), checking them (guards), compiling them (automaton). How a term is written: docs/matching.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class TermKind(StrEnum):
    """What a term does for its item."""

    POSITIVE = "positive"
    NEEDS_CONTEXT = "needs_context"
    NEGATIVE = "negative"


class Scope(StrEnum):
    """How far a context is looked for, and a negative term reaches. A passage has its headings with it."""

    SPAN = "span"
    SENTENCE = "sentence"
    PASSAGE = "passage"


class Cue(StrEnum):
    """Expressions that say how a passage is to be read, whatever its item."""

    PRIORITY = "priority"
    NATIONAL = "national"
    INTERNAL = "internal"
    EXTERNAL = "external"
    NEGATION = "negation"
    #: Negates only as the last words of its clause: "… hebben we niet", never "… niet welkom".
    NEGATION_AT_END = "negation_at_end"
    NOT_RETAINED = "not_retained"
    REGULAR = "regular"
    CONTRAST = "contrast"
    SERVICES = "services"
    QUESTION = "question"
    CONTACT = "contact"
    POLICY = "policy"
    OBJECTIVE = "objective"
    RESULT = "result"
    ACTION = "action"
    DESCRIPTION = "description"
    SOURCE = "source"
    TARGET_GROUP = "target_group"
    DUE = "due"
    RESPONSIBLE = "responsible"
    CAPACITY = "capacity"
    INDICATOR = "indicator"
    TARGET_VALUE = "target_value"
    BASELINE = "baseline"
    FREQUENCY = "frequency"
    PARTNER = "partner"
    PROACTION = "proaction"
    PREVENTION = "prevention"
    PREPARATION = "preparation"
    REACTION = "reaction"
    AFTERCARE = "aftercare"


#: Contexts that no words name: a passage of a few words; a list or heading of the zone's own priorities.
SHORT, PRIORITY = "@short", "@priority"
BUILT_IN = frozenset({SHORT, PRIORITY})
MAX_WEIGHT = 100


@dataclass(frozen=True, slots=True)
class Term:
    """One term of one item in one language. `weight` 1–100; any of its `contexts` will do."""

    item: str
    text: str
    weight: int
    kind: TermKind = TermKind.POSITIVE
    aspect: str = ""
    contexts: tuple[str, ...] = ()
    scope: Scope = Scope.PASSAGE


@dataclass(frozen=True, slots=True)
class LanguageLexicon:
    """All of one language. `stems`: word → forms that keep it as stem; `parts`: parts of compounds."""

    language: str
    terms: tuple[Term, ...]
    contexts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cues: Mapping[Cue, tuple[str, ...]] = field(default_factory=dict)
    stems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One numbered version of an edition's lexicon. `items` in the edition's order."""

    edition: str
    version: int
    items: tuple[str, ...]
    languages: Mapping[str, LanguageLexicon]
