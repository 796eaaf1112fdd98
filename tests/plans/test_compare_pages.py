"""The page that compares two versions: which two, to whom, and what it says."""

import re

import pytest
from django.urls import reverse

from plans.models import Assessment
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, in_english
from tests.plans.versions import hold_document, make_versions, see_under, share, start_next

pytestmark = pytest.mark.django_db

OLD = {
    "objectives": [
        {
            "title": "Fewer drugs",
            "items": ["P1"],
            "result": "fewer users <b>",
            "actions": [{"title": "Lessons"}],
        },
        {"title": "SECRET one", "items": ["P2"], "confidential": True, "result": "SECRET result"},
        {"title": "SECRET three", "items": ["T2"]},
    ],
    "diagnosis": [{"text": "Possession rises", "figure": "10"}],
    "choices": {
        "P1": "retained",
        "P3": {"choice": "not_retained", "reason": "capacity", "line": "SECRET line", "confidential": True},
        "T2": {"choice": "regular", "line": "SECRET item", "item_confidential": True},
    },
    "passages": [{"item": "P1", "quote": "We check.", "elements": ["action"], "page": 3}],
}
NEW = {
    "objectives": [
        {
            "title": "Fewer drugs",
            "items": ["P1", "T1"],
            "result": "no users <b>",
            "actions": [{"title": "Flyers"}],
        },
        {"title": "SECRET two", "items": ["P2"], "confidential": True, "result": "SECRET result"},
    ],
    "diagnosis": [{"text": "Possession rises", "figure": "12"}],
    "choices": {
        "P1": "retained",
        "P3": {"choice": "not_retained", "reason": "capacity", "line": "SECRET words", "confidential": True},
        "T2": {"choice": "retained", "line": "SECRET item", "item_confidential": True},
    },
    "passages": [
        {"item": "P1", "quote": "We check.", "elements": ["due"], "page": 3, "no_longer_in_text": True},
        {"item": "P2", "quote": "SECRET quote", "elements": ["action"], "confidential": True},
    ],
}


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def people():
    return Cast(ZoneFactory())


@pytest.fixture
def versions(people):
    old, new = make_versions(zone=people.zone, old=OLD, new=NEW)
    hold_document(new, 1, "SECRET.pdf", "a", is_confidential=True)
    hold_document(new, 2, "Annex", "b")
    return old, new


def address(assessment, query: str = "") -> str:
    return reverse("plans:version_compare", args=[assessment.version.plan_id]) + query


