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
from django.utils import timezone

from framework.models import Attachment
from kiv.audit.models import AuditEvent
from plans.models import Assessment, Document
from plans.services.originals import original_path
from plans.services.scores import differences
from tests.killing import Moment, database_on_disk, run_and_kill

#: These rows say what the program is, not what was done.
SETTLED = {"auth_permission", "django_content_type"}
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
    with database_on_disk(folder / "killed.sqlite3") as database:
        for number, step in enumerate(story.steps, 1):
            if isinstance(step, Act):
                _kill(step, world, database, f"{number}. {step.service.__name__}")
            else:
                step(world)


def _kill(act: Act, world: object, database: str | None, name: str) -> None:
    before, events = stored(), AuditEvent.objects.count()
    for moment in (*([Moment.IN_FILE] if act.stores_file else ()), Moment.FIRST_WRITE, Moment.COMMIT):
        assert run_and_kill(lambda: act(world), at=moment, database=database), f"{name}: not killed {moment}"
        assert stored() == before, f"{name}: killed {moment}"
        check_files()
    moment = Moment.COMMITTED
    assert run_and_kill(lambda: act(world), at=moment, database=database), f"{name}: not killed {moment}"
    assert stored() != before, name
    assert (AuditEvent.objects.count() > events) == act.is_recorded, name
    check_files()
    for assessment in Assessment.objects.select_related("edition", "version__plan"):
        assert list(differences(assessment)) == [], name


def stored() -> dict[str, list[tuple]]:
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
    """What a row names is there, whole; what else is left of a killed process goes with the next sweep."""
    folder = Path(settings.MEDIA_ROOT)
    long_ago = (timezone.now() - timedelta(days=1)).timestamp()
    for path in _files(folder):
        os.utime(path, (long_ago, long_ago))
    call_command("sweep_originals", stdout=StringIO())
    needed = {original_path(document.sha256): document.sha256 for document in Document.objects.all()}
    for attachment in Attachment.objects.exclude(file=""):
        needed[Path(attachment.file.path)] = attachment.sha256
    assert {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in _files(folder)} == needed


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
