"""From draft to published edition in a browser: one administrator prepares and asks, another publishes."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.e2e.people import make_framework_administrator

TITLES = {
    "nl": "Nota van de reis",
    "fr": "Note du voyage",
    "de": "Note der Reise",
    "en": "Note of the journey",
}
#: The site is shared by the tests of one run: what was published here is withdrawn from the front page again.
ARCHIVE = """
from framework.models import Edition
Edition.objects.filter(code={code!r}, status="published").update(status="archived")
"""


@pytest.mark.e2e
@pytest.mark.each_database
def test_a_draft_from_its_predecessor_is_published_by_a_second_administrator(open_page, site):
    first, second = make_framework_administrator(site), make_framework_administrator(site)
    code = f"journey-{secrets.token_hex(3)}"
    asks = open_page(java_script_enabled=False, viewport={"width": 390, "height": 900})
    reads = open_page()
    first.sign_in(asks, "en")
    asks.goto("/editions/new/")
    asks.select_option("[name=copied_from]", label="kiv-2022-2024")
    asks.fill("[name=code]", code)
    asks.fill("[name=first_year]", "2027")
    asks.fill("[name=last_year]", "2030")
    for language, title in TITLES.items():
        asks.fill(f"[name=title_{language}]", title)
    asks.get_by_role("button", name="Start the draft").click()
    codes = asks.locator("tbody th .code")
    before = codes.all_inner_texts()
    asks.get_by_role("button", name=f"Move {before[0]} down", exact=True).click()
    expect(codes).to_have_text([before[1], before[0], *before[2:]])
    asks.locator("tbody th a").first.click()
    asks.fill("[name=code]", "Q1")
    asks.fill("[name=title_nl]", "een nieuw fenomeen")
    asks.get_by_role("button", name="Save in the draft").click()
    expect(asks.locator(".message--success")).to_be_visible()
    asks.goto(f"/editions/{code}/edit/publish/")
    asks.get_by_role("button", name="Ask for publication").click()
    expect(asks.locator(".message--success")).to_be_visible()
    expect(asks.get_by_role("button", name="Confirm and publish this edition")).to_have_count(0)
    try:
        second.sign_in(reads, "en")
        for path in ("/editions/", "/editions/new/", "/editions/new/file/", f"/editions/{code}/edit/"):
            reads.goto(path)
            assert_accessible(reads)
        reads.locator("tbody th a").first.click()
        expect(reads.locator("[name=title_nl]")).to_have_value("een nieuw fenomeen")
        assert_accessible(reads)
        reads.goto(f"/editions/{code}/edit/publish/")
        assert_accessible(reads)
        reads.get_by_role("button", name="Confirm and publish this edition").click()
        expect(reads.locator(".message--success")).to_be_visible()
        assert reads.goto(f"/framework/{code}/Q1/").status == 200
        for path in (f"/editions/{code}/edit/", f"/editions/{code}/edit/changes/"):
            reads.goto(path)
            assert_accessible(reads)
    finally:
        site.resident.run(ARCHIVE.format(code=code))
