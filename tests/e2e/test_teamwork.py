"""A lead divides the work by keyboard and comments; the editor finds what is theirs and answers."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.e2e.people import make_zone, start_plan

WORDS = "Wie vraagt de cijfers op?"


@pytest.mark.e2e
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_the_work_is_divided_and_talked_about(open_page, site, has_script):
    lead, editor = make_zone(site, "zone_lead", "zone_editor")
    page = open_page(java_script_enabled=has_script)
    lead.sign_in(page)
    plan = start_plan(page)

    page.locator(f"main a[href='{plan}assignments/']").click()
    for code in ("P2", "P3"):
        page.locator(f"#tick-{code}").focus()
        page.keyboard.press("Space")
    page.locator("#id_person").select_option(label=editor.email)
    page.locator("#id_person").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".message--success")).to_contain_text(editor.email)
    expect(page.locator("#item-P3")).to_contain_text(editor.email)

    page.goto(f"{plan}items/P3/")
    page.locator("#id_text").fill(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{plan}items/P3/#comments")
    expect(page.locator(".comment")).to_have_count(1)
    if has_script:
        assert_accessible(page)

    other = open_page(java_script_enabled=has_script, viewport={"width": 390, "height": 844})
    editor.sign_in(other)
    other.goto(plan)
    other.locator("main a[href='?mine=1']").click()
    expect(other.locator("tbody[id^=item-]")).to_have_count(2)
    if has_script:
        assert_accessible(other)
    other.locator("#item-P3 .item-team a").click()
    other.wait_for_url(f"**{plan}items/P3/#comments")
    expect(other.locator(".comment__text")).to_have_text(re.compile(re.escape(WORDS)))
    other.locator("#id_text").fill("Ik, maandag.")
    other.locator("#comments form[action$='/comments/'] button").click()
    expect(other.locator(".comment")).to_have_count(2)
    own = other.locator(".comment").last
    own.locator("summary").click()
    own.locator("form button").click()
    expect(other.locator(".comment__removed")).to_have_count(1)
    expect(other.locator("main")).not_to_contain_text("Ik, maandag.")
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.e2e
def test_the_page_where_work_is_divided_has_no_barriers(page, site):
    (lead,) = make_zone(site, "zone_lead")
    lead.sign_in(page)
    plan = start_plan(page)
    page.goto(f"{plan}assignments/")
    assert_accessible(page)
    page.locator("main form .form-actions button").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert_accessible(page)
    page.locator("#tick-P1").check()
    page.locator("#id_person").select_option(index=1)
    page.locator("main form .form-actions button").click()
    expect(page.locator("#item-P1 .item-team")).to_be_visible()
    for path in ("assignments/", "?mine=1", "choices/?mine=1", "history/", "items/P1/"):
        page.goto(plan + path)
        assert_accessible(page)
