"""Saving what stands there already: no event, a request for publication stays, and the person is told so."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from framework.correspondences import digest_of
from framework.export import edition_as_yaml, edition_digest
from framework.models import Aspect, Edition, Item, Publication
from framework.services import Saying, ask_publication, load_edition, save_correspondences
from framework.services.files import give_file
from framework.services.parts import add_part, move_part, remove_part
from tests.factories.accounts import UserFactory
from tests.factories.framework import CorrespondenceFactory, EditionFactory, publish
from tests.framework.changing import ITEM, PDF, change, events
from tests.framework.sample import SAMPLE, changed
from tests.framework.succeeding import link
from tests.framework.test_correspondence_pages import fields_of as table_of
from tests.framework.test_editing_pages import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
EDIT = "/editions/test-2030/edit/"
NOTHING = "Nothing was changed, so nothing was saved."
WITHDREW = "Publication of this draft was asked. Your change withdrew that: it has to be asked again."
#: A text of each kind of part, as its form calls it.
TEXTS = {
    "facts": "title_nl",
    "item": "title_nl",
    "aspect": "title_nl",
    "criterion": "name_nl",
    "attachment": "label_nl",
}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def by():
    return UserFactory(is_framework_administrator=True)


@pytest.fixture
def draft():
    """With a predecessor of which one item is decided; one aspect says nothing of where its title is from."""
    EditionFactory(code="before", items=("A1", "A2"), framework__code="test", published=True)
    data = changed(("predecessor: null", "predecessor: before"))
    edition = load_edition(data=data, by=None).edition
    CorrespondenceFactory(edition=edition, old="A1", new="X.1", rationale={"nl": "hetzelfde\nwoord"})
    give_file(attachment=edition.attachments.get(), data=PDF, by=None)
    return edition


@pytest.fixture
def asked(draft, by):
    """The draft, of which a colleague asked the publication."""
    ask_publication(edition=draft, by=UserFactory(is_framework_administrator=True))
    return draft


@pytest.fixture
def administrator(client_of, by):
    return client_of(by)


class Standing:
    """What the draft says and what was recorded, to compare with later."""

    def __init__(self, edition: Edition) -> None:
        self.pk = edition.pk
        self.before = self.now()

    def now(self):
        edition = Edition.objects.get(pk=self.pk)
        pending = Publication.objects.filter(edition=edition).values_list("asked_by", "digest").first()
        return edition_digest(edition), pending, events()

    @property
    def is_unchanged(self) -> bool:
        return self.now() == self.before and self.before[1] is not None


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def pages_of(edition) -> dict[str, str]:
    """Every form in which a draft is changed, by what it changes."""
    pages = {"facts": "facts/"}
    for item in edition.items.all():
        pages[f"item {item.code}"] = f"items/{item.pk}/"
        pages |= {f"aspect {each.code}": f"aspects/{each.pk}/" for each in item.aspects.all()}
    pages |= {f"criterion {each.code}": f"criteria/{each.pk}/" for each in edition.criteria.all()}
    return pages | {"attachment": f"attachments/{edition.attachments.get().pk}/"}


def test_every_form_saved_as_it_stands_changes_nothing(administrator, asked):
    standing, pages = Standing(asked), pages_of(asked)
    assert len(pages) == 1 + 2 + 2 + 6 + 1
    for name, page in pages.items():
        answer = administrator.post(EDIT + page, fields_of(administrator.get(EDIT + page)), follow=True)
        assert (name, told(answer), standing.is_unchanged) == (name, [NOTHING], True)


def test_every_form_that_changes_something_withdraws(administrator, draft, by):
    for name, page in pages_of(draft).items():
        ask_publication(edition=draft, by=by)
        values = fields_of(administrator.get(EDIT + page)) | {TEXTS[name.split()[0]]: "anders"}
        answer = administrator.post(EDIT + page, values, follow=True)
        assert (name, told(answer)) == (name, ["It is saved.", WITHDREW])
        assert not Publication.objects.filter(edition=draft).exists()


def test_a_predecessor_alone_is_a_change(administrator, asked):
    page = EDIT + "facts/"
    administrator.post(page, fields_of(administrator.get(page)) | {"predecessor": ""})
    assert not Publication.objects.filter(edition=asked).exists()


def test_an_old_form_does_not_take_back_the_predecessor_that_a_colleague_chose(administrator, draft, by):
    other = EditionFactory(code="other", items=("A1",), framework__code="test", published=True)
    page = EDIT + "facts/"
    old_form = fields_of(administrator.get(page))
    administrator.post(page, old_form | {"predecessor": other.pk})
    ask_publication(edition=draft, by=by)
    standing = Standing(draft)
    refused = administrator.post(page, old_form)
    shown = [(str(row.label), row.typed, row.stored) for row in refused.context["conflict"]]
    assert (refused.status_code, shown) == (409, [("Predecessor", "before", "other")])
    assert standing.is_unchanged
    administrator.post(page, fields_of(refused))
    assert Edition.objects.get(pk=draft.pk).predecessor.code == "before"


@pytest.mark.parametrize("place", ["facts", "item X.1"])
def test_the_same_words_that_a_colleague_saved_change_nothing(administrator, draft, by, place):
    page = EDIT + pages_of(draft)[place]
    values = fields_of(administrator.get(page)) | {"title_de": "dasselbe"}
    administrator.post(page, values, follow=True)
    ask_publication(edition=draft, by=by)
    standing = Standing(draft)
    assert told(administrator.post(page, values, follow=True)) == [NOTHING]
    assert standing.is_unchanged


def test_the_table_of_correspondences_saved_as_it_stands(administrator, asked):
    standing, page = Standing(asked), "/editions/test-2030/correspondences/"
    answer = administrator.post(page, table_of(administrator.get(page)), follow=True)
    assert (told(answer), standing.is_unchanged) == ([NOTHING], True)


def test_the_lines_of_an_old_item_in_another_order_say_the_same(draft, by):
    lines = [link("A2", "X.1", "superset"), link("A2", "Y-2", "superset")]
    said = [Saying("A2", tuple(lines), digest_of(()))]
    assert save_correspondences(edition=draft, by=by, sayings=said) == ["A2"]
    ask_publication(edition=draft, by=by)
    standing = Standing(draft)
    again = [Saying("A2", tuple(reversed(lines)), digest_of(lines))]
    assert save_correspondences(edition=draft, by=by, sayings=again) == []
    assert standing.is_unchanged


def test_the_same_file_again(administrator, asked):
    standing = Standing(asked)
    page = f"{EDIT}attachments/{asked.attachments.get().pk}/file/"
    answer = administrator.post(page, {"file": SimpleUploadedFile("n.pdf", PDF)}, follow=True)
    assert (told(answer), standing.is_unchanged) == ([NOTHING], True)
    text = edition_as_yaml(asked).decode()
    answer = administrator.post("/editions/new/file/", {"text": text, "replace": "on"}, follow=True)
    assert (told(answer), standing.is_unchanged) == ([NOTHING], True)


def test_a_file_that_is_silent_about_correspondences_changes_nothing(asked, by):
    standing = Standing(asked)
    load_edition(data=SAMPLE.replace("predecessor: null", "predecessor: before").encode(), by=by)
    assert standing.is_unchanged


def test_acts_that_find_nothing_to_do(draft, by):
    title = dict.fromkeys(("nl", "fr", "de", "en"), "samen")
    values = ITEM | {"title": title, "title_status": dict.fromkeys(title, "translation")}
    add_part(Item, parent=draft, by=by, values=values)
    gone = Aspect.objects.get(item__edition=draft, code="locks")
    remove_part(Aspect.objects.get(pk=gone.pk), by=by)
    ask_publication(edition=draft, by=by)
    standing = Standing(draft)
    move_part(draft.items.first(), by=by, down=False)
    move_part(draft.items.last(), by=by, down=True)
    add_part(Item, parent=draft, by=by, values=values)
    remove_part(gone, by=by)
    assert standing.is_unchanged
    move_part(draft.items.last(), by=by, down=False)
    assert not Publication.objects.filter(edition=draft).exists()


def test_an_aspect_without_origins_can_change_in_one_field(draft, by):
    aspect = Aspect.objects.get(item__edition=draft, code="locks")
    assert aspect.title_status == {}
    assert change(aspect, by, code="locked")
    assert Aspect.objects.get(pk=aspect.pk).title_status == dict.fromkeys(aspect.title, "translation")


def test_of_a_published_edition_it_is_told_too(administrator, draft):
    publish(draft)
    item, before = draft.items.get(code="X.1"), events()
    page = f"{EDIT}items/{item.pk}/"
    answer = administrator.post(page, fields_of(administrator.get(page)), follow=True)
    assert (told(answer), events(), draft.text_changes.count()) == ([NOTHING], before, 0)
