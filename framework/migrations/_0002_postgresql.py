"""The triggers of migration 0002 for PostgreSQL. Frozen: a change is a new migration."""

# ruff: noqa: S608

PG_TITLE = """
CREATE FUNCTION framework_official_changed(old_status jsonb, new_status jsonb, old_title jsonb, new_title jsonb)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_typeof(new_title) IS DISTINCT FROM 'object' OR jsonb_typeof(new_status) IS DISTINCT FROM 'object'
    OR EXISTS (SELECT 1 FROM jsonb_each_text(old_status) s WHERE s.value = 'official'
      AND (new_title -> s.key IS DISTINCT FROM old_title -> s.key
        OR new_status ->> s.key IS DISTINCT FROM 'official'))
$$"""

# FOR SHARE: publishing waits for a child that is being written, and the child for publishing.
PG_LOCKED = """
CREATE FUNCTION framework_edition_locked(edition bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE found_status text;
BEGIN
  SELECT status INTO found_status FROM framework_edition WHERE id = edition FOR SHARE;
  RETURN coalesce(found_status <> 'draft', false);
END $$"""

PG_REFUSE = """
CREATE FUNCTION framework_refuse(reason text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published edition cannot change: %', reason USING ERRCODE = 'integrity_constraint_violation';
END $$"""

PG_EDITION = """
CREATE FUNCTION framework_guard_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'draft' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN PERFORM framework_refuse('it cannot be removed'); END IF;
  IF NEW.status NOT IN ('published', 'archived')
    OR (NEW.id, NEW.code, NEW.framework_id, NEW.predecessor_id, NEW.published_at)
      IS DISTINCT FROM (OLD.id, OLD.code, OLD.framework_id, OLD.predecessor_id, OLD.published_at)
    OR framework_official_changed(OLD.title_status, NEW.title_status, OLD.title, NEW.title)
  THEN PERFORM framework_refuse('this part of the edition'); END IF;
  RETURN NEW;
END $$"""

PG_FRAMEWORK = """
CREATE FUNCTION framework_guard_framework() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM framework_edition WHERE framework_id = OLD.id AND status <> 'draft') THEN
    IF TG_OP = 'DELETE' THEN PERFORM framework_refuse('its framework'); END IF;
    IF (NEW.id, NEW.code) IS DISTINCT FROM (OLD.id, OLD.code)
    THEN PERFORM framework_refuse('the code of its framework'); END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$"""

PG_CHILD = """
CREATE FUNCTION framework_guard_{short}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE old_edition bigint; new_edition bigint;
BEGIN
  IF TG_OP <> 'INSERT' THEN old_edition := {old_edition}; END IF;
  IF TG_OP <> 'DELETE' THEN new_edition := {new_edition}; END IF;
  IF TG_OP = 'INSERT' THEN
    IF framework_edition_locked(new_edition) THEN PERFORM framework_refuse('no {short} can be added'); END IF;
    RETURN NEW;
  ELSIF TG_OP = 'DELETE' THEN
    IF framework_edition_locked(old_edition) THEN PERFORM framework_refuse('no {short} can be removed'); END IF;
    RETURN OLD;
  END IF;
  IF framework_edition_locked(old_edition) THEN
    IF {changed} THEN PERFORM framework_refuse('this part of the {short}'); END IF;
  ELSIF framework_edition_locked(new_edition) THEN
    PERFORM framework_refuse('no {short} can be moved in');
  END IF;
  RETURN NEW;
END $$"""


def _pg_child(short, parent, frozen, *, extra=""):
    columns = ("id", parent, *frozen)
    changed = (
        f"({', '.join(f'NEW.{name}' for name in columns)}) IS DISTINCT FROM "
        f"({', '.join(f'OLD.{name}' for name in columns)}){extra}"
    )
    through = "(SELECT edition_id FROM framework_item WHERE id = {row}.item_id)"
    direct = "{row}.edition_id"
    edition = through if parent == "item_id" else direct
    return PG_CHILD.format(
        short=short,
        changed=changed,
        old_edition=edition.format(row="OLD"),
        new_edition=edition.format(row="NEW"),
    )


def adding():
    title = " OR framework_official_changed(OLD.title_status, NEW.title_status, OLD.title, NEW.title)"
    file = " OR (OLD.file <> '' AND (NEW.file, NEW.sha256, NEW.size) IS DISTINCT FROM (OLD.file, OLD.sha256, OLD.size))"
    triggers = [("edition", "UPDATE OR DELETE"), ("framework", "UPDATE OR DELETE")]
    triggers += [(short, "INSERT OR UPDATE OR DELETE") for short in PG_CHILDREN]
    return [
        PG_TITLE,
        PG_LOCKED,
        PG_REFUSE,
        PG_EDITION,
        PG_FRAMEWORK,
        _pg_child("item", "edition_id", ("code", "kind", "position"), extra=title),
        _pg_child("aspect", "item_id", ("code", "position"), extra=title),
        _pg_child("criteriontext", "edition_id", ("code", "position")),
        _pg_child("attachment", "edition_id", ("position", "label", "name", "language", "dated"), extra=file),
        *(
            f"CREATE TRIGGER framework_guard_{short} BEFORE {events} ON framework_{short} "
            f"FOR EACH ROW EXECUTE FUNCTION framework_guard_{short}()"
            for short, events in triggers
        ),
    ]


PG_CHILDREN = ("item", "aspect", "criteriontext", "attachment")
PG_GUARDED = ("edition", "framework", *PG_CHILDREN)
REMOVING = [
    *(f"DROP TRIGGER framework_guard_{short} ON framework_{short}" for short in PG_GUARDED),
    *(f"DROP FUNCTION framework_guard_{short}()" for short in PG_GUARDED),
    "DROP FUNCTION framework_refuse(text)",
    "DROP FUNCTION framework_edition_locked(bigint)",
    "DROP FUNCTION framework_official_changed(jsonb, jsonb, jsonb, jsonb)",
]


def removing():
    return REMOVING