def words_of(response) -> str:
    """What is read, hidden words included; white space as single spaces."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def compared(response) -> tuple[int, int]:
    comparison = response.context["comparison"]
    return comparison.older.number, comparison.newer.number


def test_the_zone_reads_what_changed(client_of, people, versions):
    response = client_of(people.reader).get(address(versions[0]))
    assert compared(response) == (1, 2)
    text = words_of(response)
    for words in (
        "4 items moved: T1 from level 0 to 1, T2 from level 1 to 0 with another choice, 2 with other digits ",
        "P1 title P1 en retained 1 mentioned from diagnosis 0, goal 1, actions 1,",
        "T2 title T2 en from regular policing to applied from 1 mentioned to 0 not addressed",
        "1 item did not move P3",
        "Intended result [removed: fewer ] [added: no ] users &lt;b&gt; Items named [added: T1 short T1 en ]",
        "Action: Lessons removed Action: Flyers added",
        "SECRET two confidential changed Objective SECRET [removed: one ] [added: two ]",
        "Figure [removed: 10 ] [added: 12 ]",
        "Line SECRET [removed: line ] [added: words ]",
        "[added: due date ] [removed: action ] In the document no longer found: it does not count",
        "P2 short P2 en confidential added SECRET quote",
        "1 SECRET.pdf added 2 Annex added",
    ):
        assert words in text


def test_a_coordinator_reads_nothing_confidential(client_of, people, versions):
    share(versions[1])
    response = client_of(people.coordinator).get(address(versions[0], "?from=1&to=2"))
    assert "SECRET" not in response.content.decode()
    text = words_of(response)
    assert "Compare 3 items moved: T1 from level 0 to 1, 2 with other digits" in text
    assert "another choice" not in text
    assert text.count("confidential element") == 4
    assert "T2" not in text


def test_a_cleared_coordinator_reads_words_but_no_hidden_item(client_of, people, versions):
    share(versions[1])
    text = words_of(client_of(people.cleared).get(address(versions[0])))
    assert ("SECRET quote" in text, "SECRET three" in text, "SECRET item" in text) == (True, False, False)
    assert "T2" not in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", (2, 3)),
        ("?to=2", (1, 2)),
        ("?from=1", (1, 3)),
        ("?from=3&to=1", (3, 1)),
        ("?from=2&to=2", (2, 2)),
        ("?to=1", (1, 1)),
    ],
)
def test_any_two_versions(client_of, people, versions, query, expected):
    start_next(share(versions[1]))
    client = client_of(people.editor)
    response = client.get(address(versions[0], query))
    assert compared(response) == expected
    chosen = re.findall(r'<option value="(\d)" selected>', response.content.decode())
    assert tuple(map(int, chosen)) == expected


@pytest.mark.parametrize(
    "query", ["?from=4&to=1", "?from=0", "?to=", "?from=x&to=2", "?to=99999999999", "?to=²"]
)
def test_versions_that_are_not_there(client_of, people, versions, query):
    assert client_of(people.lead).get(address(versions[0], query)).status_code == 404


def test_a_coordinator_compares_only_what_was_shared(client_of, people, versions):
    client = client_of(people.coordinator)
    response = client.get(address(versions[0]))
    assert "There is one version of this plan to read." in words_of(response)
    assert "comparison" not in response.context
    assert [version.number for version in response.context["versions"]] == [1]
    assert client.get(address(versions[0], "?from=1&to=2")).status_code == 404
    assert client.get(address(versions[0], "?from=1")).status_code == 200
    start_next(share(versions[1]))
    assert compared(client.get(address(versions[0]))) == (1, 2)
    assert client.get(address(versions[0], "?to=3")).status_code == 404


def test_it_says_when_no_edition_is_shared(client_of, people, versions):
    old, new = versions
    see_under(new, EditionFactory(items=("C1",), themes=(), published=True))
    Assessment.objects.filter(pk=new.pk).delete()
    text = words_of(client_of(people.reader).get(address(old)))
    assert "These two versions are not checked under the same edition." in text
    assert ("Movement per item" in text, "SECRET two" in text) == (False, True)


def test_it_says_under_which_edition_when_that_is_not_the_plans_own(client_of, people, versions):
    see_under(versions[1], EditionFactory(items=("C1",), themes=(), published=True))
    text = words_of(client_of(people.reader).get(address(versions[0])))
    title = versions[0].edition.title["en"]
    assert f"Compared under {title}, the latest edition under which both versions are checked." in text


@pytest.mark.parametrize("role", Cast.OUTSIDE)
def test_to_others_the_page_does_not_exist(client_of, people, versions, role):
    share(versions[1])
    response = client_of(people[role]).get(address(versions[0]))
    assert (response.status_code, b"SECRET" in response.content) == (404, False)


def test_a_plan_in_preparation_does_not_exist_for_a_coordinator(client_of, people):
    old, _new = make_versions(zone=ZoneFactory())
    other = UserFactory(coordinator_of=people.zone)
    assert client_of(other).get(address(old)).status_code == 404


@pytest.mark.parametrize(("role", "queries"), [("reader", 26), ("coordinator", 27)])
@pytest.mark.parametrize("objectives", [1, 3])
def test_number_of_queries(client_of, django_assert_num_queries, people, objectives, role, queries):
    def written(due: str) -> dict:
        return {
            "objectives": [
                {"title": f"Drugs {n}", "items": ["P1", "T1"], "due": due, "actions": [{"title": "Lessons"}]}
                for n in range(objectives)
            ],
            "diagnosis": [{"text": f"It rises {n}", "figure": due} for n in range(objectives)],
        }

    old, new = make_versions(zone=people.zone, old=written("2028"), new=written("2029"))
    share(new)
    client = client_of(people[role])
    client.get(address(old))
    with django_assert_num_queries(queries):
        response = client.get(address(old))
    assert len(response.context["comparison"].objectives) == objectives
