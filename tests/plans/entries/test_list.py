"""What the tab shows, and to whom."""

import pytest

from plans.enums import Choice
from plans.models import PassageEvidence
from plans.planformat import ItemRef
from plans.services.choices import ChoiceChange, save_choices
from plans.services.scores import store_scores
from tests.plans.cast import share
from tests.plans.entries.pages import add, url

pytestmark = pytest.mark.django_db


def hang_passage(assessment, objective, item="P1", quote="Een zin", **values) -> PassageEvidence:
    return PassageEvidence.objects.create(
        assessment=assessment,
        item=assessment.edition.items.get(code=item),
        objective=objective,
        passage=f"{item} {quote}"[:64],
        quote=quote,
        elements=["objective", "result"],
        **values,
    )


def hide_item(assessment, code: str) -> None:
    change = ChoiceChange(item=code, revision=0, choice=Choice.RETAINED, is_item_confidential=True)
    save_choices(assessment=assessment, by=None, changes=[change])


def shown(client, assessment):
    return client.get(url(assessment, "objectives")).context["entries"]


def codes(entry) -> list[str]:
    return [item.code for item in entry.items]


@pytest.mark.usefixtures("in_english")
def test_objectives_stand_in_the_plans_own_order_with_what_hangs_on_them(reading_as, assessment):
    ten = add(assessment, title="Tien", number="10", items=["P2"])
    two = add(
        assessment,
        title="Twee",
        number="2",
        items=["T1", ItemRef(item="P1", aspects=("supply",))],
        result="minder",
        due=" ",
    )
    links = ["prevention", "reaction"]
    add(assessment, "action", ["P1"], two, title="Controles", links=links, partners="CAW\nOCMW")
    add(assessment, "action", [], two, title="Flyers")
    add(assessment, "indicator", ["P1"], ten, title="Feiten", baseline="0")
    hang_passage(assessment, ten, "T1", "Wij pakken het aan", page=12, document="plan.pdf")
    first, second = shown(reading_as("reader"), assessment).objectives
    assert (first.number, first.words, codes(first)) == ("2", "Twee", ["P1", "T1"])
    assert [aspect["en"] for aspect in first.items[0].aspects] == ["aspect supply en"]
    assert [(str(fact.label), fact.value) for fact in first.facts] == [("intended result", "minder")]
    assert [(a.words, codes(a)) for a in first.actions] == [("Controles", ["P1"]), ("Flyers", [])]
    assert [(str(fact.label), fact.value, fact.is_typed) for fact in first.actions[0].facts] == [
        ("links of the safety chain", "prevention, reaction", False),
        ("partners outside the police", "CAW\nOCMW", True),
    ]
    assert (second.number, second.actions, first.indicators) == ("10", (), ())
    assert [(str(fact.label), fact.value) for fact in second.indicators[0].facts] == [("baseline", "0")]
    passage = second.passages[0]
    assert (passage.quote, passage.item.code, passage.document, passage.page) == (
        "Wij pakken het aan",
        "T1",
        "plan.pdf",
        12,
    )
    assert [str(word) for word in passage.elements] == ["objective", "intended result"]


def test_an_own_priority_names_nothing_and_nothing_on_it_does(reading_as, assessment):
    add(assessment, title="ICT")
    add(assessment, "action", ["P1"], add(assessment, title="met actie"))
    add(assessment, "indicator", ["P1"], add(assessment, title="met indicator"))
    hang_passage(assessment, add(assessment, title="met passage"))
    add(assessment, "action", [], add(assessment, title="actie zonder item"))
    add(assessment, title="Drugs", items=["T1"])
    store_scores(assessment=assessment)
    own = [o.number for o in shown(reading_as("reader"), assessment).objectives if o.is_own_priority]
    assert own == assessment.summary["own_priorities"] == ["1", "5"]


