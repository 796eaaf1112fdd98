"""Dividing the work: items are given to a colleague, or taken back, several at once."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from kiv.audit.services import record
from plans import rules
from plans.enums import NoticeKind
from plans.mail import notify
from plans.models import Assessment
from plans.selectors.teamwork import colleagues_of
from plans.services.editing import lock_version
from plans.workflow import Act


class StaleAssignments(Exception):
    """Somebody else gave these items to somebody meanwhile; nothing was saved. `codes` of the items."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


@transaction.atomic
def assign_items(
    *, assessment: Assessment, items: Mapping[str, int | None], person_id: int | None, by
) -> list[str]:
    """Give items to one person, who is told (None: to nobody any more); the codes of those that changed.

    `items`: code → the id of who had the item when it was read. Raises rules.NotAllowed, StaleAssignments,
    and ValidationError for an unknown item or for a person who may not edit the plan.
    """
    version = assessment.version
    lock_version(version)
    rules.check_can(by, version, Act.ASSIGN)
    if person_id is not None and not colleagues_of(version.plan).filter(pk=person_id).exists():
        raise ValidationError("somebody who may edit this plan")
    known = {item.code: item for item in assessment.edition.items.filter(code__in=sorted(items))}
    if set(known) != set(items):
        raise ValidationError(f"items of {assessment.edition.code}: {', '.join(items)}")
    rows = {row.item_id: row for row in assessment.assignments.all()}
    holders = {code: getattr(rows.get(item.pk), "person_id", None) for code, item in known.items()}
    # Nothing to do where it stands so already, whoever did it: a second click is no conflict.
    changed = [code for code in items if holders[code] != person_id]
    stale = [code for code in changed if holders[code] != items[code]]
    if stale:
        raise StaleAssignments(stale)
    for code in changed:
        if person_id is None:
            rows[known[code].pk].delete()
        else:
            assessment.assignments.update_or_create(item=known[code], defaults={"person_id": person_id})
    if changed:
        _record(assessment, changed, person_id, by)
    if person_id is not None:
        for code in changed:
            people = colleagues_of(version.plan).filter(pk=person_id)
            notify(kind=NoticeKind.ASSIGNED, version=version, by=by, item=known[code], to=people)
    return changed


def _record(assessment: Assessment, codes: list[str], person_id: int | None, by) -> None:
    version = assessment.version
    data = {
        "zone_id": version.plan.zone_id,
        "plan": version.plan_id,
        "number": version.number,
        "items": codes,
    }
    if person_id is None:
        record("assignment.cleared", by=by, on=version, **data)
    else:
        record("assignment.set", by=by, on=version, user_id=person_id, **data)
