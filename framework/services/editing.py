"""The frame of every change to an edition, and its facts: lock, check, compare with what was read, record.

Not here: items and what else an edition has (parts), files of attachments (files), whole files (loading).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pydantic
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from framework import rules
from framework.enums import TextStatus
from framework.export import digest_of, facts_data, facts_read
from framework.models import Edition, TextChange
from framework.parsing import FactsEntry
from framework.services.requests import withdraw_if_changed
from framework.texts import OURS, flatten
from kiv.audit.services import record


class StaleEdit(Exception):
    """Somebody saved this since it was read. `stored` is the object as it stands now."""

    def __init__(self, stored: models.Model) -> None:
        super().__init__(f"{stored._meta.label_lower} {stored.pk} was changed meanwhile")
        self.stored = stored


class TooMany(Exception):
    """A bound on the size of an edition is reached; `limit` is the number allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"at most {limit}")
        self.limit = limit


@contextmanager
def change_of(edition: Edition, *, by: Any) -> Iterator[Edition]:
    """One change, all or nothing, with the edition locked. A draft that says anything else is asked anew."""
    rules.check_administrator(by)
    with transaction.atomic():
        locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        yield locked
        if locked.is_draft:
            withdraw_if_changed(locked, by=by)


def change_facts(
    *, edition: Edition, by: Any, seen: str, values: Mapping[str, Any], predecessor: Edition | None = None
) -> bool:
    """Store what an edition says of itself; `values` as in its file, `seen` the digest of `facts_read`.

    `predecessor` counts for a draft only. Raises StaleEdit; ValidationError for what a file could not hold,
    and for a change of an official title once published. False when all is stored already, whatever was
    read: no trace.
    """
    with change_of(edition, by=by) as locked:
        before = facts_data(locked)
        wanted = _valid_facts(before | dict(values))
        moves = locked.is_draft and locked.predecessor != predecessor
        if wanted == before and not moves:
            return False
        check_seen(locked, facts_read(locked), seen)
        locked.first_year, locked.last_year = wanted["period"]
        locked.approved = wanted["approved"]
        for name in ("title", "title_status", "subtitle", "introduction"):
            setattr(locked, name, wanted[name] or {})
        if locked.is_draft:
            check_predecessor(locked, predecessor)
            locked.predecessor = predecessor
            locked.save()
            record("edition.changed", by=by, on=locked, code=locked.code, part="edition", of="")
        else:
            note_corrections(locked, "edition", before, wanted, by=by)
            locked.save()
        # The frame reads it again, and dates come as text.
        locked.refresh_from_db()
        return True


def check_seen(stored: models.Model, data: Any, seen: str) -> None:
    """Raise StaleEdit unless what was read is what is stored."""
    if digest_of(data) != seen:
        raise StaleEdit(stored)


def check_predecessor(edition: Edition, predecessor: Edition | None) -> None:
    """An edition of the same series that does not come after this one."""
    if predecessor is not None and predecessor.framework_id != edition.framework_id:
        raise ValidationError({"predecessor": _("Choose an edition of the same series.")})
    ancestor = predecessor
    while ancestor is not None:
        if ancestor.pk == edition.pk:
            raise ValidationError({"predecessor": _("This edition comes before the one you chose.")})
        ancestor = ancestor.predecessor


def with_statuses(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same with the origin of each title said: one that a file leaves out is ours."""
    if "title_status" not in data:
        return dict(data)
    return dict(data) | {"title_status": dict.fromkeys(data["title"], OURS) | data["title_status"]}


def check_statuses(data: Mapping[str, Any]) -> None:
    """Each language of a title says where the title comes from."""
    if set(data["title"]) != set(data["title_status"]):
        raise ValidationError({"title": _("Say for each language of the title where it comes from.")})


def as_validation_error(error: pydantic.ValidationError) -> ValidationError:
    """What the file format cannot hold is not stored, whatever let it through."""
    places = {".".join(map(str, detail["loc"])): detail["msg"] for detail in error.errors(include_url=False)}
    return ValidationError([f"{place}: {words}" for place, words in places.items()])


def note_corrections(
    edition: Edition, part: str, before: Mapping, after: Mapping, *, by: Any, item: str = ""
) -> None:
    """Write down every text of a published edition that changes; ValidationError for an official one."""
    old, new = flatten(part, before, item=item), flatten(part, after, item=item)
    changed = [place for place in {**old, **new} if old.get(place) != new.get(place)]
    for name, language in changed:
        is_title = name in {"title", "title_status"}
        if is_title and before["title_status"].get(language) == TextStatus.OFFICIAL:
            raise ValidationError({"title": _("An official text stays as it was published. Add an erratum.")})
    now = timezone.now()
    code = item or after.get("code", "")
    aspect = after["code"] if part == "aspect" else ""
    TextChange.objects.bulk_create(
        TextChange(
            edition=edition,
            part=part,
            code=code if part != "edition" else "",
            aspect=aspect,
            field=name,
            language=language,
            before=old.get((name, language), ""),
            after=new.get((name, language), ""),
            changed_by=by,
            changed_at=now,
        )
        for name, language in changed
    )
    if changed:
        record(
            "edition.corrected", by=by, on=edition, code=edition.code, part=part, of=code, texts=len(changed)
        )


def note_all_corrections(edition: Edition, before: Mapping, after: Mapping, *, by: Any) -> None:
    """The same for a whole published edition, in the form of its file; codes and order are the same."""
    note_corrections(edition, "edition", before, after, by=by)
    for name in ("criteria", "items"):
        part = {"criteria": "criterion", "items": "item"}[name]
        old = {entry["code"]: entry for entry in before[name]}
        for entry in after[name]:
            note_corrections(edition, part, old[entry["code"]], entry, by=by)
            aspects = {aspect["code"]: aspect for aspect in old[entry["code"]].get("aspects", ())}
            for aspect in entry.get("aspects", ()):
                note_corrections(
                    edition, "aspect", aspects[aspect["code"]], aspect, by=by, item=entry["code"]
                )


def _valid_facts(data: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as a file holds them. Raises ValidationError."""
    try:
        valid = FactsEntry.model_validate(dict(data)).model_dump(mode="json")
    except pydantic.ValidationError as error:
        raise as_validation_error(error) from None
    if valid["period"][0] > valid["period"][1]:
        raise ValidationError({"last_year": _("The last year comes before the first.")})
    check_statuses(valid)
    return valid
