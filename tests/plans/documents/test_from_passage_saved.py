"""Entries that begin with a passage: what is ignored, what is refused, and what saving does."""

import pytest
from django.urls import reverse

from plans.enums import Verdict
from plans.models import Objective
from plans.services.decisions import Ticks, accept_passage
from plans.services.documents import remove_document
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.plans.cast import make_plan
from tests.plans.documents.entering import (
    GOAL,
    address,
    begin,
    hang,
    make_confidential,
    passage,
    sent,
    verdict,
)
from tests.plans.entries.pages import typed
from tests.plans.papers import EMPTY, item_of, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]


@pytest.fixture
def document(world):
    return upload(world.assessment)


@pytest.fixture
def editing(client_of, world):
    return client_of(UserFactory(editor_of=world.zone))


# What is not there, or not theirs


@pytest.fixture(params=["another zone", "another plan of the zone"])
def elsewhere(request, world):
    """A passage of another plan; the second one the editor may read, but it is not of this plan."""
    other = make_world(EMPTY).assessment
    if request.param == "another plan of the zone":
        other = make_plan(world.zone, edition=world.edition, first_year=2020)
    return passage(upload(other, "Wij willen OTHERZONE drugs bestrijden.\n"), "OTHERZONE")


def test_a_passage_of_another_plan_is_ignored(world, document, editing, elsewhere):
    check_ignored(world, editing, elsewhere.pk, "A1")
    assert elsewhere.suggestions.exclude(verdict=Verdict.OPEN).count() == 0


@pytest.mark.parametrize("number", [10**9, "9" * 40, "x", "²", "-1", ""])
def test_what_is_no_passage_is_ignored(world, document, editing, number):
    check_ignored(world, editing, number, "A1")


@pytest.mark.parametrize("item", ["", "Z9"])
def test_a_passage_for_no_item_is_ignored(world, document, editing, item):
    check_ignored(world, editing, passage(document).pk, item)


def check_ignored(world, editing, number, item) -> None:
    page = editing.get(address(world, "objective"), {"passage": number, "item": item})
    assert (page.status_code, page.context["place"].origin) == (200, None)
    html = page.content.decode()
    assert ("OTHERZONE" in html, "drugshandel" in html, 'name="passage"' in html) == (False, False, False)
    hidden = {"passage": number, "passage_item": item}
    editing.post(address(world, "objective"), typed(page) | hidden | {"title": "Typed"})
    assert Objective.objects.get().title == "Typed"
    assert verdict(world) == Verdict.OPEN


def test_readers_and_coordinators_have_no_such_form(client_of, world, document):
    share_version(version=world.assessment.version, by=world.lead)
    for place in ({"reader_of": world.zone}, {"cleared_coordinator_of": world.zone}):
        client = client_of(UserFactory(**place))
        answer = begin(client, world, "objective", passage(document))
        assert (answer.status_code, "drugshandel" in answer.content.decode()) == (404, False)


# Errors, second thoughts, and the way back


def test_an_error_keeps_the_passage(world, document, editing):
    page = begin(editing, world, "objective", passage(document), next="/plans/")
    again = editing.post(address(world, "objective"), sent(page, title=""))
    assert again.status_code == 200
    assert again.context["form"].errors == {"title": ["This field is required."]}
    assert verdict(world) == Verdict.OPEN
    done = editing.post(address(world, "objective"), sent(again, title="Better words"))
    assert (done.status_code, done.url, verdict(world)) == (302, "/plans/", Verdict.ENTERED)


def test_a_removed_objective_keeps_the_passage_of_the_action(world, document, editing):
    objective = hang(world)
    page = begin(editing, world, "action", passage(document), objective=objective)
    url = address(world, "action", objective)
    objective.delete()
    gone = editing.post(url, sent(page))
    assert (gone.status_code, gone.context["place"].origin.passage) == (404, passage(document))


