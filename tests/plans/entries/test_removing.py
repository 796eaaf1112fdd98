"""Removing an entry: asked first, and asked again when it changed."""

import pytest

from plans.models import Action, Diagnosis, Indicator, Objective
from plans.services.entries import change_entry
from tests.plans.entries.pages import add, one_of_each, url

pytestmark = pytest.mark.django_db


def test_removing_asks_first_and_says_what_goes_too(editing, assessment):
    entries = one_of_each(assessment)
    address = url(assessment, "entry_remove", "objectives", entries["objectives"].pk)
    page = editing.get(address)
    assert [part.pk for part in page.context["entry"].actions] == [entries["actions"].pk]
    assert [part.pk for part in page.context["entry"].indicators] == [entries["indicators"].pk]
    response = editing.post(address, {"revision": 1})
    assert response.url == url(assessment, "objectives")
    assert (Objective.objects.count(), Action.objects.count(), Indicator.objects.count()) == (0, 0, 0)
    assert Diagnosis.objects.count() == 1


def test_after_an_ended_session_one_is_asked_again(client, assessment):
    address = url(assessment, "entry_remove", "objectives", add(assessment).pk)
    ended = client.post(address, {"revision": 1, "submission": "x"})
    assert (ended.status_code, ended.context["next"], ended.context["kept_token"]) == (401, address, "")
    assert Objective.objects.count() == 1


@pytest.mark.parametrize("slug", ["actions", "indicators", "diagnosis"])
def test_each_kind_can_be_removed(editing, assessment, slug):
    entry = one_of_each(assessment)[slug]
    address = url(assessment, "entry_remove", slug, entry.pk)
    assert editing.get(address).status_code == 200
    assert editing.post(address, {"revision": 1}).status_code == 302
    assert not type(entry).objects.exists()
    assert Objective.objects.count() == 1


def test_what_was_changed_meanwhile_is_not_removed_but_asked_again(editing, assessment):
    objective = add(assessment)
    address = url(assessment, "entry_remove", "objectives", objective.pk)
    values = {"title": "Hun drugs"}
    change_entry(assessment=assessment, entry=objective, by=None, revision=1, values=values, items=[])
    response = editing.post(address, {"revision": 1})
    assert (response.status_code, response.context["entry"].words) == (409, "Hun drugs")
    assert editing.post(address, {"revision": 2}).status_code == 302
    assert not Objective.objects.exists()
