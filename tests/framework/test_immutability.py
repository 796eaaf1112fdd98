"""A published edition cannot change, whichever way one tries, on the database of this run."""

import json

import pytest
from django.db import OperationalError, connection, connections
from django.db.models import F

from framework.enums import EditionStatus
from framework.models import Aspect, Attachment, CriterionText, Edition, Framework, Item
from tests.factories.framework import EditionFactory, ItemFactory, publish
from tests.framework.closed import CHILDREN, World, is_refused, sql, with_text

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[EditionStatus.PUBLISHED, EditionStatus.ARCHIVED])
def world(request) -> World:
    return World(request.param)


#: Fixed columns of each row, with another value for each.
FIXED = {
    "edition": {"code": "other", "published_at": None, "status": "draft", "predecessor": "draft"},
    "item": {"code": "A9", "kind": "theme", "position": 9, "edition": "draft"},
    "aspect": {"code": "z", "position": 9, "item": "draft_item"},
    "criterion": {"code": "C", "position": 9, "edition": "draft"},
    "attachment": {
        "name": "NINE",
        "label": {"nl": "x"},
        "language": "fr",
        "dated": "2020-01-01",
        "position": 9,
        "edition": "draft",
    },
}
CASES = [(row, field) for row, fields in FIXED.items() for field in fields]


def other_value(world: World, row: str, field: str):
    value = FIXED[row][field]
    return getattr(world, value) if field in {"edition", "item", "predecessor"} else value


def both_when_status(field: str, values: dict) -> dict:
    """Back to draft needs an empty date of publication, or another constraint speaks first."""
    return {**values, "published_at": None} if field == "status" else values


@pytest.mark.parametrize(("row", "field"), CASES)
def test_a_fixed_column_refuses_save_update_bulk_update_and_sql(world, row, field):
    stored = getattr(world, row)
    values = both_when_status(field, {field: other_value(world, row, field)})
    rows = type(stored).objects.filter(pk=stored.pk)

    def save():
        changed = rows.get()
        for name, value in values.items():
            setattr(changed, name, value)
        changed.save()

    def bulk_update():
        changed = rows.get()
        for name, value in values.items():
            setattr(changed, name, value)
        type(stored).objects.bulk_update([changed], list(values))

    def raw():
        columns, raw_values = [], []
        for name, value in values.items():
            columns.append(f"{type(stored)._meta.get_field(name).column} = %s")
            value = getattr(value, "pk", value)
            raw_values.append(json.dumps(value) if isinstance(value, dict) else value)
        sql(
            f"UPDATE {type(stored)._meta.db_table} SET {', '.join(columns)} WHERE id = %s",
            *raw_values,
            stored.pk,
        )

    is_refused(save)
    is_refused(lambda: rows.update(**values))
    is_refused(bulk_update)
    is_refused(raw)


@pytest.mark.parametrize("row", FIXED)
def test_no_row_can_be_removed(world, row):
    stored = getattr(world, row)
    table = type(stored)._meta.db_table
    is_refused(lambda: stored.__class__.objects.get(pk=stored.pk).delete())
    is_refused(lambda: type(stored).objects.filter(pk=stored.pk)._raw_delete("default"))
    is_refused(lambda: sql(f"DELETE FROM {table} WHERE id = %s", stored.pk))


@pytest.mark.parametrize("row", CHILDREN.values())
def test_no_row_can_be_added_or_moved_in(world, row):
    model = type(getattr(world, row))
    parent = "item" if model is Aspect else "edition"
    stray = getattr(world, f"draft_{row}")
    copy = model.objects.get(pk=stray.pk)
    copy.pk = None
    copy.position = 50
    setattr(copy, parent, getattr(world, parent))
    is_refused(lambda: copy.save(force_insert=True))
    copy.pk = None
    is_refused(lambda: model.objects.bulk_create([copy]))
    is_refused(
        lambda: model.objects.filter(pk=stray.pk).update(**{parent: getattr(world, parent), "position": 50})
    )


def test_the_order_of_all_items_cannot_shift(world):
    is_refused(lambda: world.edition.items.update(position=F("position") + 10))


@pytest.mark.parametrize("row", ["edition", "item", "aspect"])
def test_an_official_title_and_its_status_are_fixed(world, row):
    stored = getattr(world, row)
    rows = type(stored).objects.filter(pk=stored.pk)
    table = type(stored)._meta.db_table
    is_refused(lambda: rows.update(title=with_text(stored.title, "nl", "anders")))
    is_refused(lambda: rows.update(title={}))
    is_refused(lambda: rows.update(title={key: text for key, text in stored.title.items() if key != "nl"}))
    is_refused(lambda: rows.update(title_status=with_text(stored.title_status, "nl", "partial")))
    is_refused(lambda: rows.update(title_status={}))
    is_refused(lambda: rows.update(title=["nl"], title_status="official"))
    is_refused(lambda: sql(f"UPDATE {table} SET title = %s WHERE id = %s", '{"nl": 1}', stored.pk))
    # JSON with a name twice: some readers take the first, others the last.
    double = json.dumps(stored.title)[:-1] + ', "nl": "anders"}'
    is_refused(lambda: sql(f"UPDATE {table} SET title = %s WHERE id = %s", double, stored.pk))
    hidden = json.dumps(stored.title)[:-1] + ', "n\\u006c": "anders"}'
    is_refused(lambda: sql(f"UPDATE {table} SET title = %s WHERE id = %s", hidden, stored.pk))


