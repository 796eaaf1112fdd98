"""A plan is shared, an addendum is started, changed and compared; the first version stays and proves it."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.e2e.people import make_zone, start_plan

REASON = "De raad voegt een prioriteit toe."


def add_objective(page, plan: str, title: str, item: str) -> None:
    page.goto(f"{plan}objectives/")
    count = page.locator("#objectives > li").count()
    page.locator("#quick-title").fill(title)
    page.locator("#quick-item").select_option(item)
    page.locator("#quick-add button[type=submit]").click()
    expect(page.locator("#objectives > li")).to_have_count(count + 1)


def share(page, plan: str) -> None:
    page.goto(f"{plan}share/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{plan}")


def start_addendum(page, plan: str) -> None:
    page.goto(f"{plan}versions/")
    page.locator(f"main a[href='{plan}versions/new/']").click()
    page.locator("main form select").select_option("addendum")
    page.locator("main form textarea").fill(REASON)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{plan}")


def titles(page, plan: str, query: str = "") -> str:
    page.goto(f"{plan}objectives/{query}")
    return page.locator("main").inner_text()


def assert_kept_once(site, plan: str) -> None:
    """Of what was shared of this plan there is one snapshot."""
    number = int(plan.strip("/").rpartition("/")[2])
    site.resident.run(
        "from plans.models import Snapshot\n"
        f"kept = Snapshot.objects.filter(assessment__version__plan={number}).count()\n"
        "assert kept == 1, kept"
    )


@pytest.mark.e2e
@pytest.mark.each_database
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_an_addendum(open_page, site, has_script):
    (lead,) = make_zone(site, "zone_lead")
    page = open_page(java_script_enabled=has_script)
    lead.sign_in(page)
    plan = start_plan(page)
    add_objective(page, plan, "Drugs aan scholen", "P3")
    share(page, plan)
    assert_kept_once(site, plan)

    start_addendum(page, plan)
    page.goto(f"{plan}objectives/")
    page.locator("#objectives a[href*='/objectives/']", has_text="Wijzigen").first.click()
    page.locator("#id_title").fill("Drugs op straat")
    page.locator("main form .form-actions button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/objectives/" in url)
    add_objective(page, plan, "Inbraken", "P7")

    new, old = titles(page, plan), titles(page, plan, "?version=1")
    assert [word in new for word in ("Drugs op straat", "Inbraken", "Drugs aan scholen")] == [
        True,
        True,
        False,
    ]
    assert [word in old for word in ("Drugs op straat", "Inbraken", "Drugs aan scholen")] == [
        False,
        False,
        True,
    ]

    page.goto(f"{plan}versions/")
    expect(page.locator("main section.panel")).to_have_count(2)
    expect(page.locator("main section.panel").first).to_contain_text(REASON)
    page.locator(f"main a[href^='{plan}versions/compare/']").first.click()
    compared = page.locator("main").inner_text()
    assert "Inbraken" in compared
    # What a process that has just been started finds, as after a restart.
    assert json.loads(site.manage("verify_snapshots", "--json"))["problems"] == []
    assert_kept_once(site, plan)


@pytest.mark.e2e
def test_the_pages_of_versions_have_no_barriers(page, site):
    (lead,) = make_zone(site, "zone_lead")
    lead.sign_in(page)
    plan = start_plan(page)
    share(page, plan)
    page.goto(f"{plan}versions/new/")
    assert_accessible(page)
    page.locator("main form button[type=submit]").click()
    assert_accessible(page)
    start_addendum(page, plan)
    page.goto(f"{plan}versions/1/steps/new/")
    page.locator("main form select").select_option("municipal_council")
    page.locator("main form input[type=date]").fill("2026-03-31")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{plan}versions/")
    expect(page.locator("main table tbody tr")).to_have_count(1)
    for path in ("versions/", "versions/discard/", "versions/1/steps/new/", "?version=1"):
        assert page.goto(plan + path).status == 200
        assert_accessible(page)
    # What is asked for and not given is said at the field.
    page.goto(f"{plan}versions/2/steps/new/")
    page.locator("main form button[type=submit]").click()
    assert_accessible(page)


@pytest.mark.e2e
def test_a_version_started_by_mistake_is_removed(page, site):
    (lead,) = make_zone(site, "zone_lead")
    lead.sign_in(page)
    plan = start_plan(page)
    share(page, plan)
    start_addendum(page, plan)
    page.goto(f"{plan}versions/")
    page.locator(f"main a[href='{plan}versions/discard/']").click()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{plan}versions/")
    expect(page.locator("main section.panel")).to_have_count(1)


@pytest.mark.e2e
def test_a_phone_shows_the_versions_without_scrolling_sideways(open_page, site):
    (lead,) = make_zone(site, "zone_lead")
    page = open_page(viewport={"width": 320, "height": 640})
    lead.sign_in(page)
    plan = start_plan(page)
    share(page, plan)
    start_addendum(page, plan)
    page.goto(f"{plan}versions/1/steps/new/")
    page.locator("main form select").select_option("municipal_council")
    page.locator("main form input[type=date]").fill("2026-03-31")
    page.locator("main form input[type=text]").fill("Gemeenteraad, besluit 2026-0312")
    page.locator("main form button[type=submit]").click()
    for path in ("versions/", "versions/discard/", "versions/1/steps/new/"):
        page.goto(plan + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
