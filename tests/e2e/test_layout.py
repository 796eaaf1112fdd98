"""What only a browser can measure: the table on a phone, the size of what one touches, and paper."""

import pytest
from playwright.sync_api import expect

from tests.e2e.people import make_zone, start_plan

#: Every control, and every link that stands alone; links inside a sentence may be as high as their line.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    'main :is(button, input:not([type=hidden]), select, summary, textarea),' +
    'main :is(td, th, li) > a:only-child')]
  .map(element => [element, element.getBoundingClientRect()])
  .filter(([element, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(([element, box]) => `${element.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""


@pytest.fixture
def open_plan(open_page, site):
    """A page of this size on a new plan of which P1 is not retained."""

    def make_page(width: int):
        (lead,) = make_zone(site, "zone_lead")
        page = open_page(viewport={"width": width, "height": 900})
        lead.sign_in(page)
        plan = start_plan(page)
        page.goto(f"{plan}choices/")
        page.locator("#item-P1 select").first.select_option("not_retained")
        page.locator("#item-P1 textarea").fill("Weinig feiten.")
        page.locator(".form-actions button[type=submit]").click()
        expect(page.locator(".message--success")).to_be_visible()
        return page, plan

    return make_page


@pytest.mark.e2e
def test_on_a_phone_a_row_of_choices_reads_from_top_to_bottom(open_plan):
    page, _plan = open_plan(320)
    heading = page.locator(".choice-table .row-group th").first.bounding_box()
    assert heading["height"] < 40
    motivated, untouched = page.locator("#item-P1 td").last, page.locator("#item-P2 td").last
    assert motivated.locator("select").is_visible()
    assert not untouched.locator("select").is_visible()
    boxes = [cell.bounding_box() for cell in page.locator("#item-P1 > *").all()]
    assert all(
        above["y"] + above["height"] <= below["y"] for above, below in zip(boxes, boxes[1:], strict=False)
    )


@pytest.mark.e2e
@pytest.mark.parametrize("width", [320, 1280])
def test_everything_one_touches_is_large_enough(open_plan, width):
    page, plan = open_plan(width)
    for path in (plan, f"{plan}choices/", f"{plan}objectives/", f"{plan}items/P1/", "/plans/"):
        page.goto(path)
        assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.e2e
def test_paper_shows_the_choices_and_no_form(open_plan):
    page, _plan = open_plan(1280)
    page.emulate_media(media="print")
    expect(page.locator("form.form select").first).to_be_hidden()
    expect(page.locator(".print-only")).to_contain_text("Weinig feiten.")
    expect(page.locator(".print-only table")).to_be_visible()
