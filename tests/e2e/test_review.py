"""Shared, questioned, answered, reviewed: zone and coordinator, with scripts, without, and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.e2e.people import make_zone, start_plan
from tests.e2e.test_versions import add_objective, share

ITEMS = 15


@pytest.fixture
def shared(site):
    """`shared(zone_page, reviewer_page)`: a shared plan with an objective on P3; both people signed in."""

    def make(zone, reviewer) -> str:
        lead, coordinator = make_zone(site, "zone_lead", "coordinator")
        lead.sign_in(zone)
        plan = start_plan(zone)
        add_objective(zone, plan, "Drugs aan scholen", "P3")
        zone.goto(f"{plan}choices/")
        zone.locator("#id_P4-choice").select_option("not_retained")
        zone.locator("#id_P4-reason").select_option("other")
        zone.locator("#id_P4-line").fill("Opgenomen door een andere dienst.")
        zone.locator("main form .form-actions button[type=submit]").first.click()
        zone.wait_for_load_state()
        share(zone, plan)
        coordinator.sign_in(reviewer)
        return plan

    return make


def send(page, selector: str) -> None:
    """Press a button that posts, and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(selector).first.click()


@pytest.mark.e2e
@pytest.mark.each_database
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_from_shared_to_reviewed(open_page, shared, has_script):
    zone, reviewer = (open_page(java_script_enabled=has_script) for _each in range(2))
    plan = shared(zone, reviewer)
    review = f"{plan}review/"

    # The queue leads to the plan, the plan to its first item.
    reviewer.goto("/review/")
    if has_script:
        assert_accessible(reviewer)
    send(reviewer, f"main a[href='{review}']")
    send(reviewer, ".standing__next a.button--primary")
    assert reviewer.url.endswith(f"{review}items/P1/")
    # A double click is one step. Without scripts the second one breaks off the answer to the first, which is
    # an error to `wait_for_url`: the address is asked until it is right.
    reviewer.locator("button[value=confirm]").dblclick()
    expect(reviewer).to_have_url(re.compile(rf"{review}items/P2/$"))

    # A criterion is changed: what is typed stays when something lacks.
    reviewer.goto(f"{review}items/P3/")
    reviewer.locator(".review-form summary").click()
    reviewer.locator("#id_digit_G").select_option("0")
    if has_script:
        assert_accessible(reviewer)
    send(reviewer, "button[value=save]")
    expect(reviewer.locator("#id_digit_G")).to_have_value("0")
    reviewer.locator("#id_reason_G").fill("Dit is enkel een titel.")
    send(reviewer, "button[value=save]")
    assert reviewer.url.endswith(f"{review}items/P4/")

    # A motivation is questioned; the zone finds its way from the check page and answers.
    reviewer.locator("input[name=motivation][value=clarification]").check()
    reviewer.locator("#id_clarification").fill("Welke dienst?")
    send(reviewer, "button[value=confirm]")
    zone.goto(plan)
    zone.locator(f"a[href='{review}#clarification-P4']").first.click()
    zone.wait_for_url(f"**{review}#clarification-P4")
    if has_script:
        assert_accessible(zone)
    zone.locator("#clarification-P4 textarea").fill("De dienst Welzijn.")
    send(zone, "#clarification-P4 button[value=answer]")
    expect(zone.locator("#clarification-P4")).to_contain_text("De dienst Welzijn.")
    assert "Dit is enkel een titel." not in zone.locator("main").inner_text()

    # The rest is confirmed at once; then the review is finished.
    reviewer.goto(review)
    send(reviewer, "#clarification-P4 button[value=close]")
    for box in reviewer.locator("input[name=items]").all():
        box.check()
    reviewer.locator(f"form[action='{review}confirm/'] button[type=submit]").dblclick()
    expect(reviewer.locator(f"form[action='{review}finish/']")).to_be_visible()
    assert reviewer.url.endswith(review)
    if has_script:
        assert_accessible(reviewer)
    send(reviewer, f"form[action='{review}finish/'] button")

    zone.goto(review)
    expect(zone.locator("#changed-P3")).to_contain_text("Dit is enkel een titel.")
    if has_script:
        assert_accessible(zone)
    zone.goto(plan)
    expect(zone.locator(".reviewed")).to_have_count(ITEMS)
    expect(zone.locator("#item-P3 .reviewed--other .level__mark")).to_have_text("0")
    if has_script:
        assert_accessible(zone)


@pytest.mark.e2e
def test_the_keyboard_confirms_opens_and_goes_on(open_page, shared):
    zone, page = open_page(), open_page()
    review = f"{shared(zone, page)}review/"
    page.goto(f"{review}items/P1/")
    for key, code in (("n", "P2"), ("p", "P1"), ("c", "P2"), ("c", "P3")):
        assert page.evaluate("document.activeElement.id") == "first"
        with page.expect_navigation():
            page.keyboard.press(key)
        assert page.url.endswith(f"{review}items/{code}/")
    page.keyboard.press("o")
    expect(page.locator("#id_digit_G")).to_be_visible()
    # Only a digit that differs asks for a reason.
    expect(page.locator("#id_reason_G")).to_be_hidden()
    page.locator("#id_digit_G").select_option("2")
    expect(page.locator("#id_reason_G")).to_be_visible()
    # Keys are letters again where one types.
    page.locator("#id_reason_G").press_sequentially("concept")
    expect(page.locator("#id_reason_G")).to_have_value("concept")
    assert page.url.endswith(f"{review}items/P3/")
