"""Writing what an edition file says into rows. Only services.loading calls this, inside its transaction.

Rows are recognised by code or name, so that what points to an item keeps pointing to it.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import F

from framework.correspondences import stored_correspondences
from framework.models import Aspect, Attachment, CriterionText, Edition, Item
from framework.parsing import CorrespondenceEntry, EditionFile, ItemEntry
from framework.services.correspondences import write_links
from framework.succession import Confidence, Link, Relation

#: Far from any real position: rows move there before they take their new places (places are unique).
_ASIDE = 10_000


def store_contents(edition: Edition, file: EditionFile) -> None:
    """Make a draft say exactly what the file says. Raises ProtectedError when plans use a removed item."""
    store_framework_title(edition, file)
    _set_edition(edition, file)
    edition.save()
    _sync(Attachment, "name", {"edition": edition}, [_attachment_values(entry) for entry in file.attachments])
    _sync(CriterionText, "code", {"edition": edition}, [entry.model_dump() for entry in file.criteria])
    _sync(Item, "code", {"edition": edition}, [_item_values(entry) for entry in file.items])
    items = {item.code: item for item in edition.items.all()}
    for entry in file.items:
        aspects = [aspect.model_dump() for aspect in entry.aspects]
        _sync(Aspect, "code", {"item": items[entry.code]}, aspects)


def store_texts(edition: Edition, file: EditionFile) -> None:
    """Take over the texts that may change in a published edition; the caller has checked all the others."""
    store_framework_title(edition, file)
    _set_edition(edition, file)
    edition.save(
        update_fields=[
            "first_year",
            "last_year",
            "approved",
            "title",
            "title_status",
            "subtitle",
            "introduction",
        ]
    )
    for entry in file.criteria:
        edition.criteria.filter(code=entry.code).update(**entry.model_dump(exclude={"code"}))
    for entry in file.items:
        values = _item_values(entry)
        del values["code"], values["kind"]
        edition.items.filter(code=entry.code).update(**values)
        for aspect in entry.aspects:
            Aspect.objects.filter(item__edition=edition, item__code=entry.code, code=aspect.code).update(
                **aspect.model_dump(exclude={"code"})
            )


def store_links(edition: Edition, file: EditionFile, *, by: Any, should_update_texts: bool = False) -> None:
    """Take over what the file says became of the predecessor's items, when it speaks of them.

    A draft says exactly what the file says. A published edition learns what was never decided; the rationale
    of the rest only on `should_update_texts`. The caller has checked that nothing else differs.
    """
    edition.correspondences.exclude(source__edition=edition.predecessor_id).delete()
    if file.correspondences is None or edition.predecessor_id is None:
        return
    wanted: dict[str, tuple[Link, ...]] = {}
    for entry in file.correspondences:
        wanted[entry.old] = (*wanted.get(entry.old, ()), _link_of(entry))
    rows = stored_correspondences(edition)
    if edition.is_draft:
        wanted |= {row.source.code: () for row in rows if row.source.code not in wanted}
    elif not should_update_texts:
        decided = {row.source.code for row in rows} - {row.source.code for row in rows if not row.is_decided}
        wanted = {old: links for old, links in wanted.items() if old not in decided}
    write_links(edition=edition, by=by, links=wanted)


def _link_of(entry: CorrespondenceEntry) -> Link:
    return Link(
        entry.old,
        entry.new,
        Relation(entry.relation),
        Confidence(entry.confidence),
        entry.rationale or {},
        is_stored=True,
        is_decided=entry.decided,
    )


def store_framework_title(edition: Edition, file: EditionFile) -> None:
    """The title of the series is shared by its editions: the file loaded last decides."""
    if edition.framework.title != file.framework.title:
        edition.framework.title = file.framework.title
        edition.framework.save(update_fields=["title"])


def _set_edition(edition: Edition, file: EditionFile) -> None:
    edition.first_year, edition.last_year = file.period
    edition.approved = file.approved
    edition.title, edition.title_status = file.title, file.title_status
    edition.subtitle, edition.introduction = file.subtitle or {}, file.introduction or {}


def _attachment_values(entry) -> dict[str, Any]:
    return entry.model_dump()


def _item_values(entry: ItemEntry) -> dict[str, Any]:
    values = entry.model_dump(exclude={"aspects"})
    values["example"] = values["example"] or {}
    return values


def _sync(
    model: type[models.Model], key: str, parent: dict[str, Any], wanted: Sequence[dict[str, Any]]
) -> None:
    """Create, update, order and remove the rows of one parent until they are the wanted ones."""
    rows = model._default_manager.filter(**parent)
    rows.exclude(**{f"{key}__in": [values[key] for values in wanted]}).delete()
    rows.update(position=F("position") + _ASIDE)
    stored = {getattr(row, key): row for row in rows}
    for position, values in enumerate(wanted, start=1):
        row = stored.get(values[key]) or model(**parent)
        for name, value in {**values, "position": position}.items():
            setattr(row, name, value)
        row.save()
