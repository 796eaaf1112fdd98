"""The triggers of migration 0002 for SQLite. Frozen: a change is a new migration.

Table and column names below are constants of this file; nothing comes from outside.
"""

# ruff: noqa: S608

LANGUAGES = "'nl', 'fr', 'de', 'en'"
MESSAGE = "a published edition cannot change: "


def _lite_changed(*columns):
    return " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)


def _lite_title_changed():
    """An official title differs, or the JSON is one that readers could understand in two ways."""
    path = "'$.\"' || s.key || '\"'"
    differs = (
        "EXISTS (SELECT 1 FROM json_each(OLD.title_status) s WHERE s.value = 'official' AND ("
        f"json_extract(NEW.title, {path}) IS NOT json_extract(OLD.title, {path}) "
        f"OR json_extract(NEW.title_status, {path}) IS NOT 'official'))"
    )
    # Readers of JSON disagree on repeated names: SQLite takes the first, Python the last.
    unclear = " OR ".join(
        f"json_type(NEW.{name}) IS NOT 'object' "
        f"OR EXISTS (SELECT 1 FROM json_each(NEW.{name}) WHERE key NOT IN ({LANGUAGES})) "
        f"OR (SELECT count(*) <> count(DISTINCT key) FROM json_each(NEW.{name}))"
        for name in ("title", "title_status")
    )
    return f"({differs} OR {unclear})"


def _lite(name, event, table, condition, reason):
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}{reason}'); END"
    )


def _lite_edition_locked(edition):
    return f"EXISTS (SELECT 1 FROM framework_edition e WHERE e.id = {edition} AND e.status <> 'draft')"


def _lite_item_locked(item):
    return (
        "EXISTS (SELECT 1 FROM framework_item i JOIN framework_edition e ON e.id = i.edition_id "
        f"WHERE i.id = {item} AND e.status <> 'draft')"
    )


def _lite_taken(table, locked):
    """INSERT OR REPLACE removes the row it replaces without asking the DELETE trigger."""
    return f"EXISTS (SELECT 1 FROM {table} r WHERE r.id = NEW.id AND {locked})"


def _lite_children(table, parent, locked, frozen, *, has_title):
    short = table.removeprefix("framework_")
    changed = _lite_changed("id", parent, *frozen)
    if has_title:
        changed += f" OR {_lite_title_changed()}"
    old, new = locked(f"OLD.{parent}"), locked(f"NEW.{parent}")
    taken = _lite_taken(table, locked(f"r.{parent}"))
    return [
        _lite(f"{short}_no_insert", "INSERT", table, f"{new} OR {taken}", f"no {short} can be added"),
        _lite(f"{short}_no_delete", "DELETE", table, old, f"no {short} can be removed"),
        _lite(f"{short}_fixed", "UPDATE", table, f"{old} AND ({changed})", f"this part of the {short}"),
        _lite(f"{short}_no_move", "UPDATE", table, f"NOT {old} AND {new}", f"no {short} can be moved in"),
        # UPDATE OR REPLACE with another row's id would remove that row.
        _lite(f"{short}_same_id", "UPDATE", table, f"NEW.id IS NOT OLD.id AND {taken}", f"the {short} stays"),
    ]


def adding():
    edition = _lite_changed("id", "code", "framework_id", "predecessor_id", "published_at")
    taken = (
        "EXISTS (SELECT 1 FROM framework_edition r WHERE r.status <> 'draft' "
        "AND (r.id = NEW.id OR r.code = NEW.code){other})"
    )
    file = "OLD.file <> '' AND (" + _lite_changed("file", "sha256", "size") + ")"
    framework = (
        "EXISTS (SELECT 1 FROM framework_edition e WHERE e.framework_id = {row}.id AND e.status <> 'draft')"
    )
    return [
        _lite(
            "edition_fixed",
            "UPDATE",
            "framework_edition",
            f"OLD.status <> 'draft' AND (NEW.status NOT IN ('published', 'archived') OR {edition} "
            f"OR {_lite_title_changed()})",
            "this part of the edition",
        ),
        _lite(
            "edition_no_delete",
            "DELETE",
            "framework_edition",
            "OLD.status <> 'draft'",
            "it cannot be removed",
        ),
        _lite("edition_no_insert", "INSERT", "framework_edition", taken.format(other=""), "it is no draft"),
        _lite(
            "edition_same_id",
            "UPDATE",
            "framework_edition",
            taken.format(other=" AND r.id <> OLD.id"),
            "its code is taken",
        ),
        *_lite_children(
            "framework_item", "edition_id", _lite_edition_locked, ("code", "kind", "position"), has_title=True
        ),
        *_lite_children(
            "framework_aspect", "item_id", _lite_item_locked, ("code", "position"), has_title=True
        ),
        *_lite_children(
            "framework_criteriontext",
            "edition_id",
            _lite_edition_locked,
            ("code", "position"),
            has_title=False,
        ),
        *_lite_children(
            "framework_attachment",
            "edition_id",
            _lite_edition_locked,
            ("position", "label", "name", "language", "dated"),
            has_title=False,
        ),
        _lite(
            "attachment_file_once",
            "UPDATE",
            "framework_attachment",
            f"{_lite_edition_locked('OLD.edition_id')} AND {file}",
            "the file of an attachment is given once",
        ),
        _lite(
            "framework_fixed",
            "UPDATE",
            "framework_framework",
            f"{framework.format(row='OLD')} AND ({_lite_changed('id', 'code')})",
            "the code of its framework",
        ),
        _lite(
            "framework_no_delete",
            "DELETE",
            "framework_framework",
            framework.format(row="OLD"),
            "its framework",
        ),
        _lite(
            "framework_no_replace",
            "INSERT",
            "framework_framework",
            "EXISTS (SELECT 1 FROM framework_framework r JOIN framework_edition e ON e.framework_id = r.id "
            "WHERE (r.id = NEW.id OR r.code = NEW.code) AND e.status <> 'draft')",
            "its framework",
        ),
        _lite(
            "framework_same_id",
            "UPDATE",
            "framework_framework",
            "EXISTS (SELECT 1 FROM framework_framework r JOIN framework_edition e ON e.framework_id = r.id "
            "WHERE r.id <> OLD.id AND (r.id = NEW.id OR r.code = NEW.code) AND e.status <> 'draft')",
            "its framework",
        ),
    ]


def removing():
    return [f"DROP TRIGGER {statement.split()[2]}" for statement in adding()]
