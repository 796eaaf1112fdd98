"""What is written down about an edition stays; a draft becomes published only as its publication says.

* An edition begins as a draft, and is published only with a confirmed publication (framework.records): one of
  two different people, which a constraint holds, or one of an operator's command.
* Who asked never changes; a confirmed publication, a correction and an erratum never change nor go.

Editions published before this migration get the publication of an operator.
"""

# ruff: noqa: S608 (table and column names are constants of this file; nothing comes from outside)

from django.db import migrations

MESSAGE = "what is recorded of an edition cannot change"
UNCONFIRMED = "an edition is published by two people"
HISTORY = ("framework_textchange", "framework_erratum")


def _lite(name, event, table, condition, message):
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


SQLITE = [
    _lite("edition_begins_as_draft", "INSERT", "framework_edition", "NEW.status <> 'draft'", UNCONFIRMED),
    _lite(
        "edition_published_by_two",
        "UPDATE",
        "framework_edition",
        "OLD.status = 'draft' AND NEW.status <> 'draft' AND NOT EXISTS (SELECT 1 FROM framework_publication p "
        "WHERE p.edition_id = NEW.id AND p.confirmed_at IS NOT NULL)",
        UNCONFIRMED,
    ),
    _lite(
        "publication_stays",
        "UPDATE",
        "framework_publication",
        "OLD.confirmed_at IS NOT NULL OR NEW.asked_by_id IS NOT OLD.asked_by_id "
        "OR NEW.edition_id IS NOT OLD.edition_id OR NEW.digest IS NOT OLD.digest OR NEW.id IS NOT OLD.id",
        MESSAGE,
    ),
    _lite(
        "publication_no_delete", "DELETE", "framework_publication", "OLD.confirmed_at IS NOT NULL", MESSAGE
    ),
    # INSERT OR REPLACE removes the row it replaces without asking the DELETE trigger.
    _lite(
        "publication_no_replace",
        "INSERT",
        "framework_publication",
        "EXISTS (SELECT 1 FROM framework_publication r WHERE r.confirmed_at IS NOT NULL "
        "AND (r.id = NEW.id OR r.edition_id = NEW.edition_id))",
        MESSAGE,
    ),
    *(
        statement
        for table in HISTORY
        for short in [table.removeprefix("framework_")]
        for statement in (
            _lite(f"{short}_no_update", "UPDATE", table, "1", MESSAGE),
            _lite(f"{short}_no_delete", "DELETE", table, "1", MESSAGE),
            _lite(
                f"{short}_no_replace",
                "INSERT",
                table,
                f"EXISTS (SELECT 1 FROM {table} r WHERE r.id = NEW.id)",
                MESSAGE,
            ),
        )
    ),
    _lite(
        "erratum_number_stays",
        "INSERT",
        "framework_erratum",
        "EXISTS (SELECT 1 FROM framework_erratum r WHERE r.edition_id = NEW.edition_id "
        "AND r.number = NEW.number)",
        MESSAGE,
    ),
]

RAISE = "RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"
PG_FUNCTIONS = {
    "framework_published_by_two": f"""BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' THEN {RAISE.format(message=UNCONFIRMED)} END IF;
  ELSIF OLD.status = 'draft' AND NEW.status <> 'draft' AND NOT EXISTS (
    SELECT 1 FROM framework_publication WHERE edition_id = NEW.id AND confirmed_at IS NOT NULL
  ) THEN {RAISE.format(message=UNCONFIRMED)} END IF;
  RETURN NEW;
END""",
    "framework_publication_stays": f"""BEGIN
  IF OLD.confirmed_at IS NOT NULL THEN {RAISE.format(message=MESSAGE)} END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF (NEW.id, NEW.edition_id, NEW.asked_by_id, NEW.digest)
    IS DISTINCT FROM (OLD.id, OLD.edition_id, OLD.asked_by_id, OLD.digest)
  THEN {RAISE.format(message=MESSAGE)} END IF;
  RETURN NEW;
END""",
    "framework_history_stays": f"BEGIN {RAISE.format(message=MESSAGE)} END",
}
PG_TRIGGERS = {
    "edition_published_by_two": ("INSERT OR UPDATE", "framework_edition", "framework_published_by_two"),
    "publication_stays": ("UPDATE OR DELETE", "framework_publication", "framework_publication_stays"),
    **{f"{table}_stays": ("UPDATE OR DELETE", table, "framework_history_stays") for table in HISTORY},
}
POSTGRESQL = [
    *(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
        for name, body in PG_FUNCTIONS.items()
    ),
    *(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
        for name, (event, table, function) in PG_TRIGGERS.items()
    ),
]
ADDING = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
REMOVING = {
    "sqlite": [f"DROP TRIGGER {statement.split()[2]}" for statement in SQLITE],
    "postgresql": [
        *(f"DROP TRIGGER {name} ON {table}" for name, (_, table, _) in PG_TRIGGERS.items()),
        *(f"DROP FUNCTION {name}()" for name in PG_FUNCTIONS),
    ],
}


def record_earlier_publications(apps, schema_editor):
    Edition, Publication = (apps.get_model("framework", name) for name in ("Edition", "Publication"))
    Publication.objects.bulk_create(
        Publication(edition=edition, asked_at=edition.published_at, confirmed_at=edition.published_at)
        for edition in Edition.objects.exclude(status="draft")
    )


def add_triggers(apps, schema_editor):
    for statement in ADDING[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def remove_triggers(apps, schema_editor):
    for statement in REMOVING[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("framework", "0004_publishing_by_two")]
    operations = [
        migrations.RunPython(record_earlier_publications, migrations.RunPython.noop),
        migrations.RunPython(add_triggers, remove_triggers),
    ]
