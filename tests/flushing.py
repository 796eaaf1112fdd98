"""Emptying the tables after a transactional test, although triggers forbid to delete from some of them.

Append-only and published rows are protected by database triggers, in both databases. Django empties the
tables after every transactional test by one method; here that method sets the triggers aside, in the
same transaction, and puts them back.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.operations import BaseDatabaseOperations

_TABLES_WITH_TRIGGERS = """
    SELECT DISTINCT quote_ident(relname)
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
"""


@contextmanager
def triggers_set_aside(connection) -> Iterator[None]:
    """No user-made trigger acts inside; all act again after. Runs in one transaction."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            away = [(f"DROP TRIGGER {connection.ops.quote_name(name)}", sql) for name, sql in cursor]
        else:
            cursor.execute(_TABLES_WITH_TRIGGERS)
            away = [
                (f"ALTER TABLE {table} DISABLE TRIGGER USER", f"ALTER TABLE {table} ENABLE TRIGGER USER")
                for (table,) in cursor
            ]
        for disable, _ in away:
            cursor.execute(disable)
        yield
        for _, enable in away:
            cursor.execute(enable)


@contextmanager
def allow_flush() -> Iterator[None]:
    """Inside, Django's flush works on tables whose triggers forbid to delete."""
    plain = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self, sql_list: list[str]) -> None:
        with triggers_set_aside(self.connection):
            plain(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush
    try:
        yield
    finally:
        BaseDatabaseOperations.execute_sql_flush = plain
