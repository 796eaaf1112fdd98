"""The first page of a stranger: the framework, in Dutch, without logging in."""

from tests.browser import assert_accessible


def test_first_page_is_there_in_dutch(page):
    answer = page.goto("/")

    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.get_by_role("heading", level=1).count() == 1
    assert_accessible(page)


def test_first_page_needs_no_script(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    assert page.get_by_role("heading", level=1).is_visible()
