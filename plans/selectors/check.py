"""What the check page and the page of one item show, read from stored scores: at most six queries.

What the reader may not see is left out here (plans.selectors.disclosure says what).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import prefetch_related_objects

from framework.models import Item
from plans.enums import Choice, Reason
from plans.models import Assessment, ItemChoice, ItemScore
from plans.scoring import AdviceKind, Criterion, ItemKind, LookReason, PieceKind, State
from plans.selectors.disclosure import Reader
from plans.selectors.proposals import is_ready
from plans.selectors.shown import (
    AdviceLine,
    Check,
    CriterionLines,
    EvidenceLine,
    GridRow,
    Group,
    ItemRow,
    Motivation,
    ObjectiveLine,
    OwnPriority,
    Source,
    Standing,
)


def check_of(assessment: Assessment, reader: Reader, *, has_aspects: bool = True) -> Check:
    """Everything the check page says, as far as `reader` may know it.

    `has_aspects`: the items come with their aspects, which only the page of one item shows; one query more.
    """
    items = list(assessment.edition.items.order_by("position"))
    if has_aspects:
        prefetch_related_objects(items, "aspects")
    choices = {row.item_id: row for row in assessment.choices.all()}
    scores = {row.item_id: row for row in assessment.scores.all()}
    sources = _sources(assessment, scores.values())
    rows = [_row(item, choices.get(item.pk), scores[item.pk], reader, sources) for item in items]
    grid = [tuple(pair) for pair in assessment.summary["grid"]]
    rows = [_with_reach(row, rows, grid) for row in rows]
    kinds = dict.fromkeys(item.kind for item in items)
    return Check(
        groups=tuple(_group(kind, [row for row in rows if row.item.kind == kind]) for kind in kinds),
        worth_a_look=tuple(_worth_a_look(assessment, rows)),
        own_priorities=tuple(_own_priorities(assessment, reader)),
        grid_themes=tuple(row.item for row in rows if _is_theme(row) and not row.is_hidden),
        grid=tuple(_grid(rows, set(grid))),
        to_confirm=tuple(row for row in rows if row.is_ready_to_confirm and not row.is_hidden),
    )


def _sources(assessment: Assessment, scores: Iterable[ItemScore]) -> dict[str, Source]:
    """Where accepted passages stand in the plan's documents. By their place in the plan: scores know that."""
    if not any(piece["kind"] == PieceKind.PASSAGE for score in scores for piece in score.detail["evidence"]):
        return {}
    passages = assessment.passages.values_list("source__document__number", "source_id")
    return {
        str(position): Source(document, passage)
        for position, (document, passage) in enumerate(passages, 1)
        if passage is not None
    }


def _row(
    item: Item,
    choice: ItemChoice | None,
    score: ItemScore,
    reader: Reader,
    sources: Mapping[str, Source],
) -> ItemRow:
    detail = score.detail
    lines = tuple(_line(piece, reader, sources) for piece in detail["evidence"])
    is_item_confidential = choice is not None and choice.is_item_confidential
    return ItemRow(
        item=item,
        choice=choice.choice if choice else Choice.UNDECIDED,
        state=state_for(score, reader),
        level=score.level,
        digits=score.digits,
        objective=score.objective or None,
        reach=score.reach,
        aspects=tuple(detail["aspects"]),
        is_ready_to_confirm=is_ready(detail),
        motivation=_motivation(choice, reader),
        advice=tuple(
            _advice(item, advice) for advice in _advice_rows(score) if not _is_asked(advice, reader)
        ),
        criteria=tuple(
            CriterionLines(
                criterion=criterion,
                digit=score.digits[criterion],
                lines=tuple(line for line in lines if line.criterion == criterion),
            )
            for criterion in Criterion
        ),
        objectives=tuple(
            ObjectiveLine(
                number=considered["number"],
                level=considered["level"],
                digits=considered["digits"],
                lines=_lines_of(considered["number"], lines),
            )
            for considered in detail["objective_levels"]
            if considered["number"] or any(line.kind == "passage" for line in lines)
        ),
        worth_a_look=tuple(look for look in detail["worth_a_look"] if not _is_told(look, reader)),
        is_item_confidential=is_item_confidential,
        is_hidden=reader.hides_item(is_item_confidential=is_item_confidential),
        reviewed=reviewed_standing(score),
    )


def _advice_rows(score: ItemScore) -> list[dict[str, Any]]:
    """After a review that changed digits of the item, the advice that follows those (docs/scoring.md §5)."""
    return score.detail["advice"] if score.reviewed_advice is None else score.reviewed_advice


def reviewed_standing(score: ItemScore) -> Standing | None:
    """What a finished review made of the item, beside what was derived; None until then."""
    if score.reviewed_level is None:
        return None
    return Standing(score.reviewed_level, score.reviewed_digits, score.reviewed_objective or None)


