"""The drawn reviews: every sort of them, about what is there to be read, in the plan's own language."""

from datetime import timedelta

from plans import scoring
from plans.fiction import read_phrases
from plans.fiction.reviews import hidden_items
from plans.scoring.review import review_item
from tests.plans.fiction.drawing import FOLDER, NOW, YEARS, courses
from tests.plans.fiction.test_plans import score

MONTH = timedelta(days=30)


def versions(cycle):
    """(course, version) of every version that was shared."""
    return [
        (course, version)
        for course in courses(cycle).values()
        if course
        for version in course.versions
        if version.shared_at
    ]


def reviewed():
    return [(course, version) for cycle in YEARS for course, version in versions(cycle) if version.review]


def test_how_far_reviews_are_in_each_cycle():
    """Shares of the shared versions; the bounds are wide enough for any honest draw, and no wider."""
    bounds = {
        "2020-2025": {"finished": (45, 75), "at work": (0, 0)},
        "2026-2031": {"finished": (18, 42), "at work": (22, 48)},
    }
    for cycle, expected in bounds.items():
        reviews = [version.review for _, version in versions(cycle)]
        counts = {
            "finished": sum(review is not None and review.finished_at is not None for review in reviews),
            "at work": sum(review is not None and review.finished_at is None for review in reviews),
        }
        for name, count in counts.items():
            assert expected[name][0] <= 100 * count / len(reviews) <= expected[name][1], (cycle, name)
    assert {
        version.review
        for course in courses("2026-2031").values()
        if course
        for version in course.versions
        if version.shared_at is None
    } == {None}


def test_remarks_of_every_sort_and_age_occur():
    remarks = [
        (remark, is_asked) for _, version in reviewed() for remark, is_asked in version.review.all_remarks()
    ]
    fates = {
        (is_asked, remark.answered_at is not None, remark.closed_at is not None)
        for remark, is_asked in remarks
    }
    assert fates == {
        (is_asked, *fate)
        for is_asked in (True, False)
        for fate in ((False, False), (True, False), (True, True))
    }
    ages = [NOW - remark.asked_at for remark, _ in remarks if remark.is_open]
    assert sum(age > MONTH for age in ages) >= 5
    assert sum(age < MONTH for age in ages) >= 3
    assert max(ages) < timedelta(days=365), "nobody waits for years"
    assert {remark.item is None for remark, _ in remarks} == {True, False}


def test_a_finished_review_has_read_everything_that_is_not_hidden():
    for course, version in reviewed():
        hidden = {code for code, choice in version.content.choices.items() if choice.item_confidential}
        readable = {item.item for item in score(course, version.content).items} - hidden
        read = [item.item for item in version.review.items] + list(version.review.confirmed)
        assert len(read) == len(set(read))
        assert set(read) <= readable
        assert (set(read) == readable) == (version.review.finished_at is not None)


def test_nothing_is_said_of_what_has_a_confidential_part():
    spoken = 0
    for _, version in reviewed():
        hidden = hidden_items(version.content)
        about = {item.item for item in version.review.items if item.judged or item.clarification}
        about |= {remark.item for remark in version.review.remarks}
        assert about & hidden == set()
        spoken += bool(hidden)
    assert spoken > 20, "plans with something to hide were reviewed too"


def test_judged_digits_change_what_is_there_and_levels_go_both_ways():
    directions = set()
    for course, version in reviewed():
        items = {item.item: item for item in score(course, version.content).items}
        for one in version.review.items:
            after = review_item(items[one.item], one.judgements())
            assert len(after.changed) == len(one.judged)
            assert [bool(judged.quote) for judged in one.judged] == [
                change.is_raised for change in after.changed
            ]
            assert all(judged.reason for judged in one.judged)
            directions.add((after.level > items[one.item].level) - (after.level < items[one.item].level))
    assert directions == {-1, 0, 1}


def test_clarifications_are_asked_of_motivations_in_the_language_of_the_plan():
    phrases = read_phrases(FOLDER)
    languages = set()
    for _, version in reviewed():
        mine = phrases[version.content.plan.language]
        for one in version.review.items:
            if one.clarification is None:
                continue
            choice = version.content.choices[one.item]
            assert choice.choice == scoring.Choice.NOT_RETAINED
            asked = {
                each.ask.format(name=mine.items[one.item].name): each.answer
                for each in mine.review.clarifications[choice.reason]
            }
            assert one.clarification.ask in asked
            assert one.clarification.answer in ("", asked[one.clarification.ask])
            languages.add(mine.language)
    assert languages == {"nl", "fr", "de"}


def test_moments_of_a_review_follow_each_other():
    for course, version in reviewed():
        later = [each.started_at for each in course.versions if each.started_at > version.shared_at]
        until = min([*later, NOW])
        review = version.review
        read = [review.opened_at, *(item.at for item in review.items), review.confirmed_at]
        moments = [version.shared_at, *read, review.finished_at or until, until]
        assert moments == sorted(moments)
        for remark, _ in review.all_remarks():
            told = [at for at in (remark.asked_at, remark.answered_at, remark.closed_at, until) if at]
            assert told == sorted(told)
            assert review.opened_at <= remark.asked_at


def test_examples_are_well_worked_out_and_hide_nothing():
    offered = 0
    for cycle in YEARS:
        for course in filter(None, courses(cycle).values()):
            shared = [version for version in course.versions if version.shared_at]
            assert (course.offered_at is None) == (course.examples == ())
            if not course.examples:
                continue
            last = shared[-1]
            assert last.shared_at < course.offered_at < NOW
            assert set(course.examples) & hidden_items(last.content) == set()
            is_finished = last.review is not None and last.review.finished_at is not None
            judged = {one.item: one.judgements() for one in last.review.items} if is_finished else {}
            levels = {
                item.item: review_item(item, judged.get(item.item, ())).level
                for item in score(course, last.content).items
            }
            assert [levels[code] for code in course.examples if levels[code] < 3] == []
            offered += len(course.examples)
    assert 40 < offered < 160
    assert any("P5" in course.examples for course in courses("2026-2031").values() if course)
