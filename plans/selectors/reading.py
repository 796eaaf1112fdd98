"""The reading view: of one document, by item, the passages that are worth a decision, best ones first.

Per item and criterion at most three are asked; a criterion that stands at 2 needs no more evidence and folds
the rest away. That bound, not the length of the document, is what the work costs. Six queries.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from framework.models import Item
from plans.enums import Criterion, Verdict
from plans.matching import PassageKind, Tier
from plans.models import Assessment, Document, Suggestion
from plans.selectors.cards import Attempt, Card, make_card
from plans.selectors.entries import edition_items

#: Candidates per criterion that are asked about; the others are listed.
ASKED = 3
#: How many of the others are listed; the text of the document holds them all.
LISTED = 20
#: A heading or a line of a table of contents names an item and says nothing about it.
STRUCTURAL = (PassageKind.HEADING, PassageKind.TOC, PassageKind.TABLE_HEADER)
FULL = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a suggestion without its words; enough to order, count and fold."""

    pk: int
    item_id: int
    passage_id: int
    criterion: str
    verdict: str
    tier: str
    is_lead: bool
    score: int
    kind: str
    position: int

    @property
    def is_open(self) -> bool:
        return self.verdict == Verdict.OPEN

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """The best first: what says something, strong ones, the heaviest, then as in the text."""
        return self.kind in STRUCTURAL, self.tier != Tier.STRONG, -self.score, self.position


@dataclass(frozen=True, slots=True)
class Block:
    """The candidates of one item for one criterion ("" for none), split by what becomes of them."""

    criterion: str
    digit: int
    asked: tuple[Candidate, ...]
    more: tuple[Candidate, ...]
    decided: tuple[Candidate, ...]

    @property
    def is_settled(self) -> bool:
        return self.digit == FULL


@dataclass(frozen=True, slots=True)
class Progress:
    """One item in the list at the side: `seen` of `total` decisions; `has_any`: the text holds candidates."""

    item: Item
    level: int
    seen: int
    total: int
    has_lead: bool
    has_any: bool

    @property
    def is_done(self) -> bool:
        return self.seen == self.total


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block with the words of what is shown of it."""

    criterion: str
    digit: int
    is_settled: bool
    cards: tuple[Card, ...]
    more: tuple[Card, ...]
    more_total: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The page. `blocks`, `leads` and `decided` belong to the current item; `after` is the next one to do."""

    document: Document
    items: tuple[Progress, ...]
    current: Progress
    digits: dict[str, int]
    blocks: tuple[ShownBlock, ...]
    leads: tuple[Card, ...]
    decided: tuple[Card, ...]
    after: Progress | None

    @property
    def seen(self) -> int:
        return sum(progress.seen for progress in self.items)

    @property
    def total(self) -> int:
        return sum(progress.total for progress in self.items)

    @property
    def waiting_leads(self) -> tuple[Progress, ...]:
        """Items of which the text seems to say why they were not retained; no decision counts them."""
        return tuple(progress for progress in self.items if progress.has_lead)

    @property
    def first_card(self) -> Card | None:
        return next((card for block in self.blocks for card in block.cards), None)


class Overview:
    """All candidates of a document by item, without their words."""

    def __init__(self, assessment: Assessment, document: Document) -> None:
        self.assessment, self.document = assessment, document
        self.items = edition_items(assessment.edition)
        self.scores = {row.item_id: row for row in assessment.scores.defer("detail")}
        self.candidates: dict[int, list[Candidate]] = {item.pk: [] for item in self.items}
        for candidate in _candidates(assessment, document):
            self.candidates[candidate.item_id].append(candidate)

    def blocks(self, item: Item) -> tuple[Block, ...]:
        """One per criterion that has candidates, in the method's order, then those without a criterion."""
        digits = self.scores[item.pk].digits
        own = [one for one in self.candidates[item.pk] if one.tier]
        blocks = [
            _block(criterion, digits[criterion], [one for one in own if one.criterion == criterion])
            for criterion in Criterion.values
        ]
        loose = [one for one in own if not one.criterion]
        # A bare mention adds nothing to an item about which something is said elsewhere.
        is_needed = (
            not any(block.asked or block.decided for block in blocks) and not self.scores[item.pk].level
        )
        blocks.append(_block("", 0, loose, asked=ASKED if is_needed else 0))
        return tuple(block for block in blocks if block.asked or block.more or block.decided)

    def leads(self, item: Item) -> list[Candidate]:
        """Passages that seem to say why the item was not retained; a bare heading gives no reason."""
        return [
            one
            for one in self.candidates[item.pk]
            if one.is_lead and one.is_open and one.kind not in STRUCTURAL
        ]

    @cached_property
    def progress(self) -> tuple[Progress, ...]:
        return tuple(self._progress(item) for item in self.items)

    def _progress(self, item: Item) -> Progress:
        blocks = self.blocks(item)
        seen = sum(len(block.decided) for block in blocks)
        return Progress(
            item=item,
            level=self.scores[item.pk].level,
            seen=seen,
            total=seen + sum(len(block.asked) for block in blocks),
            has_any=bool(blocks),
            has_lead=bool(self.leads(item)),
        )

    def next_to_do(self, code: str | None) -> Progress | None:
        """The first item after this one (round the corner) that still asks something."""
        codes = [progress.item.code for progress in self.progress]
        at = codes.index(code) + 1 if code in codes else 0
        turned = (*self.progress[at:], *self.progress[:at])
        return next((progress for progress in turned if not progress.is_done), None)

    def find(self, code: str) -> Progress | None:
        return next((progress for progress in self.progress if progress.item.code == code), None)


