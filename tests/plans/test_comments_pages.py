"""Comments on the page of an item and on the History tab: written, refused, removed."""

import pytest
from django.urls import reverse

from kiv.accounts.services import erase_person
from plans.models import Comment
from plans.services.comments import MAX_COMMENTS, remove_comment
from plans.services.versions import discard_version
from tests.factories.territory import ZoneFactory
from tests.plans.cast import Cast, in_english, make_plan, share
from tests.plans.choosing import texts
from tests.plans.history.pages import text
from tests.plans.services.versioning import start
from tests.plans.teamwork import make_colleague, said, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(client_of):
    return in_english(client_of)


@pytest.fixture
def people():
    return Cast(ZoneFactory())


@pytest.fixture
def assessment(people):
    return make_plan(people.zone)


def page_at(assessment, code):
    name, *more = ("item", code) if code else ("history",)
    return reverse(f"plans:{name}", args=[assessment.version.plan_id, *more])


def sent_to(assessment, code):
    name, *more = ("item_comment_add", code) if code else ("comment_add",)
    return reverse(f"plans:{name}", args=[assessment.version.plan_id, *more])


def filled_in(client, assessment, code, words):
    conversation = client.get(page_at(assessment, code)).context["conversation"]
    return {"text": words, "submission": conversation.submission}


@pytest.mark.parametrize("code", ["P1", None])
class TestWriting:
    def test_stands_on_the_page_newest_last(self, client_of, people, assessment, code):
        say(assessment, people.lead, "The first word", code)
        client = client_of(people.editor)
        data = filled_in(client, assessment, code, "The second <b>word</b>\n\nand a third")
        answer = client.post(sent_to(assessment, code), data, follow=True)
        assert answer.redirect_chain == [(page_at(assessment, code) + "#comments", 302)]
        assert texts(answer) == ["Your comment is added."]
        assert [line.text for line in answer.context["conversation"].lines] == [
            "The first word",
            "The second <b>word</b>\n\nand a third",
        ]
        assert "<p>The second &lt;b&gt;word&lt;/b&gt;</p>" in answer.content.decode()

    def test_sent_twice_is_saved_once(self, client_of, people, assessment, code):
        client = client_of(people.editor)
        data = filled_in(client, assessment, code, "Once")
        for _ in range(2):
            answer = client.post(sent_to(assessment, code), data, follow=True)
        assert said(assessment) == [(code, people.editor.pk, "Once")]
        assert "Once" in text(answer)
        client.post(sent_to(assessment, code), filled_in(client, assessment, code, "Once"))
        assert len(said(assessment)) == 2

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            (" \n", "Write a comment first."),
            ("x" * 5001, "This text is 1 character too long"),
            ("kept\x00word", "invisible control characters"),
        ],
        ids=["blank", "long", "nul"],
    )
    def test_what_is_refused_is_kept(self, client_of, people, assessment, code, typed, told):
        client = client_of(people.editor)
        answer = client.post(sent_to(assessment, code), filled_in(client, assessment, code, typed))
        assert (answer.status_code, said(assessment)) == (200, [])
        assert told in text(answer)
        assert answer.context["conversation"].form["text"].value() == typed
        assert "data-unsaved" in answer.content.decode()

    def test_there_is_an_end_to_it(self, client_of, people, assessment, code):
        comment = say(assessment, people.lead, "Words", code)
        rows = [
            Comment(assessment=assessment, item=comment.item, by=people.lead, text="x", at=comment.at)
            for _ in range(MAX_COMMENTS - 1)
        ]
        Comment.objects.bulk_create(rows)
        client = client_of(people.lead)
        answer = client.post(sent_to(assessment, code), filled_in(client, assessment, code, "One more"))
        assert f"Here stand at most {MAX_COMMENTS} comments." in text(answer)
        assert (assessment.comments.count(), "One more" in text(answer)) == (MAX_COMMENTS, True)

    def test_readers_of_the_zone_read(self, client_of, people, assessment, code):
        say(assessment, people.lead, "Words for all of us", code)
        client = client_of(people.reader)
        page = client.get(page_at(assessment, code))
        assert "Words for all of us" in text(page)
        assert (page.context["conversation"].form, "Add the comment" in text(page)) == (None, False)
        assert client.post(sent_to(assessment, code), {"text": "me too"}).status_code == 404
        assert len(said(assessment)) == 1

    def test_opening_the_address_again_leads_to_the_page(self, client_of, people, assessment, code):
        answer = client_of(people.lead).get(sent_to(assessment, code))
        assert (answer.status_code, answer.url) == (302, page_at(assessment, code) + "#comments")

    def test_of_an_older_version_is_read_only(self, client_of, people, assessment, code):
        say(assessment, people.lead, "Of the first version", code)
        share(assessment)
        start(assessment)
        client = client_of(people.lead)
        new = client.get(page_at(assessment, code))
        assert "Of the first version" not in text(new)
        assert "Said with earlier versions: 1 comment on version 1" in text(new)
        assert f'href="{page_at(assessment, code)}?version=1#comments"' in new.content.decode()
        old = client.get(page_at(assessment, code) + "?version=1")
        assert "Of the first version" in text(old)
        assert "Add the comment" not in text(old)
        assert "Remove this comment" not in text(old)