@pytest.mark.parametrize("kind", ["indicator", "action"])
def test_a_removed_objective_and_a_confidential_passage(world, document, editing, kind):
    make_confidential(world, passage(document))
    objective = hang(world, is_confidential=True)
    page = begin(editing, world, kind, passage(document), objective=objective)
    url = address(world, kind, objective)
    objective.delete()
    assert editing.post(url, sent(page)).status_code == 404


def test_what_was_decided_meanwhile_stands_and_the_entry_is_saved(world, document, editing):
    page = begin(editing, world, "objective", passage(document))
    accept_passage(
        assessment=world.assessment,
        passage=passage(document),
        item=item_of(world.assessment, "A1"),
        ticks=Ticks(["objective"]),
        by=world.lead,
    )
    assert editing.post(address(world, "objective"), sent(page)).status_code == 302
    assert Objective.objects.get().title == GOAL
    assert verdict(world) == Verdict.ACCEPTED


def test_a_passage_that_went_meanwhile_does_not_keep_the_entry(world, document, editing):
    page = begin(editing, world, "objective", passage(document))
    values = sent(page)
    remove_document(document=document, revision=document.revision, by=world.lead)
    assert editing.post(address(world, "objective"), values).status_code == 302
    assert Objective.objects.get().title == GOAL


def test_sent_twice_is_entered_once(world, document, editing):
    page = begin(editing, world, "objective", passage(document), next="/plans/")
    answers = [editing.post(address(world, "objective"), sent(page)) for _ in range(2)]
    assert [answer.url for answer in answers] == ["/plans/", "/plans/"]
    assert Objective.objects.count() == 1


def test_a_broken_decision_undoes_the_entry(world, document, editing, monkeypatch):
    def break_down(*args, **kwargs):
        raise ZeroDivisionError

    page = begin(editing, world, "objective", passage(document))
    monkeypatch.setattr("plans.services.decisions._decide", break_down)
    with pytest.raises(ZeroDivisionError):
        editing.post(address(world, "objective"), sent(page))
    assert Objective.objects.count() == 0


def test_a_shared_plan_keeps_what_was_typed_and_the_passage(world, document, editing):
    page = begin(editing, world, "objective", passage(document))
    share_version(version=world.assessment.version, by=world.lead)
    answer = editing.post(address(world, "objective"), sent(page))
    assert (answer.status_code, answer.context["place"].origin.passage) == (409, passage(document))
    assert verdict(world) == Verdict.OPEN


@pytest.mark.parametrize(
    ("after", "then", "lands"),
    [
        ("/plans/", {}, "/plans/"),
        ("https://elsewhere.example/", {}, None),
        ("//elsewhere.example/", {}, None),
        ("/plans/", {"then": "add"}, "actions/new/?next=%2Fplans%2F"),
        ("", {"then": "add"}, "actions/new/"),
    ],
)
def test_after_saving_one_is_back_where_one_read(world, document, editing, after, then, lands):
    page = begin(editing, world, "objective", passage(document), next=after)
    assert page.context["next"] == ("" if lands is None else after)
    answer = editing.post(address(world, "objective"), sent(page) | then | {"next": after})
    objective = Objective.objects.get()
    listed = reverse("plans:objectives", args=[world.plan.pk])
    if lands is None:
        assert answer.url == f"{listed}#objective-{objective.number}"
    elif then:
        assert answer.url == f"{listed}{objective.pk}/{lands}"
    else:
        assert answer.url == lands


def test_back_without_saving_is_where_one_read(world, document, editing):
    html = begin(editing, world, "objective", passage(document), next="/plans/").content.decode()
    assert html.count('<a class="button button--quiet" href="/plans/">') == 1


@pytest.mark.parametrize(("kind", "queries"), [("objective", 8), ("action", 9)])
def test_queries_of_the_form(world, document, editing, django_assert_num_queries, kind, queries):
    objective = hang(world)
    begin(editing, world, kind, passage(document), objective=objective)
    row = passage(document)
    with django_assert_num_queries(queries):
        begin(editing, world, kind, row, objective=objective)
