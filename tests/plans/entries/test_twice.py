"""What is sent twice is done once."""

import pytest

from kiv.audit.models import AuditEvent
from plans.models import Objective
from tests.plans.entries.pages import add, typed, url

pytestmark = pytest.mark.django_db


def test_a_form_sent_twice_adds_once(editing, assessment):
    data = typed(editing.get(url(assessment, "objective_add"))) | {"title": "Drugs", "items": ["P1"]}
    first = editing.post(url(assessment, "objective_add"), data)
    again = editing.post(url(assessment, "objective_add"), data)
    assert (first.status_code, again.status_code) == (302, 302)
    assert again.url == url(assessment, "objectives")
    assert Objective.objects.count() == 1
    assert AuditEvent.objects.filter(event="objective.added").count() == 1


def test_going_back_and_typing_something_else_adds_that_too(editing, assessment):
    data = typed(editing.get(url(assessment, "objective_add")))
    editing.post(url(assessment, "objective_add"), data | {"title": "Drugs"})
    editing.post(url(assessment, "objective_add"), data | {"title": "Milieu"})
    assert list(Objective.objects.values_list("number", "title")) == [("1", "Drugs"), ("2", "Milieu")]


def test_a_save_that_broke_can_be_sent_again(editing, assessment, monkeypatch):
    data = typed(editing.get(url(assessment, "objective_add"))) | {"title": "Drugs"}
    with monkeypatch.context() as broken:
        broken.setattr("plans.services.entries._save", _break)
        with pytest.raises(ZeroDivisionError):
            editing.post(url(assessment, "objective_add"), data)
    editing.post(url(assessment, "objective_add"), data)
    assert Objective.objects.count() == 1


def _break(entry):
    raise ZeroDivisionError


def test_a_change_sent_twice_is_no_conflict(editing, assessment):
    objective = add(assessment, items=["P1"])
    address = url(assessment, "entry_change", "objectives", objective.pk)
    data = typed(editing.get(address)) | {"title": "Minder drugs"}
    assert [editing.post(address, data).status_code for _ in range(2)] == [302, 302]
    objective.refresh_from_db()
    assert (objective.title, objective.revision) == ("Minder drugs", 2)


def test_a_removal_sent_twice_is_no_mistake(editing, assessment):
    objective = add(assessment)
    address = url(assessment, "entry_remove", "objectives", objective.pk)
    page = editing.get(address)
    data = {"revision": 1, "submission": page.context["submission"]}
    assert [editing.post(address, data).url for _ in range(2)] == [url(assessment, "objectives")] * 2
    assert editing.post(address, {"revision": 1}).status_code == 404
