"""The filter of every coverage page: what it says of what is asked, and what it does not ask."""

import re

import pytest

from tests.factories.territory import DistrictFactory, ProvinceFactory, ZoneFactory
from tests.plans.cast import make_cycle
from tests.plans.coverage.scatter import lay_plan, lay_scores, lay_version

pytestmark = pytest.mark.django_db
PAGES = (
    "/coverage/",
    "/coverage/lists/",
    "/coverage/lists/open/",
    "/coverage/items/",
    "/coverage/items/P1/",
    "/coverage/zones/",
    "/coverage/map/",
)


@pytest.fixture
def province():
    return ProvinceFactory(code="noord", name={"en": "Noord"})


@pytest.fixture
def read(client_of, national, edition):
    make_cycle()
    return lambda page, **asked: client_of(national).get(page, asked).content.decode()


def asks_for(html: str, name: str) -> tuple[bool, list[str], list[str]]:
    """Whether there is a choice, what stands in its place, and what is sent without being chosen."""
    label = {"province": "Province", "district": "Judicial district"}[name]
    return (
        f'<select name="{name}"' in html,
        re.findall(rf'{label}</span><span class="field__only">([^<]*)</span>', html),
        re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)">', html),
    )


@pytest.mark.parametrize("page", PAGES)
def test_where_all_lies_in_one_province_there_is_nothing_to_choose(read, edition, province, page):
    district = DistrictFactory(code="kust", name={"en": "Kust"})
    zone = ZoneFactory(province=province, district=district)
    lay_scores(lay_version(lay_plan(zone)), edition, P1=("elaborated", 2))
    ZoneFactory(province=province, district=DistrictFactory(code="land"))
    assert asks_for(read(page), "province") == (False, ["Noord"], [])
    assert asks_for(read(page), "district") == (True, [], [])
    # What is asked all the same goes along: with other words there may be more to choose from.
    assert asks_for(read(page, province="noord"), "province") == (False, ["Noord"], ["noord"])


def test_another_province_or_a_zone_without_one_is_a_choice(read, province):
    ZoneFactory(province=province)
    elsewhere = ZoneFactory(province=ProvinceFactory())
    assert asks_for(read("/coverage/"), "province") == (True, [], [])
    ZoneFactory(province=None)
    elsewhere.delete()
    assert asks_for(read("/coverage/"), "province") == (True, [], [])


@pytest.mark.parametrize(
    ("page", "asked", "words"),
    [
        ("/coverage/", {}, "Filters: none"),
        (
            "/coverage/",
            {"item": "P2", "state": "open", "layer": "state", "q": "PZ", "sort": "code"},
            "Filters: Zone or municipality PZ · Item P2 short P2 en · State of the item open · "
            "In the cells choice and state · Sorted by code",
        ),
        ("/coverage/", {"province": "noord", "layer": "level", "kind": "zonal"}, "Filters: Province Noord"),
        ("/coverage/", {"province": "nowhere"}, "Filters: none"),
        ("/coverage/map/", {"item": "P1"}, "Filters: none"),
        ("/coverage/map/", {"item": "P2"}, "Filters: Item P2 short P2 en"),
        ("/coverage/lists/missing/", {"standing": "no_plan"}, "Filters: Status no plan"),
        ("/coverage/items/P1/", {"kind": "local"}, "Filters: Plans Local security plan"),
    ],
)
def test_what_is_asked_stands_above_the_folded_filter(read, province, page, asked, words):
    ZoneFactory(name="PZ A", province=province)
    ZoneFactory(name="PZ B")
    (fold,) = re.findall(r"coverage-fold.*?<summary>(.*?)</summary>", read(page, **asked), re.DOTALL)
    assert " ".join(re.sub(r"<[^>]+>", "", fold).split()) == words