def state_for(score: ItemScore, reader: Reader) -> str:
    """The item's state; to whoever reads blind as if no clarification were asked (docs/scoring.md §3)."""
    if not reader.is_blind:
        return score.state
    kinds = {advice["kind"] for advice in score.detail["advice"]}
    is_only_asked = AdviceKind.ANSWER_CLARIFICATION in kinds and AdviceKind.COMPLETE_MOTIVATION not in kinds
    return State.MOTIVATED.value if is_only_asked else score.state


def _is_asked(advice: dict[str, Any], reader: Reader) -> bool:
    return reader.is_blind and advice["kind"] == AdviceKind.ANSWER_CLARIFICATION


def _is_told(look: str, reader: Reader) -> bool:
    return reader.is_blind and look == LookReason.CLARIFICATION_ASKED


def _lines_of(number: str | None, lines: Iterable[EvidenceLine]) -> tuple[EvidenceLine, ...]:
    """What hangs on an objective, where D is the item's; the implicit one (None) holds every passage."""
    if number is None:
        return tuple(line for line in lines if line.kind == "passage")
    return tuple(line for line in lines if line.objective == number and line.criterion != Criterion.DIAGNOSIS)


def _line(piece: dict[str, Any], reader: Reader, sources: Mapping[str, Source]) -> EvidenceLine:
    is_hidden = reader.hides_words(is_confidential=piece["is_confidential"])
    is_linked = piece["kind"] == PieceKind.PASSAGE and not is_hidden
    return EvidenceLine(
        criterion=piece["criterion"],
        elements=tuple(piece["elements"]),
        quote="" if is_hidden else piece["quote"],
        kind=piece["kind"],
        where=piece["where"],
        objective=piece["objective"],
        page=piece["page"],
        digit=piece["digit"],
        is_confidential=piece["is_confidential"],
        is_hidden=is_hidden,
        source=sources.get(piece["where"]) if is_linked else None,
    )


def _motivation(choice: ItemChoice | None, reader: Reader) -> Motivation:
    if choice is None:
        return Motivation("", "", "", is_confidential=False, is_hidden=False)
    is_confidential = choice.is_motivation_confidential or choice.is_item_confidential
    if reader.hides_words(is_confidential=is_confidential):
        return Motivation("", "", "", is_confidential=True, is_hidden=True)
    label = Reason(choice.reason).label if choice.reason else ""
    return Motivation(
        str(label), choice.pointer, choice.line, is_confidential, is_hidden=False, reason_code=choice.reason
    )


def _advice(item: Item, advice: dict[str, Any]) -> AdviceLine:
    return AdviceLine(
        item=item.code,
        item_kind=item.kind,
        kind=advice["kind"],
        criterion=advice["criterion"],
        missing=tuple(advice["missing"]),
        objective=advice["objective"],
        level=advice["level"],
        objectives=tuple(advice["objectives"]),
    )


def _is_theme(row: ItemRow) -> bool:
    return row.item.kind == ItemKind.THEME


def _with_reach(row: ItemRow, rows: list[ItemRow], grid: list[tuple[str, str]]) -> ItemRow:
    """Reach without the priorities this reader may not know of."""
    if row.reach is None:
        return row
    shown = {r.item.code for r in rows if r.choice == Choice.RETAINED and not r.is_hidden}
    return replace(row, reach=sum(theme == row.item.code and other in shown for theme, other in grid))


def _group(kind: str, rows: list[ItemRow]) -> Group:
    shown = [row for row in rows if not row.is_hidden]
    counts = Counter(row.state for row in shown)
    return Group(
        kind=kind,
        rows=tuple(rows),
        states={state.value: counts[state] for state in State},
        retained=sum(row.choice == Choice.RETAINED for row in shown),
    )


def _worth_a_look(assessment: Assessment, rows: list[ItemRow]) -> Iterable[tuple[Item | None, str]]:
    # Asked of the edition now: it gets a successor without the plan being touched.
    if assessment.edition.has_successor:
        yield None, LookReason.EDITION_SUPERSEDED
    for row in rows:
        if not row.is_hidden:
            for reason in row.worth_a_look:
                yield row.item, reason


def _own_priorities(assessment: Assessment, reader: Reader) -> Iterable[OwnPriority]:
    numbers = assessment.summary["own_priorities"]
    if not numbers:
        return
    stored = {row.number: row for row in assessment.version.objectives.filter(number__in=numbers)}
    for number in numbers:
        row = stored[number]
        if not reader.is_inside and assessment.withholds("objective", row.pk):
            continue
        is_hidden = reader.hides_words(is_confidential=row.is_confidential)
        yield OwnPriority(number, "" if is_hidden else row.title, is_hidden)


def _grid(rows: list[ItemRow], grid: set[tuple[str, str]]) -> Iterable[GridRow]:
    themes = [row for row in rows if _is_theme(row) and not row.is_hidden]
    for row in rows:
        if not _is_theme(row) and not row.is_hidden:
            marks = tuple((theme.item.code, row.item.code) in grid for theme in themes)
            yield GridRow(row.item, row.choice == Choice.RETAINED, marks)
