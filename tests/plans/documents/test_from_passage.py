"""Objectives, actions, indicators and diagnoses that begin with the words of a passage."""

import pytest
from django.urls import reverse

from plans.enums import Verdict
from plans.models import Action, Diagnosis, Indicator, Objective
from plans.selectors.origins import split_title
from tests.factories.accounts import UserFactory
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
from tests.plans.entries.pages import named, typed
from tests.plans.papers import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]


@pytest.fixture
def document(world):
    return upload(world.assessment)


@pytest.fixture
def editing(client_of, world):
    return client_of(UserFactory(editor_of=world.zone))


@pytest.mark.parametrize(
    ("kind", "field", "model"),
    [
        ("objective", "title", Objective),
        ("action", "title", Action),
        ("indicator", "title", Indicator),
        ("diagnosis", "text", Diagnosis),
    ],
)
def test_the_form_begins_with_the_passage_and_saving_settles_it(world, document, editing, kind, field, model):
    objective = hang(world)
    page = begin(editing, world, kind, passage(document), objective=objective)
    form = page.context["form"]
    assert (form[field].value(), form["items"].value()) == (GOAL, ["A1"])
    assert verdict(world) == Verdict.OPEN
    values = sent(page, kind="figure") if kind == "diagnosis" else sent(page)
    assert editing.post(address(world, kind, objective), values).status_code == 302
    entry = model.objects.latest("pk")
    assert (getattr(entry, field), named(world.assessment, **{kind: entry})) == (GOAL, [("A1", [])])
    assert verdict(world) == Verdict.ENTERED
    assert world.assessment.passages.count() == 0


def test_the_form_says_where_the_words_come_from(world, document, editing):
    row = passage(document)
    row.page = 12
    row.save()
    html = " ".join(begin(editing, world, "objective", row).content.decode().split())
    link = reverse("plans:passage", args=[world.plan.pk, document.number, row.pk])
    assert html.count(f'<a href="{link}">from page 12 of {document.title}</a>') == 1
    assert f'<blockquote class="quote" lang="nl"> <p>{GOAL}</p>' in html
    assert html.count(f'<input type="hidden" name="passage" value="{row.pk}">') == 1
    assert html.count('<input type="hidden" name="passage_item" value="A1">') == 1


def test_what_only_a_person_saw_is_settled_too(world, document, editing):
    row = passage(document, "onthaal")
    page = begin(editing, world, "objective", row, item="B2")
    editing.post(address(world, "objective"), sent(page))
    assert verdict(world, "onthaal", "B2") == Verdict.ENTERED


# Bounds


@pytest.mark.parametrize(
    ("words", "title", "rest"),
    [
        ("Kort.", "Kort.", ""),
        ("A" * 500, "A" * 500, ""),
        ("Een zin. " + "B" * 300 + ". " + "C" * 300 + ".", "Een zin. " + "B" * 300 + ".", "C" * 300 + "."),
        ("woord " * 99 + "einde", ("woord " * 83).strip(), "woord " * 16 + "einde"),
        ("x" * 620, "x" * 500, "x" * 120),
    ],
    ids=["short", "just", "sentences", "one long sentence", "one long word"],
)
def test_a_title_is_whole_sentences_and_nothing_is_lost(words, title, rest):
    assert split_title(words) == (title, rest)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("objective", {"title": "Wij willen minder.", "result": "Y" * 499 + "."}),
        ("action", {"title": "Wij willen minder. …"}),
        ("indicator", {"title": "Wij willen minder. …"}),
        ("diagnosis", {"text": "Wij willen minder. " + "Y" * 499 + "."}),
    ],
)
def test_a_long_passage_fits_the_form(world, document, editing, kind, values):
    row = passage(document)
    row.text = "Wij willen minder.\n" + "Y" * 499 + "."
    row.save()
    objective = hang(world)
    page = begin(editing, world, kind, row, objective=objective)
    assert {name: page.context["form"][name].value() for name in values} == values
    more = {"kind": "figure"} if kind == "diagnosis" else {}
    assert editing.post(address(world, kind, objective), sent(page, **more)).status_code == 302


def test_a_cut_title_still_fits(world, document, editing):
    row = passage(document)
    row.text = "woord " * 150
    row.save()
    objective = hang(world)
    page = begin(editing, world, "action", row, objective=objective)
    assert len(page.context["form"]["title"].value()) <= 500
    assert editing.post(address(world, "action", objective), sent(page)).status_code == 302


# Confidentiality


@pytest.mark.parametrize("kind", ["objective", "action", "diagnosis"])
@pytest.mark.parametrize("what", ["passage", "document", "neither"])
def test_what_is_confidential_begins_confidential(world, document, editing, kind, what):
    if what == "passage":
        make_confidential(world, passage(document))
    if what == "document":
        document.is_confidential = True
        document.save()
    page = begin(editing, world, kind, passage(document), objective=hang(world))
    assert page.context["form"]["is_confidential"].value() is (what != "neither")


@pytest.mark.parametrize(("is_confidential", "begins_with"), [(True, GOAL), (False, None)])
def test_a_confidential_indicator_hangs_on_a_confidential_objective(
    world, document, editing, is_confidential, begins_with
):
    make_confidential(world, passage(document))
    objective = hang(world, is_confidential=is_confidential)
    page = begin(editing, world, "indicator", passage(document), objective=objective)
    assert page.context["form"]["title"].value() == begins_with
    html = page.content.decode()
    assert ("Make the objective confidential first" in html, "drugshandel" in html) == (
        not is_confidential,
        is_confidential,
    )
    hidden = {"passage": passage(document).pk, "passage_item": "A1"}
    editing.post(address(world, "indicator", objective), typed(page) | hidden | {"title": "Own words"})
    assert Indicator.objects.get().title == "Own words"
    assert verdict(world) == (Verdict.ENTERED if is_confidential else Verdict.OPEN)
