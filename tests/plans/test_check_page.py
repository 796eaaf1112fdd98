"""The check page and the page of one item: what stands there, for whom, and at what cost."""

import re

import pytest

from plans.enums import Choice
from plans.scoring import State
from plans.selectors.check import check_of
from plans.selectors.disclosure import Reader, reader_of
from plans.services.choices import ChoiceChange, save_choices
from plans.services.scores import differences
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.plans.world import make_world

pytestmark = pytest.mark.django_db
INSIDE = Reader(is_inside=True, has_clearance=True)
OUTSIDE = Reader(is_inside=False, has_clearance=False)
CLEARED = Reader(is_inside=False, has_clearance=True)


def url(world, code: str = "") -> str:
    return f"/plans/{world.plan.pk}/" + (f"items/{code}/" if code else "")


def test_rows_say_choice_state_level_and_reach():
    check = check_of(make_world().assessment, INSIDE)
    assert [(row.item.code, row.choice, row.state, row.level, row.reach) for row in check.rows] == [
        ("A1", "retained", "elaborated", 4, None),
        ("A2", "retained", "elaborated", 2, None),
        ("A3", "not_retained", "motivated", 0, None),
        ("A4", "retained", "to_elaborate", 1, None),
        ("B1", "retained", "elaborated", 2, 1),
        ("B2", "undecided", "open", 1, 0),
    ]


def test_states_add_up_per_kind_and_for_every_reader():
    check = check_of(make_world().assessment, INSIDE)
    assert [(group.kind, group.total) for group in check.groups] == [("priority", 4), ("theme", 2)]
    outside = check_of(make_world().assessment, OUTSIDE)
    assert [(group.kind, group.total) for group in outside.groups] == [("priority", 3), ("theme", 2)]
    assert outside.groups[0].states == {
        State.ELABORATED: 2,
        State.TO_ELABORATE: 0,
        State.REGULAR: 0,
        State.MOTIVATED: 1,
        State.OPEN: 0,
    }


def test_evidence_of_a_criterion_says_what_and_where():
    row = check_of(make_world().assessment, INSIDE).row("A1")
    goal = next(lines for lines in row.criteria if lines.criterion == "G")
    assert goal.digit == 2
    assert [(line.quote, line.kind, line.where, line.elements) for line in goal.lines] == [
        ("Fewer drugs", "objective", "1", ("objective", "result", "target_group", "due"))
    ]
    assert row.objective == "1"
    assert row.aspects == ("demand",)


@pytest.mark.parametrize(
    ("reader", "quotes"),
    [(INSIDE, ["SECRET violence"]), (CLEARED, ["SECRET violence"]), (OUTSIDE, [""])],
    ids=["inside", "cleared", "outside"],
)
def test_confidential_words_are_for_insiders_and_the_cleared(reader, quotes):
    row = check_of(make_world().assessment, reader).row("A2")
    assert row.level == 2
    assert [line.quote for lines in row.criteria if lines.criterion == "G" for line in lines.lines] == quotes


@pytest.mark.parametrize(("reader", "is_hidden"), [(INSIDE, False), (CLEARED, True), (OUTSIDE, True)])
def test_a_wholly_confidential_item_is_for_insiders_only(reader, is_hidden):
    assert check_of(make_world().assessment, reader).row("A4").is_hidden == is_hidden


def test_reach_and_grid_leave_wholly_confidential_priorities_out():
    world = make_world()
    assert check_of(world.assessment, OUTSIDE).row("B1").reach == 1
    save_choices(
        assessment=world.assessment,
        by=world.lead,
        changes=[ChoiceChange("A1", 1, Choice.RETAINED, is_item_confidential=True)],
    )
    assert check_of(world.assessment, INSIDE).row("B1").reach == 1
    outside = check_of(world.assessment, OUTSIDE)
    assert outside.row("B1").reach == 0
    assert [row.item.code for row in outside.grid] == ["A2", "A3"]


def test_objectives_that_name_nothing_are_own_priorities():
    check = check_of(make_world().assessment, INSIDE)
    assert [(own.number, own.title) for own in check.own_priorities] == [("3", "New computers")]


def test_worth_a_look_names_the_item_and_why():
    world = make_world()
    row = check_of(world.assessment, INSIDE).row("A3")
    assert row.worth_a_look == ()
    save_choices(
        assessment=world.assessment, by=world.lead, changes=[ChoiceChange("A1", 1, Choice.NOT_RETAINED)]
    )
    look = check_of(world.assessment, INSIDE).worth_a_look
    assert [(item.code, reason) for item, reason in look] == [("A1", "not_retained_but_elaborated")]


def test_a_successor_of_the_edition_is_worth_a_look_without_a_change_of_the_plan():
    world = make_world()
    assert check_of(world.assessment, INSIDE).worth_a_look == ()
    EditionFactory(code="next", items=("C1",), predecessor=world.edition, published=True)
    assert check_of(world.assessment, INSIDE).worth_a_look == ((None, "edition_superseded"),)
    assert list(differences(world.assessment)) == []


def test_the_next_step_of_the_plan_is_what_is_open_first():
    step = check_of(make_world().assessment, INSIDE).next_step
    assert (step.item, step.kind) == ("B2", "confirm_proposal")


