"""Deciding on passages with the keyboard alone, and without scripts: what it costs and what it never does."""

import re

import pytest

from tests.browser import assert_accessible
from tests.e2e.people import make_zone, start_plan

UPLOAD = """
from pathlib import Path
from plans.models import PlanVersion
from plans.services.documents import add_document
version = PlanVersion.objects.get(plan={plan})
document = add_document(
    version=version, kind="plan", filename="ontwerp.md",
    data=Path("plans/demo/documents/genk-plan.md").read_bytes(), by=None,
)
"""
SEEN = re.compile(r"(\d+) \D+ (\d+)")


@pytest.fixture
def reading(site):
    """`reading(page)`: a plan with a document, its editor signed in, at the reading view."""

    def open_reading(page, language="nl"):
        (person,) = make_zone(site, "zone_editor")
        person.sign_in(page, language)
        plan = start_plan(page)
        site.resident.run(UPLOAD.format(plan=plan.split("/")[2]))
        page.goto(f"{plan}documents/1/")
        return plan

    return open_reading


def seen(page):
    return tuple(map(int, SEEN.search(page.locator(".reading-progress").inner_text()).groups()))


def press(page, key):
    """One keystroke, and wait for what it asks of the server."""
    page.evaluate("document.getElementById('reading').dataset.before = 'yes'")
    page.keyboard.press(key)
    page.wait_for_selector("#reading:not([data-before])")
    page.wait_for_selector("#reading :focus")


def test_at_most_two_keystrokes_a_decision(page, reading):
    """From the first passage to the last, with nothing but keys; the focus is where the next one is."""
    plan = reading(page)
    _, total = seen(page)
    assert total >= 20
    strokes = decisions = 0
    while page.locator("#first").count():
        assert page.evaluate("document.activeElement.id") == "first"
        if not page.locator("#first input[name=elements]:checked, #first input[name=links]:checked").count():
            page.keyboard.press("1")
            strokes += 1
        if decisions % 3 == 2:
            press(page, "x")
        else:
            press(page, "a")
        strokes += 1
        decisions += 1
        assert seen(page)[0] == decisions
        assert decisions < 100, "it must come to an end"
    assert strokes <= 2 * decisions
    done, total = seen(page)
    assert done == total == decisions
    page.goto(plan)
    assert page.locator(".level").filter(has_text="2").count() > 0


def test_keys_count_only_in_the_list_and_can_be_switched_off(page, reading):
    reading(page)
    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert seen(page)[0] == 0
    page.locator(".reading-keys summary").click()
    page.locator("[data-keys-switch]").uncheck()
    page.locator("#first").focus()
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert seen(page)[0] == 0
    page.reload()
    page.locator("#first").focus()
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert seen(page)[0] == 0, "switched off stays off"
    page.locator(".reading-keys summary").click()
    page.locator("[data-keys-switch]").check()
    page.locator("#first").focus()
    press(page, "a")
    assert seen(page)[0] == 1


def test_undo_by_key_brings_the_passage_back(page, reading):
    reading(page)
    words = page.locator("#first blockquote").inner_text()
    press(page, "x")
    assert page.locator("#first blockquote").inner_text() != words
    press(page, "u")
    assert page.locator("#first blockquote").inner_text() == words
    assert seen(page)[0] == 0


def test_one_goes_on_where_one_was(page, reading):
    plan = reading(page)
    press(page, "a")
    press(page, "s")
    words = page.locator("#first blockquote").inner_text()
    page.goto(plan)
    page.goto(f"{plan}documents/1/")
    assert page.locator("#first blockquote").inner_text() == words
    assert seen(page)[0] == 2


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_without_a_barrier(page, reading, language):
    reading(page, language)
    assert_accessible(page)
    for summary in page.locator("#reading summary").all():
        summary.click()
    page.locator(".reading-keys summary").click()
    assert_accessible(page)
    page.set_viewport_size({"width": 400, "height": 900})
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_a_decision_is_a_click(open_page, reading):
    page = open_page(java_script_enabled=False)
    reading(page)
    assert page.locator(".reading-keys").is_hidden()
    words = page.locator("#first blockquote").inner_text()
    page.locator("#first button[value=accepted]").click()
    assert seen(page)[0] == 1
    assert page.locator("#first blockquote").inner_text() != words
    page.locator(".reading-items form button").click()
    assert seen(page)[0] == 0
    assert page.locator("#first blockquote").inner_text() == words
