"""A coordinator's lists, items and zones in a browser: few clicks, also on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.e2e.people import demo_person


@pytest.mark.e2e
@pytest.mark.parametrize("width", [1280, 320])
def test_from_the_lists_to_what_goes_on_the_agenda(open_page, width):
    page = open_page(viewport={"width": width, "height": 900})
    demo_person("coordinator.national").sign_in(page, "en")
    page.goto("/coverage/lists/")
    looked_at(page, width, "lists/")
    page.get_by_role("link", name="Motivations").click()
    unfold(page)
    page.get_by_label("Item").select_option("T4")
    page.get_by_label("Reason").select_option("capacity")
    page.get_by_role("button", name="Show", exact=True).click()
    looked_at(page, width, "lists/motivations/?*")
    expect(page.locator("tbody tr")).to_have_count(14)  # the fictional plans are always the same
    page.get_by_role("link", name="Items", exact=True).click()
    looked_at(page, width, "items/")
    page.get_by_role("link", name="P9").click()
    looked_at(page, width, "items/P9/")
    page.get_by_role("link", name="Zones", exact=True).last.click()
    looked_at(page, width, "zones/")
    unfold(page)
    page.get_by_label("Zone or municipality").fill("Oostende")
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator("tbody th a").first.click()
    looked_at(page, width, "zones/*/")
    page.get_by_role("link", name="One page for the meeting").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("What goes on the agenda")
    looked_at(page, width, "zones/*/agenda/")


def unfold(page) -> None:
    """On a narrow screen the filters are folded away."""
    fold = page.locator(".coverage-fold > summary")
    if fold.is_visible():
        fold.click()


def looked_at(page, width: int, place: str) -> None:
    page.wait_for_url(f"**/coverage/{place}", wait_until="load")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 1000:
        # In their width test_every_page has all of them.
        assert_accessible(page)
