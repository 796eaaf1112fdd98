"""What a version of a lexicon would do to what people decided here, beside the version in force.

Counted over all zones of the installation at once, without anything confidential (selectors.quality), one
document after the other, so that it can be done in turns and needs room for one document only. Counts by
item; words only of passages that the reader may read anyway. Never writes: a decision stays what it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any

from django.core.cache import cache

from framework.models import Edition, LexiconVersion
from plans import matching
from plans.models import Document, ItemChoice, Passage, Suggestion
from plans.selectors.lexicons import ReadyLexicon
from plans.selectors.quality import DECIDED, RIGHT, open_decisions
from plans.selectors.shipped_figures import Share, share_of
from plans.selectors.suggestions import match_input

#: Passages matched in one turn, some seconds' work; a document that was begun is finished.
TURN = 1_000
#: So many changed decisions are remembered, of which some may be shown.
MAX_EXAMPLES, SHOWN_EXAMPLES = 400, 12
_ENTRIES = (matching.PassageKind.LIST_ITEM, matching.PassageKind.TABLE_ROW, matching.PassageKind.TOC)


@dataclass(slots=True)
class Tally:
    """Pairs of passage and item. Right: accepted, or entered; wrong: rejected, or moved to another item.

    `still` under both versions, `new` only under the one tried, `lost` only under the one in force, `never`
    under neither. `undecided_*`: suggestions on the same passages about which nobody decided.
    """

    right_still: int = 0
    right_new: int = 0
    right_lost: int = 0
    right_never: int = 0
    wrong_still: int = 0
    wrong_new: int = 0
    wrong_lost: int = 0
    wrong_never: int = 0
    undecided_new: int = 0
    undecided_lost: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        mine, theirs = asdict(self), asdict(other)
        return Tally(**{name: value + theirs[name] for name, value in mine.items()})

    @property
    def right(self) -> int:
        return self.right_still + self.right_new + self.right_lost + self.right_never

    @property
    def is_changed(self) -> bool:
        names = ("right_new", "right_lost", "wrong_new", "wrong_lost", "undecided_new", "undecided_lost")
        return any(getattr(self, name) for name in names)

    @property
    def recall(self) -> Share:
        """Of what is right, how much the version tried finds."""
        return share_of(self.right_still + self.right_new, self.right)

    @property
    def recall_before(self) -> Share:
        return share_of(self.right_still + self.right_lost, self.right)

    @property
    def precision(self) -> Share:
        """Of what the version tried finds and somebody decided on, how much is right."""
        found = self.right_still + self.right_new
        return share_of(found, found + self.wrong_still + self.wrong_new)

    @property
    def precision_before(self) -> Share:
        found = self.right_still + self.right_lost
        return share_of(found, found + self.wrong_still + self.wrong_lost)


@dataclass(slots=True)
class Effect:
    """How far it is counted. `last` is the document that was looked at last, `documents` of `total` are done.

    `items`: code → its tally. `lost` and `new` are ids of suggestions, right ones that changed.
    """

    total: int
    documents: int = 0
    passages: int = 0
    last: int = 0
    items: dict[str, Tally] = field(default_factory=dict)
    new: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        return self.documents >= self.total

    @property
    def all(self) -> Tally:
        return sum(self.items.values(), Tally())

    def as_data(self) -> dict[str, Any]:
        """Plain values, to go on with in another turn."""
        return asdict(self)


def effect_key(tried: LexiconVersion, in_force: LexiconVersion) -> str:
    """Where what was counted of these two is kept: other words, another place."""
    return f"lexicon-effect:{tried.sha256}:{in_force.sha256}"


def kept_effect(tried: LexiconVersion, in_force: LexiconVersion | None) -> Effect | None:
    """What was counted, as far as it is; None when nothing is kept, or there is nothing to compare with."""
    data = cache.get(effect_key(tried, in_force)) if in_force is not None else None
    return None if data is None else effect_from(data)


def effect_from(data: Mapping[str, Any]) -> Effect:
    items = {code: Tally(**tally) for code, tally in data["items"].items()}
    return Effect(**{**data, "items": items})


def begin_effect(edition: Edition) -> Effect:
    """Nothing counted yet. One query."""
    return Effect(total=_documents(edition).count())


def go_on(effect: Effect, edition: Edition, tried: ReadyLexicon, in_force: ReadyLexicon) -> Effect:
    """Count further documents until some `TURN` passages were matched. Four queries for each."""
    matched = 0
    hidden = _hidden_items(edition)
    while matched < TURN:
        document = _documents(edition).filter(pk__gt=effect.last).order_by("pk").first()
        if document is None:
            effect.documents = effect.total
            break
        matched += _count_document(effect, document, edition, hidden, (tried, in_force))
        effect.last = document.pk
        effect.documents += 1
    return effect


def readable_examples(ids: Sequence[int], user: Any) -> list[Suggestion]:
    """Some of these decisions, as far as their passages may be read by this person.

    Right ones only: outside the zone what was accepted is known, and what was rejected is not.
    """
    passages = Passage.objects.visible_to(user).filter(is_confidential=False)
    rows = Suggestion.objects.filter(pk__in=ids, passage__in=passages, verdict__in=RIGHT)
    rows = rows.select_related("item", "passage__document__version__plan__zone")
    return list(rows.order_by("item__position", "pk")[:SHOWN_EXAMPLES])


def _documents(edition: Edition):
    decided = open_decisions(edition).values("passage__document")
    return Document.objects.filter(pk__in=decided)


def _hidden_items(edition: Edition) -> set[tuple[int, str]]:
    """Assessment and code of items that their zone marks wholly confidential. One query."""
    rows = ItemChoice.objects.filter(assessment__edition=edition, is_item_confidential=True)
    return set(rows.values_list("assessment", "item__code"))


def _count_document(
    effect: Effect,
    document: Document,
    edition: Edition,
    hidden: set[tuple[int, str]],
    versions: tuple[ReadyLexicon, ReadyLexicon],
) -> int:
    """Add the decisions of one document; how many passages were matched."""
    rows = _open_rows(document)
    by_id = {row.pk: row for row in rows}
    decisions = open_decisions(edition).filter(passage__document=document).select_related("item")
    counted = [row for row in decisions.order_by("pk") if row.passage_id in by_id]
    every = Suggestion.objects.filter(
        assessment__edition=edition, passage__document=document, verdict__in=DECIDED
    )
    known = set(every.values_list("assessment", "passage", "item__code"))
    wanted = {row.passage_id for row in counted}
    blocks = [block for block in _blocks(rows) if any(row.pk in wanted for row in block)]
    tried, before = ({}, {})
    for found, lexicon in zip((tried, before), versions, strict=True):
        for block in blocks:
            found |= _found_in(document, block, rows, lexicon)
    for row in counted:
        outcome = _outcome(row.item.code in tried[row.passage_id], row.item.code in before[row.passage_id])
        is_right = row.verdict in RIGHT
        _add(effect, row.item.code, f"{'right' if is_right else 'wrong'}_{outcome}")
        changed = {"new": effect.new, "lost": effect.lost}.get(outcome) if is_right else None
        if changed is not None and len(changed) < MAX_EXAMPLES:
            changed.append(row.pk)
    for assessment, passage in {(row.assessment_id, row.passage_id) for row in counted}:
        for code in tried[passage] ^ before[passage]:
            if (assessment, passage, code) not in known and (assessment, code) not in hidden:
                _add(effect, code, "undecided_new" if code in tried[passage] else "undecided_lost")
    effect.passages += len(wanted)
    return sum(map(len, blocks))


def _open_rows(document: Document) -> list[Passage]:
    """The passages without confidential ones, and without those whose heading or lead is confidential."""
    rows = list(document.passages.order_by("position"))
    secret = {row.text for row in rows if row.is_confidential}
    places = {row.position for row in rows if row.is_confidential}
    return [
        row
        for row in rows
        if not row.is_confidential and not secret.intersection(row.heading_path) and row.lead not in places
    ]


def _blocks(rows: Iterable[Passage]) -> Iterator[list[Passage]]:
    """Entries of one list are matched together, everything else by itself (matching.enumeration)."""

    def block_of(row: Passage) -> tuple[Any, ...]:
        return ("list", *row.heading_path) if row.kind in _ENTRIES else ("alone", row.pk)

    for _key, block in groupby(rows, key=block_of):
        yield list(block)


def _found_in(
    document: Document, block: Sequence[Passage], rows: Sequence[Passage], lexicon: ReadyLexicon
) -> dict[int, set[str]]:
    """Passage → codes of the items that are suggested for it."""
    leads = {row.position: row for row in rows}
    inputs = [match_input(document, row, leads) for row in block]
    results = matching.match_document(inputs, lexicon.compiled)
    return {
        row.pk: {match.item for match in matches if match.tier}
        for row, matches in zip(block, results, strict=True)
    }


def _outcome(is_found: bool, was_found: bool) -> str:
    if is_found:
        return "still" if was_found else "new"
    return "lost" if was_found else "never"


def _add(effect: Effect, code: str, name: str) -> None:
    tally = effect.items.setdefault(code, Tally())
    setattr(tally, name, getattr(tally, name) + 1)
