"""Killing a process in the middle of an act, as a power cut would: with SIGKILL, to see what is left.

    with database_on_disk(path) as file:               what is stored, as another process sees it
        run_and_kill(act, at=FIRST_WRITE, database=file)     in a child process, which dies there

The child is a fork: Django is started already, and the objects in its hands are copies. What lives here: the
child, where it dies, the database it dies on. Not here: which acts there are, and what must be left
(tests/killed/).
"""

import os
import signal
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from unittest import mock

from django.core.cache import cache
from django.core.files import locks
from django.db import connection, connections

from tests.strict import is_write


class Moment(StrEnum):
    """Where the process dies."""

    IN_FILE = "while it stores a file"
    FIRST_WRITE = "at its first write, once the database has carried that out"
    COMMIT = "when everything is written and nothing is committed"
    #: Before what waits for the commit (transaction.on_commit), or else at the end of the act. What writes
    #: once more after it has committed fails.
    COMMITTED = "when everything is committed"
    #: For what is several transactions by design.
    AGAIN = "at the first write after it has committed"


class _Killer:
    """Watches what the act does to the default database, and dies at the moment that is asked for."""

    def __init__(self, at: Moment) -> None:
        self.at, self.has_written, self.has_committed = at, False, False

    def __call__(self, execute, sql, params, many, context):
        is_writing = is_write(str(sql))
        if is_writing and self.has_committed:
            self._reach(Moment.AGAIN)
            raise AssertionError(f"writes after it has committed: {sql[:200]}")
        result = execute(sql, params, many, context)
        self.has_written |= is_writing
        if is_writing:
            self._reach(Moment.FIRST_WRITE)
        return result

    @contextmanager
    def watching(self) -> Iterator[None]:
        connection.ensure_connection()
        commit, run_hooks = connection._commit, connection.run_and_clear_commit_hooks

        def commit_or_die() -> None:
            if self.has_written:
                self._reach(Moment.COMMIT)
            commit()
            self.has_committed |= self.has_written

        def run_hooks_or_die() -> None:
            if self.has_committed and connection.run_on_commit:
                self._reach(Moment.COMMITTED)
            run_hooks()

        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(self))
            stack.enter_context(mock.patch.object(connection, "_commit", commit_or_die))
            stack.enter_context(mock.patch.object(connection, "run_and_clear_commit_hooks", run_hooks_or_die))
            if self.at == Moment.IN_FILE:
                # Ours are written beside and moved into place; Django's are locked before they are written.
                stack.enter_context(mock.patch.object(os, "replace", die))
                stack.enter_context(mock.patch.object(locks, "lock", die))
            yield
            if self.has_committed:
                self._reach(Moment.COMMITTED)

    def _reach(self, moment: Moment) -> None:
        if moment == self.at:
            die()


def die(*args: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def run_and_kill(act: Callable[[], object], *, at: Moment, database: str | None = None) -> bool:
    """Run `act` in a child; whether it was killed at that moment.

    `database` is an SQLite file to work on. False for an act that fails (stderr says how), that never comes
    to the moment, or that writes again after it has committed.
    """
    child = os.fork()
    if child == 0:
        try:
            _leave_parents_connection(database)
            with _Killer(at).watching():
                act()
        except BaseException:  # noqa: BLE001 (the child ends here, whatever it was)
            traceback.print_exc()
        finally:
            os._exit(1)
    _pid, waited = os.waitpid(child, 0)
    return os.WIFSIGNALED(waited) and os.WTERMSIG(waited) == signal.SIGKILL


def _leave_parents_connection(database: str | None) -> None:
    """What was inherited is the parent's: it is neither used nor closed here."""
    inherited = connections["default"]
    if database is not None:
        inherited.settings_dict["NAME"] = database
    del connections["default"]
    connections["default"].kept = inherited
    cache.close()


@contextmanager
def database_on_disk(path: Path) -> Iterator[str | None]:
    """On SQLite a file with all that the tests' database in memory holds, used instead of it meanwhile."""
    if connection.vendor != "sqlite":
        yield None
        return
    connection.ensure_connection()
    connection.connection.commit()
    with sqlite3.connect(path) as file:
        connection.connection.backup(file)
    file.close()
    in_memory = connections["default"]
    settings, name = in_memory.settings_dict, in_memory.settings_dict["NAME"]
    settings["NAME"] = str(path)
    del connections["default"]
    try:
        yield str(path)
    finally:
        connections["default"].close()
        settings["NAME"] = name
        connections["default"] = in_memory
