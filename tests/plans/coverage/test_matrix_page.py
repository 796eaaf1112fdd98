"""The matrix as a page: its address, what a cell says, what it costs. The figures: test_agrees."""

import re

import pytest

from plans.models import SavedView
from plans.reports import coverage_page
from tests.factories.accounts import UserFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.cast import make_cycle, make_edition
from tests.plans.coverage.conftest import shown
from tests.plans.coverage.scatter import hide, lay_plan, lay_scores, lay_version

pytestmark = pytest.mark.django_db
MATRIX = "/coverage/"


def names_of_cells(html: str) -> list[str]:
    """What a screen reader says of each cell: the texts that it is labelled by."""
    texts = dict(re.findall(r'<span(?: hidden)? id="([^"]+)">([^<]*)</span>', html))
    return [
        " ".join(texts[name] for name in names.split())
        for names in re.findall(r'aria-labelledby="(z[^"]+)"', html)
    ]


def test_a_cell_says_its_zone_item_and_what_it_shows(client_of, national, edition):
    lay_scores(
        lay_version(lay_plan(ZoneFactory(code="5345"))), edition, P1=("elaborated", 2), T1=("motivated", 0)
    )
    version = lay_version(lay_plan(ZoneFactory(name="PZ Oost")), "reviewed")
    assessment = lay_scores(version, edition, P1=("regular", 1, 0))
    assessment.choices.create(item=edition.items.get(code="P1"), choice="regular")
    assessment.choices.create(item=edition.items.get(code="T1"), choice="not_retained")
    hide(assessment, "P2")
    html = client_of(national).get(MATRIX).content.decode()
    assert sorted(names_of_cells(html)) == [
        "PZ 5345, P1 short P1 en: level 2, objective and action",
        "PZ 5345, P2 short P2 en: level 0, not addressed, still open",
        "PZ 5345, T1 short T1 en: level 0, not addressed, motivated",
        "PZ Oost, P1 short P1 en: level 1, mentioned, regular policing, level 0 after review",
        "PZ Oost, T1 short T1 en: level 0, not addressed, not applied, still open",
    ]
    assert html.count('aria-label="confidential"') == 1


def test_each_cell_leads_to_the_item_of_that_plan_and_version(client_of, national, zones):
    alfa, beta = (zones[name].plans.get().pk for name in ("Alfa", "Beta"))
    codes = ("P1", "P2", "T1")

    def links(**query):
        html = client_of(national).get(MATRIX, query).content.decode()
        return re.findall(r'<td><a href="(/plans/[^"]+)"', html)

    assert links() == [f"/plans/{plan}/items/{code}/" for plan in (alfa, beta) for code in codes]
    assert links(basis="reviewed") == [f"/plans/{beta}/items/{code}/?version=2" for code in codes]


def test_an_item_above_its_column_leads_to_it_across_the_zones_that_are_asked(client_of, national, zones):
    def heads(**query):
        html = client_of(national).get(MATRIX, query).content.decode()
        return re.findall(r'class="matrix__item[^>]*><a href="([^"]+)"', html)

    codes = ("P1", "P2", "T1")
    assert heads(layer="state", sort="code") == [f"/coverage/items/{code}/" for code in codes]
    asked = "province=noord&amp;q=PZ"
    assert heads(province="noord", q="PZ", standing="shared") == [
        f"/coverage/items/{code}/?{asked}" for code in codes
    ]


def test_what_was_not_shared_shows_its_status_and_nothing_else(client_of, national, zones, edition):
    lay_scores(lay_version(lay_plan(ZoneFactory(name="PZ Epsilon"))), make_edition(code="older"))
    html = client_of(national).get(MATRIX, {"edition": edition.code}).content.decode()
    rows = {
        name: re.sub(r"<[^>]+>|\s+", " ", row).split()
        for name, row in re.findall(r'<th scope="row">PZ (\w+)</th>(.*?)</tr>', html, re.DOTALL)
    }
    assert {name: " ".join(words) for name, words in rows.items()} == {
        "Delta": "no plan",
        "Gamma": "in preparation",
        "Epsilon": "shared on 03/02/2026, checked under older",
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Alfa", "Beta", "Delta", "Gamma"]),
        ({"province": "noord"}, ["Alfa", "Beta"]),
        ({"district": "kust"}, ["Alfa"]),
        ({"q": "5300"}, ["Beta"]),
        ({"q": "nowhere"}, []),
        ({"standing": "no_plan"}, ["Delta"]),
        ({"standing": "shared"}, ["Alfa"]),
        ({"item": "P2", "state": "open"}, ["Alfa"]),
        ({"item": "P1", "state": "elaborated"}, ["Beta"]),
        ({"item": "P1", "state": "elaborated", "standing": "preparation"}, []),
        ({"kind": "local"}, []),
        ({"sort": "code"}, ["Beta", "Alfa", "Delta", "Gamma"]),
        ({"sort": "shared"}, ["Beta", "Alfa", "Delta", "Gamma"]),
        ({"sort": "open", "basis": "reviewed"}, ["Beta", "Alfa", "Delta", "Gamma"]),
        ({"group": "province"}, ["Alfa", "Beta", "Gamma", "Delta"]),
        ({"group": "district", "sort": "code"}, ["Alfa", "Beta", "Delta", "Gamma"]),
    ],
)
def test_what_is_asked_is_listed(client_of, national, zones, query, names):
    assert shown(client_of(national).get(MATRIX, query)) == names


