"""Internal priorities (well-being, digital work, recruitment): where they stand, nothing is compared.

What lives here: headings and labels ("Internal priorities: …") that say so, and how far they reach. Not here:
what then happens to a term (rules). Source: only what a plan does outside the force is compared with the
framework; what it does for itself is legitimate and never a gap, a mention or a lead.
"""

import re

from plans.matching.automaton import Found
from plans.matching.lexicon import Cue
from plans.matching.reading import Reading

#: A heading that joins two subjects, such as "internal organisation and priorities".
_AND = re.compile(r"[&/,+;]|\b(?:en|et|und|sowie)\b", re.IGNORECASE)
#: What parts a label from what it announces.
_ANNOUNCES = re.compile(r"[^\w:|]*[:|•]|\s*[–—-]\s")
#: A label is short: "3 Internal priorities 2026-2031:".
MAX_LABEL_WORDS = 8


def is_internal_heading(reading: Reading) -> bool:
    """It names internal priorities or internal work, and neither external ones nor priorities beside them."""
    return reading.has(Cue.INTERNAL) and not reading.has(Cue.EXTERNAL) and not _joins_priorities(reading)


def is_silenced_by(headings: tuple[Reading, ...]) -> bool:
    """The nearest heading (outermost first) that says internal, or external priorities, says internal."""
    for heading in reversed(headings):
        if heading.has(Cue.EXTERNAL) and heading.has(Cue.PRIORITY):
            return False
        if is_internal_heading(heading):
            return True
    return False


def silenced_places(reading: Reading) -> tuple[range, ...]:
    """The tokens in a text that a label in it announces as internal: up to the next priorities."""
    labels = [found for found, _ in reading.cues.get(Cue.INTERNAL, ()) if _is_label(found, reading)]
    others = [place.first for place in _others(reading)]
    return tuple(
        range(
            label.first, min((place for place in others if place > label.last), default=len(reading.tokens))
        )
        for label in labels
    )


def _others(reading: Reading) -> list[Found]:
    """External priorities, and priorities that do not say whether they are internal."""
    internal = [found for found, _ in reading.cues.get(Cue.INTERNAL, ())]
    plain = [
        found
        for found, _ in reading.cues.get(Cue.PRIORITY, ())
        if not any(own.first <= found.last and found.first <= own.last for own in internal)
    ]
    return [*(found for found, _ in reading.cues.get(Cue.EXTERNAL, ())), *plain]


def _joins_priorities(reading: Reading) -> bool:
    """ "Internal organisation and priorities"; but not "Priorities of the internal organisation"."""
    tokens, text = reading.tokens, reading.text
    for other in _others(reading):
        for own, _ in reading.cues[Cue.INTERNAL]:
            first, second = sorted((own, other))
            if _AND.search(text[tokens[first.last].end : tokens[second.first].start]):
                return True
    return False


def _is_label(found: Found, reading: Reading) -> bool:
    """It ends a short segment that begins no later than the words around it, and announces something."""
    tokens = reading.tokens
    segment = [place for place, token in enumerate(tokens) if token.segment == tokens[found.first].segment]
    is_short = len(segment) <= MAX_LABEL_WORDS
    is_mixed = any(other.first in segment for other in _others(reading))
    return is_short and not is_mixed and bool(_ANNOUNCES.match(reading.text, tokens[segment[-1]].end))
