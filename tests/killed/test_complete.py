"""Every service that changes what is stored is killed in some story: a new one without a story fails here."""

from collections import Counter

from tests.killed import acts
from tests.killed.stories import STORIES

IN_STORIES = {acts.name_of(act.service) for story in STORIES for act in story.acts}


def test_every_act_is_killed_in_a_story_or_has_a_reason_not_to_be():
    excused = Counter(name for names in acts.WITHOUT_STORY.values() for name in names.split())
    assert set(excused.values()) == {1}
    assert IN_STORIES.isdisjoint(excused)
    assert acts.find_acts() == IN_STORIES | set(excused)


def test_what_only_reads_is_no_act():
    every = {acts.name_of(function) for function in acts.functions()}
    assert {
        "plans.services.scores.differences",
        "kiv.accounts.services.erasing.find_erasure",
        "plans.services.documents.add_document",
        "kiv.audit.services.seal_events",
    } <= every
    assert acts.find_acts() & {
        "plans.services.scores.differences",
        "kiv.accounts.services.erasing.find_erasure",
        "plans.services.documents.add_document",
        "kiv.audit.services.seal_events",
    } == {"plans.services.documents.add_document", "kiv.audit.services.seal_events"}
