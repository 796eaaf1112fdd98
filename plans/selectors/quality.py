"""What people in this installation decided about suggestions, counted by item and by language.

What lives here: sums over every zone at once, and which editions they can be asked for. Nothing here can be
asked per zone, plan or person. Not here: the figures on labelled passages (selectors.shipped_figures).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from framework.models import Edition, LexiconVersion
from plans.enums import Verdict
from plans.matching import Tier
from plans.models import ItemChoice, Suggestion
from plans.selectors.shipped_figures import FEW, Share, share_of

#: In both cases the passage says something about the item.
RIGHT = (Verdict.ACCEPTED, Verdict.ENTERED)
DECIDED = (*RIGHT, Verdict.MOVED, Verdict.REJECTED)


@dataclass(slots=True)
class TierDecisions:
    """What became of the suggestions of one tier. Set aside is not decided."""

    right: int = 0
    moved: int = 0
    rejected: int = 0

    @property
    def decided(self) -> int:
        return self.right + self.moved + self.rejected

    @property
    def share(self) -> Share:
        """How many of the decided ones were right."""
        return share_of(self.right, self.decided)

    @property
    def is_few(self) -> bool:
        return self.decided < FEW


@dataclass(slots=True)
class Decisions:
    """One item or language. `by_hand`: right passages that no suggestion pointed to, so what was missed."""

    strong: TierDecisions = field(default_factory=TierDecisions)
    possible: TierDecisions = field(default_factory=TierDecisions)
    by_hand: int = 0

    def add(self, tier: str, verdict: str, count: int) -> None:
        if not tier:
            self.by_hand += count if verdict in RIGHT else 0
            return
        of_tier = self.strong if tier == Tier.STRONG else self.possible
        if verdict in RIGHT:
            of_tier.right += count
        elif verdict == Verdict.MOVED:
            of_tier.moved += count
        else:
            of_tier.rejected += count

    @property
    def tiers(self) -> list[tuple[Tier, TierDecisions]]:
        """The tiers that have decisions; one at least, so that what was found by hand has a row."""
        both = [(Tier.STRONG, self.strong), (Tier.POSSIBLE, self.possible)]
        return [pair for pair in both if pair[1].decided] or both[:1]

    @property
    def is_empty(self) -> bool:
        return not (self.strong.decided or self.possible.decided or self.by_hand)


@dataclass(frozen=True, slots=True)
class InstallationFigures:
    """By item id and by language code; only what has something in it."""

    total: Decisions
    items: dict[int, Decisions]
    languages: dict[str, Decisions]


def editions_with_lexicon() -> QuerySet[Edition]:
    """Published editions for which something can be suggested, the latest published first.

    With `lexicon_number` and `lexicon_sha256` of the version in force (as selectors.lexicons finds it).
    """
    in_force = LexiconVersion.objects.in_force_first().filter(edition=OuterRef("pk"))
    return (
        Edition.objects.published()
        .annotate(
            lexicon_number=Subquery(in_force.values("number")[:1]),
            lexicon_sha256=Subquery(in_force.values("sha256")[:1]),
        )
        .filter(lexicon_number__isnull=False)
        .order_by("-published_at", "-pk")
    )


def count_decisions(edition: Edition) -> InstallationFigures:
    """Decisions under one edition, without anything confidential. One query."""
    total, items, languages = Decisions(), defaultdict(Decisions), defaultdict(Decisions)
    for row in _grouped(open_decisions(edition)):
        for counted in (total, items[row["item_id"]], languages[row["spoken"]]):
            counted.add(row["tier"], row["verdict"], row["count"])
    return InstallationFigures(
        total, _without_empty(items.items()), _without_empty(sorted(languages.items()))
    )


def open_decisions(edition: Edition) -> QuerySet[Suggestion]:
    """Decided suggestions under one edition, without confidential words, items and objectives."""
    hidden = ItemChoice.objects.filter(
        Q(item=OuterRef("item")) | Q(item=OuterRef("moved_to")),
        assessment=OuterRef("assessment"),
        is_item_confidential=True,
    )
    return Suggestion.objects.filter(
        ~Exists(hidden),
        Q(evidence=None) | Q(evidence__is_confidential=False),
        Q(evidence=None) | Q(evidence__objective=None) | Q(evidence__objective__is_confidential=False),
        assessment__edition=edition,
        verdict__in=DECIDED,
        passage__is_confidential=False,
        passage__document__is_confidential=False,
    )


def _grouped(decisions: QuerySet[Suggestion]) -> QuerySet:
    """Groups of item, language, tier and verdict with their number.

    A language said by a person goes before that of the document, and that before what was found
    (selectors.suggestions.language_of).
    """
    spoken = Case(
        When(passage__is_language_by_hand=True, then=F("passage__language")),
        When(~Q(passage__document__language=""), then=F("passage__document__language")),
        default=F("passage__language"),
    )
    return (
        decisions.annotate(spoken=spoken)
        .order_by()
        .values("item_id", "spoken", "tier", "verdict")
        .annotate(count=Count("pk"))
    )


def _without_empty(pairs: Iterable[tuple[Any, Decisions]]) -> dict[Any, Decisions]:
    return {key: decisions for key, decisions in pairs if not decisions.is_empty}
