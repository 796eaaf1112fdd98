"""The map page: what each tile says and where it leads, who sees which zones, what is asked, at what cost."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.territory import ProvinceFactory, ZoneFactory
from tests.plans.cast import Cast, in_english, make_plan
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


def read(client, **asked) -> str:
    return client.get(reverse("plans:coverage_map"), asked).content.decode()


def tiles(html: str) -> dict[str, tuple[str, str]]:
    """What each tile says → its kind and where it leads."""
    found = re.findall(r'<a class="tile tile--(\S+)" href="([^"]+)" aria-label="([^"]+)">', html)
    return {unescape(words): (kind, address) for kind, address, words in found}


def legend(html: str) -> list[str]:
    marks = re.findall(r'<dd class="map-legend__mark">(.*?)</dd>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", mark).split()) for mark in marks]


def table(html: str) -> list[list[str]]:
    body = html[html.index("<tbody>") :]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [
        [
            " ".join(re.sub(r"<[^>]+>", "", cell).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def make_map():
    """A shared plan, one in preparation and a zone without, in a row; and a zone that has no place."""
    world = make_world(shared=True, name="Shared", code="5301", tile_column=0, tile_row=0)
    make_plan(ZoneFactory(name="Preparing", code="5302", tile_column=1, tile_row=0), edition=world.edition)
    ZoneFactory(name="Without", tile_column=2, tile_row=0)
    ZoneFactory(name="Nowhere", code="5304")
    return world


def test_each_tile_says_its_zone_item_and_value_and_leads_on(client_of):
    world = make_map()
    plan, zones = world.plan.pk, {zone.name: zone.pk for zone in type(world.zone).objects.all()}
    html = read(client_of(UserFactory(coordinator_of="country")), item="A1")
    assert tiles(html) == {
        "5301 Shared, A1 short A1 en: level 4, followed up": (
            "level-4",
            reverse("plans:item", args=[plan, "A1"]),
        ),
        "5302 Preparing, A1 short A1 en: in preparation": (
            "standing-preparation",
            reverse("territory:zone_detail", args=[zones["Preparing"]]),
        ),
        "Without, A1 short A1 en: no plan": (
            "standing-no_plan",
            reverse("territory:zone_detail", args=[zones["Without"]]),
        ),
    }
    assert "Not on the map: 5304 Nowhere (no plan)" in " ".join(html.split())


def test_a_tile_shows_the_code_or_a_short_name_that_no_other_of_its_province_has(client_of):
    here, there = ProvinceFactory(code="here"), ProvinceFactory(code="there")
    places = (("PZ Noord-Limburg", here), ("PZ Nieuw-Leuven", here), ("PZ Noord-Lier", there))
    make_world(shared=True, code="5301", name="PZ North", tile_column=9, tile_row=0)
    for column, (name, province) in enumerate(places):
        ZoneFactory(name=name, province=province, tile_column=column, tile_row=0)
    html = read(client_of(UserFactory(coordinator_of="country")))
    shown = re.findall(r'aria-label="([^,"]+),[^>]*>.*?class="tile__code[^>]*>([^<]*)</text>', html)
    assert dict(shown) == {
        "5301 PZ North": "5301",
        "PZ Noord-Limburg": "No-Li",
        "PZ Nieuw-Leuven": "Ni-Le",
        "PZ Noord-Lier": "N-L",
    }


def test_legend_and_table_say_the_same_as_the_tiles(client_of):
    make_map()
    html = read(client_of(UserFactory(coordinator_of="country")), item="A3", layer="state")
    assert legend(html) == ["motivated: 1", "in preparation: 1", "no plan: 2"]
    assert [(row[0], row[2]) for row in table(html)] == [
        ("5304 Nowhere", "no plan"),
        ("5302 Preparing", "in preparation"),
        ("5301 Shared", "motivated"),
        ("Without", "no plan"),
    ]


def test_the_status_of_plans(client_of):
    make_map()
    html = read(client_of(UserFactory(coordinator_of="country")), layer="standing")
    assert legend(html) == ["shared, not reviewed yet: 1", "in preparation: 1", "no plan: 2"]


def test_what_is_confidential_as_a_whole_is_not_told_to_anybody_outside(client_of):
    world = make_map()
    html = read(client_of(Cast(world.zone).cleared), item="A4")
    assert tiles(html) == {
        "5301 Shared, A4 short A4 en: confidential": ("hidden", reverse("plans:check", args=[world.plan.pk]))
    }


def test_an_area_ends_at_its_border_and_a_province_narrows(client_of):
    world = make_map()
    province = ProvinceFactory(code="limburg", name={"en": "Limburg"})
    ZoneFactory(name="There", province=province, tile_column=5, tile_row=5)
    assert len(tiles(read(client_of(Cast(world.zone).coordinator)))) == 1
    html = read(client_of(UserFactory(coordinator_of="country")), province="limburg")
    assert list(tiles(html)) == ["There, A1 short A1 en: no plan"]


def test_a_merged_zone_whose_predecessors_have_the_plans_is_on_the_map(client_of):
    old = ZoneFactory(name="Old")
    world = make_world(shared=True, name="Other", tile_column=9, tile_row=9)
    make_plan(old, edition=world.edition)
    new = ZoneFactory(name="New", predecessors=[old], tile_column=0, tile_row=0)
    html = read(client_of(UserFactory(coordinator_of=new)))
    assert list(tiles(html)) == [
        "New, A1 short A1 en: the plans are those of the zones before the merger",
    ]
    assert [row[0] for row in table(html)] == ["New", "Old"]


def test_two_zones_never_lie_on_each_other(client_of):
    make_map()
    ZoneFactory(name="Zz twin", tile_column=0, tile_row=0)
    html = read(client_of(UserFactory(coordinator_of="country")))
    assert len(tiles(html)) == 3
    assert "Zz twin (no plan)" in html


@pytest.mark.parametrize("name", ["item", "layer", "province", "cycle", "edition", "basis", "q"])
def test_what_cannot_be_understood_is_not_asked(client_of, name):
    make_map()
    html = read(client_of(UserFactory(coordinator_of="country")), **{name: "\x00<b>" * 40})
    assert len(tiles(html)) == 3


def test_before_there_is_anything_the_page_says_so(client_of):
    html = read(client_of(UserFactory(coordinator_of="country")))
    assert "There is nothing to lay beside each other yet" in html


def test_no_zone_answers(client_of):
    make_map()
    assert "No zone answers this" in read(client_of(UserFactory(coordinator_of="country")), q="xyz")


@pytest.mark.parametrize("zones", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_zones(client_of, django_assert_num_queries, zones):
    for column in range(zones):
        make_world(shared=True, province=ProvinceFactory(), tile_column=column, tile_row=0)
    client = client_of(UserFactory(coordinator_of="country"))
    client.get(reverse("plans:coverage_map"))
    with django_assert_num_queries(8):
        client.get(reverse("plans:coverage_map"))


def test_everything_is_offered_again_only_when_something_was_asked(client_of):
    world = make_map()
    client = client_of(UserFactory(coordinator_of=[world.zone]))
    offer = f'<a href="{reverse("plans:coverage_map")}">Show everything</a>'
    assert offer not in read(client)
    assert offer not in read(client, item="P1")
    assert offer in read(client, layer="standing")
    assert "Not understood, and left out: Province." in read(client, province="atlantis")
