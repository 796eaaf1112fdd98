"""Every service that changes what is stored is killed in some story: a new one without a story fails here."""

import pytest

from kiv.accounts.services.erasing import find_erasure
from plans.mail.sending import send_mails
from plans.services.documents import add_document
from plans.services.scores import differences
from plans.services.suggesting import suggest_for_document
from tests.killed.acts import WITHOUT_STORY, find_acts, name_of
from tests.killed.stories import STORIES


def test_every_act_is_killed_in_a_story_or_has_a_reason_not_to_be():
    in_stories = {name_of(act.service) for story in STORIES for act in story.acts}
    excused = [name for names in WITHOUT_STORY.values() for name in names.split()]
    assert sorted(find_acts()) == sorted([*in_stories, *excused])


@pytest.mark.parametrize(
    ("function", "is_act"),
    [
        (add_document, True),
        (suggest_for_document, True),  # writes by another function only
        (send_mails, True),  # takes no `by`, writes by a private function only
        (differences, False),
        (find_erasure, False),
    ],
)
def test_an_act_is_told_from_what_only_reads(function, is_act):
    assert (name_of(function) in find_acts()) == is_act
