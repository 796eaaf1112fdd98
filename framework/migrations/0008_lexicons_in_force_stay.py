"""A version of a lexicon that was put in force never changes, and goes only with the draft of its edition.

Suggestions name the version that made them: what it said must stay readable (docs/adr/0017).
"""

# ruff: noqa: S608 (table and column names are constants of this file; nothing comes from outside)

from django.db import migrations

MESSAGE = "a lexicon that was put in force cannot change"
TABLE = "framework_lexiconversion"
OF_A_DRAFT = "EXISTS (SELECT 1 FROM framework_edition e WHERE e.id = OLD.edition_id AND e.status = 'draft')"


def _lite(name, event, condition):
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def _lite_taken(other):
    """OR REPLACE removes the row it replaces without asking the DELETE trigger."""
    return (
        f"EXISTS (SELECT 1 FROM {TABLE} r WHERE r.in_force_since IS NOT NULL{other} "
        "AND (r.id = NEW.id OR (r.edition_id = NEW.edition_id AND r.number = NEW.number)))"
    )


SQLITE = [
    _lite("lexicon_stays", "UPDATE", "OLD.in_force_since IS NOT NULL"),
    _lite("lexicon_no_delete", "DELETE", f"OLD.in_force_since IS NOT NULL AND NOT {OF_A_DRAFT}"),
    _lite("lexicon_no_replace", "INSERT", _lite_taken("")),
    _lite("lexicon_same_id", "UPDATE", _lite_taken(" AND r.id <> OLD.id")),
]
POSTGRESQL = [
    f"""CREATE FUNCTION framework_lexicon_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF OLD.in_force_since IS NOT NULL AND (TG_OP = 'UPDATE' OR NOT {OF_A_DRAFT}) THEN
    RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$""",
    f"CREATE TRIGGER lexicon_stays BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION framework_lexicon_stays()",
]
ADDING = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
REMOVING = {
    "sqlite": [f"DROP TRIGGER {statement.split()[2]}" for statement in SQLITE],
    "postgresql": [f"DROP TRIGGER lexicon_stays ON {TABLE}", "DROP FUNCTION framework_lexicon_stays()"],
}


def add_triggers(apps, schema_editor):
    for statement in ADDING[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def remove_triggers(apps, schema_editor):
    for statement in REMOVING[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("framework", "0007_lexicon_drafts")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