def test_the_framework_of_a_published_edition_keeps_its_code(world):
    framework = world.edition.framework
    is_refused(lambda: Framework.objects.filter(pk=framework.pk).update(code="other"))
    is_refused(lambda: Framework.objects.filter(pk=framework.pk)._raw_delete("default"))
    Framework.objects.filter(pk=framework.pk).update(title={"nl": "andere titel"})


def test_a_missing_file_is_given_once(world):
    rows = Attachment.objects.filter(pk=world.attachment.pk)
    rows.update(file="framework/1/1.pdf", sha256="0" * 64, size=4)
    is_refused(lambda: rows.update(file="framework/1/2.pdf"))
    is_refused(lambda: rows.update(sha256="1" * 64))
    is_refused(lambda: rows.update(file="", sha256="", size=None))


def test_what_is_editorial_can_change(world):
    Edition.objects.filter(pk=world.edition.pk).update(
        first_year=2021,
        last_year=2030,
        approved="2021-01-01",
        introduction={"nl": "nieuw"},
        subtitle={},
        title=with_text(world.edition.title, "en", "better"),
        title_status=with_text(world.edition.title_status, "en", "official"),
    )
    Item.objects.filter(pk=world.item.pk).update(
        title=with_text(world.item.title, "de", "besser"), short={"nl": "k"}, summary={"nl": "s"}, example={}
    )
    Aspect.objects.filter(pk=world.aspect.pk).update(title=with_text(world.aspect.title, "fr", "mieux"))
    CriterionText.objects.filter(pk=world.criterion.pk).update(question={"nl": "v"}, name={"nl": "n"})
    assert Item.objects.get(pk=world.item.pk).title["de"] == "besser"


def test_a_translation_made_official_is_fixed_from_then_on(world):
    rows = Item.objects.filter(pk=world.item.pk)
    rows.update(title_status=with_text(world.item.title_status, "de", "official"))
    is_refused(lambda: rows.update(title=with_text(world.item.title, "de", "anders")))


def test_published_and_archived_follow_each_other_freely(world):
    rows = Edition.objects.filter(pk=world.edition.pk)
    for status in ("archived", "published", "archived"):
        rows.update(status=status)
        assert rows.get().status == status


def test_a_draft_can_change_in_everything_and_go(world):
    Item.objects.filter(pk=world.draft_item.pk).update(code="B2", kind="theme", position=7, title={"nl": "x"})
    Attachment.objects.filter(pk=world.draft_attachment.pk).delete()
    ItemFactory(edition=world.draft, code="B3")
    Edition.objects.filter(pk=world.draft.pk).update(code="renamed", predecessor=world.edition)
    assert Edition.objects.get(code="renamed").delete()[0] == 5
    assert not Edition.objects.filter(code="renamed").exists()


@pytest.mark.sqlite
class TestReplacingOnSQLite:
    """REPLACE removes rows without asking the DELETE triggers: inserting must ask for them."""

    @pytest.mark.parametrize("row", ["edition", *CHILDREN.values()])
    def test_a_row_cannot_be_replaced_by_one_of_a_draft(self, world, row):
        stored, stray = getattr(world, row), getattr(world, "draft" if row == "edition" else f"draft_{row}")
        table = stored._meta.db_table
        fields = [field.column for field in stored._meta.concrete_fields if not field.primary_key]
        listed = ", ".join(f'"{name}"' for name in fields)
        copy = f"(id, {listed}) SELECT %s, {listed} FROM {table} WHERE id = %s"
        is_refused(lambda: sql(f"INSERT OR REPLACE INTO {table} {copy}", stored.pk, stray.pk))
        is_refused(lambda: sql(f"UPDATE OR REPLACE {table} SET id = %s WHERE id = %s", stored.pk, stray.pk))

    def test_nor_by_its_unique_code(self, world):
        is_refused(
            lambda: sql(
                "UPDATE OR REPLACE framework_edition SET code = 'closed' WHERE id = %s", world.draft.pk
            )
        )
        other = EditionFactory(framework__code="elsewhere").framework
        is_refused(
            lambda: sql("UPDATE OR REPLACE framework_framework SET code = 'kiv' WHERE id = %s", other.pk)
        )
        is_refused(
            lambda: sql("INSERT OR REPLACE INTO framework_framework (code, title) VALUES ('kiv', '{}')")
        )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_publishing_waits_for_an_item_that_is_being_added():
    """Otherwise an item could slip into an edition that has just been published."""
    edition = EditionFactory(items=("A1",))
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO framework_item (edition_id, code, kind, position, title, title_status, short, "
                "summary, example) VALUES (%s, 'A2', 'theme', 2, '{}', '{}', '{}', '{}', '{}')",
                [edition.pk],
            )
        sql("SET lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            publish(edition)
        other.rollback()
        publish(edition)
    finally:
        sql("SET lock_timeout = 0")
        other.close()


def test_every_trigger_is_there_after_all_migrations():
    """SQLite loses triggers when a migration rebuilds their table: this is where one would notice."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'framework%%'"
            )
        else:
            cursor.execute(
                "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE NOT tgisinternal AND relname LIKE 'framework%%'"
            )
        found = sorted(name for (name,) in cursor)
    each = {"edition": 6, "framework": 4, "item": 5, "aspect": 5, "criteriontext": 5, "attachment": 6}
    each |= {"publication": 3, "textchange": 3, "erratum": 4, "lexiconversion": 4}
    if connection.vendor == "postgresql":
        each = dict.fromkeys(each, 1) | {"edition": 2}
    assert found == sorted(f"framework_{name}" for name, count in each.items() for _ in range(count))
