"""Comments: who writes and reads them, what is stored of them, and what stays when they are taken back."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from kiv.accounts.services import erase_person
from plans import rules
from plans.models import Comment, PlanVersion
from plans.selectors.comments import comments_of
from plans.services.comments import MAX_COMMENTS, add_comment, remove_comment
from plans.services.editing import TooMany
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory
from tests.factories.plans import AssessmentFactory
from tests.factories.territory import ZoneFactory
from tests.plans.services.acting import NOT_EDITORS, event_count, events_since
from tests.plans.services.versioning import stored
from tests.plans.teamwork import said, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return AssessmentFactory()


@pytest.fixture
def an(assessment):
    return UserFactory(editor_of=assessment.version.plan.zone)


class TestAdding:
    @pytest.mark.parametrize("code", ["P1", None])
    @pytest.mark.parametrize("role", ["editor_of", "lead_of"])
    def test_is_told_without_its_words(self, assessment, role, code):
        plan = assessment.version.plan
        user, mark, at = UserFactory(**{role: plan.zone}), event_count(), timezone.now()
        comment = say(assessment, user, "  Who asks\nfor figures? ", code)
        assert said(assessment) == [(code, user.pk, "Who asks\nfor figures?")]
        assert at <= comment.at <= timezone.now()
        data = {"plan": plan.pk, "number": 1} | ({"item": code} if code else {})
        assert events_since(mark) == [
            ("comment.added", user.pk, "plans.comment", str(comment.pk), plan.zone_id, data)
        ]

    @pytest.mark.parametrize("status", ["preparation", "shared", "reviewed"])
    def test_at_any_moment(self, status):
        assessment = AssessmentFactory(shared=status != "preparation")
        PlanVersion.objects.update(status=status)
        say(assessment, UserFactory(editor_of=assessment.version.plan.zone), "Words", "P1")
        assert assessment.comments.count() == 1

    @pytest.mark.parametrize("text", ["", " \n ", "x" * 5001, "a\0b"], ids=["empty", "blank", "long", "nul"])
    def test_what_is_no_comment(self, assessment, an, text):
        before = stored()
        with pytest.raises(ValidationError):
            say(assessment, an, text)
        assert (stored(), said(assessment)) == (before, [])

    def test_not_about_another_editions_item(self, assessment, an):
        other = EditionFactory(items=("X1",), themes=(), published=True).items.get()
        with pytest.raises(ValidationError):
            add_comment(assessment=assessment, item=other, text="Words", by=an)
        assert said(assessment) == []

    def test_not_without_end(self, assessment, an):
        rows = [Comment(assessment=assessment, by=an, text="x", at=timezone.now())] * MAX_COMMENTS
        Comment.objects.bulk_create(rows)
        with pytest.raises(TooMany) as refused:
            say(assessment, an, "one more")
        assert refused.value.limit == MAX_COMMENTS
        say(assessment, an, "about something else", "P1")
        assert assessment.comments.count() == MAX_COMMENTS + 1


class TestRemoving:
    def test_the_words_go_and_the_place_stays(self, assessment, an):
        comment, mark = say(assessment, an, "Not so", "P1"), event_count()
        remove_comment(comment=comment, by=an)
        assert said(assessment) == [("P1", an.pk, "")]
        [line] = comments_of(assessment, assessment.edition.items.get(code="P1"), an)
        assert (line.is_removed, line.text, line.name) == (True, "", an.name)
        plan = assessment.version.plan
        data = {"plan": plan.pk, "number": 1, "item": "P1"}
        assert events_since(mark) == [
            ("comment.removed", an.pk, "plans.comment", str(comment.pk), plan.zone_id, data)
        ]

    def test_twice_is_once(self, assessment, an):
        comment = say(assessment, an, "Not so")
        remove_comment(comment=comment, by=an)
        before, gone = stored(), Comment.objects.get()
        remove_comment(comment=comment, by=an)
        assert (stored(), Comment.objects.get().removed_at) == (before, gone.removed_at)

    def test_another_persons_words_stay(self, assessment, an):
        comment = say(assessment, an, "Mine")
        for by in (UserFactory(lead_of=assessment.version.plan.zone), None):
            with pytest.raises(rules.NotAllowed):
                remove_comment(comment=comment, by=by)
        assert said(assessment) == [(None, an.pk, "Mine")]


@pytest.mark.parametrize("who", NOT_EDITORS)
def test_who_may_not_edit_does_not_write(assessment, who):
    with pytest.raises(rules.NotAllowed):
        say(assessment, NOT_EDITORS[who](assessment.version.plan.zone), "Words")
    assert said(assessment) == []


def test_newest_last_and_each_where_it_belongs(assessment, an):
    for text, code in (("first", "P1"), ("elsewhere", "P2"), ("whole", None), ("second", "P1")):
        say(assessment, an, text, code)
    one = assessment.edition.items.get(code="P1")
    assert [line.text for line in comments_of(assessment, one, an)] == ["first", "second"]
    assert [line.text for line in comments_of(assessment, None, an)] == ["whole"]


def test_read_inside_only(assessment, an):
    say(assessment, an, "INSIDE")
    zone = assessment.version.plan.zone
    seen = {
        "reader": UserFactory(reader_of=zone),
        "successor": UserFactory(reader_of=ZoneFactory(predecessors=[zone])),
        "coordinator": UserFactory(cleared_coordinator_of="country"),
        "system": UserFactory(is_system_administrator=True),
        "other": UserFactory(lead_of=ZoneFactory()),
    }
    assert {who: len(comments_of(assessment, None, user)) for who, user in seen.items()} == {
        "reader": 1,
        "successor": 1,
        "coordinator": 0,
        "system": 0,
        "other": 0,
    }


def test_who_was_erased_is_named_no_more(assessment, an):
    say(assessment, an, "Words")
    erase_person(by=None, user=an)
    [line] = comments_of(assessment, None, UserFactory(reader_of=assessment.version.plan.zone))
    assert (line.name, line.text) == ("", "Words")


@pytest.mark.parametrize(
    "values", [{"text": " "}, {"removed_at": timezone.now()}, {"text": "", "removed_at": None}]
)
def test_the_database_holds_the_same_line(assessment, an, values):
    say(assessment, an, "Words")
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.update(**values)
