"""Carrying all plans over from a page: batch by batch, honest about how far it is, safe to repeat."""

import pytest
from django.urls import reverse

from plans.models import Assessment
from plans.selectors.leading_over import standing_of
from plans.services.versions import start_version
from plans.views import leading_over
from tests.factories.accounts import UserFactory
from tests.factories.framework import EditionFactory, publish
from tests.factories.plans import AssessmentFactory
from tests.plans.carrying.succeeding import CONTENT, follow, make_plan_to_carry
from tests.plans.carrying.test_carrying_pages import text_of
from tests.plans.services.versioning import stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def edition():
    """Three plans to carry over, one with a version after its shared one; one under another edition."""
    old = make_plan_to_carry().edition
    shared = AssessmentFactory(edition=old, is_shared=True, **CONTENT)
    start_version(version=shared.version, kind="addendum", reason="x", by=None)
    AssessmentFactory(edition=old)
    AssessmentFactory()
    return follow(old)


@pytest.fixture
def browser(client_of):
    return client_of(UserFactory(is_framework_administrator=True))


def address(edition):
    return reverse("plans:carrying_all", args=[edition.code])


def test_batch_by_batch(browser, edition, monkeypatch):
    monkeypatch.setattr(leading_over, "BATCH", 2)
    before = stored()
    page = browser.get(address(edition))
    assert stored() == before
    assert "0 of 3 plans" in text_of(page)
    assert "1 plan is checked against an edition that this one does not follow." in text_of(page)
    assert b"data-goes-on" not in page.content
    going = browser.post(address(edition), follow=True)
    assert "2 of 3 plans" in text_of(going)
    assert b"data-goes-on" in going.content
    done = browser.post(address(edition), follow=True)
    assert "3 of 3 plans" in text_of(done)
    assert "All plans that can go along are carried over." in text_of(done)
    assert b"data-goes-on" not in done.content
    assert Assessment.objects.filter(edition=edition).count() == 4
    before = stored()
    browser.post(address(edition))
    assert stored() == before, "a late click finds everything done"


def test_plans_of_cycles_that_are_over_are_told_apart(browser, edition, time_machine):
    time_machine.move_to("2026-12-01T12:00:00+01:00")
    assert "a cycle that is over" not in text_of(browser.get(address(edition)))
    AssessmentFactory(edition=edition.predecessor, cycle__first_year=2020)
    AssessmentFactory(cycle__first_year=2020)
    said = (
        "1 of them is a plan of a cycle that is over. "
        "It is carried over too, but nobody is asked to look at it."
    )
    for done in (0, 4):
        page = text_of(browser.get(address(edition)))
        assert f"{done} of 4 plans" in page
        assert said in page
        browser.post(address(edition))


def test_what_is_still_looked_at_waits(browser, edition):
    browser.post(address(edition))
    last = EditionFactory(code="last", predecessor=edition, items=("N1",))
    publish(last)
    standing = standing_of(last)
    assert (standing.todo, standing.done, standing.waiting, standing.elsewhere) == ((), 0, 3, 1)
    assert "3 plans wait: their zones still look at the edition before." in text_of(
        browser.get(address(last))
    )


def test_without_plans(browser):
    old = EditionFactory(items=("A1",), published=True)
    edition = EditionFactory(items=("N1",), predecessor=old, published=True)
    assert "There is no plan to carry over." in text_of(browser.get(address(edition)))


@pytest.mark.parametrize("more", [{}, {"archived": True}, {"published": True, "predecessor": None}])
def test_only_a_published_edition_that_follows_another(browser, more):
    old = EditionFactory(items=("A1",), published=True)
    edition = EditionFactory(items=("N1",), **({"predecessor": old} | more))
    assert [getattr(browser, method)(address(edition)).status_code for method in ("get", "post")] == [
        404,
        404,
    ]


def test_queries(browser, django_assert_num_queries):
    for times in (1, 3):
        old = EditionFactory(
            code=f"old-{times}", items=("A1", "A2", "A3", "A4"), themes=("B1", "B2"), published=True
        )
        for _plan in range(times):
            AssessmentFactory(edition=old)
        edition = follow(old, code=f"new-{times}")
        browser.get(address(edition))
        with django_assert_num_queries(6):
            browser.get(address(edition))
