"""Plans of a cycle that is over go along with a new edition; nobody is asked to look, nowhere they wait."""

import pytest
from django.urls import reverse

from framework.models import Edition
from plans.reports.agenda import agenda_of
from plans.reports.coverage_lists import Narrowed, area_of, entries_of
from plans.selectors.coverage import Scope
from plans.selectors.leading_over import standing_of
from plans.selectors.waiting import Kind, waiting_for
from plans.services.carrying import carry_over
from plans.services.remarks import write_remark
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import ZoneFactory
from tests.plans.carrying.succeeding import carry, follow, make_plan_to_carry
from tests.plans.carrying.test_carrying_pages import text_of
from tests.plans.cast import Cast, make_cycle, make_plan, share
from tests.plans.review.reading import Reviewed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SAID = "The cycle of this plan is over: this can stay as it is."
OVER = "its cycle is over"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-12-01T12:00:00+01:00")


def test_nothing_waits_in_a_plan_whose_cycle_is_over(client_of):
    cast = Cast(ZoneFactory())
    over = make_plan_to_carry(zone=cast.zone, cycle__first_year=2020)
    carry(over)
    now = make_plan_to_carry(zone=cast.zone, edition=over.edition)
    carry(now, Edition.objects.get(code="invented"))
    assert [waiting.name for waiting in waiting_for(cast.lead)] == [str(now.version.plan)]
    pages = [
        client_of(cast.lead).get(reverse("plans:check", args=[each.version.plan_id])).content.decode()
        for each in (over, now)
    ]
    assert [SAID in page for page in pages] == [True, False]


def test_the_pages_of_carrying_over_say_so(client_of):
    cast = Cast(ZoneFactory())
    over = make_plan_to_carry(zone=cast.zone, cycle__first_year=2020)
    follow(over.edition)
    client, plan = client_of(cast.lead), over.version.plan_id
    assert SAID in text_of(client.get(reverse("plans:check", args=[plan])))
    carry(over, Edition.objects.get(code="invented"))
    page = text_of(client.get(reverse("plans:carrying", args=[plan])))
    assert (SAID in page, "You can stop at any moment" in page) == (True, False)


def test_the_lists_of_plans_say_whose_cycle_is_over(client_of):
    cast = Cast(ZoneFactory(name="PZ Own"))
    share(make_plan(cast.zone, first_year=2020))
    share(make_plan(cast.zone))
    for user in (cast.lead, cast.coordinator):
        rows = client_of(user).get("/plans/").content.decode().split("<tr>")[2:]
        assert [("2020-2025" in row, OVER in row) for row in rows] == [(False, False), (True, True)]


class TestTheStrip:
    def test_items_in_a_plan_of_a_cycle_that_is_over_wait_for_nobody(self):
        cast = Cast(ZoneFactory())
        for year in (2020, 2026):
            assessment = make_plan(cast.zone, first_year=year)
            assessment.assignments.create(item=assessment.edition.items.first(), person=cast.editor)
        found = [(each.kind, each.count, each.name) for each in waiting_for(cast.editor)]
        assert found == [(Kind.ASSIGNED, 1, str(assessment.version.plan))]

    def test_a_remark_of_a_reviewer_waits_and_says_that_the_cycle_is_over(self, client_of):
        reviewed = Reviewed(cycle__first_year=2020)
        write_remark(assessment=reviewed.assessment, item=None, text="Why?", by=reviewed.reviewer)
        page = text_of(client_of(reviewed.lead).get("/plans/"))
        said = f"1 remark of a reviewer to answer, since 01/12/2026: {reviewed.made.version.plan} ({OVER})"
        assert said in page


class TestLeadingOver:
    def test_what_is_half_looked_at_rests(self, client_of):
        over = make_plan_to_carry(cycle__first_year=2020)
        now = make_plan_to_carry(edition=over.edition)
        edition = follow(over.edition)
        for each in (over, now):
            carry_over(version=each.version, edition=edition, by=None)
        last = EditionFactory(code="last", predecessor=edition, items=("N1",), published=True)
        AssessmentFactory(edition=edition, cycle__first_year=2020)
        standing = standing_of(last)
        assert (standing.total, len(standing.todo), standing.waiting) == (2, 1, 1)
        assert (standing.over, standing.resting) == (1, 1)
        page = client_of(UserFactory(is_framework_administrator=True)).get(
            reverse("plans:carrying_all", args=["last"])
        )
        assert (
            "1 plan waits: its zone still looks at the edition before. 1 plan of a cycle that is over stays "
            "under the edition before: nobody has to look at it any more."
        ) in text_of(page)


class TestCoverage:
    """Of two plans of each cycle one is carried over and half looked at, the other not carried over yet."""

    @pytest.fixture
    def edition(self):
        old = make_plan_to_carry(zone=ZoneFactory(name="A"), shared=True).edition
        edition = follow(old)
        for name, year in (("A", 2020), ("B", 2020), ("B", 2026)):
            zone = ZoneFactory(name=f"{name} {year}")
            made = AssessmentFactory(zone=zone, edition=old, cycle__first_year=year, shared=True)
            if name == "B":
                carry_over(version=made.version, edition=edition, by=None)
        return edition

    @pytest.fixture
    def coordinator(self):
        return UserFactory(coordinator_of="country")

    def test_no_plan_of_it_still_has_to_look(self, edition, coordinator):
        found = {
            year: [
                (entry.row.place_name, entry.standing.value)
                for entry in entries_of(
                    "carrying",
                    area_of(coordinator, Scope(make_cycle(year), edition)),
                    Narrowed(),
                )
            ]
            for year in (2020, 2026)
        }
        assert found == {
            2020: [("A 2020", "over"), ("B 2020", "over")],
            2026: [("A", "not_yet"), ("B 2026", "looking")],
        }

    def test_the_page_says_so(self, edition, coordinator, client_of):
        client, page = client_of(coordinator), reverse("plans:coverage_list", args=["carrying"])
        said = "The cycle 2020-2025 is over: these plans stay as they are"
        over, now = (text_of(client.get(page, {"cycle": cycle})) for cycle in ("2020-2025", "2026-2031"))
        assert (said in over, over.count(OVER)) == (True, 2)
        assert [word for word in ("not carried over yet", "being looked at") if word in over] == []
        assert (said in now, OVER in now) == (False, False)
        assert ("not carried over yet" in now, "being looked at" in now) == (True, True)
        lists = reverse("plans:coverage_lists")
        assert text_of(client.get(lists, {"cycle": "2020-2025"})).count(said) == 2, "stale and carrying"
        assert text_of(client.get(lists)).count(said) == 0
        nothing = {"cycle": "2020-2025", "q": "nowhere"}
        assert text_of(client.get(lists, nothing)).count(said) == 0

    def test_what_is_stale_stays_in_the_list_and_on_no_agenda(self, edition, coordinator, client_of):
        """The list says under which edition the figures of a cycle were made; talk about it is over."""
        page = reverse("plans:coverage_list", args=["stale"])
        now = client_of(coordinator).get(page)
        assert "In other cycles: 2020-2025 (over) 1" in text_of(now)
        over = text_of(client_of(coordinator).get(page, {"cycle": "2020-2025"}))
        assert "The cycle 2020-2025 is over: these plans stay as they are" in over
        agendas = {}
        for year in (2020, 2026):
            area = area_of(coordinator, Scope(make_cycle(year), edition.predecessor))
            (entry,) = entries_of("stale", area, Narrowed())
            agendas[year] = agenda_of(area, entry.row.zone).stale
        assert agendas[2020] is None
        assert agendas[2026].edition == edition.predecessor
