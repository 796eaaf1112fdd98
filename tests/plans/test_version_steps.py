"""Formal steps on the page of versions: for any version one may read, recorded once, removed once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import FormalStep, PlanVersion
from plans.services.steps import MAX_STEPS, record_step
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, in_english, make_plan, share
from tests.plans.documents.browsing import said, text
from tests.plans.services.versioning import fresh, start, stored

pytestmark = pytest.mark.django_db

SENT = {"kind": "sent", "dated": "2026-03-31", "reference": "12/3"}


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def people():
    return Cast(ZoneFactory())


@pytest.fixture
def shared(people):
    assessment = make_plan(people.zone)
    share(assessment)
    return fresh(assessment)


def at(name, assessment, *more):
    return reverse(f"plans:{name}", args=[assessment.version.plan_id, *more])


def take(version, kind="ministers"):
    return record_step(version=version, kind=kind, dated=date(2026, 1, 31), by=None)


def rows():
    return list(FormalStep.objects.values_list("version__number", "kind", "dated", "reference"))


@pytest.mark.parametrize("role", ["editor", "lead"])
@pytest.mark.parametrize("number", [1, 2])
def test_recording_for_either_version(client_of, people, shared, role, number):
    start(shared)
    client = client_of(people[role])
    assert f"of version {number}" in text(client.get(at("step_add", shared, number)))
    response = client.post(at("step_add", shared, number), SENT)
    assert (response.status_code, response.url) == (302, at("versions", shared))
    assert said(response) == ["The step is recorded."]
    assert rows() == [(number, "sent", date(2026, 3, 31), "12/3")]
    page = text(client.get(response.url))
    assert "sent to the governor and the ministers 12/3" in page


def test_a_double_click_records_one(client_of, people, shared):
    client = client_of(people.editor)
    for _ in range(2):
        assert client.post(at("step_add", shared, 1), SENT).status_code == 302
    assert len(rows()) == 1


def test_removing_and_a_double_click(client_of, people, shared):
    kept, step = take(shared.version), take(shared.version, "sent")
    client = client_of(people.editor)
    for messages in (["The step is removed."], ["The step is removed."]):
        response = client.post(at("step_remove", shared, 1, step.pk))
        assert (response.status_code, response.url) == (302, at("versions", shared))
        assert said(response) == messages
        assert list(FormalStep.objects.all()) == [kept]


def test_a_step_of_another_version_or_plan_is_not_removed(client_of, people, shared):
    mine, theirs = take(shared.version), take(make_plan(ZoneFactory()).version)
    draft = start(shared)
    later = take(draft.version)
    client = client_of(people.lead)
    for step, number in ((theirs, 1), (mine, 2), (later, 1)):
        assert client.post(at("step_remove", shared, number, step.pk)).status_code == 302
    assert FormalStep.objects.count() == 3


@pytest.mark.parametrize("role", ["reader", *Cast.READING_SHARED, *Cast.OUTSIDE])
def test_others_record_and_remove_nothing(client_of, people, shared, role):
    step = take(shared.version)
    client, before = client_of(people[role]), stored()
    assert client.get(at("step_add", shared, 1)).status_code == 404
    assert client.post(at("step_add", shared, 1), SENT).status_code == 404
    assert client.post(at("step_remove", shared, 1, step.pk)).status_code == 404
    assert stored()["FormalStep"] == before["FormalStep"]


@pytest.mark.parametrize("role", Cast.READING_SHARED)
def test_coordinators_read_the_steps_of_what_was_shared(client_of, people, shared, role):
    take(shared.version)
    record_step(
        version=start(shared).version, kind="sent", dated=date(2026, 2, 1), reference="SECRET", by=None
    )
    response = client_of(people[role]).get(at("versions", shared))
    assert [[step.kind for step in line.steps] for line in response.context["lines"]] == [["ministers"]]
    assert "SECRET" not in response.content.decode()


@pytest.mark.parametrize("number", [0, 2, 99999, 10**30])
def test_no_such_version(client_of, people, shared, number):
    client = client_of(people.lead)
    assert client.get(at("step_add", shared, number)).status_code == 404
    assert client.post(at("step_add", shared, number), SENT).status_code == 404
    assert client.post(at("step_remove", shared, number, 1)).status_code == 404
    assert client.post(at("step_remove", shared, 1, 10**30)).status_code == 302


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "approved"}, "kind"),
        ({"dated": ""}, "dated"),
        ({"dated": "yesterday"}, "dated"),
        ({"dated": "2026-02-30"}, "dated"),
        ({"dated": "1999-12-31"}, "dated"),
        ({"dated": str(timezone.localdate() + timedelta(days=367))}, "dated"),
        ({"dated": "\0"}, "dated"),
        ({"reference": "x" * 201}, "reference"),
        ({"reference": "x\0y"}, "reference"),
        ({"reference": "x\u202ey"}, "reference"),
    ],
)
def test_what_cannot_be(client_of, people, shared, sent, field):
    before = stored()
    response = client_of(people.lead).post(at("step_add", shared, 1), SENT | sent)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert stored() == before


def test_not_without_end(client_of, people, shared):
    FormalStep.objects.bulk_create(
        FormalStep(version=shared.version, kind="sent", dated="2026-01-01", reference=str(at))
        for at in range(MAX_STEPS)
    )
    response = client_of(people.lead).post(at("step_add", shared, 1), SENT)
    assert "at most 100 steps" in text(response)
    assert FormalStep.objects.count() == MAX_STEPS


def test_what_is_typed_is_shown_as_typed(client_of, people, shared):
    client_of(people.lead).post(at("step_add", shared, 1), SENT | {"reference": "<b>&</b>"})
    page = client_of(people.lead).get(at("versions", shared)).content.decode()
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in page


def test_a_version_that_is_removed_meanwhile(client_of, people, shared, monkeypatch):
    """Between finding it and locking it."""
    draft = start(shared)
    step = take(draft.version)
    from plans import rules
    from plans.services import steps

    def gone(version):
        raise rules.removed()

    monkeypatch.setattr(steps, "lock_version", gone)
    client = client_of(people.lead)
    for address, data in ((at("step_add", shared, 2), SENT), (at("step_remove", shared, 2, step.pk), {})):
        response = client.post(address, data)
        assert (response.status_code, response.url) == (302, at("versions", shared))
        assert said(response)[-1].startswith("This version was removed meanwhile.")
    assert PlanVersion.objects.count() == 2


def test_after_an_ended_session_one_is_asked_again(client, shared):
    step = take(shared.version)
    ended = client.post(at("step_remove", shared, 1, step.pk))
    assert (ended.status_code, ended.context["next"]) == (401, at("versions", shared))
    assert FormalStep.objects.count() == 1


def test_queries(django_assert_num_queries, client_of, people, shared):
    client = client_of(people.lead)
    client.get(at("versions", shared))
    for count in (1, 3):
        while shared.version.steps.count() < count:
            take(shared.version, ["ministers", "sent", "police_council"][shared.version.steps.count()])
        with django_assert_num_queries(8):
            client.get(at("versions", shared))
