"""Beside an item: how the zone itself wrote about it in earlier plans. Nobody else's words."""

import pytest
from django.urls import reverse

from plans.models import Assessment, Objective, PlanVersion
from plans.selectors.examples import examples_of
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.framework import CorrespondenceFactory, EditionFactory, publish
from tests.factories.plans import CycleFactory, make_plan
from tests.factories.territory import MunicipalityFactory, ZoneFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def objective(title, items=("P1",), **more):
    return {"title": title, "items": list(items), **more}


@pytest.fixture
def edition():
    return EditionFactory(items=("P1", "P2"), themes=("T1",), published=True)


@pytest.fixture
def zone():
    return ZoneFactory()


@pytest.fixture
def assessment(zone, edition):
    return make_plan(zone=zone, edition=edition, objectives=[objective("NOW")])


@pytest.fixture
def lead(zone):
    return UserFactory(lead_of=zone)


def earlier(zone, edition, *objectives, first_year=2020, **more):
    return make_plan(
        zone=zone, edition=edition, cycle=CycleFactory(first_year=first_year), objectives=objectives, **more
    )


def titles(assessment, user, code="P1") -> list[str]:
    item = assessment.edition.items.get(code=code)
    return [example.objective.title for example in examples_of(assessment, item, user)]


def item_page(client, assessment, code="P1") -> str:
    response = client.get(reverse("plans:item", args=[assessment.version.plan_id, code]))
    return " ".join(response.content.decode().split())


def test_only_objectives_that_name_the_item(assessment, zone, edition, lead):
    earlier(
        zone, edition, objective("FIRST"), objective("OTHER", ["P2"]), objective("BOTH", ["P2", "P1"]),
        objective("OWN", []),
    )  # fmt: skip
    assert titles(assessment, lead) == ["FIRST", "BOTH"]
    assert titles(assessment, lead, "P2") == ["OTHER", "BOTH"]
    assert titles(assessment, lead, "T1") == []


def test_newest_cycle_first_and_never_of_this_cycle_or_a_later_one(assessment, zone, edition, lead):
    for year in (2014, 2020, 2032):
        earlier(zone, edition, objective(f"OF {year}"), first_year=year)
    assert titles(assessment, lead) == ["OF 2020", "OF 2014"]


def test_of_an_earlier_plan_only_the_latest_version(assessment, zone, edition, lead):
    old = earlier(zone, edition, objective("FIRST VERSION"))
    assert titles(assessment, lead) == ["FIRST VERSION"]
    second = PlanVersion.objects.create(plan=old.version.plan, number=2)
    renewed = Assessment.objects.create(version=second, edition=edition)
    words = Objective.objects.create(version=second, number="1", title="SECOND VERSION")
    renewed.links.create(item=edition.items.get(code="P1"), objective=words)
    assert titles(assessment, lead) == ["SECOND VERSION"]


def test_at_most_five(assessment, zone, edition, lead):
    earlier(zone, edition, *(objective(f"OLD {n}") for n in range(4)), first_year=2014)
    earlier(zone, edition, *(objective(f"NEW {n}") for n in range(3)))
    assert titles(assessment, lead) == ["NEW 0", "NEW 1", "NEW 2", "OLD 0", "OLD 1"]


def test_predecessor_zones_are_the_zone_itself(zone, edition):
    merged = ZoneFactory(predecessors=[zone])
    earlier(zone, edition, objective("BEFORE MERGING"))
    earlier(merged, edition, objective("MERGED"))
    assessment = make_plan(zone=merged, edition=edition)
    assert titles(assessment, UserFactory(reader_of=merged)) == ["MERGED", "BEFORE MERGING"]


def test_another_zone_is_nobodys_example(assessment, edition, lead):
    earlier(ZoneFactory(), edition, objective("OTHERZONE"))
    assert titles(assessment, lead) == []


