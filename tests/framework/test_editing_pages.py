"""The pages of framework administrators: what is typed is never lost, and readers see what was decided."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from framework.export import edition_as_json, edition_as_yaml
from framework.models import Attachment, Edition, Item, TextChange
from kiv.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.framework import AspectFactory, AttachmentFactory, EditionFactory, publish
from tests.framework.sample import SAMPLE, changed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
EDIT = "/editions/draft/edit/"
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft():
    edition = EditionFactory(code="draft", items=("A1", "A2"), criteria=True, attachments=("NOTE",))
    AspectFactory(item=edition.items.get(code="A1"), code="one", title_status={})
    return edition


@pytest.fixture
def published(draft):
    publish(draft)
    return draft


@pytest.fixture
def first(client_of):
    return client_of(UserFactory(name="An", is_framework_administrator=True))


@pytest.fixture
def second(client_of):
    return client_of(UserFactory(name="Bo", is_framework_administrator=True))


def text_of(response) -> str:
    body = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))


def fields_of(response) -> dict[str, str]:
    """What the form on the page would send, as a browser would: nothing of disabled fields."""
    form = response.context["form"]
    values = {bound.html_name: bound.value() for bound in form if not bound.field.disabled}
    return {name: "" if value is None else getattr(value, "pk", value) for name, value in values.items()}


def page_of(part) -> str:
    return f"{EDIT}items/{part.pk}/"


def test_a_draft_from_its_predecessor_changed_asked_and_published_by_two(first, second, published):
    values = fields_of(first.get("/editions/new/")) | {
        "code": "next", "first_year": 2030, "last_year": 2033, "title_nl": "Nota", "title_fr": "Note",
        "title_de": "Note", "title_en": "Note",
    }  # fmt: skip
    assert first.post("/editions/new/", values).url == "/editions/next/edit/"
    item = Item.objects.get(edition__code="next", code="A1")
    path = f"/editions/next/edit/items/{item.pk}/"
    assert (
        first.post(path, fields_of(first.get(path)) | {"code": "B1", "title_nl": "nieuw"}).status_code == 302
    )
    publish_page = "/editions/next/edit/publish/"
    assert "A title is missing" not in text_of(first.get(publish_page))
    first.post(publish_page, {"act": "ask"})
    assert "A second framework administrator has to confirm" in text_of(first.get(publish_page))
    assert 'value="confirm"' not in first.get(publish_page).content.decode()
    digest = second.get(publish_page).context["digest"]
    first.post(publish_page, {"act": "confirm", "digest": digest})
    assert Edition.objects.get(code="next").is_draft
    second.post(publish_page, {"act": "confirm", "digest": digest})
    edition = Edition.objects.get(code="next")
    assert (edition.status, edition.predecessor) == ("published", published)
    assert [item.code for item in edition.items.all()] == ["B1", "A2"]
    assert "Asked by An Confirmed by Bo" in text_of(first.get(publish_page))


def test_who_changes_what_was_asked_reads_so_and_so_does_who_confirms(first, second, draft):
    item = draft.items.get(code="A1")
    publish_page, withdrew = f"{EDIT}publish/", "Your change withdrew that"
    first.post(publish_page, {"act": "ask"})
    digest = second.get(publish_page).context["digest"]
    values = fields_of(first.get(page_of(item))) | {"short_nl": "anders"}
    saved = first.post(page_of(item), values, follow=True)
    assert withdrew in saved.content.decode()
    late = second.post(publish_page, {"act": "confirm", "digest": digest}, follow=True)
    assert "and with that the request for publication lapsed." in late.content.decode()
    assert "Nobody has asked" not in late.content.decode()
    values = fields_of(first.get(page_of(item))) | {"short_nl": "weer anders"}
    assert withdrew not in first.post(page_of(item), values, follow=True).content.decode()


def test_a_file_that_replaces_what_was_asked_says_so(first, draft):
    first.post(f"{EDIT}publish/", {"act": "ask"})
    file = edition_as_yaml(draft).decode()
    page = first.post("/editions/new/file/", {"text": file, "replace": "on"}, follow=True)
    assert "Your change withdrew that" not in page.content.decode()
    file = file.replace("approved: null", "approved: 2026-01-31")
    page = first.post("/editions/new/file/", {"text": file, "replace": "on"}, follow=True)
    assert "Your change withdrew that" in page.content.decode()


def test_blockers_stand_on_the_page_and_nothing_can_be_asked(first, draft):
    Item.objects.filter(code="A1").update(title={"nl": "x"}, title_status={"nl": "official"})
    page = text_of(first.get(f"{EDIT}publish/"))
    assert "To be solved first: A title is missing: A1, Français, Deutsch, English." in page.replace(
        " :", ":"
    )
    assert "Ask for publication" not in page
    first.post(f"{EDIT}publish/", {"act": "ask"})
    assert not AuditEvent.objects.exists()
    missing = text_of(first.get(f"{EDIT}missing/"))
    assert "A1 Title Français , Deutsch , English" in missing


def test_a_stale_save_shows_both_texts_and_the_second_try_stores(first, second, draft):
    item = draft.items.get(code="A1")
    mine, theirs = (fields_of(client.get(page_of(item))) for client in (first, second))
    second.post(page_of(item), theirs | {"summary_nl": "hun tekst"})
    refused = first.post(page_of(item), mine | {"summary_nl": "mijn tekst", "short_de": "auch meins"})
    assert refused.status_code == 409
    assert "mijn tekst hun tekst" in text_of(refused)
    again = fields_of(refused)
    assert (again["summary_nl"], again["short_de"]) == ("mijn tekst", "auch meins")
    assert first.post(page_of(item), again).status_code == 302
    assert Item.objects.get(code="A1").summary["nl"] == "mijn tekst"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"code": "a2"}, "This is taken already: A2."),
        ({"code": "a b"}, "Use letters, digits, dots and hyphens."),
        ({"title_nl": "a\x07b"}, "invisible control characters"),
        ({"example_action_nl": "", "example_action_fr": "", "example_action_de": "", "example_action_en": ""},
         "An example has all four steps, or none."),
        ({"short_nl": "x" * 81}, "1 character too long: at most 80 fit"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_and_everything_typed_stays(first, draft, typed, words):
    item = draft.items.get(code="A1")
    before = edition_as_json(draft)
    sent = fields_of(first.get(page_of(item))) | {"summary_nl": "lang getypt"} | typed
    answer = first.post(page_of(item), sent)
    assert (answer.status_code, words in text_of(answer)) == (200, True)
    assert fields_of(answer)["summary_nl"] == "lang getypt"
    assert edition_as_json(draft) == before


def test_items_and_aspects_are_added_moved_and_removed(first, draft):
    typed = {
        "code": "Z",
        "kind": "theme",
        "title_nl": "t",
        "title_nl_status": "official",
        "short_nl": "s",
        "summary_nl": "s",
    }
    for _ in range(2):
        assert first.post(f"{EDIT}items/new/", typed).status_code == 302
    item = draft.items.get(code="Z")
    assert item.title_status == {"nl": "official"}
    first.post(f"{page_of(item)}move/", {"way": "up"})
    assert list(draft.items.values_list("code", flat=True)) == ["A1", "Z", "A2"]
    first.post(f"{EDIT}items/{item.pk}/aspects/new/", {"code": "one", "title_fr": "un"})
    assert item.aspects.get().title_status == {"fr": "translation"}
    first.post(f"{page_of(item)}remove/")
    assert list(draft.items.values_list("code", flat=True)) == ["A1", "A2"]


def test_a_translation_of_a_published_edition_is_corrected(first, client, published):
    item = published.items.get(code="A1")
    page = first.get(page_of(item))
    assert "title_nl" not in fields_of(page)
    sent = fields_of(page) | {"title_de": "besser", "title_nl": "anders", "code": "X", "kind": "theme"}
    assert first.post(page_of(item), sent).status_code == 302
    stored = Item.objects.get(pk=item.pk)
    assert (stored.title["de"], stored.title["nl"], stored.code) == ("besser", "title A1 nl", "A1")
    assert "besser" in client.get("/framework/draft/A1/", {"lang": "de"}).content.decode()
    assert "Title, Deutsch title A1 de besser" in text_of(first.get(f"{EDIT}changes/")).replace(" ,", ",")
    assert TextChange.objects.count() == 1


def test_an_erratum_stands_beside_the_official_title(first, client, published):
    item = published.items.get(code="A1")
    path = f"{EDIT}erratum/items/{item.pk}/"
    answer = first.post(path, {"language": "nl", "after": "beter", "reason": "tikfout"})
    assert answer.url == f"{EDIT}changes/"
    date = timezone.localdate(published.errata.get().made_at)
    for page in ("/framework/draft/A1/", "/framework/draft/", f"{EDIT}changes/"):
        text = text_of((first if page.startswith(EDIT) else client).get(page))
        assert f"Erratum 1, {date:%d/%m/%Y}" in text
        assert "title A1 nl" in text
        assert "beter" in text
    assert "tikfout" not in text_of(client.get("/framework/draft/A2/"))


def test_the_missing_file_is_given_once_and_everybody_downloads_it(first, client, published):
    attachment = published.attachments.get()
    path, download = (
        f"{EDIT}attachments/{attachment.pk}/file/",
        f"/framework/draft/attachments/{attachment.pk}/",
    )
    assert client.get(download).status_code == 404
    for content, status in ((b"no", 200), (PDF, 302), (PDF + b"x", 409)):
        file = SimpleUploadedFile("note.pdf", content)
        assert first.post(path, {"file": file}).status_code == status
    answer = client.get(download)
    assert b"".join(answer.streaming_content) == PDF
    answer.close()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="note.pdf"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_file_of_a_draft_is_for_administrators_only(first, client, client_of, draft):
    attachment = draft.attachments.get()
    first.post(f"{EDIT}attachments/{attachment.pk}/file/", {"file": SimpleUploadedFile("n.pdf", PDF)})
    download = f"/framework/draft/attachments/{attachment.pk}/"
    assert Attachment.objects.get().size == len(PDF)
    for other in (client, client_of(UserFactory(is_system_administrator=True))):
        assert other.get(download).status_code == 404
    answer = first.get(download)
    assert answer.status_code == 200
    answer.close()


def test_a_file_is_taken_in_replaced_when_told_and_refused_with_every_place(first):
    assert first.post("/editions/new/file/", {"text": SAMPLE}).url == "/editions/test-2030/edit/"
    other = changed(("nl: fietsen", "nl: rijwielen")).decode()
    refused = first.post("/editions/new/file/", {"text": other})
    assert "There is a draft with this code" in text_of(refused)
    assert "rijwielen" in fields_of(refused)["text"]
    assert Item.objects.get(code="X.1").title["nl"] == "fietsen"
    first.post("/editions/new/file/", {"text": other, "replace": "on"})
    assert Item.objects.get(code="X.1").title["nl"] == "rijwielen"
    bad = changed(("kind: theme", "kind: cluster"), ("[2030, 2033]", "[2033, 2030]"))
    answer = first.post("/editions/new/file/", {"file": SimpleUploadedFile("e.yaml", bad)})
    text = text_of(answer)
    assert "The file has 2 places to correct; nothing was changed" in text
    assert '7 period the first year, then the last "[2033, 2030]"' in text
    assert '37 items[2].kind one of: priority, theme "cluster"' in text
    assert fields_of(answer)["text"] == bad.decode()


@pytest.mark.parametrize("code", ["Next note", "Next", "a_b"])
def test_a_code_that_fits_in_no_address_is_told_in_words_of_ours(first, published, code):
    page = first.post("/editions/new/", fields_of(first.get("/editions/new/")) | {"code": code})
    assert page.context["form"].errors["code"] == ["Use lower-case letters, digits and hyphens."]


def test_the_edition_as_yaml(client, published):
    assert client.get("/framework/draft.yaml").content == edition_as_yaml(published)


@pytest.mark.parametrize("items", [1, 3])
def test_queries_of_the_workbench(first, django_assert_num_queries, items):
    edition = EditionFactory(code="draft", items=[f"A{n}" for n in range(items)], criteria=True)
    for item in edition.items.all():
        AspectFactory.create_batch(items, item=item)
        AttachmentFactory(edition=edition)
    # session, user, memberships; edition, criteria, items, aspects, attachments
    with django_assert_num_queries(8):
        first.get(EDIT)
    # session, user, memberships; edition; its data (4); the places of its texts (4)
    Item.objects.update(summary={"nl": "x"})
    with django_assert_num_queries(12):
        first.get(f"{EDIT}missing/")


def test_a_draft_is_removed_and_a_published_edition_is_not(first, draft):
    EditionFactory(code="public", items=("A1",), published=True)
    assert "Remove this draft?" in text_of(first.get(f"{EDIT}remove/"))
    first.post(f"{EDIT}remove/")
    first.post("/editions/public/edit/remove/")
    assert list(Edition.objects.values_list("code", flat=True)) == ["public"]
