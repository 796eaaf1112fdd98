"""The drawn plans: always the same, as common things are in real lists, and each in its zone's language."""

import os
import subprocess
import sys
from collections import Counter

from plans import scoring
from plans.fiction import language_of, read_data, read_phrases
from plans.planformat import scoring_input
from plans.scoring import Choice
from tests.plans.fiction.drawing import EDITIONS, FOLDER, NOW, ROOT, YEARS, courses, digest, places


def plans(cycle):
    return [course for course in courses(cycle).values() if course]


def last_versions():
    return [(course, course.versions[-1].content) for cycle in YEARS for course in plans(cycle)]


def score(course, content):
    return scoring.score_plan(scoring_input(content, EDITIONS[course.edition]))


def test_another_process_draws_the_same():
    done = subprocess.run(
        [sys.executable, "-m", "tests.plans.fiction.drawing"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == digest()


def test_no_two_zones_have_the_same_plan():
    contents = [content.model_copy(update={"plan": None}) for _, content in last_versions()]
    assert len({repr(content) for content in contents}) == len(contents)


def test_how_the_zones_stand_in_each_cycle():
    """Shares of 176 zones; the bounds are wide enough for any honest draw, and no wider."""
    bounds = {
        "2020-2025": {"none": (2, 14), "preparation": (1, 12), "addendum": (8, 28), "older": (110, 150)},
        "2026-2031": {"none": (12, 32), "preparation": (24, 48), "addendum": (6, 26), "older": (1, 15)},
    }
    for cycle, expected in bounds.items():
        made = plans(cycle)
        counts = {
            "none": len(places()) - len(made),
            "preparation": sum(course.versions[0].shared_at is None for course in made),
            "addendum": sum(len(course.versions) == 2 for course in made),
            "older": sum(course.edition == "kiv-2016-2019" for course in made),
        }
        outside = {
            name: count
            for name, count in counts.items()
            if not expected[name][0] <= count <= expected[name][1]
        }
        assert outside == {}, cycle
    late = [course for cycle in YEARS for course in plans(cycle) if len(course.versions) == 2]
    assert {course.versions[1].shared_at is None for course in late} == {True, False}


def test_items_are_retained_as_often_as_in_real_lists():
    """Within seven points of a hundred of the lists counted in DOMAIN; plans in preparation left out."""
    data = read_data(FOLDER)
    shared = [content for course, content in last_versions() if course.versions[0].shared_at]
    for code, count in data.retained.items():
        retained = [
            content.choices[code].choice == Choice.RETAINED for content in shared if code in content.choices
        ]
        percent = 100 * sum(retained) / len(shared)
        assert abs(percent - 100 * count / data.lists) <= 7, code


def test_every_state_and_level_occurs_in_both_cycles():
    for cycle in YEARS:
        items = [item for course in plans(cycle) for item in score(course, course.versions[-1].content).items]
        states, levels = Counter(item.state for item in items), Counter(item.level for item in items)
        assert {state for state, count in states.items() if count > 100} == set(scoring.State)
        assert {level for level, count in levels.items() if count > 50} == {0, 1, 2, 3, 4}
        looks = {reason for item in items for reason in item.worth_a_look}
        assert looks == {
            scoring.LookReason.RETAINED_WITHOUT_OBJECTIVE,
            scoring.LookReason.NOT_RETAINED_BUT_ELABORATED,
            scoring.LookReason.REGULAR_WITHOUT_LINE,
        }
        assert max(item.reach or 0 for item in items) >= 2


def test_gaps_on_rare_items_are_the_normal_case():
    """Open on the items that hardly any list names, hardly ever on those that nearly all name."""
    opened = Counter()
    for course, content in last_versions():
        opened.update(item.item for item in score(course, content).items if item.state == scoring.State.OPEN)
    assert min(opened[code] for code in ("P2", "P4", "T3", "T4", "T5")) > 100
    assert max(opened[code] for code in ("P3", "P9")) < 40


def test_confidential_parts_of_every_sort_occur():
    contents = [content for _, content in last_versions()]
    choices = [choice for content in contents for choice in content.choices.values()]
    objectives = [objective for content in contents for objective in content.objectives]
    assert 10 < sum(choice.item_confidential for choice in choices) < 60
    assert 20 < sum(choice.confidential for choice in choices) < 150
    assert any(objective.confidential for objective in objectives)
    assert any(action.confidential for one in objectives if not one.confidential for action in one.actions)
    assert any(not objective.items for objective in objectives), "an own priority"


def test_each_plan_is_in_the_language_of_its_zone():
    phrases = read_phrases(FOLDER)
    spoken = {place.key: place.languages for place in places()}
    seen = Counter()
    for cycle in YEARS:
        for place in places():
            course = courses(cycle)[place.key]
            if course is None:
                continue
            content = course.versions[-1].content
            own = language_of(place, phrases)
            assert own in spoken[place.key]
            assert content.plan.language == own
            words = {word for item in phrases[own].items.values() for word in item.regular}
            told = {choice.line for choice in content.choices.values() if choice.choice == Choice.REGULAR}
            assert told <= {"", *words}
            assert content.plan.name.endswith({"nl": "(fictief)", "fr": "(fictif)", "de": "(fiktiv)"}[own])
            seen[len(place.languages), own] += 1
    assert set(seen) == {(1, "nl"), (1, "fr"), (1, "de"), (2, "nl"), (2, "fr")}


def test_an_addendum_is_the_plan_before_it_and_one_item_more():
    late = [course for cycle in YEARS for course in plans(cycle) if len(course.versions) == 2]
    for course in late:
        before, after = (version.content for version in course.versions)
        changed = {code for code in after.choices if after.choices[code] != before.choices.get(code)}
        assert [after.choices[code].choice for code in changed] == [Choice.RETAINED]
        titles = [objective.number + objective.title for objective in after.objectives]
        assert titles[: len(before.objectives)] == [
            objective.number + objective.title for objective in before.objectives
        ]
        assert course.versions[1].reason


def test_moments_follow_each_other_and_lie_in_the_past():
    for cycle in YEARS:
        for course in plans(cycle):
            moments = [
                moment
                for version in course.versions
                for moment in (version.started_at, version.changed_at, version.shared_at)
                if moment
            ]
            assert moments == sorted(moments)
            assert moments[-1] < NOW
    shared = {course.versions[0].shared_at for course in plans("2026-2031")} - {None}
    assert (max(shared) - min(shared)).days > 150
