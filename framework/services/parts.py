"""Items, aspects, criteria and attachments of an edition: add, change, move, remove, one at a time.

What a part may hold is said by the models of the edition file (parsing). In a published edition only what is
editorial changes, and each old text is kept (editing.note_corrections).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pydantic
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from framework import export, parsing, rules
from framework.enums import CriterionCode
from framework.models import Aspect, Attachment, CriterionText, Edition, Item
from framework.services.editing import (
    TooMany,
    as_validation_error,
    change_of,
    check_seen,
    check_statuses,
    note_corrections,
    with_statuses,
)
from framework.services.files import remove_files
from kiv.audit.services import record

Part = Item | Aspect | CriterionText | Attachment
#: Far from any real position: a row waits there while two change places (places are unique).
_ASIDE = 20_000


@dataclass(frozen=True, slots=True)
class PartKind:
    """`key` is the name by which a part is known in its parent; `fixed` never changes once published."""

    name: str
    model: type[models.Model]
    entry: type[pydantic.BaseModel]
    data: Callable[[Any], dict[str, Any]]
    key: str
    parent: str
    limit: int
    fixed: tuple[str, ...]

    def values_of(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What a file may hold, cleaned as there. Raises ValidationError."""
        try:
            valid = self.entry.model_validate(dict(data))
        except pydantic.ValidationError as error:
            raise as_validation_error(error) from None
        values = valid.model_dump(mode="json", exclude={"aspects"})
        if "title" in values:
            check_statuses(values)
        return values


KINDS = {
    Item: PartKind(
        "item",
        Item,
        parsing.ItemEntry,
        export.item_data,
        "code",
        "edition",
        parsing.MAX_ITEMS,
        ("code", "kind"),
    ),
    Aspect: PartKind(
        "aspect",
        Aspect,
        parsing.AspectEntry,
        export.aspect_data,
        "code",
        "item",
        parsing.MAX_ASPECTS,
        ("code",),
    ),
    CriterionText: PartKind(
        "criterion",
        CriterionText,
        parsing.CriterionEntry,
        export.criterion_data,
        "code",
        "edition",
        len(CriterionCode.values),
        ("code",),
    ),
    Attachment: PartKind(
        "attachment",
        Attachment,
        parsing.AttachmentEntry,
        export.attachment_data,
        "name",
        "edition",
        parsing.MAX_ATTACHMENTS,
        ("label", "name", "language", "dated"),
    ),
}


def edition_of(part: Part) -> Edition:
    return part.item.edition if isinstance(part, Aspect) else part.edition


def digest_of_part(part: Part) -> str:
    """What a form remembers of the state it was opened with."""
    return export.digest_of(KINDS[type(part)].data(part))


def add_part(model: type[Part], *, parent: Edition | Item, by: Any, values: Mapping[str, Any]) -> Part:
    """Add a part to a draft, as the last one. Sent twice with the same words, it is added once.

    Raises ValidationError, TooMany, or WrongMoment once the edition is published.
    """
    kind = KINDS[model]
    with change_of(parent.edition if isinstance(parent, Item) else parent, by=by) as edition:
        rules.check_draft(edition)
        valid = kind.values_of(values)
        siblings = model.objects.filter(**{kind.parent: parent})
        same = next((row for row in siblings if _is_same_key(kind, row, valid)), None)
        if same is not None and kind.data(same) == valid:
            return same
        _check_key(kind, same)
        if siblings.count() >= kind.limit:
            raise TooMany(kind.limit)
        last = siblings.aggregate(last=Max("position"))["last"] or 0
        added = model(**{kind.parent: parent}, position=last + 1)
        _store(added, valid)
        record("edition.part_added", by=by, on=edition, code=edition.code, part=kind.name, of=_name(added))
        return added


def change_part(part: Part, *, by: Any, seen: str, values: Mapping[str, Any]) -> bool:
    """Store what a part says; `seen` is the digest of what was read.

    False when it says so already, whatever was read: no trace.

    Raises StaleEdit, ValidationError, and the model's DoesNotExist when the part was removed meanwhile.
    """
    kind = KINDS[type(part)]
    with change_of(edition_of(part), by=by) as edition:
        stored = kind.model.objects.select_for_update(of=("self",)).get(pk=part.pk)
        before = with_statuses(kind.data(stored))
        valid = kind.values_of(before | dict(values))
        if valid == before:
            return False
        check_seen(stored, kind.data(stored), seen)
        if edition.is_draft:
            siblings = kind.model.objects.filter(**{kind.parent: getattr(stored, kind.parent)})
            others = (row for row in siblings.exclude(pk=stored.pk) if _is_same_key(kind, row, valid))
            _check_key(kind, next(others, None))
            record("edition.changed", by=by, on=edition, code=edition.code, part=kind.name, of=_name(stored))
        else:
            if any(before[name] != valid[name] for name in kind.fixed):
                rules.check_draft(edition)
            item = stored.item.code if isinstance(stored, Aspect) else ""
            note_corrections(edition, kind.name, before, valid, by=by, item=item)
        _store(stored, valid)
        return True


def move_part(part: Part, *, by: Any, down: bool) -> None:
    """Change places with the neighbour above or below, in a draft. At the end of the list nothing happens."""
    kind = KINDS[type(part)]
    with change_of(edition_of(part), by=by) as edition:
        rules.check_draft(edition)
        stored = kind.model.objects.get(pk=part.pk)
        siblings = kind.model.objects.filter(**{kind.parent: getattr(stored, kind.parent)})
        if down:
            other = siblings.filter(position__gt=stored.position).order_by("position").first()
        else:
            other = siblings.filter(position__lt=stored.position).order_by("-position").first()
        if other is None:
            return
        for pk, position in ((stored.pk, _ASIDE), (other.pk, stored.position), (stored.pk, other.position)):
            kind.model.objects.filter(pk=pk).update(position=position)
        record("edition.part_moved", by=by, on=edition, code=edition.code, part=kind.name, of=_name(stored))


def remove_part(part: Part, *, by: Any) -> None:
    """Remove a part of a draft with what hangs on it. Raises WrongMoment when a plan names it."""
    kind = KINDS[type(part)]
    with change_of(edition_of(part), by=by) as edition:
        rules.check_draft(edition)
        stored = kind.model.objects.filter(pk=part.pk).first()
        if stored is None:
            return
        record("edition.part_removed", by=by, on=edition, code=edition.code, part=kind.name, of=_name(stored))
        if isinstance(stored, Attachment):
            remove_files([stored])
        try:
            with transaction.atomic():
                stored.delete()
        except ProtectedError:
            raise rules.WrongMoment(_("A plan names this. It cannot be removed.")) from None


def _store(row: Part, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, {} if value is None and name == "example" else value)
    row.save()
    row.refresh_from_db()


def _name(part: Part) -> str:
    """Its code, as the trail may hold it; an attachment, whose name people write, by its id."""
    if isinstance(part, Aspect):
        return f"{part.item.code} {part.code}"
    return str(part.pk) if isinstance(part, Attachment) else part.code


def _is_same_key(kind: PartKind, row: Part, values: Mapping[str, Any]) -> bool:
    """Capitals or not: people would mistake one for the other."""
    return getattr(row, kind.key).strip().casefold() == values[kind.key].strip().casefold()


def _check_key(kind: PartKind, same: Part | None) -> None:
    if same is not None:
        raise ValidationError(
            {kind.key: _("This is taken already: %(key)s.") % {"key": getattr(same, kind.key)}}
        )
