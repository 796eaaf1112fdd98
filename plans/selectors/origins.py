"""A passage of a document as the beginning of something that a person enters: an objective, a motivation.

Nothing is stored here; the words become the plan's when the person saves the form they stand in.
"""

from dataclasses import dataclass
from itertools import accumulate

from framework.models import Item
from plans.enums import Choice
from plans.extraction.sentences import split_sentences
from plans.models import Assessment, Document, ItemChoice, Objective, Passage
from plans.planformat.types import TEXT_LENGTH, TITLE_LENGTH
from plans.selectors.suggestions import language_of


@dataclass(frozen=True, slots=True)
class Origin:
    """A passage of the version itself, with its document, and the item it was read for."""

    passage: Passage
    item: Item

    @property
    def document(self) -> Document:
        return self.passage.document

    @property
    def is_confidential(self) -> bool:
        return self.passage.is_confidential or self.document.is_confidential

    @property
    def language(self) -> str:
        return language_of(self.document, self.passage)

    @property
    def words(self) -> str:
        return " ".join(self.passage.text.split())[:TEXT_LENGTH]


def find_origin(assessment: Assessment, user, passage_id: str, code: str) -> Origin | None:
    """The passage with this number for the item with this code, both as they came from an address or form.

    None when either is not of this version and its edition, or not for this user: nobody learns which.
    At most two queries, none without a number.
    """
    if not (passage_id.isascii() and passage_id.isdecimal() and len(passage_id) < 19):
        return None
    passage = (
        Passage.objects.visible_to(user)
        .filter(pk=int(passage_id), document__version=assessment.version_id)
        .select_related("document")
        .first()
    )
    item = passage and assessment.edition.items.filter(code=code).first()
    return Origin(passage, item) if item else None


def can_become(origin: Origin, kind: str, objective: Objective | None) -> bool:
    """An indicator is as confidential as its objective: no confidential words under an open one."""
    return kind != "indicator" or not origin.is_confidential or bool(objective and objective.is_confidential)


def first_values(origin: Origin, kind: str) -> dict[str, str | bool]:
    """What the form of a new entry begins with: the passage's words, within the field's bound."""
    if kind == "diagnosis":
        values = {"text": origin.words}
    else:
        title, rest = split_title(origin.words)
        if kind == "objective":
            values = {"title": title, "result": rest}
        else:
            values = {"title": f"{title[: TITLE_LENGTH - 2].rstrip()} …" if rest else title}
    return values if kind == "indicator" else values | {"is_confidential": origin.is_confidential}


def split_title(words: str) -> tuple[str, str]:
    """The first sentences that fit a title, and the rest. A first sentence too long is cut between words."""
    if len(words) <= TITLE_LENGTH:
        return words, ""
    ends = accumulate(split_sentences(words), lambda text, sentence: f"{text} {sentence}")
    title = max((text for text in ends if len(text) <= TITLE_LENGTH), key=len, default="")
    if not title:
        title = words[: TITLE_LENGTH + 1].rpartition(" ")[0] or words[:TITLE_LENGTH]
    return title, words[len(title) :].strip()


def lead_to_motivation(origin: Origin, decision: ItemChoice) -> ItemChoice:
    """What the row of an item becomes: not retained, with the quote as its line. Nothing is stored.

    What was written there stays, with the quote below it.
    """
    lines = [decision.line.strip()] if decision.line.strip() else []
    if origin.words not in decision.line:
        lines.append(origin.words)
    line = "\n".join(lines)
    return ItemChoice(
        choice=Choice.NOT_RETAINED,
        reason=decision.reason,
        pointer=decision.pointer,
        line=line if not decision.line or len(line) <= TEXT_LENGTH else decision.line,
        is_motivation_confidential=decision.is_motivation_confidential or origin.is_confidential,
        is_item_confidential=decision.is_item_confidential,
    )
