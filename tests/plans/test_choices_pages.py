"""The Choices tab as people use it: one table, one Save, nothing typed is lost."""

from copy import deepcopy

import pytest
from django.urls import reverse

from kiv.audit.models import AuditEvent
from plans.enums import Choice, Reason
from plans.models import ItemChoice
from tests.plans.cast import Cast, in_english, make_edition, make_plan, people_with_plan, share
from tests.plans.choosing import address, decide, shown_values, states, stored, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture(scope="module")
def laid_once(once_per_module):
    return once_per_module(people_with_plan)


@pytest.fixture
def people(laid_once):
    return deepcopy(laid_once[0])


@pytest.fixture
def assessment(laid_once):
    """The plan of their zone, without content."""
    return deepcopy(laid_once[1])


@pytest.mark.parametrize("role", ["editor", "lead"])
def test_editors_get_the_form(client_of, people, assessment, role):
    response = client_of(people[role]).get(address(assessment))
    assert response.status_code == 200
    assert [form.row.item.code for form in response.context["table"].forms] == ["P1", "P2", "T1"]


def test_paper_gets_a_plain_table_of_what_is_stored(client_of, people, assessment):
    decide(assessment, people.editor, "P1", Choice.NOT_RETAINED, reason=Reason.OTHER, line="few facts")
    html = client_of(people.editor).get(address(assessment)).content.decode()
    form, _, paper = html.partition('<div class="print-only">')
    assert 'class="form form--wide no-print"' in form
    assert "few facts" in paper
    assert "<select" not in paper
    assert 'id="item-P1"' not in paper  # links go to the row of the form


def test_a_refused_save_says_that_the_table_holds_what_is_not_saved(client_of, people, assessment):
    client = client_of(people.editor)
    first = client.get(address(assessment))
    assert b"data-unsaved" not in first.content
    refused = client.post(address(assessment), shown_values(first) | {"P1-choice": "nothing"})
    assert refused.status_code == 200
    assert b"data-warn-unsaved data-unsaved " in refused.content


@pytest.mark.parametrize("role", ["reader", "coordinator", "cleared"])
def test_readers_get_the_table_without_controls(client_of, people, assessment, role):
    share(assessment)
    response = client_of(people[role]).get(address(assessment))
    assert response.context["table"] is None
    assert response.status_code == 200
    assert b"Save all choices" not in response.content


@pytest.mark.parametrize("role", [*Cast.READING_SHARED, *Cast.OUTSIDE])
def test_unshared_choices_do_not_exist_outside_the_zone(client_of, people, assessment, role):
    decide(assessment, people.editor, "P1", Choice.RETAINED)
    client = client_of(people[role])
    assert client.get(address(assessment)).status_code == 404
    assert client.post(address(assessment), {}).status_code == 404


@pytest.mark.parametrize("role", Cast.OUTSIDE)
def test_shared_choices_do_not_exist_for_strangers(client_of, people, assessment, role):
    share(assessment)
    assert client_of(people[role]).get(address(assessment)).status_code == 404


@pytest.mark.parametrize("role", ["reader", "coordinator", "cleared"])
def test_readers_cannot_save(client_of, people, assessment, role):
    share(assessment)
    data = {"P1-choice": "retained", "P1-revision": "0", "P1-shown": "x"}
    assert client_of(people[role]).post(address(assessment), data).status_code == 404
    assert ItemChoice.objects.count() == 0


def test_visitor_is_asked_to_sign_in(client, assessment):
    assert client.get(address(assessment)).status_code == 302


