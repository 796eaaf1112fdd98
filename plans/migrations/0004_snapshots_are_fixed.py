"""Snapshots can be added, never changed or removed: the database itself refuses, on both vendors."""

from django.db import migrations

TABLE = "plans_snapshot"
REFUSAL = "snapshots are never changed"

SQLITE = {
    "add": [
        f"CREATE TRIGGER snapshot_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ]
    + [
        # INSERT OR REPLACE removes the old row without asking the DELETE trigger.
        "CREATE TRIGGER snapshot_no_replace BEFORE INSERT ON plans_snapshot "
        "WHEN EXISTS (SELECT 1 FROM plans_snapshot WHERE id = NEW.id OR assessment_id = NEW.assessment_id) "
        "BEGIN SELECT RAISE(ABORT, 'snapshots are never changed'); END"
    ],
    "remove": [f"DROP TRIGGER snapshot_no_{name}" for name in ("replace", "update", "delete")],
}
POSTGRESQL = {
    "add": [
        "CREATE FUNCTION snapshot_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER snapshot_fixed BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION snapshot_refuse()",
    ],
    "remove": [f"DROP TRIGGER snapshot_fixed ON {TABLE}", "DROP FUNCTION snapshot_refuse()"],
}
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def add_triggers(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]["add"]:
        schema_editor.execute(statement)


def remove_triggers(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]["remove"]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_sharing")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
