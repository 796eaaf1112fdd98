"""The pages of lists, items and zones: what they say, where they lead, what they cost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.framework import EditionFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import DistrictFactory, MunicipalityFactory, ProvinceFactory, ZoneFactory
from tests.plans.cast import in_english, make_cycle
from tests.plans.coverage_lists.area import FULL, SECRET, ask, lay
from tests.plans.coverage_lists.test_good_examples import offer
from tests.plans.history.pages import text

pytestmark = pytest.mark.django_db
#: Every list; open, look, motivations and uncovered have rows for FULL.
LISTS = ("open", "look", "remarks", "stale", "carrying", "missing", "uncovered", "motivations", "examples")


@pytest.fixture
def client(client_of, everywhere):
    return in_english(client_of)(everywhere)


def at(name, *arguments, **asked):
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return reverse(f"plans:{name}", args=arguments) + (f"?{query}" if query else "")


def test_stale_plans_of_other_cycles_are_counted_and_a_click_away(client, edition):
    newer = EditionFactory(items=("P1",), predecessor=edition, published=True)
    lay("now", newer)
    for _ in range(2):
        AssessmentFactory(edition=edition, cycle__first_year=2020, shared=True)
    AssessmentFactory(edition=edition, cycle__first_year=2014)
    page = client.get(at("coverage_list", "stale"))
    assert page.context["elsewhere"] == [("2020-2025 (over)", 2, "cycle=2020-2025")]
    assert "In other cycles: 2020-2025 (over) 2" in text(page)
    there = client.get(at("coverage_list", "stale", cycle="2020-2025"))
    assert (there.context["page"].paginator.count, there.context["elsewhere"]) == (2, [])
    assert client.get(at("coverage_list", "open")).context["elsewhere"] == ()


class TestOverview:
    def test_counts_and_what_waits_for_over_a_month(self, client, everywhere, edition):
        ask(lay("A", edition, **FULL), everywhere, at=timezone.now() - timedelta(days=40))
        response = client.get(at("coverage_lists"))
        numbers = {line.name: (line.number, line.more) for line in response.context["lists"]}
        assert numbers["remarks"] == (1, 1)
        assert numbers["open"] == (2, 0)
        assert f'{at("coverage_list", "remarks")}?waiting=month"' in response.content.decode()
        assert "1 waits for over a month" in text(response)

    def test_the_area_that_is_asked_goes_along(self, client, edition):
        lay("A", edition, ZoneFactory(province=ProvinceFactory(code="here")), **FULL)
        response = client.get(at("coverage_lists", province="here"))
        assert f'href="{at("coverage_list", "open", province="here")}"' in response.content.decode()

    def test_without_a_cycle_or_edition(self, client):
        for address in (at("coverage_lists"), at("coverage_list", "open"), at("coverage_items")):
            assert "nothing to lay beside each other" in text(client.get(address))


class TestLists:
    def test_each_row_leads_to_the_thing_itself(self, client, everywhere, edition):
        newer = EditionFactory(items=("P1",), predecessor=edition, published=True)
        assessment = lay("A", edition, **FULL)
        ask(assessment, everywhere)
        missing = ZoneFactory(name="Without")
        full = AssessmentFactory(elaborated=True, shared=True, edition=edition)
        offer(full)
        plan = assessment.version.plan_id
        leads = {
            "open": at("item", plan, "P2"),
            "look": at("item", plan, "T1"),
            "remarks": at("remark", plan, assessment.remarks.get().pk),
            "stale": at("check", plan),
            "carrying": at("check", plan),
            "missing": at("coverage_zone", missing.pk),
            "uncovered": at("coverage_item", "P3"),
            "motivations": at("item", plan, "P3"),
            "examples": at("item", full.version.plan_id, "P1"),
        }
        assert newer.code != edition.code
        assert set(leads) == set(LISTS)
        for name, link in leads.items():
            page = client.get(at("coverage_list", name, edition=edition.code)).content.decode()
            assert re.search(rf'href="{re.escape(link)}["?]', page), name
            assert "SECRET" not in page, name

    def test_from_an_item_to_its_motivations_and_examples_in_the_same_area(self, client, edition):
        full = AssessmentFactory(elaborated=True, shared=True, edition=edition)
        offer(full)
        page = client.get(at("coverage_item", "P1", q="PZ")).content.decode()
        assert f'href="{reverse("framework:item", args=[edition.code, "P1"])}"' in page
        for name in ("motivations", "examples"):
            assert f'href="{at("coverage_list", name)}?item=P1&amp;q=PZ"' in page

    def test_why_items_are_open(self, client, edition):
        lay("A", edition, **FULL)
        page = text(client.get(at("coverage_list", "open")))
        assert "Zone Item Choice Why it is open Level" in page
        assert "P2 short P2 en still open nothing is chosen, and the plan says nothing of it" in page
        assert "T1 short T1 en regular policing without a line or a quote on what is done" in page
        assert "SECRET" not in page

    def test_an_unknown_list(self, client, edition):
        assert client.get(at("coverage_list", "best")).status_code == 404

    def test_which_motivations_for_an_item_name_capacity(self, client, edition):
        lay("A", edition, **FULL)
        lay("B", edition, choices={"P3": SECRET})
        lay("C", edition, choices={"P3": {"choice": "not_retained", "reason": "other", "line": "Otherwise"}})
        page = text(client.get(at("coverage_list", "motivations", item="P3", reason="capacity")))
        assert "Motivations 1" in page
        assert ("Too few people" in page, "Otherwise" in page, "SECRET" in page) == (True, False, False)
        every = text(client.get(at("coverage_list", "motivations", item="P3")))
        assert "insufficient capacity 1 other 1 confidential element 1" in every
        assert "SECRET" not in every

    def test_by_district_and_by_words(self, client, edition):
        here = DistrictFactory(code="here")
        lay("A", edition, ZoneFactory(name="Alken", district=here), **FULL)
        lay("B", edition, ZoneFactory(name="Bree", district=DistrictFactory(code="there")), **FULL)
        for asked, count in (({"district": "here"}, 2), ({"q": "bree"}, 2), ({}, 4), ({"q": "none"}, 0)):
            response = client.get(at("coverage_list", "open", **asked))
            assert response.context["page"].paginator.count == count

    @pytest.mark.parametrize(
        ("asked", "named"),
        [
            ({"item": "X9"}, "Item"),
            ({"province": "x"}, "Province"),
            ({"cycle": "1999"}, "Cycle"),
            ({"q": "a" * 101}, "Zone or municipality"),
            ({"q": "%00"}, "Zone or municipality"),
        ],
    )
    def test_what_is_not_understood_is_left_out_and_said(self, client, edition, asked, named):
        lay("A", edition, **FULL)
        response = client.get(at("coverage_list", "open", **asked))
        assert response.context["page"].paginator.count == 2
        assert f"Not understood, and left out: {named}." in text(response)

    def test_another_cycle_and_local_plans(self, client, edition):
        make_cycle(2020)
        lay("A", edition, **FULL)
        place = MunicipalityFactory(name="Genk")
        AssessmentFactory(municipality=place, zone=place.zone, edition=edition, shared=True, **FULL)
        asked = at("coverage_list", "open", kind="local")
        assert [entry.row.place_name for entry in client.get(asked).context["page"]] == ["Genk", "Genk"]
        assert client.get(at("coverage_list", "open", cycle="2020-2025")).context["page"].paginator.count == 0

    def test_pages(self, client):
        """Of four plans, each with thirteen items about which nothing is said."""
        edition = EditionFactory(items=[f"P{number}" for number in range(1, 14)], published=True)
        for number in range(4):
            lay(f"Z{number}", edition, objectives=[{"title": "Own"}])
        first = client.get(at("coverage_list", "open", item="P2"))
        assert len(first.context["page"]) == 4
        second = client.get(at("coverage_list", "open", page="2"))
        assert [len(second.context["page"]), second.context["page"].paginator.count] == [2, 52]


#: Queries before a page asks anything of its own: who one is and may, the menu, the rows and their cells.
AREA = 8


#: What each page asks besides.
OWN = {
    ("coverage_lists",): 13,
    ("coverage_list", "open"): 1,
    ("coverage_list", "look"): 1,
    ("coverage_list", "remarks"): 1,
    ("coverage_list", "stale"): 1,
    ("coverage_list", "carrying"): 1,
    ("coverage_list", "missing"): 0,
    ("coverage_list", "uncovered"): 0,
    ("coverage_list", "motivations"): 1,
    ("coverage_list", "examples"): 7,
    ("coverage_items",): 0,
    ("coverage_item", "P1"): 10,
    ("coverage_zones",): 0,
}


def test_the_same_queries_with_one_row_and_with_three(client, everywhere, edition, django_assert_num_queries):
    for more in (1, 2):
        for _ in range(more):
            assessment = AssessmentFactory(elaborated=True, shared=True, edition=edition)
            offer(assessment)
            ask(assessment, everywhere)
            ZoneFactory()
        for address, own in OWN.items():
            with django_assert_num_queries(AREA + own, info=str(address)):
                client.get(at(*address))


def test_the_same_queries_for_a_zone_with_more_neighbours(
    client, everywhere, edition, django_assert_num_queries
):
    zone = ZoneFactory(complete=True)
    AssessmentFactory(zone=zone, cycle=make_cycle(2020), edition=edition, shared=True)
    own = lay("", edition, zone, **FULL)
    for more in (1, 2):
        for _ in range(more):
            lay("", edition, ZoneFactory(province=zone.province), **FULL)
            ask(own, everywhere)
        with django_assert_num_queries(AREA + 11):
            client.get(at("coverage_zone", zone.pk))
        with django_assert_num_queries(AREA + 5):
            client.get(at("coverage_agenda", zone.pk))
