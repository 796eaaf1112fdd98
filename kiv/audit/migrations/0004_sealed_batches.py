"""Seals on the trail. They too can be added, never changed or removed: the database itself refuses.

On SQLite the trigger before INSERT is for INSERT OR REPLACE, which removes the old row without asking the
DELETE trigger; on PostgreSQL the function of migration 0002 refuses.
"""

from django.db import migrations, models
from django.db.models import F, Q

TABLE = "audit_sealedbatch"
REFUSE = "BEGIN SELECT RAISE(ABORT, 'sealed batches are append-only'); END"
STATEMENTS = {
    "sqlite": {
        "add": [
            f"CREATE TRIGGER sealed_no_update BEFORE UPDATE ON {TABLE} {REFUSE}",
            f"CREATE TRIGGER sealed_no_delete BEFORE DELETE ON {TABLE} {REFUSE}",
            "CREATE TRIGGER sealed_no_replace BEFORE INSERT ON audit_sealedbatch "
            "WHEN EXISTS (SELECT 1 FROM audit_sealedbatch WHERE number = NEW.number) "
            "BEGIN SELECT RAISE(ABORT, 'sealed batches are append-only'); END",
        ],
        "remove": [
            f"DROP TRIGGER {name}" for name in ("sealed_no_update", "sealed_no_delete", "sealed_no_replace")
        ],
    },
    "postgresql": {
        "add": [
            f"CREATE TRIGGER sealed_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        ],
        "remove": [f"DROP TRIGGER sealed_append_only ON {TABLE}"],
    },
}


def add_triggers(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]["add"]:
        schema_editor.execute(statement)


def remove_triggers(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]["remove"]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_event_of_plan")]
    operations = [
        migrations.CreateModel(
            name="SealedBatch",
            fields=[
                (
                    "number",
                    models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="number"),
                ),
                ("first_id", models.BigIntegerField(verbose_name="first event")),
                ("last_id", models.BigIntegerField(verbose_name="last event")),
                ("events", models.PositiveIntegerField(verbose_name="events")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                (
                    "previous_digest",
                    models.CharField(max_length=64, verbose_name="digest of the batch before"),
                ),
                ("sealed_at", models.DateTimeField(verbose_name="sealed at")),
            ],
            options={
                "verbose_name": "sealed batch",
                "verbose_name_plural": "sealed batches",
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(condition=Q(number__gte=1), name="sealed_batches_from_one"),
                    models.CheckConstraint(
                        condition=Q(first_id__lte=F("last_id"), events__gte=1),
                        name="sealed_batches_hold_events",
                    ),
                ],
            },
        ),
        migrations.RunPython(add_triggers, remove_triggers),
    ]
