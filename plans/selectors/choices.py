"""What the Choices tab shows: one row per item, and what an earlier plan of the zone decided.

What the reader may not know is already left out. Not here: the form (plans.forms.choices).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from framework.correspondences import carried_items
from framework.models import Item
from kiv.territory.models import PoliceZone
from plans.enums import Choice
from plans.models import Assessment, ItemChoice, Plan
from plans.selectors.disclosure import Reader


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One item. `decision` is the stored row, or a fresh one of revision 0; hidden words are empty.

    `has_quote`: an accepted passage says something about the item.
    """

    item: Item
    decision: ItemChoice
    level: int
    state: str
    proposal: str | None
    has_quote: bool
    is_motivation_hidden: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """What would close an item that was begun: "choice", "reason", "line" (SCORING section 3)."""
        decision = self.decision
        match decision.choice:
            case Choice.UNDECIDED if _has_words(decision):
                return ("choice",)
            case Choice.NOT_RETAINED:
                asked = {"reason": decision.reason, "line": decision.line.strip()}
                return tuple(name for name, value in asked.items() if not value)
            case Choice.REGULAR if not (self.has_quote or decision.line.strip()):
                return ("line",)
        return ()

    @property
    def is_untouched(self) -> bool:
        """Nothing was decided or written about this item yet."""
        return self.decision.choice == Choice.UNDECIDED and not _has_words(self.decision)


def _has_words(decision: ItemChoice) -> bool:
    return bool(decision.reason or decision.pointer or decision.line.strip())


def choice_rows(assessment: Assessment, reader: Reader) -> list[ChoiceRow]:
    """The items of the edition in its order, without those that do not exist for `reader`. Three queries."""
    choices = {row.item_id: row for row in assessment.choices.all()}
    scores = {row.item_id: row for row in assessment.scores.all()}
    rows = []
    for item in assessment.edition.items.order_by("position"):
        decision = choices.get(item.pk) or ItemChoice(assessment=assessment, item=item, revision=0)
        if reader.hides_item(is_item_confidential=decision.is_item_confidential):
            continue
        is_confidential = decision.is_motivation_confidential or decision.is_item_confidential
        is_hidden = reader.hides_words(is_confidential=is_confidential)
        if is_hidden:
            decision.reason = decision.pointer = decision.line = ""
        score = scores[item.pk]
        rows.append(
            ChoiceRow(
                item=item,
                decision=decision,
                level=score.level,
                state=score.state,
                proposal=score.detail["proposal"],
                has_quote=any(piece["kind"] == "passage" for piece in score.detail["evidence"]),
                is_motivation_hidden=is_hidden,
            )
        )
    return rows


def earlier_plans(plan: Plan, user) -> list[Plan]:
    """Plans of earlier cycles that `plan` can take over from, latest first, the zone's own before others.

    Of the same zone or a zone it was formed from; for a local plan of the same municipality. Only
    plans of which the user may read everything. One query.
    """
    zones = PoliceZone.objects.within(zone_ids=[plan.zone_id])
    plans = (
        Plan.objects.inside_of(user)
        .filter(
            zone__in=zones.values("pk"),
            municipality=plan.municipality,
            cycle__first_year__lt=plan.cycle.first_year,
        )
        .select_related("zone", "municipality", "cycle")
    )
    return sorted(
        plans, key=lambda other: (-other.cycle.first_year, other.zone_id != plan.zone_id, other.zone.label)
    )


def decisions_to_take_over(rows: Iterable[ChoiceRow], earlier: Plan, user) -> dict[str, ItemChoice]:
    """Code → what `earlier` decided, for the untouched rows whose item is the same there.

    The same item is the item itself, or what it became in a later edition, decided, one to one. Two queries,
    and those of `carried_items` under another edition.
    """
    assessment = (
        Assessment.objects.visible_to(user)
        .filter(version__plan=earlier)
        .select_related("edition")
        .order_by("-version__number", "-pk")
        .first()
    )
    if assessment is None:
        return {}
    decided = assessment.choices.exclude(choice=Choice.UNDECIDED).select_related("item")
    rows = list(rows)
    carried = carried_items(assessment.edition, rows[0].item.edition) if rows else {}
    known = {carried.get(decision.item_id, decision.item_id): decision for decision in decided}
    return {row.item.code: known[row.item.pk] for row in rows if row.is_untouched and row.item.pk in known}