@pytest.mark.parametrize("code", ["P1", None])
def test_comments_of_earlier_versions_are_counted_where_they_belong(client_of, people, assessment, code):
    """Those on the same item only, without removed ones, and for nobody outside the zone."""
    for said_of in ("P1", "P2", None):
        say(assessment, people.lead, "Words", said_of)
    say(assessment, people.editor, "More words", code)
    remove_comment(comment=say(assessment, people.lead, "Regretted", code), by=people.lead)
    share(assessment)
    start(assessment)
    earlier = client_of(people.reader).get(page_at(assessment, code)).context["conversation"].earlier
    assert [(one.version, one.number) for one in earlier] == [(1, 2)]
    assert "comments on version" not in text(client_of(people.coordinator).get(page_at(assessment, code)))


def test_what_was_typed_for_a_version_that_is_removed_stays(client_of, people, assessment, monkeypatch):
    share(assessment)
    copy = start(assessment)
    client = client_of(people.lead)
    data = filled_in(client, copy, "P1", "Long thought over")

    def discard_first(request):
        discard_version(version=copy.version, by=people.lead)
        return True

    monkeypatch.setattr("plans.views.comments.is_first_time", discard_first)
    answer = client.post(sent_to(copy, "P1"), data)
    assert answer.status_code == 409
    assert "This version was removed meanwhile." in text(answer)
    assert answer.context["conversation"].form["text"].value() == "Long thought over"
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("code", ["P1", None])
class TestRemoving:
    def gone(self, assessment, comment):
        return reverse("plans:comment_remove", args=[assessment.version.plan_id, comment.pk])

    def test_ones_own(self, client_of, people, assessment, code):
        comment = say(assessment, people.editor, "Said too soon", code)
        client = client_of(people.editor)
        assert f'action="{self.gone(assessment, comment)}"' in client.get(page_at(assessment, code)).text
        for _ in range(2):
            answer = client.post(self.gone(assessment, comment), follow=True)
        assert "Removed by its writer." in text(answer)
        assert "Said too soon" not in answer.content.decode()
        assert f'action="{self.gone(assessment, comment)}"' not in answer.text
        assert said(assessment) == [(code, people.editor.pk, "")]

    def test_nobody_elses(self, client_of, people, assessment, code):
        comment = say(assessment, people.editor, "Stays", code)
        page = client_of(people.lead).get(page_at(assessment, code))
        assert "Remove this comment" not in text(page)
        for role in [*Cast.INSIDE, *Cast.READING_SHARED, *Cast.OUTSIDE]:
            if role != "editor":
                assert client_of(people[role]).post(self.gone(assessment, comment)).status_code == 404
        assert said(assessment) == [(code, people.editor.pk, "Stays")]


def test_who_was_erased_is_a_former_colleague(client_of, people, assessment):
    inge = make_colleague(people.zone)
    say(assessment, inge, "Words that stay", "P1")
    erase_person(by=None, user=inge)
    page = client_of(people.reader).get(page_at(assessment, "P1"))
    assert "a former colleague" in text(page)
    assert "Words that stay" in text(page)
    assert [word for word in ("Inge", "erased") if word in page.content.decode()] == []


def test_no_comment_about_an_item_that_is_not_there(client_of, people, assessment):
    assert client_of(people.lead).post(sent_to(assessment, "P9"), {"text": "x"}).status_code == 404
