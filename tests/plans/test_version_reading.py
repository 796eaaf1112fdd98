"""Reading an older version by its number: every page, no act, and nothing of what is not yet shared."""

import re
from copy import deepcopy

import pytest
from django.urls import reverse

from plans.models import Objective
from plans.services.choices import ChoiceChange, save_choices
from plans.services.documents import remove_document
from plans.services.entries import add_entry
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.plans.documents.acting import OTHER, paper
from tests.plans.documents.browsing import text
from tests.plans.papers import upload
from tests.plans.services.acting import refs
from tests.plans.services.versioning import fresh, make_full_plan, rows_of, start, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_inline", "in_english")]

#: Page → its arguments; all of them show the older version when its number is asked.
PAGES = {
    "check": (),
    "item": ("A1",),
    "objectives": (),
    "choices": (),
    "documents": (),
    "reading": (1,),
    "document_text": (1,),
}
#: To a coordinator the reading view is never there: it is about what nobody decided yet.
INSIDE = {"reading"}


def make_versions():
    first = make_full_plan()
    Objective.objects.filter(number="1").update(title="OLDWORD drugs")
    share_version(version=first.version, by=None)
    second = start(fresh(first), reason="SECRET reason")
    Objective.objects.filter(version=second.version, number="1").update(title="NEWWORD drugs")
    change = ChoiceChange(item="A1", revision=1, choice="regular", line="NEWWORD line")
    save_choices(assessment=second, by=None, changes=[change])
    add_entry(assessment=second, kind="objective", values={"title": "NEWWORD too"}, items=refs("A1"), by=None)
    remove_document(document=paper(second), revision=1, by=None)
    upload(second, OTHER.replace("Bijlage", "NEWWORD bijlage"), name="NEWWORD.md")
    return fresh(first), fresh(second), make_people(first.version.plan.zone)


def make_people(zone):
    return {
        "lead": UserFactory(lead_of=zone),
        "reader": UserFactory(reader_of=zone),
        "coordinator": UserFactory(coordinator_of=zone),
        "cleared": UserFactory(cleared_coordinator_of=zone),
        "stranger": UserFactory(lead_of=ZoneFactory()),
    }


@pytest.fixture(scope="module")
def made(read_once_per_module):
    return read_once_per_module(make_versions)


@pytest.fixture
def versions(made):
    """Version 1, shared; version 2, in preparation, with other words, choices and documents."""
    return deepcopy(made[:2])


@pytest.fixture
def people(made):
    return deepcopy(made[2])


def at(name, assessment, *more):
    return reverse(f"plans:{name}", args=[assessment.version.plan_id, *more])


