"""Adding actions, indicators and diagnosis entries."""

import pytest

from plans.models import Action, Diagnosis, Indicator
from plans.planformat import ItemRef
from tests.plans.entries.pages import add, named, url

pytestmark = pytest.mark.django_db


def test_an_action_is_saved_with_all_its_fields(editing, assessment):
    objective = add(assessment, items=["P1"])
    data = {
        "title": "Controles",
        "items": ["P1:demand", "T1"],
        "target_group": "scholen",
        "links": ["reaction", "prevention"],
        "responsible": "recherche",
        "due": "31/12/2027",
        "capacity": "2 VTE",
        "partners": " CAW \r\n\r\nOCMW",
        "is_confidential": "on",
    }
    response = editing.post(url(assessment, "part_add", objective.pk, "actions"), data)
    action = Action.objects.get()
    assert response.url == url(assessment, "objectives") + f"#action-{action.pk}"
    assert (action.objective, action.title, action.target_group) == (objective, "Controles", "scholen")
    assert action.links == ["prevention", "reaction"]
    assert (action.responsible, action.due, action.capacity) == ("recherche", "31/12/2027", "2 VTE")
    assert (action.partners, action.is_confidential) == ("CAW\nOCMW", True)
    assert named(assessment, action=action) == [("P1", ["demand"]), ("T1", [])]


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("partners", "error"),
    [
        ("x\n" * 51, "Name at most 50 partners; these are 51."),
        ("x" * 501, "One line names one partner, in at most 500 characters."),
    ],
)
def test_partners_stay_within_what_a_plan_file_may_hold(editing, assessment, partners, error):
    objective = add(assessment)
    data = {"title": "Controles", "partners": partners}
    response = editing.post(url(assessment, "part_add", objective.pk, "actions"), data)
    assert response.context["form"].errors == {"partners": [error]}


def test_an_indicator_is_saved_with_all_its_fields(editing, assessment):
    objective = add(assessment)
    data = {
        "title": "Feiten",
        "target_value": "40",
        "baseline": "0",
        "source": "ANG",
        "frequency": "jaarlijks",
    }
    address = url(assessment, "part_add", objective.pk, "indicators")
    response = editing.post(address, data | {"items": ["P2"], "then": "add"})
    assert response.url == address
    indicator = Indicator.objects.get()
    assert {name: getattr(indicator, name) for name in data} == data
    assert named(assessment, indicator=indicator) == [("P2", [])]


def test_a_diagnosis_is_saved_with_all_its_fields(editing, assessment):
    data = {"kind": "mayors", "text": "Aandacht voor jongeren", "figure": "214", "source": "ANG"}
    response = editing.post(
        url(assessment, "diagnosis_add"), data | {"items": ["P1", "P2"], "is_confidential": "on"}
    )
    diagnosis = Diagnosis.objects.get()
    assert response.url == url(assessment, "objectives") + f"#diagnosis-{diagnosis.pk}"
    assert {name: getattr(diagnosis, name) for name in data} == data
    assert diagnosis.is_confidential
    assert named(assessment, diagnosis=diagnosis) == [("P1", []), ("P2", [])]


@pytest.mark.parametrize("slug", ["actions", "indicators"])
@pytest.mark.parametrize(
    ("items", "ticked"),
    [((), []), ((ItemRef(item="P1", aspects=("demand",)),), ["P1"]), (("P1", "T1"), [])],
)
def test_the_only_item_of_the_objective_is_ticked_beforehand(editing, assessment, slug, items, ticked):
    objective = add(assessment, items=items)
    page = editing.get(url(assessment, "part_add", objective.pk, slug))
    assert page.context["form"]["items"].value() == ticked


@pytest.mark.parametrize("slug", ["objectives", "diagnosis", "passages"])
def test_only_actions_and_indicators_hang_on_an_objective(editing, assessment, slug):
    objective = add(assessment)
    assert editing.get(url(assessment, "part_add", objective.pk, slug)).status_code == 404


@pytest.mark.parametrize("slug", ["actions", "indicators"])
def test_an_indicator_has_no_confidentiality_of_its_own_and_says_so(editing, assessment, slug):
    objective = add(assessment)
    html = editing.get(url(assessment, "part_add", objective.pk, slug)).content.decode()
    is_told = "An indicator is as confidential as its objective." in html
    assert (is_told, 'name="is_confidential"' in html) == (slug == "indicators", slug == "actions")
