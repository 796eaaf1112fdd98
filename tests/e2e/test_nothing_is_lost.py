"""Two people, an ended session, a shared plan: what was typed is still there, in the browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.people import demo_person, make_zone, start_plan


def add_objective(page, plan: str, title: str) -> None:
    page.goto(f"{plan}objectives/")
    page.locator("#quick-title").fill(title)
    page.locator("#quick-item").select_option("P3")
    page.locator("#quick-add button[type=submit]").click()
    expect(page.locator("#objectives > li").last).to_contain_text(title)


def edit_first_objective(page, plan: str) -> None:
    page.goto(f"{plan}objectives/")
    address = page.locator("#objectives > li a[href*='/objectives/']").first.get_attribute("href")
    page.goto(address)


@pytest.mark.e2e
@pytest.mark.each_database
def test_of_two_people_the_second_is_asked(open_page, site):
    lead, editor = make_zone(site, "zone_lead", "zone_editor")
    first, second = open_page(), open_page()
    lead.sign_in(first)
    editor.sign_in(second)
    plan = start_plan(first)
    add_objective(first, plan, "Drugs")

    edit_first_objective(first, plan)
    edit_first_objective(second, plan)
    first.locator("[name=result]").fill("twintig procent minder")
    first.locator(".form-actions button[type=submit]").first.click()
    first.wait_for_url("**/objectives/**")
    second.locator("[name=result]").fill("dertig procent minder")
    second.locator(".form-actions button[type=submit]").first.click()

    conflict = second.locator(".conflict")
    expect(conflict).to_contain_text("twintig procent minder")
    expect(second.locator("[name=result]")).to_have_value("dertig procent minder")
    first.reload()
    expect(first.locator("#objectives")).to_contain_text("twintig procent minder")


@pytest.mark.e2e
def test_an_ended_session_keeps_what_was_typed(page, site):
    (lead,) = make_zone(site, "zone_lead")
    lead.sign_in(page)
    plan = start_plan(page)
    add_objective(page, plan, "Drugs")
    edit_first_objective(page, plan)
    page.locator("[name=result]").fill("een heel lange zin")
    page.context.clear_cookies(name="kiv_session")
    page.locator(".form-actions button[type=submit]").first.click()

    lead.fill_in(page)
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{plan}objectives/")
    expect(page.locator("#objectives")).to_contain_text("een heel lange zin")


@pytest.mark.e2e
@pytest.mark.each_database
def test_a_shared_plan_is_read_by_the_coordinator_and_changed_by_nobody(open_page, site):
    (lead,) = make_zone(site, "zone_lead")
    zone, coordinator = open_page(), open_page()
    lead.sign_in(zone)
    plan = start_plan(zone)
    add_objective(zone, plan, "Drugs")
    demo_person("coordinator.national").sign_in(coordinator)
    assert coordinator.goto(plan).status == 404

    zone.goto(f"{plan}choices/")
    zone.locator("#item-P3 select").first.select_option("retained")
    other = zone.context.new_page()
    other.goto(f"{plan}share/")
    other.locator(".form-actions button[type=submit]").first.click()
    other.wait_for_url(f"**{plan}")
    assert coordinator.goto(plan).status == 200
    expect(coordinator.locator("#item-P3")).to_contain_text("G1")

    zone.locator(".form-actions button[type=submit]").click()
    expect(zone.locator("[role=alert]").first).to_be_visible()
    expect(zone.locator("#item-P3 select").first).to_have_value("retained")
    coordinator.reload()
    expect(coordinator.locator("#item-P3 .chip--choice-undecided")).to_be_visible()


@pytest.mark.e2e
def test_leaving_after_a_refused_save_asks_first(page, site):
    (lead,) = make_zone(site, "zone_lead")
    lead.sign_in(page)
    plan = start_plan(page)
    page.goto(f"{plan}choices/")
    page.locator("#ticked textarea").fill("voor geen enkele rij")
    page.locator(".form-actions button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator(".languages")).to_have_count(0)

    with page.expect_event("dialog") as asked:
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.locator(".tabs a").first.click(no_wait_after=True)
    assert asked.value.type == "beforeunload"
    expect(page.locator("#ticked textarea")).to_have_value("voor geen enkele rij")


@pytest.mark.e2e
@pytest.mark.parametrize("event", ["htmx:responseError", "htmx:sendError"])
def test_what_could_not_be_sent_is_said_once_and_stays_in_the_form(page, site, event):
    (lead,) = make_zone(site, "zone_lead")
    lead.sign_in(page)
    plan = start_plan(page)
    page.goto(f"{plan}objectives/")
    page.locator("#quick-title").fill("Drugs")
    page.locator("#quick-item").select_option("P3")
    for _ in range(2):
        page.locator("#quick-add").dispatch_event(event)
    expect(page.locator("#messages [role=alert]")).to_have_count(1)
    expect(page.locator("#quick-title")).to_have_value("Drugs")
    page.locator("#quick-add button[type=submit]").click()
    expect(page.locator("#objectives > li")).to_have_count(1)
    expect(page.locator("#messages [role=alert]")).to_have_count(0)