@pytest.mark.parametrize(
    ("role", "codes", "sees_motivation"),
    [
        ("reader", ["P1", "P2", "T1"], True),
        ("cleared", ["P1", "T1"], True),
        ("coordinator", ["P1", "T1"], False),
    ],
)
def test_confidential_parts_are_left_out(client_of, people, assessment, role, codes, sees_motivation):
    motivation = {"reason": Reason.OTHER, "pointer": "secret which", "line": "secret words"}
    decide(
        assessment, people.editor, "P1", Choice.NOT_RETAINED, is_motivation_confidential=True, **motivation
    )
    decide(assessment, people.editor, "P2", Choice.REGULAR, line="hidden item", is_item_confidential=True)
    share(assessment)
    response = client_of(people[role]).get(address(assessment))
    page = response.content.decode()
    assert [row.item.code for row in response.context["rows"]] == codes
    assert ("secret words" in page, "secret which" in page) == (sees_motivation, sees_motivation)
    assert ("confidential element" in page) is not sees_motivation
    assert ("hidden item" in page, "short P2" in page) == ("P2" in codes, "P2" in codes)


def test_page_sent_back_untouched_saves_nothing(client_of, people, assessment):
    decide(assessment, people.editor, "P1", Choice.NOT_RETAINED, reason=Reason.CAPACITY, line="two\r\nlines ")
    before = AuditEvent.objects.count()
    client = client_of(people.editor)
    response = client.post(address(assessment), shown_values(client.get(address(assessment))), follow=True)
    assert texts(response) == ["Nothing was changed, so nothing was saved."]
    assert AuditEvent.objects.count() == before
    assert ItemChoice.objects.get().revision == 1


def test_one_save_decides_several_items(client_of, people, assessment):
    client = client_of(people.editor)
    data = shown_values(client.get(address(assessment))) | {
        "P1-choice": "retained",
        "P2-choice": "regular",
        "P2-line": "Controls every week",
        "T1-choice": "not_retained",
        "T1-reason": "covered_elsewhere",
        "T1-pointer": "P1",
        "T1-line": "Under P1",
        "T1-is_motivation_confidential": "on",
    }
    response = client.post(address(assessment), data)
    assert (response.status_code, response.url) == (302, address(assessment))
    assert stored(assessment) == {
        "P1": ("retained", "", "", ""),
        "P2": ("regular", "", "", "Controls every week"),
        "T1": ("not_retained", "covered_elsewhere", "P1", "Under P1"),
    }
    assert states(assessment) == {"P1": "to_elaborate", "P2": "regular", "T1": "motivated"}
    assert assessment.choices.get(item__code="T1").is_motivation_confidential


@pytest.mark.usefixtures("in_english")
def test_themes_are_applied_and_every_control_has_its_own_label(client_of, people, assessment):
    table = client_of(people.editor).get(address(assessment)).context["table"]
    forms = {form.row.item.code: form for form in table.forms}
    assert [str(label) for _, label in forms["T1"].fields["choice"].choices] == [
        "still open",
        "applied",
        "regular policing",
        "not applied",
    ]
    labels = [field.label for form in table.forms for field in form.visible_fields()]
    assert labels[:2] == ["P1: choice", "P1: reason"]
    assert len(set(labels)) == len(labels)


def test_incomplete_motivation_is_saved_and_said(client_of, people, assessment):
    client = client_of(people.editor)
    data = shown_values(client.get(address(assessment))) | {
        "P1-choice": "not_retained",
        "P1-line": "Rare here",
    }
    response = client.post(address(assessment), data, follow=True)
    assert stored(assessment) == {"P1": ("not_retained", "", "", "Rare here")}
    assert states(assessment)["P1"] == "open"
    assert texts(response) == ["Saved: P1.", "P1 is not complete yet; the row says what is missing."]
    assert b"Still missing: a reason." in response.content


