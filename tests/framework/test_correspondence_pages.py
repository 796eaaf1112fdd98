"""Deciding what became of each item: shown with proposals, saved at once, refused without losing a word."""

import re

import pytest

from kiv.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.framework import CorrespondenceFactory, EditionFactory, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PAGE = "/editions/new/correspondences/"


@pytest.fixture
def draft():
    old = EditionFactory(code="old", items=("A1", "A2"), themes=("B1",), published=True)
    return EditionFactory(code="new", predecessor=old, items=("A1", "C1", "C2"), themes=("B1",))


@pytest.fixture
def person():
    return UserFactory(is_framework_administrator=True)


@pytest.fixture
def administrator(client_of, person):
    return client_of(person)


def fields_of(response) -> dict[str, str]:
    """What the form would send as it stands."""
    form = response.content.decode().split("data-warn-unsaved", 1)[1].split("</form>")[0]
    fields = {}
    for tag in re.findall(r"<input[^>]+>", form):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if found.get("type") != "checkbox" or " checked" in tag:
            fields[found["name"]] = found.get("value", "on")
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.S):
        fields[name] = next(iter(re.findall(r'value="([^"]*)" selected', body)), "")
    for name, body in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S):
        fields[name] = body.strip()
    return fields


def said(edition) -> list[tuple]:
    return [
        (row.source.code, row.target and row.target.code, row.relation, row.rationale, row.is_decided)
        for row in edition.correspondences.select_related("source", "target")
    ]


def test_a_page_that_nobody_touched_saves_nothing(administrator, draft):
    response = administrator.get(PAGE)
    fields = fields_of(response)
    assert (fields["A1_1-relation"], fields["A1_1-new"], fields["A1_1-confidence"]) == ("equal", "A1", "high")
    assert administrator.post(PAGE, fields).status_code == 302
    assert said(draft) == []
    assert not AuditEvent.objects.exists()


def test_a_proposal_is_decided_by_a_tick_and_an_item_split_by_one_more_line(administrator, draft, person):
    draft.items.filter(code__startswith="C").update(title={"en": "words of their own"})
    fields = fields_of(administrator.get(PAGE))
    fields |= {
        "A1-decided": "on",
        "A2_1-relation": "superset",
        "A2_1-new": "C1",
        "A2_1-rationale": " First half. ",
    }
    longer = administrator.post(PAGE, fields | {"more": "A2"})
    assert longer.status_code == 200
    assert said(draft) == []
    fields = fields_of(longer)
    kept = ("A2_1-rationale", "A2_1-new", "A1-decided", "A2-lines")
    assert [fields[name] for name in kept] == ["First half.", "C1", "on", "2"]
    fields |= {"A2_2-relation": "superset", "A2_2-new": "C2", "A2_2-confidence": "low", "A2-decided": "on"}
    assert administrator.post(PAGE, fields).headers["Location"] == PAGE
    assert said(draft) == [
        ("A1", "A1", "equal", {}, True),
        ("A2", "C1", "superset", {"en": "First half."}, True),
        ("A2", "C2", "superset", {}, True),
    ]
    assert {row.decided_by for row in draft.correspondences.all()} == {person}


def test_a_line_that_is_cleared_is_gone_and_words_in_other_languages_stay(administrator, draft):
    why = {"nl": "omdat", "en": "because"}
    CorrespondenceFactory(edition=draft, old="A2", new="C1", relation="superset", rationale=why)
    CorrespondenceFactory(edition=draft, old="A2", new="C2", relation="superset")
    fields = fields_of(administrator.get(PAGE))
    fields |= {"A2_2-relation": "", "A2_2-new": "", "A2_1-rationale": "so"}
    administrator.post(PAGE, fields)
    assert said(draft) == [("A2", "C1", "superset", {"nl": "omdat", "en": "so"}, True)]


def test_a_stale_save_is_refused_with_what_was_typed_and_can_be_repeated(administrator, draft):
    fields = fields_of(administrator.get(PAGE)) | {"A1_1-relation": "subset", "A1_1-rationale": "typed"}
    CorrespondenceFactory(edition=draft, old="A1", new="C1", relation="equivalent")
    refused = administrator.post(PAGE, fields)
    assert refused.status_code == 409
    assert said(draft) == [("A1", "C1", "equivalent", {}, True)]
    page = refused.content.decode()
    assert "part of A1 (not decided)" in page
    assert "equivalent C1 (decided)" in page
    again = fields_of(refused)
    assert (again["A1_1-relation"], again["A1_1-rationale"].strip()) == ("subset", "typed")
    assert administrator.post(PAGE, again).status_code == 302
    assert said(draft) == [("A1", "A1", "subset", {"en": "typed"}, False)]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"A1_1-relation": ""}, "Say how the old item stands to this new one."),
        ({"A1_1-relation": "none"}, "An item without a successor has no new item: clear it."),
        ({"A1_1-new": ""}, "Choose a new item, or “has no successor”."),
        (
            {"A2_1-relation": "equal", "A2_1-new": "A1"},
            "Another old item is equal or equivalent to this new one.",
        ),
        (
            {"A1_1-rationale": "x" * 2_001},
            "This text is 1 character too long: at most 2\xa0000 fit. "
            "Everything you typed is still here; shorten it.",
        ),
        ({"A1_1-rationale": "a\0b"}, "Null characters are not allowed."),
        ({"A1_1-rationale": "a\x07b"}, "This text holds invisible control characters."),
        ({"A1_1-new": "Z9"}, "Select a valid choice. Z9 is not one of the available choices."),
        ({"A1-seen": ""}, "This page is out of date. Load it again; copy what you typed first."),
    ],
)
def test_what_cannot_be_saved_is_told_and_kept(administrator, draft, typed, message):
    fields = fields_of(administrator.get(PAGE)) | {"A1-decided": "on"} | typed
    refused = administrator.post(PAGE, fields)
    assert refused.status_code == 200
    assert message in refused.content.decode()
    assert said(draft) == []


