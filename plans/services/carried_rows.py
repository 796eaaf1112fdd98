"""The rows of an assessment that go along to the next edition, each with its item there.

Inside the transaction of services.carrying. Entries, documents and files belong to the version: rows point at
the same ones.
"""

from collections.abc import Iterable

from plans.enums import Verdict
from plans.models import (
    Assessment,
    ItemAssignment,
    ItemChoice,
    ItemLink,
    ItemScore,
    PassageEvidence,
    Suggestion,
)
from plans.selectors.carrying import Crossing, aspects_of
from plans.services.scores import REVIEWED_COLUMNS


def carry_rows(crossing: Crossing, assessment: Assessment) -> None:
    """Links, choices, evidence, decisions and assignments of the items for which everything holds.

    A decision that moved a passage to an item that does not go along is left out: half of it is none.
    """
    same, source = crossing.same, crossing.source
    links = [row for row in source.links.all() if row.item_id in same]
    _store(ItemLink, links, assessment, crossing)
    _store(ItemChoice, source.choices.filter(item__in=same), assessment, crossing)
    _store(ItemAssignment, source.assignments.filter(item__in=same), assessment, crossing)
    evidence = _store(PassageEvidence, source.passages.filter(item__in=same), assessment, crossing)
    decided = source.suggestions.filter(item__in=same).exclude(verdict=Verdict.OPEN)
    decided = [row for row in decided if row.moved_to_id is None or row.moved_to_id in same]
    for row in decided:
        row.evidence = evidence.get(row.evidence_id)
        row.moved_to = same.get(row.moved_to_id)
    _store(Suggestion, decided, assessment, crossing)


def hide_relatives(crossing: Crossing, assessment: Assessment) -> None:
    """What was wholly confidential stays so in every item that it leads to, until somebody says otherwise.

    Nothing else is said of those items; the entries that named it are withheld (Assessment.withheld).
    """
    hidden = set(
        crossing.source.choices.filter(is_item_confidential=True).values_list("item__code", flat=True)
    )
    carried = {item.pk for item in crossing.same.values()}
    related = [crossing.new(road.item) for road in crossing.roads.items if road.comes_from(hidden)]
    ItemChoice.objects.bulk_create(
        ItemChoice(
            assessment=assessment, item=item, is_item_confidential=True, is_motivation_confidential=True
        )
        for item in related
        if item.pk not in carried
    )


def carry_reviewed(crossing: Crossing, assessment: Assessment) -> None:
    """Reviewed levels of the items that go along, where what was judged is what is derived now."""
    same = crossing.same
    news = {row.item_id: row for row in assessment.scores.all()}
    changed = []
    for old in crossing.source.scores.filter(item__in=same, reviewed_level__isnull=False):
        new = news[same[old.item_id].pk]
        if _judged(new) == _judged(old):
            for name in REVIEWED_COLUMNS:
                setattr(new, name, getattr(old, name))
            changed.append(new)
    ItemScore.objects.bulk_update(changed, REVIEWED_COLUMNS)


def _judged(score: ItemScore) -> tuple:
    return score.level, score.objective, score.digits


def _store(model, rows: Iterable, assessment: Assessment, crossing: Crossing) -> dict[int, object]:
    """Copies of these rows under the new edition; id of an old row → its copy."""
    olds, copies = [], []
    for row in rows:
        item = crossing.same[row.item_id]
        olds.append(row.pk)
        row.pk, row._state.adding = None, True
        row.assessment, row.item = assessment, item
        if hasattr(row, "aspects"):
            row.aspects = aspects_of(item, row.aspects)
        copies.append(row)
    model.objects.bulk_create(copies, batch_size=500)
    return dict(zip(olds, copies, strict=True))
