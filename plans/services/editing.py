"""The frame of every change to a plan's content: lock, check, change, score again, record.

Not here: what is changed (entries, choices, importing). Nobody changes content outside this frame.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pydantic
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from plans import rules
from plans.models import Assessment, PlanVersion
from plans.services.scores import store_scores


class StaleEdit(Exception):
    """Somebody saved this object since it was read. `stored` is the object as it stands now."""

    def __init__(self, stored) -> None:
        super().__init__(f"{stored._meta.label_lower} {stored.pk} was changed meanwhile")
        self.stored = stored


class TooMany(Exception):
    """A bound on the size of a plan is reached; `limit` is the number allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"at most {limit}")
        self.limit = limit


def lock_version(version: PlanVersion) -> list[Assessment]:
    """Lock the version's assessments in one order and read its status afresh under the lock.

    Every service that changes content or status comes through here first: that is what keeps two
    people, two clicks or two processes from writing at once. Raises rules.WrongMoment for a version that
    is no longer there.
    """
    assessments = list(
        Assessment.objects.select_for_update(of=("self",))
        .filter(version=version)
        .select_related("edition")
        .order_by("pk")
    )
    try:
        version.refresh_from_db(fields=("status", "shared_at", "changed_at"))
    except PlanVersion.DoesNotExist:
        raise rules.removed() from None
    return assessments


@contextmanager
def change_of(version: PlanVersion, *, by) -> Iterator[None]:
    """One change of a version's content, all or nothing, with fresh scores for all its assessments.

    Raises rules.NotAllowed or rules.WrongMoment before anything is written, and ValidationError when the
    result is no plan that a file could hold (docs/plan-format.md: bounds, closed lists). `by` None is an
    operator's command, which is bound by the moment but not by membership.
    """
    with transaction.atomic():
        assessments = lock_version(version)
        if by is None:
            rules.check_in_preparation(version)
        else:
            rules.check_can_edit(by, version)
        yield
        for assessment in assessments:
            assessment.version = version
            store_checked_scores(assessment)
        version.changed_at = timezone.now()
        version.save(update_fields=["changed_at"])


def store_checked_scores(assessment: Assessment) -> None:
    """Score afresh. Raises ValidationError when the result is no plan that a file could hold."""
    try:
        store_scores(assessment=assessment)
    except pydantic.ValidationError as error:
        # What the plan format cannot hold is not stored, whatever let it through.
        places = {".".join(map(str, detail["loc"])): detail["msg"] for detail in error.errors()}
        raise ValidationError([f"{place}: {words}" for place, words in places.items()]) from None


def check_storable(values: Mapping[str, Any]) -> None:
    """Raise ValidationError for text that PostgreSQL cannot store (SQLite can, and must not)."""
    for name, value in values.items():
        if isinstance(value, str) and "\0" in value:
            raise ValidationError(f"{name}: text without NUL characters")


def check_revision(stored, revision: int | None) -> None:
    """Raise StaleEdit unless `revision` is the one stored now."""
    if stored.revision != revision:
        raise StaleEdit(stored)
