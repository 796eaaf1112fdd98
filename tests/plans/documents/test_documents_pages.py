"""The Documents tab to everybody who may read the plan."""

import pytest

from plans.models import Document
from plans.services.passages import change_passage
from plans.services.sharing import share_version
from tests.factories.accounts import UserFactory
from tests.factories.territory import ZoneFactory
from tests.plans.documents.acting import OTHER, accept, make_read_plan, paper, replace, say
from tests.plans.documents.browsing import at, text
from tests.plans.papers import EMPTY, PAPER, passage_with, seen, upload
from tests.plans.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "read_inline")]


@pytest.fixture
def assessment():
    return make_read_plan()


def person(assessment, role: str):
    zone = assessment.version.plan.zone
    return UserFactory(**({role: zone} if role != "stranger" else {"lead_of": ZoneFactory()}))


def share(assessment):
    share_version(version=assessment.version, by=person(assessment, "lead_of"))


def listed(client, assessment) -> str:
    return text(client.get(at("documents", assessment)))


def test_an_empty_tab_says_what_a_document_gives(client_of):
    assessment = make_world(EMPTY).assessment
    page = listed(client_of(person(assessment, "editor_of")), assessment)
    assert "nothing counts before you accept it" in page
    assert "Upload a document" in page
    assert "Upload a document" not in listed(client_of(person(assessment, "reader_of")), assessment)


def test_each_document_says_what_it_is_and_how_far_one_is(client_of, assessment):
    upload(assessment, OTHER, name="bijlage.md", kind="annex")
    say(assessment, paper(assessment), "inbraak", "A2", "rejected")
    say(assessment, paper(assessment), "drugshandel", "A1", "set_aside")
    response = client_of(person(assessment, "reader_of")).get(at("documents", assessment))
    first, second = response.context["listed"].documents
    assert (first.title, str(first.kind), first.pages, first.languages) == ("plan", "plan", None, ("nl",))
    assert (second.title, str(second.kind), second.number) == ("bijlage", "annex", 2)
    # What was set aside was seen; both are counted as in the reading view.
    assert (first.seen, first.total, second.seen) == (3, 6, 0)
    page = text(response)
    assert "3 of 6 seen" in page
    assert "See the suggestions" in page


def test_warnings_are_sentences(client_of, assessment):
    Document.objects.filter(version=assessment.version).update(
        pages=30,
        warnings=["pages_without_text", "tracked_changes"],
        blank_pages=[2, 7, 8, 9, 11, 13, 15, 17, 19],
    )
    page = listed(client_of(person(assessment, "reader_of")), assessment)
    assert (
        "Pages 2, 7–9, 11, 13, 15, 17, … hold no text, only pictures; what stands on them was not read."
        in page
    )
    assert "The document holds tracked changes" in page


@pytest.mark.parametrize(
    ("role", "is_shared", "expected"),
    [
        ("reader_of", False, {"reading", "document_text", "document_download"}),
        (
            "editor_of",
            False,
            {
                "reading",
                "document_text",
                "document_download",
                "document_replace",
                "document_change",
                "document_remove",
                "document_add",
            },
        ),
        ("editor_of", True, {"reading", "document_text", "document_download"}),
        ("coordinator_of", True, {"document_text", "document_download"}),
    ],
)
def test_each_person_is_offered_what_they_may_do(client_of, assessment, role, is_shared, expected):
    if is_shared:
        share(assessment)
    page = client_of(person(assessment, role)).get(at("documents", assessment)).content.decode()
    names = ("document_text", "document_download", "document_replace", "document_change", "document_remove")
    found = {name for name in (*names, "reading") if f'href="{at(name, assessment, 1)}"' in page}
    found |= {"document_add"} if f'href="{at("document_add", assessment)}"' in page else set()
    assert found == expected


@pytest.mark.parametrize("role", ["coordinator_of", "stranger"])
def test_to_others_the_tab_is_not_there_before_sharing(client_of, assessment, role):
    assert client_of(person(assessment, role)).get(at("documents", assessment)).status_code == 404


def test_of_a_confidential_document_outsiders_see_only_that_it_is_there(client_of, assessment):
    upload(assessment, OTHER, name="SECRET.md", is_confidential=True)
    share(assessment)
    client = client_of(person(assessment, "coordinator_of"))
    response = client.get(at("documents", assessment))
    assert "confidential document" in text(response)
    assert "SECRET" not in response.content.decode()
    assert at("document_text", assessment, 2) not in response.content.decode()
    for role in ("cleared_coordinator_of", "reader_of"):
        assert "SECRET confidential" in listed(client_of(person(assessment, role)), assessment)


def test_a_confidential_passage_closes_the_download_for_outsiders(client_of, assessment):
    passage = passage_with(paper(assessment), "onthaal")
    change_passage(
        assessment=assessment, passage=passage, language="", is_confidential=True, by=None, **seen(passage)
    )
    share(assessment)
    client = client_of(person(assessment, "coordinator_of"))
    page = client.get(at("documents", assessment)).content.decode()
    assert at("document_download", assessment, 1) not in page
    assert at("document_text", assessment, 1) in page


@pytest.mark.parametrize("documents", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [("reader_of", 9), ("coordinator_of", 8)])
def test_list_takes_the_same_queries(
    client_of, assessment, django_assert_num_queries, role, queries, documents
):
    for n in range(1, documents):
        document = upload(assessment, f"{PAPER}\nNog {n}.\n", name=f"{n}.md")
        accept(assessment, document, "inbraak", "A2")
        replace(document, f"# Leeg\n\nOnthaal {n}.\n")
    share(assessment)
    client = client_of(person(assessment, role))
    with django_assert_num_queries(queries):
        client.get(at("documents", assessment))


def test_quotes_that_are_gone_are_listed_inside_only(client_of, assessment):
    replace(paper(assessment), OTHER)
    share(assessment)
    page = listed(client_of(person(assessment, "reader_of")), assessment)
    assert "Quotes that count no longer 1" in page
    assert "Er ligt wat zwerfvuil aan de oevers." in page
    assert "zwerfvuil" not in listed(client_of(person(assessment, "coordinator_of")), assessment)


def test_quotes_of_a_plan_file_are_listed_apart(client_of):
    assessment = make_world().assessment
    page = listed(client_of(person(assessment, "editor_of")), assessment)
    assert "Quotes without a document 2" in page
    assert "Quotes that count no longer" not in page
    share(assessment)
    page = listed(client_of(person(assessment, "coordinator_of")), assessment)
    assert ("SECRET" in page, "Quotes without a document" in page) == (False, False)


def test_without_terms_nothing_is_suggested(client_of):
    assessment = make_world(EMPTY).assessment
    upload(assessment)
    page = listed(client_of(person(assessment, "editor_of")), assessment)
    assert "No suggestions in this document." in page
