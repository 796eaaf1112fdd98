"""The matrix in a browser: what stays in sight, on a phone and on paper."""

import pytest

from tests.browser import assert_accessible
from tests.e2e.people import demo_person

#: Where the header of the first item's column and the first zone's name stand within the frame, in pixels.
PLACES = """() => {
    const frame = document.querySelector('.table-frame').getBoundingClientRect();
    const header = document.querySelector('.matrix__item').getBoundingClientRect();
    const zones = [...document.querySelectorAll('.matrix tbody:last-child th[scope=row]')];
    const zone = zones[zones.length - 1].getBoundingClientRect();
    return [Math.round(header.top - frame.top), Math.round(zone.left - frame.left)];
}"""


@pytest.mark.e2e
@pytest.mark.parametrize("layer", ["level", "state", "shift"])
def test_on_a_phone_header_and_zones_stay_in_sight(open_page, layer):
    page = open_page(viewport={"width": 390, "height": 700})
    demo_person("coordinator.national").sign_in(page)
    page.goto(f"/coverage/?layer={layer}&group=province")
    if layer == "level":
        # Before it is scrolled: what then lies half below the column of the zones is no small target. A table
        # of the country takes axe a long time; test_every_page has the other layers.
        assert_accessible(page)
    before = page.evaluate(PLACES)
    page.evaluate("document.querySelector('.table-frame').scrollTo(400, 2000)")
    assert page.evaluate(PLACES) == before == [1, 1]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.e2e
def test_on_paper_the_whole_table_is_there_without_the_form(open_page):
    page = open_page(viewport={"width": 1100, "height": 700})
    demo_person("coordinator.limburg").sign_in(page)
    page.emulate_media(media="print")
    assert page.locator(".coverage-form").is_hidden()
    frame = page.locator(".table-frame")
    assert frame.evaluate("frame => frame.scrollHeight <= frame.clientHeight + 1")


@pytest.mark.e2e
def test_on_a_phone_the_table_begins_in_the_first_screen_and_the_filters_unfold(open_page):
    """By keyboard and without a script; where there is room they stand open."""
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    demo_person("coordinator.limburg").sign_in(page, "en")
    form, fold = page.locator(".coverage-form"), page.locator(".coverage-fold > summary")
    assert (form.is_hidden(), fold.inner_text()) == (True, "Filters: none")
    assert page.locator(".table-frame").bounding_box()["y"] < 744
    fold.press("Enter")
    page.get_by_label("Item", exact=True).select_option("P2")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**item=P2**")
    assert (form.is_hidden(), fold.inner_text()) == (True, "Filters: Item P2 Human trafficking")
    page.set_viewport_size({"width": 1100, "height": 700})
    assert (form.is_visible(), fold.is_hidden()) == (True, True)
