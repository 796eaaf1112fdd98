"""The rows that a plan's content becomes: made without a query, stored in one go per table.

For one plan (importing), for what an earlier one gives (copying) and for many at once (bulk). Not here:
whether they may be stored, and scoring.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from framework.models import Item
from plans.models import (
    Action,
    Assessment,
    Diagnosis,
    Indicator,
    ItemChoice,
    ItemLink,
    Objective,
    PassageEvidence,
)
from plans.planformat import DiagnosisEntry, ItemRef, ObjectiveEntry, PlanContent, passage_identity
from plans.services.entries import find_items, kind_of


@dataclass(slots=True)
class ContentRows:
    """Rows that are not stored yet, of one assessment or of many."""

    objectives: list[Objective] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    diagnoses: list[Diagnosis] = field(default_factory=list)
    links: list[ItemLink] = field(default_factory=list)
    choices: list[ItemChoice] = field(default_factory=list)
    passages: list[PassageEvidence] = field(default_factory=list)

    def add(
        self, assessment: Assessment, content: PlanContent, items: Mapping[str, Item], *, revision: int = 1
    ) -> dict[str, Objective]:
        """Make the rows of `content`, which names `items` (by code) of the assessment's edition.

        `revision` is that of the choices. The objectives by their number. Raises ValidationError for items
        that are not among them.
        """
        objectives = {}
        for position, entry in enumerate(content.objectives):
            number = content.objective_number(position)
            objectives[number] = self.add_objective(assessment, entry, number, items)
        for entry in content.diagnosis:
            self.add_diagnosis(assessment, entry, items)
        self._add_decisions(assessment, content, objectives, items, revision)
        return objectives

    def save(self) -> None:
        """Store everything; what points at another row comes after it."""
        for model, rows in (
            (Objective, self.objectives),
            (Action, self.actions),
            (Indicator, self.indicators),
            (Diagnosis, self.diagnoses),
            (ItemLink, self.links),
            (ItemChoice, self.choices),
            (PassageEvidence, self.passages),
        ):
            model.objects.bulk_create(rows, batch_size=500)

    def _name(
        self, assessment: Assessment, entry, named: Sequence[ItemRef], items: Mapping[str, Item]
    ) -> None:
        source = {kind_of(entry).name: entry}
        self.links += [
            ItemLink(assessment=assessment, item_id=item_id, aspects=aspects, **source)
            for item_id, aspects in find_items(items, named).items()
        ]

    def add_diagnosis(self, assessment: Assessment, entry: DiagnosisEntry, items: Mapping[str, Item]) -> None:
        diagnosis = Diagnosis(
            version=assessment.version,
            kind=entry.kind,
            text=entry.text,
            figure=entry.figure,
            source=entry.source,
            is_confidential=entry.confidential,
        )
        self.diagnoses.append(diagnosis)
        self._name(assessment, diagnosis, entry.items, items)

    def add_objective(
        self, assessment: Assessment, entry: ObjectiveEntry, number: str, items: Mapping[str, Item]
    ) -> Objective:
        """The objective and what hangs on it, under this number."""
        objective = Objective(
            version=assessment.version,
            number=number,
            title=entry.title,
            result=entry.result,
            target_group=entry.target_group,
            due=entry.due,
            is_confidential=entry.confidential,
        )
        self.objectives.append(objective)
        self._name(assessment, objective, entry.items, items)
        for part in entry.actions:
            action = Action(
                objective=objective,
                title=part.title,
                target_group=part.target_group,
                links=[str(link) for link in part.links],
                responsible=part.responsible,
                due=part.due,
                capacity=part.capacity,
                partners="\n".join(part.partners),
                is_confidential=part.confidential,
            )
            self.actions.append(action)
            self._name(assessment, action, part.items, items)
        for part in entry.indicators:
            indicator = Indicator(
                objective=objective,
                title=part.title,
                target_value=part.target_value,
                baseline=part.baseline,
                source=part.source,
                frequency=part.frequency,
            )
            self.indicators.append(indicator)
            self._name(assessment, indicator, part.items, items)
        return objective

    def _add_decisions(
        self,
        assessment: Assessment,
        content: PlanContent,
        objectives: Mapping[str, Objective],
        items: Mapping[str, Item],
        revision: int,
    ) -> None:
        self.choices += [
            ItemChoice(
                assessment=assessment,
                item_id=items[code].pk,
                choice=str(entry.choice),
                reason=str(entry.reason or ""),
                pointer=entry.pointer,
                line=entry.line,
                is_motivation_confidential=entry.confidential,
                is_item_confidential=entry.item_confidential,
                revision=revision,
            )
            for code, entry in content.choices.items()
        ]
        self.passages += [
            PassageEvidence(
                assessment=assessment,
                item_id=items[entry.item].pk,
                objective=objectives[entry.objective] if entry.objective else None,
                passage=passage_identity(document=entry.document, page=entry.page, quote=entry.quote),
                document=entry.document,
                page=entry.page,
                quote=entry.quote,
                aspects=list(entry.aspects),
                elements=[str(element) for element in entry.elements],
                links=[str(link) for link in entry.links],
                is_confidential=entry.confidential,
                is_gone=entry.no_longer_in_text,
            )
            for entry in content.passages
        ]
