"""Taking back a request for publication: asked for, or because the draft was changed."""

from typing import Any

from django.db import transaction

from framework import rules
from framework.export import edition_digest
from framework.models import Edition, Publication
from kiv.audit.services import record


@transaction.atomic
def withdraw_publication(*, edition: Edition, by: Any) -> None:
    """What was asked is asked no longer. Nothing asked: nothing happens."""
    rules.check_administrator(by)
    withdraw_pending(Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk), by=by)


def withdraw_pending(locked: Edition, *, by: Any) -> None:
    """For every service that changes a draft, or what is published with it. The caller has locked it."""
    pending = Publication.objects.filter(edition=locked, confirmed_at__isnull=True)
    if pending.exists():
        pending.delete()
        record("edition.publication_withdrawn", by=by, on=locked, code=locked.code)


def withdraw_if_changed(locked: Edition, *, by: Any) -> None:
    """The same, only when the draft says anything else than when publication was asked."""
    pending = Publication.objects.filter(edition=locked, confirmed_at__isnull=True).first()
    if pending is not None and pending.digest != edition_digest(locked):
        withdraw_pending(locked, by=by)