@pytest.mark.usefixtures("in_english")
def test_diagnosis_stands_by_kind_in_the_order_of_the_matrix(reading_as, assessment):
    for kind, text in [("dirco", "d"), ("figure", "a"), ("mayors", "c"), ("figure", "b")]:
        add(assessment, "diagnosis", ["P1"], kind=kind, text=text)
    kinds = shown(reading_as("reader"), assessment).diagnoses
    assert [(str(label), [entry.words for entry in entries]) for label, entries in kinds] == [
        ("objective picture", ["a", "b"]),
        ("expectation of the mayors", ["c"]),
        ("expectation of the dirco", ["d"]),
    ]


def test_a_diagnosis_has_the_number_by_which_evidence_names_it(reading_as, assessment):
    """Counted over the whole plan in its order, whatever the kind."""
    for kind, text, items in [("dirco", "d", ["P1"]), ("figure", "a", []), ("figure", "b", ["P1"])]:
        add(assessment, "diagnosis", items, kind=kind, text=text)
    client = reading_as("reader")
    kinds = shown(client, assessment).diagnoses
    assert [(e.words, e.position) for _, entries in kinds for e in entries] == [("a", 2), ("b", 3), ("d", 1)]
    scores = assessment.scores.get(item__code="P1")
    assert [(p["quote"], p["where"]) for p in scores.detail["evidence"]] == [("d", "1"), ("b", "3")]
    html = client.get(url(assessment, "objectives")).content.decode()
    assert [html.count(f'id="diagnosis-number-{n}">Diagnosis {n}<') for n in (1, 2, 3)] == [1, 1, 1]


def test_a_link_from_elsewhere_finds_an_objective_by_its_number(reading_as, assessment):
    add(assessment, number="2.3")
    for number in ("A-1", "A 1", "A_1", "A_20_1"):
        add(assessment, number=number)
    html = reading_as("reader").get(url(assessment, "objectives")).content.decode()
    anchors = ("2.3", "A-1", "A_20_1", "A_5f_1", "A_5f_20_5f_1")
    assert [html.count(f'id="objective-{anchor}"') for anchor in anchors] == [1, 1, 1, 1, 1]


# Confidential


@pytest.fixture
def with_secrets(assessment):
    """Everything that somebody without clearance may not read says SECRET."""
    secret = add(
        assessment, title="SECRET 1", items=["P1"], result="SECRET 2", is_confidential=True, number="7"
    )
    add(assessment, "action", ["P1"], secret, title="SECRET 3", responsible="SECRET 4")
    add(assessment, "indicator", ["P1"], secret, title="SECRET 5", source="SECRET 6")
    hang_passage(assessment, secret, quote="SECRET 7", document="SECRET.pdf")
    open_one = add(assessment, title="Drugs", items=["P1"])
    add(assessment, "action", ["P1"], open_one, title="SECRET 8", partners="SECRET 9", is_confidential=True)
    add(assessment, "indicator", ["P1"], open_one, title="Feiten")
    hang_passage(assessment, open_one, quote="SECRET 10", is_confidential=True)
    add(assessment, "diagnosis", ["P1"], text="SECRET 11", figure="SECRET 12", is_confidential=True)
    add(assessment, "diagnosis", ["P1"], text="Stijging")
    return assessment


@pytest.mark.parametrize("name", ["reader", "editor", "cleared"])
def test_with_clearance_everything_is_read(reading_as, with_secrets, name):
    share(with_secrets)
    html = reading_as(name).get(url(with_secrets, "objectives")).content.decode()
    assert html.count("SECRET") == 13
    assert "confidential element" not in html
    assert html.count('class="confidential"') == 7


def test_without_clearance_confidential_parts_show_no_words(reading_as, with_secrets):
    share(with_secrets)
    client = reading_as("coordinator")
    html = client.get(url(with_secrets, "objectives")).content.decode()
    assert "SECRET" not in html
    assert html.count("confidential element") == 7
    first, second = shown(client, with_secrets).objectives
    assert (first.words, first.facts, first.number, codes(first)) == ("", (), "7", ["P1"])
    assert [indicator.words for indicator in second.indicators] == ["Feiten"]
    diagnoses = shown(client, with_secrets).diagnoses[0][1]
    assert [entry.words for entry in diagnoses] == ["", "Stijging"]


