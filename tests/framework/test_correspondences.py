"""What became of the items of an edition: saved, refused when stale or fixed, read, carried over."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from framework.correspondences import (
    carried_items,
    correspondences_between,
    digest_of,
    earlier_selves,
    ordered,
)
from framework.models import Edition, Item
from framework.services import (
    CannotDecide,
    Saying,
    StaleCorrespondences,
    decide_sure_proposals,
    save_correspondences,
)
from kiv.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.framework import CorrespondenceFactory, EditionFactory, publish, succeed
from tests.framework.succeeding import link

pytestmark = pytest.mark.django_db
NOTHING = digest_of(())


@pytest.fixture
def old():
    return EditionFactory(code="old", items=("A1", "A2"), themes=("B1",), published=True)


@pytest.fixture
def draft(old):
    return EditionFactory(code="new", predecessor=old, items=("A1", "C1", "C2"), themes=("B1",))


@pytest.fixture
def person():
    return UserFactory(is_framework_administrator=True)


def said(edition) -> list[tuple]:
    rows = edition.correspondences.select_related("source", "target")
    return sorted(
        (row.source.code, row.target.code if row.target else None, row.relation, row.is_decided)
        for row in rows
    )


def save(edition, *links, by=None, seen=NOTHING):
    sayings = [
        Saying(old, tuple(each for each in links if each.old == old), seen)
        for old in dict.fromkeys(each.old for each in links)
    ]
    return save_correspondences(edition=edition, by=by, sayings=sayings)


class TestSaving:
    def test_all_that_is_said_is_stored_with_who_decided_and_one_event(self, draft, person):
        found = save(
            draft,
            link("A1", "A1"),
            link("A2", "C1", "superset", is_decided=False),
            link("A2", "C2", "superset", is_decided=False),
            link("B1", None, "none", rationale={"nl": "afgevoerd"}),
            by=person,
        )
        assert found == ["A1", "A2", "B1"]
        assert said(draft) == [
            ("A1", "A1", "equal", True),
            ("A2", "C1", "superset", False),
            ("A2", "C2", "superset", False),
            ("B1", None, "none", True),
        ]
        row = draft.correspondences.get(source__code="B1")
        assert (row.decided_by, row.rationale) == (person, {"nl": "afgevoerd"})
        assert draft.correspondences.get(target__code="C1").decided_by is None
        event = AuditEvent.objects.get()
        assert (event.event, event.actor_id, event.data) == (
            "edition.correspondences_saved",
            person.pk,
            {"code": "new", "decided": 2, "undecided": 1},
        )

    def test_the_same_again_changes_nothing_and_leaves_no_event(self, draft, person):
        save(draft, link("A1", "A1"), by=person)
        assert save(draft, link("A1", "A1"), by=UserFactory(is_framework_administrator=True)) == []
        assert draft.correspondences.get().decided_by == person
        assert AuditEvent.objects.count() == 1

    def test_a_stale_save_is_refused_whole_and_tells_what_is_stored(self, draft):
        save(draft, link("A1", "C1", "equivalent"))
        with pytest.raises(StaleCorrespondences) as refused:
            save(draft, link("A1", "A1"), link("B1", "B1"))
        assert [(old, links[0].new) for old, links in refused.value.stored.items()] == [("A1", "C1")]
        assert said(draft) == [("A1", "C1", "equivalent", True)]

    def test_a_decision_can_be_taken_back_and_all_words_too(self, draft, person):
        save(draft, link("A1", "A1"), by=person)
        seen = digest_of([link("A1", "A1")])
        save(draft, link("A1", "A1", is_decided=False), seen=seen)
        row = draft.correspondences.get()
        assert (row.decided_at, row.decided_by) == (None, None)
        seen = digest_of([link("A1", "A1", is_decided=False)])
        assert save_correspondences(edition=draft, by=None, sayings=[Saying("A1", (), seen)]) == ["A1"]
        assert said(draft) == []

    def test_two_equals_may_change_places_in_one_save(self, draft):
        save(draft, link("A1", "C1"), link("A2", "C2"))
        sayings = [
            Saying("A1", (link("A1", "C2"),), digest_of([link("A1", "C1")])),
            Saying("A2", (link("A2", "C1"),), digest_of([link("A2", "C2")])),
        ]
        assert save_correspondences(edition=draft, by=None, sayings=sayings) == ["A1", "A2"]
        assert said(draft) == [("A1", "C2", "equal", True), ("A2", "C1", "equal", True)]

    @pytest.mark.parametrize(
        "links",
        [
            pytest.param([link("Z9", "A1")], id="an old item that is not there"),
            pytest.param([link("A1", "Z9")], id="a new item that is not there"),
            pytest.param([link("A1", "A1", "none")], id="nothing, and yet something"),
            pytest.param([link("A1", None)], id="equal to nothing"),
            pytest.param([link("A1", None, "none"), link("A1", "C1", "subset")], id="ended, and yet not"),
            pytest.param([link("A1", "C1"), link("A1", "C1", "subset")], id="the same two twice"),
            pytest.param([link("A1", "C1"), link("A1", "C2", "equivalent")], id="equal to two"),
            pytest.param([link("A1", "B1", "equivalent")], id="equal to what another, not sent, equals"),
            pytest.param([link("A1", "A1", rationale={"nl": "a\0"})], id="NUL"),
        ],
    )
    def test_what_contradicts_itself_or_names_what_is_not_there(self, draft, links):
        CorrespondenceFactory(edition=draft, old="B1", new="B1")
        with pytest.raises(ValidationError):
            save(draft, *links)
        assert said(draft) == [("B1", "B1", "equal", True)]

    def test_an_edition_without_a_predecessor(self, old):
        for act in (lambda: save(old, link("A1", "A1")), lambda: decide_sure_proposals(edition=old, by=None)):
            with pytest.raises(CannotDecide):
                act()

    def test_a_published_edition_still_learns_what_was_never_decided_and_nothing_else(self, draft):
        CorrespondenceFactory(edition=draft, old="A1", new="A1")
        publish(draft)
        with pytest.raises(CannotDecide, match="A1"):
            save(draft, link("A1", "C1"), seen=digest_of([link("A1", "A1")]))
        with pytest.raises(CannotDecide):
            save(draft, link("A2", "C1", "superset", is_decided=False))
        assert save(draft, link("A2", "C1", "superset")) == ["A2"]
        assert said(draft) == [("A1", "A1", "equal", True), ("A2", "C1", "superset", True)]


def test_sure_proposals_are_decided_where_nothing_was_said(draft, person):
    CorrespondenceFactory(edition=draft, old="B1", new="B1", relation="intersects", is_decided=False)
    assert decide_sure_proposals(edition=draft, by=person) == ["A1"]
    assert said(draft) == [("A1", "A1", "equal", True), ("B1", "B1", "intersects", False)]
    assert decide_sure_proposals(edition=draft, by=person) == []
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    "second",
    [
        {"old": "A1", "new": "C1", "relation": "equivalent"},
        {"old": "A2", "new": "A1", "relation": "equivalent"},
        {"old": "A1", "new": "A1", "relation": "subset"},
        {"old": "A2", "new": None, "relation": "subset"},
        {"old": "A2", "new": "C1", "relation": "none"},
        {"old": "A2", "new": "C1", "relation": "similar"},
        {"old": "A2", "new": "C1", "confidence": "certain"},
    ],
)
def test_what_can_never_be_stored(draft, second):
    CorrespondenceFactory(edition=draft, old="A1", new="A1")
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrespondenceFactory(edition=draft, **second)


def test_an_item_ends_once(draft):
    CorrespondenceFactory(edition=draft, new=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrespondenceFactory(edition=draft, new=None)


class TestReading:
    def test_an_item_that_was_split_is_decided_when_each_part_is(self, old, draft):
        CorrespondenceFactory(edition=draft, old="A1", new="A1")
        CorrespondenceFactory(edition=draft, old="A2", new="C1", relation="superset")
        part = CorrespondenceFactory(edition=draft, old="A2", new="C2", relation="superset", is_decided=False)
        CorrespondenceFactory(edition=draft, old="B1", new=None)
        found = correspondences_between(old, draft)
        assert [item.code for item in found.undecided] == ["A2"]
        assert (found.unmapped, found.sure) == ((), ())
        assert [(each.old, each.new) for each in found.decided_links] == [("A1", "A1"), ("B1", None)]
        part.decided_at = timezone.now()
        part.save()
        assert correspondences_between(old, draft).undecided == ()

    def test_stored_and_proposed_stand_together_in_order(self, old, draft, django_assert_num_queries):
        CorrespondenceFactory(edition=draft, old="A2", new="C2", relation="superset")
        CorrespondenceFactory(edition=draft, old="A2", new="C1", relation="superset", is_decided=False)
        with django_assert_num_queries(5):  # items and aspects of both, correspondences
            found = correspondences_between(old, draft)
        assert [(each.old, each.new, each.is_stored, each.is_decided) for each in found.links] == [
            ("A1", "A1", False, False),
            ("A2", "C1", True, False),
            ("A2", "C2", True, True),
            ("B1", "B1", False, False),
        ]
        assert [item.code for item in found.undecided] == ["A1", "A2", "B1"]
        assert (found.unmapped, found.unreached) == ((), ())

    def test_what_nobody_finds_a_place_for(self, old):
        draft = EditionFactory(predecessor=old, items=("A1", "D1"))
        for code, words in (("A1", "dierenwelzijn"), ("D1", "ruimtevaart")):
            Item.objects.filter(edition=draft, code=code).update(title={"nl": words})
        CorrespondenceFactory(edition=draft, old="A1", new="D1", relation="subset", is_decided=False)
        CorrespondenceFactory(edition=draft, old="B1", new=None)
        found = correspondences_between(old, draft)
        assert [item.code for item in found.undecided] == ["A1", "A2"]
        assert [item.code for item in found.unmapped] == ["A2"]
        assert [item.code for item in found.unreached] == ["A1"]

    def test_rows_about_items_of_another_predecessor_count_no_longer(self, old, draft):
        CorrespondenceFactory(edition=draft, old="A2", new=None)
        other = EditionFactory(code="other", items=("A2",), published=True)
        Edition.objects.filter(pk=draft.pk).update(predecessor=other)
        found = correspondences_between(other, Edition.objects.get(pk=draft.pk))
        assert not any(each.is_stored for each in found.links)


def ids(edition, *codes):
    return [edition.items.get(code=code).pk for code in codes]


class TestCarrying:
    @pytest.fixture
    def three(self, old, draft):
        """old → new → newest: A1 is kept twice under other codes, A2 split, B1 kept once."""
        CorrespondenceFactory(edition=draft, old="A1", new="C1", relation="equivalent")
        CorrespondenceFactory(edition=draft, old="A2", new="C2", relation="superset")
        CorrespondenceFactory(edition=draft, old="B1", new="B1")
        publish(draft)
        newest = EditionFactory(code="newest", items=("D1", "D2"), themes=("B1",))
        succeed(draft, newest)
        CorrespondenceFactory(edition=newest, old="C1", new="D1")
        CorrespondenceFactory(edition=newest, old="B1", new="B1", is_decided=False)
        return old, draft, newest

    def test_from_one_edition_to_the_next(self, three, django_assert_num_queries):
        old, new, _newest = three
        with django_assert_num_queries(1):
            found = carried_items(old, new)
        assert found == dict(zip(ids(old, "A1", "B1"), ids(new, "C1", "B1"), strict=True))

    def test_over_an_edition_between(self, three):
        old, _new, newest = three
        assert carried_items(old, newest) == dict(zip(ids(old, "A1"), ids(newest, "D1"), strict=True))
        links = [each for each in correspondences_between(old, newest).links if each.is_stored]
        assert [(each.old, each.new, each.relation) for each in links] == [("A1", "D1", "equivalent")]

    def test_not_backwards_not_within_one_edition_not_between_strangers(
        self, three, django_assert_num_queries
    ):
        old, new, _newest = three
        assert carried_items(new, old) == {}
        assert carried_items(EditionFactory(items=("A1",)), new) == {}
        with django_assert_num_queries(0):
            assert carried_items(old, old) == {}

    def test_what_an_item_was_before(self, three):
        old, new, newest = three
        assert earlier_selves(newest.items.get(code="D1"), newest) == [*ids(new, "C1"), *ids(old, "A1")]
        assert earlier_selves(newest.items.get(code="B1"), newest) == []
        assert earlier_selves(old.items.get(code="A1"), old) == []

    def test_the_earlier_edition_comes_first_however_one_asks(self, three):
        old, new, newest = three
        Edition.objects.filter(pk=old.pk).update(first_year=2050, last_year=2055)
        old = Edition.objects.get(pk=old.pk)
        assert ordered(newest, old) == ordered(old, newest) == (old, newest)
        stranger = EditionFactory(first_year=2000, last_year=2001)
        assert ordered(new, stranger) == (stranger, new)
