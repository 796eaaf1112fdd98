"""Drafts change in everything, part by part; a stale or impossible save changes nothing."""

import pytest
from django.core.exceptions import ValidationError

from framework import rules
from framework.export import digest_of, edition_as_data, edition_as_json, facts_data, facts_read
from framework.models import Aspect, Edition, Item
from framework.services import Outcome, load_edition
from framework.services.editing import StaleEdit, TooMany, change_facts
from framework.services.parts import add_part, change_part, digest_of_part, move_part, remove_part
from framework.services.starting import start_edition
from tests.factories.accounts import UserFactory
from tests.factories.framework import (
    AspectFactory,
    EditionFactory,
    FrameworkFactory,
)
from tests.framework.changing import ITEM, change, events, published_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def by():
    return UserFactory(is_framework_administrator=True)


@pytest.fixture
def draft():
    return EditionFactory(code="draft", items=("A1", "A2", "A3"), criteria=True)


@pytest.fixture
def published():
    return published_edition()


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
            edition=draft, by=by, seen=digest_of(facts_read(draft)), values=values, predecessor=before
        )
        stored = Edition.objects.get(code="draft")
        assert (facts_data(stored), stored.predecessor) == (values, before)
        with pytest.raises(StaleEdit):
            change_facts(edition=stored, by=by, seen="old", values=values)
        for wrong in ({"period": [2033, 2030]}, {"period": [1, 2]}, {"title_status": {}}):
            with pytest.raises(ValidationError):
                change_facts(edition=stored, by=by, seen="", values=wrong, predecessor=before)

    def test_a_predecessor_never_comes_after(self, draft, by):
        after = EditionFactory(code="after", predecessor=draft)
        elsewhere = EditionFactory(framework__code="other")
        for wrong in (after, elsewhere, draft):
            seen = digest_of(facts_read(draft))
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
