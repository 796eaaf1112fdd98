"""Taking plan files in: whole or not at all, every problem with its place, nothing replaced unseen."""

import json
import re
from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils.translation import override

from kiv import datafile
from kiv.datafile import MAX_BYTES, FileProblem
from plans.enums import Choice
from plans.forms.problem_words import EXPECTED, expected_words
from plans.selectors.scoring_input import plan_content
from plans.services.choices import ChoiceChange, StaleChoices, save_choices
from plans.services.entries import add_entry
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, in_english, make_edition, make_plan, share
from tests.plans.filing import PLAN, address, export_address, problems, send, titles, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture(scope="module")
def laid_once(once_per_module):
    def lay():
        people = Cast(ZoneFactory(name="PZ Ünder/..", code="5345"))
        return people, make_plan(people.zone, edition=make_edition(code="test-edition"))

    return once_per_module(lay)


@pytest.fixture
def people(laid_once):
    return deepcopy(laid_once[0])


@pytest.fixture
def assessment(laid_once):
    return deepcopy(laid_once[1])


@pytest.fixture
def editor(client_of, people):
    return client_of(people.editor)


@pytest.mark.parametrize("way", ["text", "file", "json"])
def test_file_or_text_becomes_the_plan(editor, assessment, way):
    if way == "text":
        response = send(editor, assessment, PLAN)
    elif way == "file":
        response = send(editor, assessment, file=upload(PLAN, "Plan.YML"))
    else:
        content = {"plan": {"name": "x"}, "edition": "test-edition", "objectives": [{"title": "Fewer drugs"}]}
        response = send(editor, assessment, file=upload(json.dumps(content), "plan.json"))
    assert response.url == reverse("plans:check", args=[assessment.version.plan_id])
    assert titles() == ["Fewer drugs", "SECRET violence"][: 1 if way == "json" else 2]


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_export_imported_elsewhere_is_the_same_plan(client_of, editor, assessment, people, format):
    send(editor, assessment, PLAN)
    exported = editor.get(export_address(assessment, format)).content.decode()
    other = Cast(ZoneFactory())
    copy = make_plan(other.zone, edition=assessment.edition)
    assert send(client_of(other.editor), copy, exported).status_code == 302
    original, again = plan_content(assessment), plan_content(copy)
    assert again.model_copy(update={"plan": original.plan}) == original
    assert original.passages[0].objective == "1"


def test_chosen_file_goes_before_pasted_text(editor, assessment):
    send(editor, assessment, "not a plan", file=upload(PLAN))
    assert titles() == ["Fewer drugs", "SECRET violence"]


def test_every_problem_is_shown_with_its_place_and_nothing_changes(editor, assessment):
    text = "\n".join(
        [
            "plan: {name: x}",
            "edition: test-edition",
            "colour: red",
            "objectives:",
            "  - {items: [P1]}",
            "  - title: " + "x" * 501,
            "    actions: drive",
            "choices:",
            "  P1: perhaps",
        ]
    )
    response = send(editor, assessment, text)
    choices = "one of: retained, regular, not_retained, undecided"
    assert problems(response) == [
        (3, "colour", "only the fields of the plan format", '"red"'),
        (5, "objectives[1].title", "a value, which is missing", ""),
        (6, "objectives[2].title", "at most 500 characters", '"' + "x" * 56 + "…"),
        (7, "objectives[2].actions[1]", "names with their values", '"drive"'),
        (9, "choices.P1.choice", choices, '"perhaps"'),
    ]
    assert response.context["form"]["text"].value() == text
    assert titles() == []


def test_problems_with_items_name_what_is_known(editor, assessment):
    text = PLAN.replace("P1, T1", "P9, T1, T1").replace('objective: "1"', 'objective: "8"')
    assert problems(send(editor, assessment, text)) == [
        (9, "objectives[1].actions[1].items[1]", "an item of the edition: P1, P2, T1", '"P9"'),
        (9, "objectives[1].actions[1].items[3]", "each item once", '"T1"'),
        (15, "passages[1].objective", "the number of an objective in this file", '"8"'),
    ]
    assert titles() == []


def test_aspect_of_an_item_without_aspects(editor, assessment):
    text = PLAN.replace("items: [P1]", "items: [{item: P1, aspects: [supply]}]")
    (problem,) = problems(send(editor, assessment, text))
    assert problem[2:] == ("no aspect: this item has none", '"supply"')


SYNTAX = (
    "valid YAML or JSON; look at the quotation marks, colons, brackets and indentation of this line "
    "and the line before"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [", SYNTAX),
        ("a: 1\n---\nb: 2", SYNTAX),
        ("a: 1\n\tb: 2", SYNTAX),
        ("a: \x07", "valid YAML or JSON"),
        ("- a", "names with their values"),
        ("a: &b 1", "a file without YAML anchors (&) and aliases (*)"),
        (PLAN + "edition: test-edition", "each name once"),
        (PLAN.replace("test-edition", "unknown"), "a known edition: test-edition"),
    ],
)
def test_file_as_a_whole(editor, assessment, text, expected):
    assert [problem[2] for problem in problems(send(editor, assessment, text))] == [expected]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\n---\nb: 2", "–"),
        ("a: 1\n\tb: 2", "–"),
        ("a: &b 1", "–"),
        ("a: !b 1", "–"),
        ("[" * 30, "–"),
        (PLAN + "edition: test-edition", "–"),
        ("edition: test-edition", "nothing"),
        (PLAN + "colour: red", "<code>&quot;red&quot;</code>"),
    ],
)
def test_what_was_found_is_quoted_or_a_dash(editor, assessment, text, found):
    page = send(editor, assessment, text).content.decode()
    assert re.findall(r'data-label="Found">(.*?)</td>', page) == [found]


