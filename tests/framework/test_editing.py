"""Changing editions part by part: drafts in everything, published ones in what is editorial, with history."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from framework import rules
from framework.export import digest_of, edition_as_data, edition_as_json, facts_data
from framework.models import Aspect, Attachment, CriterionText, Edition, Erratum, Item, TextChange
from framework.parsing import parse_edition
from framework.services import Outcome, load_edition
from framework.services.editing import StaleEdit, TooMany, change_facts
from framework.services.errata import add_erratum
from framework.services.files import give_file
from framework.services.parts import add_part, change_part, digest_of_part, move_part, remove_part
from framework.services.starting import start_edition
from kiv.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.framework import (
    AspectFactory,
    AttachmentFactory,
    EditionFactory,
    FrameworkFactory,
    in_all_languages,
    publish,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"
ITEM = {
    "code": "Z.9",
    "kind": "theme",
    "title": {"nl": "Samen", "fr": "Ensemble"},
    "title_status": {"nl": "official", "fr": "translation"},
    "short": {"nl": "samen"},
    "summary": {"nl": "over samen"},
    "example": None,
}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def by():
    return UserFactory(is_framework_administrator=True)


@pytest.fixture
def draft():
    return EditionFactory(code="draft", items=("A1", "A2", "A3"), criteria=True)


@pytest.fixture
def published():
    edition = EditionFactory(code="public", items=("A1",), criteria=True, attachments=("NOTE",))
    AspectFactory(
        item=edition.items.get(),
        code="one",
        title_status={"nl": "official"} | dict.fromkeys(("fr", "de", "en"), "translation"),
    )
    publish(edition)
    return edition


def change(part, by, **values):
    return change_part(part, by=by, seen=digest_of_part(part), values=values)


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))


class TestDrafts:
    def test_an_item_is_added_last_and_once(self, draft, by):
        for _ in range(2):
            added = add_part(Item, parent=draft, by=by, values=ITEM)
        assert list(draft.items.values_list("code", flat=True)) == ["A1", "A2", "A3", "Z.9"]
        assert edition_as_data(draft)["items"][-1] == {**ITEM, "aspects": []}
        add_part(
            Aspect,
            parent=added,
            by=by,
            values={"code": "x", "title": {"nl": "x"}, "title_status": {"nl": "partial"}},
        )
        assert load_edition(data=edition_as_json(draft), by=by).outcome == Outcome.UNCHANGED
        assert events() == ["edition.part_added", "edition.part_added"]

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"code": "a1"}, "taken already: A1"),
            ({"code": "a b"}, "1 to 20 letters"),
            ({"kind": "cluster"}, "priority"),
            ({"title": {}}, "at least 1"),
            ({"title_status": {"nl": "official"}}, "where it comes from"),
            ({"short": {"nl": "x" * 81}}, "80"),
            ({"summary": {"nl": "a\0b"}}, "control"),
            ({"example": {"diagnosis": {"nl": "d"}}}, "required"),
        ],
    )
    def test_what_a_file_could_not_hold_is_refused(self, draft, by, values, words):
        before = edition_as_json(draft)
        with pytest.raises(ValidationError, match=words):
            add_part(Item, parent=draft, by=by, values=ITEM | values)
        assert (edition_as_json(draft), events()) == (before, [])

    def test_the_bound_on_aspects(self, draft, by):
        item = draft.items.first()
        AspectFactory.create_batch(50, item=item)
        with pytest.raises(TooMany) as refused:
            add_part(
                Aspect,
                parent=item,
                by=by,
                values={"code": "x", "title": {"nl": "x"}, "title_status": {"nl": "official"}},
            )
        assert refused.value.limit == 50

    def test_a_stale_save_changes_nothing(self, draft, by):
        item = draft.items.first()
        seen = digest_of_part(item)
        change(item, by, short={"nl": "theirs"})
        with pytest.raises(StaleEdit) as stale:
            change_part(item, by=by, seen=seen, values={"short": {"nl": "mine"}})
        assert stale.value.stored.short == {"nl": "theirs"}
        assert events() == ["edition.changed"]

    def test_saving_what_is_stored_leaves_no_trace(self, draft, by):
        item = draft.items.first()
        change(item, by, short=dict(item.short))
        assert events() == []

    def test_moving(self, draft, by):
        def order():
            return "".join(draft.items.values_list("code", flat=True))

        first, last = draft.items.get(code="A1"), draft.items.get(code="A3")
        move_part(first, by=by, down=False)
        move_part(last, by=by, down=True)
        assert (order(), events()) == ("A1A2A3", [])
        move_part(first, by=by, down=True)
        assert order() == "A2A1A3"
        move_part(first, by=by, down=True)
        move_part(last, by=by, down=False)
        assert order() == "A3A2A1"

    def test_removing_twice(self, draft, by):
        item = draft.items.get(code="A2")
        for _ in range(2):
            remove_part(item, by=by)
        assert list(draft.items.values_list("code", flat=True)) == ["A1", "A3"]
        assert events() == ["edition.part_removed"]

    def test_facts(self, draft, by):
        before = EditionFactory(code="before", items=("A1",), published=True)
        values = facts_data(draft) | {"period": [2030, 2033], "approved": "2030-02-01", "subtitle": None}
        change_facts(
            edition=draft, by=by, seen=digest_of(facts_data(draft)), values=values, predecessor=before
        )
        stored = Edition.objects.get(code="draft")
        assert (facts_data(stored), stored.predecessor) == (values, before)
        with pytest.raises(StaleEdit):
            change_facts(edition=stored, by=by, seen="old", values=values)
        for wrong in ({"period": [2033, 2030]}, {"period": [1, 2]}, {"title_status": {}}):
            with pytest.raises(ValidationError):
                change_facts(edition=stored, by=by, seen=digest_of(values), values=wrong, predecessor=before)

    def test_a_predecessor_never_comes_after(self, draft, by):
        after = EditionFactory(code="after", predecessor=draft)
        elsewhere = EditionFactory(framework__code="other")
        for wrong in (after, elsewhere, draft):
            seen = digest_of(facts_data(draft))
            with pytest.raises(ValidationError):
                change_facts(edition=draft, by=by, seen=seen, values={}, predecessor=wrong)

    def test_who_is_no_administrator_changes_nothing(self, draft):
        with pytest.raises(rules.NotAllowed):
            add_part(Item, parent=draft, by=UserFactory(is_system_administrator=True), values=ITEM)


class TestStarting:
    def test_from_nothing_only_the_criteria_are_there(self, published, by):
        made = start_edition(
            code="new",
            framework=FrameworkFactory(code="other"),
            period=(2030, 2033),
            title={"nl": "Nieuw"},
            by=by,
        )
        data = edition_as_data(made)
        assert data["criteria"] == edition_as_data(published)["criteria"]
        assert (data["items"], data["attachments"], data["predecessor"]) == ([], [], None)
        assert data["title_status"] == {"nl": "translation"}

    def test_as_a_copy_of_the_predecessor(self, published, by):
        made = start_edition(
            code="new",
            framework=published.framework,
            period=(2030, 2033),
            title={"nl": "Nieuw"},
            by=by,
            copied_from=published,
        )
        data, old = edition_as_data(made), edition_as_data(published)
        assert data == old | {
            "code": "new",
            "predecessor": "public",
            "period": [2030, 2033],
            "approved": None,
            "title": {"nl": "Nieuw"},
            "title_status": {"nl": "translation"},
            "attachments": [],
        }
        assert events() == ["edition.started"]

    def test_a_code_that_is_taken(self, published, by):
        with pytest.raises(ValidationError, match="with this code already"):
            start_edition(
                code="public", framework=published.framework, period=(1, 2), title={"nl": "x"}, by=by
            )


class TestCorrections:
    def test_a_translation_is_corrected_and_the_old_text_stays_readable(self, published, by):
        item = published.items.get()
        before = dict(item.title)
        change(item, by, title={**before, "de": "besser"}, summary=in_all_languages("anders"))
        assert Item.objects.get().title["de"] == "besser"
        rows = TextChange.objects.filter(field="title").values_list(
            "part", "code", "language", "before", "after", "changed_by"
        )
        assert list(rows) == [("item", "A1", "de", before["de"], "besser", by.pk)]
        assert TextChange.objects.filter(field="summary").count() == 4
        assert AuditEvent.objects.get().data == {"code": "public", "part": "item", "of": "A1", "texts": 5}

    def test_an_official_text_stays_and_so_does_what_is_fixed(self, published, by):
        item, attachment, aspect = published.items.get(), published.attachments.get(), Aspect.objects.get()
        for part, values in (
            (item, {"title": {**item.title, "nl": "anders"}}),
            (aspect, {"title": {**aspect.title, "nl": "anders"}}),
            (item, {"title_status": {**item.title_status, "nl": "partial"}}),
        ):
            with pytest.raises(ValidationError, match="Add an erratum"):
                change(part, by, **values)
        for part, values in ((item, {"code": "A9"}), (item, {"kind": "theme"}), (attachment, {"name": "x"})):
            with pytest.raises(rules.WrongMoment):
                change(part, by, **values)
        for attempt in (
            lambda: add_part(Item, parent=published, by=by, values=ITEM),
            lambda: remove_part(item, by=by),
            lambda: move_part(item, by=by, down=True),
        ):
            with pytest.raises(rules.WrongMoment):
                attempt()
        assert (events(), TextChange.objects.count()) == ([], 0)

    def test_facts_and_criteria(self, published, by):
        seen = digest_of(facts_data(published))
        change_facts(edition=published, by=by, seen=seen, values={"period": [2022, 2026], "approved": None})
        criterion = CriterionText.objects.get(code="D")
        change(criterion, by, question={"nl": "Welke cijfers?"})
        found = set(TextChange.objects.values_list("part", "code", "field", "language", "after"))
        assert {row for row in found if row[3] in {"", "nl"}} == {
            ("edition", "", "period", "", "2022-2026"),
            ("criterion", "D", "question", "nl", "Welke cijfers?"),
        }

    def test_loading_a_file_over_a_published_edition_keeps_the_old_texts_too(self, published, by):
        data = edition_as_json(published).replace(b"short A1 de", b"kurz")
        load_edition(data=data, by=by, should_update_texts=True)
        assert list(TextChange.objects.values_list("field", "language", "before", "after")) == [
            ("short", "de", "short A1 de", "kurz")
        ]
        assert parse_edition(edition_as_json(published)).items[0].short["de"] == "kurz"

    def test_history_stays(self, published, by):
        change(published.items.get(), by, short={"nl": "x"})
        for attempt in (TextChange.objects.all().delete, lambda: TextChange.objects.update(before="y")):
            with pytest.raises(IntegrityError, match="cannot change"), transaction.atomic():
                attempt()


class TestErrata:
    def test_it_is_numbered_and_the_official_text_stays(self, published, by):
        item, aspect = published.items.get(), Aspect.objects.get()
        for _ in range(2):
            add_erratum(titled=item, language="nl", after=" beter ", reason="tikfout", by=by)
        add_erratum(titled=item, language="nl", after="best", reason="nog een", by=by)
        add_erratum(titled=aspect, language="nl", after="deel", reason="tikfout", by=by)
        rows = Erratum.objects.values_list("number", "part", "code", "aspect", "before", "after")
        assert list(rows) == [
            (1, "item", "A1", "", "title A1 nl", "beter"),
            (2, "item", "A1", "", "beter", "best"),
            (3, "aspect", "A1", "one", "aspect one nl", "deel"),
        ]
        assert Item.objects.get().title["nl"] == "title A1 nl"
        assert AuditEvent.objects.first().data == {"code": "public", "number": 3}

    @pytest.mark.parametrize(
        "wrong",
        [{"language": "de"}, {"after": "title A1 nl"}, {"after": " "}, {"after": "a\0"}, {"after": "x" * 501}]
        + [{"reason": ""}, {"reason": "x" * 2001}],
    )
    def test_what_is_no_erratum(self, published, by, wrong):
        values = {"language": "nl", "after": "beter", "reason": "tikfout"} | wrong
        with pytest.raises(ValidationError):
            add_erratum(titled=published.items.get(), by=by, **values)
        assert not Erratum.objects.exists()

    def test_a_draft_is_changed_directly(self, draft, by):
        with pytest.raises(rules.WrongMoment):
            add_erratum(titled=draft.items.first(), language="nl", after="x", reason="y", by=by)

    def test_it_stays_under_its_number(self, published, by):
        made = add_erratum(titled=published, language="nl", after="beter", reason="tikfout", by=by)
        made.pk = None
        attempts = (Erratum.objects.all().delete, lambda: Erratum.objects.update(after="y"), made.save)
        for attempt in attempts:
            with pytest.raises(IntegrityError), transaction.atomic():
                attempt()


class TestFiles:
    def test_a_missing_file_is_given_once_after_publication(self, published, by):
        attachment = published.attachments.get()
        for _ in range(2):
            give_file(attachment=attachment, data=PDF, by=by)
        stored = Attachment.objects.get()
        with stored.file.open() as file:
            assert (file.read(), stored.size, len(stored.sha256)) == (PDF, len(PDF), 64)
        with pytest.raises(rules.WrongMoment, match="never replaced"):
            give_file(attachment=stored, data=PDF + b"more", by=by)
        assert events() == ["edition.file_given"]

    def test_in_a_draft_another_file_takes_its_place(self, draft, by, django_capture_on_commit_callbacks):
        attachment = AttachmentFactory(edition=draft)
        first = give_file(attachment=attachment, data=PDF, by=by).file.name
        with django_capture_on_commit_callbacks(execute=True):
            second = give_file(attachment=attachment, data=PDF + b"more", by=by).file.name
        assert (default_storage.exists(first), default_storage.exists(second)) == (False, True)
        with django_capture_on_commit_callbacks(execute=True):
            remove_part(attachment, by=by)
        assert not default_storage.exists(second)

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b" " * 2000 + PDF])
    def test_what_is_no_pdf(self, draft, by, data):
        attachment = AttachmentFactory(edition=draft)
        with pytest.raises(ValidationError, match="not a PDF"):
            give_file(attachment=attachment, data=data, by=by)
        assert not Attachment.objects.get().file