def test_groups_say_how_many_they_hold(client_of, national, zones):
    groups = client_of(national).get(MATRIX, {"group": "province"}).context["groups"]
    assert [(str(group["place"] or ""), group["words"]) for group in groups] == [
        ("Noord", "2 zones, 2 shared"),
        ("Provincie zuid", "1 zone, 0 shared"),
        ("", "1 zone, 0 shared"),
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, ["Of 4 zones 2 shared a plan.", "P2 is open in 1 of the 2 plans shown."]),
        (
            {"province": "noord"},
            ["Of 2 zones in Noord 2 shared a plan.", "P2 is open in 1 of the 2 plans shown."],
        ),
        ({"item": "T1"}, ["Of 4 zones 2 shared a plan.", "T1 is open in 1 of the 2 plans shown."]),
        ({"item": "P1"}, ["Of 4 zones 2 shared a plan.", "P1 is open in none of the 2 plans shown."]),
        (
            {"item": "P1", "state": "elaborated"},
            [
                "Of 4 zones 2 shared a plan.",
                "P1 is open in none of the 2 plans shown.",
                "The table lists 1 of 4.",
            ],
        ),
        ({"standing": "no_plan"}, ["Of 4 zones 2 shared a plan.", "The table lists 1 of 4."]),
        ({"q": "Beta"}, ["Of 1 zone in Noord 1 shared a plan.", "T1 is open in 1 of the 1 plan shown."]),
        ({"kind": "local"}, ["Of 1 local plan in Noord 0 are shared."]),
    ],
)
def test_the_headline_is_true(client_of, national, zones, query, said):
    lay_plan(zones["Alfa"], municipality=MunicipalityFactory(zone=zones["Alfa"]))
    assert client_of(national).get(MATRIX, query).context["headline"] == said


def test_counts_are_those_of_all_that_is_listed_and_lead_there(client_of, national, zones, monkeypatch):
    monkeypatch.setattr(coverage_page, "PAGE_LENGTH", 1)
    client = client_of(national)
    first = client.get(MATRIX, {"group": "province"})
    assert (shown(first), first.context["page"].pages) == (["Alfa"], 4)
    numbers = {
        count["state"]: [int(number) for _code, number, _url in count["numbers"]]
        for count in first.context["counts"]
    }
    assert numbers == {
        "elaborated": [1, 1, 0],
        "to_elaborate": [0, 0, 0],
        "regular": [0, 0, 1],
        "motivated": [1, 0, 0],
        "open": [0, 1, 1],
    }
    assert first.context["groups"][0]["words"] == "2 zones, 2 shared"
    (address,) = [
        url
        for count in first.context["counts"]
        for code, _number, url in count["numbers"]
        if (code, count["state"]) == ("P2", "open")
    ]
    assert address == "/coverage/?item=P2&state=open&group=province"
    assert shown(client.get(address)) == ["Alfa"]
    assert shown(client.get(MATRIX, {"page": "9"})) == ["Gamma"]
    assert [shown(client.get(MATRIX, {"page": page})) for page in ("2", "x", "-1")] == [
        ["Beta"],
        ["Alfa"],
        ["Alfa"],
    ]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"cycle": "1999"}, ["Cycle"]),
        ({"edition": "nowhere"}, ["Checked against"]),
        ({"province": "nowhere", "layer": "gold"}, ["In the cells", "Province"]),
        ({"item": "Z9", "state": "open"}, ["Item", "State of the item"]),
        ({"state": "open"}, ["State of the item"]),
        ({"q": "a\x00"}, ["Zone or municipality"]),
        ({"q": "a" * 101, "sort": "x", "group": "x"}, ["Sorted by", "Grouped by", "Zone or municipality"]),
        (
            {"basis": "x", "kind": "x", "standing": "x", "district": "x"},
            ["Version shown", "Plans", "Status", "Judicial district"],
        ),
    ],
)
def test_what_cannot_be_understood_is_left_out_and_named(client_of, national, zones, query, named):
    response = client_of(national).get(MATRIX, query)
    assert sorted(response.context["form"].left_out) == sorted(named)
    assert "Not understood, and left out" in response.content.decode()
    assert shown(response) == ["Alfa", "Beta", "Delta", "Gamma"]


