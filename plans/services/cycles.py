"""Loading the cycles that plans can be made for, and their deadlines, from a file.

Not here: deadlines that are entered in the product (plans.services.deadlines).
"""

import datetime
from typing import Annotated, Literal

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kiv.audit.services import record
from kiv.datafile import FileProblem, FileRefused, load, problem_at, validate
from plans.models import Cycle
from plans.models.deadline import CODE_LENGTH, DAYS_BEFORE, MAX_DAYS_BEFORE, MAX_REMINDERS, NAME_LENGTH
from plans.services.deadlines import FIRST_DAY, LAST_DAY, MAX_DEADLINES, load_deadline

Year = Annotated[int, Field(ge=1990, le=2200)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_LENGTH)]
DaysBefore = Annotated[int, Field(ge=0, le=MAX_DAYS_BEFORE)]


class DeadlineEntry(BaseModel):
    """`code` is what loading the file again knows the deadline by."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$", max_length=CODE_LENGTH)]
    name: Annotated[dict[Literal["nl", "fr", "de", "en"], Name], Field(min_length=1)]
    date: Annotated[datetime.date, Field(ge=FIRST_DAY, le=LAST_DAY)]
    days_before: Annotated[tuple[DaysBefore, ...], Field(max_length=MAX_REMINDERS)] = DAYS_BEFORE


class CycleEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
    first_year: Year
    last_year: Year
    deadlines: Annotated[tuple[DeadlineEntry, ...], Field(max_length=MAX_DEADLINES)] = ()


class CycleFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["kiv-cycles/1"]
    cycles: Annotated[tuple[CycleEntry, ...], Field(max_length=100)]


def read_cycles(data: bytes) -> tuple[CycleEntry, ...]:
    """The cycles of a file. Raises FileRefused with every problem and its place."""
    loaded = load(data)
    cycles = validate(CycleFile, loaded).cycles
    problems: list[FileProblem] = []
    seen: set[str] = set()
    for at, cycle in enumerate(cycles):
        if cycle.name in seen:
            problems.append(problem_at(loaded, ("cycles", at), "duplicate", "each cycle once", cycle.name))
        if cycle.last_year < cycle.first_year:
            place = ("cycles", at, "last_year")
            expected = f"{cycle.first_year} or later"
            problems.append(problem_at(loaded, place, "too_small", expected, cycle.last_year))
        seen.add(cycle.name)
        codes = [deadline.code for deadline in cycle.deadlines]
        problems += [
            problem_at(loaded, ("cycles", at, "deadlines", position), "duplicate", "each code once", code)
            for position, code in enumerate(codes)
            if code in codes[:position]
        ]
    if problems:
        raise FileRefused(problems)
    return cycles


@transaction.atomic
def load_cycles(*, data: bytes, by) -> list[Cycle]:
    """Add the cycles of a file that are not there yet; the added ones.

    A cycle that is there stays as it is. Deadlines are added, or changed to what the file says of their code;
    those that the file does not name stay. Raises FileRefused, and then changes nothing.
    """
    added = []
    for entry in read_cycles(data):
        cycle, is_new = Cycle.objects.get_or_create(
            name=entry.name, defaults={"first_year": entry.first_year, "last_year": entry.last_year}
        )
        if is_new:
            record("cycle.added", by=by, on=cycle, name=cycle.name)
            added.append(cycle)
        for deadline in entry.deadlines:
            load_deadline(cycle=cycle, by=by, **deadline.model_dump())
    return added