def reading_of(
    assessment: Assessment,
    document: Document,
    *,
    code: str = "",
    opened: int | None = None,
    attempt: Attempt | None = None,
    language: str,
) -> Reading:
    """The page for the item `code`; an unknown one is the first that asks something.

    `opened`: the passage of the item that is asked about whatever its rank. `language` is the reader's.
    """
    overview = Overview(assessment, document)
    current = overview.find(code) or overview.next_to_do(None) or overview.progress[0]
    blocks = _opened(overview.blocks(current.item), opened)
    own = overview.candidates[current.item.pk]
    leads = overview.leads(current.item)
    decided = [one for one in own if not one.is_open]
    shown = [one for block in blocks for one in (*block.asked, *block.more[:LISTED])]
    cards = _cards(document, current.item, (*shown, *leads, *decided), language, attempt)
    return Reading(
        document=document,
        items=overview.progress,
        current=current,
        digits=overview.scores[current.item.pk].digits,
        blocks=tuple(_shown(block, cards) for block in blocks if block.asked or block.more),
        leads=tuple(cards[one.pk] for one in leads),
        decided=tuple(cards[one.pk] for one in decided),
        after=overview.next_to_do(current.item.code),
    )


def _candidates(assessment: Assessment, document: Document) -> Iterable[Candidate]:
    rows = Suggestion.objects.filter(assessment=assessment, passage__document=document).order_by()
    names = ("pk", "item_id", "passage_id", "criterion", "verdict", "tier", "is_lead", "score")
    for row in rows.values_list(*names, "passage__kind", "passage__position"):
        yield Candidate(*row)


def _block(criterion: str, digit: int, own: Sequence[Candidate], *, asked: int = ASKED) -> Block:
    ranked = sorted((one for one in own if one.is_open), key=lambda one: one.rank)
    decided = tuple(one for one in own if not one.is_open)
    # What only names an item comes last in rank and is never asked about.
    worth_asking = sum(one.kind not in STRUCTURAL for one in ranked)
    n = 0 if digit == FULL else min(max(asked - len(decided), 0), worth_asking)
    return Block(criterion, digit, tuple(ranked[:n]), tuple(ranked[n:]), decided)


def _opened(blocks: Sequence[Block], passage_id: int | None) -> tuple[Block, ...]:
    """The blocks with one passage moved from what is listed to what is asked."""
    if passage_id is None:
        return tuple(blocks)
    result = []
    for block in blocks:
        found = tuple(one for one in block.more if one.passage_id == passage_id)
        rest = tuple(one for one in block.more if one.passage_id != passage_id)
        result.append(Block(block.criterion, block.digit, found + block.asked, rest, block.decided))
    return tuple(result)


def _shown(block: Block, cards: dict[int, Card]) -> ShownBlock:
    return ShownBlock(
        criterion=block.criterion,
        digit=block.digit,
        is_settled=block.is_settled,
        cards=tuple(cards[one.pk] for one in block.asked),
        more=tuple(cards[one.pk] for one in block.more[:LISTED]),
        more_total=len(block.more),
    )


def _cards(
    document: Document, item: Item, wanted: Collection[Candidate], language: str, attempt: Attempt | None
) -> dict[int, Card]:
    rows = Suggestion.objects.select_related("passage", "evidence", "moved_to").in_bulk(
        [one.pk for one in wanted]
    )
    return {
        pk: make_card(
            document,
            item,
            row,
            language,
            attempt if attempt and attempt.passage_id == row.passage_id else None,
        )
        for pk, row in rows.items()
    }
