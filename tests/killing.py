"""Killing a process in the middle of an act, as a power cut would: with SIGKILL, to see what is left.

    with database_on_disk() as read:           what is stored, as another process sees it
        outcome = run_and_kill(act, at=3)      in a child process, killed at its third write

What lives here: the child and its death. Not here: which acts there are, and what must be left.
"""

import os
import signal
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.cache import cache
from django.db import connection, connections

from tests.strict import is_write

#: Killed when everything is written and nothing is committed.
AT_COMMIT = -1


class _Killer:
    """Counts writes; the process dies at the one that is asked for, once the database has carried it out."""

    def __init__(self, at: int) -> None:
        self.at, self.writes = at, 0

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if is_write(str(sql)):
            self.writes += 1
            if self.writes == self.at:
                die()
        return result


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def run_and_kill(act: Callable[[], object], *, at: int, database: str | None = None) -> bool:
    """Run `act` in a child that is killed at its write number `at`; whether it lived to the end.

    `database` is an SQLite file to work on. An act that fails by itself fails the test.
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:
            _leave_parents_connection(database)
            with connection.execute_wrapper(_Killer(at)):
                if at == AT_COMMIT:
                    connection.ensure_connection()
                    connection._commit = die
                act()
            status = 0
        except BaseException:  # noqa: BLE001 (the child ends here, whatever it was)
            traceback.print_exc()
        finally:
            os._exit(status)
    _pid, waited = os.waitpid(child, 0)
    if os.WIFSIGNALED(waited):
        assert os.WTERMSIG(waited) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(waited) == 0, "the act itself failed"
    return True


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
