"""Audit events can be added, never changed or removed: the database itself refuses.

PostgreSQL gets row triggers only: emptying the table as a whole (TRUNCATE) is the right of the database's
owner, who could drop the trigger too.
"""

from django.db import migrations

TABLE = "audit_auditevent"

SQLITE = {
    "add": [
        f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]
    + [
        # INSERT OR REPLACE removes the old row without asking the DELETE trigger.
        "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit_auditevent "
        "WHEN EXISTS (SELECT 1 FROM audit_auditevent WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END"
    ],
    "remove": [
        "DROP TRIGGER audit_no_replace",
        "DROP TRIGGER audit_no_update",
        "DROP TRIGGER audit_no_delete",
    ],
}
POSTGRESQL = {
    "add": [
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit events are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    ],
    "remove": [f"DROP TRIGGER audit_append_only ON {TABLE}", "DROP FUNCTION audit_refuse()"],
}
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def add_triggers(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]["add"]:
        schema_editor.execute(statement)


def remove_triggers(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]["remove"]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
