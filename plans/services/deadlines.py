"""Adding, changing and removing the deadlines of a cycle. Who may is decided by the caller.

The pages are for system administrators, the command line for operators (`by=None`).
"""

from collections.abc import Iterable, Mapping
from datetime import date as Date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kiv.audit.services import record
from kiv.localized import LANGUAGES
from plans.models import Cycle, Deadline
from plans.models.deadline import MAX_DAYS_BEFORE, MAX_REMINDERS, NAME_LENGTH
from plans.services.editing import TooMany, check_revision, check_storable

#: No more are added to a cycle in the product, and no more are in a file.
MAX_DEADLINES = 50
FIRST_DAY, LAST_DAY = Date(2000, 1, 1), Date(2200, 12, 31)


@transaction.atomic
def add_deadline(
    *, cycle: Cycle, name: Mapping[str, str], date: Date, days_before: Iterable[int], by
) -> Deadline:
    """Add a deadline. The same name on the same day twice (a second click) is added once.

    Raises ValidationError for a name, a day or reminders out of bounds, and TooMany.
    """
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    values = _checked(name, date, days_before)
    same = [one for one in cycle.deadlines.filter(date=date) if one.name == values["name"]]
    if same:
        return same[0]
    if cycle.deadlines.count() >= MAX_DEADLINES:
        raise TooMany(MAX_DEADLINES)
    return _add(cycle, values, by)


@transaction.atomic
def load_deadline(
    *, cycle: Cycle, code: str, name: Mapping[str, str], date: Date, days_before: Iterable[int], by
) -> Deadline:
    """Make the deadline of this code what a file says it is; nothing happens when it is that already."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    values = _checked(name, date, days_before)
    stored = cycle.deadlines.filter(code=code).first()
    if stored is None:
        return _add(cycle, values, by, code=code)
    _change(stored, values, by)
    return stored


@transaction.atomic
def change_deadline(
    *,
    deadline: Deadline,
    revision: int | None,
    name: Mapping[str, str],
    date: Date,
    days_before: Iterable[int],
    by,
) -> Deadline:
    """Change a deadline that was read at `revision`.

    Raises StaleEdit, Deadline.DoesNotExist and, for what is out of bounds, ValidationError.

    On another day its reminders begin anew; those that were not sent yet are dropped.
    """
    stored = Deadline.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=deadline.pk)
    check_revision(stored, revision)
    _change(stored, _checked(name, date, days_before), by)
    return stored


@transaction.atomic
def remove_deadline(*, deadline: Deadline, by) -> None:
    """Remove a deadline, and the reminders of it that wait. What is gone already is gone."""
    rows = Deadline.objects.select_for_update(of=("self",)).select_related("cycle")
    stored = rows.filter(pk=deadline.pk).first()
    if stored is None:
        return
    _record("cycle.deadline_removed", stored, by)
    stored.delete()


def _add(cycle: Cycle, values: Mapping[str, Any], by, *, code: str = "") -> Deadline:
    deadline = Deadline.objects.create(cycle=cycle, code=code, **values)
    _record("cycle.deadline_added", deadline, by)
    return deadline


def _change(stored: Deadline, values: Mapping[str, Any], by) -> None:
    if all(getattr(stored, name) == value for name, value in values.items()):
        return
    if stored.date != values["date"]:
        stored.notices.all().delete()
    for name, value in values.items():
        setattr(stored, name, value)
    stored.revision += 1
    stored.save()
    _record("cycle.deadline_changed", stored, by)


def _checked(name: Mapping[str, str], date: Date, days_before: Iterable[int]) -> dict[str, Any]:
    """What is stored of them; ValidationError when they are out of bounds."""
    names = {language: name[language].strip() for language in LANGUAGES if name.get(language, "").strip()}
    check_storable(names)
    if not names or any(len(text) > NAME_LENGTH for text in names.values()):
        raise ValidationError(_("Give the deadline a name in at least one language."))
    if not FIRST_DAY <= date <= LAST_DAY:
        raise ValidationError(_("Give a day between 2000 and 2200."))
    days = sorted(set(days_before), reverse=True)
    if len(days) > MAX_REMINDERS or any(not 0 <= day <= MAX_DAYS_BEFORE for day in days):
        raise ValidationError(_("Give at most five reminders, each at most 365 days ahead."))
    return {"name": names, "date": date, "days_before": days}


def _record(event: str, deadline: Deadline, by) -> None:
    """The cycle and the day; the words of the name are not for the trail."""
    record(event, by=by, on=deadline, name=deadline.cycle.name, dated=deadline.date.isoformat())
