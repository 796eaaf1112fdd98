"""Living through a story of acts, of which the process is killed in the middle of every single one.

    Act(remove_step, lambda plan: {"step": FormalStep.objects.last(), "by": plan.lead})

Each act is begun again and again: killed at its first write and before its commit it leaves nothing, killed
after its commit it leaves everything, and the story goes on from there. What is left is read by this process
over a connection of its own.
"""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from framework.models import Attachment
from kiv.audit.models import AuditEvent
from plans.models import Assessment, Document
from plans.services.originals import original_path
from plans.services.scores import differences
from tests.killing import Moment, database_on_disk, run_and_kill

#: These rows say what the program is, not what was done.
SETTLED = {"auth_permission", "django_content_type"}
#: Table → its rows.
Rows = dict[str, list[tuple]]
Arguments = Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Act:
    """A service and what it is called with in the story's world, read afresh in the process that dies.

    `stores_file`: it is killed while it does so, too. `is_recorded`: leaves an event in the trail.
    """

    service: Callable[..., object]
    arguments: Arguments = lambda world: {}
    stores_file: bool = False
    is_recorded: bool = True

    def __call__(self, world: object) -> None:
        self.service(**self.arguments(world))


@dataclass(frozen=True)
class Story:
    """`steps`: acts, and between them what is simply done, without being killed."""

    name: str
    make_world: Callable[[], Any]
    steps: tuple[Act | Callable[[Any], object], ...]

    @property
    def acts(self) -> list[Act]:
        return [step for step in self.steps if isinstance(step, Act)]


def live_through(story: Story, folder: Path) -> None:
    """The whole story, each of its acts killed at every moment. `folder` is for the database."""
    world = story.make_world()
    reverse("home")  # the views are loaded here, once, and not in every child
    with database_on_disk(folder / "killed.sqlite3") as database:
        now = stored()
        for number, step in enumerate(story.steps, 1):
            if isinstance(step, Act):
                now = _kill(step, world, database, f"{number}. {step.service.__name__}", before=now)
            else:
                step(world)
                now = stored()


def _kill(act: Act, world: object, database: str | None, name: str, *, before: Rows) -> Rows:
    """What is stored in the end."""

    def kill(moment: Moment) -> Rows:
        assert run_and_kill(lambda: act(world), at=moment, database=database), f"{name}: not killed {moment}"
        check_files()
        return stored()

    for moment in (*([Moment.IN_FILE] if act.stores_file else ()), Moment.FIRST_WRITE, Moment.COMMIT):
        assert kill(moment) == before, f"{name}: killed {moment}"
    after = kill(Moment.COMMITTED)
    trail = AuditEvent._meta.db_table
    assert after != before, name
    assert (after[trail] != before[trail]) == act.is_recorded, name
    for assessment in Assessment.objects.select_related("edition", "version__plan"):
        assert list(differences(assessment)) == [], name
    return after


def stored() -> Rows:
    """Every row of every table, as it lies there."""
    rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table not in SETTLED:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
                rows[table] = cursor.fetchall()
    return rows


def check_files() -> None:
    """What a row names is there, whole; what else a killed process left goes with the next sweep."""
    needed = {original_path(document.sha256): document.sha256 for document in Document.objects.all()}
    for attachment in Attachment.objects.exclude(file=""):
        needed[Path(attachment.file.path)] = attachment.sha256
    if _files() != needed:
        sweep()
    assert _files() == needed


def sweep() -> None:
    """The sweep of the day after."""
    yesterday = (timezone.now() - timedelta(days=1)).timestamp()
    for path in _files():
        os.utime(path, (yesterday, yesterday))
    call_command("sweep_originals", stdout=StringIO())


def _files() -> dict[Path, str]:
    """Every uploaded file, with the SHA-256 of what is in it."""
    paths = (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
