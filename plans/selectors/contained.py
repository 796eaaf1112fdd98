"""What the documents of a version seem to contain: one sentence's worth of numbers, for the check page.

Only for readers inside the zone: suggestions are nobody else's business. Not here: the suggestions themselves
(reading), what counts (check).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db.models import BooleanField, Case, Count, IntegerField, Q, Value, When

from plans.enums import Verdict
from plans.matching import Rule, Tier
from plans.models import Assessment, Document, Suggestion
from plans.selectors.reading import ASKED, FULL, STRUCTURAL

#: A copied list of priorities or a line of the table of contents names an item and says nothing about it.
NAMING_ONLY = (Rule.ENUMERATION, Rule.CONTENTS)


@dataclass(frozen=True, slots=True)
class Contained:
    """`documents`: those of the version; `speaking`: those with suggestions. `items`: what they seem to hold.

    `asked`: passages that the reading view asks about; `strong`: those among them that are strong. `first`:
    number of the first document with a strong one. `progress`: number of a document → (seen, of how many).
    """

    documents: int
    speaking: int
    items: int
    strong: int
    asked: int
    first: int | None
    progress: Mapping[int, tuple[int, int]]


class Standing(Protocol):
    """Where an item stands: a stored score, or a row of the check page."""

    level: int
    digits: Mapping[str, int]


@dataclass(slots=True)
class _Block:
    """Numbers of one document, item and criterion: what is open, by strength and kind; what is decided."""

    strong: int = 0
    possible: int = 0
    decided: int = 0

    def asked(self, most: int) -> tuple[int, int]:
        """How many of them the reading view asks about, and how many of those are strong (its `rank`)."""
        n = min(most, self.strong + self.possible)
        return n, min(n, self.strong)


def contained_of(assessment: Assessment, standing: Mapping[int, Standing]) -> Contained:
    """Counted by the rules of the reading view; `standing`: id of each item → where it stands. One query."""
    blocks: dict[tuple[int, int], dict[str, _Block]] = defaultdict(lambda: defaultdict(_Block))
    documents, speaking, items = set(), set(), set()
    for number, item, criterion, tier, verdict, is_structural, speaks, n in _rows(assessment):
        documents.add(number)
        if not (item and tier):
            continue
        block = blocks[number, item][criterion]
        if speaks:
            speaking.add(number)
            items.add(item)
        if verdict != Verdict.OPEN:
            block.decided += n
        elif is_structural:
            continue
        elif tier == Tier.STRONG:
            block.strong += n
        else:
            block.possible += n
    asked = {key: _asked(own, standing[key[1]]) for key, own in blocks.items()}
    progress = dict.fromkeys(sorted(documents), (0, 0))
    for (number, item), own in blocks.items():
        decided = sum(block.decided for block in own.values())
        seen, total = progress[number]
        progress[number] = seen + decided, total + decided + asked[number, item][0]
    return Contained(
        documents=len(documents),
        speaking=len(speaking),
        items=len(items),
        strong=sum(strong for _n, strong in asked.values()),
        asked=sum(n for n, _strong in asked.values()),
        first=min((number for (number, _item), (_n, strong) in asked.items() if strong), default=None),
        progress=progress,
    )


def _asked(own: Mapping[str, _Block], row: Standing) -> tuple[int, int]:
    """What one document asks about one item, over its criteria (reading.Overview.blocks)."""
    n = strong = 0
    is_said = bool(row.level)
    for criterion, block in own.items():
        if not criterion:
            continue
        most = 0 if row.digits[criterion] == FULL else max(ASKED - block.decided, 0)
        more, sure = block.asked(most)
        n, strong = n + more, strong + sure
        is_said = is_said or bool(more or block.decided)
    if "" in own and not is_said:
        more, sure = own[""].asked(max(ASKED - own[""].decided, 0))
        n, strong = n + more, strong + sure
    return n, strong


def _rows(assessment: Assessment) -> Iterable[tuple]:
    """(document, item or 0, criterion, tier, verdict, is structural, speaks, n); every document occurs."""
    found = (
        Suggestion.objects.filter(assessment=assessment)
        .exclude(tier="")
        .order_by()
        .annotate(
            is_structural=_truth(Q(passage__kind__in=STRUCTURAL)),
            speaks=_truth(~Q(rule__in=NAMING_ONLY)),
        )
        .values_list(
            "passage__document__number", "item_id", "criterion", "tier", "verdict", "is_structural", "speaks"
        )
        .annotate(n=Count("pk"))
    )
    # Documents without suggestions are told apart from no documents in the same query; 0 is no item's id.
    none, false, zero = Value(""), Value(False), Value(0, output_field=IntegerField())
    stored = (
        Document.objects.filter(version=assessment.version_id)
        .order_by()
        .values_list("number", zero, none, none, none, false, false, zero)
    )
    return found.union(stored, all=True)


def _truth(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
