"""Published editions: texts change with their history, official titles get errata, files are given once."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from framework import rules
from framework.export import digest_of, edition_as_json, facts_read
from framework.models import Aspect, Attachment, CriterionText, Erratum, Item, TextChange
from framework.parsing import parse_edition
from framework.services import load_edition
from framework.services.editing import change_facts
from framework.services.errata import add_erratum
from framework.services.files import give_file
from framework.services.parts import add_part, move_part, remove_part
from kiv.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.framework import (
    AspectFactory,
    AttachmentFactory,
    EditionFactory,
    in_all_languages,
    publish,
)
from tests.framework.changing import ITEM, PDF, change, events, published_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


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
    return published_edition()


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

    def test_saying_that_an_aspect_without_statuses_is_ours_is_no_correction(self, draft, by):
        aspect = AspectFactory(item=draft.items.first(), title_status={})
        publish(draft)
        ours = dict.fromkeys(aspect.title, "translation")
        change(aspect, by, title={**aspect.title, "de": "besser"}, title_status=ours)
        assert list(TextChange.objects.values_list("field", "language")) == [("title", "de")]

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
        seen = digest_of(facts_read(published))
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
        assert give_file(attachment=attachment, data=PDF, by=by)
        first = Attachment.objects.get().file.name
        with django_capture_on_commit_callbacks(execute=True):
            assert give_file(attachment=attachment, data=PDF + b"more", by=by)
        second = Attachment.objects.get().file.name
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