def test_aspects_of_what_is_hidden_are_hidden_too(reading_as, assessment):
    add(assessment, items=[ItemRef(item="P1", aspects=("demand",))], title="SECRET", is_confidential=True)
    share(assessment)
    assert shown(reading_as("coordinator"), assessment).objectives[0].items[0].aspects == ()
    assert len(shown(reading_as("reader"), assessment).objectives[0].items[0].aspects) == 1


@pytest.fixture
def with_hidden_item(assessment):
    """P2 is wholly confidential: outside the zone nothing may show that the plan has it."""
    both = add(assessment, title="Beide", items=["P1", "P2"])
    add(assessment, "action", ["P2"], both, title="HIDDEN 1")
    add(assessment, "action", ["P1"], both, title="Controles")
    add(assessment, "indicator", ["P2"], both, title="HIDDEN 2")
    hang_passage(assessment, both, "P2", "HIDDEN 3")
    hang_passage(assessment, both, "P1", "Een zin")
    add(assessment, title="HIDDEN 4", items=["P2"])
    add(assessment, "action", ["P2"], add(assessment, title="HIDDEN 5"), title="HIDDEN 6")
    add(assessment, "action", ["P1"], add(assessment, title="HIDDEN 7", items=["P2"]), title="Nazorg")
    add(assessment, "diagnosis", ["P2"], text="HIDDEN 8")
    add(assessment, "diagnosis", ["P1"], text="Stijging")
    hide_item(assessment, "P2")
    return assessment


@pytest.mark.parametrize("name", ["coordinator", "cleared"])
def test_a_wholly_confidential_item_is_left_out_outside_the_zone(reading_as, with_hidden_item, name):
    share(with_hidden_item)
    client = reading_as(name)
    html = client.get(url(with_hidden_item, "objectives")).content.decode()
    assert "HIDDEN" not in html
    assert "P2 short" not in html
    both, last = shown(client, with_hidden_item).objectives
    assert (both.words, codes(both), [p.quote for p in both.passages]) == ("Beide", ["P1"], ["Een zin"])
    assert ([action.words for action in both.actions], both.indicators) == (["Controles"], ())
    # What it is about may not be told, what is done for another item may.
    assert (last.words, last.is_hidden, last.is_own_priority, codes(last)) == ("", True, False, [])
    assert [action.words for action in last.actions] == ["Nazorg"]
    entries = shown(client, with_hidden_item).diagnoses[0][1]
    assert [entry.words for entry in entries] == ["Stijging"]


def test_inside_the_zone_a_wholly_confidential_item_is_shown(reading_as, with_hidden_item):
    html = reading_as("reader").get(url(with_hidden_item, "objectives")).content.decode()
    assert [html.count(f"HIDDEN {n}") for n in range(1, 9)] == [1] * 8


# As many queries for three objectives as for one


@pytest.mark.parametrize(("name", "queries"), [("editor", 13), ("reader", 12), ("coordinator", 14)])
@pytest.mark.parametrize("objectives", [1, 3])
def test_queries(reading_as, assessment, django_assert_num_queries, name, queries, objectives):
    for _n in range(objectives):
        objective = add(assessment, items=["P1", "P2"])
        for kind in ("action", "indicator"):
            add(assessment, kind, ["P1"], objective)
            add(assessment, kind, ["P2"], objective)
        hang_passage(assessment, objective, quote=f"Zin {objective.pk}")
        add(assessment, "diagnosis", ["P1"])
    share(assessment) if name == "coordinator" else None
    client = reading_as(name)
    with django_assert_num_queries(queries):
        client.get(url(assessment, "objectives"))
