"""Who gets which page of the tab, and when."""

from copy import deepcopy

import pytest

from plans.models import Objective
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.territory import MunicipalityFactory, ZoneFactory
from tests.plans.cast import Cast, make_plan, share
from tests.plans.entries.pages import SLUGS, add, one_of_each, typed, url

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def entries_once(once_per_module, laid_once):
    def make():
        people, edition, assessment = deepcopy(laid_once)
        others = (
            make_plan(ZoneFactory(), edition=edition),
            make_plan(people.zone, edition=EditionFactory(items=("P1",), published=True), first_year=2032),
        )
        return one_of_each(assessment), [one_of_each(other) for other in others]

    return once_per_module(make)


@pytest.fixture
def entries(entries_once):
    """One of each kind on the plan."""
    return deepcopy(entries_once[0])


@pytest.fixture
def entries_elsewhere(entries_once):
    """The same on another zone's plan, and on another plan of this zone."""
    return deepcopy(entries_once[1])


@pytest.fixture
def editing_addresses(assessment, entries) -> list[str]:
    objective = entries["objectives"]
    return [
        url(assessment, "objective_add"),
        url(assessment, "diagnosis_add"),
        url(assessment, "part_add", objective.pk, "actions"),
        url(assessment, "part_add", objective.pk, "indicators"),
        *(url(assessment, "entry_change", slug, entry.pk) for slug, entry in entries.items()),
        *(url(assessment, "entry_remove", slug, entry.pk) for slug, entry in entries.items()),
    ]


def titles() -> list[tuple]:
    return list(Objective.objects.order_by("pk").values_list("pk", "title"))


@pytest.mark.parametrize("name", ["editor", "lead"])
def test_editors_have_every_page(reading_as, assessment, editing_addresses, name):
    client, addresses = reading_as(name), editing_addresses
    assert [client.get(address).status_code for address in addresses] == [200] * 12
    page = client.get(url(assessment, "objectives"))
    assert page.context["may_edit"]
    html = page.content.decode()
    # The two pages that add to an objective stand on it; adding an objective and a diagnosis above and below.
    assert [html.count(f'href="{address}"') for address in addresses] == [1] * 12


@pytest.mark.parametrize("name", ["reader", "coordinator", "cleared"])
@pytest.mark.parametrize("is_shared", [False, True])
def test_readers_read_and_have_no_page_to_edit(reading_as, assessment, editing_addresses, name, is_shared):
    addresses, before = editing_addresses, titles()
    if is_shared:
        share(assessment)
    client = reading_as(name)
    page = client.get(url(assessment, "objectives"))
    may_read = is_shared or name in Cast.INSIDE
    assert page.status_code == (200 if may_read else 404)
    if may_read:
        html = page.content.decode()
        assert [html.count(address) for address in addresses] == [0] * 12
    posted = [client.post(address, {"title": "x", "text": "x"}).status_code for address in addresses]
    assert [client.get(address).status_code for address in addresses] == [404] * 12
    assert posted == [404] * 12
    assert titles() == before


@pytest.mark.parametrize("name", Cast.OUTSIDE)
def test_for_everybody_else_the_plan_does_not_exist(reading_as, assessment, editing_addresses, name):
    addresses = [url(assessment, "objectives"), *editing_addresses]
    share(assessment)
    client = reading_as(name)
    assert [client.get(address).status_code for address in addresses] == [404] * 13
    assert [client.post(address, {"title": "x"}).status_code for address in addresses[1:]] == [404] * 12


def test_somebody_who_is_not_signed_in_signs_in_first(client, assessment):
    response = client.get(url(assessment, "objectives"))
    assert response.status_code == 302
    assert "/login/" in response.url or "next=" in response.url


