"""The only bridge from stored rows to the scorer: rows → PlanContent → PlanInput."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from django.db.models import F

from framework.models import Edition
from plans import scoring
from plans.enums import RemarkKind, RemarkStatus
from plans.models import Assessment
from plans.models.assessment import SOURCES
from plans.planformat import (
    ActionEntry,
    ChoiceEntry,
    DiagnosisEntry,
    IndicatorEntry,
    ItemRef,
    ObjectiveEntry,
    PassageEntry,
    PlanContent,
    PlanHeader,
    scoring_input,
)
from plans.scoring.numbering import natural_key


def scoring_items(edition: Edition) -> tuple[scoring.Item, ...]:
    """The items of an edition as the scorer knows them, in the edition's order. One query."""
    rows = edition.items.order_by("position", "aspects__position")
    rows = rows.values_list("position", "code", "kind", "aspects__code")
    return tuple(
        scoring.Item(
            code=code,
            kind=scoring.ItemKind(kind),
            position=position,
            aspects=tuple(aspect for *_item, aspect in of_item if aspect is not None),
        )
        for (position, code, kind), of_item in groupby(rows, key=lambda row: row[:3])
    )


def published_items() -> dict[str, tuple[scoring.Item, ...]]:
    """The items of every published edition by its code: what a plan file may refer to."""
    return {edition.code: scoring_items(edition) for edition in Edition.objects.published()}


def in_plan_order(objectives: Iterable) -> list:
    """Objectives by the plan's own numbering: 2 before 10."""
    return sorted(objectives, key=lambda objective: natural_key(objective.number))


def plan_content(assessment: Assessment) -> PlanContent:
    """Everything stored of a plan under one edition, in the one plan format. Eight queries.

    Of items and objectives only what names them is asked: their texts would be read with every row.
    """
    version = assessment.version
    asked = assessment.remarks.filter(kind=RemarkKind.CLARIFICATION, status=RemarkStatus.OPEN)
    clarifying = set(asked.values_list("item", flat=True))
    links = _links(assessment)
    objectives = in_plan_order(version.objectives.prefetch_related("actions", "indicators"))
    return PlanContent(
        plan=header_of(assessment),
        edition=assessment.edition.code,
        objectives=tuple(_objective(objective, links) for objective in objectives),
        diagnosis=tuple(
            DiagnosisEntry(
                kind=entry.kind,
                text=entry.text,
                items=links["diagnosis", entry.pk],
                figure=entry.figure,
                source=entry.source,
                confidential=entry.is_confidential,
            )
            for entry in version.diagnoses.all()
        ),
        choices={
            entry.item_code: ChoiceEntry(
                choice=entry.choice,
                reason=entry.reason or None,
                pointer=entry.pointer,
                line=entry.line,
                confidential=entry.is_motivation_confidential,
                item_confidential=entry.is_item_confidential,
                clarification_open=entry.item_id in clarifying,
            )
            for entry in assessment.choices.annotate(item_code=F("item__code")).order_by("item__position")
        },
        passages=tuple(
            PassageEntry(
                item=entry.item_code,
                aspects=entry.aspects,
                elements=entry.elements,
                links=entry.links,
                quote=entry.quote,
                page=entry.page,
                document=entry.document,
                objective=entry.objective_number,
                confidential=entry.is_confidential,
                no_longer_in_text=entry.is_gone,
            )
            for entry in assessment.passages.annotate(
                item_code=F("item__code"), objective_number=F("objective__number")
            )
        ),
    )


def no_content(assessment: Assessment) -> PlanContent:
    """What `plan_content` finds of a plan that was just made. No query for a plan made here."""
    return PlanContent(plan=header_of(assessment), edition=assessment.edition.code)


def scoring_input_of(
    assessment: Assessment, items: tuple[scoring.Item, ...], content: PlanContent | None = None
) -> scoring.PlanInput:
    """The scorer's input for a stored plan; `items` are those of its edition.

    `content` is that of the plan, for a caller that has it already.
    """
    content = content or plan_content(assessment)
    return scoring_input(content, items, has_successor=assessment.edition.has_successor)


def header_of(assessment: Assessment) -> PlanHeader:
    """Whose plan it is, as the stored plan says it."""
    plan = assessment.version.plan
    return PlanHeader(
        name=str(plan),
        zone=plan.zone.code,
        municipality=plan.municipality.nis_code if plan.municipality else "",
        cycle=plan.cycle.name,
        kind=plan.kind,
        language=plan.language,
    )


def _links(assessment: Assessment) -> dict[tuple[str, int], tuple[ItemRef, ...]]:
    """(kind of entry, its id) → the items it names, in the edition's order."""
    links: dict[tuple[str, int], tuple[ItemRef, ...]] = defaultdict(tuple)
    rows = assessment.links.order_by("item__position")
    for code, aspects, *entries in rows.values_list("item__code", "aspects", *SOURCES):
        for source, entry in zip(SOURCES, entries, strict=True):
            if entry is not None:
                links[source, entry] += (ItemRef(item=code, aspects=aspects),)
    return links


def _objective(objective, links) -> ObjectiveEntry:
    return ObjectiveEntry(
        number=objective.number,
        title=objective.title,
        items=links["objective", objective.pk],
        result=objective.result,
        target_group=objective.target_group,
        due=objective.due,
        confidential=objective.is_confidential,
        actions=tuple(
            ActionEntry(
                title=action.title,
                items=links["action", action.pk],
                target_group=action.target_group,
                links=action.links,
                responsible=action.responsible,
                due=action.due,
                capacity=action.capacity,
                partners=[line for line in action.partners.splitlines() if line.strip()],
                confidential=action.is_confidential,
            )
            for action in objective.actions.all()
        ),
        indicators=tuple(
            IndicatorEntry(
                title=indicator.title,
                items=links["indicator", indicator.pk],
                target_value=indicator.target_value,
                baseline=indicator.baseline,
                source=indicator.source,
                frequency=indicator.frequency,
            )
            for indicator in objective.indicators.all()
        ),
    )