def test_every_code_that_a_reader_of_files_gives_has_its_words():
    # These two are asked by the format of editions only.
    codes = {code for code, _expected in datafile._EXPECTED.values()} - {"pattern", "not_date"}
    assert codes - set(EXPECTED) == set()
    unknown = FileProblem("", "unheard_of", "something else")
    with override("en"):
        assert expected_words(unknown) == "what the plan format says of this field"


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("file", "message"),
    [
        (upload(PLAN, "plan.docx"), "Choose a file whose name ends in .xlsx, .yaml, .yml or .json."),
        (upload(b"x" * (MAX_BYTES + 1)), "This file is larger than 1 MiB."),
        (upload(b""), "This file is empty."),
        (None, "Choose a file, or paste the text of one."),
    ],
    ids=["ending", "size", "empty", "nothing"],
)
def test_what_is_no_plan_file_is_refused_before_it_is_read(editor, assessment, file, message):
    response = send(editor, assessment, file=file)
    assert [error for errors in response.context["form"].errors.values() for error in errors] == [message]


def test_text_of_a_refused_file_comes_back_to_be_corrected(editor, assessment):
    response = send(editor, assessment, file=upload("plan: {name: x}\nedition: other"))
    assert response.context["form"]["text"].value() == "plan: {name: x}\nedition: other"


def test_form_without_a_file_says_that_none_was_taken_in(editor, assessment):
    html = send(editor, assessment, "").content.decode()
    assert "The file was not taken in" in html
    assert "Not saved" not in html
    assert "data-unsaved" in html
    assert "data-unsaved" not in editor.get(address(assessment)).content.decode()


def test_bytes_that_are_no_text(editor, assessment):
    response = send(editor, assessment, file=upload(b"plan: \xff"))
    assert problems(response) == [(None, "", "UTF-8 text", "byte 6")]


def test_a_file_of_numbers_only_is_refused_at_once(editor, assessment):
    (problem,) = problems(send(editor, assessment, "a: [" + "1," * 200_000 + "]"))
    assert problem == (1, "", "at most 100000 entries", "")


def test_file_of_another_edition(editor, assessment):
    make_edition(code="other-edition")
    response = send(editor, assessment, PLAN.replace("test-edition", "other-edition"))
    assert (
        "made for edition other-edition; this plan is checked against test-edition"
        in response.context["sentence"]
    )
    assert titles() == []


def test_plan_under_an_archived_edition_still_takes_its_file(editor, assessment):
    edition = assessment.edition
    edition.status = "archived"
    edition.save()
    assert send(editor, assessment, PLAN).status_code == 302


@pytest.fixture
def filled(assessment, people):
    add_entry(assessment=assessment, kind="objective", by=people.lead, values={"title": "Mine"})
    save_choices(
        assessment=assessment, by=people.lead, changes=[ChoiceChange("P1", revision=0, choice=Choice.REGULAR)]
    )
    return assessment


def test_replacing_needs_a_tick(editor, filled):
    response = send(editor, filled, PLAN)
    assert "already holds something" in response.context["sentence"]
    assert (titles(), response.context["form"]["text"].value()) == (["Mine"], PLAN)
    assert send(editor, filled, PLAN, replace="on").status_code == 302
    assert titles() == ["Fewer drugs", "SECRET violence"]


def test_file_with_problems_replaces_nothing(editor, filled):
    response = send(editor, filled, PLAN.replace("P1", "P9"), replace="on")
    assert (len(problems(response)), titles()) == (3, ["Mine"])
    assert response.context["form"]["replace"].value() is True


def test_what_was_added_meanwhile_is_not_replaced_unseen(editor, people, filled):
    seen = editor.get(address(filled)).context["form"]["seen"].value()
    add_entry(assessment=filled, kind="objective", by=people.lead, values={"title": "Just added"})
    data = {"seen": seen, "text": PLAN, "replace": "on"}
    response = editor.post(address(filled), data)
    assert (response.status_code, titles()) == (409, ["Mine", "Just added"])
    assert response.context["form"]["text"].value() == PLAN
    # Having seen that, sending again replaces.
    assert (
        editor.post(address(filled), data | {"seen": response.context["form"]["seen"].value()}).status_code
        == 302
    )
    assert titles() == ["Fewer drugs", "SECRET violence"]


def test_choice_read_before_an_import_is_stale_after_it(editor, people, filled):
    send(editor, filled, PLAN, replace="on")
    with pytest.raises(StaleChoices):
        save_choices(
            assessment=filled,
            by=people.lead,
            changes=[ChoiceChange("P1", revision=1, choice=Choice.NOT_RETAINED)],
        )


def test_shared_plan_takes_no_file(editor, assessment):
    seen = editor.get(address(assessment)).context["form"]["seen"].value()
    share(assessment)
    response = editor.post(address(assessment), {"seen": seen, "text": PLAN})
    assert (response.status_code, titles()) == (409, [])
    assert "can no longer be changed" in response.context["sentence"]
    assert response.context["form"]["text"].value() == PLAN
    assert editor.get(address(assessment)).url == reverse("plans:check", args=[assessment.version.plan_id])


@pytest.mark.parametrize("role", ["reader", *Cast.READING_SHARED, *Cast.OUTSIDE])
def test_only_editors_import(client_of, people, assessment, role):
    share(assessment)
    client = client_of(people[role])
    assert client.get(address(assessment)).status_code == 404
    assert client.post(address(assessment), {"text": PLAN}).status_code == 404
    assert titles() == []
