"""Adding, changing and removing objectives, actions, indicators and diagnosis entries.

One set of services for the four kinds: they differ only in their fields and in what they hang on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from framework.models import Item
from kiv.audit.services import record
from plans.models import Action, Assessment, Diagnosis, Indicator, ItemLink, Objective
from plans.planformat import ItemRef
from plans.planformat.types import MAX_DIAGNOSES, MAX_OBJECTIVES, MAX_ON_OBJECTIVE
from plans.services.editing import StaleEdit, TooMany, change_of, check_revision, check_storable

Entry = Objective | Action | Indicator | Diagnosis
NUMBER_LENGTH = Objective._meta.get_field("number").max_length


@dataclass(frozen=True, slots=True)
class EntryKind:
    """`fields` are those a person fills in; `limit` is how many a plan or an objective may hold."""

    name: str
    model: type
    fields: tuple[str, ...]
    limit: int
    hangs_on_objective: bool = False


KINDS = {
    kind.name: kind
    for kind in (
        EntryKind(
            "objective",
            Objective,
            ("number", "title", "result", "target_group", "due", "is_confidential"),
            MAX_OBJECTIVES,
        ),
        EntryKind(
            "action",
            Action,
            (
                "title",
                "target_group",
                "links",
                "responsible",
                "due",
                "capacity",
                "partners",
                "is_confidential",
            ),
            MAX_ON_OBJECTIVE,
            hangs_on_objective=True,
        ),
        EntryKind(
            "indicator",
            Indicator,
            ("title", "target_value", "baseline", "source", "frequency"),
            MAX_ON_OBJECTIVE,
            hangs_on_objective=True,
        ),
        EntryKind(
            "diagnosis", Diagnosis, ("kind", "text", "figure", "source", "is_confidential"), MAX_DIAGNOSES
        ),
    )
}


def kind_of(entry: Entry) -> EntryKind:
    return KINDS[entry._meta.model_name]


def add_entry(
    *,
    assessment: Assessment,
    kind: str,
    by,
    values: Mapping[str, Any],
    items: Sequence[ItemRef] = (),
    objective: Objective | None = None,
) -> Entry:
    """Add an entry of `kind` to the plan, naming `items` of the assessment's edition.

    Actions and indicators need their `objective`. An objective without a number gets the next one.
    Raises ValidationError for wrong values or items, TooMany at the bound, and what `change_of` raises.
    """
    entry_kind = KINDS[kind]
    version = assessment.version
    with change_of(version, by=by):
        if entry_kind.hangs_on_objective:
            parent = {"objective": _of_version(objective, version)}
        else:
            parent = {"version": version}
        siblings = entry_kind.model.objects.filter(**parent)
        if siblings.count() >= entry_kind.limit:
            raise TooMany(entry_kind.limit)
        entry = entry_kind.model(**parent)
        _assign(entry, entry_kind, values)
        if kind == "objective" and not entry.number:
            entry.number = next_number(siblings.values_list("number", flat=True))
        _save(entry)
        set_items(assessment, entry, items)
        record(
            f"{kind}.added",
            by=by,
            on=entry,
            zone_id=version.plan.zone_id,
            plan=version.plan_id,
            items=[ref.item for ref in items],
        )
    return entry


def change_entry(
    *,
    assessment: Assessment,
    entry: Entry,
    by,
    revision: int,
    values: Mapping[str, Any],
    items: Sequence[ItemRef],
) -> Entry:
    """Change an entry that was read at `revision`. Raises StaleEdit when it was saved meanwhile."""
    entry_kind = kind_of(entry)
    version = assessment.version
    with change_of(version, by=by):
        stored = _stored(entry, version, revision)
        changed = _assign(stored, entry_kind, values)
        stored.revision += 1
        _save(stored)
        set_items(assessment, stored, items)
        record(
            f"{entry_kind.name}.changed",
            by=by,
            on=stored,
            zone_id=version.plan.zone_id,
            plan=version.plan_id,
            fields=changed,
            items=[ref.item for ref in items],
        )
    return stored


def remove_entry(*, assessment: Assessment, entry: Entry, by, revision: int) -> None:
    """Remove an entry and what hangs on it; passages hung on an objective stay, loose."""
    version = assessment.version
    with change_of(version, by=by):
        stored = _stored(entry, version, revision)
        name = kind_of(stored).name
        record(f"{name}.removed", by=by, on=stored, zone_id=version.plan.zone_id, plan=version.plan_id)
        stored.delete()


def set_items(assessment: Assessment, entry: Entry, items: Sequence[ItemRef]) -> None:
    """Make the entry name exactly these items. Inside a change; ValidationError for unknown ones."""
    wanted = find_items(items_of_edition(assessment), items)
    source = {kind_of(entry).name: entry}
    present = {link.item_id: link for link in ItemLink.objects.filter(assessment=assessment, **source)}
    ItemLink.objects.filter(pk__in=[link.pk for item, link in present.items() if item not in wanted]).delete()
    for item_id, aspects in wanted.items():
        link = present.get(item_id)
        if link is None:
            ItemLink.objects.create(assessment=assessment, item_id=item_id, aspects=aspects, **source)
        elif link.aspects != aspects:
            link.aspects = aspects
            link.save(update_fields=["aspects"])


def items_of_edition(assessment: Assessment) -> dict[str, Item]:
    """The items of the assessment's edition by their code, with their aspects."""
    return {item.code: item for item in assessment.edition.items.prefetch_related("aspects")}


def find_items(known: Mapping[str, Item], items: Sequence[ItemRef]) -> dict[int, list[str]]:
    """Id of each named item → the ticked aspects in the edition's order. ValidationError for unknown ones."""
    wanted: dict[int, list[str]] = {}
    for ref in items:
        item = known.get(ref.item)
        codes = [aspect.code for aspect in item.aspects.all()] if item else []
        if item is None or item.pk in wanted or not set(ref.aspects) <= set(codes):
            raise ValidationError(f"{ref.item} {' '.join(ref.aspects)}: not in this edition, or named twice")
        wanted[item.pk] = [code for code in codes if code in ref.aspects]
    return wanted


def next_number(numbers) -> str:
    """The next whole number after those in use; one that fills its field has no next, and is passed over."""
    used = (int(number) for number in numbers if number.isdecimal() and len(number) < NUMBER_LENGTH)
    return str(max(used, default=0) + 1)


def _of_version(objective: Objective | None, version) -> Objective:
    if objective is None or objective.version_id != version.pk:
        raise ValidationError("the objective belongs to another version")
    return objective


def _stored(entry: Entry, version, revision: int) -> Entry:
    """The entry as it stands under the lock; gone or newer means the edit is stale."""
    stored = type(entry).objects.filter(pk=entry.pk).first()
    if stored is None:
        raise StaleEdit(entry)
    owner = stored.objective if kind_of(stored).hangs_on_objective else stored
    if owner.version_id != version.pk:
        raise ValidationError("the entry belongs to another version")
    check_revision(stored, revision)
    return stored


def _assign(entry: Entry, kind: EntryKind, values: Mapping[str, Any]) -> list[str]:
    """Set the given fields; the names of those that changed."""
    unknown = set(values) - set(kind.fields)
    if unknown:
        raise ValidationError(f"{kind.name} has no {', '.join(sorted(unknown))}")
    check_storable(values)
    changed = [name for name, value in values.items() if getattr(entry, name) != value]
    for name in changed:
        setattr(entry, name, values[name])
    return changed


def _save(entry: Entry) -> None:
    """Validate before the database has to: a refusal names its field. Uniqueness included."""
    entry.full_clean()
    entry.save()
