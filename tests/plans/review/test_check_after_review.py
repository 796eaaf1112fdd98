"""The zone's first screen after a review: what came of it, in one line, and what to do next."""

import re

import pytest

from plans.services.remarks import answer_remark, close_remark, write_remark
from plans.services.versions import start_version
from tests.plans import cast
from tests.plans.choosing import decide
from tests.plans.review.reading import KNOWN, Reviewed, judged
from tests.plans.services.versioning import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def plan_once(once_per_module):
    return once_per_module(make_reviewed)


def make_reviewed():
    made = Reviewed(language="en")
    made.review("P1", judged("A", 1, reason="Only a title"))
    made.confirm(*KNOWN)
    return made


@pytest.fixture
def client_of(client_of):
    return cast.in_english(client_of)


def remark(plan, item: str | None = "P2"):
    return write_remark(assessment=plan.assessment, item=item, text="Why so?", by=plan.reviewer)


def address(plan) -> str:
    return f"/plans/{plan.made.version.plan_id}/"


def review_line(client, plan, query: str = "") -> str:
    """The words of the line about the review; empty when there is none."""
    html = client.get(address(plan) + query).content.decode()
    found = re.search(r'<p class="check-review">(.*?)</p>', html, re.S)
    return " ".join(re.sub(r"<[^>]*>", "", found[1]).split()) if found else ""


def next_links(client, plan) -> list[tuple[str, str, bool]]:
    """(address, words, is it the primary one) of what the page offers next."""
    html = client.get(address(plan)).content.decode()
    (block,) = re.findall(r'<div class="standing__next">(.*?)</div>', html, re.S) or [""]
    links = re.findall(r'<a ([^>]*)href="([^"]*)">(.*?)</a>', block, re.S)
    plain = ((where, re.sub(r"<[^>]*>", "", words), kind) for kind, where, words in links)
    return [(where, " ".join(words.split()), "button--primary" in kind) for where, words, kind in plain]


@pytest.mark.parametrize("role", ["lead", "editor"])
def test_one_line_says_what_came_of_it_and_the_next_step_is_offered(plan, client_of, role):
    answered, _open = remark(plan), remark(plan, None)
    answer_remark(remark=answered, text="Because", by=plan.lead)
    client = client_of(getattr(plan, role))
    assert review_line(client, plan) == ""
    plan.finish()
    line = review_line(client, plan)
    assert re.fullmatch(
        r"Reviewed on [0-9/]{10}: 1 remark to answer · 1 answered remark · another level on 1 item", line
    )
    html = client.get(address(plan)).content.decode()
    review = f"{address(plan)}review/"
    assert [f'href="{review}{anchor}"' in html for anchor in ("#remarks", "#changed")] == [True, True]
    assert next_links(client, plan) == [
        (f"{review}#remarks", "Answer 1 remark", True),
        (START.format(address(plan)), "Start a new version with what the review asks", False),
    ]


START = "{}versions/new/?because=review"


def test_without_an_open_remark_a_new_version_is_the_next_step(plan, client_of):
    asked = remark(plan)
    answer_remark(remark=asked, text="Because", by=plan.lead)
    plan.finish()
    close_remark(remark=asked, by=plan.reviewer)
    client = client_of(plan.lead)
    assert review_line(client, plan).endswith(": no remark to answer · another level on 1 item")
    link = START.format(address(plan))
    assert next_links(client, plan) == [(link, "Start a new version with what the review asks", True)]
    assert client.get(link).context["form"]["reason"].value() == "What the review of version 1 asks."


def test_a_review_that_asks_nothing_says_so_and_offers_nothing(client_of):
    plan = Reviewed(language="en")
    plan.confirm(*KNOWN)
    plan.finish()
    client = client_of(plan.lead)
    assert review_line(client, plan).endswith(": no remark to answer · the same level on every item")
    assert next_links(client, plan) == []


def test_the_line_stays_while_the_next_version_is_made(plan, client_of):
    remark(plan)
    plan.finish()
    start_version(version=plan.assessment.version, kind="addendum", reason="More", by=plan.lead)
    client = client_of(plan.editor)
    assert review_line(client, plan).startswith("Version 1 was reviewed on ")
    assert not any("because=review" in where for where, _words, _is_primary in next_links(client, plan))
    # T1 is still open; once it is decided the lead can share, and is reminded of what the review asks.
    decide(fresh(plan.latest.assessments.get()), plan.lead, "T1", "retained")
    assert next_links(client_of(plan.lead), plan) == [
        (f"{address(plan)}share/", "Share for review", True),
        (f"{address(plan)}review/", "see what the review of version 1 asks", False),
    ]
    # Reading the older version is not the first screen.
    assert review_line(client, plan, "?version=1") == ""


def test_readers_of_the_zone_read_the_line_and_are_offered_nothing(plan, client_of):
    remark(plan)
    plan.finish()
    reader = cast.Cast(plan.zone).reader
    assert "1 remark to answer" in review_line(client_of(reader), plan)
    assert next_links(client_of(reader), plan) == []
    # Outside the zone it is not said here: reviewers have their own tab.
    assert review_line(client_of(plan.reviewer), plan) == ""


@pytest.mark.parametrize("remarks", [1, 3])
def test_the_page_costs_the_same_however_much_the_review_asks(
    plan, client_of, django_assert_num_queries, remarks
):
    for _number in range(remarks):
        remark(plan)
    plan.finish()
    client = client_of(plan.lead)
    # Of these one each for accepted passages and own priorities, which most plans do not have.
    with django_assert_num_queries(12):
        client.get(address(plan))
