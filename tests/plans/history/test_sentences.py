"""Every event that is recorded has one readable line, with all its details, with some and with none."""

import re

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from plans.history_lines import SENTENCES
from plans.history_sentences import FIELD_WORDS, GROUP_LABELS, event_sentence, person_words
from plans.selectors.history import FORMER, GROUPS, OPERATOR, TOLD_OUTSIDE, TOLD_REVIEWERS, Entry, group_of
from plans.services.entries import KINDS
from tests.plans.history.recorded import recorded_names


def entry(event, data=None, **more):
    more = {"number": "", "kinds": {}, **more}
    return Entry(at=timezone.now(), event=event, person="An", is_named=True, data=data or {}, **more)


def said(event, data=None, **more):
    with translation.override("en"):
        return event_sentence(entry(event, data, **more))


def test_every_recorded_event_has_its_line_and_no_line_is_left_over():
    assert recorded_names() == set(SENTENCES)


def test_every_event_belongs_to_one_group():
    assert {event for event in SENTENCES if not group_of(event)} == set()
    subjects = [subject for subjects in GROUPS.values() for subject in subjects]
    assert sorted(subjects) == sorted({event.partition(".")[0] for event in SENTENCES})
    assert set(GROUPS) == set(GROUP_LABELS)


def test_only_known_events_are_told_outside_the_zone():
    assert set(SENTENCES) >= TOLD_OUTSIDE
    assert {group_of(event) for event in TOLD_OUTSIDE} == {"plan", "steps"}
    assert {event for event in SENTENCES if event.startswith("remark.")} == TOLD_REVIEWERS


def test_every_field_that_can_change_has_a_word():
    assert {field for kind in KINDS.values() for field in kind.fields} - set(FIELD_WORDS) == set()


@pytest.mark.parametrize("event", sorted(SENTENCES))
def test_the_bare_form_needs_no_detail(event):
    line = said(event)
    assert re.fullmatch(r"[A-Z][^%{}\n]+\.", line)
    with translation.override("en"):
        assert line == str(SENTENCES[event][-1])


@given(st.sampled_from(sorted(SENTENCES)), st.data())
def test_no_detail_leaves_a_hole(event, draw):
    details = {
        "number": 2,
        "document": 3,
        "item": "P1",
        "moved_from": draw.draw(st.sampled_from([None, "P2"])),
        "items": draw.draw(st.lists(st.sampled_from(["P1", "T1"]), max_size=2)),
        "fields": draw.draw(st.lists(st.sampled_from(["title", "no longer known"]), max_size=2)),
        "choices": draw.draw(st.dictionaries(st.sampled_from(["P1", "T1"]), st.just("retained"))),
        "kind": draw.draw(st.sampled_from(["addendum", "sent", "annex"])),
        "dated": "2026-11-24",
        "role": "zone_lead",
        "cycle": "2026-2031",
        "passages": 0,
    }
    known = draw.draw(st.sets(st.sampled_from(sorted(details))))
    line = said(event, {name: details[name] for name in known})
    assert line
    assert [hole for hole in ("%(", "None", "[", "  ", "\n") if hole in line] == []


@pytest.mark.parametrize(
    ("event", "data", "more", "expected"),
    [
        ("plan.imported", {"objectives": 3, "passages": 0, "replaced": True}, {},
         "A plan file was imported. Objectives: 3; passages: 0."),
        ("version.started", {"number": 2, "kind": "addendum"}, {}, "Version 2 was started (addendum)."),
        ("version.shared", {"number": 1, "editions": ["kiv"]}, {}, "Version 1 was shared for review."),
        ("step.recorded", {"kind": "sent", "dated": "2026-11-24"}, {},
         "A formal step was recorded: sent to the governor and the ministers on 24/11/2026."),
        ("objective.added", {"items": ["P1", "T2"]}, {"number": "3"},
         "Objective 3 was added; it names P1 and T2."),
        ("objective.changed", {"fields": ["title", "due"], "items": []}, {"number": "3"},
         "Objective 3 was changed: title and due date."),
        ("objective.changed", {"fields": [], "items": ["P1"]}, {}, "An objective was changed. It names P1."),
        ("action.changed", {"fields": [], "items": ["P1"]}, {}, "An action was changed. It names P1."),
        ("choices.saved", {"choices": {"P1": "retained", "T1": "retained"}}, {"kinds": {"T1": "theme"}},
         "Choices were saved: P1 retained and T1 applied."),
        ("choices.saved", {"choices": {f"P{n}": "retained" for n in range(1, 10)}}, {},
         "Choices were saved for P1, P2, P3, P4, P5, P6, P7, P8 and P9."),
        ("assignment.set", {"items": ["P1", "T1"], "user_id": 5}, {"concerns": "Bo"},
         "Assigned to Bo: P1 and T1."),
        ("assignment.set", {"items": ["P1"], "user_id": 5}, {"concerns": FORMER},
         "Assigned to a former user: P1."),
        ("assignment.cleared", {"items": ["P1"]}, {}, "No longer assigned to anybody: P1."),
        ("comment.added", {"item": "P1"}, {}, "A comment was made about P1."),
        ("comment.added", {}, {}, "A comment was made."),
        ("comment.removed", {"item": "P1"}, {}, "A comment about P1 was removed by its writer."),
        ("passage.accepted", {"document": 1, "item": "P1", "moved_from": None}, {},
         "A passage of document 1 was accepted for P1."),
        ("passage.accepted", {"document": 1, "item": "P1", "moved_from": "P3"}, {},
         "A passage of document 1, suggested for P3, was accepted for P1."),
        ("document.replaced", {"number": 1, "kept": 4, "added": 0, "gone": 2, "lost": 1}, {},
         "A new file took the place of document 1. Passages kept: 4; new: 0; gone: 2."),
        ("membership.added", {"user_id": 5, "role": "zone_editor"}, {"concerns": "Bo"},
         "Role given to Bo: editor."),
        ("person.erased", {"memberships": 1}, {"concerns": FORMER}, "A person was erased."),
        ("something.new", {}, {}, "Something else was recorded (something.new)."),
    ],
)  # fmt: skip
def test_what_is_said(event, data, more, expected):
    assert said(event, data, **more) == expected


def test_who_did_it():
    with translation.override("en"):
        assert person_words("An", is_named=True) == "An"
        assert person_words(OPERATOR, is_named=False) == "an operator"
        assert person_words(FORMER, is_named=False) == "a former user"
        assert person_words("operator", is_named=True) == "operator"


def test_a_date_that_is_none_is_left_out():
    assert said("step.recorded", {"kind": "sent", "dated": "no date"}) == "A formal step was recorded."
