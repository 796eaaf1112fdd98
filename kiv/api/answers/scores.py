"""What a version of a plan shows, item by item: levels, states, choices and the evidence for them."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from framework.enums import ItemKind
from kiv.api.answers.shared import Answer
from plans.enums import Choice, Criterion, Element, Reason, VersionStatus
from plans.models import Assessment
from plans.scoring import PieceKind, State
from plans.selectors.readable import Reviewed
from plans.selectors.shown import Check, EvidenceLine, ItemRow, Motivation


class Digits(Answer):
    """The six digits of an item, by criterion."""

    D: int = Field(ge=0, le=2, description="Diagnosis.")
    G: int = Field(ge=0, le=2, description="Goal.")
    A: int = Field(ge=0, le=2, description="Actions.")
    I: int = Field(ge=0, le=2, description="Implementation.")  # noqa: E741  (the criterion is called so)
    M: int = Field(ge=0, le=2, description="Monitoring.")
    C: int = Field(ge=0, le=2, description="Chain and partners.")


class MotivationAnswer(Answer):
    """What the zone wrote about its choice. When `is_hidden` you may not read it, and it is null."""

    reason: Reason | None = Field(description="Its reason; null without one.")
    which: str | None = Field(description="The other item, service or plan that the reason points to.")
    line: str | None = Field(description="The words.")
    is_confidential: bool = Field(description="Whether the zone marked it confidential.")
    is_hidden: bool = Field(description="Whether you may not read it.")


class EvidenceAnswer(Answer):
    """A piece of evidence under one criterion. A confidential one that you may not read has no quote."""

    criterion: Criterion = Field(description="The criterion that it counts for.")
    kind: PieceKind = Field(description="What it is.")
    elements: list[Element] = Field(description="The elements found in it.")
    quote: str | None = Field(description="Its words; null when you may not read them.")
    where: str = Field(description="Number of the entry in the plan, or of the passage.")
    objective: str | None = Field(description="Number of the objective that it hangs on.")
    page: int | None = Field(description="Page of the document, for a passage.")
    digit: int = Field(ge=0, le=2, description="What it earns alone.")
    is_confidential: bool = Field(description="Whether the zone marked it confidential.")
    is_hidden: bool = Field(description="Whether you may not read its words.")


class ItemScoreAnswer(Answer):
    """One item of a version. What review made of it stands beside what was derived."""

    code: str = Field(description="Code of the item in the edition.")
    kind: ItemKind = Field(description="Priority or theme.")
    choice: Choice = Field(description="What the zone decided; of a theme, retained means applied.")
    state: State = Field(description="Where the item stands.")
    level: int = Field(ge=0, le=4, description="Derived level.")
    digits: Digits = Field(description="Derived digits.")
    objective: str | None = Field(
        description="Number of the objective that earned the level; null for the passages alone."
    )
    reach: int | None = Field(description="Of a theme: on how many retained priorities it is applied.")
    aspects: list[str] = Field(description="Codes of the aspects that its pieces tick.")
    reviewed_level: int | None = Field(description="Level after review; null until the review is finished.")
    reviewed_digits: Digits | None = Field(description="Digits after review.")
    reviewed_objective: str | None = Field(
        description="Number of the objective that earned the reviewed level."
    )
    is_item_confidential: bool = Field(
        description="Whether the zone marked it wholly confidential: then nobody outside the zone finds it."
    )
    motivation: MotivationAnswer = Field(description="What the zone wrote about its choice.")
    evidence: list[EvidenceAnswer] = Field(description="What the level rests on, by criterion.")


class ScoresAnswer(Answer):
    """All items of a version that exist for you, under one edition."""

    plan: int = Field(description="Id of the plan.")
    version: int = Field(description="Number of the version.")
    status: VersionStatus = Field(description="How far the version is.")
    edition: str = Field(description="Code of the edition.")
    rubric: str = Field(description="Version of the method that made the scores.")
    scored_at: datetime | None = Field(description="When they were made.")
    retained_priorities: int = Field(description="How many priorities are retained: what reach is a part of.")
    items: list[ItemScoreAnswer] = Field(description="The items, in the order of the edition.")


def scores_answer(assessment: Assessment, check: Check, reviewed: Mapping[int, Reviewed]) -> ScoresAnswer:
    """`check` as the reader may see it; `reviewed` by id of item."""
    version = assessment.version
    return ScoresAnswer(
        plan=version.plan_id,
        version=version.number,
        status=version.status,
        edition=assessment.edition.code,
        rubric=assessment.rubric,
        scored_at=assessment.scored_at,
        retained_priorities=check.retained_priorities,
        items=[_item(row, reviewed.get(row.item.pk)) for row in check.rows if not row.is_hidden],
    )


def _item(row: ItemRow, reviewed: Reviewed | None) -> ItemScoreAnswer:
    return ItemScoreAnswer(
        code=row.item.code,
        kind=row.item.kind,
        choice=row.choice,
        state=row.state,
        level=row.level,
        digits=Digits(**row.digits),
        objective=row.objective,
        reach=row.reach,
        aspects=list(row.aspects),
        reviewed_level=reviewed.level if reviewed else None,
        reviewed_digits=Digits(**reviewed.digits) if reviewed else None,
        reviewed_objective=reviewed.objective if reviewed else None,
        is_item_confidential=row.is_item_confidential,
        motivation=_motivation(row.motivation),
        evidence=[_evidence(line) for lines in row.criteria for line in lines.lines],
    )


def _motivation(motivation: Motivation) -> MotivationAnswer:
    return MotivationAnswer(
        reason=motivation.reason_code or None,
        which=motivation.pointer or None,
        line=motivation.line or None,
        is_confidential=motivation.is_confidential,
        is_hidden=motivation.is_hidden,
    )


def _evidence(line: EvidenceLine) -> EvidenceAnswer:
    return EvidenceAnswer(
        criterion=line.criterion,
        kind=line.kind,
        elements=list(line.elements),
        quote=None if line.is_hidden else line.quote,
        where=line.where,
        objective=line.objective,
        page=line.page,
        digit=line.digit,
        is_confidential=line.is_confidential,
        is_hidden=line.is_hidden,
    )
