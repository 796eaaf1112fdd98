"""What stands in the lists, and what never does. The plans hold words and items that could leak."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from plans.models import Carrying, ItemChoice
from plans.reports.coverage_lists import ListName, Narrowed, entries_of, list_counts, long_waiting
from plans.selectors.coverage_lists import motivations_by_reason, uncovered_by_district
from plans.selectors.coverage_remarks import remark_entries
from plans.services.carrying import carry_over
from plans.services.remarks import answer_remark, close_remark, reply_to_remark
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import DistrictFactory, ProvinceFactory, ZoneFactory
from tests.plans.coverage_lists.area import FULL, OBJECTIVE, SECRET, area, ask, entries, lay
from tests.plans.versions import see_under, share, start_next

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def item(edition, code):
    return edition.items.get(code=code)


def rows(found):
    return [(entry.row.place_name, entry.item.code) for entry in found]


class TestWorthALook:
    def test_with_its_reason(self, everywhere, edition):
        choices = {
            "P1": "retained",
            "P2": "retained",
            "T1": "regular",
            "T2": {"choice": "retained", "item_confidential": True},
        }
        assessment = lay("A", edition, objectives=[OBJECTIVE], choices=choices)
        assert assessment.scores.get(item__code="T2").detail["worth_a_look"]
        found = entries(everywhere, edition, "look")
        assert [(entry.item.code, entry.reason) for entry in found] == [
            ("P2", "retained_without_objective"),
            ("T1", "regular_without_line"),
        ]
        assert rows(entries(everywhere, edition, "look", item=item(edition, "T1"))) == [("A", "T1")]


class TestMotivations:
    @pytest.fixture(autouse=True)
    def plans(self, edition):
        lay("A", edition, **FULL)
        lay("B", edition, choices={"P3": SECRET, "P2": {"choice": "not_retained", "reason": "other"}})

    def test_hidden_ones_have_a_state_and_nothing_else(self, everywhere, edition):
        found = entries(everywhere, edition, "motivations")
        assert [
            (*row, e.state, e.reason, e.line, e.is_hidden) for row, e in zip(rows(found), found, strict=True)
        ] == [
            ("B", "P2", "open", "other", "", False),
            ("A", "P3", "motivated", "capacity", "Too few people", False),
            ("B", "P3", "motivated", "", "", True),
        ]
        assert motivations_by_reason(found) == {"other": 1, "capacity": 1, None: 1}

    def test_no_question_finds_out_the_reason_of_a_hidden_one(self, everywhere, edition):
        for reason in ("capacity", ""):
            found = entries(everywhere, edition, "motivations", item=item(edition, "P3"), reason=reason)
            assert [entry.row.place_name for entry in found] == (["A"] if reason else [])

    def test_with_clearance_they_answer_to_their_reason(self, cleared, edition):
        found = entries(cleared, edition, "motivations", item=item(edition, "P3"), reason="capacity")
        assert [(entry.row.place_name, entry.line) for entry in found] == [
            ("A", "Too few people"),
            ("B", "SECRET words"),
        ]

    def test_clearance_for_one_plan_opens_no_other(self, edition):
        here = lay("C", edition, choices={"P3": SECRET}).version.plan.zone
        user = UserFactory(coordinator_of="country", cleared_coordinator_of=here)
        found = entries(user, edition, "motivations", item=item(edition, "P3"), reason="capacity")
        assert [entry.row.place_name for entry in found] == ["A", "C"]


class TestRemarks:
    @pytest.fixture
    def assessment(self, edition):
        return lay("A", edition, **FULL)

    def told(self, user, edition, **asked):
        found = remark_entries(area(user, edition), now=NOW, **asked)
        return [(line.item and line.item.code, line.days, line.text, line.is_hidden) for line in found]

    def test_the_longest_waiting_first_with_the_days(self, everywhere, edition, assessment):
        ask(assessment, everywhere, text="Young", at=NOW - timedelta(days=30))
        ask(assessment, everywhere, item=None, text="Old", at=NOW - timedelta(days=30, seconds=1))
        assert self.told(everywhere, edition) == [(None, 30, "Old", False), ("P1", 30, "Young", False)]
        # Over a month is longer than thirty days, to the second.
        assert self.told(everywhere, edition, over_days=30) == [(None, 30, "Old", False)]

    def test_waiting_begins_with_what_was_asked_after_the_last_answer(self, everywhere, edition, assessment):
        remark = ask(assessment, everywhere, text="First", at=NOW - timedelta(days=90))
        lead = UserFactory(lead_of=assessment.version.plan.zone)
        answer_remark(remark=remark, text="Because", by=lead)
        assert self.told(everywhere, edition) == []
        remark.refresh_from_db()
        reply_to_remark(remark=remark, text="Go on", by=everywhere)
        remark.entries.filter(text="Go on").update(written_at=NOW - timedelta(days=5))
        assert self.told(everywhere, edition) == [("P1", 5, "Go on", False)]
        remark.refresh_from_db()
        close_remark(remark=remark, by=everywhere)
        assert self.told(everywhere, edition) == []

    def test_confidential_words_and_items(self, everywhere, cleared, edition, assessment):
        ask(assessment, everywhere, text="SECRET question", at=NOW, is_confidential=True)
        ask(assessment, everywhere, item="P3", text="SECRET item", at=NOW)
        choices = ItemChoice.objects.filter(assessment=assessment, item__code="P3")
        choices.update(is_item_confidential=True)
        assert self.told(everywhere, edition) == [("P1", 0, "", True)]
        assert self.told(cleared, edition) == [("P1", 0, "SECRET question", False)]

    def test_of_an_earlier_version_too_unless_the_item_was_hidden_since(
        self, everywhere, edition, assessment
    ):
        ask(assessment, everywhere, text="Still waiting", at=NOW)
        second = share(start_next(assessment))
        assert self.told(everywhere, edition) == [("P1", 0, "Still waiting", False)]
        ItemChoice.objects.filter(assessment=second, item__code="P1").update(is_item_confidential=True)
        assert self.told(everywhere, edition) == []

    def test_not_outside_the_area(self, everywhere, edition, assessment):
        ask(assessment, everywhere)
        assert self.told(UserFactory(coordinator_of=ZoneFactory()), edition) == []


class TestStale:
    def test_checked_under_superseded_editions_only(self, everywhere, edition):
        newer = EditionFactory(items=("P1",), predecessor=edition, published=True)
        lay("A", edition)
        see_under(lay("B", edition), newer)
        lay("C", newer)
        again = lay("D", edition)
        share(start_next(again))
        for asked in (edition, newer):
            found = entries(everywhere, asked, "stale")
            assert [(entry.row.place_name, entry.edition) for entry in found] == [
                ("A", edition),
                ("D", edition),
            ]

    def test_an_edition_without_a_published_successor_is_not_stale(self, everywhere, edition):
        EditionFactory(items=("P1",), predecessor=edition)
        lay("A", edition)
        assert entries(everywhere, edition, "stale") == []


class TestGoingOn:
    def test_who_still_has_to_look(self, everywhere, edition):
        """In the order in which somebody has to do something; what is wholly confidential is not counted."""
        newer = EditionFactory(code="newer", items=("N1", "N2", "N3"), predecessor=edition, published=True)
        shared = {name: lay(name, edition) for name in "ABC"}
        lay("D", newer)
        for name in "BC":
            carry_over(version=shared[name].version, edition=newer, by=None)
        looking, done = Carrying.objects.select_related("assessment").order_by("pk")
        looking.items.filter(item__code="N1").update(seen_at=timezone.now())
        ItemChoice.objects.create(
            assessment=looking.assessment, item=newer.items.get(code="N3"), is_item_confidential=True
        )
        Carrying.objects.filter(pk=done.pk).update(finished_at=timezone.now())
        for asked in (edition, newer):
            found = entries(everywhere, asked, "carrying")
            assert [
                (entry.row.place_name, entry.edition, entry.standing, entry.seen, entry.asked)
                for entry in found
            ] == [
                ("A", edition, "not_yet", 0, 0),
                ("B", edition, "looking", 1, 2),
                ("C", edition, "done", 0, 0),
            ]

    def test_what_a_zone_does_in_preparation_is_not_known(self, everywhere, edition):
        newer = EditionFactory(code="newer", items=("N1",), predecessor=edition, published=True)
        started = start_next(lay("A", edition))
        carry_over(version=started.version, edition=newer, by=None)
        AssessmentFactory(zone=ZoneFactory(name="B"), edition=edition)
        (entry,) = entries(everywhere, edition, "carrying")
        assert (entry.row.place_name, entry.standing) == ("A", "not_yet")


def test_what_is_not_shared(everywhere, edition):
    ZoneFactory(name="A")
    AssessmentFactory(zone=ZoneFactory(name="B"), edition=edition)
    lay("C", edition)
    found = entries(everywhere, edition, "missing")
    assert [(row.place_name, row.standing.value) for row in found] == [("A", "no_plan"), ("B", "preparation")]
    assert [row.place_name for row in entries(everywhere, edition, "missing", standing="no_plan")] == ["A"]


def test_what_nobody_elaborates(everywhere, edition):
    here, there = DistrictFactory(code="here"), DistrictFactory(code="there")
    lay("A", edition, ZoneFactory(district=here), **FULL)
    # Elaborated, but wholly confidential: nobody outside may conclude that it is.
    hidden = {"objectives": [OBJECTIVE], "choices": {"P1": {"choice": "retained", "item_confidential": True}}}
    lay("B", edition, ZoneFactory(district=there), **hidden)
    ZoneFactory(district=DistrictFactory(code="without plans"))
    assert [each.code for each in entries(everywhere, edition, "uncovered")] == ["P2", "P3", "T1", "T2"]
    found = uncovered_by_district(area(everywhere, edition))
    assert [(line.district, line.shown, [each.code for each in line.items]) for line in found] == [
        (here, 1, ["P2", "P3", "T1", "T2"]),
        (there, 1, ["P1", "P2", "P3", "T1", "T2"]),
    ]


def test_nothing_is_said_of_an_area_where_nothing_is_shown(everywhere, edition):
    ZoneFactory()
    assert entries(everywhere, edition, "uncovered") == ()


def test_counts_are_those_of_the_lists(everywhere, edition):
    province = ProvinceFactory()
    assessment = lay("A", edition, ZoneFactory(province=province), **FULL)
    ask(assessment, everywhere, at=datetime(2026, 1, 1, tzinfo=UTC))
    lay("B", edition, **FULL)
    ZoneFactory()
    found = area(everywhere, edition)
    assert list_counts(found) == {name: len(entries_of(name, found, Narrowed())) for name in ListName}
    assert {name.value: number for name, number in list_counts(found).items()} == {
        "open": 4,
        "look": 2,
        "remarks": 1,
        "stale": 0,
        "carrying": 0,
        "missing": 1,
        "uncovered": 4,
        "motivations": 2,
        "examples": 0,
    }
    assert long_waiting(found) == 1