def forms(response):
    """The addresses that the page can send to, but for signing out and finding."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', main)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["lead", "reader", "coordinator", "cleared"])
def test_the_older_version(client_of, versions, people, name, role):
    client, address = client_of(people[role]), at(name, versions[0], *PAGES[name])
    response = client.get(f"{address}?version=1")
    if name in INSIDE and role in ("coordinator", "cleared"):
        assert response.status_code == 404
        return
    assert response.status_code == 200
    assert response.context["version"] == versions[0].version
    assert "NEWWORD" not in response.content.decode()
    assert "You are reading version 1 of this plan." in text(response)
    assert forms(response) == []
    assert response.context["may_edit"] is response.context["may_share"] is False


@pytest.mark.parametrize("role", ["lead", "reader"])
@pytest.mark.parametrize(
    "query", ["", "?version=", "?version=x", "?version=-1", "?version=1.0", "?version=١"]
)
def test_without_a_number_the_latest(client_of, versions, people, role, query):
    response = client_of(people[role]).get(at("check", versions[0]) + query)
    assert response.context["version"] == versions[1].version
    assert "You are reading version" not in text(response)


@pytest.mark.parametrize("query", ["0", "3", "9999"])
@pytest.mark.parametrize("name", PAGES)
def test_a_version_that_is_not_there(client_of, versions, people, name, query):
    address = at(name, versions[0], *PAGES[name])
    assert client_of(people["lead"]).get(f"{address}?version={query}").status_code == 404


@pytest.mark.parametrize("name", ["versions", "item", "check", "objectives", "choices", "documents"])
@pytest.mark.parametrize("role", ["coordinator", "cleared"])
def test_a_version_in_preparation_is_not_there_for_coordinators(client_of, versions, people, name, role):
    client, address = client_of(people[role]), at(name, versions[0], *PAGES.get(name, ()))
    assert client.get(f"{address}?version=2").status_code == 404
    response = client.get(address)
    assert response.context["version"] == versions[0].version
    assert "NEWWORD" not in response.content.decode()
    assert "SECRET reason" not in response.content.decode()
    share_version(version=versions[1].version, by=None)
    assert client.get(f"{address}?version=2").context["version"] == versions[1].version


@pytest.mark.parametrize("name", PAGES)
def test_to_strangers_there_is_neither(client_of, versions, people, name):
    client, address = client_of(people["stranger"]), at(name, versions[0], *PAGES[name])
    for query in ("", "?version=1", "?version=2"):
        assert client.get(address + query).status_code == 404


def test_files_of_both_are_to_be_had(client_of, versions, people):
    client, address = client_of(people["lead"]), at("document_download", versions[0], 1)
    second = versions[1].version.documents.get()
    old = b"".join(client.get(f"{address}?version=1").streaming_content).decode()
    new = b"".join(client.get(at("document_download", versions[0], second.number)).streaming_content).decode()
    assert old.startswith("# Plan")
    assert new.startswith("# NEWWORD bijlage")


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("objective_add", ()),
        ("diagnosis_add", ()),
        ("document_add", ()),
        ("import", ()),
        ("share", ()),
        ("version_start", ()),
        ("version_discard", ()),
    ],
)
def test_pages_for_acts_are_closed_for_the_older_version(client_of, versions, people, name, more):
    response = client_of(people["lead"]).get(at(name, versions[0], *more) + "?version=1")
    assert response.status_code == 302


def test_an_act_is_never_on_the_older_version(client_of, versions, people):
    """Whatever number stands in the address."""
    client, before = client_of(people["lead"]), rows_of(versions[0].version)
    sent = {
        "objective_add": {"title": "x"},
        "choices": {"A2-choice": "retained", "A2-revision": "0"},
        "proposals_confirm": {},
        "share": {},
    }
    for name, data in sent.items():
        client.post(at(name, versions[0]) + "?version=1", data)
    assert rows_of(versions[0].version) == before
    assert versions[1].version.plan.versions.get(number=2).status == "shared"


def test_reading_writes_nothing(client_of, versions, people):
    before = stored()
    for name, more in PAGES.items():
        client_of(people["lead"]).get(at(name, versions[0], *more) + "?version=1")
    assert stored() == before


def test_tabs_stay_with_the_older_version(client_of, versions, people):
    page = client_of(people["lead"]).get(at("check", versions[0]) + "?version=1").content.decode()
    tabs = page.split('<nav class="tabs"')[1].split("</nav>")[0]
    for name in ("check", "objectives", "choices", "documents"):
        assert f'href="{at(name, versions[0])}?version=1"' in tabs


@pytest.mark.parametrize(
    ("name", "count"), [("check", 9), ("objectives", 12), ("choices", 8), ("documents", 9)]
)
def test_queries_do_not_depend_on_the_number_of_versions(
    django_assert_num_queries, client_of, versions, people, name, count
):
    client, address = client_of(people["reader"]), at(name, versions[0]) + "?version=1"
    client.get(address)
    with django_assert_num_queries(count):
        client.get(address)
    share_version(version=versions[1].version, by=None)
    start(fresh(versions[1]))
    with django_assert_num_queries(count):
        client.get(address)
