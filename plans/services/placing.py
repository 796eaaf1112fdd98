"""Entries of the plan format as rows of a version: for a file taken in, and for what an earlier plan gives.

Inside a change only (services.importing, services.copying).
"""

from collections.abc import Sequence

from plans.models import Action, Assessment, Diagnosis, Indicator, ItemLink, Objective
from plans.planformat import DiagnosisEntry, ItemRef, ObjectiveEntry
from plans.services.entries import find_items, items_of_edition, kind_of


class Naming:
    """What the new entries name, checked against the edition at once and stored in one go."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.known = items_of_edition(assessment)
        self.links: list[ItemLink] = []

    def add(self, entry, items: Sequence[ItemRef]) -> None:
        for item_id, aspects in find_items(self.known, items).items():
            source = {kind_of(entry).name: entry}
            self.links.append(
                ItemLink(assessment=self.assessment, item_id=item_id, aspects=aspects, **source)
            )

    def save(self) -> None:
        ItemLink.objects.bulk_create(self.links)


def place_objective(assessment: Assessment, entry: ObjectiveEntry, number: str, naming: Naming) -> Objective:
    """The objective and what hangs on it, under this number."""
    objective = Objective.objects.create(
        version=assessment.version,
        number=number,
        title=entry.title,
        result=entry.result,
        target_group=entry.target_group,
        due=entry.due,
        is_confidential=entry.confidential,
    )
    naming.add(objective, entry.items)
    for part in entry.actions:
        action = Action.objects.create(
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
        naming.add(action, part.items)
    for part in entry.indicators:
        indicator = Indicator.objects.create(
            objective=objective,
            title=part.title,
            target_value=part.target_value,
            baseline=part.baseline,
            source=part.source,
            frequency=part.frequency,
        )
        naming.add(indicator, part.items)
    return objective


def place_diagnosis(assessment: Assessment, entry: DiagnosisEntry, naming: Naming) -> Diagnosis:
    diagnosis = Diagnosis.objects.create(
        version=assessment.version,
        kind=entry.kind,
        text=entry.text,
        figure=entry.figure,
        source=entry.source,
        is_confidential=entry.confidential,
    )
    naming.add(diagnosis, entry.items)
    return diagnosis
