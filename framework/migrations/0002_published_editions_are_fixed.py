"""What may never change in a published or archived edition: the database itself refuses, however one tries.

Fixed once an edition is no draft: its code, framework, predecessor and date of publication; which items,
aspects, criteria and attachments it has, their codes, kinds and order; every title whose status is official
in its language. Free: translations, summaries, examples, introductions, criteria texts, period and approval
date. A missing file of an attachment may be given once. The status may become archived and published again.

PostgreSQL gets row triggers only: TRUNCATE is the right of the database's owner, who could drop the triggers
too. SQLite loses triggers when Django rebuilds a table: a later migration that alters one of these tables
runs `remove_triggers` before and adds its own set after.
"""

from django.db import migrations

from framework.migrations import _0002_postgresql as postgresql
from framework.migrations import _0002_sqlite as sqlite

STATEMENTS = {"sqlite": sqlite, "postgresql": postgresql}


def add_triggers(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor].adding():
        schema_editor.execute(statement, params=None)


def remove_triggers(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor].removing():
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("framework", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
