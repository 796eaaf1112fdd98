"""The framework's pages: public, in four languages, drafts unseen, a fixed number of queries."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from framework.models import Edition
from tests.factories.accounts import UserFactory
from tests.factories.framework import AspectFactory, AttachmentFactory, EditionFactory, ItemFactory, publish

pytestmark = pytest.mark.django_db
EDITION = "/framework/open/"


@pytest.fixture
def edition():
    made = EditionFactory(
        code="open", items=("A1", "A2"), themes=("B1",), criteria=True, attachments=("NOTE_X",)
    )
    AspectFactory(item=made.items.get(code="A1"), code="one")
    publish(made)
    return made


@pytest.fixture
def draft():
    return EditionFactory(code="unseen", items=("H1",), criteria=True)


@pytest.fixture
def administrator():
    return UserFactory(is_framework_administrator=True)


def text_of(response) -> str:
    body = re.sub(r"<[^>]+>", " ", response.content.decode().split("<main", 1)[1].split("</main>")[0])
    return " ".join(body.split())


def test_without_an_edition_the_front_page_says_so(client, draft):
    response = client.get("/")
    assert response.status_code == 200
    assert "unseen" not in response.content.decode()
    assert 'class="empty"' in response.content.decode()


def test_the_front_page_is_the_latest_published_edition(client, edition, draft):
    EditionFactory(code="old", first_year=2050, last_year=2055, items=("Z1",), archived=True)
    response = client.get("/")
    assert response.status_code == 200
    assert response.headers["Content-Language"] == "nl"
    page = response.content.decode()
    for text in ("edition open nl", "title A1 nl", "title A2 nl", "title B1 nl", "summary A1 nl", "NOTE_X"):
        assert text in page
    assert "edition unseen" not in page
    assert "/framework/old/" in page
    assert page.count("<ol ") == 2
    assert reverse("accounts:login") in page


TRANSLATION_NOTICES = (
    "These titles are our translation; there is no official text in this language.",
    "Our translation; no official text in this language.",
)


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
@pytest.mark.parametrize("path", ["/", EDITION, f"{EDITION}A1/", f"{EDITION}B1/"])
def test_pages_in_four_languages(client, edition, path, language):
    response = client.get(path, {"lang": language})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in page
    assert f"edition open {language}" in page
    other = "fr" if language == "nl" else "nl"
    # Official titles are quoted beside a translation, with their own language.
    assert f"summary A1 {other}" not in page
    with override(language):
        is_marked = any(gettext(notice) in unescape(page) for notice in TRANSLATION_NOTICES)
    assert is_marked == (language in {"de", "en"})


def test_a_text_in_another_language_says_which(client):
    made = EditionFactory(code="open")
    ItemFactory(
        edition=made,
        code="A1",
        title={"nl": "alleen Nederlands"},
        title_status={"nl": "official"},
        summary={"nl": "ook dit"},
    )
    publish(made)
    page = client.get(f"{EDITION}A1/", {"lang": "fr"}).content.decode()
    assert '<span lang="nl">alleen Nederlands</span>' in page
    assert '<p lang="nl">ook dit</p>' in page


def test_an_item_shows_aspects_example_criteria_and_neighbours(client, edition):
    text = text_of(client.get(f"{EDITION}A2/"))
    steps = [f"{step} A2 nl" for step in ("diagnosis", "objective", "action", "indicator")]
    assert [text.index(step) for step in steps] == sorted(text.index(step) for step in steps)
    assert "criterion D nl" in text
    page = client.get(f"{EDITION}A2/").content.decode()
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', page) == [
        ("prev", "/framework/open/A1/"),
        ("next", "/framework/open/B1/"),
    ]
    assert "aspect one nl" in text_of(client.get(f"{EDITION}A1/"))


def test_an_edition_explains_how_a_plan_is_read(client, edition):
    text = text_of(client.get(EDITION))
    for code in "DGAIMC":
        for part in ("criterion", "question", "one", "two"):
            assert f"{part} {code} nl" in text


def test_an_edition_names_its_published_successor(client, edition, draft):
    Edition.objects.filter(pk=draft.pk).update(predecessor=edition)
    assert "unseen" not in client.get(EDITION).content.decode()
    publish(Edition.objects.get(pk=draft.pk))
    assert "/framework/unseen/" in client.get(EDITION).content.decode()


def test_a_missing_file_is_told(client):
    made = EditionFactory(code="open", items=("A1",))
    for name, options in (("WITHOUT", {}), ("WITH", {"uploaded": True})):
        AttachmentFactory(edition=made, name=name, **options)
    publish(made)
    lines = re.findall(r"<li>(.*?)</li>", client.get("/").content.decode().split('id="attachments"')[1], re.S)
    assert ["<em>" in line for line in lines[:2]] == [True, False]


@pytest.mark.parametrize("path", ["/framework/unseen/", "/framework/unseen/H1/", "/framework/unseen.json"])
def test_a_draft_exists_for_framework_administrators_only(client, client_of, administrator, draft, path):
    assert client.get(path).status_code == 404
    assert client_of(UserFactory()).get(path).status_code == 404
    assert client_of(UserFactory(is_system_administrator=True)).get(path).status_code == 404
    assert client_of(administrator).get(path).status_code == 200


@pytest.mark.parametrize("path", ["/framework/none/", "/framework/open/Z9/", "/framework/none.json"])
def test_what_is_not_there(client, edition, path):
    assert client.get(path).status_code == 404


def test_an_archived_edition_stays_readable(client):
    EditionFactory(code="old", items=("Z1",), archived=True)
    assert client.get("/framework/old/").status_code == 200
    assert client.get("/framework/old/Z1/").status_code == 200


def test_the_json_of_an_edition(client, edition):
    response = client.get("/framework/open.json")
    assert response.headers["Content-Type"] == "application/json"
    data = json.loads(response.content)
    assert list(data) == [
        *("format", "framework", "code", "predecessor", "period", "approved", "title", "title_status"),
        *("subtitle", "introduction", "attachments", "criteria", "items", "correspondences"),
    ]
    assert list(data["title"]) == ["nl", "fr", "de", "en"]
    assert [item["code"] for item in data["items"]] == ["A1", "A2", "B1"]
    again = client.get("/framework/open.json", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_the_list_of_editions_needs_a_login(client, edition):
    response = client.get("/editions/")
    assert response.status_code == 302
    assert response.headers["Location"] == f"{reverse('accounts:login')}?next=/editions/"


def test_the_list_of_editions_shows_drafts_to_administrators_only(client_of, administrator, edition, draft):
    def codes(user):
        table = client_of(user).get("/editions/").content.decode().partition("<table")[2]
        return re.findall(r'href="/framework/([^/"]+)/"', table)

    assert codes(UserFactory()) == ["open"]
    assert sorted(codes(administrator)) == ["open", "unseen"]


@pytest.mark.usefixtures("in_english")
def test_the_list_of_editions_tells_statuses_and_files(client_of, administrator, edition):
    text = text_of(client_of(administrator).get("/editions/"))
    assert "Nederlands : 3 official" in text
    assert "English : 3 our translation" in text
    assert "0 of 1 uploaded" in text


@pytest.mark.parametrize("path", ["/", EDITION, f"{EDITION}A1/", "/framework/open.json", "/editions/"])
def test_pages_are_read_only(client_of, administrator, edition, path):
    assert client_of(administrator).post(path).status_code == 405


@pytest.mark.parametrize("items", [1, 3])
def test_queries_of_public_pages(client, django_assert_num_queries, items):
    EditionFactory(code="old", items=("Z1",), archived=True)
    made = EditionFactory(
        code="open",
        items=[f"A{n}" for n in range(items)],
        criteria=True,
        attachments=[f"N{n}" for n in range(items)],
    )
    for number in range(items):
        AspectFactory(item=made.items.get(code="A0"), code=f"a{number}")
    publish(made)
    with django_assert_num_queries(4):  # edition, items, attachments, other editions
        client.get("/")
    with django_assert_num_queries(6):  # edition, items, criteria, attachments, successors, errata
        client.get(EDITION)
    with django_assert_num_queries(5):  # item, its neighbours, criteria, aspects, errata
        client.get(f"{EDITION}A0/")
    with django_assert_num_queries(5):  # edition, items, aspects, attachments, criteria
        client.get("/framework/open.json")


@pytest.mark.parametrize("editions", [1, 3])
def test_queries_of_the_list_of_editions(client_of, administrator, django_assert_num_queries, editions):
    for number in range(editions):
        EditionFactory(code=f"e{number}", items=("A1",), attachments=("N",), published=True)
    client = client_of(administrator)
    # session, user, memberships; what waits: drafts, plans under an old edition; editions, items, attachments
    with django_assert_num_queries(9):
        client.get("/editions/")
