"""The tile map in a browser: without a barrier in each layer, by keyboard, and on a phone."""

import pytest

from tests.browser import assert_accessible
from tests.e2e.people import demo_person


@pytest.mark.e2e
def test_the_map_by_keyboard_and_on_a_phone(page):
    demo_person("coordinator.national").sign_in(page, "en")
    for layer in ("level", "state", "standing"):
        page.goto(f"/coverage/map/?item=P3&layer={layer}")
        assert page.locator("a.tile").count() == 176
        assert_accessible(page)
    tile = page.get_by_role("link", name="5345 PZ Antwerpen, status of the plan:")
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/coverage/map/" not in address)
    page.go_back()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert_accessible(page)
