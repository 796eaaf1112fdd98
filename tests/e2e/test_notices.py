"""Notices, deadlines and mail in a browser: without a barrier, without script, and sent by the command."""

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.e2e.people import demo_person, make_zone


@pytest.mark.e2e
def test_one_chooses_notices_on_a_phone_without_script(open_page, site):
    (lead,) = make_zone(site, "zone_lead")
    page = open_page(viewport={"width": 320, "height": 900}, java_script_enabled=False)
    lead.sign_in(page, "en")
    page.goto("/people/me/")
    page.locator("a[href='/people/me/notices/']").click()
    never = page.locator("input[name=remark][value=never]")
    expect(never).not_to_be_checked()
    never.check()
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".message--success")).to_be_visible()
    expect(never).to_be_checked()


@pytest.mark.e2e
def test_the_pages_of_notices_and_deadlines_have_no_barriers(page, site):
    demo_person("system").sign_in(page, "en")
    assert "mails sent" in site.manage("send_notices")
    for path in (
        "/cycles/",
        "/cycles/1/deadlines/new/",
        "/mails/",
        "/people/me/notices/",
        "/people/?unused=1",
    ):
        assert page.goto(path).status == 200
        assert_accessible(page)
    page.goto("/cycles/1/deadlines/new/")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert_accessible(page)
