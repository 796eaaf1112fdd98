"""Deadlines in the strip "waits for you": the lead's to share by, a fact for everybody else of the zone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from plans.selectors.waiting import Kind, Waiting, waiting_for
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, make_plan
from tests.plans.strip import TODAY, add_deadline, strip_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-12-01T12:00:00+01:00")


@pytest.fixture
def cast():
    return Cast(ZoneFactory())


def test_the_next_one_of_each_cycle_with_a_plan_of_ones_own_that_was_not_shared(cast):
    plan = make_plan(cast.zone).version.plan
    older = make_plan(cast.zone, first_year=2020).version.plan
    share_version(version=make_plan(cast.zone, first_year=2014).version, by=None)
    for days, name, year in (
        (-1, "past", 2026),
        (90, "later", 2026),
        (40, "next", 2026),
        (0, "today", 2020),
        (10, "shared already", 2014),
        (20, "nobody's", 2032),
    ):
        add_deadline(days, name, year)
    url = "plans:check"
    for name, kind in (
        ("lead", Kind.DEADLINE),
        ("editor", Kind.LEAD_SHARES),
        ("reader", Kind.LEAD_SHARES),
    ):
        assert waiting_for(cast[name]) == (
            Waiting(kind, 1, reverse(url, args=[older.pk]), TODAY, "today"),
            Waiting(kind, 1, reverse(url, args=[plan.pk]), TODAY + timedelta(days=40), "next"),
        )
    for name in (*Cast.READING_SHARED, *Cast.ADMINISTRATORS, "stranger_coordinator", "nobody"):
        kinds = {entry.kind for entry in waiting_for(cast[name])}
        assert kinds.isdisjoint({Kind.DEADLINE, Kind.LEAD_SHARES})


def test_what_the_lead_shares_is_a_fact_for_who_does_not(cast, client_of):
    """Editing here and leading there, one reads what is one's own to do apart from what is not."""
    other = ZoneFactory()
    plans = [make_plan(zone).version.plan for zone in (cast.zone, other)]
    add_deadline(40, "To the ministers")
    both = UserFactory(editor_of=cast.zone, lead_of=other)
    urls = [reverse("plans:check", args=[plan.pk]) for plan in plans]
    fact = "1 plan must be ready by 10/01/2027; its lead shares it for review: To the ministers"
    act = "1 plan to share for review by 10/01/2027: To the ministers"
    assert strip_of(client_of, cast.editor, urls[0]) == [(fact, urls[0])]
    assert strip_of(client_of, cast.lead, urls[0]) == [(act, urls[0])]
    assert strip_of(client_of, both, urls[0]) == [(act, urls[1]), (fact, urls[0])]
    two = UserFactory(reader_of=[cast.zone, other])
    assert strip_of(client_of, two, urls[0]) == [
        (
            "2 plans must be ready by 10/01/2027; their leads share them for review: To the ministers",
            reverse("plans:list"),
        )
    ]


def test_several_plans_of_one_cycle_are_one_line():
    zones = [make_plan(ZoneFactory()).version.plan.zone for _ in range(2)]
    add_deadline(5)
    [entry] = waiting_for(UserFactory(lead_of=zones))
    assert (entry.count, entry.url) == (2, reverse("plans:list"))


def test_on_the_check_page_until_the_plan_is_shared(cast, client_of):
    assessment = make_plan(cast.zone)
    add_deadline(40, "To the ministers")
    url = reverse("plans:check", args=[assessment.version.plan_id])
    assert len(strip_of(client_of, cast.lead, url)) == len(strip_of(client_of, cast.reader, url)) == 1
    share_version(version=assessment.version, by=cast.lead)
    assert strip_of(client_of, cast.lead, url) == strip_of(client_of, cast.reader, url) == []
    assert strip_of(client_of, cast.coordinator, url) == []
