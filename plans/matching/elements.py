"""What a passage seems to hold as evidence: a criterion, elements and links of the chain, from its wording.

What lives here: the proposal that the reader's ticks start from; values are those of docs/scoring.md. Not
here: the words themselves (the lexicon's cues), and any decision: a person ticks.
"""

import re

from plans.matching.lexicon import Cue
from plans.matching.reading import Reading

_FIGURE = re.compile(
    r"\d[\d.,  ]*\s*(?:%|procent|pour cent|prozent)|(?<![\d/.])\d{1,3}(?:[.  ]\d{3})+|(?<!\d)\d{2,3}(?!\d)",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DUE = re.compile(
    r"\b(?:tegen|uiterlijk|vóór|eind|einde|d['’]ici|pour|avant|fin|au plus tard|bis|vor|spätestens|ende)\b"
    r"(?:\s+(?!(?:19|20)\d\d)[\w.°]+){0,4}\s+(?:19|20)\d\d",
    re.I,
)
_BY_CUE = {
    Cue.OBJECTIVE: "objective",
    Cue.RESULT: "result",
    Cue.ACTION: "action",
    Cue.DESCRIPTION: "description",
    Cue.SOURCE: "source",
    Cue.TARGET_GROUP: "target_group",
    Cue.DUE: "due",
    Cue.RESPONSIBLE: "responsible",
    Cue.CAPACITY: "capacity",
    Cue.INDICATOR: "indicator",
    Cue.TARGET_VALUE: "target_value",
    Cue.BASELINE: "baseline",
    Cue.FREQUENCY: "frequency",
    Cue.PARTNER: "partner",
}
_LINKS = (Cue.PROACTION, Cue.PREVENTION, Cue.PREPARATION, Cue.REACTION, Cue.AFTERCARE)
_ORDER = [
    "description",
    "figure",
    "source",
    "objective",
    "result",
    "target_group",
    "due",
    "action",
    "chain_link",
    "responsible",
    "capacity",
    "indicator",
    "target_value",
    "baseline",
    "frequency",
    "partner",
]
#: What a heading says of everything below it, and how short it must be to say just that.
_SPEAKING = (Cue.OBJECTIVE, Cue.ACTION, Cue.INDICATOR, Cue.RESPONSIBLE, Cue.PARTNER, Cue.DESCRIPTION)
MAX_HEADING_WORDS = 4
#: The first element that stands there decides which criterion is proposed.
_CRITERIA = (
    ("indicator", "M"),
    ("objective", "G"),
    ("action", "A"),
    ("responsible", "I"),
    ("partner", "C"),
    ("description", "D"),
)


def propose(
    passage: Reading, heading: Reading | None = None
) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    """(criterion or None, elements in the method's order, links of the chain in theirs).

    `heading`: the one just above, when it may speak for what stands below it: under "Actions" each entry is
    an action, whatever its words; an own priority is an objective.
    """
    elements = {element for cue, element in _BY_CUE.items() if passage.has(cue)}
    if heading is not None and heading.has(Cue.PRIORITY):
        elements.add("objective")
    elif heading is not None and len(heading.tokens) <= MAX_HEADING_WORDS:
        elements |= {_BY_CUE[cue] for cue in _SPEAKING if heading.has(cue)}
    links = tuple(str(cue) for cue in _LINKS if passage.has(cue))
    text = passage.text
    if _DUE.search(text):
        elements.add("due")
    has_figure = bool(_FIGURE.search(_YEAR.sub(" ", text)))
    if has_figure and "indicator" in elements and ("objective" in elements or "result" in elements):
        elements.add("target_value")
    if has_figure and not elements & {"objective", "action"}:
        elements |= {"figure", "description"}
    if "result" in elements and ("due" in elements or has_figure):
        elements.add("objective")
    if links and elements & {"action", "objective"}:
        elements.add("chain_link")
    criterion = next((code for element, code in _CRITERIA if element in elements), None)
    return criterion, tuple(element for element in _ORDER if element in elements), links
