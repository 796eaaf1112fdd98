"""What the zone decides about items: choices and motivations, one row or all rows at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from kiv.audit.services import record
from plans.enums import Choice
from plans.models import Assessment, ItemChoice
from plans.selectors.proposals import is_ready
from plans.services.editing import change_of, check_storable

FIELDS = ("choice", "reason", "pointer", "line", "is_motivation_confidential", "is_item_confidential")


@dataclass(frozen=True, slots=True)
class ChoiceChange:
    """What a person decided for one item, having read it at `revision` (0: there was no row)."""

    item: str
    revision: int
    choice: str = Choice.UNDECIDED
    reason: str = ""
    pointer: str = ""
    line: str = ""
    is_motivation_confidential: bool = False
    is_item_confidential: bool = False


class StaleChoices(Exception):
    """Somebody decided about these items meanwhile; nothing was saved. `stored`: code → row or None."""

    def __init__(self, stored: dict[str, ItemChoice | None]) -> None:
        super().__init__(", ".join(stored))
        self.stored = stored


def save_choices(*, assessment: Assessment, by, changes: Sequence[ChoiceChange]) -> list[str]:
    """Save all changes or none; the codes of the items that changed.

    Raises StaleChoices with every row that was saved by somebody else meanwhile, and ValidationError
    for wrong values, unknown items and items that stand twice.
    """
    version = assessment.version
    with change_of(version, by=by):
        items = {item.code: item for item in assessment.edition.items.all()}
        codes = [change.item for change in changes]
        if len(set(codes)) != len(codes) or not set(codes) <= set(items):
            raise ValidationError(f"items of {assessment.edition.code}, each once: {', '.join(codes)}")
        rows = {row.item_id: row for row in assessment.choices.all()}
        changed: list[ItemChoice] = []
        stale: dict[str, ItemChoice | None] = {}
        for change in changes:
            item = items[change.item]
            stored = rows.get(item.pk)
            row = stored or ItemChoice(assessment=assessment, item=item, revision=0)
            values = {name: getattr(change, name) for name in FIELDS}
            check_storable(values)
            if all(getattr(row, name) == value for name, value in values.items()):
                # Nothing to do, whoever did it: a second click on the same button is no conflict.
                continue
            if row.revision != change.revision:
                stale[change.item] = stored
                continue
            for name, value in values.items():
                setattr(row, name, value)
            row.revision += 1
            changed.append(row)
        if stale:
            raise StaleChoices(stale)
        for row in changed:
            row.full_clean(validate_unique=False, validate_constraints=False)
            row.save()
        if changed:
            record(
                "choices.saved",
                by=by,
                on=version,
                zone_id=version.plan.zone_id,
                plan=version.plan_id,
                choices={row.item.code: row.choice for row in changed},
            )
    return [row.item.code for row in changed]


def confirm_proposals(*, assessment: Assessment, by) -> list[str]:
    """Take every proposal that needs nothing more: an undecided item with an objective is retained.

    A proposal for regular policing is taken when an accepted passage already shows what is done.
    The codes of the items decided.
    """
    rows = {row.item_id: row for row in assessment.choices.all()}
    changes = []
    for score in assessment.scores.select_related("item").order_by("item__position"):
        if is_ready(score.detail):
            row = rows.get(score.item_id) or ItemChoice(revision=0)
            kept = {name: getattr(row, name) for name in FIELDS if name != "choice"}
            changes.append(
                ChoiceChange(score.item.code, row.revision, choice=score.detail["proposal"], **kept)
            )
    return save_choices(assessment=assessment, by=by, changes=changes)
