"""Changing an entry: a stale save is refused, and nothing typed is lost."""

import pytest

from plans.models import Action
from plans.planformat import ItemRef
from plans.services.entries import change_entry, remove_entry
from plans.views import entry_pages
from tests.plans.entries.pages import SLUGS, add, named, one_of_each, typed, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", SLUGS)
def test_a_form_sent_back_untouched_changes_nothing_but_the_revision(editing, assessment, slug):
    entry = one_of_each(assessment)[slug]
    before = {f.name: getattr(entry, f.name) for f in entry._meta.fields if f.name != "revision"}
    address = url(assessment, "entry_change", slug, entry.pk)
    response = editing.post(address, typed(editing.get(address)))
    entry.refresh_from_db()
    assert response.status_code == 302
    assert {f.name: getattr(entry, f.name) for f in entry._meta.fields if f.name != "revision"} == before
    assert entry.revision == 2
    assert named(assessment, **{entry._meta.model_name: entry}) == [("P1", [])]


def test_a_stale_save_is_refused_and_shows_both_values(editing, assessment, people):
    objective = add(assessment, items=["P1"], title="Drugs", due="2027")
    address = url(assessment, "entry_change", "objectives", objective.pk)
    data = typed(editing.get(address)) | {"title": "Mijn drugs", "items": ["P2"], "is_confidential": "on"}
    change_entry(
        assessment=assessment,
        entry=objective,
        by=people.lead,
        revision=1,
        values={"title": "Hun drugs", "due": "2028"},
        items=[ItemRef(item="P1", aspects=("demand",))],
    )
    refused = editing.post(address, data)
    assert refused.status_code == 409
    assert [(d.name, d.stored, d.typed) for d in refused.context["conflict"]] == [
        ("title", "Hun drugs", "Mijn drugs"),
        ("items", "P1 short P1 en, aspect demand en", "P2 short P2 en"),
        ("due", "2028", "2027"),
        ("is_confidential", "no", "yes"),
    ]
    objective.refresh_from_db()
    assert objective.title == "Hun drugs"
    assert typed(refused)["title"] == "Mijn drugs"
    # Saving again is a deliberate choice, and now it holds.
    again = editing.post(address, data | {"revision": refused.context["revision"]})
    objective.refresh_from_db()
    assert (again.status_code, objective.title, objective.revision) == (302, "Mijn drugs", 3)
    assert named(assessment, objective=objective) == [("P2", [])]


@pytest.mark.parametrize("slug", ["objectives", "actions", "diagnosis"])
def test_a_stale_form_sent_twice_takes_no_mark_of_confidentiality_off(editing, assessment, people, slug):
    entry = one_of_each(assessment)[slug]
    address = url(assessment, "entry_change", slug, entry.pk)
    words = "text" if slug == "diagnosis" else "title"
    stale = typed(editing.get(address)) | {words: "Mijn drugs"}
    values = {"is_confidential": True}
    change_entry(assessment=assessment, entry=entry, by=people.lead, revision=1, values=values, items=())
    refused = editing.post(address, stale)
    assert (refused.status_code, refused.context["keeps_mark"]) == (409, True)
    assert typed(refused)["is_confidential"] is True
    assert editing.post(address, typed(refused)).status_code == 302
    entry.refresh_from_db()
    assert (getattr(entry, words), entry.is_confidential) == ("Mijn drugs", True)
    # Whoever sees the tick and takes it away means it.
    seen = {name: value for name, value in typed(editing.get(address)).items() if name != "is_confidential"}
    editing.post(address, seen)
    entry.refresh_from_db()
    assert entry.is_confidential is False


@pytest.mark.parametrize("data", [{"title": ""}, {"title": "Mijn drugs", "number": "1", "revision": "0"}])
def test_a_refused_form_says_that_it_holds_what_is_not_saved(editing, assessment, data):
    address = url(assessment, "entry_change", "objectives", add(assessment).pk)
    assert "data-unsaved" not in editing.get(address).content.decode()
    refused = editing.post(address, data)
    assert "data-warn-unsaved data-unsaved>" in refused.content.decode()
    assert list(refused.context["languages"]) == []


@pytest.mark.parametrize("revision", ["", "0", "2", "-1", "x", "9" * 40, "٣"])
def test_a_revision_that_is_not_the_stored_one_saves_nothing(editing, assessment, revision):
    objective = add(assessment)
    address = url(assessment, "entry_change", "objectives", objective.pk)
    data = {"title": "Mijn drugs", "number": "1", "revision": revision}
    assert editing.post(address, data).status_code == 409
    objective.refresh_from_db()
    assert objective.title == "Drugs"


def test_an_entry_removed_meanwhile_can_be_added_again(editing, assessment):
    objective = add(assessment)
    action = add(assessment, "action", ["P1"], objective)
    address = url(assessment, "entry_change", "actions", action.pk)
    data = typed(editing.get(address)) | {"title": "Controles", "objective": objective.pk}
    remove_entry(assessment=assessment, entry=action, by=None, revision=1)
    response = editing.post(address, data)
    assert (response.status_code, response.context["is_gone"]) == (404, True)
    assert typed(response)["title"] == "Controles"
    add_url = url(assessment, "part_add", objective.pk, "actions")
    assert f'action="{add_url}"' in response.content.decode()
    editing.post(add_url, typed(response))
    assert Action.objects.get().title == "Controles"


def test_an_objective_removed_meanwhile_leaves_the_text_of_its_action(editing, assessment):
    objective = add(assessment)
    address = url(assessment, "part_add", objective.pk, "actions")
    remove_entry(assessment=assessment, entry=objective, by=None, revision=1)
    response = editing.post(address, {"title": "Controles", "objective": objective.pk})
    assert (response.status_code, response.context["can_save"]) == (404, False)
    assert typed(response)["title"] == "Controles"


def test_an_entry_removed_while_it_is_saved_keeps_what_was_typed(editing, assessment, monkeypatch):
    objective = add(assessment)
    address = url(assessment, "entry_change", "objectives", objective.pk)
    data = typed(editing.get(address)) | {"title": "Mijn drugs"}

    def remove_first(**arguments):
        remove_entry(assessment=assessment, entry=objective, by=None, revision=1)
        return change_entry(**arguments)

    monkeypatch.setattr(entry_pages, "change_entry", remove_first)
    response = editing.post(address, data)
    assert (response.status_code, response.context["is_gone"]) == (404, True)
    assert typed(response)["title"] == "Mijn drugs"
