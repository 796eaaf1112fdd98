"""Adding an objective: a title and an item are enough, everything else may follow."""

import pytest

from plans.models import Objective
from plans.planformat import ItemRef
from tests.plans.entries.pages import add, named, typed, typed_quick, url

pytestmark = pytest.mark.django_db


def test_a_title_and_an_item_are_enough(editing, assessment):
    response = editing.post(url(assessment, "objective_add"), {"title": "Drugs", "items": "P1"})
    objective = Objective.objects.get()
    assert (response.status_code, response.url) == (302, url(assessment, "objectives") + "#objective-1")
    assert (objective.number, objective.title, objective.result, objective.is_confidential) == (
        "1",
        "Drugs",
        "",
        False,
    )
    assert named(assessment, objective=objective) == [("P1", [])]
    assert dict(assessment.scores.values_list("item__code", "level")) == {"P1": 1, "P2": 0, "T1": 0}


def test_five_words_follow_each_other_without_javascript(editing, assessment):
    for title, item in [
        ("Drugs", "P1"),
        ("Milieu", "P2"),
        ("Verkeer", "own"),
        ("Jeugd", "own"),
        ("Geweld", "P1"),
    ]:
        data = typed_quick(editing.get(url(assessment, "objectives"))) | {"title": title, "items": item}
        response = editing.post(url(assessment, "objective_add"), data)
        assert response.url == url(assessment, "objectives")
    page = editing.get(url(assessment, "objectives"))
    shown = [(o.number, o.words, o.is_own_priority) for o in page.context["entries"].objectives]
    assert shown == [
        ("1", "Drugs", False),
        ("2", "Milieu", False),
        ("3", "Verkeer", True),
        ("4", "Jeugd", True),
        ("5", "Geweld", False),
    ]
    assessment.refresh_from_db()
    assert assessment.summary["own_priorities"] == ["3", "4"]


def test_without_javascript_a_refused_quick_add_continues_in_the_full_form(editing, assessment):
    response = editing.post(url(assessment, "objective_add"), {"title": " ", "items": "P2", "then": "quick"})
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"title"}
    assert typed(response)["items"] == ["P2"]
    assert not Objective.objects.exists()


def test_every_field_of_an_objective_is_saved(editing, assessment):
    data = {
        "title": "Minder gebruikers",
        "items": ["T1", "P1:supply"],
        "number": "2.3",
        "result": "10 %\r\nminder",
        "target_group": "jongeren",
        "due": "eind 2027",
        "is_confidential": "on",
    }
    response = editing.post(url(assessment, "objective_add"), data | {"then": "add"})
    objective = Objective.objects.get()
    assert response.url == url(assessment, "part_add", objective.pk, "actions")
    assert (objective.number, objective.result, objective.target_group) == ("2.3", "10 %\nminder", "jongeren")
    assert (objective.due, objective.is_confidential) == ("eind 2027", True)
    assert named(assessment, objective=objective) == [("P1", ["supply"]), ("T1", [])]


def test_an_aspect_implies_its_item_and_is_shown_ticked_with_it(editing, assessment):
    objective = add(assessment, items=[ItemRef(item="P1", aspects=("demand",))])
    page = editing.get(url(assessment, "entry_change", "objectives", objective.pk))
    options = page.context["form"].item_groups()[0]["options"]
    assert [(o["item"].code, o["is_ticked"], [a["is_ticked"] for a in o["aspects"]]) for o in options] == [
        ("P1", True, [True, False]),
        ("P2", False, []),
    ]


@pytest.mark.parametrize("items", ["P9", "P2:demand", "P1:nothing", "P1:"])
def test_unknown_items_and_aspects_are_refused(editing, assessment, items):
    response = editing.post(url(assessment, "objective_add"), {"title": "Drugs", "items": items})
    assert response.context["form"].errors.keys() == {"items"}
    assert not Objective.objects.exists()


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\x85", "\u202e", "\u2066"])
@pytest.mark.parametrize("name", ["title", "number", "result", "target_group", "due"])
def test_control_characters_are_refused_in_one_sentence(editing, assessment, name, sign):
    data = {"title": "Drugs"} | {name: f"a{sign}b"}
    response = editing.post(url(assessment, "objective_add"), data)
    assert response.context["form"].errors == {
        name: ["This text holds invisible control characters. Type it again, or paste it as plain text."]
    }
    assert not Objective.objects.exists()


@pytest.mark.parametrize("title", ["\u200b\u200b", " \u200b ", "\ufeff"])
def test_a_title_that_shows_nothing_is_no_title(editing, assessment, title):
    response = editing.post(url(assessment, "objective_add"), {"title": title})
    assert response.context["form"].errors.keys() == {"title"}
    assert not Objective.objects.exists()


def test_emoji_and_languages_that_join_signs_keep_their_joiners(editing, assessment):
    editing.post(url(assessment, "objective_add"), {"title": "👩\u200d🚒", "number": "\u200b"})
    assert list(Objective.objects.values_list("title", "number")) == [("👩\u200d🚒", "1")]


@pytest.mark.parametrize(
    ("name", "limit"),
    [("title", 500), ("number", 20), ("result", 5000), ("target_group", 500), ("due", 200)],
)
def test_lengths_are_bounded_as_the_models_say(editing, assessment, name, limit):
    address = url(assessment, "objective_add")
    refused = editing.post(address, {"title": "Drugs"} | {name: "x" * (limit + 1)})
    assert refused.context["form"].errors.keys() == {name}
    assert editing.post(address, {"title": "Drugs"} | {name: "x" * limit}).status_code == 302


def test_a_line_end_counts_as_one_sign(editing, assessment):
    text = "\r\n".join(["x" * 49] * 100)
    assert len(text) > 5000 > len(text.replace("\r\n", "\n"))
    response = editing.post(url(assessment, "objective_add"), {"title": "Drugs", "result": text})
    assert response.status_code == 302


@pytest.mark.usefixtures("in_english")
def test_a_number_in_use_is_refused_at_its_field(editing, assessment):
    add(assessment)
    response = editing.post(url(assessment, "objective_add"), {"title": "Milieu", "number": "1"})
    assert response.context["form"].errors == {
        "number": ["Another objective of this plan has this number. Choose another."]
    }
    assert typed(response)["title"] == "Milieu"
    assert Objective.objects.count() == 1


def test_the_bound_of_a_plan_is_told_and_keeps_what_was_typed(editing, assessment):
    Objective.objects.bulk_create(
        Objective(version=assessment.version, number=str(n), title="x") for n in range(200)
    )
    response = editing.post(url(assessment, "objective_add"), {"title": "Drugs"})
    assert response.context["form"].non_field_errors() == [
        "This plan holds 200 objectives already, the most it can."
    ]
    assert typed(response)["title"] == "Drugs"
    assert Objective.objects.count() == 200


def test_a_theme_is_named_like_a_priority(editing, assessment):
    editing.post(url(assessment, "objective_add"), {"title": "Digitaal vooronderzoek", "items": "T1"})
    assert named(assessment, objective=Objective.objects.get()) == [("T1", [])]
    assert dict(assessment.scores.values_list("item__code", "level")) == {"P1": 0, "P2": 0, "T1": 1}