def test_a_local_plan_learns_of_its_own_municipality_only(zone, edition):
    here, there = MunicipalityFactory(zone=zone), MunicipalityFactory(zone=zone)
    earlier(zone, edition, objective("ZONAL"))
    earlier(zone, edition, objective("HERE"), municipality=here)
    earlier(zone, edition, objective("THERE"), municipality=there)
    local = make_plan(zone=zone, edition=edition, municipality=here)
    assert titles(local, UserFactory(editor_of=here)) == ["HERE"]
    zonal = make_plan(zone=zone, edition=edition)
    assert titles(zonal, UserFactory(editor_of=zone)) == ["ZONAL"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"relation": "equal"}, ["OLD"]),
        ({"relation": "equivalent", "old": "V9"}, ["OLD"]),
        ({"relation": "equal", "is_decided": False}, []),
        ({"relation": "superset"}, []),
        (None, []),
    ],
)
def test_an_edition_before_speaks_of_the_same_item_where_that_is_decided(zone, lead, said, found):
    code = (said or {}).get("old", "P1")
    old = EditionFactory(items=(code,), published=True)
    new = EditionFactory(items=("P1", "P2"), predecessor=old)
    if said:
        CorrespondenceFactory(edition=new, **{"old": "P1", "new": "P1", **said})
    publish(new)
    assessment = make_plan(zone=zone, edition=new, objectives=[objective("NOW")])
    earlier(zone, old, objective("OLD", [code]))
    assert titles(assessment, lead) == found


def test_confidential_ones_stand_there_for_insiders_with_their_mark(
    client_of, assessment, zone, edition, lead
):
    earlier(zone, edition, objective("SECRET", confidential=True, actions=[{"title": "SECRET act"}]))
    html = item_page(client_of(lead), assessment)
    assert ("SECRET" in html, "SECRET act" in html) == (True, True)
    assert html.count('class="confidential"') == 1


@pytest.mark.parametrize("role", ["coordinator_of", "cleared_coordinator_of"])
def test_coordinators_see_no_examples_even_when_both_plans_are_shared(
    client_of, assessment, zone, edition, role
):
    old = earlier(zone, edition, objective("OLD"), objective("SECRET", confidential=True))
    for one in (old, assessment):
        share_version(version=one.version, by=None)
    user = UserFactory(**{role: zone})
    assert titles(assessment, user) == []
    html = item_page(client_of(user), assessment)
    assert ("NOW" in html, "OLD" in html, "SECRET" in html) == (True, False, False)
    assert "From your own earlier plans" not in html


@pytest.mark.parametrize("role", ["reader_of", "editor_of"])
def test_the_page_shows_actions_and_leads_to_that_plan(client_of, assessment, zone, edition, role):
    actions = [{"title": f"STEP {n}"} for n in range(7)]
    old = earlier(zone, edition, objective("OLD", number="2", result="A FIFTH LESS", actions=actions))
    html = item_page(client_of(UserFactory(**{role: zone})), assessment)
    assert "From your own earlier plans" in html
    assert [words in html for words in ("OLD", "A FIFTH LESS", "STEP 4", "STEP 5")] == [
        True,
        True,
        True,
        False,
    ]
    assert "and 2 more actions" in html
    target = reverse("plans:objectives", args=[old.version.plan_id])
    assert html.count(f'href="{target}#objective-2"') == 1


def test_without_examples_nothing_is_promised(client_of, assessment, lead):
    assert "From your own earlier plans" not in item_page(client_of(lead), assessment)


@pytest.mark.parametrize(("plans", "queries"), [(0, 13), (1, 15), (3, 15)])
def test_queries_of_the_item_page(
    client_of, django_assert_num_queries, assessment, zone, edition, lead, plans, queries
):
    for n in range(plans):
        actions = [{"title": "One"}, {"title": "Two"}]
        earlier(
            zone,
            edition,
            *[objective(f"O{i}", actions=actions) for i in range(n + 1)],
            first_year=2000 + 6 * n,
        )
    client = client_of(lead)
    with django_assert_num_queries(queries):
        item_page(client, assessment)