@pytest.mark.parametrize("is_decided", [False, True])
def test_sharing_is_the_prominent_step_once_every_item_is_decided(client_of, is_decided):
    world = make_world()
    if is_decided:
        changes = [ChoiceChange("B2", 0, Choice.RETAINED)]
        save_choices(assessment=world.assessment, by=world.lead, changes=changes)
    html = client_of(world.lead).get(url(world)).content.decode()
    share = f'href="{url(world)}share/"'
    assert html.count(f'<a class="button" {share}') == (0 if is_decided else 1)
    assert html.count(f'<a class="button button--primary" {share}') == (2 if is_decided else 0)


def test_files_of_the_check_and_of_the_plan_have_names_of_their_own(client_of):
    world = make_world()
    client = client_of(world.lead)
    client.cookies["kiv_language"] = "en"
    files = client.get(url(world)).content.decode().split('id="files-title"')[1].split("</section>")[0]
    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', files) == [
        (f"{url(world)}chapters/", "Chapters for the plan"),
        (f"{url(world)}check.pdf", "Check as PDF"),
        (f"{url(world)}check.xlsx", "Check as spreadsheet"),
        (f"{url(world)}export.xlsx", "Plan as spreadsheet"),
        (f"{url(world)}import/", "Import a filled-in spreadsheet"),
    ]


def test_the_zone_reads_its_check_page(client_of):
    world = make_world()
    page = client_of(world.lead).get(url(world)).content.decode()
    assert "Fewer drugs" in page
    assert "SECRET violence" in page
    assert "New computers" in page


@pytest.mark.parametrize("path", ["", "A1", "A2", "A3"])
def test_a_coordinator_reads_a_shared_plan_without_its_secrets(client_of, path):
    world = make_world(shared=True)
    response = client_of(UserFactory(coordinator_of="country")).get(url(world, path))
    assert response.status_code == 200
    assert "SECRET" not in response.content.decode()


def test_a_wholly_confidential_item_has_no_page_outside_the_zone(client_of):
    world = make_world(shared=True)
    assert client_of(UserFactory(cleared_coordinator_of="country")).get(url(world, "A4")).status_code == 404
    assert client_of(world.lead).get(url(world, "A4")).status_code == 200


def test_clearance_shows_the_words(client_of):
    world = make_world(shared=True)
    page = client_of(UserFactory(cleared_coordinator_of=world.zone)).get(url(world)).content.decode()
    assert "SECRET violence" in page
    assert "SECRET passage" not in page


def test_plans_of_others_do_not_exist(client, client_of):
    world, other = make_world(), make_world()
    for path in ("", "A1"):
        assert client_of(other.lead).get(url(world, path)).status_code == 404
        assert client_of(UserFactory(coordinator_of="country")).get(url(world, path)).status_code == 404
        assert client_of(UserFactory(is_system_administrator=True)).get(url(world, path)).status_code == 404
        assert client.get(url(world, path)).status_code == 302
    assert client_of(world.lead).get(url(world, "nothing")).status_code == 404


def test_members_of_a_successor_zone_are_inside(client_of):
    world = make_world()
    successor = world.zone.successors.create(name="PZ Merged")
    from kiv.territory.services import rebuild_lineage

    rebuild_lineage()
    member = UserFactory(reader_of=successor)
    assert reader_of(member, world.plan) == INSIDE
    page = client_of(member).get(url(world)).content.decode()
    assert "SECRET violence" in page


def test_evidence_of_a_diagnosis_leads_to_its_entry(client_of):
    world = make_world()
    client = client_of(world.lead)
    target = f"/plans/{world.plan.pk}/objectives/"
    assert f'href="{target}#diagnosis-number-1"' in client.get(url(world, "A1")).content.decode()
    assert 'id="diagnosis-number-1"' in client.get(target).content.decode()


PASSAGES = """
format: kiv-plan/1
plan: {name: T}
edition: test-edition
diagnosis: [{text: Possession rises, items: [A1, A2], figure: 112, source: ANG}]
objectives: [{title: Fewer drugs, items: [A1, A2, A3]}]
passages:
  - {item: A2, elements: [description], quote: It is much, page: 3}
  - {item: A3, elements: [objective], quote: We want less, page: 3}
"""


@pytest.mark.parametrize(
    ("code", "quotes"), [("A1", None), ("A2", ["It is much"]), ("A3", ["We want less"]), ("A4", None)]
)
def test_accepted_passages_stand_by_objective_only_where_there_are_some(client_of, code, quotes):
    """A diagnosis of the item is no passage; a passage for D is one."""
    world = make_world(PASSAGES)
    row = check_of(world.assessment, INSIDE).row(code)
    lines = next((objective.lines for objective in row.objectives if objective.number is None), None)
    assert (lines and [line.quote for line in lines]) == quotes
    client = client_of(world.lead)
    client.cookies["kiv_language"] = "en"
    html = client.get(url(world, code)).content.decode()
    assert html.count("All accepted passages together") == (1 if quotes else 0)


@pytest.mark.parametrize("objectives", [1, 3])
def test_the_check_page_costs_the_same_for_any_plan(client_of, django_assert_num_queries, objectives):
    text = "format: kiv-plan/1\nplan: {name: T}\nedition: test-edition\nobjectives:\n" + "".join(
        f"  - title: Objective {n}\n    items: [A{n}]\n    actions: [{{title: Action {n}, items: [A{n}]}}]\n"
        for n in range(1, objectives + 1)
    )
    world = make_world(text)
    client = client_of(world.lead)
    client.get(url(world))
    with django_assert_num_queries(10):
        client.get(url(world))


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_language_has_its_page(client_of, language):
    world = make_world()
    response = client_of(world.lead).get(url(world) + f"?lang={language}")
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()
