"""The main job in a browser: a plan of five one-word priorities, five motivations, and the reasons."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.e2e.people import make_zone, start_plan

PRIORITIES = {"Drugs": "P3", "Verkeer": "P9", "Inbraken": "P7", "Overlast": "P10", "Digitalisering": "own"}
NOT_RETAINED = ["P2", "P4", "T3", "T4", "T5"]


def enter_objectives(page, plan: str) -> None:
    page.goto(f"{plan}objectives/")
    for count, (title, item) in enumerate(PRIORITIES.items(), start=1):
        page.locator("#quick-title").fill(title)
        page.locator("#quick-item").select_option(item)
        page.locator("#quick-add button[type=submit]").click()
        expect(page.locator("#objectives > li")).to_have_count(count)


def motivate_together(page, plan: str) -> None:
    """One reason and one line for five ticked rows, one Save."""
    page.goto(f"{plan}choices/")
    for code in NOT_RETAINED:
        page.locator(f"#item-{code} input[name=ticked_rows]").check()
    ticked = page.locator("#ticked")
    ticked.locator("select").nth(0).select_option("not_retained")
    ticked.locator("select").nth(1).select_option("no_phenomenon")
    ticked.locator("textarea").fill("Minder dan drie feiten per jaar (bron: ANG).")
    page.locator(".form-actions button[type=submit]").click()
    expect(page.locator(".message--success")).to_be_visible()


def confirm_what_the_plan_shows(page, plan: str) -> None:
    page.goto(plan)
    page.locator(".standing__next form button").click()
    page.wait_for_url(f"**{plan}")


def shown_states(page) -> dict[str, str]:
    """Code → choice as the check page shows it, by the class of its chip."""
    return {
        row.get_attribute("id").removeprefix("item-"): re.search(
            r"chip--choice-(\w+)", row.locator(".chip").first.get_attribute("class")
        )[1]
        for row in page.locator("table.check tbody").all()
    }


@pytest.mark.e2e
@pytest.mark.each_database
@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_a_plan_is_entered_motivated_and_read(open_page, site, language, has_script):
    (lead,) = make_zone(site, "zone_lead")
    page = open_page(java_script_enabled=has_script)
    lead.sign_in(page, language)
    plan = start_plan(page)
    enter_objectives(page, plan)
    motivate_together(page, plan)
    confirm_what_the_plan_shows(page, plan)

    assert page.locator("html").get_attribute("lang") == language
    retained = ["P3", "P7", "P9", "P10"]
    assert shown_states(page) == {
        **dict.fromkeys(["P1", "P5", "P6", "P8", "T1", "T2"], "undecided"),
        **dict.fromkeys(retained, "retained"),
        **dict.fromkeys(NOT_RETAINED, "not_retained"),
    }
    # Doubt it: the first click opens the reason with the plan's own words, the second is the item's page.
    for code in retained:
        row = page.locator(f"#item-{code}")
        row.locator("summary").click()
        title = next(title for title, item in PRIORITIES.items() if item == code)
        expect(row.locator("blockquote").first).to_have_text(title)
        expect(row.locator("blockquote").first).to_be_visible()
    page.locator("#item-P3 .check__why a").first.click()
    page.wait_for_url(f"**{plan}items/P3/")
    expect(page.locator("blockquote").first).to_have_text("Drugs")


@pytest.mark.e2e
def test_the_pages_of_a_plan_have_no_barriers(page, site):
    (lead,) = make_zone(site, "zone_lead")
    lead.sign_in(page)
    plan = start_plan(page)
    enter_objectives(page, plan)
    parts = ["", "items/P3/", "objectives/", "objectives/new/", "choices/", "share/", "import/"]
    for path in [plan + part for part in parts] + ["/plans/", "/plans/new/", "/zones/", "/people/me/"]:
        assert page.goto(path).status == 200
        assert_accessible(page)


@pytest.mark.e2e
def test_a_phone_shows_a_plan_without_scrolling_sideways(open_page, site):
    (lead,) = make_zone(site, "zone_lead")
    page = open_page(viewport={"width": 320, "height": 640})
    lead.sign_in(page)
    plan = start_plan(page)
    for path in (plan, f"{plan}objectives/", f"{plan}choices/", "/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
