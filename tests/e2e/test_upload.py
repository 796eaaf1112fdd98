"""Uploading a document in a browser: progress, what is refused, and the same without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import ROOT, assert_accessible
from tests.e2e.people import make_zone, start_plan
from tests.plans.extraction.making_pdf import write_plan

PLAN = ROOT / "plans" / "demo" / "documents" / "genk-plan.md"
MEBIBYTE = 1024 * 1024


def file(name: str, data: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


@pytest.fixture
def lead(site):
    (person,) = make_zone(site, "zone_lead")
    return person


def open_upload(page, lead) -> str:
    lead.sign_in(page)
    plan = start_plan(page)
    page.goto(f"{plan}documents/new/")
    return plan


def send(page, chosen) -> None:
    page.locator("#id_file").set_input_files(chosen)
    page.locator("#upload button[type=submit]").click()


def slow_down(page, bytes_a_second: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second},
    )


@pytest.mark.e2e
def test_progress_is_shown_and_the_reading_view_follows(page, lead):
    plan = open_upload(page, lead)
    assert_accessible(page)
    bar, status = page.locator("[data-upload-progress] progress"), page.locator("[data-upload-status]")
    expect(bar).to_be_hidden()
    slow_down(page, 150_000)
    text = PLAN.read_bytes() + b"\n\nHet onthaal is open van maandag tot vrijdag.\n" * 8_000
    send(page, file("plan.md", text))
    expect(bar).to_be_visible()
    expect(status).to_have_text(status.get_attribute("data-sending"))
    expect(page.locator("[data-upload-percent]")).to_have_text(re.compile(r"^[1-9][0-9] %$"))
    assert_accessible(page)
    page.locator("#upload button[type=submit]").click(force=True)
    expect(status).to_have_text(status.get_attribute("data-reading"))
    assert not bar.evaluate("bar => bar.hasAttribute('value')")
    page.wait_for_url(f"**{plan}documents/1/")
    expect(page.locator(".message--success")).to_be_visible()
    # The second press of the button stored nothing.
    page.goto(f"{plan}documents/")
    expect(page.locator("article.document")).to_have_count(1)
    assert_accessible(page)
    for address in ("edit", "replace", "remove"):
        page.goto(f"{plan}documents/1/{address}/")
        assert_accessible(page)


@pytest.mark.e2e
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_a_refusal_comes_back_into_the_form_and_another_file_can_be_sent(open_page, lead, has_script):
    page = open_page(java_script_enabled=has_script)
    plan = open_upload(page, lead)
    page.locator("#id_kind").select_option("annex")
    send(page, file("plan.pdf", write_plan()[:2_000]))
    summary = page.locator("[data-error-summary]")
    expect(summary).to_have_count(1)
    if has_script:
        expect(summary).to_be_focused()
        assert_accessible(page)
        expect(page.locator("[data-upload-progress]")).to_be_hidden()
    expect(page.locator("#id_kind")).to_have_value("annex")
    expect(page.locator("#id_file")).to_have_value("")
    send(page, file("plan.pdf", write_plan()))
    page.wait_for_url(f"**{plan}documents/1/")
    expect(page.locator(".message--success")).to_be_visible()


@pytest.mark.e2e
def test_a_file_far_too_large_is_answered_with_a_sentence(page, lead, tmp_path):
    plan = open_upload(page, lead)
    large = tmp_path / "plan.pdf"
    large.write_bytes(b"%PDF-1.7\n" + bytes(45 * MEBIBYTE))
    send(page, large)
    expect(page.locator("[data-error-summary]")).to_contain_text("40 MiB")
    page.goto(f"{plan}documents/")
    expect(page.locator("article.document")).to_have_count(0)


@pytest.mark.e2e
def test_what_was_not_sent_can_be_sent_again(browser, site, lead):
    """In a profile of its own: the browser notes a lost connection as an error, which it is."""
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    plan = open_upload(page, lead)
    context.set_offline(True)
    send(page, str(PLAN))
    expect(page.locator("#messages .message--error")).to_be_visible()
    expect(page.locator("[data-upload-progress]")).to_be_hidden()
    context.set_offline(False)
    page.locator("#upload button[type=submit]").click()
    page.wait_for_url(f"**{plan}documents/1/")
    context.close()


@pytest.mark.e2e
def test_after_an_ended_session_one_is_back_at_the_form(page, lead):
    plan = open_upload(page, lead)
    page.context.clear_cookies(name="kiv_session")
    send(page, str(PLAN))
    expect(page.locator("input[type=password]")).to_be_visible()
    lead.fill_in(page)
    # The sign-in form stood at the address of the page itself: what tells them apart is the file field.
    expect(page.locator("#id_file")).to_be_visible(timeout=25_000)
    send(page, str(PLAN))
    page.wait_for_url(f"**{plan}documents/1/")