def test_an_editor_of_the_successor_zone_reads(client_of, people, assessment):
    add(assessment)
    successor = ZoneFactory(predecessors=[people.zone])
    client = client_of(UserFactory(editor_of=successor))
    page = client.get(url(assessment, "objectives"))
    assert (page.status_code, page.context["may_edit"]) == (200, False)
    assert client.get(url(assessment, "objective_add")).status_code == 404


def test_a_local_plan_is_edited_by_its_municipality(client_of, people, edition):
    municipality = MunicipalityFactory(zone=people.zone)
    assessment = make_plan(people.zone, edition=edition, municipality=municipality)
    address = url(assessment, "objective_add")
    assert client_of(people.editor).post(address, {"title": "x"}).status_code == 404
    editor = UserFactory(editor_of=municipality)
    assert client_of(editor).post(address, {"title": "Drugs"}).status_code == 302


@pytest.mark.parametrize("page", ["entry_change", "entry_remove"])
@pytest.mark.parametrize("slug", SLUGS)
def test_an_entry_of_another_plan_is_not_found(editing, entries_elsewhere, assessment, page, slug):
    """Also another plan of the same zone: what stands in an address must belong together."""
    for entry in (each[slug] for each in entries_elsewhere):
        address = url(assessment, page, slug, entry.pk)
        assert editing.get(address).status_code == 404
        answer = editing.post(address, {"title": "x", "text": "x", "number": "1", "revision": 1})
        assert answer.status_code == 404
        assert "Drugs" not in answer.content.decode()
        entry.refresh_from_db()
        assert entry.revision == 1


def test_an_action_cannot_hang_on_another_plans_objective(editing, edition, assessment):
    objective = add(make_plan(ZoneFactory(), edition=edition))
    address = url(assessment, "part_add", objective.pk, "actions")
    assert editing.get(address).status_code == 404
    assert editing.post(address, {"title": "x", "objective": objective.pk}).status_code == 404
    assert objective.actions.count() == 0


@pytest.mark.parametrize("slug", ["objective", "passages", "choices", "items2", "x"])
def test_an_unknown_kind_is_not_found(editing, assessment, slug):
    objective = add(assessment)
    assert editing.get(url(assessment, "entry_change", slug, objective.pk)).status_code == 404
    assert editing.get(url(assessment, "entry_remove", slug, objective.pk)).status_code == 404


@pytest.mark.parametrize("number", [0, 2**63, 10**30])
def test_a_number_that_no_entry_can_have_is_not_found(editing, assessment, number):
    assert editing.get(url(assessment, "entry_change", "objectives", number)).status_code == 404
    assert editing.get(url(assessment, "part_add", number, "actions")).status_code == 404
    assert editing.get(f"/plans/{number}/objectives/").status_code == 404


def test_pages_to_edit_a_shared_plan_lead_back_to_the_check(editing, assessment, editing_addresses):
    share(assessment)
    answers = [editing.get(address) for address in editing_addresses]
    assert [answer.status_code for answer in answers] == [302] * 12
    assert {answer.url for answer in answers} == {url(assessment, "check")}


@pytest.mark.parametrize("slug", SLUGS)
def test_what_was_typed_while_the_plan_was_shared_stays_in_the_form(editing, assessment, entries, slug):
    entry = entries[slug]
    address = url(assessment, "entry_change", slug, entry.pk)
    field = "text" if slug == "diagnosis" else "title"
    data = typed(editing.get(address)) | {field: "Mijn woorden"}
    share(assessment)
    answer = editing.post(address, data)
    assert answer.status_code == 409
    assert answer.context["notice"].startswith("This version was shared for review")
    assert typed(answer)[field] == "Mijn woorden"
    entry.refresh_from_db()
    assert (getattr(entry, field), entry.revision) == ("Drugs", 1)


def test_nothing_is_removed_from_a_shared_plan(editing, assessment, editing_addresses):
    before = titles()
    share(assessment)
    removing = editing_addresses[-4:]
    assert [editing.post(address, {"revision": 1}).status_code for address in removing] == [409] * 4
    assert titles() == before
