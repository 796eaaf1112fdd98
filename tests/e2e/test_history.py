"""The history in a browser: readable on a phone, narrowed and taken along as a file, also without script."""

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.e2e.people import make_zone, start_plan


@pytest.mark.e2e
@pytest.mark.parametrize("has_script", [True, False])
def test_a_history_is_narrowed_and_taken_along(open_page, site, has_script):
    (lead,) = make_zone(site, "zone_lead")
    page = open_page(viewport={"width": 320, "height": 900}, java_script_enabled=has_script)
    lead.sign_in(page, "en")
    plan = start_plan(page)
    page.goto(f"{plan}history/")
    rows = page.locator("table tbody tr")
    expect(rows).to_have_count(1)
    if has_script:
        assert_accessible(page)
    width = page.evaluate("document.documentElement.scrollWidth") if has_script else 320
    assert width <= 320
    page.get_by_label("About").select_option("documents")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(rows).to_have_count(0)
    page.locator("form .button--quiet").click()
    expect(rows).to_have_count(1)
    with page.expect_download() as download:
        page.locator("a[href*='history.csv']").click()
    assert download.value.suggested_filename.endswith(".csv")