def test_five_items_are_motivated_at_once(client_of, people):
    codes = ["P1", "P2", "P3", "P4", "P5", "P6"]
    assessment = make_plan(people.zone, edition=make_edition(items=codes, themes=()), first_year=2032)
    client = client_of(people.editor)
    data = shown_values(client.get(address(assessment))) | {
        "ticked_rows": codes[:5],
        "for_ticked-choice": "not_retained",
        "for_ticked-reason": "no_phenomenon",
        "for_ticked-line": "No fact in five years",
    }
    client.post(address(assessment), data)
    assert stored(assessment) == dict.fromkeys(
        codes[:5], ("not_retained", "no_phenomenon", "", "No fact in five years")
    )
    assert states(assessment) == dict.fromkeys(codes[:5], "motivated") | {"P6": "open"}
    assert AuditEvent.objects.filter(event="choices.saved").count() == 1


def test_empty_field_for_ticked_rows_leaves_the_rows_as_they_are(client_of, people, assessment):
    client = client_of(people.editor)
    data = shown_values(client.get(address(assessment))) | {
        "P1-line": "own line",
        "ticked_rows": ["P1", "P2"],
        "for_ticked-choice": "regular",
    }
    client.post(address(assessment), data)
    assert stored(assessment) == {"P1": ("regular", "", "", "own line"), "P2": ("regular", "", "", "")}


@pytest.mark.parametrize("name", ["revision", "shown"])
@pytest.mark.parametrize("value", ["", "x" * 40, "-1" * 30])
def test_a_page_that_does_not_know_what_it_showed_is_told_to_be_loaded_again(
    client_of, people, assessment, name, value
):
    client = client_of(people.editor)
    data = shown_values(client.get(address(assessment))) | {"P1-choice": "retained"}
    response = client.post(address(assessment), data | {f"P1-{name}": value, f"P2-{name}": value})
    page = response.content.decode()
    assert page.count("This page is out of date. Load it again; copy what you typed first.") == 1
    assert [word for word in ("Revision", "Shown") if word in page] == []
    assert stored(assessment) == {}


def test_confirming_after_an_ended_session_is_asked_again_on_the_check_page(client, assessment):
    plan = assessment.version.plan_id
    ended = client.post(reverse("plans:proposals_confirm", args=[plan]))
    where = reverse("plans:check", args=[plan])
    assert (ended.status_code, ended.context["next"], ended.context["kept_token"]) == (401, where, "")


def test_filled_in_for_ticked_rows_but_nothing_ticked(client_of, people, assessment):
    client = client_of(people.editor)
    data = shown_values(client.get(address(assessment))) | {
        "P1-choice": "retained",
        "for_ticked-line": "a line for several",
    }
    response = client.post(address(assessment), data)
    assert b"no row is ticked" in response.content
    assert stored(assessment) == {}
    assert shown_values(response)["for_ticked-line"] == "a line for several"
    assert shown_values(response)["P1-choice"] == "retained"


@pytest.mark.parametrize(
    ("field", "value"),
    [("P1-choice", "perhaps"), ("P1-reason", "lazy"), ("P1-line", "x" * 5001), ("P1-pointer", "a\x00b")],
    ids=["choice", "reason", "long", "nul"],
)
def test_wrong_value_saves_nothing_and_keeps_everything(client_of, people, assessment, field, value):
    client = client_of(people.editor)
    data = shown_values(client.get(address(assessment))) | {"P2-choice": "retained", field: value}
    response = client.post(address(assessment), data)
    assert (response.status_code, stored(assessment)) == (200, {})
    again = shown_values(response)
    assert again["P2-choice"] == "retained"
    assert [form.row.item.code for form in response.context["table"].with_errors] == ["P1"]


@pytest.mark.parametrize("items", [("P1",), ("P1", "P2", "P3")])
@pytest.mark.parametrize(("role", "queries"), [("editor", 9), ("reader", 8)])
def test_number_of_queries(client_of, django_assert_num_queries, people, items, role, queries):
    edition = make_edition(items=items, themes=())
    assessment = make_plan(people.zone, edition=edition, first_year=2032)
    for code in items:
        decide(assessment, people.lead, code, Choice.REGULAR, line="line")
    client = client_of(people[role])
    with django_assert_num_queries(queries):
        client.get(address(assessment))
