"""Closing a draft, by two administrators; archiving what was published; removing a draft.

From publication on the database refuses changes to codes, order and official texts, and an edition that is
published without a second person (migrations 0002 and 0005; docs/adr/0015).
"""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from framework import rules
from framework.checklist import find_blockers
from framework.enums import EditionStatus
from framework.export import edition_digest
from framework.models import Edition, Publication
from framework.services.files import remove_files
from kiv.audit.services import record


class CannotPublish(Exception):
    """The edition is no draft, is not complete, or waits for somebody else. The text says which."""


@transaction.atomic
def publish_edition(*, edition: Edition, by: None) -> Edition:
    """An operator's command makes a draft the latest published edition. Raises CannotPublish.

    There is no way back. People publish by two: `ask_publication` and `confirm_publication`.
    """
    if by is not None:
        raise rules.NotAllowed("people publish by two")
    locked = _lock_complete_draft(edition)
    now = timezone.now()
    values = {"asked_by": None, "asked_at": now, "digest": edition_digest(locked), "confirmed_at": now}
    Publication.objects.filter(edition=locked).delete()
    Publication.objects.create(edition=locked, **values)
    return _close(locked, now, by=None)


@transaction.atomic
def ask_publication(*, edition: Edition, by: Any) -> Publication:
    """The first administrator finds the draft complete. Asking again for the same changes nothing.

    Raises CannotPublish when something is missing, or when a colleague asked for the same already.
    """
    rules.check_administrator(by)
    locked = _lock_complete_draft(edition)
    digest = edition_digest(locked)
    pending = Publication.objects.filter(edition=locked).first()
    if pending is not None and pending.digest == digest:
        if pending.asked_by_id == by.pk:
            return pending
        raise CannotPublish(_("A colleague has asked for this already. You can confirm it."))
    if pending is not None:
        pending.delete()
    asked = Publication.objects.create(edition=locked, asked_by=by, asked_at=timezone.now(), digest=digest)
    record("edition.publication_asked", by=by, on=locked, code=locked.code)
    return asked


@transaction.atomic
def confirm_publication(*, edition: Edition, by: Any, digest: str) -> Edition:
    """A second administrator publishes what the first one asked for; `digest` is what the second one read.

    Raises CannotPublish for the one who asked, and when anything was changed since it was asked or read.
    """
    rules.check_administrator(by)
    locked = _lock_complete_draft(edition)
    stored = edition_digest(locked)
    pending = Publication.objects.filter(edition=locked).first()
    if pending is None and digest and digest != stored:
        raise CannotPublish(
            _(
                "The draft was changed since you opened this page, and with that the request for publication "
                "lapsed. Look at the draft again, then ask for publication anew."
            )
        )
    if reason := rules.why_not_confirm(by, pending, stored):
        raise CannotPublish(reason)
    if digest != stored:
        raise CannotPublish(_("The edition was changed since you opened this page. Look at it again."))
    pending.confirmed_by, pending.confirmed_at = by, timezone.now()
    pending.save(update_fields=["confirmed_by", "confirmed_at"])
    return _close(locked, pending.confirmed_at, by=by)


@transaction.atomic
def archive_edition(*, edition: Edition, by: Any) -> Edition:
    """The edition is offered to no new plan; plans under it stay as they are. Archived already: no event."""
    locked, is_changed = _with_status(edition, EditionStatus.ARCHIVED, by=by)
    if is_changed:
        record("edition.archived", by=by, on=locked, code=locked.code)
    return locked


@transaction.atomic
def restore_edition(*, edition: Edition, by: Any) -> Edition:
    """An archived edition is offered again."""
    locked, is_changed = _with_status(edition, EditionStatus.PUBLISHED, by=by)
    if is_changed:
        record("edition.restored", by=by, on=locked, code=locked.code)
    return locked


@transaction.atomic
def delete_draft(*, edition: Edition, by: Any) -> None:
    """Remove a draft with all that is in it. Raises WrongMoment when something refers to it."""
    rules.check_administrator(by)
    locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    rules.check_draft(locked)
    record("edition.deleted", by=by, on=locked, code=locked.code)
    remove_files(locked.attachments.all())
    try:
        with transaction.atomic():
            locked.delete()
    except ProtectedError:
        raise rules.WrongMoment(
            _("A plan or another edition refers to this draft. It cannot be removed.")
        ) from None


def _with_status(edition: Edition, status: EditionStatus, *, by: Any) -> tuple[Edition, bool]:
    """The locked edition in this status, and whether it had another."""
    rules.check_administrator(by)
    locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    rules.check_published(locked)
    is_changed = locked.status != status
    if is_changed:
        locked.status = status
        locked.save(update_fields=["status"])
    return locked, is_changed


def _lock_complete_draft(edition: Edition) -> Edition:
    locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if not locked.is_draft:
        raise CannotPublish(_("This edition has been published before."))
    if blockers := find_blockers(locked):
        raise CannotPublish(" ".join(finding.sentence for finding in blockers))
    return locked


def _close(locked: Edition, moment, *, by: Any) -> Edition:
    locked.status = EditionStatus.PUBLISHED
    locked.published_at = moment
    locked.save(update_fields=["status", "published_at"])
    record("edition.published", by=by, on=locked, code=locked.code)
    return locked
