"""Copying from an earlier plan: what is chosen arrives in one go, under its own number where that is free."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kiv.audit.services import record
from plans import rules
from plans.models import Assessment, ItemChoice
from plans.planformat.carrying_types import Offered, OfferedChoice
from plans.planformat.types import MAX_DIAGNOSES, MAX_OBJECTIVES
from plans.selectors.copying import copy_offer, may_be_copied
from plans.services.content_rows import ContentRows
from plans.services.editing import TooMany, change_of
from plans.services.entries import items_of_edition, next_number


class StaleCopy(Exception):
    """Something that was chosen no longer stands in the earlier plan as it was read; nothing was copied."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How many of each came over; `skipped`: chosen, and in the plan already."""

    objectives: int = 0
    actions: int = 0
    indicators: int = 0
    diagnoses: int = 0
    choices: int = 0
    skipped: int = 0

    def __bool__(self) -> bool:
        return bool(self.objectives or self.diagnoses or self.choices)


def copy_forward(*, assessment: Assessment, source: Assessment, chosen: Collection[str], by) -> Copied:
    """Copy what is `chosen` (keys of the offer, selectors.copying) from an earlier plan. All or nothing.

    What the plan holds by now is skipped, so that copying twice copies once. Raises rules.NotAllowed for a
    source that is no earlier plan or may not be read wholly, StaleCopy when the earlier plan was changed,
    TooMany beyond what a plan holds, and what `change_of` raises. `by` None is an operator's command.
    """
    version = assessment.version
    if by is not None and not may_be_copied(assessment, source, by):
        raise rules.NotAllowed
    with change_of(version, by=by):
        offer = copy_offer(assessment, source)
        if not set(chosen) <= offer.keys:
            raise StaleCopy
        taken = set(chosen) & offer.free
        objectives = [each for each in offer.objectives if each.key in taken]
        diagnoses = [each for each in offer.diagnoses if each.key in taken]
        choices = [each for each in offer.choices if each.key in taken]
        _check_room(version.objectives, objectives, MAX_OBJECTIVES)
        _check_room(version.diagnoses, diagnoses, MAX_DIAGNOSES)
        _place(assessment, objectives, diagnoses)
        _decide(assessment, choices)
        copied = Copied(
            objectives=len(objectives),
            actions=sum(len(each.entry.actions) for each in objectives),
            indicators=sum(len(each.entry.indicators) for each in objectives),
            diagnoses=len(diagnoses),
            choices=len(choices),
            skipped=len(set(chosen) - taken),
        )
        if copied:
            record(
                "plan.copied_forward",
                by=by,
                on=version,
                zone_id=version.plan.zone_id,
                plan=version.plan_id,
                source=source.version.plan_id,
                objectives=copied.objectives,
                actions=copied.actions,
                indicators=copied.indicators,
                diagnoses=copied.diagnoses,
                decisions=copied.choices,
            )
    return copied


def free_numbers(wanted: Sequence[str], taken: Iterable[str]) -> list[str]:
    """A number for each: the wanted one when nobody has it, else the next after all that are in use."""
    used = set(taken)
    kept = []
    for number in wanted:
        kept.append("" if number in used else number)
        used.add(number)
    numbers = []
    for number in kept:
        given = number or next_number(used)
        used.add(given)
        numbers.append(given)
    return numbers


def _check_room(present, coming: Sequence[Offered], limit: int) -> None:
    if coming and present.count() + len(coming) > limit:
        raise TooMany(limit)


def _place(assessment: Assessment, objectives: Sequence[Offered], diagnoses: Sequence[Offered]) -> None:
    rows, items = ContentRows(), items_of_edition(assessment)
    present = assessment.version.objectives.values_list("number", flat=True)
    numbers = free_numbers([each.entry.number for each in objectives], present)
    for each, number in zip(objectives, numbers, strict=True):
        rows.add_objective(assessment, each.entry, number, items)
    for each in diagnoses:
        rows.add_diagnosis(assessment, each.entry, items)
    rows.save()


def _decide(assessment: Assessment, choices: Sequence[OfferedChoice]) -> None:
    """Items about which nothing was decided yet: the offer has no others."""
    rows = {row.item.code: row for row in assessment.choices.select_related("item")}
    items = dict(assessment.edition.items.values_list("code", "pk"))
    for each in choices:
        entry = each.entry
        row = rows.get(each.into) or ItemChoice(assessment=assessment, item_id=items[each.into], revision=0)
        row.choice = str(entry.choice)
        row.reason = str(entry.reason or "")
        row.pointer = entry.pointer
        row.line = entry.line
        row.is_motivation_confidential = entry.confidential
        row.is_item_confidential = entry.item_confidential
        row.revision += 1
        row.save()