@pytest.mark.parametrize(
    ("layer", "cells"),
    [
        ("level", ["motiv.", "(open)", "regular", "(level-2) 2", "(level-4) 4", "(open)"]),
        ("state", ["motiv.", "open", "regular", "elab.", "elab.", "open"]),
        ("shift", ["", "", "", "+1", "−2", ""]),
    ],
)
def test_layers(client_of, national, zones, layer, cells):
    for assessment in zones["Beta"].plans.get().versions.get(number=2).assessments.all():
        for code in ("P1", "P2"):
            assessment.choices.create(item=assessment.edition.items.get(code=code), choice="retained")
    html = client_of(national).get(MATRIX, {"layer": layer}).content.decode()
    found = []
    for cell in re.findall(r"<td><a [^>]*aria-labelledby[^>]*>(.*?)</a></td>", html):
        mark = re.search(r"#(level-\d|state-open)", cell)
        words = re.sub(r"<[^>]+>", "", cell)
        is_named = mark and (layer == "level")
        found.append(f"({mark[1].removeprefix('state-')}) {words}".strip() if is_named else words)
    assert found == cells


def test_the_reviewed_version_shows_the_reviewed_level(client_of, national, zones):
    html = client_of(national).get(MATRIX, {"basis": "reviewed"}).content.decode()
    assert re.findall(r"level-(\d)\"/></svg>\d</b></a></td>", html) == []
    (assessment,) = zones["Beta"].plans.get().versions.get(number=2).assessments.all()
    assessment.choices.create(item=assessment.edition.items.get(code="P2"), choice="retained")
    html = client_of(national).get(MATRIX, {"basis": "reviewed"}).content.decode()
    assert re.findall(r"level-(\d)\"/></svg>\d</b></a></td>", html) == ["2"]


def test_an_item_of_another_area_is_in_no_number(client_of, zones):
    response = client_of(UserFactory(coordinator_of=zones["Alfa"])).get(MATRIX)
    assert shown(response) == ["Alfa"]
    counts = response.context["counts"]
    assert sum(int(number) for count in counts for _code, number, _address in count["numbers"]) == 3
    assert "Beta" not in response.content.decode()


@pytest.mark.parametrize("make", [make_cycle, make_edition, lambda: None])
def test_without_a_cycle_or_an_edition_there_is_nothing_to_show(client_of, national, make):
    make()
    assert "There is nothing to lay beside each other yet" in client_of(national).get(MATRIX).content.decode()


def test_the_newest_cycle_with_plans_and_the_edition_published_last_are_shown_unasked(
    client_of, national, zones
):
    make_cycle(2032)
    make_edition(code="draft", published=False)
    response = client_of(national).get(MATRIX)
    assert (response.context["form"].scope.cycle.name, response.context["query"]) == ("2026-2031", "")
    assert "draft" not in response.content.decode()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    "query", [{}, {"sort": "open", "item": "P2", "state": "open", "group": "province", "q": "PZ"}]
)
def test_number_of_queries(client_of, django_assert_num_queries, national, edition, number, query):
    for _ in range(number):
        lay_scores(lay_version(lay_plan(ZoneFactory(complete=True))), edition)
        SavedView.objects.create(user=national, name=f"view {_}", query="")
    client = client_of(national)
    with django_assert_num_queries(7):
        assert len(shown(client.get(MATRIX, query))) == number


@pytest.mark.parametrize("number", [2, 4])
def test_number_of_queries_with_more_pages(
    client_of, django_assert_num_queries, national, edition, number, monkeypatch
):
    """One more: the counts of what is not on this page."""
    monkeypatch.setattr(coverage_page, "PAGE_LENGTH", 1)
    for _ in range(number):
        lay_scores(lay_version(lay_plan(ZoneFactory(complete=True))), edition)
    client = client_of(national)
    with django_assert_num_queries(8):
        assert len(shown(client.get(MATRIX))) == 1
