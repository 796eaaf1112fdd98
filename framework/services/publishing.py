"""Closing a draft. From then on the database refuses changes to its codes, order and official texts."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from framework.enums import CriterionCode, EditionStatus
from framework.models import Edition
from kiv.audit.services import record


class CannotPublish(Exception):
    """The edition is no draft, or is not complete. The text says which."""


@transaction.atomic
def publish_edition(*, edition: Edition, by: Any) -> Edition:
    """Make a draft the latest published edition. Raises CannotPublish; there is no way back."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if not locked.is_draft:
        raise CannotPublish(_("This edition has been published before."))
    if not locked.items.exists():
        raise CannotPublish(_("This edition has no items yet."))
    if locked.criteria.count() != len(CriterionCode.values):
        raise CannotPublish(_("This edition does not explain all criteria yet."))
    locked.status = EditionStatus.PUBLISHED
    locked.published_at = timezone.now()
    locked.save(update_fields=["status", "published_at"])
    record("edition.published", by=by, on=locked, code=locked.code)
    return locked