def test_what_is_shown_can_be_narrowed(administrator, draft):
    CorrespondenceFactory(edition=draft, old="A1", new="A1")
    CorrespondenceFactory(edition=draft, old="A2", new=None, is_decided=False)

    def shown(query):
        return re.findall(r'<tbody id="item-(\w+)"', administrator.get(PAGE + query).content.decode())

    assert shown("") == ["A1", "A2", "B1"]
    assert shown("?show=undecided") == ["A2", "B1"]
    assert shown("?show=unmapped") == ["A2"]
    fields = fields_of(administrator.get(PAGE + "?show=unmapped")) | {"A2-decided": "on"}
    assert administrator.post(PAGE + "?show=unmapped", fields).headers["Location"] == PAGE + "?show=unmapped"
    assert ("A2", None, "none", {}, True) in said(draft)
    assert ("A1", "A1", "equal", {}, True) in said(draft)


def test_all_that_is_the_same_is_decided_at_once(administrator, draft):
    page = administrator.get(PAGE).content.decode()
    assert "Decide 2 items that are the same, word for word" in page
    assert administrator.post(f"{PAGE}decide/").headers["Location"] == PAGE
    assert [row[:3] for row in said(draft)] == [("A1", "A1", "equal"), ("B1", "B1", "equal")]
    assert "the same, word for word" not in administrator.get(PAGE).content.decode()


def test_a_published_edition_shows_what_is_decided_and_asks_the_rest(administrator, draft):
    CorrespondenceFactory(edition=draft, old="A1", new="A1")
    publish(draft)
    response = administrator.get(PAGE)
    assert re.findall(r'<tbody id="item-(\w+)"', response.content.decode()) == ["A2", "B1"]
    assert '<span class="code">A1</span></th>' in response.content.decode()
    fields = fields_of(response) | {"B1_1-confidence": "low"}
    refused = administrator.post(PAGE, fields)
    assert refused.status_code == 409
    assert "must be decided" in refused.content.decode()
    assert fields_of(refused)["B1_1-confidence"] == "low"
    administrator.post(PAGE, fields | {"B1-decided": "on"})
    assert [row[0] for row in said(draft)] == ["A1", "B1"]


def test_a_half_decided_split_is_to_decide_on_the_page_in_the_check_list_and_after_publication(
    administrator, draft
):
    for old, new in (("A1", "A1"), ("B1", "B1")):
        CorrespondenceFactory(edition=draft, old=old, new=new)
    for new, is_decided in (("C1", True), ("C2", False)):
        CorrespondenceFactory(edition=draft, old="A2", new=new, relation="superset", is_decided=is_decided)
    page = administrator.get(f"{PAGE}?show=undecided").content.decode()
    assert re.findall(r'<tbody id="item-(\w+)"', page) == ["A2"]
    checks = administrator.get("/editions/new/edit/publish/").content.decode()
    assert "Not decided yet what became of: A2." in checks
    publish(draft)
    response = administrator.get(PAGE)
    assert re.findall(r'<tbody id="item-(\w+)"', response.content.decode()) == ["A2"]
    assert re.findall(r'<th scope="row"><span class="code">(\w+)', response.content.decode()) == ["A1", "B1"]
    assert administrator.post(PAGE, fields_of(response) | {"A2-decided": "on"}).status_code == 302
    assert all(row[4] for row in said(draft))


def test_only_an_edition_that_follows_another_has_the_page(administrator, draft):
    assert administrator.get("/editions/old/correspondences/").status_code == 404
    assert administrator.post("/editions/old/correspondences/decide/").status_code == 404


@pytest.mark.parametrize("items", [1, 3])
def test_queries(administrator, django_assert_num_queries, items):
    codes = [f"A{number}" for number in range(items)]
    old = EditionFactory(code="old", items=codes, published=True)
    EditionFactory(code="new", predecessor=old, items=codes)
    # session, user, memberships; edition; items and aspects of both, correspondences
    with django_assert_num_queries(9):
        administrator.get(PAGE)
