"""A zone begins its next plan with a copy of what still holds of the one before."""

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.e2e.people import PLAN, make_zone, start_plan
from tests.e2e.test_versions import add_objective


def look_for_barriers(page, *, has_script: bool) -> None:
    """axe is itself a script."""
    if has_script:
        assert_accessible(page)


def start_earlier_plan(page) -> str:
    page.goto("/plans/new/")
    page.locator("#id_cycle").select_option(label="2020-2025")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(PLAN)
    return PLAN.search(page.url)[0]


@pytest.mark.e2e
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_the_next_plan_begins_with_a_copy(open_page, site, has_script):
    (editor,) = make_zone(site, "zone_editor")
    page = open_page(java_script_enabled=has_script)
    editor.sign_in(page, "en")
    earlier = start_earlier_plan(page)
    for title in ("Drugs aan scholen", "Inbraken", "Fietsen"):
        page.goto(f"{earlier}objectives/")
        page.locator("#quick-title").fill(title)
        page.locator("#quick-item").select_option("P3")
        page.locator("#quick-add button[type=submit]").click()
        expect(page.locator("#objectives")).to_contain_text(title)

    plan = start_plan(page)
    page.locator(f"main a[href='{plan}copy/']").click()
    button = page.locator("main form button[type=submit]")
    boxes = page.locator("main input[name=objectives]")
    expect(boxes).to_have_count(3)
    expect(button).to_have_text("Copy 3 entries" if has_script else "Copy what is ticked")
    look_for_barriers(page, has_script=has_script)
    boxes.nth(1).uncheck()
    expect(button).to_have_text("Copy 2 entries" if has_script else "Copy what is ticked")
    button.click()
    page.wait_for_url(f"**{plan}objectives/**")
    expect(page.locator("#objectives > li")).to_have_count(2)
    expect(page.locator("#objectives")).not_to_contain_text("Inbraken")
    look_for_barriers(page, has_script=has_script)

    page.goto(f"{plan}copy/")
    expect(boxes).to_have_count(1)
    look_for_barriers(page, has_script=has_script)


@pytest.mark.e2e
def test_a_phone_shows_the_copy_without_scrolling_sideways(open_page, site):
    (editor,) = make_zone(site, "zone_editor")
    page = open_page(viewport={"width": 320, "height": 640})
    editor.sign_in(page)
    earlier = start_earlier_plan(page)
    add_objective(page, earlier, "Verkeersonveiligheidsbestrijdingsmaatregelen", "P9")
    plan = start_plan(page)
    page.goto(f"{plan}copy/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{plan}objectives/**")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
