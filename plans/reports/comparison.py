"""Two versions of a plan compared: movement per item, words, documents, as far as one reader may know them.

The version is the whole plan, so what an addendum changed is the difference with the version before
(docs/adr/0002). Items move under one edition only: the latest that both versions are checked under.
"""

from collections.abc import Callable, Iterable, Sequence

from framework.models import Edition, Item
from plans.enums import Choice
from plans.models import Assessment, Document, ItemScore, PlanVersion
from plans.planformat import PlanContent
from plans.reports.compared_entries import Place, hidden_items, side_of
from plans.reports.comparison_entries import (
    changes_of,
    diagnosis_changes,
    motivation_changes,
    pair_objectives,
    passage_changes,
)
from plans.reports.comparison_types import Change, Comparison, DocumentChange, ItemMove, Step
from plans.reports.pairing import pair
from plans.selectors.check import state_for
from plans.selectors.disclosure import Reader
from plans.selectors.entries import edition_items
from plans.selectors.scoring_input import in_plan_order, plan_content


def compare_versions(older: PlanVersion, newer: PlanVersion, *, reader: Reader, user) -> Comparison:
    """What `newer` has that `older` has not, and the reverse. Both with their plan, visible to `user`.

    Twenty-one queries when each is checked under one edition, the same; eight more per further assessment.
    """
    olds, news = _assessments(older, newer, user)
    edition = _share_edition(olds, news)
    before, after = [plan_content(one) for one in olds], [plan_content(one) for one in news]
    hidden = hidden_items([*before, *after], reader)
    old, new = (
        side_of(contents, hidden, reader, withheld=_withheld(rows), with_items=edition is not None)
        for contents, rows in ((before, olds), (after, news))
    )
    items = {item.code: item for item in edition_items(edition)} if edition else {}
    shown = {code: item for code, item in items.items() if code not in hidden}
    objectives = pair_objectives(old.objectives, new.objectives)
    return Comparison(
        older=older,
        newer=newer,
        edition=edition,
        items=shown,
        movement=_movement(olds[0], news[0], _choices(before[0], after[0]), shown.values(), reader),
        objectives=tuple(changes_of(objectives)),
        diagnoses=diagnosis_changes(old.diagnoses, new.diagnoses),
        motivations=motivation_changes(old.motivations, new.motivations),
        passages=passage_changes(old.passages, new.passages, objectives),
        documents=_documents(older, newer, reader),
    )


def _assessments(older: PlanVersion, newer: PlanVersion, user) -> tuple[list[Assessment], list[Assessment]]:
    """Those of both versions, of the latest edition first. One query."""
    rows = (
        Assessment.objects.visible_to(user)
        .filter(version__in=(older, newer))
        .select_related("edition")
        .order_by("-edition__published_at", "-pk")
    )
    versions = {older.pk: older, newer.pk: newer}
    for row in rows:
        row.version = versions[row.version_id]
    return tuple([row for row in rows if row.version_id == version.pk] for version in (older, newer))


def _withheld(assessments: Sequence[Assessment]) -> frozenset[Place]:
    """Where the entries stand that one of these assessments withholds. No query when none does."""
    if not any(assessment.withheld for assessment in assessments):
        return frozenset()
    version = assessments[0].version
    places: dict[Place, tuple[str, int]] = {}
    objectives = in_plan_order(version.objectives.prefetch_related("actions", "indicators"))
    for i, objective in enumerate(objectives):
        places["objective", i, 0] = "objective", objective.pk
        for kind, parts in (("action", objective.actions), ("indicator", objective.indicators)):
            places |= {(kind, i, j): (kind, part.pk) for j, part in enumerate(parts.all())}
    for i, diagnosis in enumerate(version.diagnoses.all()):
        places["diagnosis", i, 0] = "diagnosis", diagnosis.pk
    return frozenset(
        place for place, entry in places.items() if any(one.withholds(*entry) for one in assessments)
    )


def _share_edition(olds: list[Assessment], news: list[Assessment]) -> Edition | None:
    """The latest edition of both, whose assessments then stand first in their lists; None: there is none."""
    known = {row.edition_id for row in news}
    edition = next((row.edition for row in olds if row.edition_id in known), None)
    if edition is not None:
        for rows in (olds, news):
            rows.sort(key=lambda row: row.edition_id != edition.pk)
    return edition


def _choices(before: PlanContent, after: PlanContent) -> Callable[[str], Step[str]]:
    def choice_of(code: str) -> Step[str]:
        made = (content.choices.get(code) for content in (before, after))
        return Step(*(choice.choice.value if choice else Choice.UNDECIDED.value for choice in made))

    return choice_of


def _movement(
    old: Assessment,
    new: Assessment,
    choice_of: Callable[[str], Step[str]],
    items: Iterable[Item],
    reader: Reader,
) -> tuple[ItemMove, ...]:
    """One query; none without items."""
    items = list(items)
    if not items:
        return ()
    stored = ItemScore.objects.filter(assessment__in=(old, new))
    if not reader.is_blind:
        stored = stored.defer("detail")
    scores = {(row.assessment_id, row.item_id): row for row in stored}
    moves = []
    for item in items:
        before, after = scores[old.pk, item.pk], scores[new.pk, item.pk]
        moves.append(
            ItemMove(
                item=item,
                level=Step(before.level, after.level),
                digits=Step(before.digits, after.digits),
                state=Step(state_for(before, reader), state_for(after, reader)),
                choice=choice_of(item.code),
                reviewed=Step(before.reviewed_level, after.reviewed_level),
            )
        )
    return tuple(moves)


def _documents(older: PlanVersion, newer: PlanVersion, reader: Reader) -> tuple[DocumentChange, ...]:
    """By title, else by the file itself. One query."""
    rows = list(Document.objects.filter(version__in=(older, newer)).order_by("number"))
    pairs = pair(
        [row for row in rows if row.version_id == older.pk],
        [row for row in rows if row.version_id == newer.pk],
        [lambda row: row.title, lambda row: row.sha256],
    )
    changes = (_document(old, new, reader) for old, new in pairs)
    return tuple(change for change in changes if change is not None)


def _document(old: Document | None, new: Document | None, reader: Reader) -> DocumentChange | None:
    if old and new and old.sha256 == new.sha256:
        return None
    change = Change.NEW_FILE if old and new else Change.ADDED if new else Change.REMOVED
    is_confidential = any(row.is_confidential for row in (old, new) if row)
    is_hidden = reader.hides_words(is_confidential=is_confidential)
    shown = new or old
    return DocumentChange(change, shown.number, "" if is_hidden else shown.title, is_hidden)
