"""Derived and reviewed levels stand beside each other wherever a level is used, once a review is finished."""

import pytest

from plans.reports.comparison import compare_versions
from plans.reports.plan_chapters import chapters_of
from plans.selectors.check import check_of
from plans.selectors.disclosure import reader_of
from plans.services.concluding import reopen_review
from plans.services.versions import start_version
from tests.plans import cast
from tests.plans.review.pages import text_of
from tests.plans.review.reading import KNOWN, Reviewed, judged

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def plan_once(once_per_module):
    return once_per_module(make_reviewed)


def make_reviewed():
    made = Reviewed(language="en")
    made.review("P1", judged("A", 1, reason="Only a title", quote="QUOTED"))
    made.read(*KNOWN)
    return made


@pytest.fixture
def client_of(client_of):
    return cast.in_english(client_of)


def reviewed(plan, user) -> dict[str, int | None]:
    check = check_of(plan.assessment, reader_of(user, plan.made.version.plan))
    return {row.item.code: row.reviewed and row.reviewed.level for row in check.rows if not row.is_hidden}


def test_the_check_has_both_from_finishing_until_it_is_taken_up_again(plan):
    nothing = dict.fromkeys(KNOWN)
    assert reviewed(plan, plan.reviewer) == nothing
    plan.finish()
    levels = {code: plan.score(code).level for code in KNOWN}
    assert reviewed(plan, plan.reviewer) == levels | {"P1": 2}
    # What is wholly confidential is reviewed by nobody.
    assert reviewed(plan, plan.editor) == levels | {"P1": 2, "T2": None}
    row = check_of(plan.assessment, reader_of(plan.editor, plan.made.version.plan)).row("P1")
    assert (row.level, row.digits["A"], row.reviewed.digits["A"], row.reviewed.objective) == (4, 2, 1, "1")
    reopen_review(version=plan.assessment.version, by=plan.reviewer)
    assert reviewed(plan, plan.reviewer) == nothing


def test_the_pages_of_check_and_item_say_both_without_a_reviewers_name(plan, client_of):
    base = f"/plans/{plan.made.version.plan_id}/"
    for person in (plan.editor, plan.reviewer):
        client = client_of(person)
        assert "reviewed--other" not in text_of(client, base)
        assert "Only a title" not in text_of(client, f"{base}items/P1/")
    plan.finish()
    for person in (plan.editor, plan.reviewer):
        client = client_of(person)
        assert text_of(client, base).count("reviewed--other") == 1
        text = text_of(client, f"{base}items/P1/")
        assert [words in text for words in ("After review", "Only a title", "QUOTED")] == [True] * 3
    assert plan.reviewer.name not in text_of(client_of(plan.editor), f"{base}items/P1/")


def test_a_level_that_review_confirmed_is_said_once_with_a_mark(plan, client_of):
    base = f"/plans/{plan.made.version.plan_id}/"
    client = client_of(plan.editor)
    assert "confirmed in review" not in text_of(client, base)
    plan.finish()
    # P1 was changed, T2 is not reviewed: P2, P3 and T1 stand as they were derived.
    assert text_of(client, base).count("confirmed in review") == 3
    assert "confirmed in review" in text_of(client, f"{base}items/T1/")
    assert "confirmed in review" not in text_of(client, f"{base}items/P1/")
    text = text_of(client_of(plan.reviewer), f"/coverage/items/T1/?edition={plan.made.edition.code}")
    assert "confirmed in review" in text


def test_advice_follows_the_reviewed_digits_and_leads_to_the_reason(plan, client_of):
    """P1 stands at level 4 and asks nothing, until the review gives its actions 1 instead of 2."""

    def steps(user, code="P1"):
        check = check_of(plan.assessment, reader_of(user, plan.made.version.plan))
        return [(step.kind, step.criterion, step.objective, step.level) for step in check.row(code).advice]

    unchanged = steps(plan.editor, "P2")
    assert steps(plan.editor) == []
    plan.finish()
    assert steps(plan.editor) == steps(plan.reviewer) == [("as_reviewed", "A", "1", 3)]
    # What the review did not change keeps its derived advice.
    assert steps(plan.editor, "P2") == unchanged
    base = f"/plans/{plan.made.version.plan_id}/"
    link = f'<a href="{base}items/P1/#level-title">Objective 1, actions: do what the review asks.</a>'
    for address in (base, f"{base}items/P1/"):
        assert text_of(client_of(plan.editor), address).count(link) == 1
    reopen_review(version=plan.assessment.version, by=plan.reviewer)
    assert steps(plan.editor) == []


def test_the_chapters_say_both(plan):
    def levels(user) -> list[tuple[str, str, str]]:
        chapters = chapters_of(plan.assessment, reader_of(user, plan.made.version.plan))
        (alignment,) = (chapter for chapter in chapters.chapters if chapter.key == "alignment")
        return [
            (row.code, cell[-1].text, cell[-1].note)
            for table in alignment.tables
            for row, cells in table.lines
            for label, cell in cells
            if label == "Level" and cell
        ]

    assert ("P1", "Followed up", "") in levels(plan.editor)
    plan.finish()
    for person in (plan.editor, plan.reviewer):
        assert ("P1", "Followed up", "after review: objective and action") in levels(person)
        assert ("T1", "Mentioned", "confirmed in review") in levels(person)


def test_a_comparison_says_both_and_is_moved_by_the_derived_one_only(plan, client_of):
    plan.finish()
    start_version(version=plan.assessment.version, kind="addendum", reason="More", by=plan.lead)
    older, newer = plan.made.version.plan.versions.order_by("number")
    reader = reader_of(plan.editor, plan.made.version.plan)
    comparison = compare_versions(older, newer, reader=reader, user=plan.editor)
    assert comparison.moved == ()
    assert [(move.item.code, move.reviewed.old, move.reviewed.new) for move in comparison.movement][0] == (
        "P1",
        2,
        None,
    )
    address = f"/plans/{plan.made.version.plan_id}/versions/compare/?from=1&to=2"
    text = text_of(client_of(plan.editor), address)
    assert "The review of version 1 saw another level on 1 item: P1." in text
    # Once beside the item it saw otherwise, and beside no other.
    assert text.count("review of version 1:") == 1


def test_the_list_of_plans_says_that_a_plan_is_reviewed(plan, client_of):
    client = client_of(plan.reviewer)

    def statuses(query: str = "") -> list[str]:
        return [one.shared_status for one in client.get(f"/plans/{query}").context["page"]]

    assert (statuses(), statuses("?status=reviewed")) == (["shared"], [])
    plan.finish()
    assert (statuses(), statuses("?status=reviewed"), statuses("?status=shared")) == (
        ["reviewed"],
        ["reviewed"],
        [],
    )
